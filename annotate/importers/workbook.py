"""Rows of a spreadsheet (xlsx, xlsm, xlsb, xls, ods) as words: dates as dates, numbers as a person would write them.

calamine reads values only: no formula is worked out, no link followed, no macro run. It lays a sheet out as one
rectangle in memory, so that one cell at the far end of an otherwise empty sheet is refused before it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from annotate.errors import ImportRefused
from annotate.importers.archive import ZIP_STARTS, kind_of_archive, protected, unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_CELLS = 20_000_000
"""Empty ones among them; each takes up to 32 bytes."""
_PROLOGUE = 64 * 1024
"""Bytes of a part before its first element."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED, _BOOK, _WORKBOOK, _WORD, _SLIDES = (
    stream.encode("utf-16-le")
    for stream in ("EncryptedPackage", "Book\0", "Workbook\0", "WordDocument", "PowerPoint Document")
)
_CELL = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})(\d{1,9})["']""")
_OUR_SHEETS = {"Claims", "Figures", "Codebook"}


class EvidenceWorkbook(ImportRefused):
    """A workbook that was written by Provenote."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and its rows, each with its number in the program that made it; cells from column A on."""

    name: str
    rows: Iterator[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """By what lies in the archive, or in the container that older Office programs write."""
    if data.startswith(_OLE):
        is_book = _WORKBOOK in data or _BOOK in data
        return is_book and not any(stream in data for stream in (_ENCRYPTED, _WORD, _SLIDES))
    return data.startswith(ZIP_STARTS) and kind_of_archive(data) in ("sheet", "ods")


def sheets_of(data: bytes, name: str) -> Iterator[Sheet]:
    """Sheets that hold anything, in order, hidden ones last.

    Raises ImportRefused for what is unsafe, protected or our own workbook.
    """
    if data.startswith(ZIP_STARTS):
        parts = unpacked(data, name, "a spreadsheet", "the program that made it")
        for path, part in parts.items():
            if path.endswith((".xml", ".rels")) and part.strip():
                _refuse_broken(part, name)
            if path.startswith("xl/worksheets/") and path.endswith(".xml"):
                _refuse_too_wide(part, name)
        del parts
    book = _opened(data, name)
    if set(book.sheet_names) >= _OUR_SHEETS:
        raise EvidenceWorkbook(
            f"{name} is an evidence workbook of Provenote and holds no articles; import the articles themselves."
        )
    for sheet_name in _visible_first(book):
        sheet = _sheet(book, sheet_name, name)
        if sheet is not None and sheet.start is not None:
            yield Sheet(sheet_name, _rows(sheet))


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        return load_workbook(BytesIO(data))
    except PasswordError as error:
        raise ImportRefused(protected(name, "the program that made it")) from error
    except CalamineError as error:
        raise _damaged(name) from error
    except BaseException as error:
        raise _unless_panic(error, name) from error


def _visible_first(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetVisibleEnum

    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    return sorted(book.sheet_names, key=lambda sheet_name: sheet_name in hidden)


def _sheet(book: CalamineWorkbook, sheet_name: str, name: str) -> CalamineSheet | None:
    """None for what is no sheet of cells, such as a chart."""
    from python_calamine import CalamineError, WorksheetNotFound

    try:
        return book.get_sheet_by_name(sheet_name)
    except WorksheetNotFound:
        return None
    except CalamineError as error:
        raise _damaged(name) from error
    except BaseException as error:
        raise _unless_panic(error, name) from error


def _damaged(name: str) -> ImportRefused:
    return ImportRefused(
        f"{name} is damaged or not a spreadsheet; open it in the program that made it and save it again."
    )


def _unless_panic(error: BaseException, name: str) -> BaseException:
    """The parser's Rust code ends in an exception of its own that is no Exception, and that nobody can import."""
    return _damaged(name) if type(error).__name__ == "PanicException" else error


def _refuse_broken(part: bytes, name: str) -> None:
    """calamine waits for ever for the end of some elements that have none, and no spreadsheet declares entities."""
    from xml.parsers import expat

    if b"<!DOCTYPE" in part[:_PROLOGUE]:
        raise _damaged(name)
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError as error:
        raise _damaged(name) from error


def _refuse_too_wide(part: bytes, name: str) -> None:
    width = height = 0
    for column, row in set(_CELL.findall(part)):
        number = 0
        for letter in column.upper():
            number = 26 * number + letter - 64
        width, height = max(width, number), max(height, int(row))
    if width * height > MOST_CELLS:
        raise ImportRefused(
            f"{name} has a sheet of {height:,} rows and {width:,} columns, which is too much to be safe; copy the rows "
            "with articles into a new workbook."
        )


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """calamine gives the empty rows above the first one with anything in it, and not the empty columns before."""
    before = [""] * (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, before + [_words(value) for value in row]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
