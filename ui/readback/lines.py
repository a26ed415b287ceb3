"""The lines of the page: the changes of a workbook under the record each is of, and which of them are ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from annotate.counted import counted
from annotate.exchange.readback.diff import Change, Diff, What
from annotate.exchange.readback.values import shown_cell
from annotate.exchange.readback.workbook import ReadRow, ReadSheet

_WORDS = {
    "Claims": "Claim",
    "Attributions": "In words",
    "Figures": "Figure",
    "Checks": "In words",
    "Sources": "Source",
    "Articles": "Title",
}
"""By sheet, the column whose words say what a row is about."""
_NOT_GOING_IN = (What.NOT_ALLOWED, What.NOT_READ)

_HAPPENS = {What.EDIT: "goes in", What.NEW: "is added", What.DELETED: "is removed"}


class Shown(Enum):
    """Which changes are looked at."""

    ALL = "All"
    DECIDE = "To decide"
    EDITS = "Edited"
    NEW = "New rows"
    DELETED = "Deleted rows"
    REFUSED = "Cannot go in"


_OF = {
    What.EDIT: Shown.EDITS,
    What.CONFLICT: Shown.DECIDE,
    What.NEW: Shown.NEW,
    What.DELETED: Shown.DELETED,
    What.NOT_ALLOWED: Shown.REFUSED,
    What.NOT_READ: Shown.REFUSED,
}


@dataclass(eq=False, slots=True)
class Line:
    """One change, and whether it is to go in."""

    change: Change
    group: Group
    ticked: bool

    @property
    def shown(self) -> Shown:
        """The filter that it belongs to."""
        return _OF[self.change.what]

    @property
    def can_go_in(self) -> bool:
        return self.change.can_go_in

    def label(self) -> str:
        """The column that was edited, or what became of the row."""
        if self.change.what is What.NEW:
            return self.change.sheet
        return self.change.column or ("Deleted row" if self.change.what is What.DELETED else "Row")

    def happens(self) -> str:
        """What a tick does with it, in a few words, and what else is to be said."""
        what, said = self.change.what, self.change.said
        if what in _NOT_GOING_IN:
            return said or what.value
        if what is What.CONFLICT:
            happens = f"both changed: {'takes the workbook’s' if self.ticked else 'keeps the project’s'}"
        elif what is What.DELETED and not self.ticked:
            return f"stays; a tick {said[:1].lower()}{said[1:]}" if said else "stays"
        else:
            happens = _HAPPENS[what] if self.ticked else "left out"
        return f"{happens}. {said}" if said and self.ticked else happens


@dataclass(eq=False, slots=True)
class Group:
    """The changes of one record, or of one row that is new."""

    name: str
    """The ID that people use, or the row's place for a new one."""
    place: str
    """Where it stands in the workbook: "Claims, row 12"."""
    words: str
    cells: str = ""
    """Of a new row, all that it holds."""
    lines: list[Line] = field(default_factory=list)


def groups_of(diff: Diff) -> list[Group]:
    """The changes in the order of the workbook, those of one record together."""
    rows = _Rows(diff.workbook.sheets)
    found: dict[object, Group] = {}
    for change in diff.changes:
        key = (change.sheet, change.record or change.key)
        if key not in found:
            found[key] = Group(change.record or "New row", _place(change), rows.words(change))
            found[key].cells = rows.cells(change) if change.what is What.NEW else ""
        group = found[key]
        if change.column == _WORDS.get(change.sheet):  # as the project has them, not as they were edited
            group.words = change.now or group.words
        group.lines.append(Line(change, group, ticked=change.goes_in_by_itself))
    return list(found.values())


def lines_of(groups: Iterable[Group]) -> list[Line]:
    return [line for group in groups for line in group.lines]


def ticked_keys(groups: Iterable[Group]) -> list[str]:
    """The keys of what is to go in, in order."""
    return [line.change.key for line in lines_of(groups) if line.ticked and line.can_go_in]


def summary(groups: Sequence[Group]) -> str:
    """What will happen, in one line."""
    lines = lines_of(groups)
    going = [line for line in lines if line.ticked and line.can_go_in]
    left = [line for line in lines if line.can_go_in and not line.ticked]
    said = [
        _if_any(sum(line.change.what in (What.EDIT, What.CONFLICT) for line in going), "cell goes in", "cells go in"),
        _if_any(sum(line.change.what is What.NEW for line in going), "row is added", "rows are added"),
        _if_any(sum(line.change.what is What.DELETED for line in going), "record is removed", "records are removed"),
        _if_any(len(left), "is left", "are left"),
        _if_any(sum(not line.can_go_in for line in lines), "cannot go in", "cannot go in"),
    ]
    return ", ".join(filter(None, said))


def _place(change: Change) -> str:
    return change.sheet if change.row is None else f"{change.tab or change.sheet}, row {change.row:,}"


def _if_any(number: int, one: str, several: str) -> str:
    return counted(number, one, several) if number else ""


class _Rows:
    """The rows of a workbook by their sheets and numbers, for the words that say what a record is about."""

    def __init__(self, sheets: Sequence[ReadSheet]) -> None:
        self._sheets = sheets
        self._by_number: dict[str, dict[int, ReadRow]] = {}

    def words(self, change: Change) -> str:
        """What the row of a change says it is about."""
        sheet, row = self._found(change)
        return "" if sheet is None or row is None else shown_cell(sheet.value(row, _WORDS.get(change.sheet, "")))

    def cells(self, change: Change) -> str:
        """All that the row of a change holds, a line for each cell with its heading."""
        sheet, row = self._found(change)
        if sheet is None or row is None:
            return change.workbook
        filled = zip(sheet.headings, map(shown_cell, row.values), strict=True)
        return "\n".join(f"{' '.join(heading.split())}: {words}" for heading, words in filled if words)

    def _found(self, change: Change) -> tuple[ReadSheet | None, ReadRow | None]:
        sheet = next((sheet for sheet in self._sheets if sheet.name == change.tab), None)
        if sheet is None or change.row is None:
            return None, None
        if sheet.name not in self._by_number:
            self._by_number[sheet.name] = {row.number: row for row in sheet.rows}
        return sheet, self._by_number[sheet.name].get(change.row)
