"""Workbooks as colleagues send them back: exported, edited in one program or another, read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from annotate.exchange.readback.compare import compare
from annotate.exchange.readback.diff import Change, Diff
from annotate.exchange.readback.workbook import read_workbook
from annotate.project import Project
from annotate.report.workbook import export_workbook
from tests.office import converted

Edit = Callable[[Any], None]


def exported(project: Project, folder: Path, name: str = "evidence.xlsx") -> Path:
    return export_workbook(project.read, folder / name, analyst="Mara Lind").path


def edited(path: Path, edit: Edit) -> Path:
    """The workbook after `edit` has had it, saved by openpyxl."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def told(project: Project, path: Path) -> Diff:
    return compare(project.read, read_workbook(path))


def place(sheet: Any, heading: str) -> int:
    """The number of a column, from 1."""
    return [cell.value for cell in sheet[1]].index(heading) + 1


def cell(book: Any, sheet: str, label: str, heading: str) -> Any:
    """The cell of the first row whose first cell says `label`."""
    of = book[sheet]
    row = next(row for row in of.iter_rows(min_row=2) if row[0].value == label)
    return row[place(of, heading) - 1]


def put(sheet: str, label: str, heading: str, value: Any) -> Edit:
    """Types a value into a cell, as text where it is text."""

    def edit(book: Any) -> None:
        at = cell(book, sheet, label, heading)
        at.value = value
        if isinstance(value, str):
            at.data_type = "s"

    return edit


def both(*edits: Edit) -> Edit:
    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    return edit


def added(sheet: str, **values: Any) -> Edit:
    """A new row below the others; spaces in headings are underscores here."""

    def edit(book: Any) -> None:
        of = book[sheet]
        row = of.max_row + 1
        for heading, value in values.items():
            at = of.cell(row, place(of, heading.replace("_", " ")))
            at.value = value
            if isinstance(value, str):
                at.data_type = "s"

    return edit


def lines(diff: Diff) -> list[tuple[str, str, str, str, str]]:
    """What, record, column, before and after of every change."""
    return [(one.what.name, one.record, one.column, one.now, one.workbook) for one in diff.changes]


def one_of(diff: Diff, column: str) -> Change:
    [found] = [change for change in diff.changes if change.column == column]
    return found


def through_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice writes it after opening it; skips where it is not installed."""
    return converted(path, "xlsx:Calc MS Excel 2007 XML", folder / "saved")
