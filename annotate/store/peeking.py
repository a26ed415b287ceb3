"""Whether a project file that this program does not work in holds certain rows, now or in its journal; neither is the
file changed nor anything left beside it.

Why it exists: backups and other projects beside are of any age and any version of the schema, and may be a stranger's,
so they are asked no more than that, and only tables that are tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
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

_REMEMBERED = """
SELECT CASE WHEN json_valid(coalesce(before, after)) THEN json_extract(coalesce(before, after), '$.uid')
       ELSE coalesce(before, '') || coalesce(after, '') END
FROM changes WHERE table_name = ?
"""
"""The uids of a table's rows that were made or removed, in hex; all the words of what is no JSON."""
_UID = re.compile("[0-9a-f]{32}")
_AT_ONCE = 500


def knows_step(path: Path, step: UUID) -> bool:
    """Whether a file has a step of this uid. Raises AnnotateError, DatabaseError or OSError where that is unknown."""
    with _looking(path) as connection:
        return connection.exec_driver_sql("SELECT 1 FROM steps WHERE uid = ?", (step.bytes,)).first() is not None


def holds_any(path: Path, rows: Iterable[tuple[str, UUID]], *, unknown: bool = True) -> bool:
    """Whether a row of any of these tables and uids is in the file or in its journal, which is read once for each
    table; `unknown` for what cannot be read, since nobody knows then."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for table, uid in rows:
        wanted[table].add(uid)
    try:
        with _looking(path) as connection:
            if not all(_is_table(connection, name) for name in ("changes", *wanted)):
                return unknown
            return any(_holds(connection, table, uids) for table, uids in wanted.items())
    except (OSError, AnnotateError, DatabaseError):
        return unknown


def _holds(connection: Connection, table: str, uids: set[UUID]) -> bool:
    ordered = [uid.bytes for uid in uids]
    for first in range(0, len(ordered), _AT_ONCE):
        some = tuple(ordered[first : first + _AT_ONCE])
        places = ", ".join("?" * len(some))
        if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE uid IN ({places}) LIMIT 1', some).first():
            return True
    known = {uid.hex for uid in uids}
    told = connection.exec_driver_sql(_REMEMBERED, (table,)).scalars()
    return any(not known.isdisjoint(_UID.findall(words)) for words in told if isinstance(words, str))


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
