"""Numbers as texts write them: digits in any grouping and script, number words, scales and fractions.

Why it exists: the same amount is written "10,000", "10 000", "10k", "ten thousand" or "half a score"; everything
above this module works with tokens and values and never looks at digits again. Every reader takes a list of tokens
and the index where to begin and consumes each token at most once, so reading is linear in the words.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotate.tokens import GROUP_SPACES, HYPHENS, MINUS, Token, word_at, words

ONES: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        words(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen"
        ),
        start=1,
    )
}
TENS: Mapping[str, int] = {
    word: 10 * number
    for number, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
SCALES: Mapping[str, float] = {
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
_THOUSAND_ELSEWHERE = (
    "ألف الف آلاف الاف ألفا هزار тыс тысяч тысячи тысяча тис тисяч тисячі тисяча mille mila tausend duizend हज़ार हजार"
)
_MILLION_ELSEWHERE = (
    "مليون ملايين مليونا میلیون млн миллион миллиона миллионов мільйон мільйона мільйони мільйонів"
    " millions millionen millón millones milhão milhões milione milioni miljoen"
)
_BILLION_ELSEWHERE = (
    "مليار مليارات مليارا میلیارد млрд миллиард миллиарда миллиардов мільярд мільярда мільярди мільярдів"
    " milliard milliards milliarde milliarden mrd miliardo miliardi miljard"
)
DIGIT_SCALES: Mapping[str, float] = {
    **SCALES,
    "hundred": 100,
    "dozen": 12,
    "lakhs": 1e5,
    "crores": 1e7,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    **dict.fromkeys(words(_THOUSAND_ELSEWHERE), 1e3),
    **dict.fromkeys(words(_MILLION_ELSEWHERE), 1e6),
    **dict.fromkeys(words(_BILLION_ELSEWHERE), 1e9),
}
"""Behind digits those of other languages count as well: one that was taken for what is counted made "120 ألف" 120."""
SUFFIXES: Mapping[str, float] = {"k": 1e3, "m": 1e6, "b": 1e9}
"""Scales written against the digits, as in 3k; "m" may also be metres, see `_suffix`."""
MONEY_SUFFIXES: Mapping[str, float] = {**SUFFIXES, "t": 1e12}
LENGTH_WORDS = frozenset(words("tall high long wide deep away race sprint hurdles below above thick apart"))
DENOMINATORS: Mapping[str, int] = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number read; `end` is the index of the first token behind it."""

    value: float
    end: int
    scale: float = 1.0
    """The scale it was written with as a whole: 1e6 for "6 million", which "4 to 6 million" shares."""
    is_fraction: bool = False


def digits_value(text: str) -> float | None:
    """The value of digits with their separators, or None where the separators make no number.

    A single "." is a decimal point, as English writes it; a single "," before exactly three digits groups.
    """
    plain = text
    for space in GROUP_SPACES + "٬":
        plain = plain.replace(space, ",")
    plain = plain.replace("’", ",").replace("'", ",").replace("٫", ".")
    if plain.count(".") > 1 and plain.count(",") <= 1:
        plain = plain.translate({ord("."): ",", ord(","): "."})
    elif "." in plain and plain.rfind(",") > plain.rfind("."):
        if plain.count(",") > 1:
            return None
        plain = plain.translate({ord("."): ",", ord(","): "."})
    whole, _, decimals = plain.partition(".")
    groups = whole.split(",")
    if len(groups) == 2 and not decimals and len(groups[1]) != 3:
        whole, decimals = groups
    elif len(groups) > 1:
        if len(groups[0]) > 3 or len(groups[-1]) != 3 or any(len(group) not in (2, 3) for group in groups[1:-1]):
            return None
        whole = "".join(groups)
    if decimals and not decimals.isdecimal():
        return None
    value = float(f"{whole}.{decimals or 0}")
    return value if math.isfinite(value) else None


def number_at(tokens: Sequence[Token], index: int, *, money: bool = False) -> Number | None:
    """The number that begins at a token, or None. With `money`, "5 m" is five million and "2t" two trillion."""
    if word_at(tokens, index) == "minus" or _is_minus_sign(tokens, index):
        number = _unsigned_at(tokens, index + 1, money=money)
        return None if number is None else replace(number, value=-number.value)
    return _unsigned_at(tokens, index, money=money)


def fraction_at(tokens: Sequence[Token], index: int) -> Number | None:
    """A part of a whole that begins at a token: "two-thirds", "half", "1/3", "three in four"; or None."""
    word = word_at(tokens, index)
    if word == "half" and word_at(tokens, index - 1) not in ("first", "second", "other"):
        return Number(0.5, index + 1, is_fraction=True)
    vulgar = _vulgar(word)
    if vulgar is not None:
        return Number(vulgar, index + 1, is_fraction=True)
    if word in ("a", "an"):
        top, at = 1.0, index + 1
        if word_at(tokens, at) in DENOMINATORS and not _ordinal_follows(tokens, at):
            return Number(1 / DENOMINATORS[tokens[at].word], at + 1, is_fraction=True)
        return None
    number = _small_at(tokens, index)
    if number is None:
        return None
    top, at = number.value, number.end
    below = word_at(tokens, at + 1 if word_at(tokens, at) in HYPHENS else at)
    singular = "half" if below == "halves" else below.removesuffix("s")
    if singular in DENOMINATORS and (below != singular or top == 1):
        end = at + 2 if word_at(tokens, at) in HYPHENS else at + 1
        return Number(top / DENOMINATORS[singular], end, is_fraction=True)
    return _ratio(tokens, top, at)


def _is_minus_sign(tokens: Sequence[Token], index: int) -> bool:
    return (
        word_at(tokens, index) in MINUS
        and tokens[index].spaced
        and index + 1 < len(tokens)
        and tokens[index + 1].is_digits
        and not tokens[index + 1].spaced
    )


def _unsigned_at(tokens: Sequence[Token], index: int, *, money: bool) -> Number | None:
    part = _part_of_scale(tokens, index)
    if part is not None:
        return part
    if 0 <= index < len(tokens) and tokens[index].is_digits:
        return _digits_at(tokens, index, money=money)
    return _spelled_at(tokens, index)


def _digits_at(tokens: Sequence[Token], index: int, *, money: bool) -> Number | None:
    value = digits_value(tokens[index].text)
    at = index + 1
    if value is None or (at < len(tokens) and not tokens[at].spaced and tokens[at].word in ("st", "nd", "rd", "th")):
        return None
    suffix = _suffix(tokens, at, money=money)
    if suffix is not None:
        return Number(value * suffix, at + 1, suffix)
    extra, at = _and_a_part(tokens, at)
    scale, at = _scales(tokens, at)
    later, at = _and_a_part(tokens, at) if scale > 1 and not extra else (0.0, at)
    return Number((value + extra + later) * scale, at, scale)


def _suffix(tokens: Sequence[Token], at: int, *, money: bool) -> float | None:
    """The scale of a letter written against digits: 3k, $4.5m, 2.1b."""
    if at >= len(tokens) or (tokens[at].spaced and not money):
        return None
    word = tokens[at].word
    if money and word in MONEY_SUFFIXES:
        return MONEY_SUFFIXES[word]
    if word == "m" and word_at(tokens, at + 1) in LENGTH_WORDS:
        return None
    return SUFFIXES.get(word)


def _scales(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """The product of the scale words that follow, at most two ("hundred thousand", "lakh crore")."""
    scale = 1.0
    for _ in range(2):
        step = at + 1 if word_at(tokens, at) in HYPHENS and word_at(tokens, at + 1) in DIGIT_SCALES else at
        factor = DIGIT_SCALES.get(word_at(tokens, step))
        if factor is None:
            break
        scale, at = scale * factor, step + 1
    return scale, at


def _and_a_part(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """The part in "two and a half", "2½" and "two and three quarters": its value and the index behind it."""
    if at < len(tokens) and (vulgar := _vulgar(tokens[at].word)) is not None:
        return vulgar, at + 1
    step = at + 1 if word_at(tokens, at) in HYPHENS else at
    if word_at(tokens, step) != "and":
        return 0.0, at
    step += 2 if word_at(tokens, step + 1) in HYPHENS else 1
    if word_at(tokens, step) in ("a", "one"):
        below = step + 2 if word_at(tokens, step + 1) in HYPHENS else step + 1
        if word_at(tokens, below) in ("half", "quarter", "third"):
            return 1 / DENOMINATORS[tokens[below].word], below + 1
    if word_at(tokens, step) == "three" and word_at(tokens, step + 1) == "quarters":
        return 0.75, step + 2
    return 0.0, at


def _part_of_scale(tokens: Sequence[Token], index: int) -> Number | None:
    """ "half a million", "a quarter of a million", "half-a-dozen", "half-dozen"."""
    if word_at(tokens, index) not in ("half", "a", "three", "quarter"):
        return None
    if word_at(tokens, index) == "quarter":
        part: Number | None = Number(0.25, index + 1)
    else:
        part = fraction_at(tokens, index)
    if part is None:
        return None
    at = part.end
    for passed in ("of", "a", "one"):
        if word_at(tokens, at) in HYPHENS:
            at += 1
        at += word_at(tokens, at) == passed
    scale = DIGIT_SCALES.get(word_at(tokens, at))
    if scale is None or (at == part.end and scale != 12):
        return None
    return Number(part.value * scale, at + 1)


def _spelled_at(tokens: Sequence[Token], index: int) -> Number | None:
    """A number in words; stops at the first word that cannot continue it ("one one" is one)."""
    word = word_at(tokens, index)
    if word == "zero":
        return Number(0.0, index + 1)
    total, group, ceiling, at = 0.0, 0, math.inf, index
    last_scale, scale = 1.0, 1.0
    if word in ("a", "an", "one") and word_at(tokens, index + 1) == "dozen":
        return Number(12.0, index + 2)
    if word == "dozen":
        return Number(12.0, index + 1)
    if word in ("a", "an") and (word_at(tokens, index + 1) == "hundred" or word_at(tokens, index + 1) in SCALES):
        group, at = 1, index + 1
    elif word in SCALES or word == "hundred":
        group = 1
    while (step := _continues(tokens, at, group, ceiling, begun=at > index)) is not None:
        word = tokens[step].word
        if word in SCALES:
            if group:
                total += group * SCALES[word]
                scale = scale * SCALES[word] if total == group * SCALES[word] else 1.0
            else:
                total *= SCALES[word]
                scale *= SCALES[word]
            # A second scale straight after the first ("lakh crore") ends the number, so that no value overflows.
            ceiling, last_scale, group = (SCALES[word] if group else 0.0), SCALES[word], 0
        elif word == "hundred":
            scale = 100.0 if not total else 1.0
            last_scale, group = 100.0, group * 100
        elif word == "dozen":
            return Number(float(group * 12), step + 1, 12.0)
        else:
            group += ONES.get(word, 0) + TENS.get(word, 0)
            scale = 1.0
        at = step + 1
    if at == index:
        return None
    part, at = _and_a_part(tokens, at)
    if part and last_scale == 1.0:
        scale, at = _scales(tokens, at)
        return Number((group + part) * scale, at, scale)
    return Number(total + group + part * last_scale, at, scale)


def _continues(tokens: Sequence[Token], at: int, group: int, ceiling: float, *, begun: bool) -> int | None:
    """The index of the next word of a spelled number, past a hyphen or "and"; None where the number ends."""
    step = at
    if begun and word_at(tokens, step) in HYPHENS:
        step += 1
    elif begun and word_at(tokens, step) == "and":
        if not _and_joins(tokens, step + 1, group, ceiling):
            return None
        step += 1
    word = word_at(tokens, step)
    if word in SCALES:
        doubles = group == 0 and begun and SCALES[word] >= ceiling > 0 and word_at(tokens, step - 1) in SCALES
        fits = doubles or (group > 0 and SCALES[word] < ceiling)
    elif word == "hundred":
        fits = 0 < group < 100
    elif word == "dozen":
        fits = 0 < group < 100 and not math.isfinite(ceiling)
    elif word in TENS or ONES.get(word, 0) > 9:
        fits = group % 100 == 0
    elif word in ONES:
        fits = group % 100 == 0 or (group % 100 >= 20 and group % 10 == 0)
    else:
        fits = False
    return step if fits else None


def _and_joins(tokens: Sequence[Token], at: int, group: int, ceiling: float) -> bool:
    """Whether "and" joins two parts of a number, and not two numbers ("between one hundred and two hundred")."""
    if group % 100 or (not group and not math.isfinite(ceiling)):
        return False
    if word_at(tokens, at) not in ONES and word_at(tokens, at) not in TENS:
        return False
    behind = at + 1
    if word_at(tokens, at) in TENS:
        behind += word_at(tokens, behind) in HYPHENS
        behind += ONES.get(word_at(tokens, behind), 10) < 10
    following = word_at(tokens, behind)
    if following == "hundred":
        return group == 0
    return SCALES.get(following, 0) < ceiling


def _small_at(tokens: Sequence[Token], index: int) -> Number | None:
    """A whole number without a scale, the upper part of a fraction."""
    if 0 <= index < len(tokens) and tokens[index].is_digits:
        value = digits_value(tokens[index].text)
        return None if value is None or value != int(value) else Number(value, index + 1)
    if word_at(tokens, index) in ONES:
        return Number(float(ONES[tokens[index].word]), index + 1)
    return None


def _ratio(tokens: Sequence[Token], top: float, at: int) -> Number | None:
    """ "1/3", "three in four", "7 out of 10", "one of every five" behind the upper number."""
    link = word_at(tokens, at)
    if link not in ("in", "out") and 0 < top <= 10 and _is_one_noun(tokens, at):
        return _ratio_of(tokens, top, at + 1)
    if link == "/" and not tokens[at].spaced:
        below = _small_at(tokens, at + 1)
        tight = at + 1 < len(tokens) and not tokens[at + 1].spaced
        if below is None or not tight or not 0 < top < below.value <= 1000:
            return None
        return Number(top / below.value, below.end, is_fraction=True)
    following = word_at(tokens, at + 1)
    if link == "in" or (link, following) in (("out", "of"), ("of", "every")):
        start = at + 1 if link == "in" else at + 2
        start += word_at(tokens, start) == "every"
        below = number_at(tokens, start)
        if below is None or not 0 < top < below.value:
            return None
        few = top < 10 or below.value in (10, 100, 1_000, 10_000, 100_000)
        if link == "in" and not (few and _counts_people(tokens, start, below)):
            return None
        return Number(top / below.value, below.end, is_fraction=True)
    return None


def _is_one_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "one person in 10", "two children out of five": a noun between the numbers of a ratio."""
    if at + 2 >= len(tokens) or not tokens[at].word.isalpha() or tokens[at].word in _BEHIND_FRACTIONS:
        return False
    return tokens[at + 1].word == "in" or (tokens[at + 1].word == "out" and tokens[at + 2].word == "of")


def _ratio_of(tokens: Sequence[Token], top: float, at: int) -> Number | None:
    """A ratio whose noun is named already: none may stand behind it ("two people in three cars")."""
    found = _ratio(tokens, top, at)
    if found is None or found.end >= len(tokens) or tokens[found.end].is_sign:
        return found
    return None if tokens[found.end].word.endswith("s") and tokens[found.end].word not in _BEHIND_FRACTIONS else found


def _counts_people(tokens: Sequence[Token], start: int, below: Number) -> bool:
    """ "one in 2,000" is a ratio; "one in 2016" and "two in three days" are not."""
    if tokens[start].text.isdigit() and 1900 <= below.value <= 2100:
        return False
    behind = word_at(tokens, below.end)
    return behind not in {"days", "weeks", "months", "years", "hours", "minutes", "seconds", "decades"}


_BEHIND_FRACTIONS = frozenset(
    words(
        """of the more less fewer higher lower off as to and or from in by on since were are was is have had has who
        that after at for with than during when while said say says between since this last"""
    )
)


def _ordinal_follows(tokens: Sequence[Token], at: int) -> bool:
    """ "a third person" counts up; "a third of them", "a third" and "a third more" are fractions."""
    word = word_at(tokens, at)
    following = word_at(tokens, at + 1)
    if word in ("half", "quarter") or not following or tokens[at + 1].is_sign:
        return False
    return following not in _BEHIND_FRACTIONS


def _vulgar(word: str) -> float | None:
    """The value of a sign such as ½."""
    if len(word) != 1 or unicodedata.category(word) != "No":
        return None
    value = unicodedata.numeric(word)
    return value if 0 < value < 1 else None
