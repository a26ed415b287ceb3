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
from sqlite3 import Connection
from uuid import UUID

from annotate.errors import AnnotateError
from annotate.store.engine import inspect_header
from annotate.store.faults import NOT_READ, not_opened
from annotate.store.opening import looking_at

_REMEMBERED = """
SELECT CASE WHEN json_valid(coalesce(before, after)) THEN json_extract(coalesce(before, after), '$.uid')
       ELSE coalesce(before, '') || coalesce(after, '') END
FROM changes WHERE table_name = ?
"""
"""The uids of a table's rows that were made or removed, in hex; all the words of what is no JSON."""
_UID = re.compile("[0-9a-f]{32}")
_AT_ONCE = 500


def knows_step(path: Path, step: UUID) -> bool:
    """Whether a file has a step of this uid. Raises AnnotateError or OSError where that is unknown."""
    with _looking(path) as connection:
        known = "SELECT 1 FROM steps WHERE uid = ?"
        return _is_table(connection, "steps") and connection.execute(known, (step.bytes,)).fetchone() is not None


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
    except (OSError, AnnotateError):
        return unknown


def _holds(connection: Connection, table: str, uids: set[UUID]) -> bool:
    ordered = [uid.bytes for uid in uids]
    for first in range(0, len(ordered), _AT_ONCE):
        some = tuple(ordered[first : first + _AT_ONCE])
        places = ", ".join("?" * len(some))
        if connection.execute(f'SELECT 1 FROM "{table}" WHERE uid IN ({places}) LIMIT 1', some).fetchone():
            return True
    known = {uid.hex for uid in uids}
    told = connection.execute(_REMEMBERED, (table,))
    return any(not known.isdisjoint(_UID.findall(words)) for (words,) in told if isinstance(words, str))


def _is_table(connection: Connection, name: str) -> bool:
    """And no view or virtual table, in which anything may run."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    return any(str(sql).startswith("CREATE TABLE") for (sql,) in connection.execute(query, (name,)))


@contextmanager
def _looking(path: Path) -> Iterator[Connection]:
    inspect_header(path)
    try:
        with looking_at(path) as connection:
            yield connection
    except NOT_READ as error:
        raise not_opened(error, path.name) from error
