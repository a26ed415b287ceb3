"""Another program opens the workbook, prints every sheet of it, and saves it again without loss."""

import re
from pathlib import Path
from typing import Any

import pytest

from annotate.report.workbook import export_workbook
from tests.office import converted
from tests.report.flood import Flood


def contents(path: Path) -> dict[str, Any]:
    """Value, link and note of every cell that has a value, by sheet and place; numbers to 12 digits."""
    import openpyxl

    return {
        f"{sheet.title}!{cell.coordinate}": (
            round(cell.value, 12) if isinstance(cell.value, float) else cell.value,
            cell.hyperlink and (cell.hyperlink.target or re.sub("[$']", "", cell.hyperlink.location)),
            cell.comment and cell.comment.text,
        )
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_libreoffice_prints_the_workbook(flood: Flood, tmp_path: Path) -> None:
    workbook = export_workbook(flood.project.read, tmp_path / "evidence.xlsx", analyst="Mara Lind").path
    printed = converted(workbook, "pdf", tmp_path).read_bytes()
    assert printed.count(b"/Type/Page") + printed.count(b"/Type /Page") > 8


def test_libreoffice_saves_what_it_read_without_loss(
    flood: Flood, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workbook = export_workbook(flood.project.read, tmp_path / "evidence.xlsx", analyst="Mara Lind").path
    again = converted(workbook, "xlsx", tmp_path_factory.mktemp("again"))
    assert contents(again) == contents(workbook)
