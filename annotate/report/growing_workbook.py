"""A workbook of openpyxl that is written row by row, its sheets growing in a folder that is ours.

Why it exists: openpyxl keeps them wherever temporary files go, and where the program is killed they lie there for
good, with all that the articles say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4


def growing_workbook(folder: Path) -> Any:
    """A write-only Workbook whose sheets grow in `folder`."""
    from openpyxl import Workbook

    workbook: Any = Workbook(write_only=True)
    create_sheet = workbook.create_sheet

    def create(*arguments: Any, **options: Any) -> Any:
        sheet = create_sheet(*arguments, **options)
        sheet.grows_in = folder
        sheet._get_writer = lambda: _begin(sheet)
        return sheet

    workbook.create_sheet = create
    return workbook


def file_for(sheet: Any) -> str:
    """The path of a new, empty file for the rows of a sheet; openpyxl packs it and removes it."""
    from openpyxl.worksheet import _writer

    path: Path = sheet.grows_in / f"{uuid4().hex}.xml"
    path.touch(exist_ok=False)
    _writer.ALL_TEMP_FILES.append(str(path))
    return str(path)


def _begin(sheet: Any) -> None:
    """What openpyxl does when the first row of a sheet is written to a file of its own choice."""
    from openpyxl.worksheet import _writer

    if sheet._writer is None:
        make: Any = _writer.WorksheetWriter
        sheet._writer = make(sheet, file_for(sheet))
        sheet._writer.write_top()
