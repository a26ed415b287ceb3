"""Whether a project file that this program does not work in holds certain rows, now or in its journal; neither is the
file changed nor anything left beside it.

Why it exists: backups and other projects beside are of any age and any version of the schema, and may be a stranger's,
so they are asked no more than that, and only tables that are tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from annotate.errors import AnnotateError
from annotate.store.backup import looking_into
from annotate.store.engine import inspect_header

_REMEMBERED = "SELECT 1 FROM changes WHERE table_name = ? AND (instr(before, ?) > 0 OR instr(after, ?) > 0) LIMIT 1"


def knows_step(path: Path, step: UUID) -> bool:
    """Whether a file has a step of this uid. Raises AnnotateError, DatabaseError or OSError where that is unknown."""
    with _looking(path) as connection:
        return connection.exec_driver_sql("SELECT 1 FROM steps WHERE uid = ?", (step.bytes,)).first() is not None


def holds_any(path: Path, rows: Iterable[tuple[str, UUID]], *, unknown: bool = True) -> bool:
    """Whether a row of any of these tables and uids is in the file or in its journal; `unknown` for what cannot be
    read, since nobody knows then."""
    try:
        with _looking(path) as connection:
            wanted = list(rows)
            if not all(_is_table(connection, name) for name in {"changes", *(table for table, _uid in wanted)}):
                return unknown
            return any(_holds(connection, table, uid) for table, uid in wanted)
    except (AnnotateError, DatabaseError):
        return unknown


def _holds(connection: Connection, table: str, uid: UUID) -> bool:
    present = connection.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE uid = ? LIMIT 1', (uid.bytes,)).first()
    return bool(present or connection.exec_driver_sql(_REMEMBERED, (table, uid.hex, uid.hex)).first())


def _is_table(connection: Connection, name: str) -> bool:
    """And no view or virtual table, in which anything may run."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    return str(connection.exec_driver_sql(query, (name,)).scalar() or "").startswith("CREATE TABLE")


@contextmanager
def _looking(path: Path) -> Iterator[Connection]:
    """A connection that only reads. With a log beside it, the file is read with that; without one it is taken as it
    lies there, for SQLite would put a log beside it and could not take it away."""
    inspect_header(path)
    if path.with_name(path.name + "-wal").exists():
        with looking_into(path) as connection:
            yield connection
        return
    address = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&immutable=1&uri=true"
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            yield connection
    finally:
        engine.dispose()
