"""One file, one owner, one way to write."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy.exc import OperationalError

from annotate.commands import add_source, add_tag, edit_article, mark
from annotate.errors import NotAllowed, ProjectError, ProjectInUse
from annotate.history import next_undo, undo
from annotate.model import Article
from annotate.project import Project, reading
from annotate.store import ownership
from annotate.store import schema as t
from annotate.store.changes import Changes
from annotate.store.engine import APPLICATION_ID
from annotate.store.migrations import NEWEST
from annotate.store.ownership import Ownership
from annotate.vocabulary import Kind
from tests.annotate.drafts import files_beside, imported, span_of, tables_of, take_in

ROOT = Path(__file__).resolve().parents[2]


def run_apart(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own, which may end as hard as it likes."""
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_what_was_written_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana", "The case") as project:
        article = take_in(project)
        mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")])
        before, words = tables_of(project), project.read.body(article.text_id)
        data = project.read.file_bytes(article.file_id or 0)
    assert files_beside(path) == ["case.pnote"]
    with Project.open(path, "Ana") as project:
        assert tables_of(project) == before
        assert project.read.body(article.text_id) == words
        assert project.read.file_bytes(article.file_id or 0) == data
        assert project.read.project_info().title == "The case"


def test_a_project_without_a_title_is_named_after_its_file(project: Project) -> None:
    assert project.read.project_info().title == "Überblick 🌊"


def test_a_project_is_not_created_over_something_else(tmp_path: Path) -> None:
    path = tmp_path / "notes.pnote"
    path.write_bytes(b"my notes")
    with pytest.raises(ProjectError, match=r"notes\.pnote is there already"):
        Project.create(path)
    assert path.read_bytes() == b"my notes"
    assert files_beside(path) == ["notes.pnote"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    for opened in (Project.open, Project.create):
        with pytest.raises(ProjectError, match=r"The folder .*nowhere does not exist"):
            opened(tmp_path / "nowhere" / "a.pnote")


def test_a_project_that_was_moved_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"gone\.pnote is not there any more"):
        Project.open(tmp_path / "gone.pnote")
    assert list(tmp_path.iterdir()) == []


def newer(path: Path) -> None:
    Project.create(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {NEWEST + 1}")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def somebody_elses(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()


def never_finished(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("CREATE TABLE projects (name TEXT)")
    raw.close()


def truncated(path: Path) -> None:
    with Project.create(path) as project:
        take_in(project)
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b""), r"is empty \(0 bytes\)"),
        (lambda path: path.write_bytes(b"words, no database"), "is not a Provenote project"),
        (somebody_elses, "is not a Provenote project"),
        (never_finished, "was never finished"),
        (newer, "was made by a newer version of Provenote"),
        (truncated, "cannot be opened: "),
    ],
)
def test_what_cannot_be_opened_is_named_and_left_byte_for_byte(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "case.pnote"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    for look in (Project.open, lambda path: reading(path).__enter__()):
        with pytest.raises(ProjectError, match=rf"^case\.pnote {said}"):
            look(path)
        assert path.read_bytes() == before
        assert files_beside(path) == ["case.pnote"]


def test_a_second_owner_is_refused_by_the_name_of_the_first(project: Project) -> None:
    for second in (Project.open, lambda path: reading(path).__enter__()):
        with pytest.raises(ProjectInUse, match=r"Überblick 🌊\.pnote is open already: Ana on .* since .* Close it"):
            second(project.path)
    project.close()
    Project.open(project.path, "Büşra").close()


def test_another_process_is_refused_too(project: Project) -> None:
    program = (
        "import sys; from pathlib import Path; from annotate.project import Project\n"
        "try: Project.open(Path(sys.argv[1]), 'Ben')\n"
        "except Exception as error: print(type(error).__name__)"
    )
    assert run_apart(program, str(project.path)).stdout == "ProjectInUse\n"


CRASH = """
import os, signal, sys
from pathlib import Path
from annotate.project import Project
from annotate.commands import add_source
project = Project.create(Path(sys.argv[1]), "Ben")
if sys.argv[2] == "worked":
    add_source(project, "Zoe\u0301 🌊")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("how_far", "names"), [("created", []), ("worked", ["Zoe\u0301 🌊"])])
def test_a_crash_loses_nothing_and_its_lock_is_taken_over(tmp_path: Path, how_far: str, names: list[str]) -> None:
    path = tmp_path / "case.pnote"
    assert run_apart(CRASH, str(path), how_far).returncode == -signal.SIGKILL
    assert "case.pnote.owner" in files_beside(path)
    left = path.read_bytes()
    with reading(path, "Ana") as reader:
        assert [source.name for source in reader.sources()] == names
    assert path.read_bytes() == left
    with Project.open(path, "Ana") as project:
        assert [source.name for source in project.read.sources()] == names
        assert [analyst.name for analyst in project.read.analysts()] == ["Ben", "Ana"]
    assert files_beside(path) == ["case.pnote"]


def test_a_lock_file_with_other_words_in_it_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    Project.create(path).close()
    (tmp_path / "case.pnote.owner").write_bytes(b"\xff{not json")
    Project.open(path).close()


def test_looking_changes_nothing_and_writing_is_not_possible(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        take_in(project)
    before = path.read_bytes()
    with reading(path, "Ben") as reader:
        assert len(reader.articles()) == 1
        with pytest.raises(Exception, match="readonly"):
            reader.connection.exec_driver_sql("DELETE FROM parts")
        assert files_beside(path)[0] == "case.pnote"
    assert path.read_bytes() == before
    assert files_beside(path) == ["case.pnote"]


def test_a_copy_of_the_file_alone_is_whole_once_the_project_is_closed(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        article = take_in(project)
    shutil.copy(tmp_path / "a.pnote", tmp_path / "b.pnote")
    with Project.open(tmp_path / "b.pnote", "Ana") as project:
        assert project.read.articles() == [article]


def test_a_copy_of_the_file_alone_is_whole_once_its_log_was_folded_in(project: Project, article: Article) -> None:
    add_tag(project, "before 🌊")
    add_source(project, "الدفاع المدني")
    project.fold_in()
    copy = project.path.with_name("copy.pnote")
    shutil.copyfile(project.path, copy)
    with reading(copy) as reader:
        assert [tag.name for tag in reader.tags()] == ["before 🌊"]
        assert [source.name for source in reader.sources()] == ["الدفاع المدني"]
    add_tag(project, "after")


def test_closing_twice_is_no_error(project: Project) -> None:
    project.close()
    project.close()


def test_an_analyst_is_known_by_name_and_not_entered_twice(project: Project) -> None:
    first = project.analyst_id
    project.become("Büşra")
    assert project.analyst_id != first
    project.become("Ana")
    assert project.analyst_id == first
    assert [analyst.name for analyst in project.read.analysts()] == ["Ana", "Büşra"]


def test_writing_outside_a_transaction_raises(project: Project) -> None:
    with project.change("Add tag") as transaction:
        pass
    for write in (
        lambda: transaction.insert(t.tags, name="late", colour="#000000"),
        lambda: transaction.update(t.projects, 1, title="late"),
        lambda: transaction.delete(t.projects, 1),
        lambda: transaction.next_number("claim"),
        lambda: transaction.keep_contents(t.file_contents, {"0" * 64: b"late"}),
    ):
        with pytest.raises(RuntimeError, match="outside a transaction"):
            write()
    assert project.read.tags() == []


def test_a_change_inside_a_change_raises_and_writes_nothing(project: Project) -> None:
    def nested() -> None:
        with project.change("Outer") as transaction:
            transaction.update(t.projects, 1, title="half")
            add_tag(project, "inner")

    with pytest.raises(RuntimeError, match="a change inside a change"):
        nested()
    assert project.read.project_info().title == "Überblick 🌊"
    assert project.read.tags() == []
    add_tag(project, "afterwards")
    assert [tag.name for tag in project.read.tags()] == ["afterwards"]


def test_a_change_that_fails_writes_nothing_and_tells_nobody(project: Project, article: Article) -> None:
    told: list[Changes] = []
    project.subscribe(told.append)
    before, step = tables_of(project), next_undo(project)

    def fail() -> None:
        with project.change("Half") as transaction:
            transaction.update(t.articles, article.id, title="half")
            transaction.insert(t.tags, name="half", colour="#000000")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert tables_of(project) == before
    assert next_undo(project) == step
    assert told == []


def test_a_change_that_breaks_a_rule_of_the_schema_is_explained_and_writes_nothing(project: Project) -> None:
    before = tables_of(project)

    def break_a_rule() -> None:
        with project.change("Bad") as transaction:
            transaction.update(t.projects, 1, note="half")
            transaction.insert(t.links, from_id=7, to_id=8, relation="contains")

    with pytest.raises(NotAllowed, match=r"would leave .* inconsistent"):
        break_a_rule()
    assert tables_of(project) == before


def test_listeners_are_told_once_after_the_commit_of_what_changed(project: Project, article: Article) -> None:
    told: list[tuple[Changes, str]] = []

    def listen(changes: Changes) -> None:
        with project.reading_elsewhere() as reader:  # sees committed work only
            found = reader.article(article.id)
            assert found is not None
            told.append((changes, found.title))

    end = project.subscribe(listen)
    edit_article(project, article.id, title="Floods", author="Zoé")
    [(changes, title)] = told
    assert title == "Floods"
    assert changes.kind == "edit"
    assert changes.articles == {article.id}
    assert changes.ids("articles") == {article.id}
    assert not changes.touches("tags")
    undo(project)
    assert [(change.kind, title) for change, title in told] == [("edit", "Floods"), ("undo", article.title)]
    end()
    edit_article(project, article.id, title="Unheard")
    assert len(told) == 2


def test_a_change_that_changes_nothing_is_no_step_and_tells_nobody(project: Project, article: Article) -> None:
    told: list[Changes] = []
    project.subscribe(told.append)
    step = next_undo(project)
    edit_article(project, article.id, title=article.title)
    assert next_undo(project) == step
    assert told == []


def test_joined_changes_are_one_step_under_the_first_label(project: Project, article: Article) -> None:
    before = tables_of(project)
    edit_article(project, article.id, title="F")
    step = project.last_step_id
    edit_article(project, article.id, title="Fl", join=step)
    edit_article(project, article.id, author="Zoé", join=step)
    assert project.last_step_id == step
    undo(project)
    assert tables_of(project) == before


def test_a_change_does_not_join_a_step_that_is_no_longer_the_newest(project: Project, article: Article) -> None:
    edit_article(project, article.id, title="One")
    first = project.last_step_id
    add_source(project, "Harbour Post")
    edit_article(project, article.id, title="Two", join=first)
    assert project.last_step_id != first
    undo(project)
    found = project.read.article(article.id)
    assert found is not None
    assert found.title == "One"


def test_a_change_does_not_join_a_step_that_was_undone(project: Project, article: Article) -> None:
    edit_article(project, article.id, title="One")
    first = project.last_step_id
    undo(project)
    edit_article(project, article.id, title="Two", join=first)
    assert project.last_step_id != first
    undo(project)
    found = project.read.article(article.id)
    assert found is not None
    assert found.title == article.title


def test_a_reader_in_another_thread_sees_one_state(project: Project, article: Article) -> None:
    begun, changed = threading.Event(), threading.Event()
    seen: list[str] = []

    def read() -> None:
        with project.reading_elsewhere() as reader:
            seen.extend(entry.title for entry in reader.articles())
            begun.set()
            changed.wait(10)
            seen.extend(entry.title for entry in reader.articles())

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(10)
    edit_article(project, article.id, title="Changed meanwhile")
    changed.set()
    thread.join(10)
    assert seen == [article.title, article.title]


def test_bytes_and_texts_are_kept_once_for_the_same_content(project: Project) -> None:
    take_in(project, "Same 🇸🇾\n\nwords", "a.txt")
    with project.change("Import again") as transaction:
        same = imported("Same 🇸🇾\n\nwords", "b.txt")
        transaction.keep_contents(t.file_contents, {same.sha256: same.data})
    count = "SELECT count(*) FROM file_contents"
    assert project.read.connection.exec_driver_sql(count).scalar_one() == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    Project.create(path).close()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ProjectError, match="cannot be written"):
            Project.open(path)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_said_and_the_next_change_goes_through(project: Project, article: Article) -> None:
    connection = project.read.connection
    before, told = tables_of(project), list[Changes]()
    project.subscribe(told.append)
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match="disk is full"):
        edit_article(project, article.id, note="🌊" * 100_000)
    assert (tables_of(project), told) == (before, [])
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    edit_article(project, article.id, note="room again")
    assert len(told) == 1


def test_a_commit_that_fails_leaves_no_transaction_open(project: Project, article: Article) -> None:
    step = project.last_step_id

    def broken() -> None:
        with project.change("Break") as transaction:
            transaction.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            transaction.insert(t.parts, text_id=999_999, role="body", start=0, end=1)

    with pytest.raises(NotAllowed, match="inconsistent"):
        broken()
    assert project.last_step_id == step
    edit_article(project, article.id, note="after")
    assert next_undo(project) is not None


def test_an_owner_that_leaves_while_one_asks_is_no_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.pnote"
    owners = [Ownership.take(path, "Ana")]
    opened = ownership._opened

    def opened_just_before_the_owner_leaves(side_file: Path, project: Path) -> BinaryIO:
        file = opened(side_file, project)
        while owners:
            owners.pop().release()
        return file

    monkeypatch.setattr(ownership, "_opened", opened_just_before_the_owner_leaves)
    second = Ownership.take(path, "Béla")
    monkeypatch.undo()
    with pytest.raises(ProjectInUse, match="Béla"):
        Ownership.take(path, "Cy")
    second.release()
    assert files_beside(path) == []


def test_a_reader_leaves_no_file_where_the_project_was(tmp_path: Path) -> None:
    odd = tmp_path / "100% case? #1 é🌊.pnote"
    with Project.create(odd, analyst="Ann") as project:
        with project.reading_elsewhere() as reader:
            assert reader.articles() == []
        odd.rename(tmp_path / "away.pnote")
        with pytest.raises(OperationalError), project.reading_elsewhere():
            pass
        assert not odd.exists()
