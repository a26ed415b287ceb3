"""Opening a project file for looking only: one way for all who do, with everything off that could run something in it.

Why it exists: a file may come from a stranger, be damaged, or be somebody else's at the moment. Whoever looks must
neither change it nor leave anything beside it, and what a crash left beside it must be looked at with it.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotate.store.setting_aside import logs_of
from annotate.unfinished import BESIDE, working_folder

GUARDS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
)
"""For every connection to a project file, whoever made it."""


def guard(raw: sqlite3.Connection) -> None:
    """Switch off what could run something in a file or lead astray."""
    for pragma in GUARDS:
        raw.execute(pragma)
    if sys.version_info >= (3, 12):  # before that Python cannot ask SQLite for it
        raw.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        for off in (
            sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER,
            sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW,
            sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
            sqlite3.SQLITE_DBCONFIG_DQS_DDL,
            sqlite3.SQLITE_DBCONFIG_DQS_DML,
        ):
            raw.setconfig(off, False)


def guarded(address: str, *pragmas: str) -> sqlite3.Connection:
    """A guarded connection in autocommit mode. Raises sqlite3.DatabaseError with nothing left open."""
    raw = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5.0)
    try:
        guard(raw)
        for pragma in pragmas:
            raw.execute(pragma).fetchall()
    except sqlite3.DatabaseError:
        raw.close()
        raise
    return raw


def reader_of(path: Path, *, as_it_lies: bool = False) -> sqlite3.Connection:
    """A connection that cannot change the file. `as_it_lies` is for a file with no log, to which nobody writes: without
    it SQLite may put files beside it. Raises sqlite3.DatabaseError."""
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if as_it_lies else ''}"
    return guarded(address, "PRAGMA query_only = ON")


@contextmanager
def looking_at(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can write nothing and leaves nothing beside the file; what a crash left there is looked at with
    it. Raises sqlite3.DatabaseError, and OSError where a copy is needed for that and cannot be made."""
    if is_cut_off(path):
        with copied_apart(path) as copy, closing(guarded(f"{copy.as_uri()}?mode=rw", "PRAGMA query_only = ON")) as raw:
            yield raw
        return
    is_whole, shared = not _has_bytes(path, "-wal"), path.with_name(f"{path.name}-shm")
    there = shared.exists()
    try:
        with closing(reader_of(path, as_it_lies=is_whole)) as raw:
            yield raw
    finally:
        if not is_whole and not there:
            shared.unlink(missing_ok=True)


@contextmanager
def leaving_nothing_beside(path: Path) -> Iterator[None]:
    """For who alone has a file: SQLite needs files beside it for looking, too, and may not clear up without writing."""
    beside = [path.with_name(path.name + ending) for ending in BESIDE]
    there = [file for file in beside if file.exists()]
    try:
        yield
    finally:
        for file in beside:
            if file not in there:
                file.unlink(missing_ok=True)


def is_cut_off(path: Path) -> bool:
    """Whether a crash has left a change half done in a file, which takes writing to undo."""
    return _has_bytes(path, "-journal")


@contextmanager
def copied_apart(path: Path) -> Iterator[Path]:
    """A copy of a file with its log or journal among the system's temporary files. Raises OSError where there is no
    room for it, before the last of the room is taken."""
    with working_folder() as folder:
        files = [path, *logs_of(path)]
        if shutil.disk_usage(folder).free < sum(file.stat().st_size for file in files):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir())
        copy = folder / "copy.pnote"
        for file in files:
            shutil.copyfile(file, copy.with_name(copy.name + file.name.removeprefix(path.name)))
        yield copy


def _has_bytes(path: Path, ending: str) -> bool:
    return any(log.name == path.name + ending for log in logs_of(path))
