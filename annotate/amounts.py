"""Where the amount begins among marked words, and which numbers it holds.

Why it exists: one number, two that make a range, money with its sign in front, "half an hour", "tens of thousands"
and "doubled" are found in different ways; what stands around them is read in the same way, in `annotate.figures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotate.amount_words import (
    A_FEW,
    CHANGED,
    CODE_ALIASES,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DOLLAR_PREFIXES,
    MULTIPLIERS,
    OPENING,
    SCORE_ENDS,
    SCORE_WORDS,
    SECONDS,
    TIME_UNITS,
    UNITS,
    VAGUE,
    Unit,
    phrase_at,
)
from annotate.numbers import DIGIT_SCALES, ONES, SCALES, TENS, Number, fraction_at, number_at
from annotate.tokens import DASHES, FIRST_WITHOUT_SPACES, HYPHENS, MINUS, Token, word_at
from annotate.vocabulary import Bound, FigureKind


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found among tokens: indices from `start` to before `end`, numbers not yet bounded."""

    start: int
    end: int
    value: float
    high: float | None = None
    """The upper number of a range."""
    kind: FigureKind | None = None
    unit: str = ""
    bound: Bound | None = None
    """What the amount says by itself: vague, or approximate for "a couple"."""
    qualifier: str = ""
    is_score: bool = False
    """A score or the votes of two sides: one amount, which counts nothing that is named."""


def first_amount(tokens: Sequence[Token]) -> Amount | None:
    """The first number, fraction, vague amount or multiplier; failing that "a week" or bare "days"."""
    for read in (amount_at, bare_amount_at):
        for index in range(len(tokens)):
            amount = read(tokens, index)
            if amount is not None:
                return amount
    return None


def bare_amount_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """One unit or vaguely many of it, without a number, at a token: "a week", "a fortnight", "days"."""
    word = tokens[index].word
    unit = phrase_at(UNITS, tokens, index + 1) if word in ("a", "an") else None
    if unit is not None and not tokens[index + 1].is_sign:
        return Amount(index, index + 1, 1.0)
    if word == "fortnight":
        return Amount(index, index, 1.0)
    if word in TIME_UNITS and TIME_UNITS[word][0] == word:
        return Amount(index, index, 1.0, bound=Bound.VAGUE)
    return None


def amount_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """The number, fraction, vague amount or multiplier that begins at a token, or None."""
    token = tokens[index]
    if not (token.is_digits or token.word in _FIRST_WORDS or token.word.endswith("fold") or _is_fraction_sign(token)):
        return None  # as most words of a text
    if _is_label(tokens, index):
        return None
    return (
        _vague_at(tokens, index)
        or _unit_and_a_part(tokens, index)
        or _half_a_unit(tokens, index)
        or _score_at(tokens, index)
        or _numbers_at(tokens, index)
        or _multiplier_at(tokens, index)
    )


_FIRST_WORDS = frozenset(
    [
        *(*ONES, *TENS, *SCALES, *MULTIPLIERS, *MINUS, *CURRENCY_SIGNS, *DOLLAR_PREFIXES, *CODE_ALIASES),
        *(code.lower() for code in CURRENCY_CODES),
        *(*VAGUE.longest_from, *A_FEW.longest_from),
        *("a", "an", "half", "quarter", "zero", "hundred", "dozen", "minus", "couple"),
    ]
)
"""In lower case: every word and sign that an amount without digits may begin with."""


def _is_fraction_sign(token: Token) -> bool:
    return token.is_sign and token.word.isnumeric()


def _is_label(tokens: Sequence[Token], index: int) -> bool:
    """Digits that belong to a name, as in Covid-19, G7 or H5N1."""
    if not tokens[index].is_digits or tokens[index].spaced or index == 0:
        return False
    before = index - 1
    if tokens[before].word in HYPHENS and not tokens[before].spaced and before > 0:
        before -= 1
    word = tokens[before].word
    if tokens[before].is_sign or tokens[before].is_digits or word in ("over", "under", "sub", "plus"):
        return False
    if word[-1] >= FIRST_WITHOUT_SPACES:
        return False
    return word.upper() not in CURRENCY_CODES and word not in CODE_ALIASES


def _vague_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "dozens", "tens of thousands", "several hundred", "a few", "a couple of"."""
    couple = 1 if word_at(tokens, index) == "couple" else 2
    if word_at(tokens, index) == "couple" or (word_at(tokens, index), word_at(tokens, index + 1)) == ("a", "couple"):
        at = index + couple
        at += word_at(tokens, at) == "of"
        factor = DIGIT_SCALES.get(word_at(tokens, at))
        return Amount(index, at + (factor is not None), 2.0 * (factor or 1.0), bound=Bound.APPROX)
    if word_at(tokens, index + 1) in HYPHENS and word_at(tokens, index + 2) == "figure":
        digits = ONES.get(word_at(tokens, index), 0)
        return Amount(index, index + 3, 10.0 ** (digits - 1), bound=Bound.VAGUE) if digits > 1 else None
    few = phrase_at(A_FEW, tokens, index)
    low, at, end = 1.0, index, index
    qualifier = ""
    if few is not None:
        low, at = few
        end = at
        qualifier = " ".join(token.text for token in tokens[index:at])
        scale = DIGIT_SCALES.get(word_at(tokens, at))
        if scale is not None:
            return Amount(index, at + 1, low * scale, bound=Bound.VAGUE, qualifier=qualifier)
    while (named := phrase_at(VAGUE, tokens, at)) is not None and low < 1e15:
        low, end = low * named[0], named[1]
        at = end + 1 if word_at(tokens, end) == "of" else len(tokens)
    if end == index or (few is not None and low == 1.0):
        return None
    return Amount(index, end, low, bound=Bound.VAGUE, qualifier=qualifier)


def _unit_and_a_part(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "an hour and a half", "a mile and a quarter"."""
    if word_at(tokens, index) not in ("a", "an", "one"):
        return None
    found = phrase_at(UNITS, tokens, index + 1)
    if found is None or [word_at(tokens, found[1]), word_at(tokens, found[1] + 1)] != ["and", "a"]:
        return None
    part = fraction_at(tokens, found[1] + 1) or fraction_at(tokens, found[1] + 2)
    if part is None or word_at(tokens, part.end) == "of":
        return None
    return Amount(index, part.end, 1.0 + part.value, kind=found[0].kind, unit=found[0].name)


def _half_a_unit(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "half an hour", "three-quarters of a mile": a part of one unit is a number of that unit."""
    part = fraction_at(tokens, index)
    if part is None:
        return None
    at = part.end + (word_at(tokens, part.end) == "of")
    at += word_at(tokens, at) in HYPHENS
    article = word_at(tokens, at) in ("a", "an")
    unit = phrase_at(UNITS, tokens, at + article)
    if unit is None or unit[0].kind is FigureKind.PERCENT or (not article and at == part.end):
        return None
    return Amount(index, at + article, part.value)


def _score_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "2-1", "218–210": two whole numbers with a dash that fall, or that words of games and votes stand beside. Its
    value is the first of them, as that of any amount that is not read whole."""
    if index + 2 >= len(tokens) or not (tokens[index].is_digits and tokens[index + 2].is_digits):
        return None
    tight = not (tokens[index + 1].spaced or tokens[index + 2].spaced) and tokens[index + 1].word in DASHES
    one, other = tokens[index].text, tokens[index + 2].text
    if not (tight and one.isdecimal() and other.isdecimal() and len(one) <= 3 and len(other) <= 3):
        return None
    if (index + 3 < len(tokens) and not tokens[index + 3].spaced and tokens[index + 3].word not in SCORE_ENDS) or (
        index and not tokens[index].spaced and tokens[index - 1].word not in OPENING
    ):
        return None
    beside = {token.word for token in (*tokens[max(0, index - 8) : index], *tokens[index + 3 : index + 6])}
    if int(one) < int(other) and not beside & SCORE_WORDS:
        return None
    if unit_at(tokens, index + 3)[0] is not None:
        return None
    return Amount(index, index + 3, float(one), is_score=True)


def _multiplier_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "doubled", "twice", "threefold"."""
    word = tokens[index].word
    stem = word.removesuffix("fold")
    factor = MULTIPLIERS.get(word)
    if factor is None and stem != word:
        factor = float(ONES.get(stem, 0) or TENS.get(stem, 0)) or {"hundred": 100.0, "thousand": 1000.0}.get(stem)
    return None if factor is None else Amount(index, index + 1, factor, kind=FigureKind.MULTIPLIER, unit="times")


def _numbers_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """A number with its currency and unit, or two of them that make a range."""
    first = _money_or_number(tokens, index)
    if first is None:
        return None
    number, currency, start = first
    if word_at(tokens, number.end) == "s" and not tokens[number.end].spaced:
        return _tens(tokens, start, number)
    unit, unit_end = unit_at(tokens, number.end)
    second = _upper_number(tokens, start, number, unit_end)
    if second is None or number.is_fraction != second[0].is_fraction:
        kind = FigureKind.FRACTION if number.is_fraction else FigureKind.MONEY if currency else None
        return Amount(start, number.end, number.value, kind=kind, unit=currency)
    upper, upper_currency, end = second
    low = number.value
    if number.scale == 1.0 and upper.scale > 1.0 and abs(low) < 1000 and abs(low) <= abs(upper.value / upper.scale):
        low *= upper.scale
    changed = any(token.word in CHANGED for token in tokens[max(0, start - 6) : start])
    descends = upper.value < low  # "have shrunk in ten years, from 12.8 million hectares to 9.6 million"
    if (
        (changed or descends)
        and word_at(tokens, start - 1) == "from"
        and word_at(tokens, start - 2) not in _FROM_OF_RANGES
    ):
        return _before_change(tokens, first, low, unit, second)
    high = upper.value
    start -= word_at(tokens, start - 1) in ("between", "from")
    kind = FigureKind.FRACTION if number.is_fraction else None
    currency = currency or upper_currency
    other = unit_at(tokens, end)[0]
    if unit is not None and other is not None and {unit.name, other.name} <= SECONDS.keys():
        low *= SECONDS[unit.name] * unit.factor / SECONDS[other.name] / other.factor
    if unit is not None and other is None and unit.kind is FigureKind.DURATION:
        # "over three weeks to 16.8 million": what rose meanwhile.
        return Amount(first[2], number.end, number.value)
    if unit is not None and other is None:
        return Amount(start, end, low, high, unit.kind, unit.name)
    return Amount(start, end, low, high, FigureKind.MONEY if currency else kind, currency)


_FROM_OF_RANGES = frozenset({"anything", "anywhere", "somewhere", "ranging", "ranged", "range", "ranges"})
"""Before "from 8 to 22" they make a range of it also where something changes: "fall by anything from 8 to 22"."""


def _before_change(
    tokens: Sequence[Token],
    first: tuple[Number, str, int],
    value: float,
    unit: Unit | None,
    second: tuple[Number, str, int],
) -> Amount:
    """The first of two figures in "rose from 3.9 to 5.8 per cent": by itself, with the unit that both share."""
    number, currency, start = first
    if unit is not None:
        return Amount(start, number.end, value)
    shared = unit_at(tokens, second[2])[0]
    if currency or second[1] or shared is None:
        kind = FigureKind.MONEY if currency or second[1] else None
        return Amount(start, number.end, value, kind=kind, unit=currency or second[1])
    return Amount(start, number.end, value * shared.factor, kind=shared.kind, unit=shared.name)


def _tens(tokens: Sequence[Token], start: int, number: Number) -> Amount | None:
    """Ages in tens: "in his 40s" is a range, "over-65s" the number itself; "the 1980s" are no amount."""
    if number.value >= 1000:
        return None
    before = {token.word for token in tokens[max(0, start - 3) : start]}
    high = number.value + 9 if before & {"his", "her", "their"} else None
    return Amount(start, number.end + 1, number.value, high, FigureKind.AGE, "years")


def _upper_number(tokens: Sequence[Token], start: int, first: Number, unit_end: int) -> tuple[Number, str, int] | None:
    """The second number of a range, its currency and the index behind it; None where there is no range."""
    lead = word_at(tokens, start - 1)
    for at in dict.fromkeys((unit_end, first.end)):
        if word_at(tokens, at) in HYPHENS and word_at(tokens, at + 1) in ("to", "and", "or"):
            at += 1
        link = word_at(tokens, at)
        dash = link in DASHES
        if not (dash or link in ("to", "or", "till", "until") or (link == "and" and lead == "between")):
            continue
        found = _money_or_number(tokens, at + 1)
        if found is None or (dash and found[0].value <= first.value):
            continue
        if link == "to" and _are_apart(tokens, start, first, at, found):
            continue
        if link == "or" and not first.value < found[0].value:
            continue
        return found[0], found[1], found[0].end
    return None


def _are_apart(tokens: Sequence[Token], start: int, first: Number, link: int, second: tuple[Number, str, int]) -> bool:
    """Whether the numbers before and behind "to" are two amounts: "by 25 basis points to 4.5%", "bus 42 to 10"."""
    lead = word_at(tokens, start - 1)
    if lead in ("from", "between"):
        return False
    unit, other = unit_at(tokens, first.end)[0], unit_at(tokens, second[0].end)[0]
    is_told = (unit is not None and link > first.end) or tokens[start].word in CURRENCY_SIGNS
    if is_told and (lead == "by" or lead in CHANGED):
        return True
    if unit is None or link == first.end:
        return 0 <= second[0].value < first.value and second[0].scale <= first.scale
    kind = FigureKind.MONEY if second[1] else None if other is None else other.kind
    return unit.kind is not kind and (kind is not None or unit.kind is not FigureKind.DURATION)


def _money_or_number(tokens: Sequence[Token], index: int) -> tuple[Number, str, int] | None:
    """A number or fraction at a token, the currency written before it, and where both begin."""
    currency, at = _currency_at(tokens, index)
    minus = word_at(tokens, index) in MINUS and tokens[index].spaced
    if not currency and minus:
        currency, at = _currency_at(tokens, index + 1)
    if currency:
        number = number_at(tokens, at, money=True)
        if number is not None and minus:
            number = replace(number, value=-number.value)
    else:
        at = index
        number = number_at(tokens, index)
        fraction = fraction_at(tokens, index)
        if fraction is not None and (number is None or number.end < fraction.end):
            number = fraction
    return None if number is None else (number, currency, index)


def _currency_at(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """The currency whose sign or code stands at a token, and the index behind it; "" where none does."""
    word = word_at(tokens, index)
    following = word_at(tokens, index + 1)
    if word in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[word], index + 1
    if word in DOLLAR_PREFIXES and following == "$" and not tokens[index + 1].spaced:
        return DOLLAR_PREFIXES[word], index + 2
    if not word or (tokens[index].is_sign and word not in CODE_ALIASES):
        return "", index
    code = word.upper() if tokens[index].text in CURRENCY_CODES else CODE_ALIASES.get(word, "")
    end = index + 1 + (following == ".")
    numeric = end < len(tokens) and tokens[end].is_digits
    return (code, end) if code and numeric else ("", index)


def unit_at(tokens: Sequence[Token], index: int) -> tuple[Unit | None, int]:
    """The unit at a token, past a hyphen ("20-second"), and the index behind it; None and the index where none is."""
    at = index
    if word_at(tokens, at) in HYPHENS and at + 1 < len(tokens) and not tokens[at].spaced:
        at += 1
    if at == index and at < len(tokens) and not tokens[at].spaced and tokens[at].text in ("C", "F"):
        return Unit(FigureKind.MEASURE, f"°{tokens[at].text}"), at + 1
    found = phrase_at(UNITS, tokens, at)
    if found is None:
        return None, index
    unit, end = found
    if unit.name == "GBP" and word_at(tokens, end) == "of":
        return Unit(FigureKind.MEASURE, "pounds"), end
    if tokens[at].word == "second" and word_at(tokens, end) in HYPHENS:
        return None, index
    return unit, end
