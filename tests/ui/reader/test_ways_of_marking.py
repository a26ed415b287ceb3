"""Every way of marking, by real mouse and keys in the real window; what is stored is compared with what was meant."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from annotate.model import Span
from annotate.offsets import next_grapheme, previous_grapheme
from annotate.vocabulary import Kind
from tests.ui.conftest import KEYS
from tests.ui.conftest import Hands as WindowHands
from ui.reader.edges import Edge
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE, ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
FIRST, SECOND, THIRD = (
    "Smoke 🌊🇳🇴 rose at noon. The mayor, Ane Lund, said at least 1,200 cafe\u0301 owners had fled; “we lost about "
    "$1.2 billion,” she told Coast\u00a0Post. Nobody 👩\u200d⚕️ was hurt.",
    "قال مسؤول في الميناء 🌊 إن نحو 70 قاربا احترقت. وأضاف أنّ السُّلطات أغلقت «الطريق القديمة» أمس.",
    "The ferry 🇳🇴 leaves\u2028at noon as before.",
)
ARTICLE = "\n\n".join((FIRST, SECOND, THIRD))


class Hands(WindowHands):
    """Single presses, moves and releases at the letters of an article."""

    @property
    def view(self):
        return self.window.reader.view

    def _box(self, start: int, end: int):
        return self.window.reader.text_rect(start, end)

    def _runs_leftwards(self, start: int, end: int) -> bool:
        """Whether a letter begins at its right side, by where Qt draws its two edges."""
        to_utf16 = self.view.offsets.to_utf16
        block = self.view.document().findBlock(to_utf16(start))
        line = block.layout().lineForTextPosition(to_utf16(start) - block.position())
        first, last = (line.cursorToX(to_utf16(at) - block.position())[0] for at in (start, end))
        return first > last

    def before(self, position: int) -> QPoint:
        """The side at which the letter at a position begins."""
        end = next_grapheme(self.body(), position)
        box = self._box(position, end)
        x = box.right() - 1 if self._runs_leftwards(position, end) else box.left() + 1
        return QPoint(x, box.center().y())

    def behind(self, position: int) -> QPoint:
        """The side at which the letter before a position ends."""
        start = previous_grapheme(self.body(), position)
        box = self._box(start, position)
        x = box.left() + 1 if self._runs_leftwards(start, position) else box.right()
        return QPoint(x, box.center().y())

    def on(self, position: int) -> QPoint:
        return self._box(position, next_grapheme(self.body(), position)).center()

    def down(self, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.view.viewport(), LEFT, modifier, at)

    def move(self, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        for step in range(1, 6):
            at = QPointF(start + (end - start) * step / 5)
            everywhere = self.view.viewport().mapToGlobal(at)
            moved = QMouseEvent(QEvent.Type.MouseMove, at, everywhere, Qt.MouseButton.NoButton, LEFT, modifier)
            QApplication.sendEvent(self.view.viewport(), moved)

    def up(self, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.view.viewport(), LEFT, modifier, at)

    def sweep(self, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.down(start, modifier)
        self.move(start, end, modifier)
        self.up(end, modifier)

    def press_once(self, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifier, at)

    def press_twice(self, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.press_once(at, modifier)
        QTest.mouseDClick(self.view.viewport(), LEFT, modifier, at)

    def press_thrice(self, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.press_twice(at, modifier)
        self.press_once(at, modifier)

    def rest(self) -> None:
        """As long as it takes for the next click to be a first one again."""
        QTest.mouseMove(self.view.viewport(), QPoint(2, 2), QApplication.doubleClickInterval() + 1)

    def caret_to(self, position: int) -> None:
        """Click between letters, later than a double click would come."""
        QTest.mouseClick(
            self.view.viewport(), LEFT, NONE, self.before(position), QApplication.doubleClickInterval() + 1
        )

    def selected(self) -> str | None:
        span = self.window.reader.selection()
        return None if span is None else self.body()[span.start : span.end]

    def button(self, name: str) -> QToolButton:
        buttons = self.window.toolbar.findChildren(QToolButton)
        return next(button for button in buttons if button.defaultAction() is self.window.actions_[name])


@pytest.fixture
def hands(window, tmp_path) -> Hands:
    """An article is shown."""
    return showing(ARTICLE, window, tmp_path)


def showing(text: str, window: MainWindow, folder: Path) -> Hands:
    """An article in a project of its own, with the focus in its text."""
    assert window.session.create(folder / "case.pnote")
    made = Hands(window)
    made.window.importing.take_text(text)
    QTest.qWait(0)
    made.view.setFocus()
    return made


def stored(hands: Hands) -> list[tuple[Kind, str]]:
    """Kind and words of all marks, from the project; their offsets lead to the same words."""
    read, body = hands.session.read, hands.body()
    made = [read.annotation(number) for number in sorted(read.annotation_ids())]
    for annotation in made:
        assert " […] ".join(body[span.start : span.end] for span in annotation.spans) == annotation.words
    return [(annotation.kind, annotation.words) for annotation in made]


# -- ways of selecting words ---------------------------------------------------------------------------------------


def drag(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.sweep(hands.before(span.start), hands.behind(span.end))


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


def double(hands: Hands, at: QPoint) -> QMouseEvent:
    """The second press of a double click, not let go yet."""
    everywhere = QPointF(hands.view.viewport().mapToGlobal(at))
    return QMouseEvent(QEvent.Type.MouseButtonDblClick, QPointF(at), everywhere, LEFT, LEFT, NONE)


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


def mark(hands: Hands, kind: Kind, words: str) -> None:
    drag(hands, words)
    hands.press(KEYS[kind])


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


# -- edges of a mark -----------------------------------------------------------------------------------------------


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


# -- drags beyond the border, and drags given up -------------------------------------------------------------------


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
