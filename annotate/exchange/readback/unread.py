"""What a workbook holds that is none of the export's: told in sentences, since nobody should believe that it was read.

Why it exists: colleagues write remarks into columns and sheets of their own, or into the next free cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotate.counted import counted
from annotate.exchange.readback.tables import IDENTITY, Rows, is_reckoned
from annotate.exchange.readback.workbook import ReadSheet, ReadWorkbook, heading_key


def unread(workbook: ReadWorkbook, sheets: list[tuple[str, ReadSheet]], tables: Mapping[str, Rows]) -> list[str]:
    """A sentence about sheets of somebody's own, and one about each sheet with cells of somebody's own; `sheets` are
    those that are read."""
    read = {sheet.name for _name, sheet in sheets}
    names = [*(sheet.name for sheet in workbook.sheets if sheet.name not in read), *workbook.others]
    own = [f"“{name}”" for name in names if not is_reckoned(name)]
    said = [f"Not of the export and not read: {', '.join(own)}."] if own else []
    for name, sheet in sheets:
        parts = [*_columns(sheet, tables[name])]
        if sheet.beside:
            parts.append(f"{_cells(sheet.beside)} without a heading")
        if parts:
            said.append(f"Not of the export and not read on “{sheet.name}”: {', '.join(parts)}.")
    return said


def _columns(sheet: ReadSheet, table: Rows) -> Iterator[str]:
    """Columns of somebody's own in which anything stands beside a row with an ID or uid; what stands in a new row comes
    with it."""
    known = [row for row in sheet.rows if row.uid is not None or sheet.value(row, table.headings[0]) is not None]
    for heading in sheet.headings:
        key = heading_key(heading)
        if key in table.places or key in IDENTITY or not key:
            continue
        filled = sum(1 for row in known if sheet.value(row, heading) is not None)
        if filled:
            yield f"the column “{' '.join(heading.split())}” ({_cells(filled)})"


def _cells(number: int) -> str:
    return counted(number, "cell")
