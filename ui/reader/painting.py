"""How marks look: a soft fill, a band for each lane below the words, letters in the margin, an outline when selected.

Where marks overlap, the words have the fill of the shortest alone: fills laid on each other turn grey, and what else
stands there the bands say. A suggestion has no fill, a dotted band and a small letter, so that it cannot be taken for
a mark.

What a block needs is worked out once and kept until its marks, its lines or the theme change; painting then only
draws rectangles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QTextBlock, QTextLayout, QTextLine

from annotate.segments import DRAWN_LANES, Laned, flat_runs, fold
from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader.layout import Measures
from ui.theme import Theme, colour

CACHED_BLOCKS = 2_000
OUTLINE = 1.6
LINKED_OUTLINE = 1.2
OUTSET = 1.5
"""How far the outline of the selected mark stands from its words, in pixels."""
DOTS_IN_A_STRIP = 64
"""A multiple of 16, so that a strip has whole pixels at every scale that screens have."""
KEPT_STRIPS = 16
TAG_TICK = 9.0
LETTER_GAP = 9.0

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


@dataclass(frozen=True)
class BlockPaint:
    """What is drawn for the marks of one block, relative to its top left corner."""

    rectangles: tuple[tuple[QColor, QRectF], ...]
    dotted: tuple[tuple[QColor, QRectF], ...]
    """Bands of suggestions."""
    folded: tuple[tuple[QRectF, int], ...]
    """Where a note stands that says how many marks are folded there."""
    kinds: tuple[Kind, ...]
    """In the order in which they first appear."""
    suggested_kinds: tuple[Kind, ...]
    """Kinds that are only suggested here, in the order in which they first appear."""


def line_rectangles(block: QTextBlock, start: int, end: int) -> list[QRectF]:
    """Rectangles behind the text of a stretch (UTF-16 units of the document) in a laid-out block, line by line.

    A line of mixed direction can need several for one stretch.
    """
    first = block.position()
    return layout_rectangles(block.layout(), block.text(), start - first, min(block.length() - 1, end - first))


def layout_rectangles(layout: QTextLayout, text: str, start: int, end: int) -> list[QRectF]:
    """The same in a layout by itself, of its `text`; start and end are in UTF-16 units of it."""
    start = max(0, start)
    if start >= end:
        return []
    bidirectional = bool(_RIGHT_TO_LEFT.search(text))
    rectangles: list[QRectF] = []
    for number in range(layout.lineForTextPosition(start).lineNumber(), layout.lineCount()):
        line = layout.lineAt(number)
        if line.textStart() >= end:
            break
        low, high = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        stretches = _bidirectional_stretches(line, low, high) if bidirectional else _stretch(line, low, high)
        rectangles += [
            QRectF(left, line.y(), right - left, line.ascent() + line.descent()) for left, right in stretches
        ]
    return rectangles


def edge_point(block: QTextBlock, position: int, *, is_end: bool) -> tuple[QPointF, float]:
    """Top and height of the caret at an edge of a mark; a mark's end belongs to the line of its last character."""
    layout: QTextLayout = block.layout()
    # A mark, while its edge is dragged, may end behind the line end, where Qt has no line to ask.
    relative = min(position - block.position(), block.length() - 1)
    if is_end:
        relative = layout.previousCursorPosition(relative)
    line = layout.lineForTextPosition(relative)
    side = QTextLine.Edge.Trailing if is_end else QTextLine.Edge.Leading
    x = min(line.cursorToX(relative, side)[0], line.naturalTextRect().right())
    return QPointF(x, line.y()), line.ascent() + line.descent()


def paint_of(block: QTextBlock, entries: Sequence[Laned[Mark]], measures: Measures, theme: Theme) -> BlockPaint:
    """Works out what to draw for the marks that touch a block, which must be laid out."""
    start, end = block.position(), block.position() + block.length() - 1
    drawn = [entry for entry in entries if entry.lane < DRAWN_LANES]
    rectangles: list[tuple[QColor, QRectF]] = []
    dotted: list[tuple[QColor, QRectF]] = []
    for kind, first, last in filled_stretches((entry for entry in drawn if not entry.item.suggested), start, end):
        rectangles += [(theme.fill(kind), rectangle) for rectangle in line_rectangles(block, first, last)]
    for entry in drawn:
        bands = [_band(rectangle, entry.lane, measures) for rectangle in line_rectangles(block, entry.start, entry.end)]
        (dotted if entry.item.suggested else rectangles).extend(
            (QColor(theme.ink(entry.item.kind)), band) for band in bands
        )
        if entry.item.colour and bands and entry.start >= start:
            tick = QRectF(bands[0])
            tick.setWidth(min(TAG_TICK, tick.width()))
            rectangles.append((theme.seen(entry.item.colour), tick))
    notes: list[tuple[QRectF, int]] = []
    for stretch in fold(entries):
        bands = [
            _band(rectangle, DRAWN_LANES, measures) for rectangle in line_rectangles(block, stretch.start, stretch.end)
        ]
        rectangles += [(QColor(theme.overflow), band) for band in bands]
        notes += [(band, stretch.marks) for band in bands[:1]]
    holding = entries if end > start else ()  # the line between paragraphs that a mark runs across holds nothing
    kinds = dict.fromkeys(entry.item.kind for entry in holding if not entry.item.suggested)
    only_suggested = dict.fromkeys(entry.item.kind for entry in holding if entry.item.kind not in kinds)
    return BlockPaint(tuple(rectangles), tuple(dotted), tuple(notes), tuple(kinds), tuple(only_suggested))


class PaintCache:
    """What was worked out for blocks, by block number; `computed` counts how often that was needed."""

    def __init__(self) -> None:
        self._known: dict[int, BlockPaint] = {}
        self.computed = 0

    def get(self, block: QTextBlock, entries: Sequence[Laned[Mark]], measures: Measures, theme: Theme) -> BlockPaint:
        paint = paint_of(block, entries, measures, theme)
        if len(self._known) >= CACHED_BLOCKS:
            self._known.clear()
        self._known[block.blockNumber()] = paint
        self.computed += 1
        return paint

    def known(self, block: QTextBlock) -> BlockPaint | None:
        return self._known.get(block.blockNumber())

    def forget(self, block: QTextBlock) -> None:
        self._known.pop(block.blockNumber(), None)

    def clear(self) -> None:
        self._known.clear()


def draw_marks(painter: QPainter, paint: BlockPaint, measures: Measures, theme: Theme) -> None:
    """Draws fills, bands and notes with the painter's origin at the block's top left corner."""
    for brush, rectangle in paint.rectangles:
        painter.fillRect(rectangle, brush)
    for ink, band in paint.dotted:
        _draw_dots(painter, ink, band)
    for band, count in paint.folded:
        font = QFont(painter.font())
        font.setPixelSize(max(8, round(measures.label) - 1))
        font.setBold(True)
        painter.setFont(font)
        note = f"+{count}"
        width = painter.fontMetrics().horizontalAdvance(note) + 8
        place = QRectF(band.left(), band.top(), width, measures.label + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.overflow))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(place, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(theme.ground if theme.dark else theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, note)


def draw_letters(painter: QPainter, paint: BlockPaint, right: float, line: QTextLine, theme: Theme) -> None:
    """Writes the letters of a block's kinds so that they end at `right`, on the baseline of its first line.

    Kinds that are only suggested have small letters.
    """
    metrics = painter.fontMetrics()
    letters = [(kind.letter, theme.ink(kind)) for kind in paint.kinds]
    letters += [(kind.letter.lower(), theme.ink(kind)) for kind in paint.suggested_kinds]
    x = right - LETTER_GAP - sum(metrics.horizontalAdvance(letter) for letter, _ in letters)
    for letter, ink in letters:
        painter.setPen(QColor(ink))
        painter.drawText(QPointF(x, line.y() + line.ascent()), letter)
        x += metrics.horizontalAdvance(letter)


def letters_in_words(entries: Iterable[Laned[Mark]]) -> str:
    """What the letters beside a block stand for, counted: "2 claims, 1 suggested figure"."""
    annotations = {entry.item.annotation_id: entry.item for entry in entries}
    counts = Counter((mark.suggested, mark.kind) for mark in annotations.values())
    return ", ".join(
        f"{counts[suggested, kind]:,} {'suggested ' * suggested}{kind.value}{'s' * (counts[suggested, kind] > 1)}"
        for suggested in (False, True)
        for kind in Kind
        if counts[suggested, kind]
    )


def draw_outline(
    painter: QPainter, block: QTextBlock, entry: Laned[Mark], measures: Measures, theme: Theme, *, linked: bool = False
) -> None:
    """Draws the outline of a selected span in one block, with the painter's origin at the block's top left corner.

    `linked`: of a mark that the selected one is tied to; thin and dashed.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(theme.ink(entry.item.kind)), LINKED_OUTLINE if linked else OUTLINE)
    if linked:
        pen.setDashPattern([4, 3])
    painter.setPen(_dotted(pen) if entry.item.suggested else pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    below = (min(entry.lane, DRAWN_LANES) + 1) * measures.pitch + 2
    for rectangle in line_rectangles(block, entry.start, entry.end):
        painter.drawRoundedRect(rectangle.adjusted(-OUTSET, -OUTSET + 1, OUTSET, below), 5, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _band(text: QRectF, lane: int, measures: Measures) -> QRectF:
    # Bands of words that follow each other would run together without a gap of a pixel.
    return QRectF(text.left(), text.bottom() + lane * measures.pitch, max(1.0, text.width() - 1), measures.band)


def filled_stretches(entries: Iterable[Laned[Mark]], start: int, end: int) -> list[tuple[Kind, int, int]]:
    """Where the fill of each kind is, in text order and without overlap: that of the shortest mark.

    Of marks of one length a claim is the lowest, because figures and sources stand in claims.
    """
    filled: list[tuple[Kind, int, int]] = []
    for run in flat_runs(entries, start, end):
        kind = min(run.covering, key=_on_top).item.kind
        if filled and filled[-1][0] is kind and filled[-1][2] == run.start:
            filled[-1] = kind, filled[-1][1], run.end
        else:
            filled.append((kind, run.start, run.end))
    return filled


def _on_top(entry: Laned[Mark]) -> tuple[int, bool, int]:
    return entry.end - entry.start, entry.item.kind is Kind.CLAIM, entry.lane


def _draw_dots(painter: QPainter, ink: QColor, band: QRectF) -> None:
    """Round dots as high as the band and as far apart, from its left end to where the last has its middle in it."""
    height, ratio = band.height(), painter.device().devicePixelRatioF()
    strip = _strip_of_dots(ink.rgba(), height, ratio)
    dots = 1 + int(max(0, band.width() - height / 2) // (2 * height))
    for first in range(0, dots, DOTS_IN_A_STRIP):
        # To the middle of the gap behind the last dot, where rounding to whole pixels cuts none.
        pixels = round((2 * min(DOTS_IN_A_STRIP, dots - first) - 0.5) * height * ratio)
        place = QRectF(band.left() + 2 * first * height, band.top(), pixels / ratio, strip.height() / ratio)
        painter.drawImage(place, strip, QRectF(0, 0, pixels, strip.height()))


@lru_cache(maxsize=KEPT_STRIPS)
def _strip_of_dots(ink: int, height: float, ratio: float) -> QImage:
    """Dots to be copied from: a page of suggestions holds thousands, and Qt works out each dash of a line by itself."""
    width = 2 * DOTS_IN_A_STRIP * height
    strip = QImage(ceil(width * ratio), ceil(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    strip.setDevicePixelRatio(ratio)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(ink))
    for dot in range(DOTS_IN_A_STRIP):
        painter.drawEllipse(QRectF(2 * dot * height, 0, height, height))
    painter.end()
    return strip


def _dotted(pen: QPen) -> QPen:
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.0])  # in widths of the pen; a dash of no length at all is not drawn
    return pen


def _stretch(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    right_end = line.naturalTextRect().right()
    left = line.cursorToX(start)[0]
    right = right_end if end >= line.textStart() + line.textLength() else min(line.cursorToX(end)[0], right_end)
    return [(left, right)] if left < right else []


def _bidirectional_stretches(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """In mixed text a stretch is not what lies between two carets; the glyphs say where it is."""
    sides = sorted(
        (box.left(), box.right()) for box in (run.boundingRect() for run in line.glyphRuns(start, end - start))
    )
    joined: list[tuple[float, float]] = []
    for left, right in sides:
        if joined and left <= joined[-1][1] + 1.5:
            joined[-1] = joined[-1][0], max(right, joined[-1][1])
        elif left < right:
            joined.append((left, right))
    return joined
