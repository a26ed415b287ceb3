"""A project's sheets by what their rows are known by, and which sheet of a workbook is which of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotate.exchange.readback.cells import CellValue
from annotate.exchange.readback.fields import ARTICLES, CHECKS, CLAIMS, FIELDS, FIGURES, SOURCES
from annotate.exchange.readback.values import shown_cell, shown_value
from annotate.exchange.readback.workbook import REVISION, UID, ReadSheet, ReadWorkbook, heading_key
from annotate.report.cells import CONTINUES
from annotate.report.evidence import Evidence
from annotate.report.sheet_writer import OVERFLOW
from annotate.report.sheets.novelties import CHANGES
from annotate.report.sheets.rows import OVER_TIME, TO_DO
from annotate.report.summary_sheet import SUMMARY
from annotate.report.tables import Table, Value
from annotate.report.workbook import workbook_tables

LABELLED = frozenset({CLAIMS, FIGURES, SOURCES, CHECKS, ARTICLES})
"""Sheets whose first column has an ID for each row; on the others it is that of a claim."""

TAG = "Tag"
"""What the codebook lists a tag as."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One sheet as it would be exported. A row is known by its uid; of the codebook, by the tag's name."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    """By `heading_key`."""
    by_key: Mapping[str, tuple[Value, ...]]

    def label(self, key: str) -> str:
        """The ID in the first column."""
        return shown_value(self.by_key[key][0])

    def value(self, key: str, heading: str) -> Value:
        place = self.places.get(heading_key(heading))
        return None if place is None or key not in self.by_key else self.by_key[key][place]


def rows_of(evidence: Evidence) -> dict[str, Rows]:
    """The sheets that can be edited, by name, with all their columns whichever the project has chosen."""
    evidence = replace(evidence, project=replace(evidence.project, columns={}))
    return {table.name: _keyed(table) for table in workbook_tables(evidence) if table.name in FIELDS}


def _keyed(table: Table) -> Rows:
    headings = tuple(column.heading for column in table.columns)
    places = {heading_key(heading): place for place, heading in enumerate(headings)}
    if UID in places:
        at = places[UID]
        return Rows(headings, places, {str(row[at]): row for row in table.rows if row[at]})
    tagged = (row for row in table.rows if row[0] == TAG)
    return Rows(headings, places, {shown_value(row[1]).casefold(): row for row in tagged})


def sheets_like(workbook: ReadWorkbook, tables: Mapping[str, Rows]) -> list[tuple[str, ReadSheet]]:
    """The sheets of a workbook that are one of ours, each with the name it had.

    By the uids in it, then by its name and headings, then by the IDs in it: a sheet may be renamed, copied, go on on a
    second one, or be filled into an analyst's own workbook.
    """
    home = {uid: name for name, rows in tables.items() for uid in rows.by_key}
    labels = {
        rows.label(key).casefold(): name for name, rows in tables.items() if name in LABELLED for key in rows.by_key
    }
    homes = [
        Counter(home[str(row.uid)] for row in sheet.rows if row.uid is not None and str(row.uid) in home)
        for sheet in workbook.sheets
    ]
    is_ours = workbook.project is not None or any(homes)  # every project has a C-0001
    found = []
    for sheet, counted in zip(workbook.sheets, homes, strict=True):
        name = counted.most_common(1)[0][0] if counted else _by_headings(sheet, tables)
        name = name or (_by_labels(sheet, labels) if is_ours else None)
        if name is not None:
            found.append((name, sheet))
    return found


def _by_headings(sheet: ReadSheet, tables: Mapping[str, Rows]) -> str | None:
    """A sheet without a row that is known: by name where the headings fit, else by headings alone with uid."""
    shared = {name: len(sheet.places.keys() & rows.places.keys()) for name, rows in tables.items()}
    for name, number in shared.items():
        if heading_key(sheet.name).startswith(heading_key(name)) and number >= _ENOUGH:
            return name
    best = max(shared, key=lambda name: shared[name] / len(tables[name].places), default=None)
    if best is None or UID not in sheet.places or shared[best] * 2 < len(tables[best].places):
        return None
    return best


_ENOUGH = 2


def _by_labels(sheet: ReadSheet, labels: Mapping[str, str]) -> str | None:
    """A sheet of another name without uids: that of its IDs, if it has a column which can be edited there."""
    if is_reckoned(sheet.name):
        return None
    shown = (shown_cell(sheet.value(row, "ID")).strip().casefold() for row in sheet.rows)
    names = Counter(labels[label] for label in shown if label in labels)
    name = names.most_common(1)[0][0] if len(names) == 1 else None
    editable = {heading_key(heading) for heading in FIELDS[name]} if name is not None else set()
    return name if editable & sheet.places.keys() else None


_RECKONED = frozenset(map(heading_key, (OVERFLOW, TO_DO, CHANGES, SUMMARY, OVER_TIME)))


def is_reckoned(name: str) -> bool:
    """Whether a sheet of ours is made anew each time, or goes on with what stands elsewhere."""
    return heading_key(re.sub(r"\(\d+\)$", "", name)) in _RECKONED


IDENTITY = frozenset({UID, REVISION})


class Overflow:
    """What continues on the overflow sheet, put behind the cell that it continues."""

    def __init__(self, workbook: ReadWorkbook) -> None:
        self._rest: dict[tuple[str, str, str], dict[int, str]] = {}
        for sheet in workbook.sheets:
            if heading_key(sheet.name).startswith(heading_key(OVERFLOW)):
                for row in sheet.rows:
                    label, table, column, part, text = (
                        sheet.value(row, heading) for heading in ("Continues", "Sheet", "Column", "Part", "Text")
                    )
                    key = (shown_cell(label), heading_key(shown_cell(table)), heading_key(shown_cell(column)))
                    number = int(part) if isinstance(part, int | float) else len(self._rest.get(key, {})) + 2
                    self._rest.setdefault(key, {}).setdefault(number, shown_cell(text))

    def whole(self, cell: CellValue, label: str, sheet: str, heading: str) -> CellValue | Cut:
        """The cell with its continuation; Cut where that is not there."""
        if not isinstance(cell, str) or not cell.endswith(CONTINUES):
            return cell
        rest = self._rest.get((label, heading_key(sheet), heading_key(heading)))
        first = cell.removesuffix(CONTINUES)
        return Cut(first) if rest is None else first + "".join(text for _, text in sorted(rest.items()))


class Cut(str):
    """The beginning of a text whose continuation is missing."""
