"""A network share, or a folder in step with other computers: a project there has a rollback journal and one writer."""

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotate import commands, history
from annotate.errors import NoLocks, PerhapsInUse
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.store import engine, ownership
from annotate.store.places import Place
from tests.annotate.drafts import files_beside, take_in
from tests.safety.closed_project import (
    ROOT,
    folder_of_cases,  # noqa: F401
    project_path,  # noqa: F401
)
from tests.safety.rights import everything_in


@pytest.fixture(params=[Place(network="cifs"), Place(service="Dropbox")], ids=["share", "service"])
def shared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    for module in ("annotate.project", "annotate.store.engine", "annotate.store.ownership"):
        monkeypatch.setattr(f"{module}.place_of", lambda _path: request.param)
    place: Place = request.param
    return place


def test_in_a_shared_place_the_one_file_holds_everything_at_every_moment(path: Path, shared: Place) -> None:
    with Project.open(path, "Ana") as project:
        assert project.place == shared
        assert not engine.has_log(project.read.connection)
        commands.add_source(project, "Zoe\u0301")
        assert files_beside(path) == [path.name, f"{path.name}.owner"]
        with project.reading_elsewhere() as reader:
            assert [source.name for source in reader.sources()] == ["Zoe\u0301"]
        commands.add_source(project, "Ben")
        assert history.undo(project) is not None
    assert files_beside(path) == [path.name]


def test_a_new_project_in_a_shared_place_has_no_log_either(tmp_path: Path, shared: Place) -> None:
    with Project.create(tmp_path / "new.pnote", "Ana") as project:
        take_in(project)
        assert files_beside(project.path) == ["new.pnote", "new.pnote.owner"]


def test_back_on_a_disk_of_this_computer_it_has_its_log_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.store.engine.place_of", lambda _path: Place(service="OneDrive"))
    with Project.open(path) as project:
        commands.add_source(project, "Ben")
        assert not engine.has_log(project.read.connection)
    monkeypatch.undo()
    with Project.open(path) as project:
        assert engine.has_log(project.read.connection)
        assert [source.name for source in project.read.sources()] == ["Ben"]


def test_reading_at_length_in_a_shared_place_does_not_keep_the_owner_from_writing(path: Path, shared: Place) -> None:
    begun, written = threading.Event(), threading.Event()
    seen: list[int] = []
    with Project.open(path, "Ana") as project:

        def export() -> None:
            with project.reading_elsewhere(at_length=True) as reader:
                seen.append(len(reader.sources()))
                begun.set()
                written.wait(20)
                seen.append(len(reader.sources()))

        thread = threading.Thread(target=export)
        thread.start()
        assert begun.wait(20)
        commands.add_source(project, "written meanwhile")
        written.set()
        thread.join(20)
        assert seen == [0, 0]
        assert [source.name for source in project.read.sources()] == ["written meanwhile"]


def test_a_program_of_this_computer_whose_lock_is_not_seen_is_not_overrun_while_it_runs(
    path: Path, shared: Place
) -> None:
    """As where one share is reached by two ways."""
    words = {"host": socket.gethostname(), "pid": os.getpid(), "analyst": "Ben", "since": "2026-11-27T08:15:00+00:00"}
    ownership.side_file(path).write_text(json.dumps(words), encoding="utf-8")
    with pytest.raises(PerhapsInUse, match="may be open in another window: Ben on "):
        Project.open(path, "Ana")
    Project.open(path, "Ana", take_over=True).close()
    ownership.side_file(path).write_text(json.dumps(words | {"pid": 2**22 + 1}), encoding="utf-8")  # runs no more
    with Project.open(path, "Ana") as project:
        assert "not closed properly" in project.after_crash


def test_short_reads_and_a_writer_wait_for_each_other_in_a_shared_place(path: Path, shared: Place) -> None:
    troubles: list[BaseException] = []
    counts: list[int] = []
    done = threading.Event()
    with Project.open(path, "Ana") as project:

        def look() -> None:
            try:
                while not done.is_set():
                    with project.reading_elsewhere() as reader:
                        counts.append(len(reader.sources()))
            except BaseException as error:
                troubles.append(error)

        threads = [threading.Thread(target=look) for _ in range(2)]
        for thread in threads:
            thread.start()
        for number in range(30):
            commands.add_source(project, f"source {number}")
        done.set()
        for thread in threads:
            thread.join(20)
        assert troubles == []
        assert len(project.read.sources()) == 30
    assert set(counts) <= set(range(31))


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from annotate import commands
from annotate.project import Project
from annotate.store import engine
from annotate.store.places import Place
from annotate.store.schema import sources
engine.place_of = lambda _path: Place(network="nfs4")
project = Project.open(Path(sys.argv[1]), "Ben")
commands.add_source(project, "kept")
project.read.connection.exec_driver_sql("PRAGMA cache_size = 10")
with project.change("Many") as transaction:
    transaction.update(sources, 1, name="half", note="x" * 2_000_000)
    for row in range(200):
        transaction.insert(sources, number=1000 + row, name="half", note="x" * 10_000, type="company", handling="open")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_change_is_noticed_where_times_of_writing_are_coarse(path: Path, shared: Place) -> None:
    with Project.open(path, "Ana") as project:
        commands.add_source(project, "before")
    os.utime(path, ns=(0, 0))
    with Project.view(path) as viewed:
        size = path.stat().st_size
        with Project.open(path, "Ana") as project:
            commands.edit_source(project, 1, name="after!")
        os.utime(path, ns=(0, 0))
        assert path.stat().st_size == size
        assert viewed.is_outdated


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_was_half_written_in_a_shared_place_is_not_seen_and_is_taken_back(path: Path) -> None:
    """The rollback journal is left behind beside a file that holds half of a step."""
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], cwd=ROOT, check=False)
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    before = everything_in(path.parent)
    with Project.view(path) as project:
        assert [source.name for source in project.read.sources()] == ["kept"]
        assert check_project(project.read) == []
    assert everything_in(path.parent) == before
    with Project.open(path) as project:
        assert [source.name for source in project.read.sources()] == ["kept"]
        assert "not closed properly last time (Ben on " in project.after_crash
        assert check_project(project.read) == []
    assert files_beside(path) == [path.name]


def test_what_another_computer_has_left_is_not_taken_over_unasked_in_a_shared_place(path: Path, shared: Place) -> None:
    side = ownership.side_file(path)
    side.write_text('{"host": "desk", "pid": 7, "analyst": "Büşra", "since": "2026-11-27T08:15:00+00:00"}')
    words = side.read_bytes()
    with pytest.raises(
        PerhapsInUse, match=r"may be open on another computer: Büşra on desk since .* look at it here"
    ) as told:
        Project.open(path, "Ana")
    with pytest.raises(PerhapsInUse), reading(path):
        pass
    assert side.read_bytes() == words
    with Project.view(path, "Ana", told.value.because) as project:
        assert "Büşra may have it open on desk" in project.view_only
    with Project.open(path, "Ana", take_over=True) as project:
        commands.add_source(project, "Ben")
    assert not side.exists()


@pytest.mark.skipif(os.name != "posix", reason="flock")
def test_where_there_are_no_locks_that_is_said_and_nobody_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", flock)
    before = path.read_bytes()
    with pytest.raises(NoLocks, match=r"nobody can be kept from writing .* Copy it to a folder of your own") as told:
        Project.open(path)
    with Project.view(path, because=told.value.because) as project:
        assert "no locks" in project.view_only
        assert len(project.read.articles()) == 1
    assert path.read_bytes() == before
    assert files_beside(path) == [path.name]
