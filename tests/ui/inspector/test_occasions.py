"""When and where it happened is offered from the words of a claim, and filled in by a click."""

from __future__ import annotations

from datetime import date

import pytest

from annotate import commands
from annotate.model import DatedWords, Published, Span
from annotate.vocabulary import DateBasis, Kind, Precision
from tests.annotate.drafts import imported
from tests.ui.inspector.conftest import Desk

TEXT = "Dyke breaks 🌊\n\nThe dyke at Lower Brandis broke on Monday, the county said e\u0301.\u2028It was mended.\n"


@pytest.fixture
def claim(desk: Desk) -> int:
    published = Published("12 March 2024", date(2024, 3, 12), Precision.DAY)
    taken = desk.session.run(commands.import_file, imported(TEXT, "dyke 2.txt", published=published))
    assert taken is not None
    desk.session.choose_article(taken.articles[0].article_id)
    at = TEXT.index("The dyke at")
    made = desk.session.run(
        commands.mark, taken.articles[0].article_id, Kind.CLAIM, [Span(at, TEXT.index(", the county"))]
    )
    assert made is not None
    desk.select(made)
    return made


def row(desk: Desk):
    return desk.inspector.form.occasions


def test_a_click_fills_in_the_day_and_the_place(desk: Desk, claim: int) -> None:
    occasions = row(desk)
    assert [chip.text() for chip in occasions.chips.chips] == ["+ Monday (11 Mar 2024)", "+ Lower Brandis"]
    desk.click(occasions.chips.chips[0])
    assert desk.record(claim).claim.happened == DatedWords(
        "Monday", date(2024, 3, 11), None, Precision.DAY, DateBasis.RECKONED
    )
    assert [chip.text() for chip in occasions.chips.chips] == ["+ Lower Brandis"]
    desk.click(occasions.chips.chips[0])
    assert desk.record(claim).claim.place == "Lower Brandis"
    assert not occasions.isVisible()
    desk.session.undo()
    desk.session.undo()
    assert desk.record(claim).claim.happened == DatedWords()


def test_without_a_day_of_publication_the_words_are_offered_alone(desk: Desk, claim: int) -> None:
    assert desk.session.article_id is not None
    desk.session.run(commands.edit_article, desk.session.article_id, published=Published())
    desk.select(claim)
    assert row(desk).chips.chips[0].text() == "+ Monday"
    desk.click(row(desk).chips.chips[0])
    assert desk.record(claim).claim.happened == DatedWords("Monday")
