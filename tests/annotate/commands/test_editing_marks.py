"""What edits keep of a mark, other words and another kind too, and what goes with it when it is removed."""

from datetime import date

import pytest

from annotate.commands import (
    add_check,
    add_source,
    add_span,
    add_tag,
    attribute,
    change_kind,
    edit_annotation,
    edit_record,
    link,
    mark,
    move_edge,
    offered_speakers,
    remove_annotations,
    set_spans,
    take_offer,
    toggle_tag,
)
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.history import next_undo, undo
from annotate.model import Article, Claim, DatedWords, Span
from annotate.project import Project
from annotate.vocabulary import Bound, Credibility, Handling, Kind, Relation
from tests.annotate.drafts import span_of, tables_of, take_in
from tests.annotate.works import again, annotated


def test_adding_words_keeps_the_claim_and_its_number(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "“Nobody told us,”")
    add_span(project, claim.id, span_of(project, article, "“that the dam was weak.”"))
    after = again(project, claim)
    assert (after.label, len(after.spans), after.uid) == (claim.label, 2, claim.uid)
    undo(project)
    assert again(project, claim).words == "“Nobody told us,”"


def test_an_edge_is_moved_and_widened_to_whole_graphemes(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen")
    start = claim.spans[0].start
    move_edge(project, claim.id, claim.spans[0], Span(start, start + 3))
    assert again(project, claim).words == "Zoe\u0301"


def test_giving_the_same_words_is_no_step(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "dozens of houses")
    step = next_undo(project)
    set_spans(project, claim.id, claim.spans)
    assert next_undo(project) == step


@pytest.mark.parametrize("spans", [[], [Span(28, 29)], [Span(5, 5)], [Span(0, 10_000)]])
def test_a_mark_cannot_be_moved_to_nothing(project: Project, article: Article, spans: list[Span]) -> None:
    claim = annotated(project, article, Kind.CLAIM, "dozens of houses")
    before = tables_of(project)
    with pytest.raises(NotAllowed, match="Select the words first"):
        set_spans(project, claim.id, spans)
    assert tables_of(project) == before


def test_a_figure_nobody_corrected_is_read_again_from_its_new_words(project: Project, article: Article) -> None:
    figure = annotated(project, article, Kind.FIGURE, "900 people")
    assert figure.figure.bound is Bound.EXACT
    move_edge(project, figure.id, figure.spans[0], span_of(project, article, "At least 900 people"))
    assert again(project, figure).figure == read_figure("At least 900 people")


def test_a_figure_somebody_corrected_keeps_the_correction(project: Project, article: Article) -> None:
    figure = annotated(project, article, Kind.FIGURE, "900 people")
    edit_record(project, figure.id, counted="residents")
    move_edge(project, figure.id, figure.spans[0], span_of(project, article, "At least 900 people"))
    assert again(project, figure).figure.counted == "residents"
    assert again(project, figure).figure.bound is Bound.EXACT


def test_moving_a_claims_edge_leaves_its_record_alone(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "“that the dam was weak.”")
    move_edge(project, claim.id, claim.spans[0], span_of(project, article, "that the dam was weak"))
    assert again(project, claim).claim == claim.claim


def test_another_kind_keeps_tags_note_and_handling_and_reads_the_record_anew(
    project: Project, article: Article
) -> None:
    claim = annotated(project, article, Kind.CLAIM, "At least 900 people")
    tag = add_tag(project, "Flucht")
    toggle_tag(project, [claim.id], tag)
    edit_annotation(project, claim.id, note="see 🌊", handling=Handling.PROTECT)
    before = tables_of(project)
    made = change_kind(project, claim.id, Kind.FIGURE)
    figure = project.read.annotations([made])[0]
    assert project.read.annotation(claim.id) is None
    assert (figure.label, figure.words, figure.tag_ids) == ("F-0001", claim.words, (tag,))
    assert (figure.note, figure.handling) == ("see 🌊", Handling.PROTECT)
    assert figure.figure == read_figure("At least 900 people")
    undo(project)
    assert tables_of(project) == before


def test_the_kind_it_has_already_changes_nothing(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "At least 900 people")
    edit_record(project, claim.id, plain_words="Mine")
    step = next_undo(project)
    assert change_kind(project, claim.id, Kind.CLAIM) == claim.id
    assert next_undo(project) == step


def test_a_claim_made_of_a_figure_holds_the_figures_in_it(project: Project, article: Article) -> None:
    inner = annotated(project, article, Kind.FIGURE, "900 people")
    outer = annotated(project, article, Kind.FIGURE, "At least 900 people left their homes")
    made = change_kind(project, outer.id, Kind.CLAIM)
    assert project.read.figures_in(made) == [inner.id]


def test_removing_takes_all_that_hangs_on_it_and_undo_brings_all_back(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    figure = annotated(project, article, Kind.FIGURE, "At least 900 people")
    other = annotated(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    [offer] = offered_speakers(project, claim.id)
    take_offer(project, claim.id, offer)
    attribute(project, figure.id, add_source(project, "x"))
    link(project, other.id, claim.id, Relation.REPEATS)
    toggle_tag(project, [claim.id], add_tag(project, "Flucht"))
    add_check(project, claim.id, checked_on=date(2024, 2, 29), looked_at="صورة")
    before = tables_of(project)
    remove_annotations(project, [claim.id, figure.id])
    step = next_undo(project)
    assert step is not None
    assert step.label == "Remove 2 marks"
    after = tables_of(project)
    assert after["attributions"] == after["links"] == after["checks"] == after["annotation_tags"] == []
    assert {row[0] for row in after["annotations"]} == {other.id} | set(
        project.read.mentions_of(project.read.sources_named("regional civil defence", article.id)[0].id)
    )
    undo(project)
    assert tables_of(project) == before


def test_removing_a_mention_leaves_the_attribution_that_was_read_from_it(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    [offer] = offered_speakers(project, claim.id)
    take_offer(project, claim.id, offer)
    [attribution] = project.read.attributions()
    assert attribution.mention_id is not None
    remove_annotations(project, [attribution.mention_id])
    [kept] = project.read.attributions()
    assert (kept.id, kept.source_id, kept.mention_id) == (attribution.id, attribution.source_id, None)
    undo(project)
    assert project.read.attributions()[0].mention_id == attribution.mention_id


def test_removing_what_is_gone_is_refused(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "dozens of houses")
    remove_annotations(project, [claim.id])
    with pytest.raises(NotAllowed, match="has been removed"):
        remove_annotations(project, [claim.id])


def test_fields_of_a_record_are_changed_by_name_and_dates_whole(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    happened = DatedWords("on Monday", date(2021, 3, 1), date(2021, 3, 2))
    edit_record(project, claim.id, plain_words="بيت 🌊", happened=happened, credibility=Credibility.DOUBTFUL)
    after = again(project, claim)
    assert (after.claim.plain_words, after.claim.happened) == ("بيت 🌊", happened)
    assert after.claim.credibility is Credibility.DOUBTFUL
    assert after.changed_at > claim.changed_at
    assert after.revision > claim.revision


def test_a_figures_numbers_stay_consistent(project: Project, article: Article) -> None:
    figure = annotated(project, article, Kind.FIGURE, "At least 900 people")
    edit_record(project, figure.id, value=950.0)
    assert again(project, figure).figure.low == 950.0


def test_note_and_handling_are_changed_alone(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "dozens of houses")
    edit_annotation(project, claim.id, note="=1+1\u2028x")
    edit_annotation(project, claim.id, handling=Handling.INTERNAL)
    after = again(project, claim)
    assert (after.note, after.handling) == ("=1+1\u2028x", Handling.INTERNAL)
    edit_annotation(project, claim.id, note="")
    assert again(project, claim).note == ""


def test_typing_in_a_field_is_one_step(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "dozens of houses")
    step = None
    for words in ("D", "Do", "Dozens"):
        edit_record(project, claim.id, plain_words=words, join=step)
        step = project.last_step_id
    undo(project)
    assert isinstance(again(project, claim).record, Claim)
    assert again(project, claim).claim.plain_words == ""


def test_a_tag_goes_on_all_unless_all_have_it(project: Project, article: Article) -> None:
    one = annotated(project, article, Kind.CLAIM, "dozens of houses")
    two = annotated(project, article, Kind.FIGURE, "900 people")
    tag, other = add_tag(project, "Flucht"), add_tag(project, "Wasser")
    toggle_tag(project, [one.id], tag)
    toggle_tag(project, [one.id, two.id], tag)
    toggle_tag(project, [two.id], other)
    assert (again(project, one).tag_ids, again(project, two).tag_ids) == ((tag,), (tag, other))
    toggle_tag(project, [one.id, two.id], tag)
    assert (again(project, one).tag_ids, again(project, two).tag_ids) == ((), (other,))
    step = next_undo(project)
    assert step is not None
    assert step.label == "Untag “Flucht”"
    with pytest.raises(NotAllowed, match="not in the codebook"):
        toggle_tag(project, [one.id], 99)


def test_a_claim_that_is_widened_over_a_figure_contains_it_once(project: Project) -> None:
    article = take_in(project, "The mayor said that 340 homes were flooded, and 27 people rescued.\n")
    place = lambda words: span_of(project, article, words)  # noqa: E731
    first = mark(project, article.id, Kind.FIGURE, [place("340 homes")])
    second = mark(project, article.id, Kind.FIGURE, [place("27 people")])
    claim = mark(project, article.id, Kind.CLAIM, [place("340 homes were flooded")])
    set_spans(project, claim, [place("340 homes were flooded, and 27 people rescued")])
    assert project.read.figures_in(claim) == [first, second]
