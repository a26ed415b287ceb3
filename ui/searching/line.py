"""How a place is painted: the words that were found stand below each other, with what is before and after them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotate.searching import Hit
from ui.direction import begins_right_to_left
from ui.searching.model import HitRole
from ui.theme import Theme

_BEFORE, _BEFORE_IN_NARROW = 0.4, 0.25
"""Share of the line that stands before the words: what follows them says more."""
_WIDE = 400
"""Pixels."""
_PADDING = 8
_RTL = Qt.LayoutDirection.RightToLeft


class LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, option.fontMetrics.height() + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit | None = index.data(HitRole.HIT)
        if hit is None:
            return
        theme, rect = self.theme, option.rect
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        painter.save()
        painter.setClipRect(rect)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        metrics = QFontMetrics(bold)
        is_rtl = begins_right_to_left(f"{hit.before}{hit.words}{hit.after}")
        share = _BEFORE if room.width() >= _WIDE else _BEFORE_IN_NARROW
        width = min(metrics.horizontalAdvance(hit.words) + 1, round(room.width() * (1 - share)))
        middle = QRect(0, room.top(), width, room.height())
        if is_rtl:
            middle.moveRight(room.right() - round(room.width() * share))
        else:
            middle.moveLeft(room.left() + round(room.width() * share))
        left = QRect(room.left(), room.top(), middle.left() - room.left(), room.height())
        right = QRect(middle.right() + 1, room.top(), room.right() - middle.right(), room.height())
        before, after = (right, left) if is_rtl else (left, right)
        painter.setLayoutDirection(_RTL if is_rtl else Qt.LayoutDirection.LeftToRight)
        painter.setPen(QColor(theme.secondary))
        painter.setFont(option.font)
        self._draw(painter, before, hit.before, option.fontMetrics, Qt.TextElideMode.ElideLeft, to_right=not is_rtl)
        self._draw(painter, after, hit.after, option.fontMetrics, Qt.TextElideMode.ElideRight, to_right=is_rtl)
        painter.setPen(QColor(theme.text))
        painter.setFont(bold)
        self._draw(painter, middle, hit.words, metrics, Qt.TextElideMode.ElideRight, to_right=is_rtl)
        painter.restore()

    @staticmethod
    def _draw(
        painter: QPainter, rect: QRect, words: str, metrics: QFontMetrics, elide: Qt.TextElideMode, *, to_right: bool
    ) -> None:
        """One piece of the line; blanks at its ends keep it apart from the next."""
        shown = metrics.elidedText(words, elide, rect.width())
        side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextIncludeTrailingSpaces), shown)
