"""A file, a folder or a disk that cannot be written: the project is looked at, and nothing is written there."""

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from annotate import commands, history
from annotate.cli import main
from annotate.errors import ProjectError, ReadOnlyPlace, ViewOnly
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.store import looking
from annotate.vocabulary import Kind
from tests.annotate.drafts import files_beside, span_of
from tests.safety.closed_project import (
    ROOT,
    folder_of_cases,  # noqa: F401
    project_path,  # noqa: F401
)
from tests.safety.rights import everything_in, read_only, without_rights


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
