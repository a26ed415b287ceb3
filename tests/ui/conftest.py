"""The real window on real settings of its own, and hands that drag, click and type in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotate.model import Annotation, Span
from annotate.vocabulary import Kind
from ui.review import ImportReview
from ui.session import Notice, Session
from ui.settings import Settings
from ui.style import palette, stylesheet
from ui.theme import LIGHT
from ui.window import MainWindow

# What is asserted there says what was found.
pytest.register_assert_rewrite("tests.ui.suggested")

KEYS = {Kind.CLAIM: Qt.Key.Key_C, Kind.FIGURE: Qt.Key.Key_F, Kind.SOURCE: Qt.Key.Key_S}


class Hands:
    """What an analyst does in the window, with mouse and keys only."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session = window.session
        self.told: list[Notice] = []
        window.session.noticed.connect(self.told.append)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QTest.qWait(0)  # the window catches up before a hand can move again

    def body(self) -> str:
        article = self.session.article
        assert article is not None
        return self.session.read.body(article.text_id)

    def place(self, words: str, near: int = 0) -> Span:
        start = self.body().index(words, near)
        return Span(start, start + len(words))

    def drag(self, words: str, near: int = 0) -> Span:
        """Drag the mouse over words of the article, in small moves."""
        span = self.place(words, near)
        reader, view = self.window.reader, self.window.reader.view
        reader.reveal(span.start)
        first = reader.text_rect(span.start, span.start + 1)
        last = reader.text_rect(span.end - 1, span.end)
        start = QPoint(first.left() + 1, first.center().y())
        end = QPoint(last.right() + 1, last.center().y())
        viewport = view.viewport()
        QTest.mouseMove(viewport, start)
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 6):
            QTest.mouseMove(viewport, start + (end - start) * step / 5)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        return span

    def click(self, words: str, near: int = 0) -> None:
        """Click in the middle of words of the article."""
        span = self.place(words, near)
        self.window.reader.reveal(span.start)
        middle = (span.start + span.end) // 2
        at = self.window.reader.text_rect(middle, middle + 1).center()
        # A person's next click comes later than a double click would.
        QTest.mouseClick(
            self.window.reader.view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at,
            QApplication.doubleClickInterval() + 1,
        )

    def mark(self, kind: Kind, words: str, near: int = 0) -> Annotation:
        """Drag over words and press the key of a kind; returns the new annotation."""
        before = set(self.session.read.annotation_ids())
        span = self.drag(words, near)
        assert self.window.reader.selection() == span
        self.press(KEYS[kind])
        made = self.session.annotation
        assert made is not None
        assert made.id not in before
        return made


DOUBLE_CLICK = 10
"""Milliseconds. A hand that clicks later than a double click would come waits so long, at every click."""


KEYS_OF_ONE_WORD = 60_000
"""Milliseconds between keys that choose from a list by one word: a busy machine takes long over the first letters."""


def reviewed(hands: Hands, qtbot: QtBot, *paths: Path) -> ImportReview:
    """The review of an import, once everything was read."""
    importing = hands.window.importing
    importing.take_files(list(paths))
    qtbot.waitUntil(lambda: importing.review is not None and not importing.review.is_reading, timeout=20_000)
    review = importing.review
    assert review is not None
    review.activateWindow()
    review.count()
    return review


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    """The look of the program, put on once: each change of it makes Qt go through all widgets there are."""
    qapp.setStyle("Fusion")
    qapp.setPalette(palette(LIGHT))
    qapp.setStyleSheet(stylesheet(LIGHT))
    qapp.setDoubleClickInterval(DOUBLE_CLICK)
    qapp.setKeyboardInputInterval(KEYS_OF_ONE_WORD)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.analyst = "Ann Alyst"
    made.folder = tmp_path
    made.suggests = False  # a test that is about suggestions switches them on
    return made


@pytest.fixture
def window(qtbot, settings: Settings, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Session(settings.analyst), settings, LIGHT)
    made.resize(1400, 880)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A screen reader is there; what it is told beside what it reads."""
    told: list[str] = []
    pass_on = QAccessible.updateAccessibility

    def hear(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Announcement:
            told.append(event.message())
        pass_on(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)


@pytest.fixture
def hands(window: MainWindow, tmp_path: Path) -> Hands:
    """An empty project is open."""
    assert window.session.create(tmp_path / "case.pnote")
    return Hands(window)
