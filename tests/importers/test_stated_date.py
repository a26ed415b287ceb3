"""Dates as programs write them: the day that the words surely give, and the words themselves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.importers.stated_date import published_in


@pytest.mark.parametrize(
    "words",
    [
        "03-Mar-2026 08:00AM",
        "Tue Mar  3 08:00:00 2026",
        "Tue Mar 03 08:00:00 +0000 2026",
        "Tue Mar 03 08:00:00 MSK 2026",
        "3 Mar 26 08:00 EST",
        "Tuesday, 03-Mar-26 08:00:00 GMT",
        "mar., 03 mars 2026 08:00:00 +0100",
        "Вт, 03 мар 2026 08:00:00 +0300",
        "Di, 3 Mrz 2026 08:00:00 +0100",
        "20260303T080000Z",
        "2026. 03. 03.",
    ],
)
def test_a_day_is_found_however_programs_write_it(words: str) -> None:
    found = published_in(words)
    assert found.on == date(2026, 3, 3)
    assert found.words == " ".join(words.split())


@pytest.mark.parametrize(
    "words", ["03/04/2026", "31-Feb-2026", "99 Mar 26 08:00 EST", "Tue Mar 03 08:00:00 2026 or so 🇺🇦"]
)
def test_no_day_is_made_of_what_names_none(words: str) -> None:
    assert published_in(words).on is None


@given(st.text())
def test_any_words_end_in_themselves_or_a_date(words: str) -> None:
    found = published_in(words)
    assert found.words is None or found.words == " ".join(words[:200].split()) or found.on is not None
