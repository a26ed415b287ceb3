"""One open owner at a time: a side file, locked by the operating system, that says who has a project open.

The lock goes with the process, so a crash leaves a file that anybody may take over; the words in it are only for
telling the second person.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from annotate.errors import ProjectError, ProjectInUse

_LOCKED_BYTE = 1 << 30
"""Windows locks are mandatory, so the locked byte lies far behind the words others may read."""


@dataclass(frozen=True)
class Owner:
    """Who has a project open; `since` is ISO 8601 in UTC."""

    host: str
    pid: int
    analyst: str
    since: str

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone()
        return f"{self.analyst or 'somebody'} on {self.host} since {since:%d %B %H:%M}"


class Ownership:
    """Held while a project is open. `take` raises ProjectInUse, naming the owner."""

    def __init__(self, file: FileIO, path: Path) -> None:
        self._file = file
        self._path = path

    @classmethod
    def take(cls, project: Path, analyst: str) -> Ownership:
        path = project.with_name(project.name + ".owner")
        file = _opened(path, project)
        while not _lock(file):
            words = file.read()
            removed = os.fstat(file.fileno()).st_nlink == 0
            file.close()
            if not removed:
                raise ProjectInUse(f"{project.name} is open already: {_owner(words)}. Close it there first.")
            file = _opened(path, project)
        owner = Owner(socket.gethostname(), os.getpid(), analyst, datetime.now(UTC).isoformat(timespec="seconds"))
        with suppress(OSError):  # on a full disk it is locked all the same, only not said by whom
            file.truncate(0)
            file.write(json.dumps(asdict(owner)).encode())
        return cls(file, path)

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


def _opened(path: Path, project: Path) -> FileIO:
    """The side file, made where it is not there; never emptied before it is locked, for it may be somebody's."""
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b", 0)
    except OSError as error:
        raise ProjectError(
            f"{project.name} cannot be opened for work: its folder {project.parent} cannot be written "
            f"({error.strerror or error}). Copy the project to a folder of your own."
        ) from error


def _owner(words: bytes) -> str:
    try:
        return str(Owner(**json.loads(words)))
    except (ValueError, TypeError):
        return "another window has it"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: FileIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _lock(file: FileIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        # The owner before us may have removed the file between our opening and locking it.
        return os.fstat(file.fileno()).st_nlink > 0
