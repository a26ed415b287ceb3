"""Ctrl+F in the window, with real keys: what is found, shown, selected and marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.model import Span
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands, settings, window  # noqa: F401
from tests.ui.conftest import hands as hands_of_the_window  # noqa: F401
from ui.reader.find_bar import FindBar
from ui.theme import LIGHT

STORY = (
    "Fire 🔥 in the port 🇳🇴\n\nThe port\u00a0authority of Cafe\u0301land closed the Port at noon.\r\n"
    "قال مسؤول في الميناء إن نحو 70 قاربا احترقت.\u2028Airports nearby stayed open; no port was safe.\n"
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(hands_of_the_window: Hands) -> Hands:  # noqa: F811
    made = hands_of_the_window
    made.window.importing.take_text(STORY)
    made.window.activateWindow()
    QTest.qWaitForWindowActive(made.window)
    made.window.reader.view.setFocus()
    QTest.qWait(0)
    return made


@pytest.fixture
def bar(hands: Hands) -> FindBar:
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


def ground_at(hands: Hands, span: Span) -> QColor:
    """The colour at the left edge of words, between their ground's top and their letters."""
    view = hands.window.reader.view
    box = hands.window.reader.text_rect(span.start, span.end)
    return view.viewport().grab().toImage().pixelColor(box.left() + 4, box.top() + 2)


def test_typed_words_are_found_and_counted_and_the_first_is_selected(hands: Hands, bar: FindBar):
    assert QApplication.focusWidget() is bar.words
    QTest.keyClicks(bar.words, "port")
    first = hands.place("port")
    assert hands.window.reader.selection() == first
    assert bar.count.text() == "1 of 5"


def test_enter_walks_through_all_hits_and_round_and_shift_enter_back(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    all_five = places(hands, "port", "port", "Port", "port", "port")
    assert walk(hands, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 5) == [*all_five[1:], all_five[0]]
    assert walk(hands, Qt.Key.Key_Return, SHIFT, 2) == [all_five[4], all_five[3]]
    assert bar.count.text() == "4 of 5"


def test_the_arrows_of_the_bar_do_what_enter_does_and_leave_the_focus_in_the_words(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    QTest.mouseClick(bar.next_button, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "2 of 5"
    QTest.mouseClick(bar.previous_button, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 5"
    assert QApplication.focusWidget() is bar.words


def test_the_switches_are_reached_by_tab_and_narrow_what_is_found(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    for _ in range(4):
        hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bar.whole_button
    hands.press(Qt.Key.Key_Space)
    assert bar.count.text() == "1 of 4", "Airports is one word"
    hands.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is bar.case_button
    hands.press(Qt.Key.Key_Space)
    assert bar.count.text() == "1 of 3", "Port begins with a capital"


@pytest.mark.parametrize(
    ("typed", "written"),
    [("port authority", "port\u00a0authority"), ("caféland", "Cafe\u0301land"), ("مسؤول", "مسؤول"), ("🇳🇴", "🇳🇴")],
)
def test_what_looks_the_same_is_selected_as_it_is_written(hands: Hands, bar: FindBar, typed: str, written: str):
    QTest.keyClicks(bar.words, "x")
    bar.words.setText(typed)  # as an input method or the clipboard would
    assert hands.window.reader.selection() == hands.place(written)
    assert bar.count.text() == "1 of 1"


def test_words_that_stand_nowhere_are_said_to_and_select_nothing(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "portx")
    assert bar.count.text() == "Not found"
    assert hands.window.reader.selection() is None
    assert not bar.next_button.isEnabled()


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_C, Kind.CLAIM), (Qt.Key.Key_S, Kind.SOURCE)])
def test_escape_goes_back_to_the_text_where_one_key_marks_the_hit(hands: Hands, bar: FindBar, key: Qt.Key, kind: Kind):
    QTest.keyClicks(bar.words, "port authority")
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert QApplication.focusWidget() is hands.window.reader.view
    hands.press(key)
    made = hands.session.annotation
    assert made is not None
    assert (made.kind, [span.exact for span in made.spans]) == (kind, ["port\u00a0authority"])


def test_escape_in_the_text_puts_the_bar_away_before_it_deselects(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "noon")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert hands.window.reader.selection() == hands.place("noon")
    hands.press(Qt.Key.Key_Escape)
    assert hands.window.reader.selection() is None


def test_selected_words_are_what_is_looked_for(hands: Hands):
    span = hands.drag("port", near=20)
    hands.press(Qt.Key.Key_F, CONTROL)
    bar = hands.window.reader.find_bar
    assert bar.words.text() == "port"
    assert hands.window.reader.selection() == span
    assert bar.count.text() == "2 of 5"


def test_all_hits_in_view_have_a_ground_until_the_bar_is_closed(hands: Hands, bar: FindBar):
    later = places(hands, "port", "port", "Port")[2]
    before = ground_at(hands, later)
    QTest.keyClicks(bar.words, "port")
    assert ground_at(hands, later) == QColor(LIGHT.found) != before
    hands.press(Qt.Key.Key_Escape)
    assert ground_at(hands, later) == before


def test_the_text_stays_where_it_is_when_the_bar_opens(hands: Hands):
    view = hands.window.reader.view
    before = view.geometry(), hands.window.reader.text_rect(0, 4)
    hands.press(Qt.Key.Key_F, CONTROL)
    assert (view.geometry(), hands.window.reader.text_rect(0, 4)) == before


def test_a_far_hit_is_brought_into_view(hands: Hands, bar: FindBar):
    hands.window.importing.take_text("A long day.\n" * 900 + "Then the needle 🪡 was found.\n")
    QTest.keyClicks(bar.words, "needle")
    span = hands.place("needle")
    assert hands.window.reader.selection() == span
    assert not hands.window.reader.text_rect(span.start, span.end).isEmpty()


def test_another_article_is_searched_for_the_same_words_and_nothing_is_selected_there(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    hands.window.importing.take_text("The second: 😀 a port, another port.\n")
    assert bar.count.text() == "2 found"
    assert hands.window.reader.selection() is None
    hands.press(Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"


def test_of_very_many_hits_it_is_said_that_there_are_more(hands: Hands, bar: FindBar, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.reader.find_bar.MOST_HITS", 3)
    QTest.keyClicks(bar.words, "port")
    assert bar.count.text() == "1 of more than 3"


def test_there_is_nothing_to_find_without_an_article(hands: Hands, bar: FindBar):
    hands.session.close()
    assert not bar.isVisible()
    assert not hands.window.actions_["find"].isEnabled()
