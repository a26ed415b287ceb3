"""What a mark holds the moment it is made."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.commands import add_source, add_span, add_tag, mark, mark_once, set_status
from annotate.commands.marking import anchored_words
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.model import Article, Span
from annotate.offsets import snap_to_graphemes
from annotate.project import Project
from annotate.vocabulary import ArticleStatus, Bound, Handling, Kind, Mode, Naming, Origin, Relation, Stance
from tests.annotate.drafts import FLOOD, span_of, take_in
from tests.annotate.works import again, annotated


@pytest.mark.parametrize(
    "words", ["🌊", "🇵🇸🇸🇾", "الدفاع المدني", "Zoe\u0301 Nu\u0308rsen", "900 people", "”\u2028The road", "🏚️"]
)
@pytest.mark.parametrize("kind", Kind)
def test_what_was_selected_is_what_is_stored(project: Project, article: Article, words: str, kind: Kind) -> None:
    start = FLOOD.index(words)
    annotation = annotated(project, article, kind, words)
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
    claim = annotated(project, article, Kind.CLAIM, "“that the dam was weak.”", "“Nobody told us,”")
    assert [span.exact for span in claim.spans] == ["“Nobody told us,”", "“that the dam was weak.”"]
    assert claim.words == "“Nobody told us,” […] “that the dam was weak.”"
    assert claim.claim.mode is Mode.DIRECT


def test_spans_that_touch_are_one(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "At least 900 ", "900 people left", " their homes")
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
    claim = annotated(project, article, Kind.CLAIM, *pieces)
    assert claim.words == words
    added = annotated(project, article, Kind.CLAIM, pieces[0])
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
    annotated(project, article, Kind.FIGURE, "900 people")
    assert project.read.articles()[0].status is ArticleStatus.IN_PROGRESS
    undo(project)
    assert project.read.articles()[0].status is ArticleStatus.UNREAD
    set_status(project, [article.id], ArticleStatus.DONE)
    annotated(project, article, Kind.FIGURE, "900 people")
    assert project.read.articles()[0].status is ArticleStatus.DONE


def test_a_figure_is_filled_in_from_its_words(project: Project, article: Article) -> None:
    figure = annotated(project, article, Kind.FIGURE, "At least 900 people").figure
    assert (figure.bound, figure.value, figure.low, figure.high) == (Bound.MIN, 900.0, 900.0, None)
    assert (figure.counted, figure.qualifier) == ("people", "At least")


def test_a_claim_without_speaker_is_the_outlets_own_and_attributed_to_it(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = annotated(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    assert claim.claim.mode is Mode.VOICE
    [attribution] = project.read.attributions([claim.id])
    source = project.read.source(attribution.source_id)
    assert source is not None
    assert (source.name, attribution.stance) == ("Harbour Post", Stance.ASSERTS)
    second = annotated(project, article, Kind.CLAIM, "road to Alt-Moor was closed")
    assert project.read.attributions([second.id])[0].source_id == source.id
    undo(project)
    undo(project)
    assert project.read.sources() == []


def test_a_claim_with_a_speaker_is_offered_and_not_attributed(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = annotated(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    assert claim.claim.mode is Mode.PARAPHRASE
    assert project.read.attributions() == []


def test_nothing_is_graded_by_itself(project: Project, article: Article) -> None:
    claim = annotated(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.").claim
    assert (claim.credibility, claim.finding) == (None, None)


@pytest.mark.parametrize("claim_first", [True, False])
def test_a_figure_in_a_claims_words_is_linked_whichever_was_marked_first(
    project: Project, article: Article, claim_first: bool
) -> None:
    kinds = [(Kind.CLAIM, "At least 900 people left their homes"), (Kind.FIGURE, "At least 900 people")]
    made = {kind: annotated(project, article, kind, words) for kind, words in (kinds if claim_first else kinds[::-1])}
    [made_link] = project.read.links()
    assert (made_link.from_id, made_link.to_id) == (made[Kind.CLAIM].id, made[Kind.FIGURE].id)
    assert made_link.relation is Relation.CONTAINS
    undo(project)
    assert project.read.links() == []


def test_a_figure_is_linked_to_every_claim_around_it_and_to_none_that_it_only_overlaps(
    project: Project, article: Article
) -> None:
    wide = annotated(project, article, Kind.CLAIM, "At least 900 people left their homes on Monday")
    split = annotated(project, article, Kind.CLAIM, "At least 900 people", "left their homes")
    cut = annotated(project, article, Kind.CLAIM, "900 people left")
    figure = annotated(project, article, Kind.FIGURE, "At least 900 people")
    assert project.read.claims_with(figure.id) == [wide.id, split.id]
    assert project.read.figures_in(cut.id) == []


def test_a_source_mark_knows_its_register_entry_by_name_or_alias(project: Project, article: Article) -> None:
    source = add_source(project, "Regional Civil Defence")
    assert annotated(project, article, Kind.SOURCE, "the regional civil defence").mention.source_id == source
    assert annotated(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen").mention.source_id is None


def test_an_unnamed_source_is_read_as_such(project: Project, article: Article) -> None:
    assert annotated(project, article, Kind.SOURCE, "A witness").mention.naming in (Naming.ANONYMOUS, Naming.ROLE)


def test_tags_can_be_given_with_the_mark(project: Project, article: Article) -> None:
    tag = add_tag(project, "Flucht")
    made = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "dozens of houses")], tag_ids=[tag])
    assert project.read.annotations([made])[0].tag_ids == (tag,)


def test_blanks_at_the_ends_of_a_selection_are_not_marked(project: Project) -> None:
    article = take_in(project, "🌊 They said  27 people \u2028came.\n")
    body = project.read.body(article.text_id)
    made = mark(project, article.id, Kind.FIGURE, [Span(body.index("  27"), body.index("came"))])
    assert project.read.annotation(made).words == "27 people"
