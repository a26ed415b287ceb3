"""What a colleague has changed in a workbook, told against the project as it was exported and as it is now.

Why it exists: three states meet here. A cell that still holds what was exported was not edited, whatever the project
holds now; one that was edited goes in where the project still holds what was exported, and is a conflict where both
sides have changed it. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from annotate.errors import NotAllowed, ReadBackRefused
from annotate.exchange.readback.cells import CellValue
from annotate.exchange.readback.diff import Change, Diff, Edit, What
from annotate.exchange.readback.fields import (
    CLAIMS,
    CODEBOOK,
    FIELDS,
    FIGURES,
    SOURCES,
    Field,
    Record,
    added,
    created,
    is_of_itself,
    is_same,
    not_read,
)
from annotate.exchange.readback.known import Known, by_uid, known_in
from annotate.exchange.readback.moment import exported_at
from annotate.exchange.readback.new_rows import new_row
from annotate.exchange.readback.removed_rows import removed_rows
from annotate.exchange.readback.row_keys import SKIPPED, row_keys
from annotate.exchange.readback.tables import IDENTITY, Cut, Overflow, Rows, rows_of, sheets_like
from annotate.exchange.readback.unread import unread
from annotate.exchange.readback.values import same, shown_cell, shown_value
from annotate.exchange.readback.workbook import REVISION, UID, ReadRow, ReadSheet, ReadWorkbook
from annotate.names import name_key
from annotate.report.evidence import Evidence, gather
from annotate.report.tables import Value
from annotate.store.queries import Reader
from annotate.store.rewinding import as_it_was


def compare(reader: Reader, workbook: ReadWorkbook) -> Diff:
    """Everything that differs, in the order of the workbook. Raises ReadBackRefused for a workbook of another project
    and for one whose rows are known by nothing."""
    now = gather(reader, "")
    records = by_uid(now)
    tables = rows_of(now)
    sheets = sheets_like(workbook, tables)
    _refuse_foreign(reader, workbook, sheets)
    exported = exported_at(reader, workbook, records)
    moment = reader.newest_moment()
    if exported.change_id == moment.change_id:
        earlier = tables
    else:
        with as_it_was(reader, exported.change_id) as then:
            earlier = rows_of(gather(then, ""))
    comparing = _Comparing(
        now, records, tables, earlier, workbook, known_in(now, reader.sources(), records), exported.certain
    )
    changes = comparing.changes(sheets)
    said = [*comparing.said, *unread(workbook, sheets, tables)]
    if not exported.certain:
        said.append(
            f"{workbook.name} was exported from another copy of this project, or from a newer state of it. What was "
            "edited cannot be told from what differs, so nothing of it goes in unless you tick it."
        )
    return Diff(workbook, moment, workbook.exported_at, tuple(changes), tuple(said))


def _refuse_foreign(reader: Reader, workbook: ReadWorkbook, sheets: list[tuple[str, ReadSheet]]) -> None:
    project = reader.project_info()
    if workbook.project is not None and workbook.project != project.uid:
        raise ReadBackRefused(
            f"{workbook.name} was exported from another project than “{project.title}”. Open that project and read it "
            "back there."
        )
    uids = [row.uid for _name, sheet in sheets for row in sheet.rows if row.uid is not None]
    identified = workbook.project is not None or any(UID in sheet.places for _name, sheet in sheets)
    if not sheets:
        raise ReadBackRefused(
            f"{workbook.name} has none of the sheets of an evidence workbook. Choose one that was exported from "
            f"“{project.title}”."
        )
    if not identified:
        raise ReadBackRefused(
            f"{workbook.name} cannot be read back: its rows have no uid column by which they are known. One that was "
            "exported for sharing never has; of another, restore the hidden columns at the end of each sheet."
        )
    if workbook.project is None and uids and not reader.knows_any(uids):
        raise ReadBackRefused(
            f"{workbook.name} was exported from another project than “{project.title}”: none of its rows is known "
            "here. Open that project and read it back there."
        )


@dataclass(slots=True)
class _Row:
    """One row of the workbook with what is known of it."""

    name: str
    sheet: ReadSheet
    row: ReadRow
    key: str
    record: Record


@dataclass(slots=True)
class _Seen:
    """The sheet on which a row was met first, and what was edited there and on others since, by heading."""

    sheet: ReadSheet
    changes: dict[str, Change]


class _Comparing:
    """One comparison on its way."""

    def __init__(
        self,
        evidence: Evidence,
        records: Mapping[UUID, Record],
        now: Mapping[str, Rows],
        earlier: Mapping[str, Rows],
        workbook: ReadWorkbook,
        known: Known,
        certain: bool,
    ) -> None:
        self.said: list[str] = []
        self._evidence = evidence
        self._records = records
        self._now, self._earlier = now, earlier
        self._known, self._certain = known, certain
        self._overflow, self._scope = Overflow(workbook), workbook.scope
        self._whole = True
        self._tags = {tag.name.casefold(): tag for tag in evidence.tags.values()}

    def changes(self, sheets: list[tuple[str, ReadSheet]]) -> list[Change]:
        """The edits, additions and removals of all sheets."""
        self._take_renamed(sheets)
        self._whole = self._holds_everything(sheets)
        found: list[Change] = []
        seen: dict[str, dict[str, _Seen]] = {name: {} for name in self._now}
        new: set[UUID] = set()
        unread: set[str] = set()
        for name, sheet in sheets:
            known = row_keys(name, sheet, self._now[name], self._earlier[name])
            self.said += [known.said] if known.said else []
            unread |= set() if known.read else {name}
            for row, key in zip(sheet.rows, known.keys, strict=True):
                if key == SKIPPED:
                    continue
                is_new_tag = name == CODEBOOK and key not in self._now[name].by_key
                if key is None or (is_new_tag and key not in self._earlier[name].by_key):
                    addition = new_row(name, sheet, row, self._known, new)
                    found += [] if addition is None else [addition]
                    continue
                row = row if known.aligned else replace(row, revision=None)
                before = seen[name].get(key)
                if before is None:
                    changes = self._of_row(name, sheet, row, key)
                    seen[name][key] = _Seen(sheet, {change.column: change for change in changes})
                    found += changes
                elif before.sheet is sheet:
                    found += self._second_row(name, sheet, row, key)
                else:
                    found += self._again(before, self._of_row(name, sheet, row, key))
        whole = {name for name, _sheet in sheets} - unread
        keys = {name: set(rows) for name, rows in seen.items()}
        removed, said = removed_rows(whole, keys, self._now, self._earlier, self._records, self._evidence, self._scope)
        self.said += said
        return found + removed

    def _holds_everything(self, sheets: list[tuple[str, ReadSheet]]) -> bool:
        if self._scope is not None:
            return self._scope == "everything"
        held = {str(row.uid) for _name, sheet in sheets for row in sheet.rows}
        return all(key in held for name in (CLAIMS, FIGURES) for key in self._earlier[name].by_key)

    def _take_renamed(self, sheets: list[tuple[str, ReadSheet]]) -> None:
        """A source that is renamed on its own sheet is the same source wherever the new name stands."""
        for name, sheet in sheets:
            for row in sheet.rows if name == SOURCES else ():
                source = self._records.get(row.uid) if row.uid is not None else None
                written = shown_cell(sheet.value(row, "Source")).strip()
                if source is not None and written and name_key(written) not in self._known.sources:
                    self._known.renamed.setdefault(name_key(written), source.id)

    def _of_row(self, name: str, sheet: ReadSheet, row: ReadRow, key: str) -> list[Change]:
        if key not in self._now[name].by_key:
            return self._gone(name, sheet, row, key)
        record = self._tags[key] if name == CODEBOOK else self._records[UUID(key)]
        at = _Row(name, sheet, row, key, record)
        return [change for heading, cell in self._edited(at) if (change := self._change(at, heading, cell)) is not None]

    def _edited(self, at: _Row) -> Iterator[tuple[str, CellValue | Cut]]:
        """Headings and cells of what no longer holds what was exported."""
        then, now = self._earlier[at.name], self._now[at.name]
        base = then if at.key in then.by_key else now
        values, label = base.by_key[at.key], now.label(at.key)
        for column, place in at.sheet.places.items():
            if column in IDENTITY or column not in base.places:
                continue
            cell = at.row.values[place]
            value = values[base.places[column]]
            if same(value, cell):
                continue
            heading = base.headings[base.places[column]]
            whole = self._overflow.whole(cell, label, at.name, heading)
            if isinstance(whole, Cut) and shown_value(value).startswith(whole):
                continue
            if not same(value, whole):
                yield heading, whole

    def _change(self, at: _Row, heading: str, cell: CellValue | Cut) -> Change | None:
        now_value = self._now[at.name].value(at.key, heading)
        if same(now_value, cell):
            return None
        field = FIELDS[at.name].get(heading)
        if field is None and at.key not in self._earlier[at.name].by_key:
            return None  # it was read back from this very row, whose other cells nobody has exported
        if field is None and not self._whole and not is_of_itself(at.name, heading):
            return None  # reckoned from what this export had, and not from all of the project
        if field is None:
            return self._told(at, heading, cell, What.NOT_READ, not_read(at.name, heading))
        if isinstance(cell, Cut):
            said = "The rest of the text on the sheet Overflow is missing. Restore that sheet."
            return self._told(at, heading, cell, What.NOT_ALLOWED, said)
        try:
            wanted = field.read(cell, at.record, self._known)
            if is_same(wanted, field.now(at.record, self._known)):
                return None
        except NotAllowed as error:
            return self._told(at, heading, cell, What.NOT_ALLOWED, str(error))
        return self._edit(at, heading, cell, field, wanted)

    def _edit(self, at: _Row, heading: str, cell: CellValue, field: Field, wanted: object) -> Change:
        then = self._earlier[at.name]
        conflict = not self._certain or at.key not in then.by_key
        exported = then.value(at.key, REVISION)
        if at.row.revision is not None and isinstance(exported, int) and at.row.revision != exported:
            conflict = True  # the row was copied here from a workbook of another day
        if not conflict:
            conflict = self._shown(then, at, heading) != self._shown(self._now[at.name], at, heading)
        said = added(created(field.name, wanted))
        change = self._told(at, heading, cell, What.CONFLICT if conflict else What.EDIT, said)
        return replace(change, action=Edit(at.name, at.record.id, field.name, wanted))

    def _told(self, at: _Row, heading: str, cell: CellValue, what: What, said: str) -> Change:
        return Change(
            f"{at.name}/{at.key}/{heading}",
            what,
            at.name,
            at.row.number,
            self._now[at.name].label(at.key) if at.name != CODEBOOK else at.record.name,
            heading,
            self._shown(self._earlier[at.name], at, heading),
            self._shown(self._now[at.name], at, heading),
            shown_cell(cell),
            said,
            tab=at.sheet.name,
        )

    def _shown(self, rows: Rows, at: _Row, heading: str) -> str:
        value: Value = rows.value(at.key, heading)
        return shown_value(value)

    def _gone(self, name: str, sheet: ReadSheet, row: ReadRow, key: str) -> list[Change]:
        """A row whose record is not in the project any more: told where it was edited."""
        then = self._earlier[name]
        if key not in then.by_key:
            label, edited = "", True
            said = "The row is of no record of this project. Empty its uid cell to add it as a new one."
        else:
            label = then.label(key)
            values = then.by_key[key]
            edited = any(
                not same(values[then.places[column]], row.values[place])
                for column, place in sheet.places.items()
                if column in then.places and column not in IDENTITY
            )
            said = "It is not in the project any more: it was removed, or lies in the bin."
        if not edited:
            return []
        words = "; ".join(shown_cell(value) for value in row.values[:8] if value is not None)
        at = f"{name}/{key}"
        return [Change(at, What.NOT_READ, name, row.number, label, "", "", "", words, said, tab=sheet.name)]

    def _again(self, before: _Seen, changes: list[Change]) -> list[Change]:
        """What was edited in a row that a further sheet shows, of which each may have been edited."""
        found = []
        for change in changes:
            first = before.changes.setdefault(change.column, change)
            if first is change:
                found.append(change)
            elif first.workbook != change.workbook:
                said = f"The sheet “{before.sheet.name}” says something else there, which counts."
                key = f"{change.key}/{change.row}"
                found.append(replace(change, key=key, what=What.NOT_READ, said=said, action=None))
        return found

    def _second_row(self, name: str, sheet: ReadSheet, row: ReadRow, key: str) -> list[Change]:
        """A copy of a row, made in the workbook: nobody knows which of them is meant."""
        at = _Row(name, sheet, row, key, None)
        if key not in self._now[name].by_key or not any(True for _ in self._edited(at)):
            return []
        label = self._now[name].label(key)
        words = "; ".join(shown_cell(value) for value in row.values[:8] if value is not None)
        said = f"It is a second row of {label}. Empty its uid cell (the last but one column) to add it as a new one."
        place = f"{name}/{key}/{row.number}"
        return [Change(place, What.NOT_READ, name, row.number, label, "", "", "", words, said, tab=sheet.name)]
