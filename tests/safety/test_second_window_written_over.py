"""Whoever has a project open has its name, too: nothing is written over it, and nothing else gets that name, while the
owner works, also where the file itself was taken away meanwhile."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.erasing import copy_without_history
from annotate.errors import PerhapsInUse, ProjectInUse
from annotate.exchange.archive import project_from_archive, write_archive
from annotate.integrity import check_project
from annotate.project import Project
from annotate.salvage import salvage
from annotate.store import ownership
from annotate.store.ownership import Ownership, side_file
from tests.annotate.drafts import files_beside, take_in
from tests.safety.colleagues import colleague

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes as only POSIX does")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    folder.mkdir()
    with Project.create(folder / "flood.pnote", "Ana") as project:
        take_in(project)
    return project.path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "mine.pnote", "Zoé") as project:
        write_archive(project.read, tmp_path / "mine.json")
    return project.path


def by_copying(mine: Path, target: Path) -> None:
    with Project.view(mine, "Zoé") as project:
        project.save_copy(target)


def by_creating(_mine: Path, target: Path) -> None:
    Project.create(target, "Zoé").close()


def by_copying_without_history(mine: Path, target: Path) -> None:
    with Project.view(mine, "Zoé") as project:
        copy_without_history(project.read, target)


def by_saving_what_can_be_saved(mine: Path, target: Path) -> None:
    salvage(mine, target, analyst="Zoé")


def by_an_archive(mine: Path, target: Path) -> None:
    project_from_archive(mine.with_suffix(".json"), target)


Making = Callable[[Path, Path], None]
MAKING = [by_copying, by_creating, by_copying_without_history, by_saving_what_can_be_saved, by_an_archive]


def test_a_copy_is_not_written_over_a_project_that_somebody_has_open(path: Path, mine: Path) -> None:
    with colleague(path) as owner:
        owner.write()
        before = files_beside(path)
        with pytest.raises(ProjectInUse, match=r"flood\.pnote is open already: Büşra on .* since .*Close it there"):
            by_copying(mine, path)
        assert files_beside(path) == before
        owner.write()
        owner.leave()
    with Project.open(path, "Ana") as project:
        assert [source.name for source in project.read.sources()] == ["Büşra 1 🌊", "Büşra 2 🌊"]
        assert len(project.read.articles()) == 1
        assert check_project(project.read) == []


@pytest.mark.parametrize("make", MAKING)
def test_the_name_of_a_project_that_is_open_is_given_to_no_other(path: Path, mine: Path, make: Making) -> None:
    """Also where somebody has moved the file meanwhile: what the owner writes lies beside that name."""
    moved = path.with_name("moved.pnote")
    with colleague(path) as owner:
        shutil.move(path, moved)
        before = files_beside(path)
        with pytest.raises(ProjectInUse, match="Büşra"):
            make(mine, path)
        assert files_beside(path) == before
        shutil.move(moved, path)
        owner.write()
        owner.leave()
    with Project.open(path, "Ana") as project:
        assert len(project.read.sources()) == 1
        assert check_project(project.read) == []


@pytest.mark.parametrize("make", MAKING)
def test_a_project_that_was_made_is_free_and_nothing_lies_beside_it(mine: Path, tmp_path: Path, make: Making) -> None:
    target = tmp_path / "new" / "new [1].pnote"
    target.parent.mkdir()
    make(mine, target)
    assert files_beside(target) == [target.name]
    with Project.open(target, "Ana") as project:
        assert project.after_crash == ""


def test_a_copy_is_written_over_what_a_killed_owner_left(path: Path, mine: Path) -> None:
    with colleague(path) as owner:
        owner.write()
        owner.kill()
    by_copying(mine, path)
    assert files_beside(path) == [path.name]
    with Project.open(path, "Ana") as project:
        assert project.read.articles() == []
        assert check_project(project.read) == []


def test_a_copy_is_not_written_over_what_another_computer_may_have_open(
    path: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"host": "elsewhere", "pid": 1, "analyst": "Büşra", "since": "2026-11-27T08:00:00+00:00"}
    side_file(path).write_text(json.dumps(words), encoding="utf-8")
    shared = type("Shared", (), {"is_shared": True})()
    monkeypatch.setattr(ownership, "place_of", lambda _path: shared)
    before = path.read_bytes()
    with pytest.raises(PerhapsInUse, match=r"flood\.pnote may be open on another computer: Büşra on elsewhere"):
        by_copying(mine, path)
    assert path.read_bytes() == before


def test_where_there_are_no_locks_a_copy_can_be_written_all_the_same(
    path: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can have a project open there."""

    def none(*_words: object, **_more: object) -> bool:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(ownership, "lock", none)
    by_copying(mine, path)
    monkeypatch.undo()
    assert files_beside(path) == [path.name]
    with Project.open(path, "Ana") as project:
        assert project.read.articles() == []


def test_where_the_lock_of_somebody_cannot_be_written_it_still_counts(
    path: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of several people, each writes lock files of their own that others may only read."""
    real = ownership.os.open

    def refused(name: object, *words: int) -> int:
        if str(name).endswith(".owner"):
            raise PermissionError(13, "Permission denied")
        return real(name, *words)  # type: ignore[call-overload, no-any-return]

    owner = Ownership.take(path, "Büşra")
    before = path.read_bytes()
    monkeypatch.setattr(ownership.os, "open", refused)
    with pytest.raises(ProjectInUse, match="Büşra"):
        by_copying(mine, path)
    monkeypatch.undo()
    owner.release()
    assert path.read_bytes() == before
