"""Marking the same words twice offers their other places in the project; nothing is marked before the click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from annotate.vocabulary import Kind, Origin
from tests.ui.conftest import Hands

ONE = "One 🌊\n\nThe civil defence said so e\u0301. The civil defence knew. Later the civil defence left.\n"
TWO = "Two\n\nقال the civil defence. And the civil defence again, and Civil defence no more.\n"


@pytest.fixture
def two(hands: Hands) -> Hands:
    hands.window.importing.take_text(TWO)
    hands.window.importing.take_text(ONE)
    return hands


def offer_button(hands: Hands, words: str) -> QPushButton:
    return next(button for button in hands.window.findChildren(QPushButton) if button.text() == words)


def test_the_second_mark_of_the_same_words_offers_all_the_others(two: Hands, qtbot) -> None:
    elsewhere = two.window.marking_elsewhere
    two.mark(Kind.SOURCE, "civil defence")
    qtbot.waitUntil(lambda: not elsewhere.busy, timeout=10_000)
    assert two.told == []
    two.mark(Kind.SOURCE, "civil defence", near=two.body().index("knew") - 20)
    qtbot.waitUntil(lambda: not elsewhere.busy and bool(two.told), timeout=10_000)
    assert two.told[-1].words == "“civil defence” stands unmarked at 3 more places in 2 articles."
    assert len(list(two.session.read.annotation_ids())) == 2
    QTest.mouseClick(offer_button(two, "Mark all 3"), Qt.MouseButton.LeftButton)
    made = two.session.read.annotations(two.session.read.annotation_ids())
    assert [one.origin for one in made].count(Origin.BULK) == 3
    assert two.told[-1].words == "3 more sources marked, not reviewed one by one yet."
    two.session.undo()
    assert len(list(two.session.read.annotation_ids())) == 2


def test_what_was_offered_once_is_not_offered_again(two: Hands, qtbot) -> None:
    elsewhere = two.window.marking_elsewhere
    for at in ("said", "knew"):
        two.mark(Kind.SOURCE, "civil defence", near=two.body().index(at) - 20)
        qtbot.waitUntil(lambda: not elsewhere.busy, timeout=10_000)
    told = len(two.told)
    assert told == 1
    two.mark(Kind.SOURCE, "civil defence", near=two.body().index("left") - 20)
    QTest.qWait(50)
    assert not elsewhere.busy
    assert len(two.told) == told


def test_closing_the_project_ends_the_search(two: Hands) -> None:
    two.mark(Kind.SOURCE, "civil defence")
    two.session.close()
    assert not two.window.marking_elsewhere.busy
