"""Questions about steps and their changes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from annotate.errors import DamagedHistory
from annotate.model import Analyst
from annotate.steps import Change, Export, Moment, Step
from annotate.store import rows
from annotate.store.queries.base import Queries
from annotate.store.schema import JOURNALLED, analysts, changes, exports, steps

_AT_ONCE = 500
"""Uids in one IN list, well below SQLite's limit of host parameters."""


class HistoryQueries(Queries):
    def step_to_undo(self, analyst_id: int) -> Step | None:
        """The newest step of this analyst that stands."""
        return self._step(analyst_id, "done", newest=True)

    def step_to_redo(self, analyst_id: int) -> Step | None:
        """The step of this analyst that was undone last and can still be redone."""
        return self._step(analyst_id, "undone", newest=False)

    def steps(self, limit: int = 100) -> list[Step]:
        """The newest steps of everybody, newest first."""
        return [_step(row) for row in self._rows(select(steps).order_by(steps.c.id.desc()).limit(limit))]

    def changes_of(self, step_id: int) -> list[Change]:
        """The changes of a step in the order in which they were made. Raises DamagedHistory."""
        query = _JOURNAL.where(changes.c.step_id == step_id).order_by(changes.c.id)
        return [_change(*row) for row in self._tuples(query)]

    def change_count(self, step_id: int) -> int:
        """How many changes a step has."""
        return int(self.connection.scalar(select(func.count()).where(changes.c.step_id == step_id)) or 0)

    def changes_since(self, change_id: int) -> list[Change]:
        """What was written after a change, the newest first: what takes a project back to where it was then.

        Raises DamagedHistory.
        """
        query = _JOURNAL.where(changes.c.id > change_id).order_by(changes.c.id.desc())
        return [_change(*row) for row in self._tuples(query)]

    def changes_of_rows_since(self, change_id: int, rows: Mapping[str, Collection[int]]) -> list[Change]:
        """The same of some rows only, by table; the newest first of each row. Raises DamagedHistory."""
        found: list[Change] = []
        for table, ids in rows.items():
            query = _JOURNAL.where(changes.c.id > change_id, changes.c.table_name == table)
            for some in self._batches(ids):
                of_some = query.where(changes.c.row_id.in_(some)).order_by(changes.c.id.desc())
                found += [_change(*row) for row in self._tuples(of_some)]
        return found

    def newest_moment(self) -> Moment:
        """Where the journal ends now."""
        query = select(changes.c.id, steps.c.uid).join_from(changes, steps).order_by(changes.c.id.desc())
        row = self._first(query)
        return Moment(None, 0) if row is None else Moment(row["uid"], row["id"])

    def knows_moment(self, moment: Moment) -> bool:
        """Whether this journal has been there: of a copy that went its own way it does not know what came since."""
        if moment.step is None:
            return moment.change_id == 0
        query = select(changes.c.id).join_from(changes, steps)
        return self._first(query.where(steps.c.uid == moment.step, changes.c.id == moment.change_id)) is not None

    def newest_change_before(self, made_at: datetime) -> int:
        """The last change of the steps that were begun before a time; 0 where there is none."""
        query = select(func.max(changes.c.id)).join_from(changes, steps).where(steps.c.made_at < made_at)
        return int(self.connection.scalar(query) or 0)

    def end_of_step(self, change_id: int) -> int:
        """The last change of the step that a change belongs to; 0 for none."""
        step = select(changes.c.step_id).where(changes.c.id == change_id).scalar_subquery()
        return int(self.connection.scalar(select(func.max(changes.c.id)).where(changes.c.step_id == step)) or 0)

    def revision_changes(self, table: str, revisions: Mapping[int, int]) -> tuple[int, int | None]:
        """Between which changes rows had these revisions, by row id: the last that made one, the first that ended one.

        The second is None where all rows still have them.
        """
        made, ended = 0, None
        query = select(changes.c.id, changes.c.row_id, changes.c.before, changes.c.after)
        query = query.where(changes.c.table_name == table).order_by(changes.c.id)
        for row in self._rows_by(query, changes.c.row_id, list(revisions)):
            before, after = _values(row["before"]), _values(row["after"])
            wanted = revisions[row["row_id"]]
            if after is not None and after.get("revision") == wanted:
                made = max(made, row["id"])
            if before is not None and before.get("revision") == wanted:
                ended = row["id"] if ended is None else min(ended, row["id"])
        return made, ended

    def row_of(self, table: str, row_id: int) -> dict[str, Any]:
        """The foreign keys of a journalled row as they are now; empty where it is gone."""
        of = JOURNALLED[table]
        keys = [column for column in of.c if column.foreign_keys]
        row = self._first(select(*keys).where(of.c.id == row_id))
        return {} if row is None else dict(row)

    def exports(self) -> list[Export]:
        """Every export that was noted, the newest first."""
        return [rows.plain(Export, row) for row in self._rows(select(exports).order_by(exports.c.id.desc()))]

    def knows_any(self, uids: Collection[UUID]) -> bool:
        """Whether a row of any table has one of these uids, also in the bin."""
        wanted = sorted(set(uids), key=str)
        for table in JOURNALLED.values():
            for first in range(0, len(wanted), _AT_ONCE):
                if self._first(select(table.c.id).where(table.c.uid.in_(wanted[first : first + _AT_ONCE]))) is not None:
                    return True
        return False

    def analyst(self, analyst_id: int) -> Analyst | None:
        row = self._first(select(analysts).where(analysts.c.id == analyst_id))
        return None if row is None else rows.plain(Analyst, row)

    def analysts(self) -> list[Analyst]:
        return [rows.plain(Analyst, row) for row in self._rows(select(analysts).order_by(analysts.c.id))]

    def _step(self, analyst_id: int, state: str, *, newest: bool) -> Step | None:
        mine = (steps.c.analyst_id == analyst_id) & (steps.c.kind == "edit") & (steps.c.state == state)
        row = self._first(select(steps).where(mine).order_by(steps.c.id.desc() if newest else steps.c.id))
        return None if row is None else _step(row)


def _step(row: rows.Values) -> Step:
    return Step(**{name: row[name] for name in Step.__dataclass_fields__})


def _change(change_id: int, table: str, row_id: int, before: str | None, after: str | None) -> Change:
    try:
        return Change(table, row_id, _values(before), _values(after))
    except (ValueError, TypeError, RecursionError):
        raise DamagedHistory(
            f"Entry {change_id:,} of the history is damaged, so this cannot be done; the project itself is as it was."
        ) from None


def _values(words: str | None) -> dict[str, Any] | None:
    return None if words is None else dict(json.loads(words))


_JOURNAL = select(changes.c.id, changes.c.table_name, changes.c.row_id, changes.c.before, changes.c.after)
