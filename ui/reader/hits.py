"""Where found words stand in the reader, and how they look: a quiet ground with a thin frame, stronger for one of them.

The frame is there so that hits differ from marks by more than colour: marks have bands below the words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from ui.reader.painting import line_rectangles
from ui.theme import Theme

CORNER = 3.0


@dataclass(frozen=True)
class Hits:
    """Found stretches in the order of the text, without overlap, in UTF-16 units; `current` is the start of one."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    current: int | None = None

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The hits that touch a stretch."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:last], self.ends[first:last], strict=True))


def draw_hits(painter: QPainter, block: QTextBlock, hits: Hits, start: int, end: int, theme: Theme) -> None:
    """Draws the hits of a block between two positions, with the painter's origin at the block's top left corner."""
    first, last = max(start, block.position()), min(end, block.position() + block.length())
    touching = hits.between(first, last)
    if not touching:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(theme.found))
    for low, high in touching:
        is_current = low == hits.current
        painter.setPen(QPen(QColor(theme.text if is_current else theme.found_edge), 2.0 if is_current else 1.0))
        for rectangle in line_rectangles(block, low, high):
            painter.drawRoundedRect(rectangle.adjusted(-0.5, 0.5, 0.5, -0.5), CORNER, CORNER)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
