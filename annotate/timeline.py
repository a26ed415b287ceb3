"""Who did what when: the history of a project, of an article or of a mark, a page at a time, newest first.

Exports are in it, too, although they are no step: what left the house when is a part of what happened.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotate.row_names import RowNames
from annotate.steps import WHOLE, Entry, Export, HistoryOf, Step
from annotate.store.queries import Reader
from annotate.told_changes import Told, learn_names, told_changes

PAGE = 100
"""Lines that are read at once."""
_FEW = 12
"""Changes up to which a line says what a step changed; of a larger one its label says enough."""
_SAID = 3
"""Changes that a line says."""
MOST_TOLD = 300
"""Changes of one step that are told with its details."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of history: a step, or an export."""

    key: tuple[str, int]
    """What it is and its id; no two lines of a project have the same."""
    made_at: datetime
    analyst: str
    what: str
    """As the menu called it: "Edit C-0004", "Undo: Edit C-0004", "Export report.xlsx"."""
    changes: int
    """Rows that it touched, of the whole project."""
    summary: str = ""
    """The first changes on one line, where there are few."""
    is_taken_back: bool = False
    """Whether it is undone now."""

    @property
    def step_id(self) -> int | None:
        return self.key[1] if self.key[0] == "step" else None


@dataclass(frozen=True, slots=True)
class Details:
    """What a step changed."""

    lines: tuple[Told, ...]
    left_out: int = 0
    """Changes that are not told, since there are too many."""


class Timeline:
    """The pages of one history. It is made anew where another one is asked for, or where something was changed."""

    def __init__(self, read: Reader, of: HistoryOf = WHOLE, *, analyst_id: int | None = None, words: str = "") -> None:
        self._read = read
        self._of = of
        self._analyst_id = analyst_id
        self._words = words
        self._names = RowNames(read)
        self._analysts = {analyst.id: analyst.name for analyst in read.analysts()}
        self._rows = None if of.is_whole else read.rows_of(of)
        self._among = None if self._rows is None else read.steps_of(self._rows)
        self._exports = self._exports_wanted()
        self._before: int | None = None
        self.is_at_the_beginning = False
        """Whether there is no earlier line."""

    def __iter__(self) -> Iterator[Happened]:
        """All lines, a page at a time."""
        while not self.is_at_the_beginning:
            yield from self.more()

    @property
    def count(self) -> int:
        """How many steps the project, the article or the mark has, whatever is filtered."""
        return self._read.step_count() if self._among is None else len(self._among)

    def more(self, limit: int = PAGE) -> list[Happened]:
        """The next earlier lines; about as many as asked for, none where there are no more."""
        if self.is_at_the_beginning:
            return []
        found = self._read.timeline(
            before=self._before, limit=limit, among=self._among, analyst_id=self._analyst_id, words=self._words
        )
        self.is_at_the_beginning = len(found) < limit
        if found:
            self._before = found[-1].id
        earliest = found[-1].made_at if found and not self.is_at_the_beginning else None
        exports = []
        while self._exports and (earliest is None or self._exports[0].made_at >= earliest):
            exports.append(self._export(self._exports.pop(0)))
        return list(heapq.merge(self._told(found), exports, key=lambda line: line.made_at, reverse=True))

    def details(self, step_id: int) -> Details:
        """What a step changed, in the article or mark whose history this is; the first changes, and how many more."""
        if self._rows is None:
            entries = self._read.entries([step_id], limit=MOST_TOLD)
            count = self._read.entry_counts([step_id]).get(step_id, 0)
        else:
            entries = self._read.entries_of_rows(step_id, self._rows, limit=MOST_TOLD)
            count = len(entries)
        return Details(tuple(told_changes(entries, self._names)), count - len(entries))

    def _told(self, steps: Sequence[Step]) -> list[Happened]:
        counts = self._read.entry_counts([step.id for step in steps])
        few = [step.id for step in steps if counts.get(step.id, 0) <= _FEW]
        entries: dict[int, list[Entry]] = defaultdict(list)
        for entry in self._read.entries(few):
            if self._rows is None or entry.change.row_id in self._rows.get(entry.change.table, ()):
                entries[entry.step_id].append(entry)
        learn_names((entry for found in entries.values() for entry in found), self._names)
        return [self._step(step, counts.get(step.id, 0), entries[step.id]) for step in steps]

    def _step(self, step: Step, count: int, entries: list[Entry]) -> Happened:
        what = f"{step.kind.capitalize()}: {step.label}" if step.kind in ("undo", "redo") else step.label
        return Happened(
            ("step", step.id),
            step.made_at,
            self._analysts.get(step.analyst_id, ""),
            what,
            count,
            _summary(step.label, told_changes(entries, self._names)),
            step.kind == "edit" and step.state != "done",
        )

    def _exports_wanted(self) -> list[Export]:
        """The newest first; an article or a mark alone was never handed on."""
        if not self._of.is_whole:
            return []
        words = self._words.casefold().split()
        return [
            one
            for one in sorted(self._read.exports(), key=lambda one: one.made_at, reverse=True)
            if (self._analyst_id is None or one.analyst_id == self._analyst_id)
            and all(word in _export_label(one).casefold() for word in words)
        ]

    def _export(self, export: Export) -> Happened:
        analyst = self._analysts.get(export.analyst_id, "")
        return Happened(("export", export.id), export.made_at, analyst, _export_label(export), 0)


def _summary(label: str, lines: Sequence[Told]) -> str:
    """The first changes on one line; a record that the label names, or that was just named, is not named again."""
    said: list[str] = []
    record = ""
    for line in lines[:_SAID]:
        is_known = line.record == record or (not record and line.record and line.record in label)
        said.append(line.change() if is_known else str(line))
        record = line.record
    left = len(lines) - _SAID
    return " · ".join([*said, *([f"{left} more"] if left > 0 else [])])


def _export_label(export: Export) -> str:
    return f"Export {export.name}"
