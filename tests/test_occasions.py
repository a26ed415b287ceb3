"""When and where something happened, as words say it and as it is reckoned from the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.occasions import occasions_in, places_in
from annotate.vocabulary import DateBasis, Precision

WEDNESDAY = date(2024, 11, 6)
DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR
STATED, RECKONED = DateBasis.STATED, DateBasis.RECKONED


def one(text: str, published: date | None = WEDNESDAY):
    [found] = occasions_in(text, 0, len(text), published)
    assert text[found.start : found.end] == found.happened.words
    happened = found.happened
    return happened.words, happened.on, happened.until, happened.precision, happened.basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 6 November 2016 🌊.", ("6 November 2016", date(2016, 11, 6), None, DAY, STATED)),
        ("It fell on March 3rd, 2021.", ("March 3rd, 2021", date(2021, 3, 3), None, DAY, STATED)),
        ("He left on Sept. 12.", ("Sept. 12", date(2024, 9, 12), None, DAY, RECKONED)),
        ("He left on 28 December.", ("28 December", date(2024, 12, 28), None, DAY, RECKONED)),
        ("It began in May 2016.", ("May 2016", date(2016, 5, 1), None, MONTH, STATED)),
        ("It began in December.", ("December", date(2023, 12, 1), None, MONTH, RECKONED)),
        ("It has risen since 2010.", ("2010", date(2010, 1, 1), None, YEAR, STATED)),
        ("He came on Monday evening.", ("Monday evening", date(2024, 11, 4), None, DAY, RECKONED)),
        ("He came on Wednesday.", ("Wednesday", date(2024, 11, 6), None, DAY, RECKONED)),
        ("He came last Wednesday.", ("last Wednesday", date(2024, 10, 30), None, DAY, RECKONED)),
        ("She will visit the port on Monday.", ("Monday", date(2024, 11, 11), None, DAY, RECKONED)),
        ("It happened yesterday.", ("yesterday", date(2024, 11, 5), None, DAY, RECKONED)),
        (
            "It was less than a week ago.",
            ("less than a week ago", date(2024, 10, 30), WEDNESDAY, DAY, RECKONED),
        ),
        ("They met three days ago e\u0301.", ("three days ago", date(2024, 11, 3), None, DAY, RECKONED)),
        ("They met two months ago.", ("two months ago", date(2024, 9, 1), None, MONTH, RECKONED)),
        ("They met last week.", ("last week", date(2024, 10, 28), date(2024, 11, 3), DAY, RECKONED)),
        ("They met last year.", ("last year", date(2023, 1, 1), None, YEAR, RECKONED)),
    ],
)
def test_dates_are_read_as_they_are_meant(text: str, expected: tuple[object, ...]) -> None:
    assert one(text) == expected


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "less than a week ago", "on 12 September", "last month"])
def test_without_a_day_of_publication_reckoned_dates_stay_open(text: str) -> None:
    [found] = occasions_in(text, 0, len(text))
    assert found.happened.words
    assert found.happened.on is None
    assert found.happened.basis is None


@pytest.mark.parametrize("text", ["He may march on.", "It was 30 February 2024 metres", "Channel 4 said", "In the end"])
def test_what_is_no_date_gets_none(text: str) -> None:
    assert [found for found in occasions_in(text, 0, len(text), WEDNESDAY) if found.happened.on] == []


def test_places_are_names_behind_in_and_near() -> None:
    text = "In the port of Aleppo, near the northern Dar al-Salam and off Cape Serra, in May, he said in English 🇸🇾."
    assert places_in(text, 0, len(text)) == ["Aleppo", "Dar al-Salam", "Cape Serra"]


@given(
    st.lists(
        st.one_of(st.sampled_from(["Monday ", "6 ", "May ", "2016", "a week ", "ago ", "last ", "31 Feb. "]), st.text())
    ).map("".join),
    st.dates(),
)
def test_whatever_the_words_dates_lie_in_them(text: str, published: date) -> None:
    for found in occasions_in(text, 0, len(text), published):
        assert text[found.start : found.end] == found.happened.words
        assert found.happened.until is None or found.happened.on <= found.happened.until
