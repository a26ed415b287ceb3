"""An article that words are looked for in, and the bar for finding, open over it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate.model import Span
from tests.ui.conftest import Hands
from ui.reader.find_bar import FindBar

STORY = (
    "Fire 🔥 in the port 🇳🇴\n\nThe port\u00a0authority of Cafe\u0301land closed the Port at noon.\r\n"
    "قال مسؤول في الميناء إن نحو 70 قاربا احترقت.\u2028Airports nearby stayed open; no port was safe.\n"
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(name="hands")
def hands_at_the_story(hands: Hands) -> Hands:
    """It is shown, and has the focus."""
    hands.window.importing.take_text(STORY)
    hands.window.activateWindow()
    QTest.qWaitForWindowActive(hands.window)
    hands.window.reader.view.setFocus()
    QTest.qWait(0)
    return hands


@pytest.fixture(name="bar")
def find_bar(hands: Hands) -> FindBar:
    hands.press(Qt.Key.Key_F, CONTROL)
    return hands.window.reader.find_bar


def places(hands: Hands, *wanted: str) -> list[Span]:
    """Where the words stand one after the other."""
    found: list[Span] = []
    for words in wanted:
        found.append(hands.place(words, found[-1].end if found else 0))
    return found


def walk(hands: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier, times: int) -> list[Span | None]:
    seen = []
    for _ in range(times):
        hands.press(key, modifier)
        seen.append(hands.window.reader.selection())
    return seen
