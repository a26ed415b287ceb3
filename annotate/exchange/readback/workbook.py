"""A workbook as it came back: its tables by their headings, its rows by what they are known by.

Why it exists: colleagues sort, filter, hide, move and add, and other programs drop what they do not know. So nothing
here goes by place: a table begins where its headings stand, a column is its heading whatever its case and blanks, and
a row is its uid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from annotate.errors import ReadBackRefused
from annotate.exchange.readback.cells import CellValue, SharedStrings, Styles, cell_value
from annotate.exchange.readback.package import Package, damaged, open_package
from annotate.exchange.readback.summary import exported_in, scope_in
from annotate.steps import Moment

UID, REVISION = "uid", "revision"
MOST_CELLS = 20_000_000
"""Of all sheets together, empty ones not counted."""
_SEARCHED = 200
"""Rows in which the headings of a table are looked for."""
_CELL_PLACE = re.compile(r"([A-Za-z]{1,3})\d*$")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number in the sheet (from 1), what it is known by, and its values in the order of the headings."""

    number: int
    uid: UUID | None
    revision: int | None
    values: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table; `places` says by `heading_key` where a column's values are in a row."""

    name: str
    headings: tuple[str, ...]
    places: Mapping[str, int]
    rows: tuple[ReadRow, ...]
    beside: int = 0
    """Cells below no heading."""

    def value(self, row: ReadRow, heading: str) -> CellValue:
        """The value below a heading, None where there is none."""
        place = self.places.get(heading_key(heading))
        return None if place is None else row.values[place]


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What a workbook holds. What says where it comes from is None where another program has dropped it."""

    name: str
    project: UUID | None
    moment: Moment | None
    exported_at: datetime | None
    scope: str | None
    """What it held of the project: everything, whole "articles", or a part of the "marks" in them."""
    sheets: tuple[ReadSheet, ...]
    others: tuple[str, ...] = ()
    """The names of sheets that hold something and no table of which anything is known."""


def heading_key(heading: str) -> str:
    """Under which a heading is known: case and blanks do not count."""
    return "".join(heading.split()).casefold()


def read_workbook(path: Path) -> ReadWorkbook:
    """Read a workbook that was exported and edited since. Raises ReadBackRefused with a sentence for the analyst."""
    with open_package(path) as package:
        try:
            return _read(package)
        except (ValueError, IndexError, OverflowError, MemoryError, RecursionError) as error:
            raise damaged(path.name) from error


def _read(package: Package) -> ReadWorkbook:
    book = _Book()
    package.read(package.root, book)
    relations = package.relations(package.root)
    styles, strings, about = Styles(), SharedStrings(), _Properties()
    for kind, path in relations.values():
        if kind == "styles":
            package.read(path, styles)
        elif kind == "sharedStrings":
            package.read(path, strings)
    for kind, path in package.relations("").values():
        if kind == "custom-properties" or kind == "customProperties":
            package.read(path, about)
    if not book.sheets:
        raise damaged(package.name)
    sheets: list[ReadSheet] = []
    others: list[str] = []
    summary: datetime | None = None
    scope: str | None = None
    left = MOST_CELLS
    for name, relation in book.sheets:
        kind, path = relations.get(relation, ("", ""))
        if kind != "worksheet":
            continue
        rows = _Rows(styles, strings.strings, book.from_1904, package.name, left)
        package.read(path, rows)
        left = rows.left
        found = _table(name, rows.rows)
        if found is not None:
            sheets.append(found)
        elif rows.rows:
            others.append(name)
            summary, scope = summary or exported_in(rows.rows), scope or scope_in(rows.rows)
    return ReadWorkbook(
        package.name,
        _uuid(about.values.get("Provenote project")),
        Moment.read(about.values.get("Provenote moment", "")),
        _moment(about.values.get("Provenote export")) or summary,
        about.values.get("Provenote scope") or scope,
        tuple(sheets),
        tuple(others),
    )


class _Book:
    """Names of the sheets and the relations that lead to them; whether days are counted from 1904."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation))

    def end(self, name: str) -> None:
        """Everything stands in the attributes."""

    def words(self, words: str) -> None:
        """Everything stands in the attributes."""


class _Properties:
    """Custom properties of the document by name."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "property":
            self._name = attributes.get("name", "")

    def end(self, name: str) -> None:
        if name == "property":
            self._name = ""

    def words(self, words: str) -> None:
        if self._name:
            self.values[self._name] = (self.values.get(self._name, "") + words).strip()


class _Rows:
    """The rows of a sheet that hold anything, with values by column (from 0)."""

    def __init__(self, styles: Styles, strings: Sequence[CellValue], from_1904: bool, name: str, left: int) -> None:
        self.rows: list[tuple[int, dict[int, CellValue]]] = []
        self.left = left
        self._styles, self._strings, self._from_1904, self._name = styles, strings, from_1904, name
        self._row: dict[int, CellValue] = {}
        self._number = 0
        self._column = -1
        self._cell: Mapping[str, str] = {}
        self._value: list[str] = []
        self._inline: list[str] = []
        self._formula = False
        self._into: list[str] | None = None
        self._reading = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell = attributes
            self._column = _column(attributes.get("r"), self._column)
            self._value, self._inline, self._formula = [], [], False
        elif name == "v":
            self._into = self._value
        elif name == "t":
            self._into = None if self._reading else self._inline
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._reading += 1
        elif name == "row":
            number = attributes.get("r")
            self._number = int(number) if number else self._number + 1
            self._row, self._column = {}, -1

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._into = None
        elif name == "c":
            self._keep()
        elif name == "rPh":
            self._reading -= 1
        elif name == "row" and self._row:
            self.rows.append((self._number, self._row))

    def words(self, words: str) -> None:
        if self._into is not None:
            self._into.append(words)

    def _keep(self) -> None:
        value = cell_value(
            self._cell.get("t", "n"),
            "".join(self._value),
            "".join(self._inline),
            self._styles.of(self._cell.get("s")),
            self._strings,
            formula=self._formula,
            from_1904=self._from_1904,
        )
        if value is None:
            return
        self._row[self._column] = value
        self.left -= 1
        if self.left < 0:
            raise ReadBackRefused(f"{self._name} holds more than {MOST_CELLS:,} cells, which is too much to be safe.")


def _column(place: str | None, before: int) -> int:
    """The column (from 0) of a cell reference such as AB12; the next one where there is none."""
    found = _CELL_PLACE.match(place) if place else None
    if found is None:
        return before + 1
    number = 0
    for letter in found[1].upper():
        number = 26 * number + ord(letter) - 64
    return number - 1


def _table(name: str, rows: Sequence[tuple[int, dict[int, CellValue]]]) -> ReadSheet | None:
    """The table of a sheet; None where no row looks like headings."""
    for place, (_number, cells) in enumerate(rows[:_SEARCHED]):
        headings = {column: value for column, value in sorted(cells.items()) if isinstance(value, str)}
        keys = {heading_key(heading) for heading in headings.values()}
        if len(keys) < 2 or not (UID in keys or len(keys & KNOWN) >= _ENOUGH):
            continue
        places: dict[str, int] = {}
        for number, heading in enumerate(headings.values()):
            places.setdefault(heading_key(heading), number)
        below = rows[place + 1 :]
        beside = sum(len(cells.keys() - headings.keys()) for _number, cells in below)
        return ReadSheet(name, tuple(headings.values()), places, tuple(_rows_of(below, headings, places)), beside)
    return None


_ENOUGH = 3
KNOWN = frozenset(
    map(
        heading_key,
        (
            *(
                "ID",
                "Article",
                "Title",
                "Claim",
                "Source",
                "Stance",
                "Verb",
                "Mode",
                "Figure",
                "Value",
                "Unit",
                "Bound",
            ),
            *("Type", "Note", "Tags", "Reliability", "Credibility", "Looked at", "Shows", "Outlet", "Status", "List"),
            *("Entry", "Under", "Meaning", "Continues", "Sheet", "Column", "Part", "Text", "In plain words"),
        ),
    )
)
"""Headings by which a table is known although its uid column is gone."""


def _rows_of(
    rows: Sequence[tuple[int, dict[int, CellValue]]], headings: Mapping[int, str], places: Mapping[str, int]
) -> Iterator[ReadRow]:
    columns = list(headings)
    uid_at = columns[places[UID]] if UID in places else -1
    revision_at = columns[places[REVISION]] if REVISION in places else -1
    for number, cells in rows:
        values = tuple(cells.get(column) for column in columns)
        if any(value is not None for value in values):
            yield ReadRow(number, _uuid(cells.get(uid_at)), _whole(cells.get(revision_at)), values)


def _uuid(value: CellValue) -> UUID | None:
    try:
        return UUID(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _whole(value: CellValue) -> int | None:
    """A revision, also where a program has made text of it."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _moment(words: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words.replace("Z", "+00:00")) if words else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)
