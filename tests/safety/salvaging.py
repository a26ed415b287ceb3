"""What salvage makes of a damaged project, and where in its file things stand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from annotate.integrity import check_project
from annotate.project import Project
from annotate.salvage import Salvaged, salvage, saved_name
from annotate.store.archive import TABLES

PAGE = 4096


def page_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in TABLES}


def saved(path: Path) -> Salvaged:
    """What salvage makes of a file; the file stays as it is, and what is made is whole and can be worked on."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    salvaged = salvage(path, saved_name(path))
    for name, content in before.items():
        assert (path.parent / name).read_bytes() == content, name
    assert salvaged.problems == ()
    with Project.open(salvaged.target, "Ben") as project:
        assert check_project(project.read) == []
    return salvaged
