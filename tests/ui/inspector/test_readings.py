"""Numbers and dates as people type them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.vocabulary import Precision
from ui.inspector.readings import NotUnderstood, read_date, read_list, read_number, show_date, show_number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).map(lambda n: round(n, 4)))
def test_a_number_that_is_shown_is_read_as_itself(number: float) -> None:
    assert read_number(show_number(number)) == number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_that_is_shown_is_read_as_itself(number: int) -> None:
    assert read_number(show_number(float(number))) == number


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_that_is_shown_is_read_as_itself(day: date) -> None:
    assert read_date(show_date(day)) == (day, Precision.DAY)
    assert read_date(day.isoformat()) == (day, Precision.DAY)
    assert read_date(show_date(day, Precision.MONTH)) == (day.replace(day=1), Precision.MONTH)
    assert read_date(show_date(day, Precision.YEAR)) == (day.replace(month=1, day=1), Precision.YEAR)


@given(st.text())
def test_any_words_are_a_value_or_not_understood(words: str) -> None:
    for read, kinds in ((read_number, float), (read_date, tuple)):
        with suppress(NotUnderstood):
            value = read(words)
            assert isinstance(value, kinds) if words.strip() else value is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 March 2024", date(2024, 3, 12)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("12.3.2024", date(2024, 3, 12)),
        ("12/03/2024", date(2024, 3, 12)),
        ("2024-03-12", date(2024, 3, 12)),
        (" 1 sept 2023 ", date(2023, 9, 1)),
    ],
)
def test_a_date_may_be_typed_in_the_usual_ways(words: str, day: date) -> None:
    assert read_date(words) == (day, Precision.DAY)


@pytest.mark.parametrize("words", ["30 February 2024", "12.3.24", "yesterday", "٣٠", "2024-13-01", "1 2 3 4"])
def test_what_is_no_date_is_not_guessed(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_date(words)


@pytest.mark.parametrize("words", ["", "  ", "\u2028"])
def test_no_words_are_no_value(words: str) -> None:
    assert read_number(words) is None
    assert read_date(words) is None
    assert read_list(words) == ()
