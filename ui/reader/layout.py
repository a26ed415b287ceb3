"""Lines with room for the bands of overlapping marks, in a reading column in the middle of the window.

QPlainTextEdit keeps all that it is good at (selection, caret, scrolling by line, laying out only what is shown); this
layout only says where lines stand. What Qt does not promise and this relies on was measured: a change of a block's
line count must be told through documentSizeChanged, and line counts of blocks that were never shown are estimated, or
the scroll bar grows while one scrolls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextDocument, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotate.segments import DRAWN_LANES, Laned
from annotate.summaries import Mark

COLUMN_CHARACTERS = 78
"""In widths of an average letter; with spaces and punctuation about 75 characters of running text."""
TOP_MARGIN = 8
LETTERS_MARGIN = 52
"""Pixels left of the column at the least, for the letters of the kinds."""
RIGHT_MARGIN = 32
"""Pixels right of it at the least, for the links of the selected mark."""


@dataclass(frozen=True)
class Measures:
    """Distances in pixels that follow from the size of the text."""

    band: float
    pitch: float
    """From one lane's band to the next."""
    gap: float
    """Least room under a line."""
    label: float
    """Height of the note that says how many marks are folded."""
    paragraph: float
    column: float

    @classmethod
    def of(cls, metrics: QFontMetricsF) -> Measures:
        band = max(2.0, round(metrics.height() / 9))
        return cls(
            band=band,
            pitch=band + 1,
            gap=round(metrics.height() * 0.68),
            label=round(metrics.height() * 0.6),
            paragraph=round(metrics.height() * 0.66),
            column=metrics.averageCharWidth() * COLUMN_CHARACTERS,
        )

    def gap_for(self, lanes: int) -> int:
        """Room needed under a line that holds so many lanes of marks."""
        needed = min(lanes, DRAWN_LANES) * self.pitch + 4
        return round(max(self.gap, needed + (self.label if lanes > DRAWN_LANES else 0)))


def hit_test_shift(block: QTextBlock, line: QTextLine) -> float:
    """Pixels by which a point must be moved for QTextLine.xToCursor to agree with QTextLine.cursorToX.

    In a wrapped right-to-left line Qt 6.11 draws the words without the space at the line's end but reckons with it
    when it looks for the caret nearest to a point.
    """
    if block.textDirection() != Qt.LayoutDirection.RightToLeft:
        return 0.0
    last = line.textStart() + line.textLength() - 1
    return max(0.0, line.naturalTextRect().left() - line.cursorToX(last, QTextLine.Edge.Trailing)[0])


class ReaderLayout(QPlainTextDocumentLayout):
    """Places lines at `left`, `width` wide; asks for the marks of a block when it lays it out.

    A line has the room that its own marks need, so that marking one line does not move all others of its paragraph.
    The room below a block's last line is kept as the block's state.
    """

    def __init__(
        self,
        document: QTextDocument,
        touching: Callable[[QTextBlock], Sequence[Laned[Mark]]],
        goes_on: Callable[[QTextBlock], bool],
    ) -> None:
        """`goes_on` says of a block that its paragraph continues in the next one."""
        super().__init__(document)
        self._touching = touching
        self._goes_on = goes_on
        self._telling = False
        self.left = 0.0
        self.width = 400.0
        self.measures = Measures.of(QFontMetricsF(document.defaultFont()))

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid():
            return QRectF()
        layout = block.layout()
        if layout.lineCount() == 0:
            self._lay_out(block, layout)
        last = layout.lineAt(layout.lineCount() - 1)
        bottom = last.y() + last.height()
        if block.length() == 1:
            height = last.y() + last.height() * 0.6
        elif self._goes_on(block):
            height = bottom + block.userState()
        else:
            height = bottom + block.userState() + self.measures.paragraph
        return QRectF(0, 0, self.left + self.width, height)

    def respace(self, block: QTextBlock) -> bool:
        """Gives the lines of a block that is laid out the room their lanes need now; whether that moved anything."""
        layout = block.layout()
        if layout.lineCount() == 0:
            return False
        before = _places(layout), block.userState()
        self._place_lines(block, layout, layout.lineAt(0).y())
        return before != (_places(layout), block.userState())

    def estimate_line_counts(self) -> None:
        """Gives blocks that were never shown the line count their length suggests."""
        metrics = QFontMetricsF(self.document().defaultFont())
        characters = max(10, int(self.width / (metrics.averageCharWidth() * 1.02)))
        block = self.document().begin()
        while block.isValid():
            # The state is a block's gap once it was laid out. Asking for a layout makes one, and 100,000 take 20 MB.
            if block.userState() < 0 or block.layout().lineCount() == 0:
                lines = block.length() // characters + 1
                if lines > 1 or block.lineCount() > 1:
                    block.setLineCount(lines)
            block = block.next()
        self._tell_size()

    def _lay_out(self, block: QTextBlock, layout: QTextLayout) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        layout.setFont(self.document().defaultFont())
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(self.width)
            line = layout.createLine()
        layout.endLayout()
        self._place_lines(block, layout, float(TOP_MARGIN) if block.blockNumber() == 0 else 0.0)
        if block.lineCount() != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self._tell_size()

    def _place_lines(self, block: QTextBlock, layout: QTextLayout, y: float) -> None:
        """Puts the lines below each other, the first at `y`."""
        gap = 0
        for number, lanes in enumerate(self._lanes(block, layout)):
            line = layout.lineAt(number)
            line.setPosition(QPointF(self.left, y))
            gap = self.measures.gap_for(lanes)
            y += line.height() + gap
        block.setUserState(gap)

    def _lanes(self, block: QTextBlock, layout: QTextLayout) -> list[int]:
        """How many lanes of marks each line has."""
        lanes = [0] * layout.lineCount()
        first, last = block.position(), max(0, block.length() - 2)
        for entry in self._touching(block):
            start, end = max(0, entry.start - first), min(last, entry.end - first - 1)
            for number in range(
                layout.lineForTextPosition(start).lineNumber(), layout.lineForTextPosition(end).lineNumber() + 1
            ):
                lanes[number] = max(lanes[number], entry.lane + 1)
        return lanes

    def _tell_size(self) -> None:
        # QPlainTextEdit answers by asking for blocks again, which may lay out more of them and lead back here.
        if not self._telling:
            self._telling = True
            self.documentSizeChanged.emit(self.documentSize())
            self._telling = False


def _places(layout: QTextLayout) -> list[float]:
    return [layout.lineAt(number).y() for number in range(layout.lineCount())]
