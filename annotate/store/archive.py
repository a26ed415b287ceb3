"""Every row of a project in plain values, and a project made of such rows.

Why it exists: what holds everything, history and bin included, must not depend on what a report or another tool has a
place for. It goes by the schema itself, so that no table or column is ever forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from annotate.store.engine import create_file
from annotate.store.plain_values import plain_values, revived_values
from annotate.store.queries import Reader
from annotate.store.schema import CONTENT_TABLES, JOURNALLED, metadata

TABLES: tuple[str, ...] = tuple(table.name for table in metadata.sorted_tables)
"""Every table, those that others point to first."""

_AT_ONCE = 1_000


def row_count(reader: Reader) -> int:
    """How many rows a project has in all."""
    return sum(
        int(reader.connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0) for name in TABLES
    )


def plain_rows(reader: Reader, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of their keys; those with contents one at a time."""
    table = metadata.tables[name]
    keys = list(table.primary_key.columns)
    if name not in CONTENT_TABLES:
        for row in reader.connection.execute(select(table).order_by(*keys)).mappings():
            yield plain_values(table, dict(row))
        return
    for sha256 in reader.connection.scalars(select(*keys).order_by(*keys)).all():
        row = reader.connection.execute(select(table).where(keys[0] == sha256)).mappings().one()
        yield plain_values(table, dict(row))


def last_ids(reader: Reader) -> dict[str, int]:
    """The highest id that each table ever had, so that none is used twice."""
    found = reader.connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    return {str(name): int(last) for name, last in found}


def create_filled(path: Path, rows_of: Mapping[str, Sequence[Mapping[str, Any]]], last: Mapping[str, int]) -> None:
    """A new project file at `path` that holds exactly these rows in plain values.

    Columns that are missing take their default, as in a file of an older version. Raises ProjectError where the file
    cannot be made, and KeyError, TypeError, ValueError or SQLAlchemy's DatabaseError for rows that no project has.
    """

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # tags and steps point to rows of their own table
        for name in TABLES:
            _fill(connection, metadata.tables[name], rows_of.get(name, ()))
        for name, number in last.items():
            if name in JOURNALLED:
                connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
                connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, int(number)))
        connection.exec_driver_sql("COMMIT")

    connection = create_file(path, fill)
    connection.close()
    connection.engine.dispose()


def _fill(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for first in range(0, len(rows), _AT_ONCE):
        revived = [revived_values(table, row) for row in rows[first : first + _AT_ONCE]]
        columns = {frozenset(row) for row in revived}
        if len(columns) > 1:
            raise ValueError(f"rows of {table.name} have different columns")
        connection.execute(insert(table), revived)
