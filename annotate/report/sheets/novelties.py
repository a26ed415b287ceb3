"""The sheet Changes: what became of everything that the last export had, there when a report is made since one."""

from __future__ import annotations

from annotate.report.evidence import Evidence, joined
from annotate.report.sheets.rows import RowIndex
from annotate.report.tables import Column, ColumnKind, Table, Value
from annotate.vocabulary import Kind

CHANGES = "Changes"

_COLUMNS = (
    Column("ID", 10, ColumnKind.ID),
    Column("Kind", 10, ColumnKind.CODE),
    Column("Change", 12, ColumnKind.CODE),
    Column("What changed", 44),
    Column("Words", 80),
)


def novelties_table(evidence: Evidence, index: RowIndex) -> Table:
    """One row for each annotation that is new, revised or withdrawn; those that are there lead to their row."""
    rows: list[tuple[Value, ...]] = []
    for one in evidence.novelties:
        there = one.annotation_id in evidence.annotations and one.kind is not Kind.SOURCE
        label = index.annotation(one.annotation_id) if there else one.label
        rows.append((label, one.kind.label, one.novelty.label, joined(one.what), one.words))
    return Table(CHANGES, "What is not as in the last export", _COLUMNS, rows)
