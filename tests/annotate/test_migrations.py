"""A project of every older version opens, holds what it held, and is like one that was made today."""

import gzip
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.history import undo
from annotate.integrity import check_project
from annotate.project import Project
from annotate.store.migrations import NEWEST
from annotate.vocabulary import Kind

STORED = sorted((Path(__file__).parent / "schemas").glob("*.gz"))


@pytest.fixture(params=STORED, ids=lambda file: file.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.pnote"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def shape_of(project: Project) -> dict[str, object]:
    """Tables with their columns, references and indexes, whatever words made them."""
    run = project.read.connection.exec_driver_sql
    names = [name for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'") if name[:6] != "sqlite"]
    return {
        name: {
            "columns": {(row[1], row[3], row[5]) for row in run(f"PRAGMA table_info({name})")},
            "references": {(row[2], row[3], row[4]) for row in run(f"PRAGMA foreign_key_list({name})")},
            "indexes": {row[1] for row in run(f"PRAGMA index_list({name})")},
        }
        for name in names
    }


def test_there_is_a_stored_project_of_every_older_version() -> None:
    assert [file.name for file in STORED] == [f"version-{number}.pnote.gz" for number in range(1, NEWEST)]


def test_an_old_project_has_the_shape_of_a_new_one(old: Path, project: Project) -> None:
    with Project.open(old, "Ana") as opened:
        assert shape_of(opened) == shape_of(project)


def test_an_old_project_holds_what_it_held_and_can_be_worked_on(old: Path) -> None:
    with Project.open(old, "Ana") as opened:
        assert check_project(opened.read) == []
        claim, figure, mention = opened.read.annotations()
        assert (claim.words, claim.note) == ("At least 900 people left their homes", "see 🌊")
        assert (figure.figure.low, figure.figure.counted) == (900, "people")
        assert opened.read.attributions([claim.id])[0].source_id == mention.mention.source_id
        assert opened.read.checks()[0].looked_at == "خريطة"
        assert opened.read.project_info().columns == {}
        assert opened.read.exports() == []
        assert undo(opened) is not None
        assert opened.read.annotation(claim.id).note == ""  # type: ignore[union-attr]
        do.mark(opened, claim.article_id, Kind.CLAIM, claim.spans)
        assert check_project(opened.read) == []
