"""One mark that becomes two, each with its record and ties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.history import next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import Article, Span
from annotate.project import Project
from annotate.vocabulary import Bound, Credibility, Handling, Kind, Mode, Relation, Shows, Stance
from tests.annotate.drafts import FLOOD, span_of, tables_of
from tests.annotate.works import do_work, everything_is_whole, found, marked, works

SAID = "At least 900 people left their homes on Monday, the regional civil defence said."
TOLD = "“Nobody told us,”"
WEAK = "“that the dam was weak.”"


def at(words: str, *, end: bool = False) -> int:
    return FLOOD.index(words) + (len(words) if end else 0)


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [
        (at("left their"), "At least 900 people", "left their homes on Monday, the regional civil defence said."),
        (at("people", end=True), "At least 900 people", "left their homes on Monday, the regional civil defence said."),
    ],
)
def test_what_stands_before_stays_and_what_stands_after_is_a_new_mark(
    project: Project, article: Article, place: int, first: str, second: str
) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    other = do.split_annotation(project, claim, place)
    assert (found(project, claim).label, found(project, claim).words) == ("C-0001", first)
    assert (found(project, other).label, found(project, other).words) == ("C-0002", second)
    step = next_undo(project)
    assert step is not None
    assert step.label == "Split C-0001"
    assert check_project(project.read) == []


@pytest.mark.parametrize(
    ("words", "place", "parts"),
    [
        ("Zoe\u0301 Nu\u0308rsen", at("Nu\u0308") + 2, ("Zoe\u0301 N", "u\u0308rsen")),
        ("🇵🇸🇸🇾 قال", at("🇵🇸🇸🇾") + 3, ("🇵🇸", "🇸🇾 قال")),
        ("houses 🏚️ stood", at("🏚️") + 1, ("houses", "🏚️ stood")),
        ("weak.”\u2028The road", at("\u2028The"), ("weak.”", "The road")),
        ("قال الدفاع المدني", at("المدني"), ("قال الدفاع", "المدني")),
    ],
)
def test_no_letter_is_taken_from_its_accent(
    project: Project, article: Article, words: str, place: int, parts: tuple[str, str]
) -> None:
    source = marked(project, article, Kind.SOURCE, words)
    other = do.split_annotation(project, source, place)
    assert (found(project, source).words, found(project, other).words) == parts
    assert check_project(project.read) == []


def test_an_interrupted_quotation_is_split_in_its_gap_or_in_a_stretch(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, TOLD, WEAK, "road to Alt-Moor was closed.")
    other = do.split_annotation(project, claim, at("a baker"))
    assert found(project, claim).words == TOLD
    assert found(project, other).words == f"{WEAK} […] road to Alt-Moor was closed."
    third = do.split_annotation(project, other, at("Alt-Moor"))
    assert found(project, other).words == f"{WEAK} […] road to"
    assert found(project, third).words == "Alt-Moor was closed."


def test_both_parts_have_the_record_and_all_that_hangs_on_it(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    tags = [do.add_tag(project, name) for name in ("flucht", "خبر")]
    for tag in reversed(tags):
        do.toggle_tag(project, [claim], tag)
    do.edit_annotation(project, claim, note="Zahl prüfen", handling=Handling.INTERNAL)
    do.edit_record(project, claim, mode=Mode.PARTIAL, plain_words="900 fled 🌊", credibility=Credibility.PROBABLE)
    defence = do.add_source(project, "Civil defence")
    mention = marked(project, article, Kind.SOURCE, "the regional civil defence")
    do.attribute(project, claim, defence, stance=Stance.CONFIRMS, verb="said", mention_id=mention)
    do.add_check(project, claim, checked_on=date(2024, 2, 29), looked_at="the list", shows=Shows.NEITHER)
    rival = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    do.link(project, claim, rival, Relation.CONTRADICTS, note="how many")
    do.link(project, rival, claim, Relation.REPEATS)
    before = found(project, claim)
    other = do.split_annotation(project, claim, at("left their"))
    one, two = found(project, claim), found(project, other)
    assert one.record == two.record == before.record
    assert one.tag_ids == two.tag_ids == tuple(reversed(tags))
    assert (one.note, one.handling) == (two.note, two.handling) == ("Zahl prüfen", Handling.INTERNAL)
    for part in (claim, other):
        [said] = project.read.attributions([part])
        assert (said.source_id, said.stance, said.verb, said.mention_id) == (defence, Stance.CONFIRMS, "said", mention)
        [check] = project.read.checks([part])
        assert (check.looked_at, check.shows) == ("the list", Shows.NEITHER)
        links = [(link.from_id, link.to_id, link.relation, link.note) for link in project.read.links([part])]
        assert links == [(part, rival, Relation.CONTRADICTS, "how many"), (rival, part, Relation.REPEATS, "")]


def test_a_figure_goes_with_the_part_its_words_are_in(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    first, second, both = (marked(project, article, Kind.FIGURE, one) for one in ("900", "Monday", "people left"))
    afar = marked(project, article, Kind.FIGURE, "dozens of houses")
    do.link(project, claim, afar, Relation.CONTAINS)
    other = do.split_annotation(project, claim, at("left their"))
    assert project.read.figures_in(claim) == [first, both, afar]
    assert project.read.figures_in(other) == [second, both, afar]


def test_a_figure_is_read_anew_in_both_parts_unless_somebody_has_corrected_it(
    project: Project, article: Article
) -> None:
    words = "At least 900 people left their homes"
    claim = marked(project, article, Kind.CLAIM, "At least 900 people")
    read = marked(project, article, Kind.FIGURE, words)
    other = do.split_annotation(project, read, at("left their"))
    assert found(project, read).figure == read_figure("At least 900 people")
    assert found(project, read).figure.bound is Bound.MIN
    assert found(project, other).figure == read_figure("left their homes")
    assert project.read.figures_in(claim) == [read], "which reached out of the claim before"
    undo(project)
    do.edit_record(project, read, value=901)
    corrected = found(project, read).figure
    other = do.split_annotation(project, read, at("left their"))
    assert found(project, read).figure == found(project, other).figure == corrected


def test_both_parts_of_a_figure_stay_in_its_claim(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    figure = marked(project, article, Kind.FIGURE, "900 people left")
    other = do.split_annotation(project, figure, at("left their"))
    assert project.read.figures_in(claim) == [figure, other]
    assert len(project.read.links()) == 2


def test_a_mention_names_its_source_in_both_parts(project: Project, article: Article) -> None:
    mention = marked(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen, a baker")
    baker = do.add_source(project, "Zoe\u0301 Nu\u0308rsen")
    do.set_mention_source(project, mention, baker)
    other = do.split_annotation(project, mention, at("a baker"))
    assert project.read.mentions_of(baker) == [mention, other]


@pytest.mark.parametrize("place", [0, at(SAID), at(SAID) + len(SAID), len(FLOOD), at("Zoe\u0301") + 3])
def test_a_part_without_words_is_refused(project: Project, article: Article, place: int) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    before = tables_of(project)
    with pytest.raises(NotAllowed, match="C-0001 can only be split between two of its words"):
        do.split_annotation(project, claim, place)
    assert tables_of(project) == before


def test_merging_the_parts_gives_back_what_was_split(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, SAID)
    marked(project, article, Kind.FIGURE, "900 people")
    do.edit_annotation(project, claim, note="Zahl 🌊")
    do.attribute(project, claim, do.add_source(project, "Civil defence"))
    do.add_check(project, claim, checked_on=date(2024, 2, 29), looked_at="the list")
    hung = project.read.attributions(), project.read.links(), project.read.checks()
    before = found(project, claim)
    middle = span_of(project, article, "left their")
    other = do.split_annotation(project, claim, middle.start)
    do.set_spans(project, other, [Span(middle.start - 1, before.spans[0].end)])
    do.set_spans(project, claim, [Span(before.spans[0].start, middle.start + 4)])
    do.merge_annotations(project, [claim, other])
    after = found(project, claim)
    assert (after.words, after.note, after.record) == (before.words, before.note, before.record)
    assert [len(rows) for rows in hung] == [1, 1, 1]
    assert project.read.attributions() == hung[0]
    assert [(one.from_id, one.to_id) for one in project.read.links()] == [(one.from_id, one.to_id) for one in hung[1]]
    assert project.read.checks() == hung[2]


@settings(max_examples=20)
@given(work=works(), index=st.integers(0, 7), place=st.integers(-2, len(FLOOD) + 2))
def test_any_split_leaves_no_word_out_and_is_taken_back_exactly(
    worked_on: tuple[Project, Article],
    work: dict[str, Any],
    index: int,
    place: int,
) -> None:
    project, article = worked_on
    steps_before = project.read.step_to_undo(project.analyst_id)
    ids = do_work(project, article, work)
    if ids:
        annotation = found(project, ids[index % len(ids)])
        inside = [span.start + place % (span.end - span.start) for span in annotation.spans]
        before = tables_of(project)
        for point in (place, *inside):
            try:
                other = do.split_annotation(project, annotation.id, point)
            except NotAllowed:
                assert tables_of(project) == before
                continue
            after = tables_of(project)
            everything_is_whole(project)
            one, two = found(project, annotation.id), found(project, other)
            assert one.spans[-1].end <= two.spans[0].start
            words = "".join("".join(span.exact for part in (one, two) for span in part.spans).split())
            assert words == "".join("".join(span.exact for span in annotation.spans).split())
            assert one.tag_ids == two.tag_ids == annotation.tag_ids
            undo(project)
            assert tables_of(project) == before
            redo(project)
            assert tables_of(project) == after
            undo(project)
    while project.read.step_to_undo(project.analyst_id) != steps_before:
        undo(project)


@pytest.mark.parametrize("words", [SAID, "الدفاع المدني", "weak.”\u2028The road", "Zoe\u0301 Nu\u0308rsen"])
def test_what_was_split_and_is_merged_again_has_its_words_without_a_gap(
    project: Project, article: Article, words: str
) -> None:
    claim = marked(project, article, Kind.CLAIM, words)
    middle = next(at for at in range(len(words) // 3, len(words)) if words[at].isspace())
    other = do.split_annotation(project, claim, at(words) + middle)
    assert do.merge_annotations(project, [claim, other]) == claim
    assert found(project, claim).words == words
