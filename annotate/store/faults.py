"""What SQLite reports when a file cannot be read or written, as sentences for the analyst.

Why it exists: a full disk, a quota, a stick that was pulled out and a damaged page come as numbers with many
sub-numbers; which of them the analyst can do something about, and what, is decided here.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from annotate.errors import CanBeViewed, NotAllowed, NotSaved, ProjectDamaged, ProjectError, StrangeProject

_PRIMARY = 0xFF
"""The lowest byte of a result code says what kind of fault it is; the rest says where it was noticed."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""The last one comes where the words that make a table are none any more."""
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where a file cannot grow."""

NOT_READ = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What the driver raises for a file that cannot be read; the second where SQLite quotes it and it is no text."""


def kind_of(error: DatabaseError | sqlite3.DatabaseError | UnicodeDecodeError) -> int | None:
    """SQLite's primary result code; None where the fault is none of SQLite's."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY


def not_written(error: DatabaseError, name: str) -> Exception:
    """What to tell of a change that failed: faults of the disk and broken rules of the schema as a sentence; all else
    stays what it is. `name` is the project file's."""
    kind = kind_of(error)
    if kind == sqlite3.SQLITE_FULL:
        return NotSaved(f"The disk is full: the last change of {name} was not saved. Make room and try again.")
    if kind == sqlite3.SQLITE_IOERR:  # also a quota, or a file system that takes no larger file
        return NotSaved(
            f"The last change of {name} was not saved, for the disk would not take it ({error.orig}). "
            "Is there room, and is the disk still there? Then try again."
        )
    if kind in _NOT_WRITABLE:
        return NotSaved(f"{name} cannot be written: {error.orig}. The last change was not saved.")
    if is_damage(error):
        return _found_damaged(error, name)
    if kind == sqlite3.SQLITE_CONSTRAINT:
        return NotAllowed(f"That would leave {name} inconsistent ({error.orig}), so nothing was changed.")
    return error


def not_kept(error: OverflowError | UnicodeEncodeError, name: str) -> NotAllowed:
    """What to tell of a value that SQLite has no room for: a number of more than 64 bits, half of a character."""
    what = "a number is too large" if isinstance(error, OverflowError) else "words hold half of a character"
    return NotAllowed(f"{name} cannot keep that ({what}), so nothing was changed.")


@contextmanager
def telling_damage(name: str) -> Iterator[None]:
    """What a command meets of damage that showed since the project was opened is a sentence, too: ProjectDamaged."""
    try:
        yield
    except DatabaseError as error:
        if is_damage(error):
            raise _found_damaged(error, name) from error
        raise


def is_damage(error: DatabaseError) -> bool:
    """Whether it is the file that is to blame, and not the disk or the program."""
    return kind_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _found_damaged(error: DatabaseError, name: str) -> ProjectDamaged:
    return ProjectDamaged(
        f"{name} is damaged ({error.orig}), so that was not done. Close it and open it again, to save what can be "
        "saved of it or to go back to a backup."
    )


def not_created(error: DatabaseError, path: Path) -> Exception:
    """What to tell of a new project whose file could not be made; a broken rule of the schema stays what it is."""
    if kind_of(error) == sqlite3.SQLITE_CONSTRAINT:
        return error
    reason = str(error.orig).rstrip(".")
    return ProjectError(f"{path.name} cannot be created in {path.parent}: {reason}. Is there room on the disk?")


def not_opened(error: DatabaseError | sqlite3.DatabaseError | UnicodeDecodeError, name: str) -> ProjectError:
    """What to tell of a project that cannot be opened."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(name, "what its tables are made of is no text")
    reason = str(getattr(error, "orig", error)).rstrip(".")
    if kind_of(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return CanBeViewed(
            f"{name} cannot be opened for work: the disk would not take what is needed for that ({reason}). Is there "
            "room, and is the disk still there? Then open it again.",
            "the disk would not take what is needed for work",
        )
    if kind_of(error) in _DAMAGED:
        return damaged(name, reason)
    if kind_of(error) == sqlite3.SQLITE_INTERRUPT:
        return strange(name, "keeps whoever reads it busy without end")
    return ProjectError(f"{name} cannot be opened: {reason}. Keep it, and try a copy of it.")


def not_read(error: OSError, name: str) -> ProjectError:
    """What to tell of a project that the disk does not give, or to look into which it takes no copy."""
    reason = error.strerror or str(error)
    if error.errno in NO_ROOM:
        return ProjectError(
            f"{name} cannot be opened: what a crash left beside it is looked into in a copy, and among the system's "
            f"temporary files there is no room for one ({reason}). Make room and open it again."
        )
    return ProjectError(f"{name} cannot be read: {reason}.")


def damaged(name: str, reason: str) -> ProjectDamaged:
    """What to tell of a project file that is damaged."""
    said = reason.splitlines()[-1].strip().rstrip(".")
    return ProjectDamaged(
        f"{name} is damaged ({said}), so it was left as it is. Go back to a backup of it, or save what can be saved of "
        "it into a new project."
    )


def strange(name: str, oddity: str) -> StrangeProject:
    """What to tell of a project file that no Provenote made so; `oddity` is what it does: "holds a trigger “x”"."""
    return StrangeProject(
        f"{name} {oddity}, as no project of Provenote does, so it was not opened and not changed. "
        "Work with a clean copy of it."
    )
