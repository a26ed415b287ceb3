"""An engine that proposes by hand, an article with what it proposed, and what the window shows of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotate.model import Suggestion
from annotate.suggest import Proposal
from tests.annotate.drafts import FLOOD
from tests.annotate.proposals import BAKER, CIVIL_DEFENCE, FIGURE, HOUSES, OUTLET, QUOTED, REPORTED, flood_proposals
from tests.ui.conftest import Hands
from ui.suggestions import Engine

ENTER, BACKSPACE, NEXT, PREVIOUS = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_N, Qt.Key.Key_P
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
IN_ORDER = [REPORTED, FIGURE, CIVIL_DEFENCE, QUOTED[0], BAKER, "A witness", OUTLET, HOUSES]


class Asked:
    """An engine that proposes by hand, and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.names: list[list[str]] = []

    def propose(self, text: str, names: list[str]) -> list[Proposal]:
        self.texts.append(text)
        self.names.append(names)
        return flood_proposals(text) if FIGURE in text else []


@pytest.fixture(name="asked")
def proposing_engine(hands: Hands) -> Asked:
    """The window suggests by itself."""
    engine = Asked()
    hands.window.settings.suggests = True
    hands.window.proposing.engine = lambda: Engine("by hand", "1", engine.propose)
    return engine


@pytest.fixture(name="suggested")
def suggested_flood(hands: Hands, asked: Asked, qtbot: QtBot) -> Hands:
    """The flood is shown, with what was proposed for it; the focus is in the article."""
    hands.window.setAnimated(False)  # the text stands where it stays before a hand drags over it
    take_in(hands, qtbot, FLOOD)
    qtbot.waitUntil(lambda: hands.window.suggestions_panel.isVisible())
    QTest.qWait(0)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    return hands


def take_in(hands: Hands, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.importing.take_text(text)
    QTest.qWait(0)


def selected(hands: Hands) -> str:
    """The words of the selected suggestion; it is outlined in the reader and current in the list, or this fails."""
    found = hands.window.waiting.selected
    panel = hands.window.suggestions
    shown = hands.window.reader.selected_annotation()
    if found is None:
        assert shown is None or shown >= 0
        return ""
    assert shown == -found.id
    assert panel.list.currentRow() == hands.window.waiting.suggestions.index(found)
    return words_of(hands, found)


def words_of(hands: Hands, suggestion: Suggestion) -> str:
    first = suggestion.spans[0]
    return hands.body()[first.start : first.end]


def waiting(hands: Hands) -> list[str]:
    return [words_of(hands, one) for one in hands.window.waiting.suggestions]


def dotted(hands: Hands) -> int:
    """How many stretches of the text are shown as suggested."""
    return sum(entry.item.suggested for entry in hands.window.reader.view.marks)
