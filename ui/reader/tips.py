"""What the tool tip at a point of the text says: of a link in the margin, of the letters there, or of the marks."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QHelpEvent, QTextBlock
from PySide6.QtWidgets import QToolTip

from ui.reader.layout import LETTERS_MARGIN
from ui.reader.painting import letters_in_words

if TYPE_CHECKING:
    from ui.reader.view import ArticleView


def show_tip(view: ArticleView, asked: QHelpEvent) -> None:
    """Shows the tool tip of the point that was asked about, or takes away the one shown."""
    # Escaped, because a tool tip takes words that look like markup for markup.
    lines = "<br>".join(html.escape(line) for line in _lines_at(view, QPointF(asked.pos())))
    if lines:
        QToolTip.showText(asked.globalPos(), f"<qt>{lines}</qt>", view.viewport())
    else:
        QToolTip.hideText()


def _lines_at(view: ArticleView, point: QPointF) -> list[str]:
    """Lines of the tool tip at a point of the viewport."""
    target = view.ties.target_at(point)
    if target is not None:
        return view.ties.tip_of(target)
    left, _ = view.column()
    if left - LETTERS_MARGIN < point.x() < left:
        return [letters_in_words(view.marks_in(block)) for block in _first_line_at(view, point.y())]
    hit = view.places.hit(point)
    ids = dict.fromkeys(entry.item.annotation_id for entry in view.marks_under(hit)) if hit else {}
    return [view.describe(annotation_id) for annotation_id in ids]


def _first_line_at(view: ArticleView, y: float) -> Iterator[QTextBlock]:
    """The block that has its first line, and so its letters, at a height of the viewport."""
    for block, top in view.places.visible_blocks():
        line = block.layout().lineAt(0)
        if 0 <= y - top - line.y() < line.height():
            yield block
