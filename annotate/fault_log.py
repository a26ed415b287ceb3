"""Where reports of unexpected errors are kept on this computer: small files that only this person may read.

They lie in the folder that the system has for such things, never beside a project. A fault that comes again and again
is written once and then counted, and old files make room for new ones, so that the folder stays small whatever happens.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annotate.account import home_folder
from annotate.fault_report import Fault, fault_of, kind_of, report, versions

LARGEST = 256 * 1024
"""Bytes of one log file."""
KEPT = 3
"""Full files that are kept beside the one that is written."""
_LONGEST = 16 * 1024
"""Characters of one report."""


def state_folder(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """The folder for logs of this program and this person; it need not be there yet."""
    home = home_folder()
    if system == "win32":
        return _absolute(environment.get("LOCALAPPDATA"), home / "AppData" / "Local") / "Provenote" / "Logs"
    if system == "darwin":
        return home / "Library" / "Logs" / "Provenote"
    return _absolute(environment.get("XDG_STATE_HOME"), home / ".local" / "state") / "provenote"


def _absolute(name: str | None, otherwise: Path) -> Path:
    """A folder that the environment names; a relative one counts for nothing, as the XDG rules say."""
    return Path(name) if name and Path(name).is_absolute() else otherwise


class LastUsed:
    """The names of the last actions that were used, with the time in UTC; never what they were used on."""

    def __init__(self, most: int = 20) -> None:
        self._used: deque[str] = deque(maxlen=most)
        self._followers: list[Callable[[tuple[str, ...]], object]] = []

    def follow(self, follower: Callable[[tuple[str, ...]], object]) -> None:
        """Have `follower` told of all of them whenever one more is noted."""
        self._followers.append(follower)

    def note(self, action: str) -> None:
        self._used.append(f"{datetime.now(UTC):%H:%M:%S} {action}")
        for follower in self._followers:
            follower(self.all())

    def all(self) -> tuple[str, ...]:
        """Oldest first."""
        return tuple(self._used)


class FaultLog:
    """The log in a folder, which is made when the first line is written. Can be used from any thread.

    Nothing here raises: where the log cannot be written, the program goes on without it.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST, kept: int = KEPT) -> None:
        self.folder = folder
        self._largest = largest
        self._kept = kept
        self._counts: dict[str, int] = {}
        self._told: dict[str, int] = {}
        # An error on the way through here comes back here by the hooks, in the same thread.
        self._lock = threading.RLock()

    @property
    def path(self) -> Path:
        """The file that is written now."""
        return self.folder / "provenote.log"

    def note(self, fault: Fault, make: Callable[[], str]) -> int:
        """How often this fault has been met, with this time; its report is written the first time, then only counts:
        at the tenth, the hundredth, and so on."""
        with self._lock:
            count = self._counts[fault.key] = self._counts.get(fault.key, 0) + 1
            if count == 1:
                self.write(make())
            elif str(count).strip("0") == "1":
                self._count(fault.key)
            return count

    def close(self) -> None:
        """Write what was only counted."""
        with self._lock:
            for key in self._counts:
                self._count(key)

    def write(self, words: str) -> bool:
        """Add words to the log, cut where they are too long; whether that could be done."""
        data = f"{words[:_LONGEST].rstrip()}\n{'-' * 72}\n".encode(errors="backslashreplace")
        with self._lock:
            try:
                make_private(self.folder)
                self._make_room(len(data))
                flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
                with os.fdopen(os.open(self.path, flags, 0o600), "ab", buffering=0) as file:
                    if os.name == "posix":
                        os.fchmod(file.fileno(), 0o600)  # also where the file was there before
                    file.write(data)
            except OSError:
                return False
        return True

    def _count(self, key: str) -> None:
        count = self._counts[key]
        if count > self._told.get(key, 1):
            self._told[key] = count
            self.write(f"Time   {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\nFault  {key}, {count:,} times until now")

    def _make_room(self, more: int) -> None:
        with suppress(FileNotFoundError):
            if self.path.stat().st_size + more <= self._largest:
                return
            with suppress(PermissionError):  # another window writes it now: it grows a little longer
                for number in range(self._kept - 1, 0, -1):
                    with suppress(FileNotFoundError):
                        self._old(number).replace(self._old(number + 1))
                self.path.replace(self._old(1))

    def _old(self, number: int) -> Path:
        return self.folder / f"provenote.{number}.log"


def log_fault(error: BaseException, where: str) -> str:
    """Log an unexpected error where there is no window; returns one sentence that says so and where the report is."""
    log = FaultLog(state_folder())
    words = "Something went wrong inside Provenote. What was saved is safe."
    if log.write(report(fault_of(error, where), versions())):
        return f"{words} The report is in {log.path}."
    return f"{words} It was {kind_of(error)}, and could not be written to {log.folder}."


def make_private(folder: Path) -> None:
    """Make a folder that only this person may look into. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
