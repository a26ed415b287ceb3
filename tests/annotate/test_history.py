"""What undo and redo take back, whose steps they are, and when they refuse."""

import re
from datetime import date

import pytest

from annotate import commands as do
from annotate.errors import AnnotateError, CannotUndo
from annotate.history import next_redo, next_undo, redo, undo
from annotate.model import Article, Span
from annotate.project import Project
from annotate.store import schema
from annotate.vocabulary import Handling, Kind, Relation
from tests.annotate.drafts import BOATS, FLOOD, span_of, tables_of, take_in
from tests.statements import statements_to


def claim_in(project: Project, article: Article) -> int:
    return do.mark(
        project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes on Monday")]
    )


def test_undo_and_redo_carry_the_name_of_the_step(project: Project, article: Article) -> None:
    do.add_tag(project, "Flucht 🌊")
    step = next_undo(project)
    assert step is not None
    assert step.label == "Add tag “Flucht 🌊”"
    changes = undo(project)
    assert changes is not None
    assert (changes.label, changes.kind) == (step.label, "undo")
    again = next_redo(project)
    assert again is not None
    assert again.id == step.id


def test_with_nothing_to_take_back_undo_and_redo_do_nothing(project: Project) -> None:
    assert undo(project) is None
    assert redo(project) is None


def test_undo_brings_back_a_removed_link(project: Project, article: Article) -> None:
    first = claim_in(project, article)
    second = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed")])
    link_id = do.link(project, first, second, Relation.CORROBORATES, note="same day")
    [before] = project.read.links([first])
    do.unlink(project, link_id)
    undo(project)
    [after] = project.read.links([second])
    assert (after.id, after.uid, after.note) == (before.id, before.uid, "same day")
    assert after.revision > before.revision


def test_undoing_an_import_and_doing_it_again_brings_back_text_and_bytes(project: Project) -> None:
    article = take_in(project)
    undo(project)
    assert project.read.article(article.id) is None
    assert project.read.files() == []
    redo(project)
    again = project.read.article(article.id)
    assert again is not None
    assert project.read.body(again.text_id) == FLOOD
    assert project.read.file_bytes(again.file_id or 0) == FLOOD.encode()


def test_undo_reaches_across_articles_in_the_order_of_the_work(project: Project, article: Article) -> None:
    other = take_in(project, BOATS, "boats.txt")
    first = claim_in(project, article)
    second = do.mark(project, other.id, Kind.FIGURE, [span_of(project, other, "40 or 50 boats")])
    undo(project)
    assert project.read.annotation(second) is None
    assert project.read.annotation(first) is not None
    undo(project)
    assert project.read.annotation(first) is None


def test_a_new_edit_drops_what_could_be_redone(project: Project, article: Article) -> None:
    do.add_tag(project, "one")
    do.add_tag(project, "two")
    undo(project)
    do.add_tag(project, "three")
    assert next_redo(project) is None
    assert redo(project) is None
    undo(project)
    undo(project)
    assert project.read.tags() == []
    redo(project)
    redo(project)
    assert [tag.name for tag in project.read.tags()] == ["one", "three"]


def test_an_edit_that_fails_leaves_redo_alone(project: Project, article: Article) -> None:
    do.add_tag(project, "one")
    undo(project)
    with pytest.raises(AnnotateError):
        do.add_tag(project, "  ")
    assert next_redo(project) is not None


def test_each_analyst_takes_back_their_own_steps(project: Project, article: Article) -> None:
    do.add_tag(project, "Ana's")
    project.become("Ben")
    assert next_undo(project) is None
    do.add_tag(project, "Ben's")
    project.become("Ana")
    undo(project)
    assert [tag.name for tag in project.read.tags()] == ["Ben's"]
    assert next_redo(project) is not None
    project.become("Ben")
    assert next_redo(project) is None


def test_another_analysts_edit_leaves_my_redo(project: Project) -> None:
    do.add_tag(project, "Ana's")
    undo(project)
    project.become("Ben")
    do.add_tag(project, "Ben's")
    project.become("Ana")
    redo(project)
    assert sorted(tag.name for tag in project.read.tags()) == ["Ana's", "Ben's"]


def test_undo_is_refused_by_name_where_another_analyst_moved_on(project: Project, article: Article) -> None:
    do.edit_article(project, article.id, title="Ana's title")
    project.become("Ben")
    do.edit_article(project, article.id, title="Ben's title")
    project.become("Ana")
    before = tables_of(project)
    with pytest.raises(CannotUndo, match=r"“Edit “Flood 🌊 in the upper valley”” cannot be taken back"):
        undo(project)
    assert tables_of(project) == before
    assert next_undo(project) is not None


def test_undo_is_refused_where_another_analyst_built_on_what_it_made(project: Project, article: Article) -> None:
    claim_id = claim_in(project, article)
    project.become("Ben")
    do.add_check(project, claim_id, checked_on=date(2024, 2, 29), looked_at="حساب الدفاع المدني")
    project.become("Ana")
    before = tables_of(project)
    with pytest.raises(CannotUndo, match="Mark claim"):
        undo(project)
    assert tables_of(project) == before


def test_another_analysts_work_on_other_columns_does_not_stop_undo(project: Project, article: Article) -> None:
    do.edit_article(project, article.id, title="Ana's title")
    project.become("Ben")
    do.edit_article(project, article.id, author="Zoé")
    project.become("Ana")
    undo(project)
    found = project.read.article(article.id)
    assert found is not None
    assert (found.title, found.author) == (article.title, "Zoé")


def test_a_number_that_was_undone_is_not_given_out_again(project: Project, article: Article) -> None:
    first = claim_in(project, article)
    undo(project)
    second = claim_in(project, article)
    found = project.read.annotation(second)
    assert found is not None
    assert found.label == "C-0002"
    assert second != first


def test_undo_of_undo_is_redo_and_history_keeps_all_of_it(project: Project, article: Article) -> None:
    do.add_tag(project, "one")
    undo(project)
    redo(project)
    assert [(step.kind, step.label) for step in project.read.steps(3)] == [
        ("redo", "Add tag “one”"),
        ("undo", "Add tag “one”"),
        ("edit", "Add tag “one”"),
    ]


def test_a_new_source_its_attribution_and_its_tag_are_one_step(project: Project, article: Article) -> None:
    claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    named = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "Zoe\u0301 Nu\u0308rsen")])
    before = tables_of(project)
    baker = do.add_source(project, "Zoe\u0301 Nu\u0308rsen 🥖")
    step = project.last_step_id
    do.attribute(project, claim, baker, join=step)
    do.set_mention_source(project, named, baker, join=step)
    do.toggle_tag(project, [claim], do.add_tag(project, "bakers", join=step), join=step)
    assert project.last_step_id == step
    after = tables_of(project)
    undo(project)
    assert tables_of(project) == before
    redo(project)
    assert tables_of(project) == after


def test_a_taken_offer_joins_a_step(project: Project, article: Article) -> None:
    words = "At least 900 people left their homes on Monday"
    before = tables_of(project)
    claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])
    (offer,) = do.offered_speakers(project, claim)
    do.take_offer(project, claim, offer, join=project.last_step_id)
    undo(project)
    assert tables_of(project) == before


def many_marks(project: Project, count: int) -> list[int]:
    article = take_in(project, "🌊 At least 900 people left.\n" * count, f"{count} floods.txt")
    body = project.read.body(article.text_id)
    starts = [place.start() for place in re.finditer("900", body)]
    return [do.mark(project, article.id, Kind.FIGURE, [Span(start, start + 3, "900")]) for start in starts]


def test_a_step_of_many_changes_is_taken_back_and_done_again_with_few_statements(project: Project) -> None:
    asked = []
    for count in (10, 60):
        marks = many_marks(project, count)
        before = tables_of(project)
        do.remove_annotations(project, marks)
        after = tables_of(project)
        with statements_to(project.read) as back:
            undo(project)
        assert tables_of(project) == before
        with statements_to(project.read) as again:
            redo(project)
        assert tables_of(project) == after
        asked.append((len(back), len(again)))
    assert asked[0] == asked[1]
    assert sum(asked[0]) < 60


def test_a_row_that_was_changed_again_and_again_in_a_step_goes_back_to_what_it_was(
    project: Project, article: Article
) -> None:
    claims = [claim_in(project, article), claim_in(project, article)]
    before = tables_of(project)
    with project.change("Read back book.xlsx") as transaction:
        for number in range(3):
            for claim in claims:
                transaction.update(schema.annotations, claim, note=f"{number} 🌊")
                transaction.update(schema.claims, claim, plain_words=f"{number} بيت")
                transaction.update(schema.annotations, claim, handling=Handling.PROTECT)
    after = tables_of(project)
    undo(project)
    assert tables_of(project) == before
    redo(project)
    assert tables_of(project) == after


def test_one_row_changed_since_by_somebody_else_keeps_the_whole_step(project: Project) -> None:
    marks = many_marks(project, 30)
    with project.change("Note all") as transaction:
        for mark in marks:
            transaction.update(schema.annotations, mark, note="Ana's")
    project.become("Ben")
    do.edit_annotation(project, marks[17], note="Ben's")
    before = tables_of(project)
    project.become("Ana")
    with pytest.raises(CannotUndo, match="“Note all” cannot be taken back: what it touched has been changed since"):
        undo(project)
    assert tables_of(project) == before
