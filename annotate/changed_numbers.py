"""Whether two versions of some words give the same numbers, and if not, which changed.

"40%" and "45%" are alike to any measure of similarity, and the one thing an analyst must not overlook.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from annotate.amount_words import CURRENCY_SIGNS
from annotate.numbers import number_at
from annotate.tokens import tokenize, word_at

_PERCENT = ("%", "٪", "percent", "pct")
_MOST_NAMED = 3


class _Written(NamedTuple):
    value: float | None
    """None where digits make no number, as in 12:30.7.1."""
    digits: str
    """Its digits in ASCII; separators and the script do not count, "forty" has none."""
    words: str

    @property
    def meaning(self) -> tuple[float | None, str]:
        return self.value, self.digits


def changed_numbers(old: str, new: str) -> str:
    """What became of the numbers in some words, as a sentence: "This figure changed from 40% to 45%."

    Empty where they are the same, in value and in digits. Number words count, separators and scripts of digits do not.
    """
    was, now = _numbers(old), _numbers(new)
    while was and now and was[0].meaning == now[0].meaning:
        was, now = was[1:], now[1:]
    while was and now and was[-1].meaning == now[-1].meaning:
        was, now = was[:-1], now[:-1]
    if not was and not now:
        return ""
    if not now:
        return f"{_figures(was)} not there any more."
    if not was:
        return f"{_figures(now)} new."
    if len(was) != len(now):
        return f"The figures changed from {_listed(was)} to {_listed(now)}."
    changed = [(one, two) for one, two in zip(was, now, strict=True) if one.meaning != two.meaning]
    said = [f"from {one.words} to {two.words}" for one, two in changed[:_MOST_NAMED]]
    said += [f"{len(changed) - _MOST_NAMED} more"] if len(changed) > _MOST_NAMED else []
    return f"{'This figure' if len(changed) == 1 else 'These figures'} changed {', '.join(said)}."


def _numbers(words: str) -> list[_Written]:
    tokens = tokenize(words)
    found: list[_Written] = []
    at = 0
    while at < len(tokens):
        number = number_at(tokens, at)
        if number is None and not tokens[at].is_digits:
            at += 1
            continue
        end = at + 1 if number is None else number.end
        first = at - 1 if at and tokens[at - 1].text in CURRENCY_SIGNS else at
        last = end if word_at(tokens, end) in _PERCENT else end - 1
        stands = words[tokens[at].start : tokens[end - 1].end]
        digits = "".join(str(unicodedata.decimal(letter)) for letter in stands if letter.isdecimal())
        written = words[tokens[first].start : tokens[last].end]
        found.append(_Written(None if number is None else number.value, digits, " ".join(written.split())))
        at = end
    return found


def _figures(numbers: list[_Written]) -> str:
    return f"The figure {_listed(numbers)} is" if len(numbers) == 1 else f"The figures {_listed(numbers)} are"


def _listed(numbers: list[_Written]) -> str:
    named = [number.words for number in numbers[:_MOST_NAMED]]
    more = len(numbers) - len(named)
    return ", ".join([*named, f"{more} more"] if more else named)
