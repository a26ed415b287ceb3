"""Ages and sizes as a person would say them."""

from datetime import UTC, datetime, timedelta

import pytest

from annotate.ages_and_sizes import age_in_words, size_in_words

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=119, seconds=59), "119 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=47, minutes=59), "47 hours ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=14), "2 weeks ago"),
        (timedelta(days=59), "8 weeks ago"),
        (timedelta(days=700), "23 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(minutes=-5), "in the future, by this computer’s clock"),
    ],
)
def test_an_age_is_told_in_whole_spans_of_which_there_are_two(age: timedelta, words: str) -> None:
    assert age_in_words(NOW - age, NOW) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (999, "999 bytes"),
        (245_760, "246 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (153_624_576, "154 MB"),
        (999_600_000, "1.0 GB"),
        (5_400_000_000_000, "5,400 GB"),
    ],
)
def test_a_size_is_told_with_two_figures_or_more(size: int, words: str) -> None:
    assert size_in_words(size) == words
