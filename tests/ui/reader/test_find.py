"""Ctrl+F in the window, with real keys: what is found, shown, walked through and selected."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.model import Span
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from tests.ui.reader.finding import (
    CONTROL,
    SHIFT,
    find_bar,  # noqa: F401
    hands_at_the_story,  # noqa: F401
    places,
    walk,
)
from ui.reader.find_bar import FindBar
from ui.reader.overview import TICK
from ui.theme import LIGHT


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
    assert QApplication.focusWidget() is bar.how.whole_words
    hands.press(Qt.Key.Key_Space)
    assert bar.count.text() == "1 of 4", "Airports is one word"
    hands.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is bar.how.case
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


@pytest.mark.parametrize("width", [700, 1400])
@pytest.mark.parametrize("part", [0, 0.5, 1])
def test_the_bar_stands_above_the_title_and_the_first_line_in_view_stays_the_first(hands: Hands, width, part):
    hands.window.resize(width, 880)
    hands.window.importing.take_text("A long day 🇳🇴 in the port.\n" * 300)
    QTest.qWait(0)
    reader = hands.window.reader
    scroll = reader.view.verticalScrollBar()
    scroll.setValue(round(scroll.maximum() * part))
    first, top, where = reader.visible_span().start, reader.header.mapTo(reader, QPoint()).y(), scroll.value()
    hands.press(Qt.Key.Key_F, CONTROL)
    bar = reader.find_bar
    assert bar.width() == reader.width()
    assert bar.mapTo(reader, QPoint()).y() + bar.height() == reader.header.mapTo(reader, QPoint()).y()
    assert reader.visible_span().start == first
    hands.press(Qt.Key.Key_Escape)
    assert (reader.visible_span().start, scroll.value()) == (first, where)
    assert reader.header.mapTo(reader, QPoint()).y() == top


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
    monkeypatch.setattr("ui.reader.search.MOST_HITS", 3)
    QTest.keyClicks(bar.words, "port")
    assert bar.count.text() == "1 of more than 3"


def test_there_is_nothing_to_find_without_an_article(hands: Hands, bar: FindBar):
    hands.session.close()
    assert not bar.isVisible()
    assert not hands.window.actions_["find"].isEnabled()


def test_f3_goes_on_from_the_text_with_the_bar_open_and_closed(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    all_five = places(hands, "port", "port", "Port", "port", "port")
    hands.window.reader.view.setFocus()
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 2) == all_five[1:3]
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 3) == [*all_five[3:], all_five[0]]
    assert walk(hands, Qt.Key.Key_F3, SHIFT, 1) == [all_five[4]]
    assert bar.isHidden()
    assert not bar.hits.starts


def test_f3_finds_the_last_words_in_another_article_by_the_same_switches(hands: Hands, bar: FindBar):
    bar.how.whole_words.click()
    QTest.keyClicks(bar.words, "port")
    hands.press(Qt.Key.Key_Escape)
    hands.window.importing.take_text("Airports 😀 and a port, another port.\n")
    first = hands.place("port", hands.place("a port").start)
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 1) == [first]


def test_f3_opens_the_bar_where_nothing_was_looked_for_or_nothing_is_found(hands: Hands):
    bar = hands.window.reader.find_bar
    hands.press(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is bar.words
    QTest.keyClicks(bar.words, "noon")
    hands.press(Qt.Key.Key_Escape)
    hands.window.importing.take_text("Nothing of it 😀.\n")
    hands.press(Qt.Key.Key_F3)
    assert bar.isVisible()
    assert bar.count.text() == "Not found"


def test_the_count_is_there_for_a_screen_reader(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    assert bar.count.accessibleName() == bar.words.accessibleDescription() == "1 of 5"
    hands.press(Qt.Key.Key_Return)
    assert bar.count.accessibleName() == bar.words.accessibleDescription() == "2 of 5"


def test_hits_are_ticks_in_the_strip_beside_the_text(hands: Hands, bar: FindBar):
    overview = hands.window.reader.overview
    before = overview.grab().toImage()
    QTest.keyClicks(bar.words, "Airports")
    place = hands.window.reader.view.offsets.to_utf16(hands.place("Airports").start)
    assert overview.has_found_at(place)
    now = overview.grab().toImage()
    edge = now.width() - 2
    differing = [at for at in range(now.height()) if now.pixelColor(edge, at) != before.pixelColor(edge, at)]
    assert abs(differing[0] - overview.y_of(place)) < 3
    assert len(differing) <= TICK
    hands.press(Qt.Key.Key_Escape)
    assert not overview.has_found_at(place)
    hands.press(Qt.Key.Key_F, CONTROL)
    bar.words.clear()
    assert overview.grab().toImage() == before


@pytest.mark.parametrize("width", [480, 1000])
def test_the_bar_holds_all_its_parts_at_any_width(hands: Hands, bar: FindBar, width: int):
    reader = hands.window.reader
    reader.setParent(None)
    reader.resize(width, 500)
    reader.show()
    QTest.qWait(0)
    QTest.keyClicks(bar.words, "port")
    QTest.qWait(0)
    parts = [bar.words, bar.count, bar.next_button, bar.how.expression, bar.mark_button, bar.close_button]
    for part in parts:
        place = QRect(part.mapTo(bar, QPoint()), part.size())
        assert bar.rect().contains(place), part
        assert place.width() >= part.minimumSizeHint().width()
    assert bar.width() == width
    reader.close()
