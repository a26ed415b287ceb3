"""Which rows were otherwise at an earlier moment, and how, read from the journal.

Why it exists: a copy of the project as it was (rewinding.py) and going back to it (going_back.py) need the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.store.queries import Reader

Key = tuple[str, int]
"""A table's name and a row's id."""
Values = dict[str, Any]
"""Columns in the form in which the journal holds them."""


@dataclass(frozen=True)
class EarlierRows:
    """Every row that was touched after a moment is in one of the first two."""

    whole: dict[Key, Values | None] = field(default_factory=dict)
    """Rows that came or went since, as they were then; None for one that was not there."""
    columns: dict[Key, Values] = field(default_factory=dict)
    """Of rows that were there then and are now: the columns that were written since, as they were then."""
    revisions: dict[Key, int] = field(default_factory=dict)
    """The highest revision that each of these rows ever had since."""


def earlier_rows(now: Reader, change_id: int, rows: Mapping[str, Collection[int]] | None = None) -> EarlierRows:
    """The rows as they were right after a change of the journal (0: before the first), or only these, by table.

    Raises DamagedHistory.
    """
    found = EarlierRows()
    whole, columns, revisions = found.whole, found.columns, found.revisions
    for change in now.changes_since(change_id) if rows is None else now.changes_of_rows_since(change_id, rows):
        key = change.table, change.row_id
        if change.before is None:
            whole[key] = None
            columns.pop(key, None)
        elif change.after is None:
            whole[key] = dict(change.before)
            columns.pop(key, None)
        elif whole.get(key) is not None:
            whole[key] = {**(whole[key] or {}), **change.before}
        else:
            columns[key] = {**columns.get(key, {}), **change.before}
        for values in (change.before, change.after):
            had = (values or {}).get("revision")
            if isinstance(had, int):
                revisions[key] = max(had, revisions.get(key, 0))
    return found
