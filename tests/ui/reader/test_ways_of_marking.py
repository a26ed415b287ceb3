"""Every way of marking, by real mouse and keys in the real window; what is stored is compared with what was meant."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotate.offsets import next_grapheme, previous_grapheme
from annotate.vocabulary import Kind
from tests.ui.conftest import KEYS
from tests.ui.reader.pressing import (
    ALT,
    ARTICLE,
    CONTROL,
    FIRST,
    LEFT,
    NONE,
    SECOND,
    SHIFT,
    Hands,
    double,
    drag,
    mark,
    showing,
    stored,
)


@pytest.fixture
def hands(window, tmp_path) -> Hands:
    """An article is shown."""
    return showing(ARTICLE, window, tmp_path)


# -- ways of selecting words ---------------------------------------------------------------------------------------


def drag_backwards(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.sweep(hands.behind(span.end), hands.before(span.start))


def drag_with_alt(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.sweep(hands.before(span.start), hands.behind(span.end), ALT)


def drag_from_letter_to_letter(hands: Hands, words: str) -> None:
    """From inside the first word to inside the last."""
    span = hands.place(words)
    first = next_grapheme(hands.body(), span.start)
    last = previous_grapheme(hands.body(), span.end)
    hands.sweep(hands.before(first), hands.behind(last))


def click_and_shift_click(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.caret_to(span.start)
    hands.press_once(hands.behind(span.end), SHIFT)


def double_click(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.press_twice(hands.on(span.start))


def double_click_the_number(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.press_twice(hands.on(next(at for at in range(span.start, span.end) if hands.body()[at].isdigit())))


def double_click_below(hands: Hands, words: str) -> None:
    """In the gap under the line."""
    span = hands.place(words)
    box = hands.window.reader.text_rect(span.start, next_grapheme(hands.body(), span.start))
    hands.press_twice(QPoint(box.center().x(), box.bottom() + 6))


def double_click_and_drag(hands: Hands, words: str) -> None:
    span = hands.place(words)
    first, last = hands.on(span.start), hands.on(previous_grapheme(hands.body(), span.end))
    hands.press_once(first)
    QApplication.sendEvent(hands.view.viewport(), double(hands, first))
    hands.move(first, last)
    hands.up(last)


def double_click_and_drag_back(hands: Hands, words: str) -> None:
    span = hands.place(words)
    first, last = hands.on(previous_grapheme(hands.body(), span.end)), hands.on(span.start)
    hands.press_once(first)
    QApplication.sendEvent(hands.view.viewport(), double(hands, first))
    hands.move(first, last)
    hands.up(last)


def triple_click(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.press_thrice(hands.on(span.start))


def triple_click_and_drag(hands: Hands, words: str) -> None:
    span = hands.place(words)
    first, last = hands.on(span.start), hands.on(previous_grapheme(hands.body(), span.end))
    hands.press_twice(first)
    hands.sweep(first, last)


def letters_by_keys(hands: Hands, words: str) -> None:
    hands.caret_to(hands.place(words).start)
    for _ in range(len(words)):
        if hands.selected() == words:
            return
        rtl = hands.view.textCursor().block().textDirection() == Qt.LayoutDirection.RightToLeft
        hands.press(Qt.Key.Key_Left if rtl else Qt.Key.Key_Right, SHIFT)


def words_by_keys(hands: Hands, words: str) -> None:
    hands.caret_to(hands.place(words).start)
    for _ in range(words.count(" ") + 1):
        hands.press(Qt.Key.Key_Right, SHIFT | CONTROL)


def sentence_by_key(hands: Hands, words: str) -> None:
    hands.caret_to(hands.place(words).start + 1)
    hands.press(Qt.Key.Key_E)


def two_sentences_by_key(hands: Hands, words: str) -> None:
    sentence_by_key(hands, words)
    hands.press(Qt.Key.Key_E)


def quotation_by_key(hands: Hands, words: str) -> None:
    hands.caret_to(hands.place(words).start + 2)
    hands.press(Qt.Key.Key_Q)


def quotation_from_a_word(hands: Hands, words: str) -> None:
    hands.press_twice(hands.on(hands.place(words).start + 1))
    hands.press(Qt.Key.Key_Q)


def find_it(hands: Hands, words: str) -> None:
    hands.press(Qt.Key.Key_F, CONTROL)
    QApplication.clipboard().setText(words)
    hands.press(Qt.Key.Key_V, CONTROL)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)


WAYS: list[tuple[Callable[[Hands, str], None], list[str]]] = [
    (
        drag,
        [
            "Smoke 🌊🇳🇴 rose",
            "🇳🇴",
            "at least 1,200 cafe\u0301 owners",
            "Coast\u00a0Post",
            "مسؤول في الميناء",
            "السُّلطات",
            "Nobody 👩\u200d⚕️ was hurt.\n\n" + SECOND + "\n\nThe ferry",
            "leaves\u2028at noon",
        ],
    ),
    (drag_backwards, ["Ane Lund, said at least 1,200 cafe\u0301 owners", "نحو 70 قاربا", "أمس.\n\nThe ferry"]),
    (drag_with_alt, ["ayor, Ane Lun", "fe\u0301 own", "سؤول في المينا"]),
    (drag_from_letter_to_letter, ["mayor, Ane Lund", "owners had fled", "مسؤول في الميناء"]),
    (click_and_shift_click, ["Lund, said at least 1,200 cafe\u0301", "قاربا احترقت"]),
    (double_click, ["Lund", "cafe\u0301", "🇳🇴", "👩\u200d⚕️", "السُّلطات"]),
    (double_click_below, ["mayor", "السُّلطات"]),
    (double_click_the_number, ["at least 1,200 cafe\u0301 owners", "about $1.2 billion"]),
    (double_click_and_drag, ["mayor, Ane Lund", "cafe\u0301 owners had", "السُّلطات أغلقت"]),
    (double_click_and_drag_back, ["Ane Lund, said", "مسؤول في الميناء"]),
    (
        triple_click,
        ["Smoke 🌊🇳🇴 rose at noon.", "قال مسؤول في الميناء 🌊 إن نحو 70 قاربا احترقت.", "The ferry 🇳🇴 leaves"],
    ),
    (triple_click_and_drag, [SECOND]),
    (letters_by_keys, ["🇳🇴 rose", "cafe\u0301 own", "مسؤول"]),
    (words_by_keys, ["ferry 🇳🇴 leaves"]),
    (
        sentence_by_key,
        ["Smoke 🌊🇳🇴 rose at noon.", "Nobody 👩\u200d⚕️ was hurt.", "قال مسؤول في الميناء 🌊 إن نحو 70 قاربا احترقت."],
    ),
    (two_sentences_by_key, [SECOND]),
    (quotation_by_key, ["“we lost about $1.2 billion,”", "«الطريق القديمة»"]),
    (quotation_from_a_word, ["“we lost about $1.2 billion,”"]),
    (find_it, ["cafe\u0301 owners", "السُّلطات"]),
]


@pytest.mark.parametrize(("way", "stretches"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_what_was_pointed_at_is_what_is_stored(hands: Hands, way: Callable[[Hands, str], None], stretches: list[str]):
    for words, kind in zip(stretches, cycle(KEYS), strict=False):
        way(hands, words)
        assert (hands.selected() or "").strip() == words
        hands.press(KEYS[kind])
        assert stored(hands) == [(kind, words)]
        assert hands.window.reader.selection() is None
        hands.session.undo()
        hands.press(Qt.Key.Key_Escape)
        hands.rest()


# -- after the words are selected ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KEYS)
def test_a_button_marks_selected_words(hands: Hands, kind: Kind) -> None:
    hands.press_twice(hands.on(hands.place("1,200").start))
    QTest.mouseClick(hands.button(f"mark_{kind.name.lower()}"), LEFT)
    assert stored(hands) == [(kind, "at least 1,200 cafe\u0301 owners")]


def choose(menu: QMenu, action: QAction) -> None:
    """Click an entry of an open menu."""
    assert menu.isVisible()
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    QTest.qWait(0)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
@pytest.mark.parametrize("kind", KEYS)
def test_the_menu_marks_selected_words(hands: Hands, kind: Kind) -> None:
    drag(hands, "مسؤول في الميناء")
    bar = hands.window.menuBar()
    title = next(action for action in bar.actions() if action.text() == "&Mark")
    QTest.mouseClick(bar, LEFT, NONE, bar.actionGeometry(title).center())
    choose(title.menu(), hands.window.actions_[f"mark_{kind.name.lower()}"])
    assert stored(hands) == [(kind, "مسؤول في الميناء")]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("kind", KEYS)
def test_the_menu_at_the_pointer_marks_selected_words(hands: Hands, kind: Kind) -> None:
    drag(hands, "Smoke 🌊🇳🇴 rose")
    at = hands.on(hands.place("rose").start)
    everywhere = hands.view.viewport().mapToGlobal(at)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, everywhere)
    QApplication.sendEvent(hands.view.viewport(), asked)
    choose(hands.window.pointer_menus.menu, hands.window.actions_[f"mark_{kind.name.lower()}"])
    assert stored(hands) == [(kind, "Smoke 🌊🇳🇴 rose")]


def test_a_word_of_the_selected_mark_is_marked_too_and_its_sentence(hands: Hands) -> None:
    mark(hands, Kind.CLAIM, "مسؤول في الميناء")
    hands.caret_to(hands.place("في").start)
    hands.press(Qt.Key.Key_E)
    hands.press(Qt.Key.Key_S)
    assert stored(hands)[1] == (Kind.SOURCE, "قال مسؤول في الميناء 🌊 إن نحو 70 قاربا احترقت.")


def test_words_are_added_to_the_selected_mark(hands: Hands) -> None:
    mark(hands, Kind.CLAIM, "Smoke 🌊🇳🇴 rose")
    drag(hands, "السُّلطات أغلقت")
    hands.press(Qt.Key.Key_A)
    drag(hands, "🇳🇴 leaves")
    hands.press(Qt.Key.Key_A)
    assert stored(hands) == [(Kind.CLAIM, "Smoke 🌊🇳🇴 rose […] السُّلطات أغلقت […] 🇳🇴 leaves")]


def test_where_no_quotation_is_one_is_told_so_and_the_words_stay(hands: Hands) -> None:
    drag(hands, "Smoke 🌊🇳🇴 rose")
    hands.press(Qt.Key.Key_Q)
    assert hands.told[-1].words == "No quotation around these words."
    assert hands.selected() == "Smoke 🌊🇳🇴 rose"


def test_behind_the_last_sentence_one_is_told_so(hands: Hands) -> None:
    hands.caret_to(hands.place("at noon as").start)
    for _ in range(2):
        hands.press(Qt.Key.Key_E)
    assert hands.told[-1].words == "No further sentence in this article."
    assert hands.selected() == "at noon as before."


def test_alt_leaves_double_and_triple_clicks_to_qt(hands: Hands) -> None:
    at = hands.on(hands.place("1,200").start)
    hands.press_twice(at, ALT)
    assert hands.selected() not in (None, "at least 1,200 cafe\u0301 owners")
    hands.press_once(at, ALT)
    assert hands.selected() == FIRST + "\n"


def test_a_double_click_beside_all_text_takes_the_last_word_of_the_line(hands: Hands) -> None:
    line = hands.on(hands.place("before").start)
    hands.press_twice(QPoint(hands.view.viewport().width() - 4, line.y()))
    assert hands.selected() == "."
