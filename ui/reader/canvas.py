"""What is painted under and over the words, in which order, and which blocks are painted anew when marks change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QTextBlock

from annotate.segments import Laned
from annotate.summaries import Mark
from ui.reader.hits import Hits, draw_hits
from ui.reader.layout import ReaderLayout
from ui.reader.painting import PaintCache, draw_letters, draw_marks, draw_outline
from ui.reader.places import HANDLE_WIDTH
from ui.reader.ties import draw_ties
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.reader.view import ArticleView

SMALLEST_LETTERS, LARGEST_LETTERS = 7.0, 14.0
"""Points; three of the largest fill the letters' margin."""
_OUTLINE_REACH = 8
"""Pixels that an outline or a handle may reach over the edge of its block."""


class Canvas:
    """Paints the viewport of one view; the words themselves, the selection and the caret are Qt's."""

    def __init__(self, view: ArticleView, layout: ReaderLayout, theme: Theme) -> None:
        self._view = view
        self._layout = layout
        self._theme = theme
        self._hits = Hits()
        self.paint_cache = PaintCache()

    def clear(self) -> None:
        """Another text is shown, without hits."""
        self._hits = Hits()
        self.paint_cache.clear()

    def show_hits(self, hits: Hits) -> None:
        self._hits = hits
        self._view.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.forget_paint()
        self._view.viewport().update()

    def forget_paint(self) -> None:
        """Lines or marks of the whole text have changed."""
        self.paint_cache.clear()

    def marks_changed(self, entries: Iterable[Laned[Mark]]) -> None:
        """Repaints the blocks that these marks stood or stand in, with the room that they need now."""
        blocks = self._blocks_of(entries)
        respaced = False
        for block in blocks.values():
            self.paint_cache.forget(block)
            respaced = self._layout.respace(block) or respaced
        if respaced:
            self._view.viewport().update()
        else:
            self._repaint(blocks)

    def repaint_blocks(self, entries: Iterable[Laned[Mark]]) -> None:
        """Repaints the blocks of marks that look the same and need the same room, such as those just selected."""
        self._repaint(self._blocks_of(entries))

    def paint(self, exposed: QRect) -> None:
        """Paints what belongs to the marks within a rectangle of the viewport."""
        painter = QPainter(self._view.viewport())
        try:
            self._paint(painter, exposed)
        finally:
            painter.end()  # one that is left open when painting fails brings the whole program down

    def _paint(self, painter: QPainter, exposed: QRect) -> None:
        view, theme = self._view, self._theme
        selected, linked = view.marks.of(view.selected_id), view.ties.outlined()
        letters_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters_font.setPointSizeF(min(max(SMALLEST_LETTERS, view.font().pointSizeF() * 0.72), LARGEST_LETTERS))
        text_font = painter.font()
        places = view.places
        seen = (places.first_visible_position(), places.last_visible_position()) if self._hits.starts else None
        # Of a line that is scrolled away nothing is left behind: its bands would stand there like a broken rule.
        painter.setClipRect(QRectF(view.viewport().rect()).adjusted(0, places.first_visible_top() - 3, 0, 0))
        for block, top in places.visible_blocks():
            if not self._area(block, top).intersects(QRectF(exposed)):
                continue
            paint = self.paint_cache.known(block) or self.paint_cache.get(
                block, view.marks_in(block), self._layout.measures, theme
            )
            painter.translate(0, top)
            painter.setFont(text_font)
            draw_marks(painter, paint, self._layout.measures, theme)
            if seen is not None:
                draw_hits(painter, block, self._hits, *seen, theme)
            painter.setFont(letters_font)
            draw_letters(painter, paint, self._layout.left, block.layout().lineAt(0), theme)
            for entry in linked:
                draw_outline(painter, block, entry, self._layout.measures, theme, linked=True)
            for entry in selected:
                draw_outline(painter, block, entry, self._layout.measures, theme)
            painter.translate(0, -top)
        for handle in places.handles(selected):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ink(handle.edge.mark.kind)))
            painter.drawRoundedRect(handle.bar, HANDLE_WIDTH / 2, HANDLE_WIDTH / 2)
        painter.setClipping(False)
        links = view.ties.drawing()
        if links is not None:
            draw_ties(painter, links, view.ties.words_font(), theme)
        if view.hasFocus():
            painter.fillRect(QRectF(0, 0, 2, view.viewport().height()), QColor(theme.accent))

    # Inner workings

    def _blocks_of(self, entries: Iterable[Laned[Mark]]) -> dict[int, QTextBlock]:
        """The blocks that marks stand in, by number."""
        document = self._view.document()
        blocks: dict[int, QTextBlock] = {}
        for entry in entries:
            block, last = document.findBlock(entry.start), document.findBlock(entry.end - 1).blockNumber()
            while block.isValid() and block.blockNumber() <= last:
                blocks[block.blockNumber()] = block
                block = block.next()
        return blocks

    def _repaint(self, blocks: dict[int, QTextBlock]) -> None:
        for block, top in self._view.places.visible_blocks():
            if block.blockNumber() in blocks:
                self._view.viewport().update(self._area(block, top).toAlignedRect())

    def _area(self, block: QTextBlock, top: float) -> QRectF:
        """Where a block, and what reaches over its edges, is painted."""
        view = self._view
        area = QRectF(0, top, view.viewport().width(), view.blockBoundingRect(block).height())
        return area.adjusted(0, -_OUTLINE_REACH, 0, _OUTLINE_REACH)
