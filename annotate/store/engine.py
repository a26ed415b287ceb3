"""Connections to a project file: what SQLite must be told, and what is looked at before a file is trusted.

This is the one module that knows it is SQLite underneath.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from annotate.errors import NewerProject, ProjectError
from annotate.store.faults import NOT_READ, damaged, kind_of, not_created, not_opened
from annotate.store.migrations import NEWEST, create, migrate
from annotate.store.opening import guarded, reader_of
from annotate.store.places import place_of
from annotate.store.setting_aside import put_in_new_place
from annotate.store.untrusted import judge
from annotate.unfinished import name_beside, remove_database

APPLICATION_ID = 0x504E5445
"""'PNTE', in the file header: what makes a SQLite file a Provenote project."""

_MAGIC = b"SQLite format 3\x00"
_HIGHEST_EVER = 10_000
"""Versions of the schema beyond this one nobody will ever have made."""


def inspect_header(path: Path) -> int:
    """The schema version of a project file, read from its first 100 bytes so that looking changes nothing.

    Raises ProjectError where the file is not a project this program can open.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(f"{path.name} is not there any more. Was it moved or renamed?") from None
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if not header:
        raise ProjectError(f"{path.name} is empty (0 bytes). Choose another project, or restore this one from a copy.")
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ProjectError(f"{path.name} is not a Provenote project. It was left as it is.")
    version = int.from_bytes(header[60:64], "big")
    if version < 1:
        raise ProjectError(f"{path.name} was never finished when it was created. Delete it and create it again.")
    if version > _HIGHEST_EVER:
        raise damaged(path.name, f"its header speaks of version {version:,}")
    if version > NEWEST:
        raise NewerProject(
            f"{path.name} was made by a newer version of Provenote. Update Provenote to open it; it was left as it is."
        )
    return version


def connect(path: Path, *, writable: bool) -> Connection:
    """A connection in autocommit mode: transactions are begun and ended in `project.py` and nowhere else.

    Only a writing one makes a file where there is none; a reader of a project that was moved away leaves none behind.
    """
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writable else 'rw'}"

    pragmas = (*_journal(path), *_PRAGMAS) if writable else (*_PRAGMAS, "PRAGMA query_only = ON")
    return _engine(lambda: guarded(address, *pragmas)).connect()


def _journal(path: Path) -> tuple[str, ...]:
    """How commits are made safe: with a write-ahead log, or, where that cannot be shared, with a rollback journal.

    To take over a log that is there already without sharing memory, the file is held alone for a moment.
    """
    if not place_of(path).is_shared:
        return ("PRAGMA journal_mode = WAL",)
    alone, together = "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode = NORMAL"
    return alone, "PRAGMA journal_mode = DELETE", together, "SELECT count(*) FROM sqlite_master"


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for what only the driver can do: copy a database."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def has_log(connection: Connection) -> bool:
    """Whether commits go into a write-ahead log, so that reading holds nobody up."""
    return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()) == "wal"


def hold_alone(connection: Connection) -> bool:
    """Keep everybody else from the file until the connection is closed, with its log folded in and gone; False, and
    nothing is kept, where somebody reads it. Raises DatabaseError."""
    try:
        for words in ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"):
            connection.exec_driver_sql(words)
    except DatabaseError as error:
        if kind_of(error) in _BEING_READ:
            return False
        raise
    return not has_log(connection)


_BEING_READ = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_ERROR)
"""The last one where a query of the connection itself has not come to its end."""


def _engine(opened: Callable[[], sqlite3.Connection]) -> Engine:
    """Errors of it show no parameters: those are words of articles, and errors are logged."""
    return create_engine(
        "sqlite://", creator=opened, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
    )


_PRAGMAS = [
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16000",
    *(["PRAGMA fullfsync = ON"] if sys.platform == "darwin" else []),
]


def in_transaction(connection: Connection) -> bool:
    """Whether a transaction is open on the connection now."""
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))


def give_back_memory(connection: Connection) -> None:
    """Free the pages SQLite keeps at hand; after a long text these are pieces of it that nobody asks for again."""
    connection.exec_driver_sql("PRAGMA shrink_memory")


def open_file(path: Path, keep: Callable[[Path], object]) -> Connection:
    """The writing connection to an existing project, migrated to the newest schema. Raises ProjectError.

    `keep` makes the backup without which nothing is migrated; what it raises leaves the file as it was.
    """
    version = inspect_header(path)
    judge(path)
    if version < NEWEST:
        keep(path)
    with _opening(path), closing_unless_whole(connect(path, writable=True)) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        # Not the header's: after a crash the newest version may lie in the log.
        migrate(connection, int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()))
    return connection


def look_into(path: Path) -> Connection:
    """A connection that cannot change the file, not even by folding in what a crash left in its log.

    Raises ProjectError, also for a file of an older version, since bringing it up to date would change it.
    """
    if inspect_header(path) < NEWEST:
        raise ProjectError(f"{path.name} was made by an older version of Provenote. Open it in the window once.")
    judge(path, is_thorough=False)
    engine = _engine(lambda: reader_of(path))
    with _opening(path), closing_unless_whole(engine.connect()) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return connection


@contextmanager
def closing_unless_whole(connection: Connection) -> Iterator[Connection]:
    """Closes the connection where the block fails, so that nothing is left beside the file."""
    try:
        yield connection
    except BaseException:
        connection.close()
        connection.engine.dispose()
        raise


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, *NOT_READ) as error:
        raise not_opened(error, path.name) from error


def create_file(path: Path, fill: Callable[[Connection], object] | None = None) -> Connection:
    """A new project file with all tables and what `fill` writes into it: there whole, or not at all.

    Raises ProjectError where something stands at `path` already or nothing can be written there, and what `fill`
    raises.
    """
    if path.exists():
        raise _is_there(path)
    growing = name_beside(path)
    try:
        growing.open("xb").close()  # says why, where nothing can be written; SQLite would not
        _make(growing, fill)
        put_in_new_place(growing, path)
    except FileExistsError:
        raise _is_there(path) from None
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be created in {path.parent}: {error.strerror or error}.") from error
    except DatabaseError as error:
        raise not_created(error, path) from error
    finally:
        remove_database(growing)
    return connect(path, writable=True)


def _make(path: Path, fill: Callable[[Connection], object] | None) -> None:
    connection = connect(path, writable=True)
    try:
        create(connection, APPLICATION_ID)
        if fill is not None:
            fill(connection)
        # All of it must be in the one file before that gets its name.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.engine.dispose()


def _is_there(path: Path) -> ProjectError:
    return ProjectError(f"{path.name} is there already. Open it, or choose another name.")
