"""Pages of a PDF, filled from top to bottom with blocks of text that may have marks.

Why it exists: what Qt prints of a rich document has one underline at most, and must be laid out as a whole. Here every
block is laid out by itself, drawn and forgotten, so that a thousand articles take no more room than one, and bands of
overlapping marks are drawn below the words as the reader draws them. Nothing here is a widget: it works in any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPdfWriter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotate.report.direction import runs_from_right
from annotate.report.pdf_links import Link, Place
from annotate.segments import DRAWN_LANES
from ui.pdf_block import Block, Style
from ui.reader.painting import layout_rectangles
from ui.theme import LIGHT

DOTS = 600
"""Per inch."""
_POINT = DOTS / 72
_BAND = 1.6 * _POINT
_PITCH = 2.4 * _POINT
"""From one lane's band to the next."""
_HEAD = 26 * _POINT
"""From the paper's edge of the type area to the first line, where the marking stands."""

_ASIDE = 32 * _POINT
"""For words at the right end of a line."""
_ALARM = "#b42318"
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class Running:
    """What stands on every page."""

    marking: str
    made: str
    pages: int
    """In all; 0 where they are only counted."""


class Pages:
    """Places blocks below each other. Without a painter nothing is drawn: the pages are counted."""

    def __init__(self, writer: QPdfWriter, running: Running, painter: QPainter | None = None) -> None:
        self._writer = writer
        self._running = running
        self._painter = painter
        paper = writer.pageLayout().paintRectPixels(DOTS)
        self._left_edge, self._upper_edge = paper.left(), paper.top()
        self._paper_height = writer.pageLayout().fullRectPixels(DOTS).height()
        self._named: dict[str, Place] = {}
        self._leading: list[tuple[int, QRectF, str]] = []
        self._width = float(paper.width())
        self._top = _HEAD
        self._bottom = float(paper.height()) - _HEAD
        self._y = self._top
        self.page = 1
        self._head_and_foot()

    def place(self, block: Block) -> int:
        """Place a block; returns the page it begins on."""
        style = block.style
        layout, heights = self._laid_out(block)
        total = sum(heights)
        at_top = self._y <= self._top
        if block.new_page and not at_top:
            self._next_page()
        elif not at_top:
            self._y += style.before * _POINT
            needed = heights[0] if len(heights) < 3 else heights[0] + heights[1]
            if style.stays:
                needed = total + 4 * heights[0]
            elif style.whole and total <= self._bottom - self._top:
                needed = total
            if self._y + needed > self._bottom:
                self._next_page()
        begins_on = self.page
        if style.rule and self._y > self._top:
            self._fill(QRectF(0, self._y - 7 * _POINT, self._width, 0.8 * _POINT), LIGHT.text)
        self._lines(block, layout, heights)
        self._y += style.after * _POINT
        return begins_on

    def _laid_out(self, block: Block) -> tuple[QTextLayout, list[float]]:
        """The layout with its lines below each other from 0, and the height that each takes with its bands."""
        style = block.style
        layout = QTextLayout(block.text, style.font(), self._writer)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(24 * _POINT)
        if runs_from_right(block.text):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        layout.setFormats([_range(*one) for one in block.formats])
        left = style.indent * _POINT
        heights: list[float] = []
        y = 0.0
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(self._width - left - (_ASIDE if block.right_words else 0))
            line.setPosition(QPointF(left, y))
            first, last = line.textStart(), line.textStart() + line.textLength()
            lanes = [lane + 1 for _, lane, start, end in block.bands if start < last and end > first]
            height = line.height() + style.leading * _POINT + min(max(lanes, default=0), DRAWN_LANES + 1) * _PITCH
            heights.append(height)
            y += height
            line = layout.createLine()
        layout.endLayout()
        return layout, heights

    def links(self) -> list[Link]:
        """What leads where on the pages that were drawn; a name that stands nowhere leads nowhere."""
        found = []
        for page, rectangle, target in self._leading:
            to = target if target.startswith(_WEB) else self._named.get(target)
            if to is not None:
                left, right = ((self._left_edge + x) / _POINT for x in (rectangle.left(), rectangle.right()))
                found.append(Link(page, left, self._up(rectangle.bottom()), right, self._up(rectangle.top()), to))
        return found

    def places(self, name: str) -> list[Place]:
        """Where a name stands: one place, or none where nothing was drawn."""
        return [self._named[name]] if name in self._named else []

    def _up(self, y: float) -> float:
        """Points from the paper's lower edge."""
        return (self._paper_height - self._upper_edge - y) / _POINT

    def _lines(self, block: Block, layout: QTextLayout, heights: Sequence[float]) -> None:
        """Draw the lines from here on, over as many pages as they take."""
        shapes = _shapes(block, layout) if self._painter is not None else []
        y = 0.0
        for number, height in enumerate(heights):
            if self._y + height > self._bottom and self._y > self._top:
                self._next_page()
            if self._painter is not None:
                self._draw(block, layout.lineAt(number), shapes[number], QPointF(0, self._y - y), self._painter, height)
            y += height
            self._y += height

    def _draw(
        self, block: Block, line: QTextLine, shapes: _Shapes, origin: QPointF, painter: QPainter, height: float
    ) -> None:
        for colour, rectangle in shapes.fills:
            painter.fillRect(rectangle.translated(origin), colour)
        if block.bar is not None:
            self._fill(QRectF((block.style.indent - 7) * _POINT, self._y, 2 * _POINT, height), LIGHT.ink(block.bar))
        painter.setPen(QColor(block.style.colour))
        line.draw(painter, origin)
        if block.right_words and line.lineNumber() == 0:
            painter.setFont(block.style.font())
            place = QRectF(0, self._y, self._width, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, block.right_words)
        self._leading += [(self.page, rectangle.translated(origin), target) for target, rectangle in shapes.links]
        for name in shapes.names:
            self._named[name] = Place(self.page, self._up(self._y - 4 * _POINT))

    def _next_page(self) -> None:
        if self._painter is not None:
            self._writer.newPage()
        self.page += 1
        self._y = self._top
        self._head_and_foot()

    def _head_and_foot(self) -> None:
        if self._painter is None:
            return
        running = self._running
        foot = self._bottom + _HEAD - 14 * _POINT
        alarm, small = Style(9, bold=True, colour=_ALARM), Style(8, colour=LIGHT.secondary)
        for y in (0.0, foot):
            self._words(running.marking, alarm, y, Qt.AlignmentFlag.AlignHCenter)
        self._words(running.made, small, foot, Qt.AlignmentFlag.AlignLeft)
        self._words(f"{self.page:,} / {running.pages:,}", small, foot, Qt.AlignmentFlag.AlignRight)

    def _words(self, words: str, style: Style, y: float, side: Qt.AlignmentFlag) -> None:
        assert self._painter is not None
        self._painter.setFont(style.font())
        self._painter.setPen(QColor(style.colour))
        self._painter.drawText(QRectF(0, y, self._width, 14 * _POINT), side | Qt.AlignmentFlag.AlignVCenter, words)

    def _fill(self, rectangle: QRectF, colour: str) -> None:
        if self._painter is not None:
            self._painter.fillRect(rectangle, QColor(colour))


@dataclass
class _Shapes:
    """What belongs to a line beside its words; rectangles are in the layout's own place."""

    fills: list[tuple[QColor, QRectF]] = field(default_factory=list)
    links: list[tuple[str, QRectF]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def _shapes(block: Block, layout: QTextLayout) -> list[_Shapes]:
    """By number of the line; grounds come before bands."""
    lines = [_Shapes() for _ in range(layout.lineCount())]
    at = {layout.lineAt(number).y(): shapes for number, shapes in enumerate(lines)}
    for kind, start, end in block.grounds:
        for rectangle in layout_rectangles(layout, block.text, start, end):
            at[rectangle.y()].fills.append((LIGHT.fill(kind), rectangle))
    for kind, lane, start, end in block.bands:
        ink = QColor(LIGHT.ink(kind) if lane < DRAWN_LANES else LIGHT.overflow)
        for rectangle in layout_rectangles(layout, block.text, start, end):
            below = rectangle.bottom() + min(lane, DRAWN_LANES) * _PITCH
            band = QRectF(rectangle.left(), below, max(_POINT, rectangle.width() - 0.4 * _POINT), _BAND)
            at[rectangle.y()].fills.append((ink, band))
    for target, start, end in block.links:
        for rectangle in layout_rectangles(layout, block.text, start, end):
            at[rectangle.y()].links.append((target, rectangle))
    for name, position in block.names:
        lines[layout.lineForTextPosition(min(position, max(0, block.length - 1))).lineNumber()].names.append(name)
    return lines


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made
