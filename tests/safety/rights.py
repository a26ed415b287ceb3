"""Somebody without the rights of an administrator, for whom a read-only file is read-only."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION = 0x20080522
_OVERRIDE = (1 << 1) | (1 << 2)
"""What lets root read and write whatever the rights of a file say (capabilities(7))."""


@contextmanager
def without_rights() -> Iterator[None]:
    """Whoever runs the tests has no more rights than their files give: to root nothing is read-only."""
    if os.name != "posix":
        pytest.skip("rights of files are told otherwise here")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("to root nothing is read-only")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    before = (ctypes.c_uint32 * 6)()
    if libc.capget(header, before) != 0:
        pytest.skip("root cannot lay down its rights here")
    less = (ctypes.c_uint32 * 6)(*before)
    less[0] &= ~_OVERRIDE
    if libc.capset(header, less) != 0:
        pytest.skip("root cannot lay down its rights here")
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


def read_only(path: Path, *, folder: bool = False, file: bool = True) -> None:
    """Take the right to write a file, its folder, or both, from everybody."""
    if file:
        path.chmod(0o444)
    if folder:
        path.parent.chmod(0o555)


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of writing of every file in a folder, by its name."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
