"""Pages of a PDF, filled from top to bottom with blocks of text that may have marks.

Why it exists: what Qt prints of a rich document has one underline at most, and must be laid out as a whole. Here every
block is laid out by itself, drawn and forgotten, so that a thousand articles take no more room than one, and bands of
overlapping marks are drawn below the words as the reader draws them. Nothing here is a widget: it works in any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPdfWriter, QTextCharFormat, QTextLayout, QTextOption

from annotate.report.cells import utf16_units
from annotate.report.direction import runs_from_right
from annotate.segments import DRAWN_LANES
from annotate.vocabulary import Kind
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

SERIF = ["Georgia", "Noto Serif", "DejaVu Serif", "Times New Roman"]
SANS = ["Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "Arial"]


@dataclass(frozen=True)
class Style:
    """How a block is set; sizes and distances are in points."""

    size: float
    families: Sequence[str] = tuple(SANS)
    bold: bool = False
    italic: bool = False
    colour: str = LIGHT.text
    before: float = 0
    after: float = 0
    leading: float = 2
    """Between lines, beyond the font's own."""
    indent: float = 0
    rule: bool = False
    """A line above it."""
    stays: bool = False
    """Not parted from what follows."""
    whole: bool = False
    """Not parted itself, as long as a page can hold it."""

    def font(self) -> QFont:
        made = QFont(list(self.families))
        made.setPointSizeF(self.size)
        made.setBold(self.bold)
        made.setItalic(self.italic)
        made.setFeature(QFont.Tag("liga"), 0)  # words that are looked for or copied are found letter by letter
        return made


@dataclass
class Block:
    """A paragraph with what is to be seen on it. Places are UTF-16 units of its text, ends exclusive."""

    style: Style
    text: str = ""
    length: int = 0
    formats: list[tuple[int, int, QTextCharFormat]] = field(default_factory=list)
    """Start, length, look."""
    grounds: list[tuple[Kind, int, int]] = field(default_factory=list)
    bands: list[tuple[Kind, int, int, int]] = field(default_factory=list)
    """Kind, lane, start, end."""
    bar: Kind | None = None
    """A bar on its left in the colour of a kind."""
    right_words: str = ""
    """A few words at the right end of its first line."""
    new_page: bool = False

    def add(self, words: str, look: QTextCharFormat | None = None) -> tuple[int, int]:
        """Append words; returns their start and end."""
        start = self.length
        self.text += words
        self.length += utf16_units(words)
        if look is not None and self.length > start:
            self.formats.append((start, self.length - start, look))
        return start, self.length


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

    def _lines(self, block: Block, layout: QTextLayout, heights: Sequence[float]) -> None:
        """Draw the lines from here on, over as many pages as they take."""
        grounds, bands = self._rectangles(block, layout)
        y = 0.0
        for number, height in enumerate(heights):
            if self._y + height > self._bottom and self._y > self._top:
                self._next_page()
            line = layout.lineAt(number)
            origin = QPointF(0, self._y - y)
            if self._painter is not None:
                for colour, rectangle in grounds.get(number, []) + bands.get(number, []):
                    self._painter.fillRect(rectangle.translated(origin), colour)
                if block.bar is not None:
                    bar = QRectF((block.style.indent - 7) * _POINT, self._y, 2 * _POINT, height)
                    self._fill(bar, LIGHT.ink(block.bar))
                self._painter.setPen(QColor(block.style.colour))
                line.draw(self._painter, origin)
                if block.right_words and number == 0:
                    self._painter.setFont(block.style.font())
                    place = QRectF(0, self._y, self._width, line.height())
                    self._painter.drawText(place, Qt.AlignmentFlag.AlignRight, block.right_words)
            y += height
            self._y += height

    def _rectangles(self, block: Block, layout: QTextLayout) -> tuple[_ByLine, _ByLine]:
        """Grounds and bands by number of the line; nothing where nothing is drawn."""
        grounds: _ByLine = {}
        bands: _ByLine = {}
        if self._painter is None:
            return grounds, bands
        tops = [layout.lineAt(number).y() for number in range(layout.lineCount())]
        for kind, start, end in block.grounds:
            for rectangle in layout_rectangles(layout, block.text, start, end):
                grounds.setdefault(tops.index(rectangle.y()), []).append((LIGHT.fill(kind), rectangle))
        for kind, lane, start, end in block.bands:
            ink = QColor(LIGHT.ink(kind) if lane < DRAWN_LANES else LIGHT.overflow)
            for rectangle in layout_rectangles(layout, block.text, start, end):
                below = rectangle.bottom() + min(lane, DRAWN_LANES) * _PITCH
                band = QRectF(rectangle.left(), below, max(_POINT, rectangle.width() - 0.4 * _POINT), _BAND)
                bands.setdefault(tops.index(rectangle.y()), []).append((ink, band))
        return grounds, bands

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


_ByLine = dict[int, list[tuple[QColor, QRectF]]]


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made
