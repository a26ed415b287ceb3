"""Which Excel tables of a template are called like ours, and which of their columns are ours.

A table is ours when it has the name of one, whatever its case and with spaces, hyphens and underscores alike; "_" and
anything may follow ("Claims_board"), or a number ("Claims2"), as Excel wants each name once and the same rows may be
shown twice. A column is ours when it has one of our headings, whatever its case, unless the template reckons it by a
formula of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotate.report.cells import shown_text
from annotate.report.tables import Table
from annotate.report.template.package import Package, damaged
from annotate.report.template.references import Area, Move, area_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the template."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a table of the template."""

    heading: str
    ours: int | None
    """The place of our column that fills it; None for the analyst's own."""
    formula: str = ""
    """What every row of it reckons; empty where the table does not say."""
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class FoundTable:
    """An Excel table that is to be refilled with the rows of `table`."""

    sheet: Sheet
    part: str
    name: str
    table: Table
    area: Area
    """Its rows of data, without headings and totals."""
    headings: int
    """Rows of headings above, 0 or 1."""
    totals: int
    columns: tuple[TemplateColumn, ...]

    @property
    def whole(self) -> Area:
        return Area(self.area.top - self.headings, self.area.left, self.area.bottom + self.totals, self.area.right)


def sheets_of(package: Package, workbook: str) -> list[Sheet]:
    """The worksheets in the order of their tabs; sheets that are a chart are none."""
    worksheets = {
        one.id: one.target
        for one in package.relationships(workbook)
        if one.kind == "worksheet" and not one.external and package.has(one.target)
    }
    found = []
    for one in package.root(workbook).iterfind("{*}sheets/{*}sheet"):
        part = worksheets.get(next((value for name, value in one.attrib.items() if name.endswith("}id")), ""))
        if part is not None:
            found.append(Sheet(one.get("name", ""), part))
    return found


def find_tables(package: Package, sheets: Sequence[Sheet], tables: Sequence[Table]) -> list[tuple[Sheet, str, Table]]:
    """Sheet, part and the table of ours of every Excel table that is called like one of ours."""
    found = []
    for sheet in sheets:
        for part in package.related(sheet.part, "table"):
            root = package.root(part)
            table = called_like(root.get("displayName") or root.get("name") or "", tables)
            if table is not None:
                found.append((sheet, part, table))
    return found


def called_like(name: str, tables: Sequence[Table]) -> Table | None:
    """The table of ours that an Excel table of this name shows."""
    plain = _plain(name)
    exact = [table for table in tables if plain == _plain(table.name)]
    if exact:
        return exact[0]
    starts = [table for table in tables if re.fullmatch(rf"{re.escape(_plain(table.name))}(?:_.*|[0-9]+)", plain)]
    return max(starts, key=lambda table: len(table.name), default=None)


def read_table(package: Package, sheet: Sheet, part: str, table: Table) -> FoundTable | None:
    """An Excel table as it stands now; None where it has no row for data.

    Raises ExportFailed where it says that it stands where no sheet has a cell.
    """
    root = package.root(part)
    try:
        whole = area_of(root.get("ref", ""))
        headings, totals = int(root.get("headerRowCount", 1)), int(root.get("totalsRowCount", 0))
    except ValueError as error:
        raise damaged(package.name) from error
    area = Area(whole.top + headings, whole.left, whole.bottom - totals, whole.right)
    columns = tuple(_columns(root, table))
    if area.top > area.bottom or len(columns) != area.right - area.left + 1 or headings > 1 or totals > 1:
        return None
    return FoundTable(
        sheet, part, root.get("displayName") or root.get("name") or "", table, area, headings, totals, columns
    )


def renew_table(package: Package, found: FoundTable, move: Move) -> bool:
    """Bring an Excel table's own part in line; answers whether a filter was taken off, which hid rows of before."""
    root = package.root(found.part)
    before = dict(root.attrib), sum(1 for _ in root.iter())
    root.set("ref", str(move.area(found.whole)))
    for name in ("insertRow", "insertRowShift"):
        root.attrib.pop(name, None)
    filtered = False
    for element in root.iterfind("{*}autoFilter"):
        element.set(
            "ref", str(move.area(Area(found.whole.top, found.whole.left, found.area.bottom, found.whole.right)))
        )
        for column in element.findall("{*}filterColumn"):
            filtered = filtered or len(column) > 0
            del column[:]
            if len(column.attrib) < 2:  # nothing beside its number; "hiddenButton" stays
                element.remove(column)
        for order in element.findall("{*}sortState"):
            element.remove(order)
    for order in root.findall("{*}sortState"):
        root.remove(order)
    for formula in root.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
        if formula.text:
            at = found.area.top if formula.tag.endswith("}calculatedColumnFormula") else 0
            formula.text = move.formula(formula.text, found.sheet.name, at)
    if move.by or before != (dict(root.attrib), sum(1 for _ in root.iter())):
        package.replace_root(found.part, root)
    return filtered


def _columns(root: Any, table: Table) -> list[TemplateColumn]:
    ours = {_heading(column.heading): place for place, column in reversed(list(enumerate(table.columns)))}
    found = []
    for column in root.iterfind("{*}tableColumns/{*}tableColumn"):
        heading = shown_text(column.get("name", ""))
        formula = column.find("{*}calculatedColumnFormula")
        if formula is not None and formula.text:
            found.append(TemplateColumn(heading, None, formula.text, formula.get("array") in ("1", "true")))
        else:
            found.append(TemplateColumn(heading, ours.pop(_heading(heading), None)))
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


def _heading(heading: str) -> str:
    return " ".join(heading.split()).casefold()
