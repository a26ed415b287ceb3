"""What a sheet holds, without Excel: columns, rows and the kinds of values in them.

Why it exists: sheets are decided in plain values that tests, previews and other formats can read, and only the
writer knows openpyxl.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from annotate.model import DatedWords, Row
from annotate.vocabulary import Choice, Kind, Precision

FIRST_REAL_DATE = date(1900, 3, 1)
"""Spreadsheets disagree on days before it: Excel has a 29 February 1900, and no day before 1900 at all."""


class ColumnKind(Enum):
    """How the values of a column are set: prose wraps, codes are short and never break, dates and numbers
    are real, grades are letters or numbers in the middle."""

    ID = "id"
    PROSE = "prose"
    CODE = "code"
    GRADE = "grade"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in characters is the most it takes by itself, it is narrower where its values are."""

    heading: str
    width: int
    kind: ColumnKind = ColumnKind.PROSE
    choices: type[Choice] | None = None
    """The closed list that people choose from here."""
    folded: bool = False
    """Grouped with its neighbours and folded away."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words, or a whole number, that lead to a row (counted from 0) of another table, or to an address where `url` is
    set."""

    text: str | int
    table: str = ""
    row: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a number format of its own."""

    value: float
    number_format: str


Value: TypeAlias = str | int | float | date | datetime | Link | Amount | None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `name` is its tab and the name of its Excel table, `title` says in a few words what it lists."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    colour: str | None = None
    """Ink of the line under the headings, for instance #b35c00."""
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What is to be known about how a value came to be, by row (from 0) and heading: a note on its cell."""


def with_columns(table: Table, headings: Sequence[str] | None) -> Table:
    """The table with these columns in this order; None leaves it as it is.

    The first column, by which people and links know the rows, and the hidden ones at the end always stay. Headings
    that it does not have are left out.
    """
    if headings is None:
        return table
    places = {column.heading: place for place, column in enumerate(table.columns)}
    hidden = [place for place, column in enumerate(table.columns) if column.hidden]
    wanted = [places[heading] for heading in headings if heading in places]
    order = list(dict.fromkeys([0, *(place for place in wanted if place not in hidden), *hidden]))
    columns = tuple(table.columns[place] for place in order)
    return replace(table, columns=columns, rows=[tuple(row[place] for place in order) for row in table.rows])


IDENTITY = (
    Column("uid", 36, ColumnKind.CODE, hidden=True),
    Column("revision", 8, ColumnKind.NUMBER, hidden=True),
)
"""Last columns of every table of records: what the row is known by when the workbook is read back."""


def identity(row: Row) -> tuple[Value, ...]:
    """The values of the IDENTITY columns."""
    return str(row.uid), row.revision


def label(choice: Choice | None) -> str | None:
    """An entry of a closed list as people read it."""
    return None if choice is None else choice.label


def date_value(on: date | None, precision: Precision | None, words: str | None = None) -> Value:
    """A real date where the day is known; "2016-11" or "2016" where it is not; else the words as written.

    Days before March 1900 are text, since spreadsheets cannot hold them or disagree on them.
    """
    if on is None:
        return words
    if precision is Precision.YEAR:
        return f"{on.year:04d}"
    if precision is Precision.MONTH:
        return f"{on.year:04d}-{on.month:02d}"
    return on if on >= FIRST_REAL_DATE else on.isoformat()


def from_value(dated: DatedWords) -> Value:
    """The first day of a stretch of time."""
    return date_value(dated.on, dated.precision, dated.words)


def until_value(dated: DatedWords) -> Value:
    """The last day of a stretch of time, None where it is a single day."""
    return date_value(dated.until, dated.precision)


def number_value(number: float | None) -> Value:
    """A finite number, without a fraction part where it has none; other floats as text."""
    if number is None:
        return None
    if not math.isfinite(number):
        return str(number)
    return int(number) if number == int(number) else number


def web_link(url: str | None) -> Value:
    """An address that can be clicked where it leads to the web and Excel takes it as a link; else its text."""
    if not url:
        return None
    clickable = url.startswith(("http://", "https://")) and url.isascii() and url.isprintable() and " " not in url
    return Link(url, url=url) if clickable and len(url) <= _LONGEST_URL else url


_LONGEST_URL = 2_000
"""Excel calls a file damaged that holds a link of more than 2,079 characters."""

INKS = {Kind.CLAIM: "#b35c00", Kind.FIGURE: "#0062a8", Kind.SOURCE: "#00795a"}
