"""Claims that an analyst's own workbook is refilled with, and what stands in it then."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate.report.tables import Column, ColumnKind, Link, Table, Value
from annotate.report.template import fill_template
from tests.report.analyst_template import damaged, opened

SHEET = "xl/worksheets/sheet2.xml"
COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Article", 9, ColumnKind.CODE),
    Column("Claim", 52),
    Column("Published", 11, ColumnKind.DATE),
    Column("Credibility", 11, ColumnKind.GRADE),
    Column("uid", 36, ColumnKind.CODE, hidden=True),
)
WORDS = "قال شهود: 🇺🇦 said \u2028 “no”"


@pytest.fixture(autouse=True)
def excel_takes_every_workbook(tmp_path: Path) -> Iterator[None]:
    """As for all workbooks, but formulas of the analyst's own may be in these."""
    yield
    for path in tmp_path.rglob("*.xls?"):
        assert damaged(path) == []


def claim(number: int, words: str = WORDS, published: Value = date(2026, 3, 1)) -> tuple[Value, ...]:
    return (f"C-{number:04d}", Link("A-0001", "Articles", 0), words, published, number, f"uid {number}")


def claims(*numbers: int) -> Table:
    return Table("Claims", "What is claimed", COLUMNS, [claim(number) for number in numbers])


def fill(template: Path, *tables: Table) -> Any:
    """Fill a template in place and open it."""
    fill_template(template, tables, template)
    return opened(template)


def rows(sheet: Any, first: int = 5, last: int | None = None, columns: str = "BI") -> list[tuple[Any, ...]]:
    """Values from column to column; rows down to the last one with any."""
    cells = sheet[f"{columns[0]}{first}:{columns[1]}{last or sheet.max_row}"]
    return [tuple(cell.value for cell in row) for row in cells]
