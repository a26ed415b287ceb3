"""What a figure's words state: value or bounds, what is counted, in which unit, and how sure the words are.

Why it exists: the analyst marks "As many as 10,000 civilians" and should find 10000, at most, civilians already
filled in. Only the marked words are read, since the record says only what they state. Conventions:

- vague words ("dozens", "tens of thousands") give the least they can be held to mean as an inferred low: one of
  what they name (dozens 12, hundreds 100, tens of thousands 10,000; "several" and "a few" count as three);
- time units are plural ("weeks"), currencies ISO codes where the words make them sure, "per" stands in the unit
  ("days per week", "USD per barrel"); money and measures per something keep their kind, other amounts are rates;
- fractions are values between 0 and 1 without a unit; multipliers have the unit "times".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotate.amount_format import format_amount
from annotate.amount_words import (
    ADVERBS_OF_RATE,
    AFTERWARDS,
    BEFORE_YEARS,
    DATE_SIGNS,
    DETERMINERS,
    FILLERS,
    INTRANSITIVE,
    LENGTHS,
    MONTHS,
    NOT_PARTICIPLES,
    NOUN_ENDS,
    OTHER_MONTHS,
    PASSED_OVER,
    PAST_VERBS,
    QUALIFIERS,
    RATE_NOUNS,
    TIME_UNITS,
    phrase_at,
    phrase_before,
)
from annotate.amounts import Amount, amount_at, bare_amount_at, first_amount, unit_at
from annotate.model import Figure
from annotate.numbers import number_at
from annotate.tokens import FIRST_WITHOUT_SPACES, HYPHENS, Token, tokenize, word_at
from annotate.vocabulary import Bound, FigureKind

__all__ = ["FigureWords", "figures_in", "format_amount", "read_figure"]

LONGEST_NOUN = 12
"""Tokens that a counted noun may have; what is longer is a clause. Where verbs are not read it has one word."""

_PRONOUNS = frozenset({"them", "us", "you", "it", "whom", "which"})

_FATES = frozenset({"hurt", "injured", "wounded", "killed", "dead", "missing", "displaced", "homeless"})
"""What is counted where a pronoun stands for whom: "at least 40 of them hurt"."""

_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")
"""Letters of scripts whose qualifiers ("نحو", "около") are not read, nor its verbs: what they say of the number is left
open, and nothing tells where a noun ends."""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Where a figure stands in some words, in code points of these."""

    start: int
    end: int
    """With its qualifier and the noun that is counted."""
    number_start: int
    number_end: int
    """The number with its unit alone."""


def figures_in(words: str) -> list[FigureWords]:
    """Every figure that running words hold, as an analyst would mark it, in the order of their numbers.

    Dates and times of day are left out. A noun may hold a figure of its own ("half of the 25 boats"). Linear.
    """
    tokens = tokenize(words)
    found: list[FigureWords] = []
    index = covered = 0
    while index < len(tokens):
        amount = amount_at(tokens, index) or (bare_amount_at(tokens, index) if index >= covered else None)
        if amount is None:
            index += 1
            continue
        after = _afterwards(tokens, amount.end, 1)
        amount, number_end = _with_unit(tokens, amount, after[2] if after else amount.end)
        amount, number_end = _as_age(tokens, amount, number_end)
        if amount.is_score:
            found.append(FigureWords(*[tokens[amount.start].start, tokens[amount.end - 1].end] * 2))
        elif not _is_date(tokens, amount.start, number_end):
            _, noun_end = _counted(tokens, number_end, words, amount.kind)
            _, end = _as_rate(tokens, amount, number_end, noun_end)
            after = _afterwards(tokens, end, 1)
            covered = after[2] if after else end
            start = min(amount.start, _qualifier_before(tokens, amount.start)[1])
            ends = tokens[covered - 1].end, tokens[number_end - 1].end
            found.append(FigureWords(tokens[start].start, ends[0], tokens[amount.start].start, ends[1]))
        index = max(index + 1, number_end)
    return found


def read_figure(words: str) -> Figure:
    """The figure that marked words state; an empty Figure where they state no amount. Never raises; linear."""
    tokens = tokenize(words)
    amount = first_amount(tokens)
    if amount is None or not math.isfinite(amount.value):
        return Figure()
    if amount.is_score:
        return Figure(value=amount.value, bound=Bound.EXACT, kind=FigureKind.COUNT)
    bound, first, last = _qualifier_before(tokens, amount.start)
    qualifier = words[tokens[first].start : tokens[last - 1].end] if bound is not None else ""
    after = _afterwards(tokens, amount.end, 1)
    noun_from = after[2] if after else amount.end
    amount, noun_from = _with_unit(tokens, amount, noun_from)
    amount, noun_from = _as_age(tokens, amount, noun_from)
    counted, noun_end = _counted(tokens, noun_from, words, amount.kind)
    amount, _ = _as_rate(tokens, amount, noun_from, noun_end)
    after = after or _afterwards(tokens, noun_from, LONGEST_NOUN)
    if after is not None and bound in (None, Bound.EXACT):
        bound, first, last = after[0], after[1], after[2] - 1
        qualifier = words[tokens[first].start : tokens[last].end]
    figure = Figure(
        counted=counted,
        unit=amount.unit,
        qualifier=qualifier or amount.qualifier,
        kind=amount.kind or FigureKind.COUNT,
    )
    read = _bounded(figure, amount, bound)
    unread = (
        read.bound is Bound.EXACT and not read.qualifier and _OTHER_SCRIPT.search(words[: tokens[amount.start].start])
    )
    return replace(read, bound=None) if unread else read


def _bounded(figure: Figure, amount: Amount, bound: Bound | None) -> Figure:
    """The figure with value, low and high as its bound demands."""
    if amount.high is not None:
        low, high = sorted((amount.value, amount.high))
        return replace(figure, low=low, high=high, bound=Bound.RANGE)
    if amount.bound is Bound.VAGUE:
        return replace(figure, low=amount.value, inferred=True, bound=Bound.VAGUE)
    if bound in (None, Bound.EXACT):
        bound = amount.bound or Bound.EXACT
    return replace(
        figure,
        value=amount.value,
        low=amount.value if bound is Bound.MIN else None,
        high=amount.value if bound is Bound.MAX else None,
        bound=bound,
    )


# ---------------------------------------------------------------- units, ages, rates


def _with_unit(tokens: Sequence[Token], amount: Amount, index: int) -> tuple[Amount, int]:
    """The amount with the unit that stands behind it, and the index behind the unit."""
    if amount.kind is FigureKind.FRACTION or amount.kind is FigureKind.MULTIPLIER:
        return amount, index
    of = 1 if amount.bound is Bound.VAGUE and word_at(tokens, index) == "of" else 0
    unit, end = unit_at(tokens, index + of)
    if unit is None or (amount.kind is FigureKind.MONEY and unit.kind is not FigureKind.MONEY):
        return amount, index
    high = None if amount.high is None else amount.high * unit.factor
    name = amount.unit if amount.kind is FigureKind.MONEY else unit.name
    return replace(amount, value=amount.value * unit.factor, high=high, kind=unit.kind, unit=name), end


def _as_age(tokens: Sequence[Token], amount: Amount, index: int) -> tuple[Amount, int]:
    """Durations that are ages: "seven-year-old", "45 years of age", "aged 45"."""
    at = index + (word_at(tokens, index) in HYPHENS)
    if amount.kind is FigureKind.DURATION:
        if word_at(tokens, at) in ("old", "olds"):
            return replace(amount, kind=FigureKind.AGE), at + 1
        if (word_at(tokens, at), word_at(tokens, at + 1)) == ("of", "age"):
            return replace(amount, kind=FigureKind.AGE), at + 2
    before = [token.word for token in tokens[max(0, amount.start - 3) : amount.start]]
    if amount.kind in (None, FigureKind.DURATION) and ("aged" in before or before[-2:] == ["age", "of"]):
        return replace(amount, kind=FigureKind.AGE, unit=amount.unit or "years"), index
    return amount, index


def _as_rate(tokens: Sequence[Token], amount: Amount, noun_from: int, noun_end: int) -> tuple[Amount, int]:
    """The amount per something ("a week", "per barrel", "each day", "daily"), and the index behind noun and that."""
    for at in dict.fromkeys((noun_from, noun_end)):
        link = word_at(tokens, at)
        per, end = "", at
        if link in ("a", "an", "each", "every") or link in HYPHENS:
            step = at + 1 if link not in HYPHENS else at + 2
            step += word_at(tokens, step) in HYPHENS
            noun, end = word_at(tokens, step), step + 1
            between = link not in HYPHENS or word_at(tokens, at + 1) in ("a", "an", "per")
            is_time = word_at(tokens, end) in ("ago", "earlier", "later", "before", "after") and noun in TIME_UNITS
            per = noun if between and noun in RATE_NOUNS and not is_time else ""
        elif link in ("per", "/") and at + 1 < len(tokens):
            per, end = _rate_words(tokens, at + 1)
        elif link in ADVERBS_OF_RATE:
            per, end = ADVERBS_OF_RATE[link], at + 1
        if per:
            keeps = (FigureKind.MONEY, FigureKind.MEASURE, FigureKind.PERCENT)
            kind = amount.kind if amount.kind in keeps else FigureKind.RATE
            return replace(amount, kind=kind, unit=f"{amount.unit} per {per}".strip()), max(end, noun_end)
    return amount, noun_end


def _rate_words(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """The words behind "per" ("barrel", "megawatt-hour", "100,000 people"), and the index behind them."""
    end = index
    while end < min(len(tokens), index + 4):
        token = tokens[end]
        if (token.is_sign and token.word not in HYPHENS) or token.word in NOUN_ENDS:
            break
        end += 1
        if not token.is_digits and word_at(tokens, end) not in HYPHENS and token.word not in HYPHENS:
            break
    return _joined(tokens[index:end]), end


def _joined(tokens: Sequence[Token]) -> str:
    """The tokens' texts as they were written, white space as single spaces."""
    return "".join((" " if token.spaced else "") + token.text for token in tokens).strip()


def _is_date(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "6 November", "May 6", "8 de marzo", "in 2016", "6:30", "6 p.m.": numbers that count nothing."""
    behind = end + 1 if word_at(tokens, end) in ("de", ".") and end + 1 < len(tokens) else end  # 8 de marzo, 8. März
    beside = [tokens[at] for at in (start - 1, end, behind) if 0 <= at < len(tokens)]
    if start > 1 and tokens[start - 1].word == ".":
        beside.append(tokens[start - 2])  # Sept. 12
    if any(token.word in MONTHS and token.text[0].isupper() for token in beside):
        return True
    if any(token.word in OTHER_MONTHS for token in beside) or (
        word_at(tokens, end)[:1] in DATE_SIGNS and end < len(tokens)
    ):
        return True
    for colon, other in ((start - 1, start - 2), (end, end + 1)):
        is_tight = word_at(tokens, colon) == ":" and not tokens[colon].spaced
        if is_tight and 0 <= other < len(tokens) and tokens[other].is_digits:
            return True
    if word_at(tokens, end) in ("am", "pm") or [token.word for token in tokens[end + 1 : end + 3]] == [".", "m"]:
        return True
    year = tokens[start].text
    is_year = end == start + 1 and len(year) == 4 and year.isdecimal() and 1900 <= int(year) <= 2100
    return is_year and word_at(tokens, start - 1) in BEFORE_YEARS


# ---------------------------------------------------------------- qualifier and counted noun


def _qualifier_before(tokens: Sequence[Token], index: int) -> tuple[Bound | None, int, int]:
    """The bound that the words before an amount state, the first of these tokens and the index behind the last.

    Of several, the first that is not exact decides: "at least some 200" is a minimum.
    """
    bound: Bound | None = None
    start = end = at = index
    while at > 0:
        found = phrase_before(QUALIFIERS, tokens, at)
        passed = phrase_before(PASSED_OVER, tokens, at)
        if passed is not None and (found is None or passed[1] < found[1]):
            # "above the 3 percent level": compared with the number, which is exact.
            if tokens[passed[1]].word == "the" and passed[1] == at - 1 and phrase_before(QUALIFIERS, tokens, passed[1]):
                break
            at = passed[1]
            continue
        if found is None or (tokens[found[1]].word == "as" and found[1] == at - 1 and bound is None):
            break
        if {bound, found[0]} == {Bound.MIN, Bound.MAX}:  # "under more than a metre of water": under it lies something
            break
        end = at if bound is None else end
        bound = found[0] if bound is None or found[0] is not Bound.EXACT else bound
        start = at = found[1]
    return bound, start, end


def _afterwards(tokens: Sequence[Token], index: int, reach: int) -> tuple[Bound, int, int] | None:
    """The first "or more", "or so" … that begins within reach of a token: its bound, first token, and the next."""
    for at in range(index, min(len(tokens), index + reach)):
        found = phrase_at(AFTERWARDS, tokens, at)
        if found is None or word_at(tokens, found[1]) in ("than", "to"):
            continue
        if found[1] >= len(tokens) or number_at(tokens, found[1]) is None or tokens[at].is_sign:
            return found[0], at, found[1]
    return None


def _counted(tokens: Sequence[Token], index: int, words: str, kind: FigureKind | None) -> tuple[str, int]:
    """The noun that is counted, as written, and the index of the token behind it."""
    if kind in (FigureKind.DURATION, FigureKind.AGE, FigureKind.MULTIPLIER):
        return "", index
    start = index
    if word_at(tokens, start) in HYPHENS and start + 1 < len(tokens) and not tokens[start + 1].spaced:
        start += 1
    behind_of = False
    while (
        (word := word_at(tokens, start)) in FILLERS
        or (behind_of and word in DETERMINERS)
        or (kind is FigureKind.FRACTION and word in DETERMINERS)
    ):
        behind_of = behind_of or word == "of"
        start += 1
    if behind_of and word in _PRONOUNS:  # "eleven of them hold solvents": nothing of it says what they are
        fate = word_at(tokens, start + 1)
        return (tokens[start + 1].text, start + 2) if fate in _FATES else ("", start + 1)
    if kind in (FigureKind.MONEY, FigureKind.MEASURE) and not behind_of:
        return "", index
    if kind is FigureKind.MEASURE and _is_distance(tokens, index, start):
        return "", index
    if start < len(tokens) and tokens[start].is_digits:
        whole = (amount_at(tokens, start) or bare_amount_at(tokens, start)) if behind_of else None
        if whole is None:
            return "", index
        start = whole.end
    end, previous = start, ""
    if start < len(tokens) and (tokens[start].word in INTRANSITIVE or tokens[start].word[0] >= FIRST_WITHOUT_SPACES):
        return "", index
    unread = start < len(tokens) and _OTHER_SCRIPT.match(tokens[start].text)
    while end < min(len(tokens), start + (1 if unread else LONGEST_NOUN)):
        token = tokens[end]
        if not (token.word == "of" and end > start) and _ends_noun(tokens, end, start, previous):
            break
        previous = token.word
        end += 1
    while end > start and tokens[end - 1].word in ("of", "-", "/", "&"):
        end -= 1
    return (words[tokens[start].start : tokens[end - 1].end], end) if end > start else ("", index)


def _is_distance(tokens: Sequence[Token], unit_end: int, place: int) -> bool:
    """Whether what stands behind a measure and "of" is a place that it is measured from and not what is measured:
    "250 metres of the market", "10 km of Aleppo", but "10 km of road", "two tonnes of the grain"."""
    if tokens[unit_end - 1].word not in LENGTHS or place >= len(tokens):
        return False
    return tokens[place - 1].word in DETERMINERS or tokens[place].text[:1].isupper()


def _ends_noun(tokens: Sequence[Token], at: int, start: int, previous: str) -> bool:
    """Whether a token no longer belongs to the noun that begins at `start`."""
    token = tokens[at]
    if token.is_sign and (at == start or token.spaced or token.word not in "-'’&/‐‑"):
        return True
    if word_at(tokens, at - 1) == "of" and at > start:
        return token.word in NOUN_ENDS and token.word not in DETERMINERS
    if token.word in NOUN_ENDS or (token.is_digits and token.spaced) or _is_participle(token, previous):
        return True
    return phrase_at(AFTERWARDS, tokens, at) is not None


def _is_participle(token: Token, previous: str) -> bool:
    """ "civilians fleeing", "homes destroyed", "people fled": behind a plural it begins a clause."""
    verbal = token.word in PAST_VERBS or (token.word.endswith(("ed", "ing")) and token.word not in NOT_PARTICIPLES)
    return verbal and (previous.endswith("s") or previous in ("people", "men", "women", "children", "police"))
