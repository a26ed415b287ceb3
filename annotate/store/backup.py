"""One copy of a project, made while it is worked on, and trusted only after it was opened and looked through.

Why it exists: copying the file is not enough, since what was done last lies in the log beside it, and a copy that was
never opened is a hope. SQLite's own way of copying is used, some pages at a time, from one state of the project that
edits meanwhile do not touch; the copy is a single file, complete or not there.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from annotate.errors import BackupFailed, ProjectError
from annotate.store.engine import connect, inspect_header
from annotate.store.opening import reader_of
from annotate.store.schema import CONTENT_TABLES, metadata
from annotate.store.untrusted import judge, judge_opened
from annotate.unfinished import name_beside, put_in_place, remove_database
from annotate.writing import Progress, go_on

PAGES_AT_ONCE = 1_000
"""4 MB: a few milliseconds each, so that the work is stopped soon after it is asked to."""
_STEPS_BETWEEN_LOOKS = 100_000
"""Instructions of SQLite between two questions whether to go on, while the copy is looked through."""
_TRIES = 5
"""For a project without a log, whose state cannot be held while somebody else writes."""
_ROOM_TO_SPARE = 64 * 2**20
"""Bytes that stay free on the disk, so that no backup takes the room that the work itself needs."""
_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class NotWhole(BackupFailed):
    """What was to be copied, or the copy, is damaged."""


class BackupStopped(BackupFailed):
    """The analyst, or the end of the program, stopped it."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a copy must have in common with its original."""

    newest_step: bytes | None
    """Its uid."""
    rows: tuple[tuple[str, int], ...]


def copy_project(source: Path, target: Path, *, progress: Progress = go_on) -> int:
    """Put a verified copy of the project at `target`, in place of what stands there; the folder must exist.

    Anybody may write to the project meanwhile. Returns how many texts and files in it are not those that were imported
    (their SHA-256 differs): the copy has the same damage as its original. Raises BackupFailed, with one sentence and
    nothing left behind.
    """
    temporary = name_beside(target)
    try:
        inspect_header(source)
        if shutil.disk_usage(target.parent).free < source.stat().st_size + _ROOM_TO_SPARE:
            raise BackupFailed(f"There is not enough room in {target.parent} for a backup of {source.name}. Make room.")
        temporary.open("xb").close()
        with suppress(OSError):  # file systems without rights
            shutil.copymode(source, temporary)  # who may not read the project may not read its backups
        state = _copy(source, temporary, progress)
        spoiled = verify(temporary, name=source.name, like=state, progress=progress)
        put_in_place(temporary, target, over=True)
        return spoiled
    except ProjectError as error:
        raise NotWhole(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise _explained(error, source, target.parent) from error
    finally:
        remove_database(temporary)


def verify(path: Path, *, name: str = "", like: _State | None = None, progress: Progress = go_on) -> int:
    """Open a copy and look through all of it: header, structure, references, and that it is like its original.

    `name` is what the analyst knows it by. Returns how many contents differ from their SHA-256. Raises NotWhole.
    """
    name = name or path.name
    try:
        inspect_header(path)
        with closing(reader_of(path)) as connection:
            judge_opened(connection, path, is_thorough=False)
            connection.set_progress_handler(lambda: not progress(1, 2), _STEPS_BETWEEN_LOOKS)
            for (line,) in connection.execute("PRAGMA integrity_check(1)"):
                if line != "ok":
                    raise _damaged(name, str(line))
            for table, *_rest in connection.execute("PRAGMA foreign_key_check"):
                raise _damaged(name, f"a row of {table} points to one that is not there")
            if like is not None and _state(connection) != like:
                raise _damaged(name, "the copy does not hold what the project holds")
            return _spoiled_contents(connection, progress)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise _stopped() from None
        raise _damaged(name, str(error)) from error
    except sqlite3.Error as error:
        raise _damaged(name, str(error)) from error
    except ProjectError as error:
        raise NotWhole(str(error).replace(path.name, name)) from error


@contextmanager
def looking_into(path: Path) -> Iterator[Connection]:
    """The same for the questions of store/comparing.py. Raises NotWhole for what is no project, or a strange one."""
    try:
        inspect_header(path)
        judge(path, is_thorough=False)
    except ProjectError as error:
        raise NotWhole(str(error)) from error
    with closing(reader_of(path)) as raw:
        engine = create_engine(
            "sqlite://", creator=lambda: raw, poolclass=StaticPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        try:
            with engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise _damaged(path.name, str(error.orig)) from error
        finally:
            engine.dispose()


def fold_in(project: Path) -> None:
    """Fold the log of a project that nobody has open into its file: beside a file with another content it would be
    taken for that file's. Raises NotWhole where the file is no project, or damaged."""
    try:
        inspect_header(project)
        connection = connect(project, writable=True)
        try:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
            connection.engine.dispose()
    except (ProjectError, DatabaseError, sqlite3.DatabaseError) as error:
        raise NotWhole(str(getattr(error, "orig", error))) from error


def _copy(source: Path, temporary: Path, progress: Progress) -> _State:
    def told(_status: int, remaining: int, total: int) -> None:
        if not progress(total - remaining, 2 * max(1, total)):
            raise _stopped()

    with closing(reader_of(source)) as original:
        judge_opened(original, source, is_thorough=False)
        has_log = original.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        for _try in range(_TRIES):
            if has_log:
                original.execute("BEGIN")  # with the first look it holds one state, whoever writes meanwhile
            before = _state(original)
            _copy_pages(original, temporary, told)
            if has_log:
                original.execute("COMMIT")
            if has_log or _state(original) == before:
                return before
    raise BackupFailed(f"{source.name} was written to all the time, so no backup of it could be made. Try again.")


def _copy_pages(original: sqlite3.Connection, temporary: Path, told: Callable[[int, int, int], None]) -> None:
    copy = sqlite3.connect(temporary, isolation_level=None)
    try:
        # No journal and no waiting for the disk: this file is thrown away unless all of it succeeds.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        original.backup(copy, pages=PAGES_AT_ONCE, progress=told)
        if copy.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":  # the original's is a log
            raise sqlite3.OperationalError("the copy would be more than one file")
    finally:
        copy.close()


def _state(connection: sqlite3.Connection) -> _State:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    newest = connection.execute("SELECT uid FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    names = [name for name in metadata.tables if name in there]  # an older version has fewer
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]
    return _State(None if newest is None else newest[0], tuple(zip(names, counts, strict=True)))


def _spoiled_contents(connection: sqlite3.Connection, progress: Progress) -> int:
    spoiled = 0
    for name in CONTENT_TABLES:
        column = next(column.name for column in metadata.tables[name].c if not column.primary_key)
        for sha256, data in connection.execute(f'SELECT sha256, CAST("{column}" AS BLOB) FROM "{name}"'):
            spoiled += hashlib.sha256(data or b"").hexdigest() != sha256
            if not progress(1, 2):
                raise _stopped()
    return spoiled


def _stopped() -> BackupStopped:
    return BackupStopped("The backup was stopped; nothing was written.")


def _damaged(name: str, reason: str) -> NotWhole:
    return NotWhole(
        f"{name} is damaged ({reason.rstrip('.')}), so it is not to be relied on. Earlier backups are kept."
    )


def _explained(error: OSError | sqlite3.Error, source: Path, folder: Path) -> BackupFailed:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _CORRUPT:
        return _damaged(source.name, str(error))
    if isinstance(error, sqlite3.Error):
        full = code == sqlite3.SQLITE_FULL
        reason = "the disk is full" if full else str(error).rstrip(".")
    else:
        reason = error.strerror or str(error)
    return BackupFailed(f"No backup of {source.name} could be made in {folder}: {reason}.")
