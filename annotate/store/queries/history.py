"""Questions about steps and their changes."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from annotate import model as m
from annotate.store import rows
from annotate.store.queries.base import Queries
from annotate.store.schema import analysts, changes, steps


class HistoryQueries(Queries):
    def step_to_undo(self, analyst_id: int) -> m.Step | None:
        """The newest step of this analyst that stands."""
        return self._step(analyst_id, "done", newest=True)

    def step_to_redo(self, analyst_id: int) -> m.Step | None:
        """The step of this analyst that was undone last and can still be redone."""
        return self._step(analyst_id, "undone", newest=False)

    def steps(self, limit: int = 100) -> list[m.Step]:
        """The newest steps of everybody, newest first."""
        return [_step(row) for row in self._rows(select(steps).order_by(steps.c.id.desc()).limit(limit))]

    def changes_of(self, step_id: int) -> list[m.Change]:
        """The changes of a step in the order in which they were made."""
        query = select(changes).where(changes.c.step_id == step_id).order_by(changes.c.id)
        return [
            m.Change(row["table_name"], row["row_id"], _values(row["before"]), _values(row["after"]))
            for row in self._rows(query)
        ]

    def analyst(self, analyst_id: int) -> m.Analyst | None:
        row = self._first(select(analysts).where(analysts.c.id == analyst_id))
        return None if row is None else rows.plain(m.Analyst, row)

    def analysts(self) -> list[m.Analyst]:
        return [rows.plain(m.Analyst, row) for row in self._rows(select(analysts).order_by(analysts.c.id))]

    def _step(self, analyst_id: int, state: str, *, newest: bool) -> m.Step | None:
        mine = (steps.c.analyst_id == analyst_id) & (steps.c.kind == "edit") & (steps.c.state == state)
        row = self._first(select(steps).where(mine).order_by(steps.c.id.desc() if newest else steps.c.id))
        return None if row is None else _step(row)


def _step(row: rows.Values) -> m.Step:
    return m.Step(**{name: row[name] for name in m.Step.__dataclass_fields__})


def _values(words: str | None) -> dict[str, Any] | None:
    return None if words is None else dict(json.loads(words))
