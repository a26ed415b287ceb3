"""The exported workbook as tests look at it: its tables, and their rows and cells."""

from collections.abc import Callable
from typing import Any

from annotate.project import Project
from annotate.writing import Written

Export = Callable[[Project], tuple[Any, Written]]
TABLES = [
    "Claims",
    "Attributions",
    "Figures",
    "Sources",
    "Cross-check",
    "Checks",
    "To do",
    "Articles",
    "Codebook",
]


def rows_by_id(sheet: Any) -> dict[str, dict[str, Any]]:
    headings = [cell.value for cell in sheet[1]]
    return {row[0].value: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=2)}


def every_cell(workbook: Any) -> list[Any]:
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
