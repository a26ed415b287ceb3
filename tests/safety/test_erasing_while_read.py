"""What is erased is written over, so nobody may be reading it then: also in a shared place, where no log beside the
file says that somebody does."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.backups import make_backup
from annotate.erasing import erase, plan_erasing
from annotate.erasing.plans import Wish
from annotate.errors import EraseFailed
from annotate.integrity import check_project
from annotate.project import Project
from tests.annotate.drafts import BOATS, FLOOD, files_beside, take_in

READING = """
import sqlite3, sys
raw = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, isolation_level=None)
raw.execute("BEGIN")
first = raw.execute("SELECT count(*) FROM articles").fetchall()
print("reading", flush=True)
sys.stdin.readline()
print(len([row for row in raw.execute("SELECT * FROM text_bodies") if any(row[1])]), flush=True)
raw.close()
"""


@pytest.fixture(params=["at home", "in a shared place"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Project]:
    folder = tmp_path / "case"
    folder.mkdir()
    if request.param == "in a shared place":
        (folder / ".stfolder").mkdir()  # as Syncthing marks the folders that it keeps in step
    with Project.create(folder / "flood.pnote", "Ana") as opened:
        assert opened.place.is_shared == (request.param == "in a shared place")
        take_in(opened, FLOOD)
        take_in(opened, BOATS, "boats.txt")
        yield opened


def erase_the_first(project: Project) -> None:
    erase(project, plan_erasing(project.read, project.path, Wish((project.read.articles()[0].id,))))


def assert_goes_on(project: Project, articles: int) -> None:
    do.edit_project(project, note="goes on")
    assert len(project.read.articles()) == articles
    assert project.read.project_info().note == "goes on"
    assert check_project(project.read) == []
    with project.reading_elsewhere() as reader:
        assert len(reader.articles()) == articles


@pytest.mark.skipif(sys.platform == "win32", reason="there, a file that somebody reads cannot be replaced at all")
def test_nothing_is_erased_while_another_program_reads_the_project(project: Project) -> None:
    words = [sys.executable, "-c", READING, str(project.path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "reading\n"
        with pytest.raises(EraseFailed, match=r"flood\.pnote is being read.*Nothing was erased"):
            erase_the_first(project)
        assert len(project.read.articles()) == 2
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "2\n"  # it has read what stands there, and no noughts
    assert_goes_on(project, 2)
    erase_the_first(project)
    assert_goes_on(project, 1)


def test_nothing_is_erased_while_another_thread_reads_the_project(project: Project) -> None:
    begun, may_end, read = threading.Event(), threading.Event(), list[int]()

    def reading() -> None:
        with project.reading_elsewhere() as reader:
            begun.set()
            may_end.wait(60)
            read.append(len([reader.body(article.text_id) for article in reader.articles()]))

    thread = threading.Thread(target=reading)
    thread.start()
    assert begun.wait(60)
    with pytest.raises(EraseFailed, match="is being read"):
        erase_the_first(project)
    may_end.set()
    thread.join()
    assert read == [2]
    assert_goes_on(project, 2)
    erase_the_first(project)
    assert_goes_on(project, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there, a file that is open cannot be replaced at all")
def test_who_has_the_old_file_open_and_reads_it_late_harms_nothing_of_the_new_one(project: Project) -> None:
    """It finds noughts, which is told as an error; above all it takes away no log that belongs to the new file."""
    with closing(sqlite3.connect(f"{project.path.as_uri()}?mode=rw", uri=True, isolation_level=None)) as late:
        erase_the_first(project)
        do.edit_project(project, note="since then")
        with pytest.raises(sqlite3.DatabaseError):
            late.execute("SELECT count(*) FROM articles").fetchall()
    do.edit_project(project, title="and then")
    beside = files_beside(project.path)
    copy = project.path.with_name("as a crash would leave it.pnote")
    for ending in ("", "-wal"):
        if project.path.name + ending in beside:
            copy.with_name(copy.name + ending).write_bytes(
                project.path.with_name(project.path.name + ending).read_bytes()
            )
    with Project.open(copy) as crashed:
        assert (crashed.read.project_info().title, crashed.read.project_info().note) == ("and then", "since then")
        assert check_project(crashed.read) == []
    assert_goes_on(project, 1)


def test_a_backup_that_somebody_works_in_is_not_written_over_and_that_is_told(project: Project) -> None:
    backup = make_backup(project.path).backup.path
    with Project.open(backup, "Ben") as working:
        erased = erase(project, plan_erasing(project.read, project.path, Wish((project.read.articles()[0].id,))))
        assert erased.remaining == (backup,)
        [warning] = erased.warnings
        assert f"{backup.name} is open already: Ben on " in warning
        assert warning.endswith("Then remove it yourself.")
        assert_goes_on(working, 2)
    assert_goes_on(project, 1)


def test_erasing_leaves_nothing_beside_the_project(project: Project) -> None:
    erase_the_first(project)
    path = project.path
    project.close()
    left = [name for name in files_beside(path) if name != ".stfolder"]
    assert left == ["flood.pnote"]
