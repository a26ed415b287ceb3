"""What is too long for a cell goes on in the template's table Overflow, or on a sheet of that name put at its end.

Why it exists: a cell of Excel holds 32,767 characters and nothing is cut without a word. A template seldom has the
table, and few need it; then one sheet is added, which the next export into this workbook finds again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from xml.sax.saxutils import quoteattr

from annotate.report.sheet_writer import OVERFLOW
from annotate.report.tables import Column, ColumnKind, Link, Table, Value
from annotate.report.template.found_tables import Sheet
from annotate.report.template.package import Package, rels_of
from annotate.report.template.references import letters
from annotate.report.template.stated_numbers import whole

_COLUMNS = (
    Column("Continues", 14, ColumnKind.ID),
    Column("Sheet", 14, ColumnKind.CODE),
    Column("Column", 18, ColumnKind.CODE),
    Column("Part", 8, ColumnKind.NUMBER),
    Column("Text", 110),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Overflow:
    """Collects the rests of texts."""

    def __init__(self) -> None:
        self._rows: list[tuple[Value, ...]] = []
        self.warnings: list[str] = []

    def continue_elsewhere(self, table: str, label: str, row: int, column: Column, rest: Sequence[str]) -> Link:
        """Keep the rest of a text of a row (from 0) of a table; the link leads there."""
        target = Link("", OVERFLOW, len(self._rows))
        for part, text in enumerate(rest, 2):
            self._rows.append((Link(label, table, row), table, column.heading, part, text))
        self.warnings.append(
            f"{label}, {column.heading}: the text is longer than a cell of Excel holds (32,767 characters) and "
            f"continues on the sheet {OVERFLOW}."
        )
        return target

    def table(self) -> Table:
        return Table(OVERFLOW, "What was too long for one cell", _COLUMNS, tuple(self._rows))


def add_sheet(package: Package, workbook: str, sheets: Sequence[Sheet]) -> tuple[Sheet, str]:
    """A sheet with the empty table Overflow at the end of the workbook; gives it and the part of the table."""
    folder = workbook.rpartition("/")[0]
    sheet_part = _free(package, f"{folder}/worksheets/sheet%d.xml")
    table_part = _free(package, f"{folder}/tables/table%d.xml")
    taken = {sheet.name.casefold() for sheet in sheets}
    name = next(name for n in count(1) if (name := OVERFLOW if n == 1 else f"{OVERFLOW} {n}").casefold() not in taken)
    numbers = [
        whole(package.root(part).get("id", "0")) for sheet in sheets for part in package.related(sheet.part, "table")
    ]
    last = letters(len(_COLUMNS))
    columns = "".join(
        f'<tableColumn id="{place}" name={quoteattr(column.heading)}/>' for place, column in enumerate(_COLUMNS, 1)
    )
    package.replace(
        table_part,
        f'{_DECLARATION}<table xmlns="{_MAIN}" id="{max(numbers, default=0) + 1}" name="{OVERFLOW}" '
        f'displayName="{OVERFLOW}" ref="A1:{last}2"><autoFilter ref="A1:{last}2"/><tableColumns '
        f'count="{len(_COLUMNS)}">{columns}</tableColumns><tableStyleInfo name="TableStyleLight1" '
        'showRowStripes="1"/></table>'.encode(),
    )
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(_COLUMNS, 1)
    )
    headings = "".join(
        f'<c r="{letters(place)}1" t="inlineStr"><is><t>{column.heading}</t></is></c>'
        for place, column in enumerate(_COLUMNS, 1)
    )
    package.replace(
        sheet_part,
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><dimension ref="A1:{last}2"/><sheetFormatPr '
        f'defaultRowHeight="15"/><cols>{widths}</cols><sheetData><row r="1">{headings}</row></sheetData><tableParts '
        'count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'.encode(),
    )
    package.replace(
        rels_of(sheet_part),
        f'{_DECLARATION}<Relationships xmlns="{_TIES}"><Relationship Id="rId1" Type="{_OFFICE}/table" '
        f'Target="../tables/{table_part.rpartition("/")[2]}"/></Relationships>'.encode(),
    )
    package.set_content_type(sheet_part, f"{_KIND}worksheet+xml")
    package.set_content_type(table_part, f"{_KIND}table+xml")
    _enter(package, workbook, name, sheet_part)
    return Sheet(name, sheet_part), table_part


def _enter(package: Package, workbook: str, name: str, part: str) -> None:
    """Name the sheet in the workbook."""
    ties = package.root(rels_of(workbook))
    taken = {tie.get("Id") for tie in ties}
    tie_id = next(one for n in count(1) if (one := f"rIdP{n}") not in taken)
    tie = ties.makeelement(f"{{{_TIES}}}Relationship", {"Id": tie_id, "Type": f"{_OFFICE}/worksheet"})
    tie.set("Target", f"/{part}")
    ties.append(tie)
    package.replace_root(rels_of(workbook), ties)
    root = package.root(workbook)
    every = root.find("{*}sheets")
    number = max(whole(sheet.get("sheetId", "0")) for sheet in every) + 1
    sheet = every.makeelement(every[0].tag, {"name": name, "sheetId": str(number)})
    sheet.set(f"{{{_OFFICE}}}id", tie_id)
    every.append(sheet)
    package.replace_root(workbook, root)


def _free(package: Package, pattern: str) -> str:
    taken = {name.casefold() for name in package.names}
    return next(name for number in count(1) if (name := pattern % number).casefold() not in taken)
