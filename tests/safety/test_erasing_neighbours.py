"""Which backups and other projects hold what is erased: each is asked once, however much is erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from annotate import commands as do
from annotate import history
from annotate.backups import backups_of, make_backup
from annotate.erasing import Wish, clear_backups, plan_erasing, prepare_erasing, replace_project
from annotate.erasing import backups as neighbours
from annotate.project import Project
from annotate.store.peeking import holds_any
from annotate.vocabulary import Kind
from tests.annotate.drafts import take_in
from tests.annotate.works import marked
from tests.safety.entangled import taken


@contextmanager
def looks_into_journals() -> Iterator[list[str]]:
    """The questions that a journal is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "changes" in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_journal_is_read_once_for_a_thousand_marks(project: Project) -> None:
    take_in(project)
    make_backup(project.path)
    [backup] = backups_of(project.path)
    with looks_into_journals() as for_one:
        assert not holds_any(backup.path, [("annotations", uuid4())])
    with looks_into_journals() as for_many:
        assert not holds_any(backup.path, [("annotations", uuid4()) for _ in range(1_100)])
    assert len(for_many) == len(for_one)


def test_a_row_is_known_while_it_is_there_once_it_is_removed_and_once_its_import_is_undone(project: Project) -> None:
    article = take_in(project)
    there = marked(project, article, Kind.CLAIM, "Nobody told us")
    removed = marked(project, article, Kind.CLAIM, "The road")
    uids = {one.id: one.uid for one in project.read.annotations([there, removed])}
    do.edit_annotation(project, removed, note="edited")
    do.remove_annotations(project, [removed])
    second = take_in(project, "Nothing else.", "b.txt")
    history.undo(project)
    make_backup(project.path)
    [backup] = backups_of(project.path)
    strangers = [("annotations", uuid4()) for _ in range(600)]
    for table, uid in (("annotations", uids[there]), ("annotations", uids[removed]), ("articles", second.uid)):
        assert holds_any(backup.path, [*strangers, (table, uid)]), table
    assert not holds_any(backup.path, strangers)
    assert not holds_any(backup.path, [("sources", uids[there])])


@pytest.mark.parametrize("words", ['{{"uid": "{}", ', '["{}"]]', "{}"])
def test_a_row_of_which_the_journal_speaks_in_no_json_is_known_too(project: Project, words: str) -> None:
    take_in(project)
    make_backup(project.path)
    [backup] = backups_of(project.path)
    wanted = UUID(hex="0123456789abcdef" * 2)
    with closing(sqlite3.connect(backup.path)) as raw, raw:
        raw.execute(
            "INSERT INTO changes (step_id, table_name, row_id, after) SELECT max(id), 'articles', 99, ? FROM steps",
            (words.format(wanted.hex),),
        )
    assert holds_any(backup.path, [("articles", wanted)], unknown=False)
    assert not holds_any(backup.path, [("articles", uuid4())], unknown=False)


def test_neighbours_are_not_asked_again_while_it_is_prepared_and_those_that_hold_it_never_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _other = taken(project)
    make_backup(project.path)
    project.save_copy(project.path.with_name("copy.pnote"))
    asked: list[str] = []

    def noted(path, rows, **more):  # type: ignore[no-untyped-def]
        asked.append(path.name)
        return holds_any(path, rows, **more)

    monkeypatch.setattr(neighbours, "holds_any", noted)
    shown = plan_erasing(project.read, project.path, Wish((secret.id,)))
    assert len(shown.backups) == 1
    assert len(shown.copies) == 1
    assert len(asked) == 2
    prepared = prepare_erasing(project.read, project.path, shown, analyst_id=project.analyst_id)
    assert len(asked) == 2
    since = make_backup(project.path).backup.path
    erased = clear_backups(replace_project(project, prepared))
    assert asked[2:] == [since.name]
    assert set(erased.removed) == {*shown.backups, since}
    assert erased.plan.copies == shown.copies
