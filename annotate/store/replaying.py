"""Doing journalled changes again, or taking them back.

Why it exists: a step may hold 30,000 changes, and whoever takes it back waits for all of them. So they are written many
at once: neighbours that all add rows, all change rows or all remove rows are put together by table. That needs no order
but that of the rows of one table, and that no row ever points into nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, func, select

from annotate.steps import Change
from annotate.store.journal import AT_ONCE, Transaction
from annotate.store.plain_values import plain_values, revived_values
from annotate.store.schema import JOURNALLED, changes, metadata, suggestions, texts
from annotate.vocabulary import Fate

_Values = Mapping[str, Any]
_PLACES = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
"""Tables that others point to come before those."""


class _Turn(NamedTuple):
    """What a row holds now, if all is as its change left it, and what it is to hold; None for no row."""

    table: str
    row_id: int
    present: _Values | None
    wanted: _Values | None

    @property
    def adds(self) -> bool:
        return self.present is None

    @property
    def removes(self) -> bool:
        return self.wanted is None

    def follows(self, earlier: _Turn) -> bool:
        """Whether both change a row, and this one what the earlier one makes of it."""
        return not (self.adds or self.removes) and _agree(earlier.wanted or {}, self.present or {})

    def joined_to(self, earlier: _Turn) -> _Turn:
        """Both as one."""
        present = {**(self.present or {}), **(earlier.present or {})}
        return self._replace(present=present, wanted={**(earlier.wanted or {}), **(self.wanted or {})})

    @property
    def columns(self) -> tuple[object, object]:
        return self.present and self.present.keys(), self.wanted and self.wanted.keys()


def replay(transaction: Transaction, journal: Sequence[Change], *, backwards: bool) -> bool:
    """Do changes again in their order, or take them back from the last to the first.

    False where a row is not as its change left it; the transaction is to be given up then. Revisions are not replayed:
    they only grow, so that a sheet exported in between is known to be old. Raises IntegrityError where something made
    since points to a row that would go.
    """
    if backwards:
        turns = [_Turn(one.table, one.row_id, one.after, one.before) for one in reversed(journal)]
    else:
        turns = [_Turn(one.table, one.row_id, one.before, one.after) for one in journal]
    return all(_is_done(transaction, run) for stretch in _stretches(turns) for run in _runs(stretch))


def _stretches(turns: Iterable[_Turn]) -> Iterator[list[_Turn]]:
    """Neighbours that all add, all change or all remove, none of them a row twice."""
    for _, alike in groupby(turns, key=lambda turn: (turn.adds, turn.removes)):
        stretch: dict[tuple[str, int], _Turn] = {}
        for turn in alike:
            earlier = stretch.get((turn.table, turn.row_id))
            if earlier is not None and not turn.follows(earlier):
                yield list(stretch.values())
                stretch.clear()
                earlier = None
            stretch[turn.table, turn.row_id] = turn if earlier is None else turn.joined_to(earlier)
        yield list(stretch.values())


def _runs(stretch: list[_Turn]) -> Iterator[list[_Turn]]:
    """Those of one table and with the same columns, in an order in which no row points into nothing."""
    by_table = sorted(stretch, key=lambda turn: _PLACES[turn.table], reverse=stretch[0].removes)
    for _, alike in groupby(by_table, key=lambda turn: (turn.table, turn.columns)):
        run = list(alike)
        for first in range(0, len(run), AT_ONCE):
            yield run[first : first + AT_ONCE]


def _is_done(transaction: Transaction, run: list[_Turn]) -> bool:
    """Give the rows of a run what they are to hold, or return False."""
    table = JOURNALLED[run[0].table]
    rows = transaction.rows(table, [turn.row_id for turn in run])
    if not all(_is_as_left(table, rows.get(turn.row_id), turn.present) for turn in run):
        return False
    if run[0].removes:
        if table is texts:  # what nobody has judged goes with the text it is for
            unjudged = suggestions.c.text_id.in_(rows) & (suggestions.c.fate == Fate.OPEN)
            transaction.connection.execute(delete(suggestions).where(unjudged))
        transaction.delete_rows(table, [rows[turn.row_id] for turn in run])
        return True
    wanted = {turn.row_id: revived_values(table, turn.wanted or {}) for turn in run}
    if run[0].adds:
        last = _last_revisions(transaction, table, wanted)
        added = [row | {"revision": last.get(row_id, 0) + 1} for row_id, row in wanted.items()]
        transaction.insert_many(table, added)
    else:
        for row in wanted.values():
            row.pop("revision", None)
        transaction.update_rows(table, [(rows[row_id], row) for row_id, row in wanted.items()])
    return True


def _is_as_left(table: Table, row: _Values | None, left: _Values | None) -> bool:
    """Whether a row still has the values that a change left; revisions are not values."""
    if row is None or left is None:
        return row is None and left is None
    now = plain_values(table, {name: row.get(name) for name in left})
    return _agree(dict.fromkeys(left) | now, left)


def _agree(some: _Values, others: _Values) -> bool:
    """Whether what both hold is the same; revisions are not values."""
    return all(some[name] == value for name, value in others.items() if name in some and name != "revision")


_NEWEST = (
    select(func.max(changes.c.id))
    .where(changes.c.table_name == bindparam("table"), changes.c.row_id.in_(bindparam("row_ids", expanding=True)))
    .group_by(changes.c.row_id)
)
_LAST = select(changes.c.row_id, changes.c.before).where(changes.c.id.in_(_NEWEST), changes.c.before.is_not(None))


def _last_revisions(transaction: Transaction, table: Table, row_ids: Iterable[int]) -> dict[int, int]:
    """The revisions that rows which are not there any more had last."""
    found = transaction.connection.execute(_LAST, {"table": table.name, "row_ids": list(row_ids)})
    return {row_id: int(json.loads(before)["revision"]) for row_id, before in found}
