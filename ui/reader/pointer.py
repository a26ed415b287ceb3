"""What a press of the mouse on the text becomes: a click, a drag over words, or the drag of an edge.

A plain drag over words is Qt's own, and so is everything with Alt held. A double click takes the word or the figure
and a third one the sentence by this program's rules for words, and a drag that begins so goes on by whole words or
sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from annotate.model import Span
from annotate.offsets import previous_grapheme
from annotate.surroundings import figure_at, sentences_around, whole_words, word_at
from ui.reader.edges import Edge
from ui.reader.rolling import Rolling

if TYPE_CHECKING:
    from ui.reader.view import ArticleView

Take = Callable[[str, int], Span | None]
"""What a place of the text (code points) stands for."""

_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def _figure_or_word(text: str, position: int) -> Span | None:
    return figure_at(text, position) or word_at(text, position)


def _sentence(text: str, position: int) -> Span | None:
    return sentences_around(text, position, position)


class Pointer:
    """Follows the left button from press to release; tells the view what came of it."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pressed_at: QPointF | None = None
        self._edge: Edge | None = None
        self._begun: tuple[Span, Take] | None = None
        """What a double or triple click took, and what a drag from there goes on by."""
        self._given_up = False
        self._rolling = Rolling(view, self._follow)
        self._double_clicked_at = QPointF()
        self._third_click_may_follow = QTimer(view, singleShot=True)

    @property
    def is_holding(self) -> bool:
        """Whether the button holds something that Qt must not see: an edge, words taken by words, or what was given
        up."""
        return self._edge is not None or self._begun is not None or self._given_up

    def forget(self) -> None:
        """The press under way, if any, becomes nothing."""
        self._pressed_at = None
        self._edge = None
        self._begun = None
        self._given_up = False
        self._rolling.stop()

    def give_up(self) -> bool:
        """Ends what the button holds as if nothing had been pressed; false if it holds nothing."""
        if self._pressed_at is None and not self.is_holding:
            return False
        self.forget()
        self._given_up = True
        return True

    def pressed(self, event: QMouseEvent) -> bool:
        """Takes a press; true if the text must not see it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._given_up = False
        way = (event.position() - self._double_clicked_at).manhattanLength()
        if self._third_click_may_follow.isActive() and way < QApplication.startDragDistance():
            self._third_click_may_follow.stop()
            return self._takes(event, _sentence, _sentence)
        self._edge = self._view.edge_at(event.position())
        if self._edge is not None:
            return True
        self._pressed_at = event.position()
        if event.modifiers() & _SHIFT:
            return False  # extends the selection
        cursor = self._view.textCursor()
        position = self._view.places.position_near(event.position())
        if cursor.hasSelection() and cursor.selectionStart() <= position <= cursor.selectionEnd():
            # Qt would begin to drag the selected words away; here a drag always selects.
            cursor.setPosition(position, QTextCursor.MoveMode.MoveAnchor)
            self._view.setTextCursor(cursor)
        return False

    def double_clicked(self, event: QMouseEvent) -> bool:
        """Takes the second press of a double click; true if the text must not see it."""
        self.forget()
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() & _ALT:
            return False
        self._double_clicked_at = event.position()
        self._third_click_may_follow.start(QApplication.doubleClickInterval())
        return self._takes(event, _figure_or_word, word_at)

    def moved(self, event: QMouseEvent) -> bool:
        """Follows a move; true if the text must not see it."""
        if self.is_holding:
            if not self._given_up:
                self._follow(self._rolling.hold(event.position()))
            return True
        over_handle = not event.buttons() and self._view.edge_at(event.position()) is not None
        shape = Qt.CursorShape.SizeHorCursor if over_handle else Qt.CursorShape.IBeamCursor
        if not event.buttons() and self._view.ties.target_at(event.position()) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)
        return False

    def released(self, event: QMouseEvent) -> None:
        """Ends a press: drops the edge that was held, or reports a click if nothing was selected by it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed_at, edge = self._pressed_at, self._edge
        self.forget()
        if edge is not None:
            self._view.edge_dropped.emit()
        elif pressed_at is None:
            pass
        elif not self._view.textCursor().hasSelection():
            way = (event.position() - pressed_at).manhattanLength()
            if way < QApplication.startDragDistance():
                self._view.clicked.emit(self._view.places.hit(event.position()))
        elif not event.modifiers() & _ALT:
            self._take_whole_words()

    def on_line(self, event: QMouseEvent) -> QMouseEvent:
        """The event as Qt's own hit test understands it: in the gap under a line it means the words above."""
        point = self._view.places.onto_line(event.position())
        if not 0 <= event.position().y() < self._view.viewport().height():
            point.setY(event.position().y())  # beyond the border, where Qt scrolls on
        if point == event.position():
            return event
        return QMouseEvent(
            event.type(),
            point,
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )

    # Inner workings

    def _takes(self, event: QMouseEvent, take: Take, go_on_by: Take) -> bool:
        """Selects what stands under the pointer; nothing where nothing does."""
        view = self._view
        hit = view.places.hit(event.position())
        at = view.offsets.to_code_point(hit.position if hit else view.places.position_near(event.position()))
        span = take(view.text, at) or take(view.text, previous_grapheme(view.text, at))
        if span is not None:
            self._begun = span, go_on_by
            view.select_words(span)
        return True

    def _follow(self, point: QPointF) -> None:
        """What is held goes with the pointer to a point of the viewport."""
        position = self._view.places.position_near(point)
        if self._edge is not None:
            self._view.edge_dragged.emit(self._edge, position)
        elif self._begun is not None:
            self._grow(*self._begun, self._view.offsets.to_code_point(position))

    def _grow(self, begun: Span, take: Take, at: int) -> None:
        """Selects from what was taken first to what stands at a caret position (code points), both whole."""
        text = self._view.text
        start, end = begun.start, begun.end
        if at > end:
            there = take(text, previous_grapheme(text, at))
            end = max(end, there.end if there is not None else begun.start + len(text[begun.start : at].rstrip()))
        elif at < start:
            there = take(text, at)
            start = min(start, there.start if there is not None else end - len(text[at:end].lstrip()))
        self._view.select_words(Span(start, end), backwards=start < begun.start)

    def _take_whole_words(self) -> None:
        """A drag that began or ended inside a word takes the word, or leaves it."""
        view, cursor = self._view, self._view.textCursor()
        start, end = (view.offsets.to_code_point(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        words = whole_words(view.text, start, end)
        if (words.start, words.end) != (start, end):
            view.select_words(words, backwards=cursor.position() < cursor.anchor())
