"""One open owner at a time: a side file, locked by the operating system, that says who has a project open.

The lock goes with the process, so a crash leaves a file that anybody may take over; the words in it are for telling
the second person, and for telling the next owner that the project was not closed.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from annotate.errors import NoLocks, PerhapsInUse, ProjectInUse, ReadOnlyPlace
from annotate.locking import lock
from annotate.store.places import place_of
from annotate.unfinished import runs

_MOST_WORDS = 4096
"""Bytes of a side file that are looked at."""


@dataclass(frozen=True)
class Owner:
    """Who has a project open; `since` is ISO 8601 in UTC."""

    host: str
    pid: int
    analyst: str
    since: str

    def __str__(self) -> str:
        return f"{self.analyst or 'somebody'} on {self.host} since {self.when}"

    @property
    def when(self) -> str:
        """Since when, as clocks show it here."""
        return f"{datetime.fromisoformat(self.since).astimezone():%d %B %H:%M}"

    @property
    def is_here(self) -> bool:
        """Whether it is a window, or a command, of this computer."""
        return self.host == socket.gethostname()

    @property
    def may_be_there(self) -> bool:
        """Whether the owner may have the project open still, as far as this computer can tell without its lock."""
        return not self.is_here or runs(self.pid)

    def because(self, analyst: str, *, may: bool = False) -> str:
        """What goes on from "it is only looked at, since"; to the owner, that it is another window."""
        if not self.since:
            return "another window has it open"
        has = "may have" if may else "has"
        if self.is_here and self.analyst == analyst:
            return f"another window on this computer {has} it open (since {self.when})"
        return f"{self.analyst or 'somebody'} {has} it open on {self.host} (since {self.when})"


UNKNOWN = Owner("", 0, "", "")
"""Somebody who has a project open, but whose words cannot be read."""


class Ownership:
    """Held while a project is open. `take` raises ProjectInUse naming the owner, ReadOnlyPlace where nothing can be
    written, and NoLocks where nobody could be kept out."""

    def __init__(self, file: FileIO, path: Path, was_left: bool, left_by: Owner | None) -> None:
        self._file = file
        self._path = path
        self.was_left = was_left
        """Whether the owner before did not close the project, but ended otherwise."""
        self.left_by = left_by
        """That owner, where the words that it left can be read."""

    @classmethod
    def take(cls, project: Path, analyst: str, *, take_over: bool = False) -> Ownership:
        """Own a project from now on. In a shared place, what another computer left, or a program that still runs, is
        taken over only with `take_over`: its lock may not reach this one, so that PerhapsInUse is raised."""
        path = side_file(project)
        file = _opened(path, project)
        tries = _TRIES
        while not _locked(file, project):
            words = file.read(_MOST_WORDS)
            removed = os.fstat(file.fileno()).st_nlink == 0
            file.close()
            tries -= not removed
            if not tries:
                raise in_use(project, _owner(words) or UNKNOWN, analyst)
            if not removed:
                time.sleep(_PAUSE)
            file = _opened(path, project)
        words = file.read(_MOST_WORDS)
        left_by = _owner(words)
        if left_by is not None and left_by.may_be_there and not take_over and place_of(project).is_shared:
            file.close()
            where = "in another window" if left_by.is_here else "on another computer"
            raise PerhapsInUse(
                f"{project.name} may be open {where}: {left_by}. Close it there, or only look at it here.",
                left_by.because(analyst, may=True),
            )
        owner = Owner(socket.gethostname(), os.getpid(), analyst, datetime.now(UTC).isoformat(timespec="seconds"))
        with suppress(OSError):  # on a full disk it is locked all the same, only not said by whom
            file.seek(0)
            file.truncate(0)
            file.write(json.dumps(asdict(owner)).encode())
        return cls(file, path, bool(words), left_by)

    def release(self) -> None:
        """Give the project free; the side file goes before its lock, so that no newer owner's file is removed."""
        if os.name == "posix":
            self._path.unlink(missing_ok=True)
            self._file.close()
        else:
            self._file.close()
            try:
                self._path.unlink(missing_ok=True)
            except PermissionError:
                return  # somebody else has opened it in between


@contextmanager
def kept_from_others(project: Path, analyst: str = "") -> Iterator[None]:
    """Nobody has the project open, or what comes to stand under its name, while the block runs. Where its folder takes
    no lock, nobody can have it open either, unless somebody else's lock is there. Raises ProjectInUse."""
    try:
        ownership = Ownership.take(project, analyst)
    except ReadOnlyPlace:
        if (owner := is_held(project)) is not None:
            raise in_use(project, owner, analyst) from None
        ownership = None
    try:
        yield
    finally:
        if ownership is not None:
            ownership.release()


_TRIES, _PAUSE = 3, 0.05
"""Seconds between tries: whoever asks who has a project holds the lock for a moment."""


def side_file(project: Path) -> Path:
    """The file beside a project that says who has it open."""
    return project.with_name(project.name + ".owner")


def is_held(project: Path) -> Owner | None:
    """Who has a project open now; None where nobody has, or where that cannot be told. Writes nothing."""
    try:
        with side_file(project).open("rb", buffering=0) as file:
            return None if lock(file, shared=True) else _owner(file.read(_MOST_WORDS)) or UNKNOWN
    except OSError:  # no such file, no locks there, or it may not be read
        return None


def left_by(project: Path) -> Owner | None:
    """Whom the side file names, whether it is locked or not; None where there is none, or it cannot be read."""
    try:
        with side_file(project).open("rb") as file:
            return _owner(file.read(_MOST_WORDS))
    except OSError:
        return None


def in_use(project: Path, owner: Owner, analyst: str) -> ProjectInUse:
    """What to tell of a project that somebody has open; to its owner, that it is another window."""
    if not owner.since:
        where = ": another window has it"
    elif owner.is_here and owner.analyst == analyst:
        where = f" in another window on this computer since {owner.when}"
    else:
        where = f": {owner}"
    return ProjectInUse(f"{project.name} is open already{where}. Close it there first.", owner.because(analyst))


def _locked(file: FileIO, project: Path) -> bool:
    try:
        # The owner before us may have removed the file between our opening and locking it.
        return lock(file) and os.fstat(file.fileno()).st_nlink > 0
    except OSError as error:
        if not os.fstat(file.fileno()).st_size:  # we have made it
            side_file(project).unlink(missing_ok=True)
        file.close()
        raise NoLocks(
            f"{project.name} lies where nobody can be kept from writing at the same time ({error.strerror or error}). "
            "Copy it to a folder of your own to work on it.",
            "its folder has no locks, so that nobody could be kept from writing at the same time",
        ) from error


def _unwritable(project: Path, error: OSError) -> ReadOnlyPlace:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ReadOnlyPlace(
        f"{project.name} cannot be opened for work: its folder {project.parent} cannot be written "
        f"({error.strerror or error}). Copy the project to a folder of your own.",
        "there is no room on its disk" if is_full else "its folder cannot be written",
    )


def _opened(path: Path, project: Path) -> FileIO:
    """The side file, made where it is not there; never emptied before it is locked, for it may be somebody's."""
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b", 0)
    except OSError as error:
        raise _unwritable(project, error) from error


def _owner(words: bytes) -> Owner | None:
    """Whom a side file names; None where it says nothing that can be told, for anybody may have written it."""
    try:
        owner = Owner(**json.loads(words))
        fits = type(owner.pid) is int and isinstance(owner.host, str) and isinstance(owner.analyst, str)
        return owner if fits and str(owner).encode() else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
