"""The rows of a project file that SQLite can read but that is not made as a project is.

Why it exists: what a stranger's file holds is wanted, what it would run is not. Only plain tables are asked, only for
columns that are stored and that a project has; whatever else reading them would do is refused by SQLite itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from annotate.store.schema import metadata

_ASKED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_PRAGMAS = ("table_xinfo", "table_list", "quick_check", "user_version")


class OddRows:
    """Rows by a connection that can write nothing (store/untrusted.py); it may do nothing else afterwards."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self.unreadable: frozenset[int] = frozenset()
        raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        raw.set_authorizer(_allowed)
        self._columns = {name: self._stored_columns(name) for name in metadata.tables}

    def rows(self, table: str) -> Iterator[tuple[dict[str, Any], bool]]:
        """The rows of a table of ours; none where it is no plain table. Raises sqlite3.DatabaseError."""
        columns = self._columns[table]
        if not columns:
            return
        listed = ", ".join(f'"{name}"' for name in columns)
        for row in self._raw.execute(f'SELECT {listed} FROM main."{table}" NOT INDEXED'):
            yield dict(zip(columns, row, strict=True)), True

    def stray_rows(self, _belongs: object) -> Iterator[tuple[str, dict[str, Any], bool]]:
        """None: a file that SQLite can read has no row that nothing leads to."""
        yield from ()

    def spans_by_place(self) -> Iterator[dict[str, Any]]:
        """None: in a file that SQLite can read, the index says nothing that the table does not."""
        yield from ()

    def sequence(self) -> dict[str, int]:
        """The highest id that each table ever had, as far as that is said."""
        try:
            rows = self._raw.execute("SELECT name, seq FROM main.sqlite_sequence").fetchall()
        except sqlite3.OperationalError:
            return {}
        return {name: seq for name, seq in rows if isinstance(name, str) and isinstance(seq, int)}

    def _stored_columns(self, table: str) -> list[str]:
        kinds = self._raw.execute(f"PRAGMA main.table_list('{table}')").fetchall()
        if [kind for _, _, kind, *_ in kinds] != ["table"]:
            return []
        columns = self._raw.execute(f"PRAGMA main.table_xinfo('{table}')").fetchall()
        return [name for _, name, _, _, _, _, hidden in columns if not hidden and name in metadata.tables[table].c]


def _allowed(action: int, subject: str | None, _detail: str | None, *_: object) -> int:
    is_asked = action in _ASKED or (action == sqlite3.SQLITE_PRAGMA and subject in _PRAGMAS)
    return sqlite3.SQLITE_OK if is_asked else sqlite3.SQLITE_DENY
