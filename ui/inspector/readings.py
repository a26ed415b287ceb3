"""What an analyst types into a field, as a value, and a value as the words that stand in a field.

A reading that cannot make sense of the words raises NotUnderstood with a sentence; the field keeps the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MINYEAR, date
from typing import Any

from annotate.numbers import fraction_at, number_at
from annotate.tokens import tokenize
from annotate.vocabulary import Precision

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotUnderstood(ValueError):
    """Words that make no value of the kind a field holds; the message says what would."""


@dataclass(frozen=True)
class Reading:
    """How a field reads and writes its values."""

    parse: Callable[[str], Any]
    show: Callable[[Any], str]


def read_number(words: str) -> float | None:
    """A number as people type it: "10,000", "10 000", "1.2m", "3,5", "half"; None for no words."""
    words = words.strip()
    if not words:
        return None
    tokens = tokenize(words)
    for found in (number_at(tokens, 0, money=True), fraction_at(tokens, 0)):
        if found is not None and found.end == len(tokens):
            return found.value
    raise NotUnderstood(f"“{words}” is not a number. Write for instance 10,000, 3.5 or 1.2m.")


def show_number(value: float | None) -> str:
    """A number with thousands separators, in digits that `read_number` takes for the same value."""
    if value is None:
        return ""
    if value == int(value):
        return f"{value:,.0f}"
    short = f"{value:,.6f}".rstrip("0")
    return short if read_number(short) == value else repr(value)


def read_date(words: str) -> tuple[date, Precision] | None:
    """A date as people type it, the day before the month, or only month and year; None for no words."""
    words = words.strip()
    if not words:
        return None
    parts = [part for part in re.split(r"[\s./,-]+", words) if part]
    try:
        return _date_of([_date_number(part) for part in parts], parts)
    except ValueError as error:
        raise NotUnderstood(f"“{words}” is not a date. Write for instance 12 Mar 2024 or 2024-03-12.") from error


def read_day(words: str) -> date | None:
    found = read_date(words)
    return None if found is None else found[0]


def show_date(on: date | None, precision: Precision | None = None) -> str:
    """A date in the short form of the program: 12 Mar 2024, Mar 2024, 2024."""
    if on is None:
        return ""
    if precision is Precision.YEAR:
        return f"{on.year:04d}"
    month = f"{MONTHS[on.month - 1]} {on.year:04d}"
    return month if precision is Precision.MONTH else f"{on.day} {month}"


def read_list(words: str) -> tuple[str, ...]:
    """Names separated by semicolons or lines."""
    return tuple(name for part in re.split(r"[;\n]", words) if (name := part.strip()))


def _date_number(part: str) -> int:
    """A part of a date as a number; months are read by their first three letters."""
    if part.isdecimal():
        return int(part)
    month = part[:3].capitalize()
    if month in MONTHS and part.isalpha():
        return MONTHS.index(month) + 1
    raise ValueError(part)


def _date_of(numbers: list[int], parts: list[str]) -> tuple[date, Precision]:
    if not parts:
        raise ValueError(parts)
    year_first = len(parts[0]) == 4 and parts[0].isdecimal()
    if len(numbers) == 1 and year_first and numbers[0] >= MINYEAR:
        return date(numbers[0], 1, 1), Precision.YEAR
    if len(numbers) == 2:
        year, month = numbers if year_first else reversed(numbers)
        return date(_whole_year(year), month, 1), Precision.MONTH
    if len(numbers) == 3:
        year, month, day = numbers if year_first else reversed(numbers)
        if not parts[0].isdecimal():
            month, day = numbers[0], numbers[1]
        return date(_whole_year(year), month, day), Precision.DAY
    raise ValueError(parts)


def _whole_year(year: int) -> int:
    if year < 1000:
        raise ValueError(year)
    return year


PLAIN = Reading(str.strip, str)
OPTIONAL = Reading(lambda words: words.strip() or None, lambda value: value or "")
NUMBER = Reading(read_number, show_number)
DAY = Reading(read_day, show_date)
DATE = Reading(read_date, lambda value: "" if value is None else show_date(*value))
"""A date with its precision."""
NAMES = Reading(read_list, "; ".join)
