"""The brief: what was found comes first, each sentence with who says so and its row, and it stays short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate import commands
from annotate.model import Claim, DatedWords, Figure, Link
from annotate.offsets import grapheme_start
from annotate.project import Project
from annotate.report.brief import write_brief
from annotate.report.brief_content import MOST_CLAIMS, MOST_FIGURES, brief_of, shortened
from annotate.report.evidence import Evidence, gather
from annotate.report.reading_copy.word_copy import write_word
from annotate.vocabulary import Bound, Credibility, Finding, Kind, Precision, Relation
from tests.office import converted
from tests.report.flood import Flood, take_in
from tests.report.reading_copy.marked import annotation, empty_evidence, of_names, of_text


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return empty_evidence(tmp_path_factory.mktemp("base"))


def evidence_of(flood: Flood) -> Evidence:
    return gather(flood.project.read, "Mara Lind")


def words_in(path: Path) -> str:
    """Every word of a document, paragraphs and cells a line each."""
    body: Any = docx.Document(str(path)).element.body
    return "\n".join("".join(t.text or "" for t in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))


def test_claims_stand_under_their_finding_with_who_says_so_who_denies_grade_and_row(flood: Flood) -> None:
    brief = brief_of(evidence_of(flood))
    assert [(found.heading, found.in_all) for found in brief.found] == [("Partly confirmed", 1), ("No finding yet", 2)]
    (claim,) = brief.found[0].claims
    assert claim.label == "C-0001"
    assert claim.sentence == "“At least 3,200 people left the old town on Tuesday”"
    assert (claim.says_so, claim.denied_by, claim.grade) == ("Ines Duarte (B)", "Water Board", "B2")
    assert claim.where == "Valley Post, 2024-06"


def test_the_analysts_own_sentence_takes_the_place_of_the_words(flood: Flood) -> None:
    commands.edit_record(flood.project, flood.ids["left"], plain_words="3,200 people\nleft on 4 June 2024.")
    (claim,) = brief_of(evidence_of(flood)).found[0].claims
    assert claim.sentence == "3,200 people left on 4 June 2024."


def test_what_contradicts_is_told_with_both_sides(flood: Flood) -> None:
    (pair,) = brief_of(evidence_of(flood)).contested
    assert [(label, who) for _, who, label in pair.sides] == [
        ("C-0003", "Valley Post"),
        ("C-0002", "Water Board via Harbour Radio"),
    ]


def test_different_values_of_one_thing_are_contested(flood: Flood) -> None:
    event = flood.project.read.events()[0].id
    other = take_in(flood.project, "wire.txt", "Some 900 people left.", outlet="The Wire")
    second = Flood(flood.project, other)
    people = second.mark("people", Kind.FIGURE, "Some 900 people")
    commands.edit_record(flood.project, people, event_id=event)
    contested = brief_of(evidence_of(flood)).contested[-1]
    assert contested.about == "Dam failure: people"
    assert [(words, label) for words, _, label in contested.sides] == [
        ("≥ 3,200 people", "F-0001"),
        ("≈ 900 people", "F-0004"),
    ]


def test_figures_say_value_low_high_what_when_who_and_row(flood: Flood) -> None:
    as_of = DatedWords("on Tuesday", date(2024, 6, 4), None, Precision.DAY)
    commands.edit_record(flood.project, flood.ids["people"], as_of=as_of)
    people, cost, homes = brief_of(evidence_of(flood)).amounts
    assert (people.value, people.low_high, people.what) == ("3,200", "≥ 3,200", "people")
    assert (people.as_of, people.says_so, people.label) == ("2024-06-04", "Ines Duarte (B)", "F-0001")
    assert (cost.low_high, cost.what, cost.as_of) == ("4,500,000 – 6,000,000", "USD", "(2024-06)")
    assert homes.value == "1/3"


@pytest.mark.parametrize(
    ("unit", "counted", "what"),
    [
        ("%", "homes", "% of homes"),
        ("per day", "burials", "burials per day"),
        ("metres", "", "metres"),
        ("", "", "A"),
    ],
)
def test_what_is_counted_reads_as_people_say_it(base: Evidence, unit: str, counted: str, what: str) -> None:
    figure = annotation(1, 1, "All", Kind.FIGURE, [(0, 1)])
    record = Figure(value=3.0, unit=unit, counted=counted)
    evidence = replace(of_text(base, "All", []), annotations={1: replace(figure, record=record)})
    assert brief_of(evidence).amounts[0].what == what


def test_what_is_still_open_is_counted_but_not_in_a_brief_for_sharing(flood: Flood) -> None:
    evidence = evidence_of(flood)
    assert ("claim not graded", 2) in brief_of(evidence).still_open
    waiting = replace(evidence, open_suggestions={flood.article_id: 17})
    assert ("suggestions not yet judged", 17) in brief_of(waiting).still_open
    assert brief_of(replace(evidence, shared=True)).still_open == ()


def test_the_sentence_at_the_top_says_how_far_it_goes(flood: Flood) -> None:
    assert brief_of(evidence_of(flood)).in_short == (
        "3 claims in 1 article: partly confirmed 1; 2 have no finding yet. 3 sources say so; 1 of the claims is graded."
    )


def test_an_empty_project_has_a_brief(empty_project: Project, tmp_path: Path) -> None:
    evidence = gather(empty_project.read, "")
    assert brief_of(evidence).in_short == "There are no claims yet."
    written = write_brief(evidence, tmp_path / "brief.docx")
    assert written.rows == {"Claims": 0, "Figures": 0}
    assert "There are no claims yet." in words_in(written.path)


def test_the_document_holds_all_of_it_and_the_marking_on_every_page(flood: Flood, tmp_path: Path) -> None:
    written = write_brief(evidence_of(flood), tmp_path / "brief.docx")
    words = words_in(written.path)
    for part in (
        "Flood & dam",
        "Partly confirmed",
        "C-0001  ·  says so Ines Duarte (B)  ·  denied by Water Board  ·  grade B2  ·  in Valley Post, 2024-06",
        "What is contested",
        "4,500,000 – 6,000,000",
        "Claim not graded: 2",
        "Usually reliable",
        "Probably true",
    ):
        assert part in words
    section = docx.Document(str(written.path)).sections[0]
    assert section.header.paragraphs[0].text == "TLP:AMBER & internal"
    assert "TLP:AMBER & internal" in section.footer.paragraphs[0].text
    assert written.rows == {"Claims": 3, "Figures": 3}
    assert written.warnings == ()


def many(base: Evidence) -> Evidence:
    """Two hundred long claims and as many figures; the last claims are those that matter, and contradict each other."""
    body = "Words that go on and on about the river and those who live there. " * 12
    empty = of_text(base, body, [])
    made = {}
    for number in range(1, 201):
        claim = annotation(number, 1, body, Kind.CLAIM, [(0, len(body))])
        finding = list(Finding)[number % 6] if number > 150 else None
        credibility = Credibility.POSSIBLE if number > 120 else None
        made[number] = replace(claim, record=Claim(plain_words=body, finding=finding, credibility=credibility))
        figure = annotation(200 + number, 1, body, Kind.FIGURE, [(0, 5)])
        record = Figure(value=number * 1.5, counted="people who live beside the river", bound=Bound.EXACT)
        made[200 + number] = replace(figure, number=number, record=record)
    links = {
        number: [Link(number, uuid4(), 1, number, number + 1, Relation.CONTRADICTS, "")]
        for number in range(151, 199, 2)
    }
    return replace(empty, annotations=made, links_from=links)


def test_of_many_claims_those_with_a_finding_and_a_grade_are_shown_and_the_others_counted(
    flood: Flood, tmp_path: Path
) -> None:
    evidence = many(evidence_of(flood))
    brief = brief_of(evidence)
    assert (brief.claims_shown, brief.claims_in_all) == (MOST_CLAIMS, 200)
    assert (len(brief.amounts), brief.figures_in_all) == (MOST_FIGURES, 200)
    assert all(not found.claims for found in brief.found if found.heading == "No finding yet")
    written = write_brief(evidence, tmp_path / "brief.docx")
    words = words_in(written.path)
    assert "186 more claims are in the workbook" in words
    assert "18 more in the workbook, on the sheet Cross-check" in words
    assert written.warnings[0].startswith("The brief shows 14 of 200 claims")


@given(st.text(st.sampled_from("ab 🇺🇦é\u0301\n"), max_size=80), st.integers(5, 30))
def test_a_shortened_sentence_is_its_beginning_and_splits_no_grapheme(text: str, longest: int) -> None:
    line = " ".join(text.split())
    short = shortened(text, longest)
    if len(line) <= longest:
        assert short == line
        return
    head = short.removesuffix(" …")
    assert len(head) <= longest
    assert line.startswith(head)
    assert grapheme_start(line, len(head)) == len(head)


@given(words=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_things_are_called_a_brief_opens(flood: Flood, tmp_path: Path, words: str) -> None:
    words_in(write_brief(of_names(evidence_of(flood), words), tmp_path / "brief.docx").path)


def test_libreoffice_prints_a_brief_of_at_most_four_pages_and_the_copy(flood: Flood, tmp_path: Path) -> None:
    evidence = evidence_of(flood)
    write_brief(many(evidence), tmp_path / "brief.docx")
    write_word(evidence, flood.project.read.body, tmp_path / "copy.docx")
    with pypdfium2.PdfDocument(converted(tmp_path / "brief.docx", "pdf", tmp_path)) as brief:
        assert 2 <= len(brief) <= 4
        for page in brief:
            assert page.get_textpage().get_text_range().count("TLP:AMBER & internal") >= 2
    with pypdfium2.PdfDocument(converted(tmp_path / "copy.docx", "pdf", tmp_path)) as copy:
        words = "".join(page.get_textpage().get_text_range() for page in copy)
    assert "At least 3,200 people" in words
    assert "denied by Water Board" in words
