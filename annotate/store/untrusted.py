"""Looking into a project file before it is trusted, and leaving no trace of the look.

Why it exists: a file may come from a stranger, or be damaged. It is opened read-only, with everything switched off
that could run something or lead astray, its schema is compared with the known one, and what takes longer than looking
through a file of its size can take is stopped. What is refused is byte for byte what it was, with nothing beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotate.errors import ProjectError
from annotate.store.faults import NOT_READ, damaged, kind_of, not_opened, not_read, strange
from annotate.store.known_schema import oddity_of_schema, oddity_of_values
from annotate.store.migrations import NEWEST
from annotate.store.opening import looking_at
from annotate.store.setting_aside import logs_of

_STEPS_BETWEEN_LOOKS = 10_000
_LEAST_STEPS = 20_000_000
"""Of SQLite's virtual machine, a second or so."""
_STEPS_A_BYTE = 4
"""A row of fifteen columns takes some fifty steps to look at and has more than that many bytes."""
_STEPS_FOR_VALUES = 8_000_000
"""A tenth of a second: the values of 200,000 rows or so are looked at on opening, what comes after them is not."""
_SMALL = 16 * 2**20
"""Bytes of a file whose pages are all looked at on opening; of a larger one only what is read."""


def judge(path: Path, *, is_thorough: bool = True) -> None:
    """Look into an existing project file before anything else is done with it.

    Its schema is compared, and where it is to be worked on (`is_thorough`), the pages of a small file and the kinds of
    its values are looked at too. Raises StrangeProject, ProjectDamaged or ProjectError with a sentence.
    """
    try:
        _judge_length(path)
        with looking_at(path) as raw:
            judge_opened(raw, path, is_thorough=is_thorough)
    except NOT_READ as error:
        raise not_opened(error, path.name) from error
    except OSError as error:
        raise not_read(error, path.name) from error


def judge_opened(raw: sqlite3.Connection, path: Path, *, is_thorough: bool = True) -> None:
    """The same for a file, or a copy of all its pages, that is open already."""
    try:
        version = _judge_schema(raw, path)
        if is_thorough and path.stat().st_size <= _SMALL:
            _judge_pages(raw, path)
        if is_thorough and version == NEWEST:
            _judge_values(raw, path)
    except NOT_READ as error:
        raise not_opened(error, path.name) from error


@contextmanager
def stopped_after(raw: sqlite3.Connection, steps: int) -> Iterator[None]:
    """Whatever is asked in the block is interrupted after so many steps of SQLite's machine in all."""
    looks = 0

    def is_too_long() -> bool:
        nonlocal looks
        looks += 1
        return looks * _STEPS_BETWEEN_LOOKS > steps

    raw.set_progress_handler(is_too_long, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def _judge_schema(raw: sqlite3.Connection, path: Path) -> int:
    with stopped_after(raw, _steps_for(path)):
        [(version,)] = raw.execute("PRAGMA user_version").fetchall()
        if not 1 <= version <= NEWEST:
            raise ProjectError(f"{path.name} was made by a newer version of Provenote, or was never finished.")
        if oddity := oddity_of_schema(raw, version):
            raise strange(path.name, oddity)
    return int(version)


def _judge_length(path: Path) -> None:
    """A file that was cut off within its last page is read by SQLite as if the rest were zeros."""
    with path.open("rb") as file:
        header = file.read(100)
    size = int.from_bytes(header[16:18], "big")
    is_told = header[24:28] == header[92:96]  # by whoever wrote to it last
    is_cut = is_told and path.stat().st_size < int.from_bytes(header[28:32], "big") * (65536 if size == 1 else size)
    if is_cut and not any(log.name.endswith("-wal") for log in logs_of(path)):
        raise damaged(path.name, "the end of the file is missing")


def _judge_pages(raw: sqlite3.Connection, path: Path) -> None:
    [*lines] = raw.execute("PRAGMA quick_check(1)")
    if lines != [("ok",)]:
        raise damaged(path.name, str(lines[0][0]))


def _judge_values(raw: sqlite3.Connection, path: Path) -> None:
    try:
        with stopped_after(raw, _STEPS_FOR_VALUES):
            oddity = oddity_of_values(raw)
    except sqlite3.OperationalError as error:
        if kind_of(error) != sqlite3.SQLITE_INTERRUPT:
            raise
        return  # a large project: the rest is left to the check
    if oddity:
        raise strange(path.name, oddity)


def _steps_for(path: Path) -> int:
    return _LEAST_STEPS + _STEPS_A_BYTE * path.stat().st_size
