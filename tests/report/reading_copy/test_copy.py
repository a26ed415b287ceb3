"""The model of a reading copy: the text stays whole, every mark is seen, notes say what is known."""

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from annotate import commands
from annotate.canonical import canonical
from annotate.importers import read_pasted
from annotate.mark_filter import MarkFilter
from annotate.report.evidence import Evidence, gather
from annotate.report.reading_copy.copy import article_copies, front_of
from annotate.report.reading_copy.notes import Note
from annotate.report.scope import Scope
from annotate.vocabulary import Kind
from tests.report.flood import FLOOD, Flood, take_in
from tests.report.reading_copy.marked import article, of_text

TEXT = st.text(st.sampled_from("ab é🌊🇺🇦\n\n\u2028 א ب\u0301\t<&"), max_size=60).map(lambda text: canonical(text).text)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[Kind, list[tuple[int, int]]]]]:
    """A text with marks that overlap freely, some of several spans, some of none."""
    body = draw(TEXT)
    marks = []
    for _ in range(draw(st.integers(0, 9)) if body else 0):
        edges = sorted(draw(st.lists(st.integers(0, len(body)), max_size=6, unique=True)))
        spans = list(zip(edges[::2], edges[1::2], strict=False))
        marks.append((draw(st.sampled_from(list(Kind))), spans))
    return body, marks


@given(marked_texts())
def test_the_pieces_of_a_copy_are_the_text_and_every_mark_has_one_note(
    base: Evidence, example: tuple[str, list[tuple[Kind, list[tuple[int, int]]]]]
) -> None:
    body, marks = example
    evidence = of_text(base, body, marks)
    (copy,) = article_copies(evidence, lambda _: body)
    assert "\n".join(paragraph.text for paragraph in copy.paragraphs) == body
    beside = [note.label for paragraph in copy.paragraphs for note in paragraph.notes]
    elsewhere = [note.label for note in copy.elsewhere]
    assert sorted(beside + elsewhere) == sorted(one.label for one in evidence.annotations.values())
    covers = [cover for paragraph in copy.paragraphs for piece in paragraph.pieces for cover in piece.covers]
    assert sorted(cover.label for cover in covers if cover.opens) == sorted(beside)
    for annotation in evidence.annotations.values():
        seen = "".join(
            piece.text
            for paragraph in copy.paragraphs
            for piece in paragraph.pieces
            if annotation.label in {cover.label for cover in piece.covers}
        )
        assert seen == "".join(span.exact for span in annotation.spans).replace("\n", "")


@given(marked_texts())
def test_what_begins_ends_and_no_two_marks_share_a_lane(
    base: Evidence, example: tuple[str, list[tuple[Kind, list[tuple[int, int]]]]]
) -> None:
    body, marks = example
    (copy,) = article_copies(of_text(base, body, marks), lambda _: body)
    open_now: list[str] = []
    for paragraph in copy.paragraphs:
        for piece in paragraph.pieces:
            lanes = [cover.lane for cover in piece.covers]
            assert lanes == sorted(set(lanes))
            assert {cover.label for cover in piece.ending} == {cover.label for cover in piece.covers if cover.ends}
            open_now += [cover.label for cover in piece.covers if cover.begins]
            for cover in piece.covers:
                assert cover.label in open_now
            for cover in piece.ending:
                open_now.remove(cover.label)
    assert open_now == []


def test_the_shortest_mark_is_on_top_and_a_claim_below_what_stands_in_it(base: Evidence) -> None:
    evidence = of_text(base, "abcdef", [(Kind.CLAIM, [(0, 6)]), (Kind.FIGURE, [(0, 3)]), (Kind.CLAIM, [(0, 3)])])
    (copy,) = article_copies(evidence, lambda _: "abcdef")
    piece = copy.paragraphs[0].pieces[0]
    assert [cover.label for cover in piece.by_length] == ["F-0002", "C-0003", "C-0001"]


def notes_of(flood: Flood) -> dict[str, Note]:
    evidence = gather(flood.project.read, "Mara Lind")
    notes: dict[str, Note] = {}
    for copy in article_copies(evidence, flood.project.read.body):
        notes |= {note.label: note for paragraph in copy.paragraphs for note in paragraph.notes}
        notes |= {note.label: note for note in copy.elsewhere}
    return notes


def test_a_note_says_who_says_so_who_denies_and_how_good_it_is(flood: Flood) -> None:
    commands.edit_annotation(flood.project, flood.ids["left"], note="Ask the Red Cross")
    note = notes_of(flood)["C-0001"]
    facts = [fact.text for fact in note.facts]
    assert "says so: Ines Duarte (B)" in facts
    assert "denied by: Water Board" in facts
    assert "grade: B2" in facts
    assert "finding: partly confirmed" in facts
    assert "holds: ≥ 3,200 people F-0001" in facts
    assert [tag.name for tag in note.tags] == ["Displacement", "Evacuation"]
    assert note.remark == "Ask the Red Cross"


def test_a_quotation_that_came_through_an_outlet_and_is_contradicted_says_both(flood: Flood) -> None:
    facts = [fact.text for fact in notes_of(flood)["C-0002"].facts]
    assert "says so: Water Board via Harbour Radio" in facts
    assert "contradicted by: C-0003" in facts


def test_a_figure_without_a_source_of_its_own_has_that_of_its_claim(flood: Flood) -> None:
    facts = [fact.text for fact in notes_of(flood)["F-0001"].facts]
    assert facts[0] == "≥ 3,200 people"
    assert "says so: Ines Duarte (B)" in facts
    assert "in claim: C-0001" in facts


def test_an_annotation_without_a_place_is_listed_with_its_words(flood: Flood) -> None:
    changed = FLOOD.replace("A third of the homes have no power.", "Power is back.")
    imported = read_pasted(changed, datetime(2024, 6, 6))
    commands.update_article(flood.project, flood.article_id, imported.articles[0], imported)
    notes = notes_of(flood)
    evidence = gather(flood.project.read, "")
    copy = next(iter(article_copies(evidence, flood.project.read.body)))
    lost = [note for note in copy.elsewhere if note.label == notes["F-0003"].label]
    assert [note.words for note in lost] == ["A third of the homes"]
    assert any(fact.name == "since an update" for fact in lost[0].facts)


def test_the_front_names_scope_marking_and_contents(flood: Flood) -> None:
    front = front_of(gather(flood.project.read, "Mara Lind"))
    assert front.title == "Flood & dam"
    assert front.marking == "TLP:AMBER & internal"
    assert ("Holds", "7 marks") in front.facts
    assert dict(front.facts)["Scope"].startswith("The one article of the project, published 2024-06; ")
    assert front.contents == ()
    take_in(flood.project, "second.txt", "Another one.", outlet="The Ledger")
    contents = front_of(gather(flood.project.read, "Mara Lind")).contents
    assert [(entry.title, entry.marks) for entry in contents] == [("Water over the old town 🌊", 7), ("second.txt", 0)]


def test_a_copy_of_a_part_says_that_it_is_one(flood: Flood) -> None:
    shown = MarkFilter(hidden_kinds=frozenset({Kind.SOURCE}))
    front = front_of(gather(flood.project.read, "M", Scope(shown=shown)))
    assert ("Holds", "6 marks") in front.facts
    assert "without sources" in dict(front.facts)["Scope"]


def test_long_articles_begin_on_a_new_page_and_short_ones_follow(flood: Flood) -> None:
    for name, words in (("short.txt", "One line."), ("long.txt", "Many words. " * 300), ("last.txt", "One line.")):
        take_in(flood.project, name, f"{name} {words}")
    copies = article_copies(gather(flood.project.read, ""), flood.project.read.body)
    assert [copy.on_new_page for copy in copies] == [False, False, True, True]


def test_addresses_that_are_no_web_addresses_lead_nowhere(base: Evidence) -> None:
    for url in ("javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example"):
        evidence = replace(of_text(base, "a", []), articles={1: article(1, "a", url=url)})
        (copy,) = article_copies(evidence, lambda _: "a")
        assert [detail.url for detail in copy.details if detail.url] == []
        assert url in [detail.words for detail in copy.details]
