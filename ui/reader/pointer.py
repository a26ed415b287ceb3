"""What a press of the mouse on the text becomes: a click, a drag over words (Qt's own), or the drag of an edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from annotate.surroundings import whole_words
from ui.reader.edges import Edge

if TYPE_CHECKING:
    from ui.reader.view import ArticleView


class Pointer:
    """Follows the left button from press to release; tells the view what came of it."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pressed_at: QPointF | None = None
        self._edge: Edge | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether an edge is held."""
        return self._edge is not None

    def forget(self) -> None:
        """The press under way, if any, becomes nothing."""
        self._pressed_at = None
        self._edge = None

    def pressed(self, event: QMouseEvent) -> bool:
        """Takes a press; true if it was on a handle and the text must not see it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._edge = self._view.edge_at(event.position())
        if self._edge is not None:
            return True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False  # extends the selection
        self._pressed_at = event.position()
        cursor = self._view.textCursor()
        position = self._view.places.position_near(event.position())
        if cursor.hasSelection() and cursor.selectionStart() <= position <= cursor.selectionEnd():
            # Qt would begin to drag the selected words away; here a drag always selects.
            cursor.setPosition(position, QTextCursor.MoveMode.MoveAnchor)
            self._view.setTextCursor(cursor)
        return False

    def moved(self, event: QMouseEvent) -> bool:
        """Follows a move; true if it dragged an edge and the text must not see it."""
        if self._edge is not None:
            self._view.edge_dragged.emit(self._edge, self._view.places.position_near(event.position()))
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
        if self._edge is not None:
            self._edge = None
            self._view.edge_dropped.emit()
        elif self._pressed_at is not None and not self._view.textCursor().hasSelection():
            way = (event.position() - self._pressed_at).manhattanLength()
            if way < QApplication.startDragDistance():
                self._view.clicked.emit(self._view.places.hit(event.position()))
        elif self._pressed_at is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._take_whole_words()
        self._pressed_at = None

    def _take_whole_words(self) -> None:
        """A drag that began or ended inside a word takes the word, or leaves it; Alt keeps the letters."""
        view, cursor = self._view, self._view.textCursor()
        start, end = (view.offsets.to_code_point(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        words = whole_words(view.text, start, end)
        if (words.start, words.end) != (start, end):
            ends = [view.offsets.to_utf16(at) for at in (words.start, words.end)]
            backwards = cursor.position() < cursor.anchor()
            anchor, position = reversed(ends) if backwards else ends
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            view.setTextCursor(cursor)
