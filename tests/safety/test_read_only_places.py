"""A file or folder that cannot be written, a network share, a folder in step with other computers: the project is
looked at, or worked on with a rollback journal, and nothing is written where nothing may be."""

import errno
import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from annotate import commands, history
from annotate.cli import main
from annotate.errors import NoLocks, PerhapsInUse, ProjectError, ReadOnlyPlace, ViewOnly
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.store import engine, looking, ownership
from annotate.store.places import Place
from annotate.vocabulary import Kind
from tests.annotate.drafts import files_beside, span_of, take_in
from tests.safety.rights import everything_in, read_only, without_rights

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Its own rights are given back at the end."""
    made = tmp_path / "cases"
    made.mkdir()
    yield made
    made.chmod(0o755)


@pytest.fixture
def path(folder: Path) -> Path:
    """A project with an article and a mark, closed."""
    path = folder / "Überblick 100% #1 🌊.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        commands.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people")])
    return path


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_what_cannot_be_written_is_refused_for_work_and_looked_at_without_a_trace(path: Path, what: str) -> None:
    read_only(path, folder=what != "file", file=what != "folder")
    before = everything_in(path.parent)
    with without_rights():
        with pytest.raises(ReadOnlyPlace, match=r"🌊\.pnote cannot be "):
            Project.open(path, "Ben")
        with Project.view(path, "Ben") as project:
            assert project.view_only.startswith(f"{path.name} is only looked at, since ")
            assert project.view_only.endswith("cannot be written.")
            assert [a.label for a in project.read.annotations(project.read.annotation_ids())] == ["C-0001"]
            with project.reading_elsewhere() as reader:
                assert len(reader.articles()) == 1
        with reading(path) as reader:
            assert check_project(reader) == []
    assert everything_in(path.parent) == before


def test_an_older_project_is_looked_at_in_a_copy_that_is_brought_up_to_date(folder: Path) -> None:
    path = folder / "old.pnote"
    stored = Path(__file__).parents[1] / "annotate" / "schemas" / "version-1.pnote.gz"
    path.write_bytes(gzip.decompress(stored.read_bytes()))
    read_only(path, folder=True)
    before = everything_in(folder)
    with without_rights(), Project.view(path) as project:
        assert project.read.exports() == []  # a table that version 1 did not have
        assert project.read.articles()
    assert everything_in(folder) == before


def test_nothing_can_be_changed_in_a_project_that_is_looked_at(path: Path) -> None:
    with Project.view(path, "Ana") as project:
        article = project.read.articles()[0]
        mark = project.read.annotation_ids()[0]
        words = [span_of(project, article, "dozens of houses")]
        for attempt in (
            lambda: commands.mark(project, article.id, Kind.FIGURE, words),
            lambda: commands.edit_article(project, article.id, title="Other"),
            lambda: commands.remove_annotations(project, [mark]),
            lambda: commands.store_proposals(project, article.text_id, [], engine="rules", version="1"),
            lambda: commands.note_export(project, "out.xlsx", 1),
            lambda: history.undo(project),
            lambda: project.aside("Suggest").__enter__(),
            lambda: project.change("Edit").__enter__(),
            lambda: project.transaction().__enter__(),
        ):
            with pytest.raises(ViewOnly, match="only looked at"):
                attempt()
        with pytest.raises(DatabaseError, match="readonly"):
            project.read.connection.exec_driver_sql("DELETE FROM claims")
        project.fold_in()
        project.become("Zoé, who never worked on it")
        assert [analyst.name for analyst in project.read.analysts()] == ["Ana"]


def test_a_log_that_a_crash_has_left_is_seen_and_stays_as_it_is(path: Path, folder: Path, tmp_path: Path) -> None:
    aside = tmp_path / "kept"
    aside.mkdir()
    with Project.open(path, "Ana") as project:
        commands.add_source(project, "الدفاع المدني 🌊")
        for file in folder.iterdir():
            if not file.name.endswith((".owner", "-shm")):
                shutil.copyfile(file, aside / file.name)
    for file in aside.iterdir():
        shutil.copyfile(file, folder / file.name)
    wal = path.with_name(path.name + "-wal")
    assert wal.stat().st_size > 0
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    before = everything_in(folder)
    with without_rights():
        with Project.view(path) as project:
            assert [source.name for source in project.read.sources()] == ["الدفاع المدني 🌊"]
        with reading(path) as reader:
            assert [source.name for source in reader.sources()] == ["الدفاع المدني 🌊"]
    assert everything_in(folder) == before


def test_a_large_project_is_looked_at_in_a_private_file_that_goes_with_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(looking, "IN_MEMORY", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Project.view(path) as project:
        [copy] = tmp_path.glob("provenote-*/looked-at.pnote")
        assert os.name != "posix" or copy.parent.stat().st_mode & 0o777 == 0o700
        with project.reading_elsewhere() as reader:
            assert len(reader.articles()) == 1
    assert [left.name for left in tmp_path.iterdir()] == ["cases"]


VIEWING = """
import os, signal, sys, tempfile
from pathlib import Path
from annotate.project import Project
from annotate.store import looking
tempfile.tempdir, looking.IN_MEMORY = sys.argv[2], 0
Project.view(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_a_killed_window_was_looking_at_is_cleared_by_the_next_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", VIEWING, str(path), str(tmp_path)], cwd=ROOT, check=False)
    [left] = tmp_path.glob("provenote-*")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(looking, "IN_MEMORY", 0)
    with Project.view(path):
        assert not left.exists()


def test_what_is_written_by_somebody_who_is_not_seen_is_never_seen_by_half(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a share, where locks of another computer may not be told."""
    original, times = looking.Look._copied.__func__, [0]  # type: ignore[attr-defined]

    def copied(cls: type[looking.Look], *words: object) -> looking.Look:
        times[0] += 1
        if times[0] <= 2:  # writes between looking at the file and having copied it
            content = path.read_bytes()
            os.utime(path, ns=(times[0], times[0]))
            path.write_bytes(content)
        look: looking.Look = original(cls, *words)
        return look

    monkeypatch.setattr(looking.Look, "_copied", classmethod(copied))
    with Project.view(path) as project:
        assert len(project.read.articles()) == 1
    assert times == [3]


def test_in_memory_no_copy_lies_on_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Project.view(path):
        assert [left.name for left in tmp_path.iterdir()] == ["cases"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "is empty"), (b"only words", "is not a Provenote project"), (None, "is not there any more")],
)
def test_what_is_no_project_is_refused_by_name_when_it_is_to_be_looked_at(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "words.pnote"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProjectError, match=f"words.pnote {told}"):
        Project.view(path)
    assert path.exists() == (content is not None)


def test_a_damaged_file_is_refused_in_one_sentence(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with pytest.raises(ProjectError, match=r"🌊\.pnote is damaged \([^\n]*\), so it was left as it is"):
        Project.view(path)


def test_a_copy_to_work_on_holds_everything_with_its_history(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.pnote"
    with Project.view(path) as project:
        project.save_copy(target)
    with Project.open(target, "Ana") as copy:
        assert check_project(copy.read) == []
        undone = history.undo(copy)
        assert undone is not None
        assert undone.label == "Mark claim"
        assert copy.read.annotation_ids() == []
    assert files_beside(target) == ["cases", "mine.pnote"]
    with Project.view(path) as project, pytest.raises(ProjectError, match="could not be copied"):
        project.save_copy(tmp_path / "no such folder" / "mine.pnote")


READ_ONLY_MOUNT = """
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77
"$2" -c '
import sys
from pathlib import Path
from annotate.errors import ReadOnlyPlace
from annotate.project import Project, reading
path = Path(sys.argv[1])
try:
    Project.open(path)
except ReadOnlyPlace as error:
    print(error.because)
with Project.view(path) as project, reading(path) as reader:
    print(project.view_only, len(project.read.articles()), len(reader.articles()))
' "$3"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
def test_a_disk_that_is_mounted_read_only_is_looked_at(path: Path) -> None:
    words = ["unshare", "--mount", "sh", "-c", READ_ONLY_MOUNT, "sh", str(path.parent), sys.executable, str(path)]
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no unshare")
    if done.returncode in (1, 77):
        pytest.skip(f"nothing may be mounted here: {done.stderr}")
    assert done.stderr == ""
    why = f"{path.name} is only looked at, since the file cannot be written."
    assert done.stdout == f"the file cannot be written\n{why} 1 1\n"


# -- places that other computers reach ----------------------------------------------------------------------------


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


# -- commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["info"], 0),
        (["check"], 0),
        (["export", "{out}/out.xlsx"], 0),
        (["import", "{out}/article.txt"], 1),
        (["claims", "{out}/claims.csv"], 1),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_commands_read_what_cannot_be_written_and_say_why_they_cannot_write(
    path: Path, tmp_path: Path, words: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "article.txt").write_text("Flood\n\nAt least 900 people left.", encoding="utf-8")
    (tmp_path / "claims.csv").write_text("Claim,Source\nThe dam was weak,Zoé\n", encoding="utf-8")
    read_only(path, folder=True)
    before = everything_in(path.parent)
    with without_rights():
        assert main([words[0], str(path), *(word.format(out=tmp_path) for word in words[1:])]) == status
    assert everything_in(path.parent) == before
    said = capsys.readouterr()
    assert ("cannot be written" in said.err) == (status == 1 or words[0] == "export")
    assert "Traceback" not in said.err
