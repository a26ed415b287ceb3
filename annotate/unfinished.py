"""Files that grow beside their target until they are whole, and those that a killed program left behind.

Why it exists: what is killed cannot clear up after itself, so the next one does. The name of each such file says which
program on which machine writes it: one that still runs, or one on another machine that shares the folder, keeps its
files. A lock would say the same, but two kinds of locks on one file get in each other's way on some systems, and
SQLite has its own.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

BESIDE = ("-wal", "-journal", "-shm")
"""What SQLite puts beside a database, by the endings of its names."""
_NAME = re.compile(
    rf"\..*-([0-9a-f]{{8}})([0-9a-f]{{8}})[0-9a-f]{{16}}\.part(?:{'|'.join(BESIDE)}|\.owner)?", re.DOTALL
)
_FOLDER = re.compile(r"provenote-([0-9a-f]{8})([0-9a-f]{8})-\w+")
_LONGEST_STEM = 40
_A_DAY = 24 * 60 * 60
"""Seconds. What was not written to for so long is not being written, whoever has the number of its program now."""


def name_beside(target: Path) -> Path:
    """A name in the target's folder that nothing else has."""
    return target.with_name(f".{target.stem[:_LONGEST_STEM]}-{_this_machine()}{os.getpid():08x}{uuid4().hex[:16]}.part")


def put_in_place(growing: Path, target: Path, *, over: bool) -> None:
    """Give a finished file its name once all of it is on the disk, so that also a power cut leaves the old or the new
    one whole. Raises FileExistsError where something has that name and may not be written `over`, and OSError."""
    with growing.open("rb+") as file:
        os.fsync(file.fileno())
    if over:
        growing.replace(target)
    else:
        _rename_to_new(growing, target)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Have the system note on the disk which names a folder holds; Windows does so by itself."""
    if os.name != "posix":
        return
    with suppress(OSError):  # file systems that know no such thing
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _rename_to_new(growing: Path, target: Path) -> None:
    try:
        os.link(growing, target)
    except FileExistsError:
        raise
    except OSError:  # file systems without links
        if target.exists():
            raise FileExistsError(target) from None
        growing.rename(target)
    else:
        growing.unlink()


def remove_database(path: Path) -> None:
    """Remove a database and what SQLite may have left beside it; what cannot be removed stays."""
    for ending in ("", *BESIDE):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def clear_left_behind(folder: Path) -> None:
    """Remove what programs of this machine that no longer run were writing in a folder; what cannot be removed
    stays until the next time."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            named = _NAME.fullmatch(entry.name)
            if named is not None and named[1] == _this_machine():
                with suppress(OSError):
                    if not runs(int(named[2], 16)) or time.time() - entry.stat().st_mtime > _A_DAY:
                        Path(entry).unlink(missing_ok=True)


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder among the system's temporary ones that is removed at the end; where the program is killed before, by the
    next one that needs such a folder. Articles may lie in it."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            named = _FOLDER.fullmatch(entry.name)
            if named is not None and named[1] == _this_machine() and not runs(int(named[2], 16)):
                shutil.rmtree(entry, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"provenote-{_this_machine()}{os.getpid():08x}-") as folder:
        yield Path(folder)


def _this_machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:8]


if sys.platform == "win32":
    import ctypes

    _MAY_ASK = 0x1000
    _STILL_RUNS = 259

    def runs(pid: int) -> bool:
        """Whether a program with this number runs on this machine."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_MAY_ASK, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_RUNS

else:

    def runs(pid: int) -> bool:
        """Whether a program with this number runs on this machine."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True  # somebody else's, or no number that a program has
        return True
