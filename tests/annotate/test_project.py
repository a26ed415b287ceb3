"""One file: made, opened, refused, copied, looked at and closed."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from annotate.backups import backups_of, make_backup
from annotate.commands import add_source, add_tag, edit_article, mark
from annotate.errors import ProjectError
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project, reading, uid_of
from annotate.store.engine import APPLICATION_ID
from annotate.store.migrations import NEWEST
from annotate.vocabulary import Kind
from tests.annotate.drafts import files_beside, span_of, tables_of, take_in


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


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_file_and_an_analyst_may_have_names_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"fl\xff ood.pnote")
    with Project.create(path, os.fsdecode(b"An\xe9")) as project:
        take_in(project)
        assert project.read.project_info().title == "fl\ufffd ood"
        make_backup(path)
        assert check_project(project.read) == []
    [backup] = backups_of(path)
    assert backup.path.name.startswith(os.fsdecode(b"fl\xff ood 2"))
    with Project.open(path, os.fsdecode(b"An\xe9")) as project:
        assert [analyst.name for analyst in project.read.analysts()] == ["An\ufffd"]


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
        (truncated, "is damaged"),
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


@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
@pytest.mark.parametrize("data", [b"", b"x", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(5_000), b"\xff" * 32_768])
def test_whatever_lies_beside_a_project_it_is_read_and_viewed_alike(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        take_in(project)
    path.with_name(path.name + ending).write_bytes(data)
    with reading(path) as read:
        assert check_project(read) == []
    with Project.view(path) as viewed:
        assert check_project(viewed.read) == []


@pytest.mark.parametrize("is_open", [False, True])
def test_which_project_a_file_is_stays_unknown_where_that_row_is_damaged(tmp_path: Path, is_open: bool) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project, closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE projects SET created_at = x'00'")
        if is_open:
            assert uid_of(path) is None
            return
        project.close()
    assert uid_of(path) is None


def test_nobody_becomes_who_is_missing_from_the_analysts_and_is_taken_for_the_one_who_did_the_work(
    tmp_path: Path,
) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM analysts")
    with reading(path) as read:
        before = check_project(read)
    assert any(problem.about == "annotations" for problem in before)
    with Project.open(path, "Ben") as project:
        assert check_project(project.read) == before


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


def test_a_reader_leaves_no_file_where_the_project_was(tmp_path: Path) -> None:
    odd = tmp_path / "100% case? #1 é🌊.pnote"
    with Project.create(odd, analyst="Ann") as project:
        with project.reading_elsewhere() as reader:
            assert reader.articles() == []
        odd.rename(tmp_path / "away.pnote")
        with pytest.raises(OperationalError), project.reading_elsewhere():
            pass
        assert not odd.exists()
