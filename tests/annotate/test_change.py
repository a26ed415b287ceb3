"""One way to write: a change goes in whole or not at all, is one step, and is told once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotate.commands import add_event, add_source, add_tag, edit_annotation, edit_article, edit_project, mark
from annotate.errors import NotAllowed, ProjectError
from annotate.history import next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from tests.annotate.drafts import imported, span_of, tables_of, take_in


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


def test_bytes_and_texts_are_kept_once_for_the_same_content(project: Project) -> None:
    take_in(project, "Same 🇸🇾\n\nwords", "a.txt")
    with project.change("Import again") as transaction:
        same = imported("Same 🇸🇾\n\nwords", "b.txt")
        transaction.keep_contents(t.file_contents, {same.sha256: same.data})
    count = "SELECT count(*) FROM file_contents"
    assert project.read.connection.exec_driver_sql(count).scalar_one() == 1


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


def test_what_was_pasted_with_nul_in_it_is_kept_without(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Nobody told us")])
    edit_article(project, article.id, title="Flood\0 again 🌊")
    edit_project(project, note="\0see\0")
    edit_annotation(project, claim, note="a\0b")
    source = add_source(project, "Water\0 Board")
    add_tag(project, "Da\0m")
    add_event(project, "Fl\0ood")
    named = project.read.source(source)
    annotation = project.read.annotation(claim)
    assert named is not None
    assert annotation is not None
    assert (named.name, annotation.note, project.read.project_info().note) == ("Water Board", "ab", "see")
    assert [tag.name for tag in project.read.tags()] == ["Dam"]
    assert check_project(project.read) == []
    while undo(project) is not None:
        pass
    while redo(project) is not None:
        pass
    assert check_project(project.read) == []


def test_half_a_character_is_refused_with_a_sentence(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Nobody told us")])
    before = tables_of(project)
    with pytest.raises(NotAllowed, match=r" cannot keep that \(words hold half of a character\), so nothing"):
        edit_annotation(project, claim, note="half \ud83c of one")
    assert tables_of(project) == before
    edit_annotation(project, claim, note="whole 🌊")
    assert check_project(project.read) == []


def test_a_count_that_a_stranger_has_run_to_its_end_is_said_and_not_gone_beyond(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Nobody told us")])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE counters SET last = ?", (2**63 - 1,))
    with Project.open(path, "Ana") as project:
        before = tables_of(project)
        with pytest.raises(
            NotAllowed, match=r"^case\.pnote cannot keep that \(a number is too large\), so nothing was c"
        ):
            mark(project, article.id, Kind.CLAIM, [span_of(project, article, "a baker")])
        assert tables_of(project) == before
