"""Quotes in a text: the nearest of many, told where nothing says which, and never a search without end."""

import pytest

from annotate.exchange import quotes
from annotate.exchange.quotes import Found, Quote, QuotedText
from annotate.model import Span

MANY = QuotedText("water and " * 20_000)


@pytest.mark.parametrize(("near", "start"), [(0, 0), (149_998, 150_000), (150_003, 150_000), (900_000, 199_990)])
def test_of_words_that_stand_very_often_the_nearest_is_taken(near: int, start: int) -> None:
    assert MANY.find(Quote("water", start=near)) == Found(Span(start, start + 5), sure=False)


def test_words_that_stand_once_are_sure_wherever_they_were_said_to_be() -> None:
    text = QuotedText("🌊 The dam held. قال شهود")
    for near in (None, 0, 14, 5_000):
        assert text.find(Quote("dam held", start=near)) == Found(Span(6, 14))
    assert text.find(Quote("fell", start=3)) is None
    assert text.find(Quote("  ", start=3)) is None
    assert text.find(Quote(None, start=3, end=90)) is None


def test_searches_that_would_not_end_are_given_up_and_places_still_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "_MOST_SEARCHED", 100)
    text = QuotedText("The dam held. " * 40)
    assert text.find(Quote("dam held", start=4)) is not None
    assert text.find(Quote("dam fell", start=4)) is None
    assert text.find(Quote("dam held", start=4)) is None
    assert text.find(Quote("dam held", start=4, end=12)) == Found(Span(4, 12))
