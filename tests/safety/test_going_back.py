"""Going back by new changes: what would change is said, it is one step with an undo, and nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.errors import CannotUndo
from annotate.going_back import after, before, exported, go_back, plan
from annotate.history import next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.steps import HistoryOf
from annotate.store import schema
from annotate.suggest import Proposal
from annotate.vocabulary import Fate, Kind, Relation, Stance
from tests.annotate.drafts import BOATS, FLOOD, imported, revisions_of, span_of, tables_of, take_in
from tests.safety.steps_back import PEOPLE, ROAD, back_to_before, claim_in


def test_what_would_change_is_said_before_and_nothing_is_written_by_asking(project: Project, article: Article) -> None:
    other = take_in(project, BOATS, "boats.txt")
    first, second = claim_in(project, article), claim_in(project, article, ROAD)
    do.remove_annotations(project, {first, second})
    step = project.last_step_id
    do.move_to_bin(project, [other.id])
    do.add_tag(project, "later 🌊")
    rows, steps = tables_of(project), project.read.step_count()
    planned = plan(project.read, before(project.read, step or 0))
    assert planned.said == (
        "1 article (A-0002) comes back out of the bin",
        "2 claims (C-0001, C-0002) come back",
        "1 tag of the codebook (“later 🌊”) goes, since it was added later",
    )
    assert (tables_of(project), project.read.step_count()) == (rows, steps)


def test_a_check_and_who_says_so_that_were_edited_alone_are_said_to_be_put_back(
    project: Project, article: Article
) -> None:
    claim = claim_in(project, article)
    said = do.attribute(project, claim, do.add_source(project, "Water Board"))
    check = do.add_check(project, claim, checked_on=date(2026, 3, 1), looked_at="the log")
    step = project.last_step_id or 0
    do.edit_check(project, check, limits="one day only")
    assert plan(project.read, after(project.read, step)).said == ("1 check is put back to what it was then",)
    with project.change("As it would stand there") as transaction:
        transaction.update(schema.attributions, said, verb="said")
    planned = plan(project.read, after(project.read, step))
    assert planned.said == ("1 attribution is put back to what it was then", "1 check is put back to what it was then")


def test_going_back_is_one_step_with_the_time_in_its_name_and_an_undo(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    do.remove_annotations(project, {claim})
    removed = project.last_step_id
    gone = tables_of(project)
    planned = back_to_before(project, removed)
    step = next_undo(project)
    assert step is not None
    assert step.label == planned.label
    assert step.label.startswith("Go back to before ")
    assert project.read.existing([claim]) == [claim]
    undo(project)
    assert tables_of(project) == gone
    redo(project)
    assert project.read.existing([claim]) == [claim]


def test_history_keeps_everything_that_was_done_before_going_back(project: Project, article: Article) -> None:
    claim_in(project, article)
    first = project.last_step_id
    claim_in(project, article, ROAD)
    before_it = project.read.steps(100)
    back_to_before(project, first)
    assert project.read.steps(100)[1:] == before_it
    assert project.read.annotations() == []


def test_numbers_and_revisions_go_on_after_going_back(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    first = project.last_step_id
    revisions = revisions_of(project)
    do.edit_record(project, claim, plain_words="once")
    do.edit_record(project, claim, plain_words="twice")
    edited = revisions_of(project)
    back_to_before(project, project.last_step_id)
    assert revisions_of(project)["claims", claim] > edited["claims", claim] > revisions["claims", claim]
    back_to_before(project, first)
    later = claim_in(project, article)
    found = project.read.annotation(later)
    assert found is not None
    assert (found.label, later > claim) == ("C-0002", True)


def test_one_mark_goes_back_alone_with_its_tags_and_who_says_so(project: Project, article: Article) -> None:
    claim, other = claim_in(project, article), claim_in(project, article, ROAD)
    tag = do.add_tag(project, "flood")
    do.toggle_tag(project, [claim, other], tag)
    source = do.add_source(project, "Civil defence")
    do.attribute(project, claim, source, stance=Stance.ASSERTS)
    do.edit_record(project, claim, plain_words="later")
    step = project.last_step_id
    do.edit_record(project, other, plain_words="stays")
    do.remove_annotations(project, {claim})
    do.remove_source(project, source)
    do.remove_tag(project, tag)
    planned = back_to_before(project, step, HistoryOf(annotation_id=claim))
    assert planned.label.startswith("Go back with C-0001 to before ")
    assert planned.said == (
        "1 claim (C-0001) comes back",
        "1 source (SRC-001) comes back",
        "1 tag of the codebook (“flood”) comes back",
    )
    back, stayed = project.read.annotation(claim), project.read.annotation(other)
    assert back is not None
    assert stayed is not None
    assert (back.claim.plain_words, back.tag_ids) == ("", (tag,))
    assert (stayed.claim.plain_words, stayed.tag_ids) == ("stays", ())
    assert [said.source_id for said in project.read.attributions([claim])] == [source]
    assert check_project(project.read) == []


def test_one_article_goes_back_alone(project: Project, article: Article) -> None:
    other = take_in(project, BOATS, "boats.txt")
    do.edit_article(project, article.id, title="Title then")
    do.edit_article(project, article.id, title="Title since")
    step = project.last_step_id
    claim = claim_in(project, article)
    elsewhere = do.mark(project, other.id, Kind.FIGURE, [span_of(project, other, "40 or 50 boats")])
    back_to_before(project, step, HistoryOf(article_id=article.id))
    found = project.read.article(article.id)
    assert found is not None
    assert found.title == "Title then"
    assert project.read.existing([claim, elsewhere]) == [elsewhere]


def test_a_link_whose_other_end_is_gone_is_left_out_and_that_is_said(project: Project, article: Article) -> None:
    first, second = claim_in(project, article), claim_in(project, article, ROAD)
    do.link(project, first, second, Relation.CORROBORATES)
    do.remove_annotations(project, {first, second})
    planned = back_to_before(project, project.last_step_id, HistoryOf(annotation_id=first))
    assert planned.said[-1] == "1 tie cannot come back, because C-0002 is gone"
    assert project.read.existing([first, second]) == [first]
    assert project.read.links([first]) == []


def test_going_back_to_now_does_nothing(project: Project, article: Article) -> None:
    claim_in(project, article)
    steps = project.read.step_count()
    planned = plan(project.read, after(project.read, project.last_step_id or 0))
    assert (bool(planned), planned.said, go_back(project, planned)) == (False, (), None)
    assert project.read.step_count() == steps


def test_going_back_to_what_was_exported(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    do.note_export(project, "report.xlsx", project.read.newest_moment().change_id)
    do.remove_annotations(project, {claim})
    [export] = project.read.exports()
    go_back(project, plan(project.read, exported(export)))
    assert project.read.existing([claim]) == [claim]


def test_updates_of_an_article_can_be_gone_back_over(project: Project, article: Article) -> None:
    """Two texts had the same number, since one of them was undone: they must not meet."""
    claim_in(project, article)
    texts = [FLOOD.replace("900", number) for number in ("950", "990")]
    files = [imported(text, f"{number}.txt") for number, text in enumerate(texts)]
    do.update_article(project, article.id, files[0].articles[0], files[0])
    updated = project.last_step_id
    rows = tables_of(project)
    undo(project)
    do.update_article(project, article.id, files[1].articles[0], files[1])
    later = tables_of(project)
    go_back(project, plan(project.read, after(project.read, updated or 0)))
    assert tables_of(project) == rows
    undo(project)
    assert tables_of(project) == later
    redo(project)
    assert tables_of(project) == rows


def test_suggestions_are_as_judged_then_and_go_with_their_text(project: Project, article: Article) -> None:
    span = span_of(project, article, PEOPLE)
    proposals = [
        Proposal(Kind.CLAIM, (span,), {}, "said", 0.9),
        Proposal(Kind.FIGURE, (span_of(project, article, "At least 900 people"),), {}, "number", 0.9),
    ]
    imported_in = project.read.steps(1)[0].id
    do.store_proposals(project, article.text_id, proposals, engine="rules", version="1")
    first, second = project.read.suggestions(article.text_id)
    do.accept_suggestion(project, first.id)
    accepted = project.last_step_id
    do.reject_suggestion(project, second.id)
    later = tables_of(project)
    go_back(project, plan(project.read, before(project.read, accepted or 0)))
    assert [one.fate for one in project.read.suggestions(article.text_id)] == [Fate.OPEN, Fate.OPEN]
    undo(project)
    assert tables_of(project) == later
    back_to_before(project, imported_in)
    assert project.read.articles() == []
    undo(project)
    assert tables_of(project) == later


# -- after a restart -------------------------------------------------------------------------------------------------


def test_everything_can_be_undone_after_a_restart_with_another_analyst_in_between(tmp_path: Path) -> None:
    path = tmp_path / "shared.pnote"
    with Project.create(path, "Ana") as project:
        empty = tables_of(project)
        article = take_in(project)
        first = claim_in(project, article)
        do.edit_record(project, first, plain_words="Ana’s")
    with Project.open(path, "Ben") as project:
        assert undo(project) is None
        tag = do.add_tag(project, "Ben’s")
        do.toggle_tag(project, [first], tag)
        do.add_check(project, first, checked_on=date(2024, 2, 29), looked_at="فيديو")
    with Project.open(path, "Ana") as project:
        undo(project)
        found = project.read.annotation(first)
        assert found is not None
        assert (found.claim.plain_words, len(found.tag_ids)) == ("", 1)
        with pytest.raises(CannotUndo, match="Mark claim"):  # Ben has tagged and checked it
            undo(project)
    with Project.open(path, "Ben") as project:
        for _ in range(3):
            undo(project)
        assert undo(project) is None
    with Project.open(path, "Ana") as project:
        undo(project)
        undo(project)
        assert tables_of(project) == empty
    with Project.open(path, "Ana") as project:
        for _ in range(3):
            redo(project)
        found = project.read.annotation(first)
        assert found is not None
        assert found.claim.plain_words == "Ana’s"
    with Project.open(path, "Ben") as project:
        for _ in range(3):
            redo(project)
        assert [tag.name for tag in project.read.tags()] == ["Ben’s"]
        assert len(project.read.checks([first])) == 1


def test_another_analyst_can_go_back_over_what_undo_refuses(tmp_path: Path) -> None:
    """Undo takes back one's own steps; going back is by new changes and so may go over those of others."""
    path = tmp_path / "shared.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        claim = claim_in(project, article)
        marked = project.last_step_id
    with Project.open(path, "Ben") as project:
        do.add_check(project, claim, checked_on=date(2024, 2, 29), looked_at="فيديو")
    with Project.open(path, "Ana") as project:
        with pytest.raises(CannotUndo):
            undo(project)
        back_to_before(project, marked)
        assert project.read.annotations() == []
        undo(project)
        assert len(project.read.checks([claim])) == 1
