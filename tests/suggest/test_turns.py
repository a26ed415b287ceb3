"""Interviews and transcripts, whose speakers are named by labels."""

from __future__ import annotations

from annotate.suggest import Proposal, propose
from annotate.vocabulary import Kind

INTERVIEW = """Bird flu: what comes next

Sara Lund, a virologist at the university of Aarhus, talks to us about the outbreak on 40 farms.

{ask}: How worried should people be?

{answer}: Not very. We have seen about 12 human cases since 2020, and none of them passed it on.

{ask}: Is the vaccine ready?

{answer}: There are 500,000 doses in store. Who should get them? The ministry said in May that it would wait.
"""


def claims(text: str) -> list[tuple[str, str]]:
    return [
        (text[one.spans[0].start : one.spans[0].end], text[slice(*one.record["speakers"][0])])
        for one in propose(text)
        if one.kind is Kind.CLAIM and one.record["speakers"]
    ]


def sources(text: str) -> list[Proposal]:
    return [one for one in propose(text) if one.kind is Kind.SOURCE]


def test_who_is_labelled_claims_what_follows_but_no_questions() -> None:
    assert claims(INTERVIEW.format(ask="Tom Reed", answer="Lund")) == [
        ("We have seen about 12 human cases since 2020, and none of them passed it on.", "Lund"),
        ("There are 500,000 doses in store.", "Lund"),
        ("it would wait", "The ministry"),
    ]


def test_a_label_joins_the_register_under_the_full_name() -> None:
    text = INTERVIEW.format(ask="Q", answer="Sara Lund").replace("Sara Lund: There", "Lund: There")
    assert {one.record["name"] for one in sources(text)} == {"Sara Lund", "Ministry"}


def test_behind_an_a_answers_whom_the_text_tells_of_first() -> None:
    text = INTERVIEW.format(ask="Q", answer="A")
    assert [speaker for _, speaker in claims(text)] == ["Sara Lund", "Sara Lund", "The ministry"]


def test_in_a_transcript_a_turn_goes_on_over_paragraphs() -> None:
    text = (
        "Evening News\n\n"
        "WOLF MEYER, HOST: Good evening to you all.\n\n"
        "ANNA BERG, CORRESPONDENT: The dam broke at noon.\n\n"
        "About 300 houses stand in the water.\n\n"
        "MEYER: Is anybody missing?\n\n"
        "BERG: The army counts 14 people so far.\n"
    )
    assert claims(text) == [
        ("Good evening to you all.", "WOLF MEYER"),
        ("The dam broke at noon.", "ANNA BERG"),
        ("About 300 houses stand in the water.", "ANNA BERG"),
        ("The army counts 14 people so far.", "BERG"),
    ]


def test_labels_of_a_page_are_no_speakers() -> None:
    text = (
        "Dam breaks\n\nRelated: Ten years of floods in the valley\n\nThe dam broke at noon on Monday.\n\n"
        "Note: The number of houses was corrected from 30 to 300.\n\nRelated: How dams are built and who pays\n"
    )
    assert claims(text) == []
    assert sources(text) == []
