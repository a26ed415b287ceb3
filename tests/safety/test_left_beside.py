"""SQLite reads any log that lies beside a file as that file's, so a new project must get a name with nothing beside it;
and what a crash left there is the last work of somebody, so it is kept."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.erasing import copy_without_history
from annotate.errors import ProjectError
from annotate.exchange.archive import project_from_archive, write_archive
from annotate.integrity import check_project
from annotate.project import Project
from annotate.salvage import salvage
from tests.annotate.drafts import BOATS, FLOOD, files_beside, take_in

NAME = "flood [1] 🌊.pnote"


def crashed(path: Path, text: str = FLOOD) -> Path:
    """A project at `path` as a crash leaves it: an article in the file, another one in the log alone."""
    working = path.with_name("working") / path.name
    working.parent.mkdir()
    with Project.create(working, "Ana", "As it was") as project:
        take_in(project, text)
        project.fold_in()
        take_in(project, f"{text} once more", "again.txt")
        for ending in ("", "-wal", "-shm"):
            shutil.copy(working.with_name(working.name + ending), path.with_name(path.name + ending))
    shutil.rmtree(working.parent)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    return folder / NAME


@pytest.fixture
def left(path: Path) -> bytes:
    """What lies in the log of a project that crashed, and whose file somebody has taken away."""
    crashed(path).unlink()
    return path.with_name(f"{NAME}-wal").read_bytes()


@pytest.fixture
def boats(tmp_path: Path) -> Path:
    """Another project, with one article."""
    path = tmp_path / "boats.pnote"
    with Project.create(path, "Ana", "Boats") as project:
        take_in(project, BOATS, "boats.txt")
    return path


def by_creating(_boats: Path, target: Path) -> None:
    with Project.create(target, "Ana", "Boats") as project:
        take_in(project, BOATS, "boats.txt")


def by_copying(boats: Path, target: Path) -> None:
    with Project.open(boats) as project:
        project.save_copy(target)


def by_copying_without_history(boats: Path, target: Path) -> None:
    with Project.open(boats) as project:
        copy_without_history(project.read, target)


def by_saving_what_can_be_saved(boats: Path, target: Path) -> None:
    salvage(boats, target)


def by_an_archive(boats: Path, target: Path) -> None:
    archive = boats.with_suffix(".json")
    with Project.open(boats) as project:
        write_archive(project.read, archive)
    project_from_archive(archive, target)


Making = Callable[[Path, Path], None]
MAKING = [by_creating, by_copying, by_copying_without_history, by_saving_what_can_be_saved, by_an_archive]


def assert_holds_boats(path: Path) -> None:
    with Project.open(path) as project:
        assert project.read.project_info().title == "Boats"
        assert [project.read.body(article.text_id) for article in project.read.articles()] == [BOATS]
        assert check_project(project.read) == []


@pytest.mark.parametrize("make", MAKING)
def test_a_new_project_reads_nothing_of_a_log_that_lay_at_its_name(
    boats: Path, path: Path, left: bytes, make: Making
) -> None:
    make(boats, path)
    assert_holds_boats(path)


@pytest.mark.parametrize("make", MAKING)
def test_the_log_that_lay_there_is_kept_and_goes_with_its_file_again(
    boats: Path, path: Path, tmp_path: Path, make: Making
) -> None:
    shutil.move(crashed(path), tmp_path / "taken away.pnote")
    make(boats, path)
    [log] = [name for name in files_beside(path) if name.startswith("flood [1] 🌊 (set aside ")]
    assert log.endswith("Z).pnote-wal")
    again = path.with_name(log.removesuffix("-wal"))
    shutil.move(tmp_path / "taken away.pnote", again)
    with Project.open(again) as project:
        assert len(project.read.articles()) == 2
        assert check_project(project.read) == []


@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
def test_what_is_empty_or_holds_no_work_is_not_kept(path: Path, ending: str) -> None:
    beside = path.with_name(NAME + ending)
    beside.write_bytes(b"\0" * 32_768 if ending == "-shm" else b"")
    Project.create(path).close()
    assert files_beside(path) == [NAME]


def test_a_rollback_journal_is_kept_as_well(path: Path) -> None:
    path.with_name(f"{NAME}-journal").write_bytes(b"pages as they were")
    Project.create(path).close()
    kept, new = files_beside(path)
    assert (new, kept[-8:]) == (NAME, "-journal")
    assert path.with_name(kept).read_bytes() == b"pages as they were"


def test_a_name_that_is_taken_is_refused_and_what_lies_beside_it_stays(path: Path, boats: Path) -> None:
    crashed(path)
    before = {name: path.with_name(name).read_bytes() for name in files_beside(path)}
    for make in (by_creating, by_copying_without_history, by_saving_what_can_be_saved, by_an_archive):
        with pytest.raises(ProjectError, match="is there already"):
            make(boats, path)
    assert {name: path.with_name(name).read_bytes() for name in files_beside(path)} == before


def test_a_copy_written_over_a_crashed_project_holds_nothing_of_it(path: Path, boats: Path) -> None:
    by_copying(boats, crashed(path))
    assert files_beside(path) == [NAME]
    assert_holds_boats(path)


def test_a_copy_is_not_written_over_a_file_whose_log_cannot_be_folded_in(path: Path, boats: Path) -> None:
    path.write_bytes(b"no project, but somebody's")
    path.with_name(f"{NAME}-wal").write_bytes(b"and what belongs to it")
    with pytest.raises(ProjectError, match=r"flood \[1\] 🌊\.pnote-wal.*Choose another name"):
        by_copying(boats, path)
    assert path.read_bytes() == b"no project, but somebody's"
    assert path.with_name(f"{NAME}-wal").read_bytes() == b"and what belongs to it"
    assert len(files_beside(path)) == 2


def test_nothing_is_set_aside_where_the_new_project_does_not_come_to_be(
    path: Path, left: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_names: object) -> None:
        raise OSError(5, "Input/output error")

    before = files_beside(path)
    monkeypatch.setattr("annotate.unfinished._rename_to_new", refused)
    with pytest.raises(ProjectError, match="Input/output error"):
        Project.create(path)
    assert [name for name in files_beside(path) if not name.endswith("-shm")] == [
        name for name in before if not name.endswith("-shm")
    ]
    assert path.with_name(f"{NAME}-wal").read_bytes() == left


@pytest.mark.skipif(os.name != "posix", reason="replaces os.link, as only POSIX has it everywhere")
def test_a_file_system_without_links_keeps_it_as_well(
    path: Path, left: bytes, boats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_names: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    by_copying(boats, path)
    assert_holds_boats(path)
    [log] = [name for name in files_beside(path) if name.endswith("-wal")]
    assert path.with_name(log).read_bytes() == left


def test_a_project_that_crashed_is_untouched_by_its_neighbours(path: Path, boats: Path) -> None:
    crashed(path)
    by_copying(boats, path.with_name("flood [1].pnote"))
    with Project.open(path) as project:
        do.edit_project(project, note="goes on")
        assert len(project.read.articles()) == 2
