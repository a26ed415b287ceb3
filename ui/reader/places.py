"""What lies where in the text that is in view: lines, letters, the handles of a mark.

Points and rectangles are in pixels of the viewport, positions in UTF-16 units of the document. Only blocks in view are
asked: asking Qt for a place further away would lay out all the text between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextLine
from PySide6.QtWidgets import QPlainTextEdit

from annotate.segments import DRAWN_LANES, Laned
from annotate.summaries import Mark
from ui.reader import painting
from ui.reader.edges import Edge
from ui.reader.layout import ReaderLayout, hit_test_shift

HANDLE_WIDTH = 4.0
HANDLE_SHARE = 0.42
"""Of the height at which a handle can be taken."""
GRIP_WIDTH = 8.0
"""A handle is taken outside of its mark only: a drag from the first letter of a mark selects words in it."""


@dataclass(frozen=True)
class Hit:
    """What lies under a point: a character's position, and the lane whose band is there, if one is."""

    position: int
    lane: int | None


@dataclass(frozen=True)
class Handle:
    """Where an edge of the selected mark is painted as a bar, and where it can be taken (viewport)."""

    edge: Edge
    bar: QRectF
    grip: QRectF


class Places:
    """Answers for one view and its layout."""

    def __init__(self, view: QPlainTextEdit, layout: ReaderLayout) -> None:
        self._view = view
        self._layout = layout

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, float]]:
        """Blocks in view with their top in pixels of the viewport."""
        block = self._view.firstVisibleBlock()
        top = self._view.blockBoundingGeometry(block).translated(self._view.contentOffset()).top()
        while block.isValid() and top < self._view.viewport().height():
            height = self._view.blockBoundingRect(block).height()
            yield block, top
            top += height
            block = block.next()

    def _line_at(
        self, point: QPointF, *, between_paragraphs: bool = False
    ) -> tuple[QTextBlock, QTextLine, float] | None:
        """Block, line and the block's top at the height of a point; a line's gap belongs to it.

        `between_paragraphs`: the room below a paragraph belongs to its last line, too.
        """
        for block, top in self.visible_blocks():
            if point.y() >= top + self._view.blockBoundingRect(block).height():
                continue
            lines = block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                is_last = number + 1 == lines.lineCount()
                below = line.y() + line.height() + block.userState() if is_last else lines.lineAt(number + 1).y()
                if line.y() <= point.y() - top < below:
                    return block, line, top
            if between_paragraphs:
                above = point.y() < top + lines.lineAt(0).y()
                return block, lines.lineAt(0 if above else lines.lineCount() - 1), top
        return None

    def hit(self, point: QPointF) -> Hit | None:
        """The character at a point of the viewport, on the words or in the gap below them; None beside all text."""
        found = self._line_at(point)
        if found is None:
            return None
        block, line, top = found
        words = line.naturalTextRect()
        if not words.left() <= point.x() < words.right():
            return None
        position = line.xToCursor(point.x() + hit_test_shift(block, line), QTextLine.CursorPosition.CursorOnCharacter)
        below = point.y() - top - (line.y() + line.ascent() + line.descent())
        lane = int(below // self._layout.measures.pitch) if below >= 0 else None
        return Hit(block.position() + position, lane)

    def onto_line(self, point: QPointF) -> QPointF:
        """The point at which Qt's own hit test finds what lies at `point`.

        In the gap below a line Qt would take the end of that line.
        """
        found = self._line_at(point, between_paragraphs=True)
        if found is None:
            return point
        block, line, top = found
        lowest = top + line.y() + line.ascent() + line.descent() - 2
        return QPointF(point.x() + hit_test_shift(block, line), min(point.y(), lowest))

    def position_near(self, point: QPointF) -> int:
        """The caret position nearest to a point of the viewport."""
        return self._view.cursorForPosition(self.onto_line(point).toPoint()).position()

    def text_rect(self, start: int, end: int) -> QRect:
        """Smallest rectangle of the viewport around a stretch, as far as it is in visible blocks; empty if none is."""
        around = QRectF()
        for block, top in self.visible_blocks():
            for rectangle in painting.line_rectangles(block, start, end):
                around = around.united(rectangle.translated(0, top))
        return around.toAlignedRect()

    def first_visible_position(self) -> int:
        found = self._first_visible_line()
        return 0 if found is None else found[0].position() + found[1].textStart()

    def first_visible_top(self) -> float:
        """Where the first line begins that is in full view."""
        found = self._first_visible_line()
        return 0.0 if found is None else found[2] + found[1].y()

    def _first_visible_line(self) -> tuple[QTextBlock, QTextLine, float] | None:
        """The first line that begins in view, with its block and the block's top."""
        for block, top in self.visible_blocks():
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                if top + line.y() >= -1:
                    return block, line, top
        return None

    def last_visible_position(self) -> int:
        """End of the last line that is shown in full or in part."""
        last = 0
        for block, top in self.visible_blocks():
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                if top + line.y() < self._view.viewport().height():
                    last = block.position() + line.textStart() + line.textLength()
        return last

    def shows(self, position: int) -> bool:
        """Whether the line of a position is in full view."""
        for block, top in self.visible_blocks():
            if block.position() <= position < block.position() + block.length():
                line = block.layout().lineForTextPosition(position - block.position())
                bottom = top + line.y() + line.height() + self._layout.measures.gap
                return top + line.y() >= -1 and bottom <= self._view.viewport().height()
        return False

    def scroll_to(self, position: int, *, above: float = 1 / 3) -> None:
        """Scrolls so that the line of a position stands a fraction of the view's height below its top."""
        block = self._view.document().findBlock(position)
        self._layout.blockBoundingRect(block)  # its line count is an estimate until it is laid out
        line = block.layout().lineForTextPosition(position - block.position())
        height = QFontMetricsF(self._view.font()).height() + self._layout.measures.gap
        lines_above = int(self._view.viewport().height() * above / height)
        self._view.verticalScrollBar().setValue(block.firstLineNumber() + max(0, line.lineNumber()) - lines_above)

    def handles(self, spans: Sequence[Laned[Mark]]) -> Iterator[Handle]:
        """The edges of an annotation's spans that are in view, and where their handles are."""
        if not spans or not self._view.edges_movable:
            return
        for block, top in self.visible_blocks():
            first, last = block.position(), block.position() + block.length()
            for entry in spans:
                below = (min(entry.lane, DRAWN_LANES) + 1) * self._layout.measures.pitch
                if first <= entry.start < last:
                    place, height = painting.edge_point(block, entry.start, is_end=False)
                    outset = -painting.OUTSET if not self._leads_rightwards(block, entry.start) else painting.OUTSET
                    yield _handle(Edge(entry.item, "start"), place, top, outset, height + below)
                if first < entry.end <= last:
                    place, height = painting.edge_point(block, entry.end, is_end=True)
                    outset = painting.OUTSET if not self._leads_rightwards(block, entry.end - 1) else -painting.OUTSET
                    yield _handle(Edge(entry.item, "end"), place, top, outset, height + below)

    def _leads_rightwards(self, block: QTextBlock, position: int) -> bool:
        """Whether a character begins at its right side."""
        relative = position - block.position()
        line = block.layout().lineForTextPosition(relative)
        return (
            line.cursorToX(relative, QTextLine.Edge.Leading)[0] > line.cursorToX(relative, QTextLine.Edge.Trailing)[0]
        )


def _handle(edge: Edge, place: QPointF, top: float, outset: float, height: float) -> Handle:
    grip = QRectF(place.x() - (GRIP_WIDTH if outset < 0 else 0), top + place.y() + 1, GRIP_WIDTH, height - 1)
    # The bar stands at the foot, beside the bands: along the letters it would hide the space between two words.
    bar = QRectF(place.x() + outset - HANDLE_WIDTH / 2, 0, HANDLE_WIDTH, height * HANDLE_SHARE)
    bar.moveBottom(grip.bottom() + 1)
    return Handle(edge, bar, grip)
