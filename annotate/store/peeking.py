"""Whether a project file that nobody works in holds certain rows, now or in its journal; the file is not changed.

Why it exists: backups are of any age and any version of the schema, so they are asked no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from annotate.store.backup import NotWhole, looking_into

_REMEMBERED = "SELECT 1 FROM changes WHERE table_name = ? AND (instr(before, ?) > 0 OR instr(after, ?) > 0) LIMIT 1"


def knows_step(path: Path, step: UUID) -> bool:
    """Whether a file that can be read has a step of this uid."""
    with suppress(NotWhole), looking_into(path) as connection:
        return connection.exec_driver_sql("SELECT 1 FROM steps WHERE uid = ?", (step.bytes,)).first() is not None
    return False


def holds_any(path: Path, rows: Iterable[tuple[str, UUID]], *, unknown: bool = True) -> bool:
    """Whether a row of any of these tables and uids is in the file or in its journal; `unknown` for what cannot be
    read, since nobody knows then."""
    try:
        with looking_into(path) as connection:
            for table, uid in rows:
                present = f'SELECT 1 FROM "{table}" WHERE uid = ? LIMIT 1'
                if connection.exec_driver_sql(present, (uid.bytes,)).first():
                    return True
                if connection.exec_driver_sql(_REMEMBERED, (table, uid.hex, uid.hex)).first():
                    return True
    except NotWhole:
        return unknown
    return False
