"""What is refused is told in one sentence and stays byte for byte as it was, and nothing is left beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.project import Project, reading, uid_of
from annotate.store.migrations import NEWEST
from tests.annotate.drafts import files_beside
from tests.safety.whole_project import altered, whole_bytes, whole_project


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def words(path: Path) -> None:
    path.write_text("Überblick 🌊 قال\n" * 200, encoding="utf-8")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(100_000))


def half_a_header(path: Path) -> None:
    path.write_bytes(whole_bytes()[:60])


def somebody_elses(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    altered(whole_project(path.parent), f"PRAGMA user_version = {NEWEST + 1}")


def newer_in_its_log(path: Path) -> None:
    """As a crash of a newer version leaves it: the file says this version, the log the next one."""
    whole_project(path.parent)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute(f"PRAGMA user_version = {NEWEST + 1}")
    kept = path.read_bytes(), path.with_name("case.pnote-wal").read_bytes()
    raw.close()
    path.write_bytes(kept[0])
    path.with_name("case.pnote-wal").write_bytes(kept[1])


def strange_in_its_log(path: Path) -> None:
    whole_project(path.parent)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE VIEW v AS SELECT 1")
    kept = path.read_bytes(), path.with_name("case.pnote-wal").read_bytes()
    raw.close()
    path.write_bytes(kept[0])
    path.with_name("case.pnote-wal").write_bytes(kept[1])


def strange_in_its_journal(path: Path) -> None:
    """As a crash on a network drive leaves it: to look into it whole, the journal beside it must be rolled back."""
    altered(whole_project(path.parent), "CREATE VIEW v AS SELECT 1")
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.execute("UPDATE spans SET before = before || 'x'")
    raw.execute("UPDATE text_bodies SET body = body || 'x'")
    kept = path.read_bytes(), path.with_name("case.pnote-journal").read_bytes()
    raw.execute("ROLLBACK")
    raw.close()
    path.write_bytes(kept[0])
    path.with_name("case.pnote-journal").write_bytes(kept[1])


def cut_in_half(path: Path) -> None:
    path.write_bytes(whole_bytes()[: len(whole_bytes()) // 2])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (nothing, "is empty (0 bytes)"),
        (words, "is not a Provenote project"),
        (zeros, "is not a Provenote project"),
        (half_a_header, "is not a Provenote project"),
        (somebody_elses, "is not a Provenote project"),
        (newer, "was made by a newer version of Provenote"),
        (newer_in_its_log, "was made by a newer version of Provenote"),
        (strange_in_its_log, "holds a view “v”"),
        (strange_in_its_journal, "holds a view “v”"),
        (cut_in_half, "is damaged"),
    ],
)
def test_what_is_refused_is_named_and_stays_as_it_was(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    path = tmp_path / "case.pnote"
    make(path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    for look in (Project.open, Project.view, lambda path: reading(path).__enter__()):
        with pytest.raises(ProjectError) as told:
            look(path)
        assert str(told.value).startswith("case.pnote ")
        assert said in str(told.value)
        assert "\n" not in str(told.value)
        assert uid_of(path) is None
        assert files_beside(path) == sorted(before)
        assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
