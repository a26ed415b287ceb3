"""One project file put in the place of another, with nothing of the old one left where it can be found.

Why it exists: a new file beside the old one and one renaming is all or nothing, whenever the power goes. What the old
one held is then in blocks that the disk has not used again, so they are written over with noughts while the system
still knows which they are. On file systems that never write in place, and on flash disks, that reaches less.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from annotate.unfinished import BESIDE, settle

_AT_ONCE = 1 << 20


class Held:
    """An open file whose blocks can be written over after it has lost its name."""

    def __init__(self, number: int) -> None:
        self.number = number

    def write_over(self) -> None:
        """Noughts over all of it, on the disk. What cannot be written is left: it has no name any more."""
        with suppress(OSError):
            left = os.fstat(self.number).st_size
            os.lseek(self.number, 0, os.SEEK_SET)
            while left > 0:
                left -= os.write(self.number, bytes(min(_AT_ONCE, left)))
            os.fsync(self.number)
            # Its length stays: who opens an empty database takes the log beside it for a leftover, and removes it.


@contextmanager
def held(path: Path) -> Iterator[Held | None]:
    """The file at a path, however it is called later; None where it is not there, or where a file that is open cannot
    be renamed (Windows)."""
    number = None
    if os.name == "posix":
        with suppress(OSError):
            number = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        yield None if number is None else Held(number)
    finally:
        if number is not None:
            os.close(number)


def take_the_place_of(path: Path, fresh: Path) -> None:
    """Give `fresh` the name `path`, for good also when the power goes, and write over what stood there.

    Nobody else may read either, and no log may lie beside them. Raises OSError with everything as it was.
    """
    with ExitStack() as stack:
        old = stack.enter_context(held(path))
        with suppress(OSError):  # file systems without rights
            fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
        settle(path.parent)
        if old is not None:
            old.write_over()


def remove_for_good(path: Path) -> None:
    """Remove a database and what lies beside it, written over first. Raises OSError where it stays."""
    for ending in (*BESIDE, ""):
        with held(path.with_name(path.name + ending)) as file:
            if file is not None:
                file.write_over()
        path.with_name(path.name + ending).unlink(missing_ok=True)
    settle(path.parent)
