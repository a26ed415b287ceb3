"""What filling an analyst's own workbook takes: 10,000 claims into a fresh template, and over last month's output."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table as ExcelTable

from annotate.report.tables import Column, ColumnKind, Link, Table, Value
from annotate.report.template import fill_template
from tests.benchmarks.measured import Case, Measured

ROWS = 10_000
_WORDS = 16
"""Columns of prose, beside four of other kinds."""


def _claims() -> Table:
    columns = (
        Column("ID", 9, ColumnKind.ID),
        Column("Article", 9, ColumnKind.CODE),
        Column("Published", 11, ColumnKind.DATE),
        Column("Value", 11, ColumnKind.NUMBER),
        *(Column(f"Words {number}", 30) for number in range(_WORDS)),
    )
    rows = [_row(number) for number in range(ROWS)]
    return Table("Claims", "What is claimed", columns, rows)


def _row(number: int) -> tuple[Value, ...]:
    words = (f"What somebody said on day {number} 🌊 of place {place}" for place in range(_WORDS))
    return (f"C-{number:05d}", Link("A-0001", "Claims", number), date(2026, 1, 1 + number % 28), number, *words)


def _template(path: Path, table: Table) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for place, column in enumerate(table.columns, 1):
        sheet.cell(1, place, column.heading)
        sheet.cell(2, place).alignment = Alignment(wrap_text=True)
    sheet.cell(1, len(table.columns) + 1, "Own")
    sheet.cell(2, len(table.columns) + 1, "=D2*2")
    last = sheet.cell(2, len(table.columns) + 1).coordinate
    sheet.add_table(ExcelTable(displayName="Claims", ref=f"A1:{last}"))
    workbook.save(path)
    return path


def _measured(*, again: bool) -> Measured:
    table = _claims()
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        template, target = _template(Path(folder) / "template.xlsx", table), Path(folder) / "filled.xlsx"
        if again:
            fill_template(template, [table], template)
        for _ in range(3):
            began = time.perf_counter()
            fill_template(template, [table], target)
            seconds.append(time.perf_counter() - began)
    return Measured(seconds, f"{ROWS:,} rows of {len(table.columns)} columns and one of the analyst's own")


CASES = (
    Case("template: filled", lambda: _measured(again=False), 4_000),
    Case("template: last month's output filled", lambda: _measured(again=True), 6_000),
)
