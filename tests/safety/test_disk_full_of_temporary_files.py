"""What a crash left in a rollback journal is looked into in a copy among the system's temporary files; where there is
no room for it, that is told in a sentence, and what can be saved is saved without it."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.project import Project, reading
from annotate.salvage import salvage
from annotate.store import pages
from tests.annotate.drafts import files_beside
from tests.safety.whole_project import altered, whole_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of which a crash has left a change half done in the file, and the pages before it in a journal."""
    folder = tmp_path / "case"
    folder.mkdir()
    path = whole_project(folder)
    altered(path)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.execute("UPDATE annotations SET note = note || 'half done'")
    raw.execute("UPDATE changes SET after = after || 'half done' WHERE after IS NOT NULL")
    kept = path.read_bytes(), path.with_name("case.pnote-journal").read_bytes()
    raw.execute("ROLLBACK")
    raw.close()
    path.write_bytes(kept[0])
    path.with_name("case.pnote-journal").write_bytes(kept[1])
    return path


def no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))


def no_room(_tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"the first part")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.copyfile", full)


def little_room(_tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So little that nothing is begun, which would take the last of it from everybody."""
    usage = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage._replace(free=1_000))


@pytest.fixture(params=[no_folder, no_room, little_room])
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Where temporary files lie, and no copy of a project has room."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    request.param(tmp_path, monkeypatch)
    yield folder
    assert list(folder.iterdir()) == []


def through(path: Path) -> None:
    with reading(path):
        pass


@pytest.mark.parametrize("look", [Project.open, Project.view, through])
def test_where_there_is_no_room_to_look_into_a_project_that_is_told_and_nothing_is_changed(
    path: Path, temporary: Path, look: Callable[[Path], object]
) -> None:
    before = {name: path.with_name(name).read_bytes() for name in files_beside(path)}
    with pytest.raises(ProjectError, match=r"^case\.pnote cannot be (opened|read|looked at)[^\n]*\.$") as refused:
        look(path)
    assert "Errno" not in str(refused.value)
    assert {name: path.with_name(name).read_bytes() for name in files_beside(path)} == before


def test_what_can_be_saved_is_saved_without_a_copy(path: Path, temporary: Path, tmp_path: Path) -> None:
    saved = salvage(path, tmp_path / "saved.pnote")
    assert (saved.lost, saved.problems) == ((), ())
    with Project.open(saved.target) as project:
        assert len(project.read.articles()) == 6
        assert not any("half done" in one.note for one in project.read.annotations())


def test_with_room_again_it_opens_as_it_was_before_the_crash(path: Path) -> None:
    with Project.open(path) as project:
        assert len(project.read.articles()) == 6
        assert not any("half done" in one.note for one in project.read.annotations())


@pytest.mark.parametrize("ending", ["", "-journal"])
def test_a_disk_that_gives_no_first_page_is_told_of(
    path: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the rest of what it gives is saved."""

    class Going:
        def __init__(self, path: Path) -> None:
            self._file = path.open("rb")
            self._fails = path.name == f"case.pnote{ending}"

        def seek(self, offset: int, *whence: int) -> int:
            return self._file.seek(offset, *whence)

        def tell(self) -> int:
            return self._file.tell()

        def read(self, length: int = -1) -> bytes:
            if self._fails and self._file.tell() < 4096:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return self._file.read(length)

        def close(self) -> None:
            self._file.close()

    def copy(source: Path, _target: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(source))

    monkeypatch.setattr("shutil.copyfile", copy)
    monkeypatch.setattr(pages, "_opened", Going)
    with pytest.raises(ProjectError, match=r"case\.pnote cannot be read: Input/output error\."):
        Project.open(path)
    saved = salvage(path, tmp_path / "saved.pnote")
    with Project.open(saved.target) as project:
        assert len(project.read.articles()) == 6


def test_a_command_that_only_reads_reads_it_as_it_was_before_the_crash(path: Path) -> None:
    with reading(path) as reader:
        assert len(reader.articles()) == 6
