"""The rows of a claims list as they stand in its file: spreadsheet or text, below its headings.

Cells are read by what reads lists of articles (annotate/importers); only which row holds headings, and which sheet of
a workbook is the list, is told by other words here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path, PurePath

from annotate.canonical import canonical
from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.exchange.hand_kept.columns import known_headings
from annotate.importers.columns import known_headings as headings_of_articles
from annotate.importers.columns import may_be_headings
from annotate.importers.decoding import decode
from annotate.importers.delimited import Dialect, dialect_of, rows_of
from annotate.importers.file_contents import LARGEST, contents_of, shown_name, too_large
from annotate.importers.workbook import EvidenceWorkbook, is_workbook, sheets_of

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".tab")
MOST_ROWS = 100_000
_MOST_ABOVE = 12
"""First rows among which that of the headings is looked for."""
_LOOKED_AT = 60
"""Rows by which it is judged whether the first one holds headings."""

_LOOKED_INTO = 4 * 1024 * 1024
"""Bytes of a file that is only looked into."""
_ONE_COLUMN = {".csv": Dialect(","), ".tsv": Dialect("\t"), ".tab": Dialect("\t")}
"""How cells are parted where no row has several: a list of nothing but claims, or of one row."""

_Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`place` says for people where it stands: "row 12", or "sheet North, row 12" beside other sheets."""

    place: str
    cells: tuple[str, ...]
    """Canonical words without blanks around them; as many as the list has columns."""


@dataclass(frozen=True, slots=True)
class HandKeptSheet:
    """A claims list as read, with its bytes for custody; `headings` is empty where no row holds any."""

    name: str
    data: bytes
    sha256: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()
    """The words of rows above the headings, a line each: the title of the list."""
    said: tuple[str, ...] = ()
    """Sentences for the analyst about how it was read."""
    encoding_guessed: str = ""

    @property
    def width(self) -> int:
        return max(len(self.headings), max((len(row.cells) for row in self.rows), default=0))

    def heading(self, column: int) -> str:
        """What a column is called; "Column 3" where nothing says it."""
        words = self.headings[column] if column < len(self.headings) else ""
        return " ".join(words.split()) or f"Column {column + 1}"


def read_sheet_file(path: Path, encoding: str | None = None) -> HandKeptSheet:
    """Read a file; raises ImportRefused with one sentence naming it for whatever stands in the way."""
    return read_sheet(contents_of(path), shown_name(path), encoding)


def read_sheet(data: bytes, name: str, encoding: str | None = None) -> HandKeptSheet:
    """Read a list's bytes (xlsx, xls, ods, csv, tsv); `encoding` is the analyst's choice. Raises ImportRefused.

    Of a workbook the first sheet with the headings of a claims list is read, else the first with anything in it, and
    every other one with the same headings.
    """
    if not data:
        raise ImportRefused(f"{name} is empty; there is nothing to take in.")
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    guessed = ""
    if is_workbook(data):
        begun, rows, said = _from_workbook(data, name)
    else:
        decoded = decode(data, name, encoding)
        dialect = dialect_of(decoded.text) or _ONE_COLUMN.get(PurePath(name).suffix.lower())
        if dialect is None:
            raise ImportRefused(f"{name} is no list with rows and columns. Save it as a spreadsheet or as csv.")
        begun = _begun(enumerate(rows_of(decoded.text, dialect, name), start=1))
        rows = _placed(begun.rows, "")
        said, guessed = decoded.warnings, decoded.guessed
    kept = list(islice(rows, MOST_ROWS + 1))
    if len(kept) > MOST_ROWS:
        raise ImportRefused(f"{name} has more than {MOST_ROWS:,} rows. Split it, and take the pieces in one by one.")
    if not kept:
        raise ImportRefused(f"{name} has no rows below its headings; there is nothing to take in.")
    width = max(len(begun.headings), max(len(row.cells) for row in kept))
    whole = tuple(SheetRow(row.place, row.cells + ("",) * (width - len(row.cells))) for row in kept)
    sha256 = hashlib.sha256(data).hexdigest()
    return HandKeptSheet(name, data, sha256, begun.headings, whole, begun.above, said, guessed)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The words above the headings, the headings, and the rows below them, none of which is without words."""

    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Iterator[_Row]


def is_claims_list(path: Path) -> bool:
    """Whether a file is a claims list by its headings, and no list of articles; one of over 4 MB is not looked into.

    Never raises: what cannot be read is none.
    """
    if path.suffix.lower() not in ENDINGS:
        return False
    try:
        if path.stat().st_size > _LOOKED_INTO:
            return False
        headings = read_sheet_file(path).headings
    except (ImportRefused, OSError):
        return False
    known = known_headings(headings).keys()
    is_one = bool({"claim", "either"} & known and {"source", "status", "figure"} & known)
    return is_one and "text" not in headings_of_articles(headings)


def _from_workbook(data: bytes, name: str) -> tuple[_Begun, Iterable[SheetRow], tuple[str, ...]]:
    """How the list begins, its rows and what is to be said of a workbook; one sheet is in memory at a time."""
    begun: dict[str, _Begun] = {}
    try:
        for sheet in sheets_of(data, name):
            begun[sheet.name] = replace(_begun(sheet.rows), rows=iter(()))
    except EvidenceWorkbook as error:
        raise ImportRefused(f"{name} is an evidence workbook of Provenote. Use File, Read back for it.") from error
    if not begun:
        raise ImportRefused(f"{name} holds no words; there is nothing to take in.")
    headed = {sheet: one.headings for sheet, one in begun.items()}
    known = {sheet: known_headings(headings) for sheet, headings in headed.items()}
    chosen = max(headed, key=lambda sheet: ("claim" in known[sheet] or "either" in known[sheet], len(known[sheet])))
    alike = [sheet for sheet, headings in headed.items() if headings and headings == headed[chosen]] or [chosen]
    others = len(headed) - len(alike)
    said: tuple[str, ...] = ()
    if others:
        which = f"sheet “{chosen}” was" if len(alike) == 1 else f"{len(alike)} sheets with the same headings were"
        said = (f"Only the {which} read, and not {counted(others, 'other sheet')}.",)
    return begun[chosen], _rows_of(data, name, alike), said


def _rows_of(data: bytes, name: str, wanted: Sequence[str]) -> Iterator[SheetRow]:
    for sheet in sheets_of(data, name):
        if sheet.name in wanted:
            yield from _placed(_begun(sheet.rows).rows, f"sheet {sheet.name}, " if len(wanted) > 1 else "")


def _placed(rows: Iterable[_Row], before: str) -> Iterator[SheetRow]:
    return (SheetRow(f"{before}row {number}", _cells(cells)) for number, cells in rows)


def _begun(rows: Iterable[_Row]) -> _Begun:
    filled = (row for row in rows if any(map(str.strip, row[1])))
    first = list(islice(filled, _LOOKED_AT))
    numbers = [len(known_headings(cells)) for _, cells in first[:_MOST_ABOVE]]
    most = max(numbers, default=0)
    at = numbers.index(most) if most > 1 else 0
    if most == 0 and not _is_unlike_the_others([cells for _, cells in first]):
        return _Begun((), (), chain(first, filled))
    above = tuple(" ".join(filter(None, _cells(cells))) for _, cells in first[:at])
    return _Begun(above, _cells(first[at][1]), chain(first[at + 1 :], filled))


def _is_unlike_the_others(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row may be one of headings, in a language not known here, and most of the others may not."""
    if len(rows) < 2 or not may_be_headings(rows[0]):
        return False
    return sum(map(may_be_headings, rows[1:])) < 0.5 * (len(rows) - 1)


def _cells(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(canonical(cell).text.strip() for cell in cells)
