"""A name made free for a whole project file: what a crash left there goes under another one and is kept.

Why it exists: SQLite takes any log that lies beside a file for that file's. A new file under the name of a project that
crashed and was taken away would be read with pages of the old one, and be neither; and the log that did it may hold the
last work of somebody who has only moved the file. So it is kept, and never read into another one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotate.unfinished import BESIDE, name_beside, put_in_place, settle

TIME = "%Y-%m-%d %H.%M.%SZ"
"""How a time in UTC stands in names of files."""
_LONGEST_STEM = 150
"""Bytes of a project's name in those that are made of it; the whole name may have 255."""
_LOGS = BESIDE[:2]
"""All but what SQLite makes anew by itself."""


def short_stem(project: Path) -> str:
    """As much of a project's name as has room in one that is made of it; bytes in it may be no text."""
    whole = os.fsencode(project.stem)
    return project.stem if len(whole) <= _LONGEST_STEM else whole[:_LONGEST_STEM].decode(errors="ignore")


def logs_of(project: Path) -> list[Path]:
    """What lies beside a project's name and SQLite would read with the file; empty ones are nothing."""
    beside = (project.with_name(project.name + ending) for ending in _LOGS)
    return [log for log in beside if _size(log)]


@contextmanager
def set_aside(project: Path, now: datetime | None = None) -> Iterator[Path | None]:
    """Keep what stands at a project's name under another one while the block puts something else there.

    Gives the other name, None where there is nothing to keep. Only for who owns the project. `now` is in UTC. Killed at
    any moment, all of it is there under one of the two names; where the block fails, under its own. Raises OSError.
    """
    logs = logs_of(project)
    there = [*logs, project] if project.exists() else logs
    aside = _free_name(project, now or datetime.now(UTC))
    kept: dict[Path, Path] = {}
    before = {path: _identity(path) for path in there}
    try:
        for path in there:
            other = aside.with_name(aside.name + path.name.removeprefix(project.name))
            _name_also(path, other)
            kept[path] = other
        if logs:
            settle(project.parent)
            # The file first: without its log it would be an earlier state, and nobody would see that it is one.
            for path in reversed(there):
                path.unlink()
        for ending in BESIDE:  # empty logs
            project.with_name(project.name + ending).unlink(missing_ok=True)
        settle(project.parent)
        yield aside if there else None
    except BaseException:
        for path, other in kept.items():
            with suppress(OSError):  # it is there under the other name then
                if not path.exists():
                    _name_also(other, path)
                elif _identity(path) != before[path]:
                    continue  # what was put there stands there
                other.unlink()
        raise


def put_in_new_place(growing: Path, target: Path) -> None:
    """Give a finished project file a name that no file has, with nothing beside it. Raises FileExistsError, OSError."""
    if target.exists():
        raise FileExistsError(target)
    with set_aside(target):
        put_in_place(growing, target, over=False)


def _name_also(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:  # a file system where a file has one name only
        copy = name_beside(other)
        try:
            shutil.copyfile(path, copy)
            put_in_place(copy, other, over=False)
        finally:
            copy.unlink(missing_ok=True)


def _free_name(project: Path, now: datetime) -> Path:
    while True:
        aside = project.with_name(f"{short_stem(project)} (set aside {now:{TIME}}).pnote")
        if not any(aside.with_name(aside.name + ending).exists() for ending in ("", *_LOGS)):
            return aside
        now += timedelta(seconds=1)


def _identity(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
