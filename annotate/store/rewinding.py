"""A project as it was at an earlier moment, for looking at only.

Why it exists: what a colleague has changed in a workbook is told by comparing it with what was exported, and the
journal knows what that was. The rows, without contents and without the journal, are copied into a database of their
own, which SQLite keeps in memory or in a temporary file as it sees fit, and later changes are taken back there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint, create_engine, delete, insert, select, update
from sqlalchemy.pool import StaticPool

from annotate.store.earlier_rows import earlier_rows
from annotate.store.plain_values import revived_values
from annotate.store.queries import Reader
from annotate.store.queries.base import there
from annotate.store.schema import JOURNALLED, analysts, metadata, suggestions, text_bodies, texts

_AT_ONCE = 5_000
_TEMPORARY = ""
"""The name under which SQLite makes a database of its own and removes it at the end."""


@contextmanager
def as_it_was(now: Reader, change_id: int) -> Iterator[Reader]:
    """A reader of the project as it was right after a change of its journal (0: before the first).

    It knows no history, no suggestions and no bytes of files; bodies of texts are those of `now`.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(_TEMPORARY), poolclass=StaticPool, hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            for table in metadata.tables.values():
                _create(connection, table)
            for table in _COPIED.values():
                _copy(now.connection, connection, table)
            _take_back(now, connection, change_id)
            yield _EarlierReader(connection, now)
    finally:
        engine.dispose()


class _EarlierReader(Reader):
    def __init__(self, connection: Connection, now: Reader) -> None:
        super().__init__(connection)
        self._now = now

    def body(self, text_id: int) -> str:
        """From the project itself, where bodies stay even of texts whose import was undone."""
        if text_id not in self._bodies:
            sha256 = self.connection.execute(select(texts.c.sha256).where(texts.c.id == text_id)).scalar_one()
            found = self._now.connection.execute(select(text_bodies.c.body).where(text_bodies.c.sha256 == sha256))
            self._bodies.clear()
            self._bodies[text_id] = str(there(found.scalar(), "the words of an article"))
        return self._bodies[text_id]


_COPIED = {name: table for name, table in JOURNALLED.items() if table is not suggestions} | {analysts.name: analysts}


def _create(connection: Connection, table: Table) -> None:
    """Without the schema's rules: rows are taken back one by one, and two may hold the same key in between."""
    columns = [f'"{column.name}"{" INTEGER PRIMARY KEY" if column.name == "id" else ""}' for column in table.c]
    connection.exec_driver_sql(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    unique = [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    for number, keys in enumerate([*(index.columns for index in table.indexes), *unique]):
        names = ", ".join(f'"{column.name}"' for column in keys)
        connection.exec_driver_sql(f'CREATE INDEX "{table.name}_{number}" ON "{table.name}" ({names})')


def _copy(source: Connection, target: Connection, table: Table) -> None:
    """Rows as the database holds them; to make Python's values of them and back would take most of the time."""
    names = ", ".join(f'"{column.name}"' for column in table.c)
    marks = ", ".join("?" for _ in table.c)
    cursor: Any = source.connection.cursor()
    target_cursor: Any = target.connection.cursor()
    cursor.execute(f'SELECT {names} FROM "{table.name}"')
    while rows := cursor.fetchmany(_AT_ONCE):
        target_cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
    cursor.close()
    target_cursor.close()


def _take_back(now: Reader, target: Connection, change_id: int) -> None:
    """Each touched row once: as the first change after that moment found it."""
    then = earlier_rows(now, change_id)
    for (name, row_id), row in then.whole.items():
        if name in _COPIED:
            target.execute(delete(_COPIED[name]).where(_COPIED[name].c.id == row_id))
            if row is not None:
                target.execute(insert(_COPIED[name]), revived_values(_COPIED[name], row))
    for (name, row_id), values in then.columns.items():
        if name in _COPIED:
            table = _COPIED[name]
            target.execute(update(table).where(table.c.id == row_id), revived_values(table, values))
