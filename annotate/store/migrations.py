"""How a project file of an older version becomes one of the newest. Append-only: a released step never changes.

With a new step, the words by which the version before it made its tables go into old_schemas/, for a file of that
version is compared with them before it is trusted, and a file of it among the tests' stored ones.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from annotate.store.schema import metadata


def _exports(connection: Connection) -> None:
    """2: which columns the sheets have, and what was exported when."""
    connection.exec_driver_sql("ALTER TABLE projects ADD COLUMN columns JSON NOT NULL DEFAULT '{}'")
    connection.exec_driver_sql(
        "CREATE TABLE exports (id INTEGER NOT NULL PRIMARY KEY, uid BLOB NOT NULL, name TEXT NOT NULL, "
        "made_at VARCHAR(32) NOT NULL, analyst_id INTEGER NOT NULL REFERENCES analysts (id), "
        "last_change INTEGER NOT NULL)"
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_exports,)
"""The n-th function takes a file of version n to version n + 1; version 1 is the first released schema."""

NEWEST = len(MIGRATIONS) + 1


def create(connection: Connection, application_id: int) -> None:
    """All tables of the newest schema in an empty file, in one transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {application_id}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {NEWEST}")
    connection.exec_driver_sql("COMMIT")


def migrate(connection: Connection, version: int) -> None:
    """Bring a file of `version` to the newest; each step and its record are one transaction."""
    for number, step in enumerate(MIGRATIONS[version - 1 :], start=version + 1):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
