"""Places in a sheet and formulas that name them, carried along when a table in it grows or shrinks.

Why it exists: charts, names, rules and formulas of a template say "Claims!$G$2:$G$6". When the table that stands there
gets 400 rows, those must say so, or the workbook tells last month's numbers without a word. Rows and columns count
from 1. Formulas are those of ECMA-376 part 1, 18.17: A1 references; structured references need no care.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
# What is quoted or in brackets is one token also where it does not end, so that no sign is read twice: of 200,000
# apostrophes each would be looked behind to the last.
_TOKEN = re.compile(
    rf"""
    "(?:[^"]|"")*"
    | (?P<sheet>(?:'(?:[^']|'')*+'|(?:\[[0-9]+\])?[^\W0-9][\w.]*(?::[\w.]+)?)!)?
      (?P<place>{_CELL}(?::{_CELL})?|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})(?![\w.(!\[])
    | '(?:[^']|'')*+(?:'!?)?
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\]?
    | [^\W0-9][\w.\\]*
    | [0-9.]+(?:E[+-]?[0-9]+)?
    """,
    re.VERBOSE,
)
_COLUMN = re.compile(r"[A-Z]{1,3}")
_LONGEST_ROW = len(str(LAST_ROW))
_CORNER = re.compile(r"(\$?)([A-Z]{1,3})?(\$?)([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from one corner to the other, both of them in it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = f"{letters(self.left)}{self.top}", f"{letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def touches(self, other: Area) -> bool:
        """Whether they have a cell in common."""
        apart = self.bottom < other.top or self.top > other.bottom
        return not apart and self.left <= other.right and self.right >= other.left

    def has(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Move:
    """How a table's rows become more or fewer, and what goes with them."""

    sheet: str
    table: Area
    """Its rows of data as they were, without headings and totals."""
    totals: int
    """Rows of totals below, 0 or 1."""
    last: int
    """The last row of data from now on."""
    carries: bool
    """Whether what stands below the table, between its first and last column, keeps its distance."""
    whole_rows: bool
    """Whether nothing stands beside what stands below, so that whole rows move."""

    @property
    def by(self) -> int:
        return self.last - self.table.bottom

    def row(self, row: int, column: int) -> int:
        """Where a cell's row is from now on."""
        end = self.table.bottom + self.totals
        across = self.table.left <= column <= self.table.right
        if row <= self.table.bottom:
            return min(row, self.last) if across and row >= self.table.top else row
        if row <= end:
            return row + self.by if across or self.whole_rows else row
        return row + self.by if self.carries and (across or self.whole_rows) else row

    def area(self, area: Area) -> Area:
        """A stretch of cells from now on: one that ends with the table still does; one in a row of headings stays."""
        table = self.table
        apart = area.bottom < table.top or area.left > table.right or area.right < table.left
        if apart and not (self.whole_rows and area.top > table.bottom):
            return area
        within = self.whole_rows or (area.left >= table.left and area.right <= table.right)
        end = table.bottom + self.totals
        below = self.by if self.carries and within else 0
        if area.top > end:
            return Area(area.top + below, area.left, area.bottom + below, area.right)
        top = area.top
        if table.top < top == area.bottom <= table.bottom:
            return Area(min(top, self.last), area.left, min(top, self.last), area.right)
        if top > table.bottom:
            top += self.by
        elif top > table.top:
            top = min(top, self.last)
        if area.bottom < table.bottom:
            bottom = min(area.bottom, self.last)
        elif area.bottom <= end:
            bottom = area.bottom + self.by
        else:
            bottom = area.bottom + below if below else max(area.bottom, end + self.by)
        return Area(top, area.left, min(bottom, LAST_ROW), area.right)

    def places(self, places: str) -> str:
        """A list of places with spaces between, as rules and validations have it (ST_Sqref)."""
        return " ".join(str(self.area(area_of(one))) if _is_cells(one) else one for one in places.split())

    def formula(self, formula: str, home: str, home_row: int = 0, *, ranges_only: bool = False) -> str:
        """A formula on the sheet `home`. With `ranges_only` a single cell is a range of one, as in a chart.

        `home_row` is the row it stands in: in the table's own rows, what has no dollar sign means the same row, and is
        for `translated` to carry.
        """
        at_home = home.casefold() == self.sheet.casefold()
        in_table = at_home and self.table.top <= home_row <= self.table.bottom

        def moved(sheet: str | None, place: str) -> str:
            if (home if sheet is None else sheet).casefold() != self.sheet.casefold():
                return place
            if in_table and not re.search(r"[$][0-9]+$", place):
                return place
            return self._moved_place(place, ranges_only)

        return _replaced(formula, moved)

    def shows(self, formula: str) -> bool:
        """Whether a formula names cells of the table's rows, as they were, with the name of the sheet."""
        found = []

        def look(sheet: str | None, place: str) -> str:
            if sheet is not None and sheet.casefold() == self.sheet.casefold():
                found.append(place.replace("$", ""))
            return place

        _replaced(formula, look)
        return any(_is_cells(place) and area_of(place).touches(self.table) for place in found)

    def _moved_place(self, place: str, ranges_only: bool) -> str:
        corners = [_CORNER.fullmatch(corner) for corner in place.split(":")]
        first, last = corners[0], corners[-1]
        if first is None or last is None:
            return place
        if len(corners) == 1 and not ranges_only:
            column, row = column_number(first[2]), int(first[4])
            return f"{first[1]}{first[2]}{first[3]}{self.row(row, column)}"
        left, right = (column_number(corner[2]) if corner[2] else edge for corner, edge in ((first, 1), (last, 16_384)))
        area = self.area(Area(int(first[4]), left, int(last[4]), right))
        one, other = (
            f"{corner[1]}{corner[2] or ''}{corner[3]}{row}" for corner, row in ((first, area.top), (last, area.bottom))
        )
        return one if len(corners) == 1 and area.top == area.bottom else f"{one}:{other}"


def translated(formula: str, down: int, right: int = 0) -> str:
    """A formula as it reads when it is copied to a cell so much further down and to the right."""
    if not down and not right:
        return formula

    def moved(_sheet: str | None, place: str) -> str:
        corners = []
        for corner in place.split(":"):
            match = _CORNER.fullmatch(corner)
            assert match is not None  # as _TOKEN found it
            column, row = match[2] or "", int(match[4])
            if column and not match[1]:
                to = column_number(column) + right
                column = letters(to) if 0 < to <= LAST_COLUMN else ""
            if not match[3]:
                # without a column the dollar sign of the row stands first
                row += down if column or not match[1] else 0
            if not 0 < row <= LAST_ROW or (match[2] and not column):
                return "#REF!"
            corners.append(f"{match[1]}{column}{match[3]}{row}")
        return ":".join(corners)

    return _replaced(formula, moved)


def area_of(place: str) -> Area:
    """ "B2:D9" or "B2"; dollar signs do not matter. Raises ValueError for what is no place on a sheet of Excel."""
    corners = [_CORNER.fullmatch(corner) for corner in place.split(":")]
    first, last = corners[0], corners[-1]
    if len(corners) > 2 or first is None or last is None or not first[2] or not last[2]:
        raise ValueError(place)
    return Area(row_of(first[4]), column_of(first[2]), row_of(last[4]), column_of(last[2]))


def row_of(number: str) -> int:
    """The row that a file names, from 1. Raises ValueError for what is none of Excel's."""
    row = int(number) if len(number) <= _LONGEST_ROW else 0
    if not 0 < row <= LAST_ROW:
        raise ValueError(f"row {number[:_LONGEST_ROW]}")
    return row


def column_of(name: str) -> int:
    """The column that a file names by its letters, from 1. Raises ValueError for what is none of Excel's, however long:
    a name of 100,000 letters is a number of 140,000 digits, and minutes of reckoning."""
    column = column_number(name) if _COLUMN.fullmatch(name) else 0
    if not 0 < column <= LAST_COLUMN:
        raise ValueError(f"column {name[:_LONGEST_ROW]}")
    return column


@lru_cache(maxsize=LAST_COLUMN)
def letters(column: int) -> str:
    """28 is "AB"."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@lru_cache(maxsize=LAST_COLUMN)
def column_number(name: str) -> int:
    """ "AB" is 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _is_cells(place: str) -> bool:
    try:
        area_of(place)
    except ValueError:
        return False
    return True


def _replaced(formula: str, moved: Callable[[str | None, str], str]) -> str:
    def one(token: re.Match[str]) -> str:
        place = token["place"]
        if place is None:
            return token[0]
        sheet = token["sheet"]
        name = None if sheet is None else _unquoted(sheet[:-1])
        return (sheet or "") + moved(name, place)

    return _TOKEN.sub(one, formula)


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
