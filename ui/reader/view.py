"""The text itself: QPlainTextEdit with marks painted under the words, and answers to what lies where.

Selection, caret, copying and accessibility are Qt's. Positions here are UTF-16 units of the document, which are those
of the canonical text (see display.py); only the reader around it speaks in code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotate.model import Span
from annotate.offsets import Offsets
from annotate.segments import Laned
from annotate.summaries import Mark, Tie
from ui.reader.canvas import Canvas
from ui.reader.display import breaks_of, cuts_of, fill
from ui.reader.edges import Edge
from ui.reader.hits import Hits
from ui.reader.layout import LETTERS_MARGIN, RIGHT_MARGIN, Measures, ReaderLayout
from ui.reader.marks import MarkIndex
from ui.reader.places import Hit, Places
from ui.reader.pointer import Pointer
from ui.reader.ties import Node, TiesInView
from ui.reader.tips import show_tip
from ui.theme import Theme

SMALLEST_POINTS, LARGEST_POINTS = 7.0, 40.0


class ArticleView(QPlainTextEdit):
    clicked = Signal(object)
    """Hit, or None for a click beside all text."""
    edge_dragged = Signal(object, int)
    """Edge and the position it was dragged to so far."""
    edge_dropped = Signal()
    link_followed = Signal(int)
    """Id of the linked mark whose node was clicked."""
    sight_wanted = Signal(int)
    """Id of the mark out of view that an arrow was clicked for."""
    scrolled = Signal()
    column_moved = Signal(int, int)
    """Left side and width of the reading column in pixels of the view."""
    zoom_asked = Signal(int)
    """1 for larger, -1 for smaller: the wheel was turned with Ctrl held."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.offsets = Offsets("")
        self.marks = MarkIndex((), self.offsets)
        self.selected_id: int | None = None
        self.edges_movable = True
        """Whether the edges of the selected mark have handles."""
        self.describe: Callable[[int], str] = str
        self._cuts: list[int] = []
        self._pointer = Pointer(self)
        self._pressed_link = False
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        self._layout = ReaderLayout(document, self.marks_in, self._paragraph_goes_on)
        document.setDocumentLayout(self._layout)
        self.places = Places(self, self._layout)
        self.canvas = Canvas(self, self._layout, theme)
        self.ties = TiesInView(self)
        self.setDocument(document)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the overview beside it scrolls
        self.setCursorWidth(2)
        self.setAccessibleName("Article text")
        self.viewport().setMouseTracking(True)
        # Files dropped on the text are the window's to import.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.set_theme(theme)

    # What is shown

    def set_text(self, text: str, marks: Iterable[Mark]) -> None:
        """Shows a canonical text with its marks from its beginning."""
        self.selected_id = None
        self.ties.show(())
        self._pointer.forget()
        self.canvas.clear()
        self.text = text
        cuts = cuts_of(text)
        self.offsets = Offsets(text, breaks_of(text, cuts))
        self.marks = MarkIndex(marks, self.offsets)  # first: laying out a block asks for its lanes
        self.clear()
        self._cuts = [self.offsets.to_utf16(cut) for cut in cuts]
        fill(self.document(), text, cuts)
        self.setTextCursor(QTextCursor(self.document()))
        # One block in the place of one block is laid out by Qt's own layout at once; here it has not been yet.
        self.document().firstBlock().clearLayout()
        self._layout.estimate_line_counts()
        self.viewport().update()

    def replace_marks(
        self, annotation_ids: Collection[int], marks: Sequence[Mark]
    ) -> tuple[list[Laned[Mark]], list[Laned[Mark]]]:
        """Replaces the marks of some annotations and repaints the blocks they stood and stand in; gone and come."""
        gone, come = self.marks.replace(annotation_ids, marks)
        self.ties.marks_changed(annotation_ids)
        self.canvas.marks_changed((*gone, *come))
        return gone, come

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Shows other marks of the same text, in lanes given out anew."""
        self.marks = MarkIndex(marks, self.offsets)
        self.ties.marks_changed()
        self.canvas.forget_paint()
        block = self.document().begin()
        while block.isValid():
            self._layout.respace(block)
            block = block.next()
        self.viewport().update()

    def set_selected(self, annotation_id: int | None) -> None:
        """Draws the outline around another annotation; what the one before was tied to is not shown any more."""
        if annotation_id != self.selected_id:
            self.show_ties(())
        before = self.marks.of(self.selected_id)
        self.selected_id = annotation_id
        self.canvas.repaint_blocks((*before, *self.marks.of(annotation_id)))

    def show_ties(self, ties: Sequence[Tie]) -> None:
        """Shows what the selected annotation is tied to, in place of what was shown before."""
        if list(ties) != self.ties.shown():
            self.ties.show(ties)
            self.viewport().update()

    def show_hits(self, hits: Hits) -> None:
        """Shows where words were found, in place of what was shown before."""
        self.canvas.show_hits(hits)

    def set_theme(self, theme: Theme) -> None:
        palette = self.palette()
        for role, code in (
            (QPalette.ColorRole.Base, theme.panel),
            (QPalette.ColorRole.Window, theme.panel),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Highlight, theme.text_selection),
            (QPalette.ColorRole.HighlightedText, theme.text),
        ):
            palette.setColor(role, QColor(code))
        self.setPalette(palette)
        # Under a style sheet the viewport does not follow the view's palette once both were shown.
        self.viewport().setPalette(palette)
        self.canvas.set_theme(theme)

    def set_point_size(self, points: float) -> float:
        """Sets the size of the text within sensible limits and keeps the place in it; the size it has now."""
        points = min(max(points, SMALLEST_POINTS), LARGEST_POINTS)
        place = self.places.first_visible_position()
        font = QFont(self.font())
        font.setPointSizeF(points)
        self.setFont(font)
        self.document().setDefaultFont(font)
        block = self.document().begin()
        while block.isValid():
            block.layout().clearLayout()
            block = block.next()
        self._arrange()
        self.places.scroll_to(place, above=0)
        return points

    def select_words(self, words: Span, *, backwards: bool = False) -> None:
        """Selects a stretch given in code points; `backwards`: from its end, so that its start moves with the keys."""
        ends = self.offsets.to_utf16(words.start), self.offsets.to_utf16(words.end)
        cursor = self.textCursor()
        cursor.setPosition(ends[backwards])
        cursor.setPosition(ends[not backwards], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def forget_press(self) -> None:
        """Whatever the pressed button was about to do is not done."""
        self._pointer.forget()

    def give_up_press(self) -> bool:
        """The same at the analyst's wish, until the button is let go; false if it held nothing."""
        if not self._pointer.give_up():
            return False
        nowhere = QPointF(-1, -1)
        let_go = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        super().mouseReleaseEvent(QMouseEvent(QEvent.Type.MouseButtonRelease, nowhere, nowhere, *let_go))
        return True

    # What lies where

    def marks_under(self, hit: Hit) -> list[Laned[Mark]]:
        """Marks at a hit: the one whose band is there first, then the shortest."""
        return sorted(self.marks.at(hit.position), key=lambda entry: entry.lane != hit.lane)

    def marks_in(self, block: QTextBlock) -> list[Laned[Mark]]:
        return self.marks.touching(block.position(), block.position() + block.length() - 1)

    def edge_at(self, point: QPointF) -> Edge | None:
        """The edge of the selected annotation whose handle is at a point of the viewport."""
        handles = self.places.handles(self.marks.of(self.selected_id))
        return next((handle.edge for handle in handles if handle.grip.contains(point)), None)

    def column(self) -> tuple[float, float]:
        """Left and right side of the reading column in pixels of the viewport."""
        return self._layout.left, self._layout.left + self._layout.width

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        self.canvas.paint(event.rect())
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_column()
        super().resizeEvent(event)  # forgets all lines if the width has changed
        if event.oldSize().width() != event.size().width():
            self._arrange()
        self.scrolled.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        # Outlines, handles and letters reach over block edges, so a scrolled copy of them is not enough.
        self.viewport().update()
        self.scrolled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._mend_bottom_edge()

    def ensureCursorVisible(self) -> None:
        super().ensureCursorVisible()
        self._mend_bottom_edge()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_link = self._follow_link(event)
        if not self._pressed_link and not self._pointer.pressed(event):
            super().mousePressEvent(self._pointer.on_line(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.moved(event):
            super().mouseMoveEvent(self._pointer.on_line(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.is_holding:
            super().mouseReleaseEvent(self._pointer.on_line(event))
        self._pointer.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._pressed_link:  # it led elsewhere; what lies under the second press was not meant
            self._pointer.forget()
        elif not self._pointer.double_clicked(event):
            super().mouseDoubleClickEvent(self._pointer.on_line(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(self, event)
            return True
        return super().viewportEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        start, end = (self.offsets.to_code_point(p) for p in (cursor.selectionStart(), cursor.selectionEnd()))
        data = super().createMimeDataFromSelection()  # the clipboard may outlive Python, so one that Qt made
        data.text()  # has it filled in, which would come later otherwise
        data.clear()
        data.setText(self.text[start:end])  # as the article has it; Qt would turn NBSP and U+2028 into others
        return data

    def minimumSizeHint(self) -> QSize:
        return QSize(LETTERS_MARGIN + RIGHT_MARGIN + 120, 80)

    # Inner workings

    def _paragraph_goes_on(self, block: QTextBlock) -> bool:
        end = block.position() + block.length() - 1
        place = bisect_left(self._cuts, end)
        return place < len(self._cuts) and self._cuts[place] == end

    def _place_column(self) -> None:
        self._layout.measures = Measures.of(QFontMetricsF(self.document().defaultFont()))
        available = self.viewport().width() - LETTERS_MARGIN - RIGHT_MARGIN
        self._layout.width = float(max(60, min(self._layout.measures.column, available)))
        self._layout.left = float(LETTERS_MARGIN + max(0, round((available - self._layout.width) / 2)))
        self.column_moved.emit(int(self._layout.left), int(self._layout.width))

    def _arrange(self) -> None:
        """Takes over a new width or size of text, for which no block is laid out yet."""
        self._place_column()
        self.canvas.forget_paint()
        self.ties.lines_changed()
        self._layout.estimate_line_counts()
        self.viewport().update()

    def _mend_bottom_edge(self) -> None:
        """Qt reckons without the gaps when it brings the caret into view, and stays short at the bottom."""
        bar = self.verticalScrollBar()
        for _ in range(3):
            if self.cursorRect().bottom() <= self.viewport().height() or bar.value() >= bar.maximum():
                return
            bar.setValue(bar.value() + 1)

    def _follow_link(self, event: QMouseEvent) -> bool:
        """Goes where a press on a node or an arrow leads; true if it was on one and the text must not see it."""
        target = self.ties.target_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if isinstance(target, Node):
            self.link_followed.emit(target.ties[0].annotation_id)
        elif target is not None:
            self.sight_wanted.emit(target.target_id)
        return target is not None
