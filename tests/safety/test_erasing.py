"""Erase for good: an article that must not be kept, a source that must not be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate import commands as do
from annotate import going_back, history
from annotate.backups import backups_folder, backups_of, make_backup
from annotate.erasing import Wish, erase, plan_erasing
from annotate.erasing.plans import Plan
from annotate.erasing.telling import sections_of
from annotate.errors import EraseFailed, NotAllowed
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.timeline import Timeline
from annotate.vocabulary import Kind
from tests.annotate.drafts import BOATS, imported, take_in
from tests.annotate.works import everything_is_whole, marked
from tests.safety.entangled import NEEDLES, TEXT, TITLE, taken
from tests.safety.needles import SECRET, found_in


def plan(project: Project, *articles: Article, **wish: object) -> Plan:
    return plan_erasing(project.read, project.path, Wish(tuple(one.id for one in articles), **wish))  # type: ignore[arg-type]


def test_an_erased_article_is_in_no_byte_of_the_project_its_log_and_its_backups(project: Project) -> None:
    secret, other = taken(project)
    kept = project.read.annotation_ids(other.id)
    make_backup(project.path)
    do.edit_article(project, other.id, note="since")
    make_backup(project.path)
    assert {line.partition(":")[2] for line in found_in(project.path.parent, *NEEDLES)}
    erased = erase(project, plan(project, secret))
    assert found_in(project.path.parent, *NEEDLES) == []
    assert check_project(project.read) == []
    assert project.read.article(secret.id) is None
    assert project.read.annotation_ids(other.id) == kept
    assert len(erased.removed) == 2
    assert [backup.path for backup in backups_of(project.path)] == [erased.backup]
    assert erased.remaining == ()
    assert erased.standing == ()
    do.edit_article(project, other.id, note="and the work goes on")
    project.close()
    assert found_in(project.path.parent, *NEEDLES) == []


def test_what_goes_is_counted_before(project: Project) -> None:
    secret, _other = taken(project)
    counts = dict(plan(project, secret).counts)
    steps = counts.pop(next(name for name in counts if "history" in name))
    assert steps > 10
    assert counts["articles"] == 1
    assert counts["versions of its text"] == 2
    assert counts["claims"] == 1
    assert counts["imported files"] == 2


def test_what_was_done_elsewhere_can_be_undone_still_or_is_refused_in_words(project: Project) -> None:
    secret, other = taken(project)
    marked(project, other, Kind.FIGURE, "900")
    do.edit_article(project, other.id, note="the last word")
    erase(project, plan(project, secret))
    history.undo(project)
    assert project.read.article(other.id).note == ""  # type: ignore[union-attr]
    told = []
    while history.next_undo(project):
        try:
            history.undo(project)
        except Exception as error:
            told.append(error)
            break
        everything_is_whole(project)
    assert all(type(error).__name__ == "CannotUndo" for error in told)
    everything_is_whole(project)


def test_labels_of_history_do_not_name_it(project: Project) -> None:
    secret, _other = taken(project)
    before = len(project.read.steps(1_000))
    erase(project, plan(project, secret))
    labels = [step.label for step in project.read.steps(1_000)]
    assert len(labels) == before + 1
    assert labels[0] == "Erased 1 article for good"
    assert {step.kind for step in project.read.steps(1_000) if step.label == "Erased"} <= {"erased", "undo", "redo"}
    assert not any(line.is_taken_back for line in Timeline(project.read) if line.what == "Erased")
    assert "Erased" in labels
    assert not any(needle in label for label in labels for needle in NEEDLES)


def test_numbers_and_ids_are_not_given_again(project: Project) -> None:
    secret, other = taken(project)
    highest = max(one.number for one in project.read.annotations(project.read.ids_in_articles([secret.id])))
    erase(project, plan(project, secret))
    new = take_in(project, BOATS, "boats.txt")
    assert new.id > max(secret.id, other.id)
    made = project.read.annotation(marked(project, new, Kind.CLAIM, "We counted"))
    assert made is not None
    assert made.number > highest - 1


def test_a_file_that_other_articles_came_from_too_is_told_and_stays_unless_it_is_asked_for(project: Project) -> None:
    both = imported(f"{SECRET} first.\nIt rained on Monday.", "both.txt", data=f"{SECRET} and the other".encode())
    drafts = (both.articles[0], imported(BOATS).articles[0])
    taken_in = do.import_file(project, replace(both, articles=drafts))
    first, second = (project.read.article(one.article_id) for one in taken_in.articles)
    assert first is not None
    assert second is not None
    told = plan(project, first).shared_files
    assert [(one.name, one.others) for one in told] == [("both.txt", (second.label,))]
    erase(project, plan(project, first))
    assert project.read.file_bytes(project.read.article(second.id).file_id) == both.data  # type: ignore[union-attr,arg-type]
    assert found_in(project.path.parent, SECRET) != []


def test_with_the_shared_file_its_bytes_go_and_the_other_article_stays(project: Project) -> None:
    both = imported(f"{SECRET} first.\nIt rained on Monday.", "both.txt", data=f"{SECRET} and the other".encode())
    drafts = (both.articles[0], imported(BOATS).articles[0])
    taken_in = do.import_file(project, replace(both, articles=drafts))
    first, second = (project.read.article(one.article_id) for one in taken_in.articles)
    erase(project, plan(project, first, shared_files=True))  # type: ignore[arg-type]
    assert project.read.article(second.id).file_id is None  # type: ignore[union-attr]
    assert project.read.files() == []
    everything_is_whole(project)
    assert found_in(project.path.parent, SECRET) == []


def test_the_same_words_taken_in_and_undone_before_go_too(project: Project) -> None:
    take_in(project, TEXT, f"{SECRET}.txt", title=TITLE)
    history.undo(project)
    secret = take_in(project, TEXT, f"{SECRET}.txt", title=TITLE)
    erase(project, plan(project, secret))
    assert found_in(project.path.parent, *NEEDLES) == []
    everything_is_whole(project)


def test_another_article_with_the_same_text_is_told(project: Project) -> None:
    first = take_in(project, TEXT, "one.txt", title=TITLE)
    do.move_to_bin(project, [first.id])
    second = take_in(project, TEXT, "two.txt", title="Another title")
    assert plan(project, first).same_text == (f"{second.label} “Another title”",)


def test_entries_that_only_it_named_go_if_they_are_asked_for(project: Project) -> None:
    secret, _other = taken(project)
    do.restore_from_bin(project, [secret.id])
    do.add_source(project, "Nobody’s yet")
    shown = plan(project, secret)
    erase(project, plan(project, secret, register=False))
    names = [source.name for source in project.read.sources()]
    assert set(shown.register) <= set(names)
    assert "Nobody’s yet" in names


def test_nothing_is_erased_while_somebody_reads_the_file(project: Project) -> None:
    secret, _other = taken(project)
    with project.reading_elsewhere() as reader:
        assert reader.articles(deleted=True)
        with pytest.raises(EraseFailed, match="is being read"):
            erase(project, plan(project, secret))
    assert project.read.article(secret.id) is not None
    everything_is_whole(project)
    erase(project, plan(project, secret))
    assert found_in(project.path.parent, *NEEDLES) == []


def test_what_changed_since_it_was_shown_is_shown_again(project: Project) -> None:
    secret, _other = taken(project)
    shown = plan(project, secret)
    do.restore_from_bin(project, [secret.id])
    marked(project, secret, Kind.CLAIM, "A resident")
    with pytest.raises(NotAllowed, match="has changed"):
        erase(project, shown)
    assert project.read.article(secret.id) is not None


def test_no_file_stays_behind(project: Project) -> None:
    secret, _other = taken(project)
    before = {path.name for path in project.path.parent.iterdir()}
    erase(project, plan(project, secret))
    assert {path.name for path in project.path.parent.iterdir()} <= before


def test_what_a_backup_left_that_was_never_finished_goes_too(project: Project) -> None:
    secret, _other = taken(project)
    folder = backups_folder(project.path)
    folder.mkdir()
    (folder / ".0123456789abcdef.part").write_bytes(project.path.read_bytes() + SECRET.encode())
    erase(project, plan(project, secret))
    assert list(folder.iterdir()) == []
    assert found_in(project.path.parent, *NEEDLES) == []


def test_going_back_to_before_it_brings_nothing_back(project: Project) -> None:
    secret, other = taken(project)
    erase(project, plan(project, secret))
    newest, *_rest, oldest = project.read.steps(1_000)
    assert not going_back.plan(project.read, going_back.before(project.read, newest.id))
    do.edit_article(project, other.id, note="since")
    going_back.go_back(project, going_back.plan(project.read, going_back.before(project.read, oldest.id)))
    assert project.read.articles() == []
    everything_is_whole(project)
    history.undo(project)
    assert [one.note for one in project.read.articles()] == ["since"]
    everything_is_whole(project)
    assert found_in(project.path.parent, *NEEDLES) == []


def test_in_a_folder_that_a_service_keeps_in_step_it_goes_too_and_the_service_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with Project.create(folder / "case.pnote", "Ana") as project:
        secret, _other = taken(project)
        make_backup(project.path)
        shown = plan(project, secret)
        assert any("Dropbox" in line for section in sections_of(shown) for line in section.lines)
        erase(project, shown)
        assert found_in(folder, *NEEDLES) == []
        everything_is_whole(project)
        take_in(project, BOATS, "boats.txt")
    assert found_in(folder, *NEEDLES) == []
    with Project.open(folder / "case.pnote", "Ana") as again:
        everything_is_whole(again)
