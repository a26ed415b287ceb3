"""Single presses, moves and releases of the mouse at the letters of an article, in the real window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from annotate.offsets import next_grapheme, previous_grapheme
from annotate.vocabulary import Kind
from tests.ui.conftest import KEYS
from tests.ui.conftest import Hands as WindowHands
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


def drag(hands: Hands, words: str) -> None:
    span = hands.place(words)
    hands.sweep(hands.before(span.start), hands.behind(span.end))


def double(hands: Hands, at: QPoint) -> QMouseEvent:
    """The second press of a double click, not let go yet."""
    everywhere = QPointF(hands.view.viewport().mapToGlobal(at))
    return QMouseEvent(QEvent.Type.MouseButtonDblClick, QPointF(at), everywhere, LEFT, LEFT, NONE)


def mark(hands: Hands, kind: Kind, words: str) -> None:
    drag(hands, words)
    hands.press(KEYS[kind])
