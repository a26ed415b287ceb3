"""A chosen file's bytes, read once and whole, and its name as it can be shown.

Other programs write to files while they are read: a browser that is not done, a folder in the cloud. Half of one
version with half of another would be evidence that nobody ever published, so what changed meanwhile is refused.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from annotate.errors import ImportRefused

LARGEST = 200 * 1024 * 1024
"""Bytes of one file; its bytes, its text and the parser's copy of both are in memory at the same time."""

_PIECE = 16 * 1024 * 1024
"""Bytes read at once."""
# Line ends and commands to a terminal, what turns the writing direction round, and bytes that are no letters.
_NOT_SHOWN = re.compile(
    "[\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def contents_of(path: Path) -> bytes:
    """All bytes of one ordinary file of up to LARGEST bytes.

    Raises ImportRefused, with one sentence naming the file, for whatever stands in the way.
    """
    name = shown_name(path)
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            with_contents = any(path.iterdir())
            raise ImportRefused(f"{name} is a folder{'' if with_contents else ' with nothing in it'}; choose files.")
        _refuse_unusual(before, name)
        # A pipe that has taken the file's place by now would be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            opened = os.fstat(handle)
            _refuse_unusual(opened, name)
            data = _read(handle)
            unchanged = _identity(opened) == _identity(os.fstat(handle)) and len(data) == opened.st_size
        finally:
            os.close(handle)
        unchanged = unchanged and _identity(before) == _identity(path.stat())
    except FileNotFoundError as error:
        raise ImportRefused(f"{name} is not there any more; it was moved, renamed or deleted.") from error
    except PermissionError as error:
        raise ImportRefused(f"{name} cannot be opened: you have no permission to read it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name or its drive is not usable"
        raise ImportRefused(f"{name} cannot be opened: {reason}.") from error
    if not unchanged:
        raise ImportRefused(
            f"{name} changed while it was read; wait until the program that writes it is done, and import it again."
        )
    return data


def shown_name(path: Path) -> str:
    """A file's name without folders, on one line; what has no letter of its own is shown as U+FFFD."""
    return _NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", path.name or str(path))


def too_large(name: str, size: int) -> ImportRefused:
    """The sentence for a file of so many bytes."""
    return ImportRefused(
        f"{name} has {size / 1024**2:,.0f} MB; Provenote reads files of up to {LARGEST // 1024**2} MB. Split it."
    )


def _refuse_unusual(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ImportRefused(f"{name} is not an ordinary file; save what it holds as a file and import that.")
    if status.st_size > LARGEST:
        raise too_large(name, status.st_size)


def _read(handle: int) -> bytes:
    """Up to the end, or a byte beyond LARGEST where a file grows without one."""
    pieces: list[bytes] = []
    left = LARGEST + 1
    while left and (piece := os.read(handle, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _identity(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
