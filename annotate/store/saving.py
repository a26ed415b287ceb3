"""A new project file made of the rows of one that cannot be trusted, and what became of them.

Why it exists: a file that SQLite can read whole is read through SQLite, which is quick and never wrong; any other one
page by page. Either way the same is done with the rows: refilling.py, kinship.py, agreement.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from annotate.called import called, what_it_is
from annotate.errors import ProjectDamaged
from annotate.store.agreement import Agreement, ReadAgain
from annotate.store.engine import create_file, driver_connection
from annotate.store.kinship import Kinship
from annotate.store.odd_rows import OddRows
from annotate.store.opening import looking_at
from annotate.store.pages import Pages
from annotate.store.refilling import Findings, Refill, RowSource
from annotate.store.untrusted import stopped_after
from annotate.writing import Progress, report

_STEPS = 200_000_000
_STEPS_A_BYTE = 40
_COUNTED = ("articles", "texts", "annotations", "sources", "tags", "checks", "files", "steps")


@dataclass(frozen=True, slots=True)
class SavedRows:
    """How many rows of each kind are in the new file, and sentences about those that are lost or not what they were."""

    counts: dict[str, int]
    lost: tuple[str, ...]
    changed: tuple[str, ...]
    unreadable_pages: int


def save_rows(source: Path, target: Path, read_again: ReadAgain, progress: Progress) -> SavedRows:
    """Make a new file at `target`, whole or not at all. `read_again` gives texts back out of files.

    Raises ProjectError, and ExportCancelled.
    """
    for way in (_through_sqlite, _page_by_page):
        try:
            with way(source) as rows:
                return _filled(source, target, rows, read_again, progress)
        except (sqlite3.DatabaseError, DatabaseError, UnicodeDecodeError, OSError) as error:
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
    raise ProjectDamaged(f"Nothing of {source.name} could be saved ({reason.rstrip('.')}). Keep it all the same.")


def _filled(source: Path, target: Path, rows: OddRows | Pages, read_again: ReadAgain, progress: Progress) -> SavedRows:
    findings = Findings()
    saved: list[SavedRows] = []

    def fill(connection: Connection) -> None:
        raw = driver_connection(connection)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("BEGIN IMMEDIATE")
        _fill(raw, rows, findings, source, read_again, progress)
        raw.execute("COMMIT")
        counts = {name: _count(raw, name) for name in _COUNTED}
        saved.append(SavedRows(counts, *_told(raw, findings), len(rows.unreadable)))

    connection = create_file(target, fill)
    connection.close()
    connection.engine.dispose()
    return saved[0]


def _fill(
    raw: sqlite3.Connection,
    rows: RowSource,
    findings: Findings,
    source: Path,
    read_again: ReadAgain,
    progress: Progress,
) -> None:
    Refill(raw, rows, findings, source.name).fill(progress)
    if not any(_count(raw, name) for name in ("projects", "articles", "annotations", "text_bodies", "sources")):
        raise ProjectDamaged(f"Nothing of a project could be found in {source.name}. Keep it all the same.")
    Kinship(raw, findings, source.stem).mend()
    report(progress, 98, 100, source.name)
    Agreement(raw, findings, read_again).reach(rows.sequence())
    report(progress, 99, 100, source.name)


@contextmanager
def _through_sqlite(path: Path) -> Iterator[OddRows]:
    """Raises sqlite3.DatabaseError where SQLite cannot read the file whole, and OSError."""
    with looking_at(path) as raw, stopped_after(raw, _STEPS + _STEPS_A_BYTE * path.stat().st_size):
        lines = raw.execute("PRAGMA quick_check(1)").fetchall()
        if lines != [("ok",)]:
            raise sqlite3.DatabaseError(str(lines[0][0]))
        yield OddRows(raw)


@contextmanager
def _page_by_page(path: Path) -> Iterator[Pages]:
    with Pages(path) as pages:
        yield pages


def _count(raw: sqlite3.Connection, name: str) -> int:
    return int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])


def _told(raw: sqlite3.Connection, findings: Findings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = [
        tuple(dict.fromkeys(f"{_name(raw, table, row_id)}: {said}." for table, row_id, said in kind))
        for kind in (findings.lost, findings.changed)
    ]
    return named[0], named[1]


def _name(raw: sqlite3.Connection, table: str, row_id: object) -> str:
    """What an analyst knows a row by; of articles and sources with the title or name."""

    def find(name: str, number: int) -> dict[str, Any]:
        asked = raw.execute(f'SELECT * FROM "{name}" WHERE id = ?', (number,))
        row = asked.fetchone()
        return {} if row is None else {column[0]: value for column, value in zip(asked.description, row, strict=True)}

    if not isinstance(row_id, int):  # contents are known by a checksum, which says nothing to anybody
        return what_it_is(table)
    name = called(table, row_id, find)
    title = {"articles": "title", "sources": "name"}.get(table)
    if name and title is not None:
        return f"{name} “{find(table, row_id).get(title) or ''}”".removesuffix(" “”")
    return name or f"{what_it_is(table)} {row_id}"
