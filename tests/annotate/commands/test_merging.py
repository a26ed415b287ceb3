"""Marks that become one: what stays, what moves, and what is said where two records differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.history import next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import Annotation, Article, DatedWords
from annotate.project import Project
from annotate.vocabulary import (
    Bound,
    Credibility,
    FigureKind,
    Finding,
    Handling,
    Kind,
    Measure,
    Mode,
    Naming,
    Origin,
    Progress,
    Relation,
    Shows,
    Stance,
)
from tests.annotate.drafts import FLOOD, tables_of, take_in
from tests.annotate.works import do_work, everything_is_whole, found, marked, works

SAID = "At least 900 people left their homes on Monday, the regional civil defence said."
TOLD = "“Nobody told us,”"
WEAK = "“that the dam was weak.”"


@pytest.fixture
def pair(project: Project, article: Article) -> tuple[int, int]:
    """Two claims that interrupt each other; the second number stands first in the text."""
    late, early = marked(project, article, Kind.CLAIM, WEAK), marked(project, article, Kind.CLAIM, TOLD)
    return early, late


def test_the_first_in_the_text_stays_with_its_number_and_takes_all_words(
    project: Project, pair: tuple[int, int]
) -> None:
    early, late = pair
    assert do.merge_annotations(project, [late, early]) == early
    kept = found(project, early)
    assert (kept.label, kept.words) == ("C-0002", f"{TOLD} […] {WEAK}")
    assert project.read.annotation(late) is None
    step = next_undo(project)
    assert step is not None
    assert step.label == "Merge C-0002 and C-0001"
    assert check_project(project.read) == []


def test_another_one_stays_where_it_is_asked_for(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    do.edit_annotation(project, early, note="zuerst")
    do.edit_annotation(project, late, note="dann 🌊")
    assert do.merge_annotations(project, pair, into=late) == late
    assert found(project, late).note == "dann 🌊\nzuerst"
    assert found(project, late).words == f"{TOLD} […] {WEAK}"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("900 people left their", "left their homes", "900 people left their homes"),
        ("Nobody told us,” ", "said Zoe\u0301", "Nobody told us,” said Zoe\u0301"),
        ("Nobody told us,”", " said Zoe\u0301", "Nobody told us,” said Zoe\u0301"),
        ("Zo", "e\u0301 Nu\u0308", "Zoe\u0301 Nu\u0308"),
        ("🇵🇸", "🇸🇾 قال", "🇵🇸🇸🇾 قال"),
        ("قال الدفاع", "المدني", "قال الدفاع المدني"),
        ("قال", "المدني", "قال […] المدني"),
        ("houses 🏚️ stood", "🏚️", "houses 🏚️ stood"),
    ],
)
def test_words_that_overlap_or_have_only_blanks_between_them_are_joined_and_a_gap_stays_a_gap(
    project: Project, article: Article, first: str, second: str, words: str
) -> None:
    ids = [marked(project, article, Kind.SOURCE, each) for each in (first, second)]
    assert found(project, do.merge_annotations(project, ids)).words == words
    assert check_project(project.read) == []


def test_empty_fields_are_filled_in_text_order_and_full_ones_stay(project: Project, article: Article) -> None:
    ids = [marked(project, article, Kind.CLAIM, words) for words in (SAID, TOLD, WEAK)]
    event = do.add_event(project, "Hochwasser")
    do.edit_record(project, ids[0], plain_words="900 fled", credibility=None)
    do.edit_record(project, ids[1], translation="لم يخبرنا أحد", translated_by="Ana", place="Zu\u0308rich")
    do.edit_record(
        project, ids[2], translation="x", translated_by="Bo", credibility=Credibility.POSSIBLE, event_id=event
    )
    do.edit_record(project, ids[2], happened=DatedWords("on Monday", date(2024, 3, 4)))
    claim = found(project, do.merge_annotations(project, ids)).claim
    assert (claim.mode, claim.plain_words, claim.place) == (Mode.PARAPHRASE, "900 fled", "Zu\u0308rich")
    assert (claim.translation, claim.translated_by) == ("لم يخبرنا أحد", "Ana")
    assert (claim.credibility, claim.event_id) == (Credibility.POSSIBLE, event)
    assert claim.happened == DatedWords("on Monday", date(2024, 3, 4))
    assert found(project, ids[0]).note == "C-0003: translation x"


def test_judgements_that_differ_become_plain_lines_of_the_note(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    signed: dict[str, Any] = {"signed_off_by": "Bo", "signed_off_at": datetime(2024, 3, 4, tzinfo=UTC)}
    do.edit_record(project, early, progress=Progress.REVIEW, finding=Finding.PARTLY, credibility=Credibility.POSSIBLE)
    do.edit_record(project, late, progress=Progress.SIGNED_OFF, **signed)
    do.edit_record(project, late, finding=Finding.REFUTED, credibility=Credibility.POSSIBLE)
    do.edit_annotation(project, early, note="see the map")
    kept = found(project, do.merge_annotations(project, pair))
    assert (kept.claim.progress, kept.claim.finding) == (Progress.REVIEW, Finding.PARTLY)
    assert kept.claim.signed_off_by is None
    assert kept.note == "see the map\nC-0001: signed off by Bo on 2024-03-04\nC-0001: finding refuted"


def test_a_sign_off_moves_whole_to_a_claim_on_which_work_has_not_begun(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    signed: dict[str, Any] = {"signed_off_by": "Bo", "signed_off_at": datetime(2024, 3, 4, tzinfo=UTC)}
    do.edit_record(project, late, progress=Progress.SIGNED_OFF, finding=Finding.CONFIRMED, **signed)
    kept = found(project, do.merge_annotations(project, pair))
    assert kept.claim.progress is Progress.SIGNED_OFF
    assert {name: getattr(kept.claim, name) for name in signed} == signed
    assert (kept.claim.finding, kept.note) == (Finding.CONFIRMED, "")
    assert found(project, early).claim.credibility is None, "nothing is graded by itself"


def test_two_sign_offs_by_different_people_are_both_said(project: Project, pair: tuple[int, int]) -> None:
    for annotation_id, name in zip(pair, ("Ana", "Bo"), strict=True):
        do.edit_record(project, annotation_id, progress=Progress.SIGNED_OFF, signed_off_by=name)
    kept = found(project, do.merge_annotations(project, pair))
    assert (kept.claim.signed_off_by, kept.note) == ("Ana", "C-0001: signed off by Bo")


def test_notes_stand_below_each_other_and_none_twice(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    do.edit_annotation(project, early, note="Karte prüfen\n\nZoe\u0301 anrufen")
    do.edit_annotation(project, late, note="Zoe\u0301 anrufen")
    assert found(project, do.merge_annotations(project, pair)).note == "Karte prüfen\n\nZoe\u0301 anrufen"


def test_tags_are_united_and_the_stricter_handling_holds(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    one, two, three = (do.add_tag(project, name) for name in ("damm", "flucht", "قال"))
    for annotation_id, tags in ((late, (one, two)), (early, (three, two))):
        for tag in tags:
            do.toggle_tag(project, [annotation_id], tag)
    do.edit_annotation(project, late, handling=Handling.PROTECT)
    do.edit_annotation(project, early, handling=Handling.INTERNAL)
    kept = found(project, do.merge_annotations(project, pair))
    assert (kept.tag_ids, kept.handling) == ((three, two, one), Handling.PROTECT)


def test_who_says_so_moves_and_is_said_once(project: Project, article: Article, pair: tuple[int, int]) -> None:
    early, late = pair
    baker, mayor = do.add_source(project, "Zoe\u0301 Nu\u0308rsen"), do.add_source(project, "The mayor")
    mention = marked(project, article, Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen")
    do.attribute(project, early, baker)
    do.attribute(project, late, baker, verb="said", mention_id=mention)
    denied = do.attribute(project, late, baker, stance=Stance.DENIES)
    by_mayor = do.attribute(project, late, mayor, via_id=baker)
    do.merge_annotations(project, pair)
    said = project.read.attributions([early])
    assert [(one.source_id, one.stance, one.via_id) for one in said] == [
        (baker, Stance.ASSERTS, None),
        (baker, Stance.DENIES, None),
        (mayor, Stance.ASSERTS, baker),
    ]
    assert (said[0].verb, said[0].mention_id) == ("said", mention)
    assert [one.id for one in said[1:]] == [denied, by_mayor]
    assert len(project.read.attributions()) == 3


@pytest.mark.parametrize("voice_first", [True, False])
def test_what_somebody_says_is_not_the_outlets_own_voice_any_more(project: Project, voice_first: bool) -> None:
    article = take_in(project, outlet="Harbour Post")
    voice = marked(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    assert found(project, voice).claim.mode is Mode.VOICE
    said = marked(project, article, Kind.CLAIM, WEAK)
    baker = do.add_source(project, "Zoe\u0301")
    do.attribute(project, said, baker)
    kept = found(project, do.merge_annotations(project, [voice, said], into=voice if voice_first else said))
    assert kept.claim.mode is (Mode.PARAPHRASE if voice_first else Mode.DIRECT)
    assert [one.source_id for one in project.read.attributions([kept.id])] == [baker]
    assert len(project.read.attributions()) == 1


def test_two_claims_in_the_outlets_own_voice_stay_its_own(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    ids = [marked(project, article, Kind.CLAIM, words) for words in ("The road to Alt-Moor", "was closed.")]
    kept = found(project, do.merge_annotations(project, ids))
    assert kept.claim.mode is Mode.VOICE
    assert len(project.read.attributions([kept.id])) == 1


def test_links_move_and_none_is_there_twice_or_leads_to_itself(
    project: Project, article: Article, pair: tuple[int, int]
) -> None:
    early, late = pair
    other = marked(project, article, Kind.CLAIM, SAID)
    do.link(project, early, late, Relation.CORROBORATES)
    do.link(project, other, early, Relation.CONTRADICTS, note="Zahl")
    do.link(project, late, other, Relation.CONTRADICTS, note="Tag")
    do.link(project, other, late, Relation.UPDATES)
    do.link(project, late, other, Relation.UPDATES)
    do.merge_annotations(project, pair)
    links = [(link.from_id, link.to_id, link.relation, link.note) for link in project.read.links()]
    assert links == [
        (other, early, Relation.CONTRADICTS, "Zahl\nTag"),
        (other, early, Relation.UPDATES, ""),
        (early, other, Relation.UPDATES, ""),
    ]


def test_a_figure_between_two_claims_lies_in_the_one_they_become(project: Project, article: Article) -> None:
    claims = [marked(project, article, Kind.CLAIM, words) for words in ("At least 900 peo", "ple left their homes")]
    figure = marked(project, article, Kind.FIGURE, "900 people")
    assert project.read.links() == []
    kept = do.merge_annotations(project, claims)
    assert project.read.figures_in(kept) == [figure]
    assert len(project.read.links()) == 1


def test_checks_move_and_the_same_look_is_logged_once(project: Project, pair: tuple[int, int]) -> None:
    early, late = pair
    look: dict[str, Any] = {"checked_on": date(2024, 3, 4), "looked_at": "خريطة 🗺️", "shows": Shows.SUPPORTS}
    first, _again = (do.add_check(project, annotation_id, **look) for annotation_id in pair)
    other = do.add_check(project, late, **look | {"limits": "only the west"})
    do.merge_annotations(project, pair)
    assert [check.id for check in project.read.checks([early])] == [first, other]
    assert len(project.read.checks()) == 2


def test_what_was_read_from_a_mention_is_read_from_the_one_that_stays(project: Project, article: Article) -> None:
    name, job = (marked(project, article, Kind.SOURCE, words) for words in ("Zoe\u0301 Nu\u0308rsen", "a baker"))
    baker = do.add_source(project, "Zoe\u0301 Nu\u0308rsen")
    do.set_mention_source(project, job, baker)
    do.edit_record(project, job, naming=Naming.ROLE)
    claim = marked(project, article, Kind.CLAIM, TOLD)
    do.attribute(project, claim, baker, mention_id=job)
    assert do.merge_annotations(project, [job, name]) == name
    kept = found(project, name)
    assert (kept.mention.source_id, kept.mention.naming) == (baker, Naming.NAMED)
    assert [one.mention_id for one in project.read.attributions()] == [name]
    assert check_project(project.read) == []


def test_another_source_that_a_mention_named_is_said_in_the_note(project: Project, article: Article) -> None:
    ids = [marked(project, article, Kind.SOURCE, words) for words in ("Zoe\u0301 Nu\u0308rsen", "a baker")]
    for annotation_id, name in zip(ids, ("Zoe\u0301", "A baker 🥖"), strict=True):
        do.set_mention_source(project, annotation_id, do.add_source(project, name))
    assert found(project, do.merge_annotations(project, ids)).note == "S-0002: source A baker 🥖"


# ------------------------------------------------------------------------------------------------------- figures


def test_a_figure_nobody_has_corrected_is_read_again_from_the_joined_words(project: Project, article: Article) -> None:
    ids = [marked(project, article, Kind.FIGURE, words) for words in ("900 people", "At least 900")]
    kept = found(project, do.merge_annotations(project, ids))
    assert kept.figure == read_figure("At least 900 people")
    assert (kept.figure.bound, kept.figure.counted, kept.note) == (Bound.MIN, "people", "")
    assert kept.origin is Origin.HAND


def test_an_amount_is_taken_whole_where_there_is_none(project: Project, article: Article) -> None:
    thing, amount = (marked(project, article, Kind.FIGURE, words) for words in ("left their homes", "houses"))
    do.edit_record(project, thing, measure=Measure.TOTAL, counted="homes")
    do.edit_record(project, amount, bound=Bound.RANGE, low=10, high=20, kind=FigureKind.COUNT, counted="houses")
    do.edit_record(project, amount, measure=Measure.NEW)
    kept = found(project, do.merge_annotations(project, [thing, amount]))
    figure = kept.figure
    assert (figure.value, figure.low, figure.high, figure.bound) == (None, 10, 20, Bound.RANGE)
    assert (figure.counted, figure.measure) == ("houses", Measure.TOTAL)
    assert kept.note == "F-0002: measure new in period"


def test_bounds_of_two_figures_are_never_mixed(project: Project, article: Article) -> None:
    first, second = (marked(project, article, Kind.FIGURE, words) for words in ("900 people", "dozens of houses"))
    do.edit_record(project, first, bound=Bound.MIN, low=950, counted="")
    do.edit_record(project, second, bound=Bound.RANGE, low=10, high=20, unit="%")
    kept = found(project, do.merge_annotations(project, [first, second]))
    figure = kept.figure
    assert (figure.value, figure.low, figure.high, figure.bound) == (950, 950, None, Bound.MIN)
    assert (figure.counted, figure.unit) == ("", ""), "what another amount counts is not this one's"
    assert kept.note == "F-0002: amount 10–20% of houses"


# ------------------------------------------------------------------------------------------------ refused, undone


def test_what_cannot_be_merged_is_refused_with_a_sentence(project: Project, pair: tuple[int, int]) -> None:
    early, _late = pair
    elsewhere = take_in(project, "Another 🌊 text about the dam.", "other.txt")
    article = project.read.article(found(project, early).article_id)
    assert article is not None
    figure = marked(project, article, Kind.FIGURE, "900 people")
    far = marked(project, elsewhere, Kind.CLAIM, "the dam")
    before = tables_of(project)
    for ids, words in (
        ([early], "at least two"),
        ([early, early], "at least two"),
        ([], "at least two"),
        ([early, figure], "one kind"),
        ([early, far], "same article"),
        ([early, 999], "removed already"),
    ):
        with pytest.raises(NotAllowed, match=words):
            do.merge_annotations(project, ids)
    with pytest.raises(NotAllowed, match="must be one of those"):
        do.merge_annotations(project, pair, into=figure)
    assert tables_of(project) == before


def test_many_are_named_by_the_first_and_their_number(project: Project, article: Article) -> None:
    words = ("Flood", "upper", "valley", "people", "homes", "dam")
    do.merge_annotations(project, [marked(project, article, Kind.CLAIM, each) for each in words])
    step = next_undo(project)
    assert step is not None
    assert step.label == "Merge C-0001 and 5 others"


# ----------------------------------------------------------------------------------------------------- properties


@settings(max_examples=40)
@given(work=works(), data=st.data())
def test_any_merge_keeps_the_words_and_is_taken_back_exactly(
    worked_on: tuple[Project, Article], work: dict[str, Any], data: st.DataObject
) -> None:
    project, article = worked_on
    steps_before = project.read.step_to_undo(project.analyst_id)
    ids = do_work(project, article, work)
    by_kind = {kind: [one for one in project.read.annotations(ids) if one.kind is kind] for kind in Kind}
    groups = [group for group in by_kind.values() if len(group) > 1]
    if groups:
        group = data.draw(st.sampled_from(groups))
        chosen = group[: data.draw(st.integers(2, len(group)))]
        before = tables_of(project)
        chosen_ids = [one.id for one in chosen]
        said = {(one.source_id, one.stance, one.via_id) for one in project.read.attributions(chosen_ids)}
        others = {(link.relation, end) for link in project.read.links(chosen_ids) for end in (link.from_id, link.to_id)}
        kept = found(project, do.merge_annotations(project, chosen_ids))
        after = tables_of(project)
        everything_is_whole(project)

        def covered(annotations: list[Annotation]) -> set[int]:
            """Code points of marked words, blanks left out: a gap of blanks alone may be marked or not."""
            points = {at for one in annotations for span in one.spans for at in range(span.start, span.end)}
            return {at for at in points if not FLOOD[at].isspace()}

        assert covered([kept]) == covered(chosen)
        assert all(one.end < two.start for one, two in zip(kept.spans, kept.spans[1:], strict=False))
        assert set(kept.tag_ids) == {tag for one in chosen for tag in one.tag_ids}
        assert len(kept.tag_ids) == len(set(kept.tag_ids))
        now = [(one.source_id, one.stance, one.via_id) for one in project.read.attributions([kept.id])]
        assert len(now) == len(set(now))
        assert set(now) == said
        ends = {(link.relation, end) for link in project.read.links([kept.id]) for end in (link.from_id, link.to_id)}
        assert {one for one in others if one[1] not in chosen_ids} <= ends
        for one in chosen:
            assert all(line in kept.note.split("\n") for line in one.note.split("\n") if line)
        undo(project)
        assert tables_of(project) == before
        redo(project)
        assert tables_of(project) == after
    while project.read.step_to_undo(project.analyst_id) != steps_before:
        undo(project)
