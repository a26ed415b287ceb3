"""What is left of a run that ended by a crash that no Python code could catch, for the next start to tell of.

Every run of the window has a file of its own, locked while it lives and removed when it ends well. In its first part
stands what was running and which actions were used last; behind that, Python's faulthandler writes the stack when the
process dies of a fault in compiled code. A file that is not locked and has no stack in it is that of a run which was
ended from outside (log out, power, kill): nothing went wrong in the program, and nothing is said about it here.
"""

from __future__ import annotations

import faulthandler
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import BinaryIO

from annotate.fault_log import make_private
from annotate.fault_report import aligned, shown_file
from annotate.locking import lock

_HEAD = 8192
"""Bytes kept for what was running; the stack follows."""
_MOST_STACK = 64 * 1024
_LINE = re.compile(r'^  File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<function>[\w.<>]+)$')
_TITLE = re.compile(
    r"^(Fatal Python error: [\w :'()]+|Windows fatal exception: [\w :]+|Current thread|Thread|"
    r"  <no Python frame>|  Garbage-collecting|Extension modules: [\w., ]+)"
)


class RunFile:
    """The file of the run that is going on. Nothing here raises: without the file the program runs all the same."""

    def __init__(self, folder: Path, about: Sequence[tuple[str, str]]) -> None:
        self._about = [("Started", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"), *about]
        self._file: BinaryIO | None = None
        self._path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.run"
        with suppress(OSError):
            make_private(folder)
            self._file = os.fdopen(os.open(self._path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)
            with suppress(OSError):  # file systems without locks
                lock(self._file)
            self.last_used(())
            faulthandler.enable(self._file)

    def last_used(self, actions: Sequence[str]) -> None:
        """Keep the names of the last actions; called with each of them, since nothing can be written after a crash."""
        if self._file is None:
            return
        used = [("Last used", ", ".join(actions))] if actions else []
        lines = aligned([*self._about, *used])
        words = "\n".join(lines).encode(errors="backslashreplace")[:_HEAD]
        with suppress(OSError):
            self._file.seek(0)
            self._file.write(words.ljust(_HEAD))
            # faulthandler writes where the file stands: behind the head, always.

    def end(self) -> None:
        """The run has ended well."""
        if self._file is not None:
            faulthandler.disable()
            file, self._file = self._file, None
            file.close()
            with suppress(OSError):
                self._path.unlink()


def crashes(folder: Path) -> list[str]:
    """A report of each run that died since this was last asked, oldest first. Files of runs that are over are removed;
    those of other windows that are open stay."""
    found = []
    with suppress(OSError):
        for path in sorted(folder.glob("*.run")):
            with suppress(OSError):
                left = _taken(path)
                if left is not None and left[0][_HEAD:].strip(b"\x00 \n"):
                    found.append(_report(*left))
    return found


def _taken(path: Path) -> tuple[bytes, float] | None:
    """What stands in the file of a run that is over and when it was written last, in seconds; the file is removed.
    None while it is another window's."""
    with os.fdopen(os.open(path, _FLAGS), "r+b", buffering=0) as file:
        if not lock(file):
            return None
        file.seek(0)
        data, written = file.read(_HEAD + _MOST_STACK), os.fstat(file.fileno()).st_mtime
        if os.name == "posix":
            path.unlink()
    if os.name != "posix":
        path.unlink()
    return data, written


def _report(data: bytes, written: float) -> str:
    ended = f"Ended by a crash at {datetime.fromtimestamp(written, UTC):%Y-%m-%d %H:%M:%S} UTC"
    head = data[:_HEAD].decode(errors="replace").rstrip()
    stack = data[_HEAD:].decode(errors="replace").splitlines()
    return "\n".join([ended, head, "", *_shown(stack), ""])


def _shown(stack: Sequence[str]) -> list[str]:
    """Of a stack, what is known to be the program's: kinds of errors, files from the program's folder on, functions."""
    lines = []
    for line in stack:
        if found := _LINE.match(line):
            lines.append(f'  File "{shown_file(found["file"])}", line {found["line"]} in {found["function"]}')
        elif title := _TITLE.match(line):
            order = " (most recent call first):" if title[1].endswith("hread") else ""
            lines += wrap(title[1] + order, 92, subsequent_indent="  ")
    return lines


_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
