"""Going back by new changes: after any row of commands to every earlier step, and forth again; nothing is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from annotate import commands as do
from annotate.erasing import Wish, erase, plan_erasing
from annotate.errors import CannotGoBack, CannotUndo
from annotate.going_back import Plan, after, before, exported, go_back, plan
from annotate.history import next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.steps import WHOLE, HistoryOf
from annotate.store import schema
from annotate.suggest import Proposal
from annotate.vocabulary import Fate, Kind, Relation, Stance
from tests.annotate.drafts import BOATS, FLOOD, imported, revisions_of, span_of, tables_of, take_in
from tests.annotate.test_any_row_of_commands import AnyRowOfCommands
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import found_in

PEOPLE, ROAD = "At least 900 people left their homes on Monday", "The road to Alt-Moor was closed."


class GoingBackAfterAnyRowOfCommands(AnyRowOfCommands):
    """What stood after each step is kept; going back must bring exactly that, its undo what was there before."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[tuple[int, dict[str, Any]]] = [(0, tables_of(self.project))]
        """Where the journal stood, and the rows then."""
        self.bodies = contents_of(self.project)

    @invariant()
    def a_moment_is_kept(self) -> None:
        change_id = self.project.read.newest_moment().change_id
        if change_id != self.moments[-1][0]:
            self.moments.append((change_id, tables_of(self.project)))

    @invariant()
    def contents_stay(self) -> None:
        now = contents_of(self.project)
        assert self.bodies <= now
        self.bodies = now

    @precondition(lambda self: len(self.moments) > 1)
    @rule(index=st.integers(0, 60))
    def go_back_for_good(self, index: int) -> None:
        """What follows goes on from there."""
        step_id, rows = self._step_and_rows(index)
        self.run(lambda project: go_back(project, plan(project.read, after(project.read, step_id))))
        assert tables_of(self.project) == rows

    @rule(index=st.integers(0, 60), moment=st.integers(0, 60))
    def go_back_with_an_article(self, index: int, moment: int) -> None:
        self._go_back_in_part(HistoryOf(article_id=self.pick("articles", index)), moment)

    @rule(index=st.integers(0, 60), moment=st.integers(0, 60))
    def go_back_with_a_mark(self, index: int, moment: int) -> None:
        self._go_back_in_part(HistoryOf(annotation_id=self.pick("annotations", index)), moment)

    def teardown(self) -> None:
        try:
            self._back_to_each_and_forth()
        finally:
            super().teardown()

    def _go_back_in_part(self, of: HistoryOf, moment: int) -> None:
        if of == WHOLE or len(self.moments) < 2:
            return
        step_id, _ = self._step_and_rows(moment)
        earlier = tables_of(self.project)
        stood = len(self.stood)
        self.run(lambda project: go_back(project, plan(project.read, before(project.read, step_id), of)))
        if len(self.stood) > stood:
            later = tables_of(self.project)
            undo(self.project)
            assert tables_of(self.project) == earlier
            redo(self.project)
            assert tables_of(self.project) == later

    def _step_and_rows(self, index: int) -> tuple[int, dict[str, Any]]:
        change_id, rows = self.moments[1:][index % (len(self.moments) - 1)]
        query = "SELECT step_id FROM changes WHERE id = ?"
        return int(self.project.read.connection.exec_driver_sql(query, (change_id,)).scalar_one()), rows

    def _back_to_each_and_forth(self) -> None:
        """In the order in which they were, so that the last of them is there at the end."""
        self.a_moment_is_kept()
        for change_id, rows in self.moments[:]:
            if change_id == 0:
                continue
            earlier = tables_of(self.project)
            step_id = self.project.read.connection.exec_driver_sql(
                "SELECT step_id FROM changes WHERE id = ?", (change_id,)
            ).scalar_one()
            planned = plan(self.project.read, after(self.project.read, step_id))
            assert bool(planned) == (earlier != rows)
            assert bool(planned) == bool(planned.said), planned
            if go_back(self.project, planned) is None:
                continue
            self.stood.append(tables_of(self.project))
            assert tables_of(self.project) == rows
            self.revisions_only_grow()
            self.a_number_never_names_another_annotation()
            undo(self.project)
            assert tables_of(self.project) == earlier
            self.revisions_only_grow()
            self._reopen()
            redo(self.project)
            assert tables_of(self.project) == rows
            self.revisions_only_grow()


GoingBackAfterAnyRowOfCommands.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
TestGoingBackAfterAnyRowOfCommands = GoingBackAfterAnyRowOfCommands.TestCase


class GoingBackAfterLongRowsOfCommands(GoingBackAfterAnyRowOfCommands):
    """The same, for as long as somebody has time for it."""


GoingBackAfterLongRowsOfCommands.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestGoingBackAfterLongRowsOfCommands = pytest.mark.long(GoingBackAfterLongRowsOfCommands.TestCase)


def contents_of(project: Project) -> set[tuple[str, str]]:
    """Which bytes and bodies are kept."""
    read = project.read.connection
    return {
        (table, sha256)
        for table in ("file_contents", "text_bodies")
        for (sha256,) in read.exec_driver_sql(f"SELECT sha256 FROM {table}")
    }


@pytest.fixture
def article(project: Project) -> Article:
    return take_in(project)


# -- one by one ------------------------------------------------------------------------------------------------------


def claim_in(project: Project, article: Article, words: str = PEOPLE) -> int:
    return do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])


def back_to_before(project: Project, step_id: int | None, of: HistoryOf = WHOLE) -> Plan:
    """Going back is planned and done."""
    assert step_id is not None
    planned = plan(project.read, before(project.read, step_id), of)
    go_back(project, planned)
    return planned


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


def test_what_others_point_to_is_refused_by_name_and_nothing_is_done(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    named = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "the regional civil defence")])
    marked = project.last_step_id
    source = do.add_source(project, "Civil defence")
    do.attribute(project, claim, source, stance=Stance.ASSERTS, mention_id=named)
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"^S-0001 would go, but C-0001 needs it, so nothing was changed\. "):
        back_to_before(project, marked, HistoryOf(annotation_id=named))
    assert tables_of(project) == rows


def test_a_plan_is_of_no_use_once_something_was_changed(project: Project, article: Article) -> None:
    claim_in(project, article)
    planned = plan(project.read, before(project.read, project.last_step_id or 0))
    do.add_tag(project, "meanwhile")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match="changed in the meantime"):
        go_back(project, planned)
    assert tables_of(project) == rows


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


def test_going_back_beyond_a_damaged_entry_is_refused_and_says_so(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    step = project.last_step_id
    do.edit_record(project, claim, plain_words="later")
    project.read.connection.exec_driver_sql("UPDATE changes SET before = '{\"plain' WHERE table_name = 'claims'")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"There is no going back to before .* is damaged"):
        plan(project.read, before(project.read, step or 0))
    with pytest.raises(CannotUndo, match="its entry in the history is damaged"):
        undo(project)
    assert tables_of(project) == rows


def test_going_back_to_what_was_erased_for_good_is_refused(project: Project, article: Article) -> None:
    """Whoever erases a text takes its body away as well; a row must not come back without it."""
    imported_in = project.read.steps(1)[0].id
    back_to_before(project, imported_in)
    gone = project.last_step_id
    project.read.connection.exec_driver_sql("DELETE FROM text_bodies")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"gone for good\. Nothing was changed"):
        back_to_before(project, gone)
    assert tables_of(project) == rows


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_erased_for_good_does_not_come_back_by_going_back(project: Project, whole: bool) -> None:
    """To any moment that is left in history: it is done and all is whole, or refused and nothing is done."""
    secret, other = taken(project)
    do.edit_article(project, other.id, note="since")
    erase(project, plan_erasing(project.read, project.path, Wish((secret.id,))))
    of = WHOLE if whole else HistoryOf(article_id=other.id)
    done = 0
    for step in project.read.steps(1_000):
        rows = tables_of(project)
        try:
            planned = plan(project.read, before(project.read, step.id), of)
            went = go_back(project, planned)
        except CannotGoBack:
            assert tables_of(project) == rows
            continue
        assert project.read.article(secret.id) is None
        assert check_project(project.read) == []
        if went is not None:
            done += 1
            undo(project)
            assert tables_of(project) == rows
    assert done > 5
    project.close()
    assert found_in(project.path.parent, *NEEDLES) == []


@pytest.mark.parametrize(
    ("column", "value"), [("kind", "nonsense"), ("uid", "not hexadecimal"), ("created_at", "yesterday"), ("kind", None)]
)
def test_values_that_no_row_can_have_are_refused(
    project: Project, article: Article, column: str, value: object
) -> None:
    claim = claim_in(project, article)
    do.remove_annotations(project, {claim})
    step = project.last_step_id
    read = project.read.connection
    query = "SELECT id, before FROM changes WHERE table_name = 'annotations' AND after IS NULL"
    change_id, words = read.exec_driver_sql(query).one()
    hostile = json.dumps(json.loads(words) | {column: value})
    read.exec_driver_sql("UPDATE changes SET before = ? WHERE id = ?", (hostile, change_id))
    rows = tables_of(project)
    with pytest.raises(CannotGoBack):
        back_to_before(project, step)
    assert tables_of(project) == rows


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
