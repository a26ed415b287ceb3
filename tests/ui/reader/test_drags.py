"""What a drag of the mouse does to edges of a mark and to words, also beyond the border, and how it is given up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.model import Span
from annotate.vocabulary import Kind
from tests.ui.conftest import KEYS
from tests.ui.reader.pressing import ARTICLE, CONTROL, NONE, SHIFT, Hands, double, drag, mark, showing, stored
from ui.reader.edges import Edge


@pytest.fixture
def hands(window, tmp_path) -> Hands:
    """An article is shown."""
    return showing(ARTICLE, window, tmp_path)


def handle(hands: Hands, side: str) -> QPoint:
    """The middle of a handle of the selected mark."""
    found = hands.view.places.handles(hands.view.marks.of(hands.view.selected_id))
    return next(one.grip for one in found if one.edge.side == side).center().toPoint()


@pytest.mark.parametrize(
    ("words", "side", "to", "there"),
    [
        ("Smoke 🌊", "end", "Smoke 🌊🇳🇴", "Smoke 🌊🇳🇴"),
        ("owners had", "start", "cafe\u0301 owners had", "cafe\u0301 owners had"),
        ("نحو 70 قاربا", "end", "نحو 70 قاربا احترقت", "نحو 70 قاربا احترقت"),
        ("الميناء", "start", "مسؤول في الميناء", "مسؤول في الميناء"),
    ],
)
def test_a_dragged_edge_is_stored_where_it_was_dropped(hands: Hands, words: str, side: str, to: str, there: str):
    mark(hands, Kind.FIGURE, words)
    span = hands.place(to)
    hands.sweep(handle(hands, side), hands.behind(span.end) if side == "end" else hands.before(span.start))
    assert stored(hands) == [(Kind.FIGURE, there)]


@pytest.mark.parametrize(
    ("words", "key", "modifier", "there"),
    [
        ("Smoke 🌊", Qt.Key.Key_O, NONE, "Smoke 🌊🇳🇴 rose"),
        ("Smoke 🌊", Qt.Key.Key_O, SHIFT, "Smoke 🌊🇳🇴"),
        ("cafe\u0301 owners", Qt.Key.Key_Y, NONE, "1,200 cafe\u0301 owners"),
        ("Lund", Qt.Key.Key_Y, SHIFT, "e Lund"),
        ("cafe\u0301 owners", Qt.Key.Key_U, NONE, "owners"),
        ("🇳🇴 rose", Qt.Key.Key_U, SHIFT, "rose"),
        ("at least 1,200 cafe\u0301", Qt.Key.Key_I, NONE, "at least 1,200"),
        ("at least 1,200 cafe\u0301", Qt.Key.Key_I, SHIFT, "at least 1,200 caf"),
        ("نحو 70 قاربا", Qt.Key.Key_O, NONE, "نحو 70 قاربا احترقت"),
        ("70 قاربا", Qt.Key.Key_Y, NONE, "نحو 70 قاربا"),
    ],
)
def test_keys_move_edges_of_the_selected_mark_by_words_and_letters(hands: Hands, words, key, modifier, there) -> None:
    mark(hands, Kind.CLAIM, words)
    hands.press(key, modifier)
    assert stored(hands) == [(Kind.CLAIM, there)]


def test_keys_that_select_words_leave_the_selected_mark_alone(hands: Hands) -> None:
    mark(hands, Kind.SOURCE, "Ane Lund")
    hands.press(Qt.Key.Key_Right, SHIFT | CONTROL)
    assert hands.selected() == "Ane "
    hands.press(Qt.Key.Key_Right, SHIFT)
    assert hands.selected() == "Ane L"
    assert stored(hands) == [(Kind.SOURCE, "Ane Lund")]
    hands.press(KEYS[Kind.CLAIM])
    assert stored(hands)[1] == (Kind.CLAIM, "Ane L")


@pytest.mark.parametrize("behind", [1, 2])
def test_an_edge_can_be_held_behind_a_line_end(hands: Hands, behind: int) -> None:
    mark(hands, Kind.FIGURE, "was hurt.")
    (entry,) = hands.view.marks.of(hands.view.selected_id)
    hands.view.edge_dragged.emit(Edge(entry.item, "end"), entry.end + behind)
    assert not hands.view.grab().isNull()
    assert {one.edge.side for one in hands.view.places.handles(hands.view.marks.of(hands.view.selected_id))} == {
        "start",
        "end",
    }


LONG = "\n\n".join(f"Line {number} of the 🌊 harbour log: nobody was hurt." for number in range(200))


@pytest.fixture
def scroll(window, tmp_path) -> Hands:
    """An article longer than the window is shown."""
    return showing(LONG, window, tmp_path)


def hold_below(hands: Hands, start: QPoint) -> QPoint:
    """Moves to below the text with the button held, until other text has come into view."""
    below = QPoint(start.x(), hands.view.viewport().height() + 40)
    QCursor.setPos(hands.view.viewport().mapToGlobal(below))  # Qt's own scrolling asks where the pointer is
    hands.move(start, below)
    first = hands.view.firstVisibleBlock().blockNumber()
    for _ in range(200):
        if hands.view.firstVisibleBlock().blockNumber() > first + 12:
            break
        QTest.qWait(50)
    assert hands.view.firstVisibleBlock().blockNumber() > first + 12
    return below


def stands_still(hands: Hands) -> bool:
    value = hands.view.verticalScrollBar().value()
    QTest.qWait(200)
    return hands.view.verticalScrollBar().value() == value


def test_an_edge_held_below_the_text_scrolls_on_until_it_is_let_go(scroll: Hands) -> None:
    mark(scroll, Kind.CLAIM, "harbour log")
    grip = handle(scroll, "end")
    scroll.down(grip)
    below = hold_below(scroll, grip)
    scroll.up(below)
    assert stands_still(scroll)
    ((_, words),) = stored(scroll)
    assert words.startswith("harbour log: nobody was hurt.\n\nLine 1 ")
    assert words.count("\n\n") > 12


def test_an_edge_brought_back_into_the_text_scrolls_no_further(scroll: Hands) -> None:
    mark(scroll, Kind.CLAIM, "harbour log")
    grip = handle(scroll, "end")
    scroll.down(grip)
    below = hold_below(scroll, grip)
    inside = QPoint(below.x(), 60)
    scroll.move(below, inside)
    assert stands_still(scroll)
    scroll.up(inside)


@pytest.mark.parametrize("begin", ["drag", "double click"])
def test_words_held_below_the_text_scroll_on_and_are_whole_words_in_the_end(scroll: Hands, begin: str) -> None:
    start = scroll.place("harbour").start
    at = scroll.before(start + 1)
    if begin == "drag":
        scroll.down(at)
    else:
        scroll.press_once(at)
        QApplication.sendEvent(scroll.view.viewport(), double(scroll, at))
    below = hold_below(scroll, at)
    last = scroll.body().index("nobody", scroll.window.reader.visible_span().start)
    inside = scroll.before(last + 4)
    scroll.move(below, inside)
    assert stands_still(scroll)
    scroll.up(inside)
    assert scroll.window.reader.selection() == Span(start, last + len("nobody"))


@pytest.mark.parametrize("what", ["edge", "words", "whole words"])
def test_escape_gives_a_drag_up(scroll: Hands, what: str) -> None:
    mark(scroll, Kind.CLAIM, "harbour log")
    at = handle(scroll, "end") if what == "edge" else scroll.on(scroll.place("hurt").start)
    if what == "whole words":
        scroll.press_once(at)
        QApplication.sendEvent(scroll.view.viewport(), double(scroll, at))
    else:
        scroll.down(at)
    below = hold_below(scroll, at)
    scroll.press(Qt.Key.Key_Escape)
    assert stands_still(scroll)
    scroll.move(below, QPoint(below.x(), 100))
    scroll.up(QPoint(below.x(), 100))
    assert scroll.selected() is None
    assert stored(scroll) == [(Kind.CLAIM, "harbour log")]
    drag(scroll, scroll.body()[slice(*whole_line(scroll))])
    assert scroll.selected() is not None


def whole_line(hands: Hands) -> tuple[int, int]:
    """A line that is in view."""
    seen = hands.window.reader.visible_span()
    start = hands.body().index("Line", seen.start)
    return start, hands.body().index(" of", start)


def test_in_a_paragraph_of_a_megabyte_words_figures_and_sentences_are_taken_as_anywhere(window, tmp_path) -> None:
    text = "Title\n\n" + "".join(f"Boat {number} of 🌊 some {number + 100:,} boats sank. " for number in range(28_000))
    hands = showing(text, window, tmp_path)
    assert len(hands.body()) > 1_000_000
    near = hands.body().index("Boat 20000 ")
    hands.window.reader.reveal(near)
    for press, on, words in (
        (hands.press_twice, "sank", "sank"),
        (hands.press_twice, "20,100", "some 20,100 boats"),
        (hands.press_thrice, "20000", "Boat 20000 of 🌊 some 20,100 boats sank."),
    ):
        press(hands.on(hands.place(on, near).start))
        assert hands.window.reader.selection() == hands.place(words, near)
        hands.rest()
