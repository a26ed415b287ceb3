"""What the rows of a project are called (called.py), also those that are gone and only the journal remembers.

Why it exists: history is full of row ids, and their names are asked for many at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from annotate.called import RECORDS, called
from annotate.store.queries import Reader


class RowNames:
    """Names are asked for many at once with `learn`; those that nobody learned are asked for one by one."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    def learn(self, keys: Iterable[tuple[str, int]]) -> None:
        wanted: dict[str, set[int]] = {}
        for table, row_id in keys:
            table = "annotations" if table in RECORDS else table
            if (table, row_id) not in self._rows:
                wanted.setdefault(table, set()).add(row_id)
        for table, ids in wanted.items():
            self._ask(table, ids)

    def forget(self) -> None:
        """Names may have changed."""
        self._rows.clear()

    def name(self, table: str, row_id: object) -> str:
        """What a row is called, "" for none, and "(gone)" where nothing tells any more."""
        if row_id is None:
            return ""
        if not isinstance(row_id, int):
            return "(unknown)"
        try:
            return called(table, row_id, self.row) or "(gone)"
        except (KeyError, ValueError, TypeError):
            return "(unknown)"

    def row(self, table: str, row_id: int) -> dict[str, Any]:
        """The row as it is, or was last; empty where nothing tells."""
        if (table, row_id) not in self._rows:
            self._ask(table, {row_id})
        return self._rows[table, row_id]

    def _ask(self, table: str, ids: Collection[int]) -> None:
        found = self._read.rows_or_last(table, ids)
        for row_id in ids:
            self._rows[table, row_id] = found.get(row_id, {})
