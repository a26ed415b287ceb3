"""A reader on the screen with an article full of what makes counting go wrong, and a hand on the mouse."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader import Reader
from ui.theme import LIGHT

ARTICLE = (
    "Smoke \U0001f600 over the harbour \U0001f1f3\U0001f1f4 on Friday; cafe\u0301 owners counted at least 40 boats.\n"
    "قال مسؤول في الميناء إن نحو 70 قاربا احترقت قبل الفجر، وإن السلطات أغلقت الطريق المؤدية إلى المدينة القديمة.\n"
    "The mayor, Ane Lund, said the port\u00a0authority had warned\u2028of leaking fuel twice since May.\n"
    "\n"
    "Nobody was hurt, and the ferry to the islands leaves at noon as before."
)


class Hand:
    """Real presses, moves and releases at the places where words are."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.viewport = reader.view.viewport()

    def place(self, words: str) -> tuple[int, int]:
        start = self.reader.view.text.index(words)
        return start, start + len(words)

    def middle(self, words: str) -> QPoint:
        return self.reader.text_rect(*self.place(words)).center()

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self.viewport, Qt.MouseButton.LeftButton, pos=point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(self.viewport, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 6):
            QTest.mouseMove(self.viewport, start + (end - start) * (step / 5))
        QTest.mouseRelease(self.viewport, Qt.MouseButton.LeftButton, pos=end)

    def drag_over(self, words: str) -> None:
        """Drags from the first to the last letter of words that stand in one line and run to the right."""
        box = self.reader.text_rect(*self.place(words))
        self.drag(QPoint(box.left() + 1, box.center().y()), QPoint(box.right() + 1, box.center().y()))


@pytest.fixture
def reader(qtbot) -> Iterator[Reader]:
    shown = Reader(LIGHT)
    qtbot.addWidget(shown)
    shown.resize(860, 640)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.hide()
    QApplication.sendPostedEvents()


@pytest.fixture
def hand(reader: Reader) -> Hand:
    return Hand(reader)


@pytest.fixture
def show(reader: Reader) -> Callable[..., Reader]:
    """Shows the article with marks given as (annotation, kind, words)."""

    def show_with(*marks: tuple[int, Kind, str], text: str = ARTICLE) -> Reader:
        made = [Mark(number, kind, text.index(words), text.index(words) + len(words)) for number, kind, words in marks]
        reader.show_article("Fire in the harbour", "Coast Post · 3 May 2024", text, made)
        reader.grab()
        return reader

    return show_with
