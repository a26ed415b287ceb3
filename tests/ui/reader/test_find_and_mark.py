"""All that was found is marked at once: by the menu of the bar, by keys, in one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from tests.ui.reader.finding import (
    CONTROL,
    SHIFT,
    find_bar,  # noqa: F401
    hands_at_the_story,  # noqa: F401
)
from ui.reader.find_bar import FindBar


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_all_hits_are_marked_by_the_menu_of_the_bar_in_one_step(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    assert [action.text() for action in bar.mark_menu.actions()] == [
        "Mark all 5 as &claims\tC",
        "Mark all 5 as &figures\tF",
        "Mark all 5 as &sources\tS",
    ]
    bar.mark_button.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert bar.mark_menu.isVisible()
    QTest.keyClick(bar.mark_menu, Qt.Key.Key_Up)
    QTest.keyClick(bar.mark_menu, Qt.Key.Key_Return)
    QTest.qWait(0)
    made = hands.session.read.annotations()
    assert [one.kind for one in made] == [Kind.SOURCE] * 5
    assert [one.words for one in made] == ["port", "port", "Port", "port", "port"]
    assert hands.told[-1].words == "5 marked as sources."
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.session.read.annotation_ids() == []
    assert hands.window.reader.marks_at(made[0].spans[0].start) == []
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.window.reader.marks_at(made[0].spans[0].start) == [made[0].id]


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, Kind.CLAIM),
        (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier, Kind.FIGURE),
        (Qt.Key.Key_S, SHIFT, Kind.SOURCE),
    ],
)
def test_all_hits_are_marked_from_the_words_typed_by_two_keys(hands: Hands, bar: FindBar, key, modifier, kind: Kind):
    QTest.keyClicks(bar.words, "port")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert bar.mark_menu.isVisible()
    QTest.keyClick(bar.mark_menu, key, modifier)
    QTest.qWait(0)
    assert [one.kind for one in hands.session.read.annotations()] == [kind] * 5
    assert bar.words.text() == "port"
    assert "Alt+Enter" in bar.mark_button.toolTip()


def test_all_hits_are_marked_by_a_key_from_the_text_and_places_marked_already_left_out(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port authority")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_S)
    hands.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(bar.words, "port")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words == "5 marked as figures."
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words == "All 5 are marked as figures already."
    hands.session.run(commands.remove_annotations, hands.session.read.annotation_ids()[-2:])
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words.startswith("2 marked as figures, 3 were marked already")


def test_too_many_hits_to_mark_are_refused_in_a_sentence(hands: Hands, bar: FindBar):
    hands.window.importing.take_text("e 😀 " * (commands.MOST_AT_ONCE + 1))
    QTest.keyClicks(bar.words, "e")
    hands.window.actions_["mark_all_claims"].trigger()
    assert hands.told[-1].words == "More than 2,000 places cannot be marked at once. Look for something narrower."
    assert hands.session.read.annotation_ids() == []


def test_marking_all_needs_hits_that_are_shown(hands: Hands, bar: FindBar):
    action = hands.window.actions_["mark_all_claims"]
    assert not action.isEnabled()
    QTest.keyClicks(bar.words, "port")
    assert action.isEnabled()
    hands.press(Qt.Key.Key_Escape)
    assert not action.isEnabled()
    assert action.text() == "Mark all hits as claims"
