"""Tables without what is for the team alone: what stays of the workbook when it is made for sharing.

Why it exists: the sheets are decided for those who work in the project. Who gets a workbook for sharing has no use for
empty columns of uids and analysts, nor for the team's list of work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotate.report.sheets.rows import TO_DO
from annotate.report.tables import Table

_TABLES = frozenset({TO_DO})
_COLUMNS = frozenset(
    {"uid", "revision", "Context", "Start", "End", "After update", "Analyst", "File", "SHA-256", "Imported"}
)


def handed_on(tables: Iterable[Table]) -> list[Table]:
    """The tables and columns that those outside the team get; a table's first column always stays."""
    return [_without(table) for table in tables if table.name not in _TABLES]


def _without(table: Table) -> Table:
    places = [place for place, column in enumerate(table.columns) if place == 0 or column.heading not in _COLUMNS]
    columns = tuple(table.columns[place] for place in places)
    return replace(table, columns=columns, rows=[tuple(row[place] for place in places) for row in table.rows])
