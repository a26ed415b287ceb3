"""What opening and marking cost is counted here, in blocks, rows and questions; `./run bench` takes the time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest

from annotate import commands
from annotate.model import Span
from annotate.vocabulary import Kind
from tests.annotate.drafts import take_in
from tests.statements import statements_to
from tests.ui.conftest import KEYS, Hands
from ui.article_list import ArticleDelegate, ArticleRole
from ui.reader.layout import ReaderLayout
from ui.theme import LIGHT

PARAGRAPH = "The ferry 🚢 to قرية النهر took about 40 people across before the ice broke, the harbour office said.\n\n"
WORDS = "about 40 people"


def test_opening_a_long_article_lays_out_what_is_shown_and_no_more(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    laid_out: list[int] = []
    lay_out = ReaderLayout._lay_out

    def counting(layout: ReaderLayout, block, *rest) -> None:
        laid_out.append(block.blockNumber())
        lay_out(layout, block, *rest)

    monkeypatch.setattr(ReaderLayout, "_lay_out", counting)
    hands.window.importing.take_text(PARAGRAPH * 4_000)
    QTest.qWait(50)
    view = hands.window.reader.view
    assert view.blockCount() > 8_000
    assert len(set(laid_out)) < 100
    assert view.canvas.paint_cache.computed < 100


def test_a_mark_asks_no_more_of_an_article_with_many_marks(hands: Hands) -> None:
    hands.window.importing.take_text(PARAGRAPH * 300)
    session, body = hands.session, hands.body()
    asked: list[int] = []
    for already in (2, 200):
        start = 0
        for _ in range(already):
            start = body.index(WORDS, start) + len(WORDS)
            commands.mark(session.project, session.article_id, Kind.FIGURE, [Span(start - len(WORDS), start)])
        QTest.qWait(50)
        hands.drag("the harbour office", near=start)
        QTest.qWait(50)
        with statements_to(hands.session.read) as statements:
            hands.press(KEYS[Kind.SOURCE])
            QTest.qWait(50)
        assert session.annotation is not None
        asked.append(len(statements))
    assert asked[1] <= asked[0] + 2


def test_a_mark_lays_out_no_row_of_a_long_list_of_articles(hands: Hands) -> None:
    for number in range(300):
        take_in(hands.session.project, f"Ferry {number} 🚢\n\n{PARAGRAPH}", f"ferry {number}.txt")
    hands.window.importing.take_text(f"The last one\n\n{PARAGRAPH}")
    QTest.qWait(150)
    measured: list[str] = []

    class Counting(ArticleDelegate):
        def sizeHint(self, option, index) -> QSize:
            measured.append(index.data())
            return super().sizeHint(option, index)

    view = hands.window.articles.view
    view.setItemDelegate(Counting(LIGHT, view))
    QTest.qWait(50)
    assert len(measured) > 300
    measured.clear()
    hands.mark(Kind.FIGURE, WORDS)
    QTest.qWait(50)
    assert len(measured) <= 10
    index = hands.window.articles.model.index(hands.window.articles.model.row_of(hands.session.article_id))
    assert index.data(ArticleRole.COUNTS).figures == 1
