"""Erasing that happened and could not go on: what is told is so, and whoever opens the project next finishes it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from annotate import project as project_module
from annotate.backups import backups_of, make_backup
from annotate.erasing import Wish, erase, plan_erasing, prepare_erasing, replace_project
from annotate.erasing_note import ErasingNote, is_unfinished, noted_erasing
from annotate.errors import EraseFailed, NotReopened, ProjectError
from annotate.project import Project
from tests.annotate.works import everything_is_whole
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import found_in


@pytest.fixture
def article_id(project: Project) -> int:
    """What is to be erased; a backup holds it."""
    secret, _other = taken(project)
    make_backup(project.path)
    return secret.id


@pytest.fixture(params=["the disk", "SQLite", "the program"])
def not_reopened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file cannot be opened again, the first time it is tried."""
    error = {
        "the disk": OSError(28, "No space left on device"),
        "SQLite": OperationalError("PRAGMA", (), Exception("unable to open database file")),
        "the program": ProjectError("It is damaged."),
    }[request.param]
    open_file, errors = project_module.open_file, [error]

    def opened(*asked: object) -> object:
        if errors:
            raise errors.pop()
        return open_file(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(project_module, "open_file", opened)


def erased(project: Project, article_id: int) -> None:
    erase(project, plan_erasing(project.read, project.path, Wish((article_id,))))


@pytest.mark.usefixtures("not_reopened")
def test_what_is_erased_and_not_opened_again_is_told_and_finished_at_the_next_opening(
    project: Project, article_id: int
) -> None:
    with pytest.raises(NotReopened, match="It is erased for good") as told:
        erased(project, article_id)
    assert "Nothing was erased" not in str(told.value)
    assert project.is_closed
    with Project.open(project.path, "Ana") as again:
        assert again.read.article(article_id) is None
        everything_is_whole(again)
        assert len(backups_of(again.path)) == 1
    assert found_in(project.path.parent, *NEEDLES) == []
    assert not is_unfinished(project.path)


@pytest.mark.usefixtures("not_reopened")
def test_what_is_neither_erased_nor_opened_again_is_told_so(
    project: Project, article_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path, _fresh: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(project_module, "take_the_place_of", fails)
    with pytest.raises(NotReopened, match="Nothing was erased"):
        erased(project, article_id)
    assert not is_unfinished(project.path)
    with Project.open(project.path, "Ana") as again:
        assert again.read.article(article_id) is not None
        assert len(backups_of(again.path)) == 1


def test_what_was_not_put_in_place_leaves_no_note(
    project: Project, article_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path, _fresh: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(project_module, "take_the_place_of", fails)
    with pytest.raises(EraseFailed, match="Nothing was erased"):
        erased(project, article_id)
    assert not is_unfinished(project.path)
    assert project.read.article(article_id) is not None


def test_a_project_that_cannot_be_read_keeps_the_note_of_what_is_left_to_do(project: Project, article_id: int) -> None:
    """As an erasing leaves it that was killed before it came to the backups."""
    plan = plan_erasing(project.read, project.path, Wish((article_id,)))
    replace_project(project, prepare_erasing(project.read, project.path, plan, analyst_id=project.analyst_id))
    project.close()
    assert is_unfinished(project.path)
    whole = project.path.read_bytes()
    project.path.write_bytes(whole[:100] + b"\xff" * 3_900 + whole[4_000:])
    with pytest.raises(ProjectError):
        Project.open(project.path, "Ana")
    assert is_unfinished(project.path)
    project.path.write_bytes(whole)
    Project.open(project.path, "Ana").close()
    assert not is_unfinished(project.path)
    assert found_in(project.path.parent, *NEEDLES) == []


def test_the_note_is_on_the_disk_whole_before_it_has_its_name(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []

    def watched(number: int) -> None:
        if stat.S_ISREG(os.fstat(number).st_mode):
            synced.append(os.pread(number, 1_000, 0))

    monkeypatch.setattr(os, "fsync", watched)
    step, backup = uuid4(), project.path.with_name("a.pnote")
    note = ErasingNote.begin(project.path, step, [backup])
    assert any(step.hex.encode() in words for words in synced)
    assert noted_erasing(project.path, [backup]) == note
    note.end()
    assert [path.name for path in project.path.parent.iterdir() if "erasing" in path.name] == []


def test_a_note_that_cannot_be_read_at_the_moment_is_not_thrown_away(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ErasingNote.begin(project.path, uuid4(), [])

    def fails(_path: Path, **_more: str) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_text", fails)
    assert noted_erasing(project.path, []) is None
    assert is_unfinished(project.path)


def test_a_note_that_nests_without_end_is_no_note_and_keeps_nobody_out(project: Project) -> None:
    note = ErasingNote.begin(project.path, uuid4(), ())
    note.note.write_text("[" * 100_000, encoding="utf-8")
    assert noted_erasing(project.path, ()) is None
    assert not note.note.exists()
