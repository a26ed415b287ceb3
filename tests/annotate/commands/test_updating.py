"""A changed version of an article: both texts stay, marks are carried over, a person judges what did not just move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.errors import NotAllowed
from annotate.history import redo, undo
from annotate.integrity import check_project
from annotate.model import Annotation, Article, Carrying, Span
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.report.sheets.claims import claims_table
from annotate.report.sheets.figures import figures_table
from annotate.report.sheets.rows import RowIndex
from annotate.vocabulary import CarryOutcome, Fate, Kind
from tests.annotate.drafts import FLOOD, imported, span_of, tables_of, take_in
from tests.annotate.works import do_work, everything_is_whole, found, marked, works

KEPT, MOVED, CHANGED, REVIEW, LOST = CarryOutcome

NEW = (
    FLOOD.replace("At least 900 people", "By noon it rained.\n\nAt least 950 people")
    .replace("that the dam was weak", "that the old dam was weak")
    .replace("The road to Alt-Moor was closed.\n\n", "\n\n")
)


def update(project: Project, article: Article, text: str = NEW, name: str = "flood 2.txt") -> do.Updated:
    file = imported(text, name)
    return do.update_article(project, article.id, file.articles[0], file)


def now(project: Project, article: Article) -> Article:
    again = project.read.article(article.id)
    assert again is not None
    return again


def waiting(project: Project, article: Article) -> dict[int, Carrying]:
    return {one.annotation_id: one for one in project.read.carryings(article.id)}


@pytest.fixture
def marks(project: Project, article: Article) -> dict[CarryOutcome, int]:
    """One mark for each outcome that `NEW` has for it."""
    return {
        KEPT: marked(project, article, Kind.CLAIM, "قال الدفاع المدني إن المياه تواصل الارتفاع."),
        MOVED: marked(project, article, Kind.SOURCE, "the regional civil defence"),
        CHANGED: marked(project, article, Kind.CLAIM, "“that the dam was weak.”"),
        REVIEW: marked(project, article, Kind.FIGURE, "At least 900 people"),
        LOST: marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed."),
    }


def test_an_update_keeps_both_texts_and_both_files(project: Project, article: Article) -> None:
    done = update(project, article)
    old, new = project.read.texts(article.id)
    assert (old.number, new.number, new.id, done.is_new) == (1, 2, done.text_id, True)
    assert (project.read.body(old.id), project.read.body(new.id)) == (FLOOD, NEW)
    assert now(project, article).text_id == new.id
    names = [project.read.file(text.file_id or 0) for text in (old, new)]
    assert [file.name for file in names if file is not None] == ["flood.txt", "flood 2.txt"]
    assert project.read.file_bytes(new.file_id or 0) == NEW.encode()
    assert now(project, article).file_id == new.file_id
    assert len(project.read.parts(new.id)) == 2
    assert done.sentence == "It had no marks."
    assert check_project(project.read) == []


def test_both_versions_are_recognised_when_they_are_imported_again(project: Project, article: Article) -> None:
    update(project, article)
    for text, name in ((FLOOD, "a.txt"), (NEW, "b.txt")):
        taken = do.import_file(project, imported(text, name))
        assert (taken.outcome, taken.articles[0].article_id) == ("duplicate", article.id)


def test_each_mark_goes_where_its_words_went(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    done = update(project, article)
    assert done.outcomes == dict.fromkeys(CarryOutcome, 1)
    assert done.sentence == "Marks: 1 kept, 1 moved, 1 moved with a change, 1 to be judged, 1 lost."
    for outcome in (KEPT, MOVED, CHANGED):
        one = found(project, marks[outcome])
        assert one.text_id == done.text_id
        assert NEW[one.spans[0].start : one.spans[0].end] == one.words
    assert found(project, marks[CHANGED]).words == "“that the old dam was weak.”"
    review, lost = found(project, marks[REVIEW]), found(project, marks[LOST])
    assert (review.text_id, review.words) == (article.text_id, "At least 900 people")
    assert FLOOD[review.spans[0].start : review.spans[0].end] == review.words
    assert (lost.spans, lost.words) == ((), "The road to Alt-Moor was closed.")
    assert project.read.orphan_count() == 1
    everything_is_whole(project)


def test_what_waits_is_listed_with_old_words_new_words_and_the_reason(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    listed = project.read.carryings(article.id)
    assert [one.annotation_id for one in listed] == [marks[REVIEW], marks[LOST], marks[CHANGED]]
    figure = listed[0]
    assert [span.exact for span in (*figure.old_spans, *figure.spans)] == ["At least 900 people", "At least 950 people"]
    assert figure.reason == "This figure changed from 900 to 950."
    assert (listed[1].spans, listed[1].old_spans[0].exact) == ((), "The road to Alt-Moor was closed.")


def test_the_reader_shows_what_is_placed_and_the_table_says_what_is_not(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    done = update(project, article)
    shown = {mark.annotation_id for mark in project.read.marks(done.text_id)}
    assert shown == {marks[KEPT], marks[MOVED], marks[CHANGED]}
    lines = project.read.summaries(project.read.annotation_ids(article.id))
    assert {line.id for line in lines if not line.placed} == {marks[REVIEW], marks[LOST]}
    assert len(lines) == 5


def test_an_update_is_one_step(project: Project, article: Article, marks: dict[CarryOutcome, int]) -> None:
    before = tables_of(project)
    update(project, article)
    after = tables_of(project)
    undo(project)
    assert tables_of(project) == before
    assert now(project, article).text_id == article.text_id
    redo(project)
    assert tables_of(project) == after
    undo(project)
    assert update(project, article).outcomes == dict.fromkeys(CarryOutcome, 1)


def test_records_links_and_tags_stay_whatever_became_of_the_words(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    figure = marked(project, article, Kind.FIGURE, "At least 900 people")
    do.toggle_tag(project, [claim], do.add_tag(project, "flucht"))
    do.attribute(project, claim, do.add_source(project, "Civil defence"))
    before = {one.id: one.record for one in project.read.annotations()}
    ties = (project.read.links(), project.read.attributions())
    update(project, article)
    assert {one.id: one.record for one in project.read.annotations()} == before
    assert (project.read.links(), project.read.attributions()) == ties
    assert found(project, claim).tag_ids
    assert found(project, figure).figure.value == 900


def test_an_accepted_figure_stands_on_its_new_words_and_is_read_anew(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    done = update(project, article)
    stood = tables_of(project)
    do.accept_carrying(project, waiting(project, article)[marks[REVIEW]].id)
    figure = found(project, marks[REVIEW])
    assert (figure.text_id, figure.words, figure.figure.value) == (done.text_id, "At least 950 people", 950)
    assert marks[REVIEW] not in waiting(project, article)
    everything_is_whole(project)
    undo(project)
    assert tables_of(project) == stood


def test_an_amount_that_a_person_corrected_stays_when_the_new_place_is_accepted(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    do.edit_record(project, marks[REVIEW], counted="residents")
    update(project, article)
    do.accept_carrying(project, waiting(project, article)[marks[REVIEW]].id)
    figure = found(project, marks[REVIEW]).figure
    assert (figure.value, figure.counted) == (900, "residents")


def test_what_is_rejected_is_an_orphan_with_its_old_words(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    for outcome, words in ((REVIEW, "At least 900 people"), (CHANGED, "“that the dam was weak.”")):
        do.reject_carrying(project, waiting(project, article)[marks[outcome]].id)
        one = found(project, marks[outcome])
        assert (one.spans, one.words, one.text_id) == ((), words, article.text_id)
    assert project.read.orphan_count() == 3
    fates = {one.annotation_id: one.fate for one in project.read.carryings(article.id, judged=True)}
    assert fates == {marks[REVIEW]: Fate.REJECTED, marks[CHANGED]: Fate.REJECTED, marks[LOST]: Fate.OPEN}
    everything_is_whole(project)


def test_what_moved_with_a_flag_or_was_lost_can_be_noted_as_seen(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    standing = {outcome: found(project, marks[outcome]) for outcome in (CHANGED, LOST)}
    for outcome in (CHANGED, LOST):
        do.accept_carrying(project, waiting(project, article)[marks[outcome]].id)
    assert {outcome: found(project, marks[outcome]) for outcome in standing} == standing
    assert list(waiting(project, article)) == [marks[REVIEW]]


@pytest.mark.parametrize("outcome", [CHANGED, REVIEW, LOST])
def test_any_of_them_can_be_placed_by_hand(
    project: Project, article: Article, marks: dict[CarryOutcome, int], outcome: CarryOutcome
) -> None:
    done = update(project, article)
    there = span_of(project, now(project, article), "By noon it rained.")
    do.reanchor(project, marks[outcome], [there])
    one = found(project, marks[outcome])
    assert (one.words, one.text_id, len(one.spans)) == ("By noon it rained.", done.text_id, 1)
    assert marks[outcome] not in waiting(project, article)
    everything_is_whole(project)


@pytest.mark.parametrize(
    "verb",
    [
        lambda project, i: do.add_span(project, i, Span(0, 5)),
        lambda project, i: do.set_spans(project, i, [Span(0, 5)]),
        lambda project, i: do.change_kind(project, i, Kind.SOURCE),
        lambda project, i: do.split_annotation(project, i, 12),
    ],
)
def test_places_of_the_new_text_are_never_taken_for_places_of_the_old_one(
    project: Project, article: Article, marks: dict[CarryOutcome, int], verb: Callable[[Project, int], object]
) -> None:
    update(project, article)
    before = tables_of(project)
    for outcome in (REVIEW, LOST):
        with pytest.raises(NotAllowed, match="has no place in the newest text"):
            verb(project, marks[outcome])
    assert tables_of(project) == before


def test_two_that_wait_are_not_merged_in_the_old_text(project: Project, article: Article) -> None:
    both = [marked(project, article, Kind.FIGURE, words) for words in ("At least 900 people", "900 people")]
    update(project, article)
    assert len(waiting(project, article)) == 2
    with pytest.raises(NotAllowed, match="has no place in the newest text"):
        do.merge_annotations(project, both)


def test_a_third_version_looks_for_what_waits_from_the_words_that_were_marked(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    done = update(project, article, FLOOD + "\nCorrected at noon: the numbers were wrong.\n", "flood 3.txt")
    assert [text.number for text in project.read.texts(article.id)] == [1, 2, 3]
    for outcome in (REVIEW, LOST):
        one = found(project, marks[outcome])
        assert one.text_id == done.text_id
        assert one.words == {REVIEW: "At least 900 people", LOST: "The road to Alt-Moor was closed."}[outcome]
    assert found(project, marks[CHANGED]).words == "“that the dam was weak.”"
    assert waiting(project, article) == {}
    everything_is_whole(project)


def test_a_flag_nobody_has_looked_at_outlives_the_next_update(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    update(project, article, "Late edition.\n\n" + NEW, "flood 3.txt")
    flag = waiting(project, article)[marks[CHANGED]]
    assert (flag.outcome, flag.old_spans[0].exact) == (CHANGED, "“that the dam was weak.”")
    assert flag.spans == found(project, marks[CHANGED]).spans
    do.reject_carrying(project, flag.id)
    assert found(project, marks[CHANGED]).words == "“that the dam was weak.”"
    everything_is_whole(project)


def test_the_same_text_is_no_update(project: Project, article: Article) -> None:
    before = tables_of(project)
    done = update(project, article, FLOOD, "again.txt")
    assert (done.is_new, done.text_id, done.sentence) == (False, article.text_id, "It has this text already.")
    assert tables_of(project) == before


def test_what_lies_in_the_bin_is_not_updated(project: Project, article: Article) -> None:
    do.move_to_bin(project, [article.id])
    with pytest.raises(NotAllowed, match=r"lies in the bin\. Restore it first"):
        update(project, article)


def test_an_updated_article_goes_to_the_bin_and_comes_back(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    before = tables_of(project)
    do.move_to_bin(project, [article.id])
    assert project.read.annotations() == []
    do.restore_from_bin(project, [article.id])
    assert tables_of(project) == before


def test_only_what_was_not_known_is_filled_in(project: Project) -> None:
    article = take_in(project, author="Zoe\u0301", url=None)
    file = imported(NEW, "new.txt", author="Somebody else", url="https://valley.example/flood", title="Another title")
    do.update_article(project, article.id, file.articles[0], file)
    again = now(project, article)
    assert (again.author, again.url, again.title) == ("Zoe\u0301", "https://valley.example/flood", article.title)


def test_a_mark_that_waits_can_be_removed_and_brought_back(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    before = tables_of(project)
    do.remove_annotations(project, marks.values())
    assert waiting(project, article) == {}
    undo(project)
    assert tables_of(project) == before


def test_what_was_judged_is_not_judged_again(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    carrying = waiting(project, article)[marks[REVIEW]]
    do.reject_carrying(project, carrying.id)
    for verb in (do.accept_carrying, do.reject_carrying):
        with pytest.raises(NotAllowed, match="has been judged already"):
            verb(project, carrying.id)


def test_the_sheets_give_words_without_offsets_for_what_has_no_place(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    evidence = gather(project.read, "Ana")
    index = RowIndex(evidence)
    claims = claims_table(evidence, index)
    named = [column.heading for column in claims.columns]
    rows = {row[0]: dict(zip(named, row, strict=True)) for row in claims.rows}
    labels = {outcome: found(project, i).label for outcome, i in marks.items()}
    lost, kept = rows[labels[LOST]], rows[labels[KEPT]]
    assert (lost["Claim"], lost["Start"], lost["End"]) == ("The road to Alt-Moor was closed.", None, None)
    assert lost["After update"] == "lost: The words are not in the new text any more."
    assert (kept["Start"], kept["After update"]) == (FLOOD.index("قال"), "")
    figures = figures_table(evidence, index)
    row = dict(zip([column.heading for column in figures.columns], figures.rows[0], strict=True))
    assert row["Figure"] == "At least 900 people"
    assert row["After update"] == "to be judged: This figure changed from 900 to 950."


def test_an_orphan_somebody_accepted_is_still_told_of(
    project: Project, article: Article, marks: dict[CarryOutcome, int]
) -> None:
    update(project, article)
    do.accept_carrying(project, waiting(project, article)[marks[LOST]].id)
    evidence = gather(project.read, "Ana")
    assert evidence.standing(evidence.annotations[marks[LOST]]) == "not in the newest text"


@settings(max_examples=25)
@given(
    works(), st.lists(st.tuples(st.integers(0, len(FLOOD)), st.integers(0, 40), st.sampled_from(["", "x", "🌊 7 "])))
)
def test_nothing_is_dropped_whatever_the_new_text_is(
    worked_on: tuple[Project, Article], work: dict[str, object], edits: list[tuple[int, int, str]]
) -> None:
    project, article = worked_on
    text = FLOOD
    for at, length, put in edits:
        text = text[:at] + put + text[at + length :]
    do_work(project, article, work)
    try:
        before: dict[int, Annotation] = {one.id: one for one in project.read.annotations()}
        ties = (project.read.links(), project.read.attributions(), project.read.checks())
        if text.strip() and text != FLOOD:
            done = update(project, article, text)
            assert sum(done.outcomes.values()) == len(before)
            judged = (CHANGED, CarryOutcome.REVIEW, CarryOutcome.LOST)
            assert sum(done.outcomes.get(each, 0) for each in judged) == len(project.read.carryings(article.id))
        after = {one.id: one for one in project.read.annotations()}
        assert {i: (one.label, one.record, one.tag_ids, one.note) for i, one in after.items()} == {
            i: (one.label, one.record, one.tag_ids, one.note) for i, one in before.items()
        }
        assert (project.read.links(), project.read.attributions(), project.read.checks()) == ties
        everything_is_whole(project)
    finally:
        while project.read.step_to_undo(project.analyst_id) is not None and project.read.annotations():
            undo(project)
        while len(project.read.texts(article.id)) > 1:
            undo(project)


def test_an_update_survives_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "case 🌊.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        claim = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
        update(project, article)
    with Project.open(path, "Ana") as project:
        assert list(waiting(project, article)) == [claim]
        undo(project)
        assert found(project, claim).spans
