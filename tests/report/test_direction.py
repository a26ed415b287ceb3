"""Which way words run, and what keeps those behind them in their place."""

import pytest

from annotate.report.direction import closed, directed


@pytest.mark.parametrize("name", ["Harbour Radio", "", "Radio 5", "قناة النهر TV", "Ö1"])
def test_names_that_end_in_words_from_the_left_are_left_alone(name: str) -> None:
    assert closed(name) == name


@pytest.mark.parametrize("name", ["قناة النهر", "TV قناة", "קול הנהר 2", "قناة 🌊"])
def test_numbers_behind_a_name_that_runs_from_the_right_stay_behind_it(name: str) -> None:
    assert closed(name) == f"{name}\u200e"
    assert [words for words, from_right in directed(f"{closed(name)}, 2026-03-12") if not from_right][-1].endswith(
        ", 2026-03-12"
    )
