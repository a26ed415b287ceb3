"""Which numbers of a text are proposed as figures, and which are only names, years and labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.suggest.figures import propose_figures
from tests.suggest.any_text import PIECES, assert_whole, calls_of


def figures_of(text: str) -> list[tuple[str, float | None, str]]:
    return [
        (
            text[one.spans[0].start : one.spans[0].end],
            one.record["value"] if one.record["value"] is not None else one.record["low"],
            one.record["bound"],
        )
        for one in propose_figures(text)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At least 900 people left 🌊.", [("At least 900 people", 900, "min")]),
        ("The rate fell below the 3 percent level.", [("3 percent level", 3, "exact")]),
        ("It dropped from the 46,797 he saw.", [("46,797", 46_797, "exact")]),
        ("One soldier and three sailors died.", [("One soldier", 1, "exact"), ("three sailors", 3, "exact")]),
        ("Tens of thousands of homes were dark.", [("Tens of thousands of homes", 10_000, "vague")]),
        ("Prices rose from 3.9 to 5.8 per cent.", [("3.9", 3.9, "exact"), ("5.8 per cent", 5.8, "exact")]),
        ("قال إن 40 شخصا غادروا.", [("40 شخصا", 40, None)]),
        ("वह 18 देशों में गए।", [("18 देशों", 18, None)]),
    ],
)
def test_amounts_are_proposed_as_they_are_meant(text: str, figures: list[tuple[str, float, str]]) -> None:
    found = figures_of(text)
    assert [value for _, value, _ in found] == [value for _, value, _ in figures]
    assert [bound for _, _, bound in found] == [bound for _, _, bound in figures]
    assert all(words in said for (said, _, _), (words, _, _) in zip(found, figures, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "It began on 6 November 2016.",
        "The peak year, 2006, was dry.",
        "The operator's 2019 assessment says so.",
        "In coming days it will rain.",
        "Stage 3 began with Resolution 2254 and Covid-19.",
        "He boarded Flight 370 at 6:25 p.m.",
        "She came 3rd.",
        "It is one of the largest, and one stands empty.",
        "Several homes and a few barns burned.",
        "Fax: 202–493–2251. Mail: Room W12–140, Washington, DC 20590.",
        "Part 39 of 14 CFR applies to the 737–9 and the 737-800.",
        "El próximo 8 de marzo, el 3. März und le 12 août 2026, dal 5 maggio.",
        "उन्होंने 22 जनवरी को कहा।",
        "They met on 12 and 13 May near exits 3 and 4 for a second day.",
    ],
)
def test_dates_labels_and_mere_days_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


def _stated(sentence: str) -> str:
    """The figures of a sentence as the file of sentences writes them."""
    said = []
    for one in propose_figures(sentence):
        record = one.record
        number = sentence[slice(*record["number"])]
        value = record["low"] if record["value"] is None else record["value"]
        amount = f"{value:.6g}" if record["bound"] != "range" else f"{value:g}..{record['high']:g}"
        said.append(f"{number} = {amount} {record['bound'] or '?'}")
    return "; ".join(said) or "nothing"


SENTENCES = Path(__file__).with_name("figure_sentences.txt").read_text("utf-8").splitlines()
"""Each sentence with the line of its figures under it: number = value bound, a range as low..high, ? an open bound."""


@pytest.mark.parametrize(("sentence", "figures"), list(zip(SENTENCES[::2], SENTENCES[1::2], strict=True)))
def test_the_figures_of_a_sentence_are_those_that_a_person_reads(sentence: str, figures: str) -> None:
    assert _stated(sentence) == figures.strip()


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("It cost $40 million.", "Dozens of people came."),
        ("There were 300 cases.", "Three came."),
        ("At least 900 people left.", "It took two weeks."),
    ],
)
def test_digits_with_what_they_count_are_surer_than_words(surer: str, less_sure: str) -> None:
    [one], [other] = propose_figures(surer), propose_figures(less_sure)
    assert one.confidence > other.confidence


@pytest.mark.parametrize(
    "piece",
    [
        "At least 900 people left, some 40% of the 2,250 who lived there 🌊. ",
        "12 of 12 of 12 of ",
        "2-1 3-2 ",
        "from 1 to 2 and ",
        "one in one in ",
        "hundreds of thousands of ",
        "half a half of a half ",
        "+44 20 (020) 555-",
        "a month a year twice ",
        "١٢ شخصا و",
    ],
)
def test_four_times_the_text_takes_four_times_the_work(piece: str) -> None:
    calls_of(propose_figures, piece)  # what is made once is made
    once, four_times = calls_of(propose_figures, piece * 100), calls_of(propose_figures, piece * 400)
    assert four_times <= 4.5 * once


@given(
    st.lists(st.one_of(st.sampled_from([*PIECES, "12", "3.5", "%", "$", "million "]), st.text(max_size=4))).map("".join)
)
def test_whatever_the_text_figures_lie_in_it_and_split_no_letter(text: str) -> None:
    assert_whole(text, propose_figures(text))
