"""The verbs of the reader: what a mark holds the moment it is made, and what later edits keep."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    mark_once,
    move_edge,
    offered_speakers,
    remove_annotations,
    set_spans,
    set_status,
    take_offer,
    toggle_tag,
)
from annotate.commands.marking import anchored_words
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.history import next_undo, undo
from annotate.model import Annotation, Article, Claim, DatedWords, Span
from annotate.offsets import snap_to_graphemes
from annotate.project import Project
from annotate.vocabulary import (
    ArticleStatus,
    Bound,
    Credibility,
    Handling,
    Kind,
    Mode,
    Naming,
    Origin,
    Relation,
    Stance,
)
from tests.annotate.drafts import FLOOD, span_of, tables_of, take_in


def marked(project: Project, article: Article, kind: Kind, *words: str) -> Annotation:
    made = mark(project, article.id, kind, [span_of(project, article, each) for each in words])
    found = project.read.annotation(made)
    assert found is not None
    return found


def again(project: Project, annotation: Annotation) -> Annotation:
    found = project.read.annotation(annotation.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "words", ["🌊", "🇵🇸🇸🇾", "الدفاع المدني", "Zoe\u0301 Nu\u0308rsen", "900 people", "”\u2028The road", "🏚️"]
)
@pytest.mark.parametrize("kind", Kind)
def test_what_was_selected_is_what_is_stored(project: Project, article: Article, words: str, kind: Kind) -> None:
    start = FLOOD.index(words)
    annotation = marked(project, article, kind, words)
    [span] = annotation.spans
    assert (span.start, span.end, span.exact, annotation.words) == (start, start + len(words), words, words)
    assert (span.before, span.after) == (FLOOD[max(0, start - 32) : start], FLOOD[span.end : span.end + 32])
    assert (annotation.kind, annotation.number, annotation.origin) == (kind, 1, Origin.HAND)
    assert (annotation.handling, annotation.note, annotation.tag_ids) == (Handling.OPEN, "", ())
    assert annotation.created_at == annotation.changed_at


@settings(max_examples=60)
@given(start=st.integers(-5, len(FLOOD) + 5), length=st.integers(-3, len(FLOOD)), kind=st.sampled_from(Kind))
def test_any_selection_is_stored_at_grapheme_edges_or_refused_whole(
    shared_project: tuple[Project, Article], start: int, length: int, kind: Kind
) -> None:
    project, article = shared_project
    count = len(project.read.annotation_ids())
    end = start + length
    if not 0 <= start < end <= len(FLOOD) or not FLOOD[slice(*snap_to_graphemes(FLOOD, start, end))].strip():
        with pytest.raises(NotAllowed, match="Select the words first"):
            mark(project, article.id, kind, [Span(start, end)])
        assert len(project.read.annotation_ids()) == count
        return
    found = project.read.annotation(mark(project, article.id, kind, [Span(start, end)]))
    assert found is not None
    snapped = snap_to_graphemes(FLOOD, start, end)
    words = FLOOD[slice(*snapped)]
    first = snapped[0] + len(words) - len(words.lstrip())  # blanks at the ends are not marked
    assert (found.spans[0].start, found.spans[0].end) == (first, first + len(words.strip()))
    assert found.words == FLOOD[found.spans[0].start : found.spans[0].end]


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """One project for all examples of a property; they only add to it."""
    with Project.create(tmp_path_factory.mktemp("marking") / "case.pnote", "Ana") as project:
        yield project, take_in(project)


def test_an_interrupted_quotation_is_one_claim_with_its_words_in_order(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "“that the dam was weak.”", "“Nobody told us,”")
    assert [span.exact for span in claim.spans] == ["“Nobody told us,”", "“that the dam was weak.”"]
    assert claim.words == "“Nobody told us,” […] “that the dam was weak.”"
    assert claim.claim.mode is Mode.DIRECT


def test_spans_that_touch_are_one(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "At least 900 ", "900 people left", " their homes")
    assert [span.exact for span in claim.spans] == ["At least 900 people left their homes"]


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (("At least 900", "people left"), "At least 900 people left"),
        (("المياه تواصل", "الارتفاع."), "المياه تواصل الارتفاع."),
        (("weak.”", "The road"), "weak.”\u2028The road"),
        (("in the upper valley", "🇵🇸🇸🇾"), "in the upper valley\n\n🇵🇸🇸🇾"),
        (("🌊", "in the"), "🌊 in the"),
    ],
)
def test_spans_with_only_white_space_between_them_are_one(
    project: Project, article: Article, pieces: tuple[str, str], words: str
) -> None:
    claim = marked(project, article, Kind.CLAIM, *pieces)
    assert claim.words == words
    added = marked(project, article, Kind.CLAIM, pieces[0])
    add_span(project, added.id, span_of(project, article, pieces[1]))
    assert again(project, added).spans == claim.spans


@given(pieces=st.lists(st.tuples(st.integers(0, len(FLOOD)), st.integers(1, 30)), min_size=1, max_size=6))
def test_between_two_spans_there_is_always_something_left_out(pieces: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(len(FLOOD), start + length)) for start, length in pieces]
    wanted = {at for span in spans for at in range(*snap_to_graphemes(FLOOD, span.start, span.end))}
    if not "".join(FLOOD[at] for at in wanted).strip():
        return
    made = anchored_words(FLOOD, [span for span in spans if span.start < span.end])
    covered = {at for span in made for at in range(span.start, span.end)}
    assert all(FLOOD[one.end : other.start].strip() for one, other in pairwise(made))
    assert all(FLOOD[at].isspace() for at in covered ^ wanted)


def test_the_same_words_are_marked_once_by_hand(project: Project, article: Article) -> None:
    spans = [span_of(project, article, words) for words in ("“that the dam was weak.”", "“Nobody told us,”")]
    first, is_new = mark_once(project, article.id, Kind.CLAIM, spans)
    assert is_new
    assert mark_once(project, article.id, Kind.CLAIM, spans[::-1]) == (first, False)
    assert mark_once(project, article.id, Kind.CLAIM, spans[:1])[1]
    assert mark_once(project, article.id, Kind.SOURCE, spans)[1]
    wider = Span(spans[1].start - 1, spans[1].end)  # with the line end before it
    assert mark_once(project, article.id, Kind.CLAIM, [wider, spans[0]]) == (first, False)
    with pytest.raises(NotAllowed, match="Only spaces"):
        mark_once(project, article.id, Kind.CLAIM, [Span(FLOOD.index(" in the"), FLOOD.index("in the"))])


def test_the_first_mark_sets_the_article_in_progress_in_the_same_step(project: Project, article: Article) -> None:
    marked(project, article, Kind.FIGURE, "900 people")
    assert project.read.articles()[0].status is ArticleStatus.IN_PROGRESS
    undo(project)
    assert project.read.articles()[0].status is ArticleStatus.UNREAD
    set_status(project, [article.id], ArticleStatus.DONE)
    marked(project, article, Kind.FIGURE, "900 people")
    assert project.read.articles()[0].status is ArticleStatus.DONE


def test_a_figure_is_filled_in_from_its_words(project: Project, article: Article) -> None:
    figure = marked(project, article, Kind.FIGURE, "At least 900 people").figure
    assert (figure.bound, figure.value, figure.low, figure.high) == (Bound.MIN, 900.0, 900.0, None)
    assert (figure.counted, figure.qualifier) == ("people", "At least")


def test_a_claim_without_speaker_is_the_outlets_own_and_attributed_to_it(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    assert claim.claim.mode is Mode.VOICE
    [attribution] = project.read.attributions([claim.id])
    source = project.read.source(attribution.source_id)
    assert source is not None
    assert (source.name, attribution.stance) == ("Harbour Post", Stance.ASSERTS)
    second = marked(project, article, Kind.CLAIM, "road to Alt-Moor was closed")
    assert project.read.attributions([second.id])[0].source_id == source.id
    undo(project)
    undo(project)
    assert project.read.sources() == []


def test_a_claim_with_a_speaker_is_offered_and_not_attributed(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = marked(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    assert claim.claim.mode is Mode.PARAPHRASE
    assert project.read.attributions() == []


def test_nothing_is_graded_by_itself(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.").claim
    assert (claim.credibility, claim.finding) == (None, None)


@pytest.mark.parametrize("claim_first", [True, False])
def test_a_figure_in_a_claims_words_is_linked_whichever_was_marked_first(
    project: Project, article: Article, claim_first: bool
) -> None:
    kinds = [(Kind.CLAIM, "At least 900 people left their homes"), (Kind.FIGURE, "At least 900 people")]
    made = {kind: marked(project, article, kind, words) for kind, words in (kinds if claim_first else kinds[::-1])}
    [made_link] = project.read.links()
    assert (made_link.from_id, made_link.to_id) == (made[Kind.CLAIM].id, made[Kind.FIGURE].id)
    assert made_link.relation is Relation.CONTAINS
    undo(project)
    assert project.read.links() == []


def test_a_figure_is_linked_to_every_claim_around_it_and_to_none_that_it_only_overlaps(
    project: Project, article: Article
) -> None:
    wide = marked(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    split = marked(project, article, Kind.CLAIM, "At least 900 people", "left their homes")
    cut = marked(project, article, Kind.CLAIM, "900 people left")
    figure = marked(project, article, Kind.FIGURE, "At least 900 people")
    assert project.read.claims_with(figure.id) == [wide.id, split.id]
    assert project.read.figures_in(cut.id) == []


def test_a_source_mark_knows_its_register_entry_by_name_or_alias(project: Project, article: Article) -> None:
    source = add_source(project, "Regional Civil Defence")
    assert marked(project, article, Kind.SOURCE, "the regional civil defence").mention.source_id == source
    assert marked(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen").mention.source_id is None


def test_an_unnamed_source_is_read_as_such(project: Project, article: Article) -> None:
    assert marked(project, article, Kind.SOURCE, "A witness").mention.naming in (Naming.ANONYMOUS, Naming.ROLE)


def test_tags_can_be_given_with_the_mark(project: Project, article: Article) -> None:
    tag = add_tag(project, "Flucht")
    made = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "dozens of houses")], tag_ids=[tag])
    assert project.read.annotations([made])[0].tag_ids == (tag,)


# ---------------------------------------------------------------- other words


def test_adding_words_keeps_the_claim_and_its_number(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "“Nobody told us,”")
    add_span(project, claim.id, span_of(project, article, "“that the dam was weak.”"))
    after = again(project, claim)
    assert (after.label, len(after.spans), after.uid) == (claim.label, 2, claim.uid)
    undo(project)
    assert again(project, claim).words == "“Nobody told us,”"


def test_an_edge_is_moved_and_widened_to_whole_graphemes(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen")
    start = claim.spans[0].start
    move_edge(project, claim.id, claim.spans[0], Span(start, start + 3))
    assert again(project, claim).words == "Zoe\u0301"


def test_giving_the_same_words_is_no_step(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "dozens of houses")
    step = next_undo(project)
    set_spans(project, claim.id, claim.spans)
    assert next_undo(project) == step


@pytest.mark.parametrize("spans", [[], [Span(28, 29)], [Span(5, 5)], [Span(0, 10_000)]])
def test_a_mark_cannot_be_moved_to_nothing(project: Project, article: Article, spans: list[Span]) -> None:
    claim = marked(project, article, Kind.CLAIM, "dozens of houses")
    before = tables_of(project)
    with pytest.raises(NotAllowed, match="Select the words first"):
        set_spans(project, claim.id, spans)
    assert tables_of(project) == before


def test_a_figure_nobody_corrected_is_read_again_from_its_new_words(project: Project, article: Article) -> None:
    figure = marked(project, article, Kind.FIGURE, "900 people")
    assert figure.figure.bound is Bound.EXACT
    move_edge(project, figure.id, figure.spans[0], span_of(project, article, "At least 900 people"))
    assert again(project, figure).figure == read_figure("At least 900 people")


def test_a_figure_somebody_corrected_keeps_the_correction(project: Project, article: Article) -> None:
    figure = marked(project, article, Kind.FIGURE, "900 people")
    edit_record(project, figure.id, counted="residents")
    move_edge(project, figure.id, figure.spans[0], span_of(project, article, "At least 900 people"))
    assert again(project, figure).figure.counted == "residents"
    assert again(project, figure).figure.bound is Bound.EXACT


def test_moving_a_claims_edge_leaves_its_record_alone(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "“that the dam was weak.”")
    move_edge(project, claim.id, claim.spans[0], span_of(project, article, "that the dam was weak"))
    assert again(project, claim).claim == claim.claim


# ---------------------------------------------------------------- another kind


def test_another_kind_keeps_tags_note_and_handling_and_reads_the_record_anew(
    project: Project, article: Article
) -> None:
    claim = marked(project, article, Kind.CLAIM, "At least 900 people")
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
    claim = marked(project, article, Kind.CLAIM, "At least 900 people")
    edit_record(project, claim.id, plain_words="Mine")
    step = next_undo(project)
    assert change_kind(project, claim.id, Kind.CLAIM) == claim.id
    assert next_undo(project) == step


def test_a_claim_made_of_a_figure_holds_the_figures_in_it(project: Project, article: Article) -> None:
    inner = marked(project, article, Kind.FIGURE, "900 people")
    outer = marked(project, article, Kind.FIGURE, "At least 900 people left their homes")
    made = change_kind(project, outer.id, Kind.CLAIM)
    assert project.read.figures_in(made) == [inner.id]


# ---------------------------------------------------------------- removing


def test_removing_takes_all_that_hangs_on_it_and_undo_brings_all_back(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    figure = marked(project, article, Kind.FIGURE, "At least 900 people")
    other = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
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
    assert step.label == "Remove 2 annotations"
    after = tables_of(project)
    assert after["attributions"] == after["links"] == after["checks"] == after["annotation_tags"] == []
    assert {row[0] for row in after["annotations"]} == {other.id} | set(
        project.read.mentions_of(project.read.sources_named("regional civil defence", article.id)[0].id)
    )
    undo(project)
    assert tables_of(project) == before


def test_removing_a_mention_leaves_the_attribution_that_was_read_from_it(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
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
    claim = marked(project, article, Kind.CLAIM, "dozens of houses")
    remove_annotations(project, [claim.id])
    with pytest.raises(NotAllowed, match="has been removed"):
        remove_annotations(project, [claim.id])


# ---------------------------------------------------------------- editing


def test_fields_of_a_record_are_changed_by_name_and_dates_whole(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    happened = DatedWords("on Monday", date(2021, 3, 1), date(2021, 3, 2))
    edit_record(project, claim.id, plain_words="بيت 🌊", happened=happened, credibility=Credibility.DOUBTFUL)
    after = again(project, claim)
    assert (after.claim.plain_words, after.claim.happened) == ("بيت 🌊", happened)
    assert after.claim.credibility is Credibility.DOUBTFUL
    assert after.changed_at > claim.changed_at
    assert after.revision > claim.revision


def test_a_figures_numbers_stay_consistent(project: Project, article: Article) -> None:
    figure = marked(project, article, Kind.FIGURE, "At least 900 people")
    edit_record(project, figure.id, value=950.0)
    assert again(project, figure).figure.low == 950.0


def test_note_and_handling_are_changed_alone(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "dozens of houses")
    edit_annotation(project, claim.id, note="=1+1\u2028x")
    edit_annotation(project, claim.id, handling=Handling.INTERNAL)
    after = again(project, claim)
    assert (after.note, after.handling) == ("=1+1\u2028x", Handling.INTERNAL)
    edit_annotation(project, claim.id, note="")
    assert again(project, claim).note == ""


def test_typing_in_a_field_is_one_step(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "dozens of houses")
    step = None
    for words in ("D", "Do", "Dozens"):
        edit_record(project, claim.id, plain_words=words, join=step)
        step = project.last_step_id
    undo(project)
    assert isinstance(again(project, claim).record, Claim)
    assert again(project, claim).claim.plain_words == ""


def test_a_tag_goes_on_all_unless_all_have_it(project: Project, article: Article) -> None:
    one = marked(project, article, Kind.CLAIM, "dozens of houses")
    two = marked(project, article, Kind.FIGURE, "900 people")
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


def test_blanks_at_the_ends_of_a_selection_are_not_marked(project: Project) -> None:
    article = take_in(project, "🌊 They said  27 people \u2028came.\n")
    body = project.read.body(article.text_id)
    made = mark(project, article.id, Kind.FIGURE, [Span(body.index("  27"), body.index("came"))])
    assert project.read.annotation(made).words == "27 people"


def test_a_claim_that_is_widened_over_a_figure_contains_it_once(project: Project) -> None:
    article = take_in(project, "The mayor said that 340 homes were flooded, and 27 people rescued.\n")
    place = lambda words: span_of(project, article, words)  # noqa: E731
    first = mark(project, article.id, Kind.FIGURE, [place("340 homes")])
    second = mark(project, article.id, Kind.FIGURE, [place("27 people")])
    claim = mark(project, article.id, Kind.CLAIM, [place("340 homes were flooded")])
    set_spans(project, claim, [place("340 homes were flooded, and 27 people rescued")])
    assert project.read.figures_in(claim) == [first, second]
