"""The list behind the filter button: kinds, tags and analysts with a box each, and how many marks each has.

Every switch works at once and the list stays open, so that the article behind it shows what the choice does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotate.mark_filter import SHOW_ALL, MarkFilter
from ui.keymap import pressed
from ui.keys import Keys
from ui.mark_filter_rows import FilterRow, hidden_values, is_only, shown_only, switched
from ui.plain_tips import plain_tip
from ui.style import mixed
from ui.swatches import square
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
HEADING_ROLE = Qt.ItemDataRole.UserRole + 1
ONLY_ROLE = Qt.ItemDataRole.UserRole + 2
"""What the button of the row says: Only, or All where it is the only one shown already."""

_WIDTH = 360
_MOST_HEIGHT = 600


class FilterDelegate(QStyledItemDelegate):
    """A box, the colour, the name, how many; where the pointer or the focus is, "Only" before the number."""

    PADDING = 12
    GAP = 8
    INDENT = 16
    BOX = 15

    def __init__(self, theme: Theme, view: FilterList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def only_area(self, rect: QRect, metrics: QFontMetrics) -> QRect:
        """Where "Only" stands in a row."""
        right = rect.right() - self.PADDING - metrics.horizontalAdvance("00,000") - self.GAP
        width = metrics.horizontalAdvance("Only") + 2 * self.GAP
        return QRect(right - width, rect.top(), width, rect.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = index.data(HEADING_ROLE) is not None
        return QSize(120, option.fontMetrics.height() + (14 if heading and index.row() else 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = index.data(HEADING_ROLE)
        if heading is not None:
            self._paint_heading(painter, option, heading)
        else:
            self._paint_row(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        font = QFont(option.font)
        font.setPixelSize(max(9, round(QFontInfo(font).pixelSize() * 0.86)))
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.7)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.secondary))
        area = option.rect.adjusted(self.PADDING, 0, -self.PADDING, -3)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words.upper())

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FilterRow = index.data(ROW_ROLE)
        theme, rect, metrics = self._theme, option.rect, option.fontMetrics
        is_shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        active = focused or bool(option.state & QStyle.StateFlag.State_MouseOver)
        if active:
            painter.fillRect(rect, QColor(theme.hover))
        if focused:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        middle = rect.center().y()
        left = rect.left() + self.PADDING + self.INDENT * min(row.depth, 5)
        self._paint_box(painter, QRect(left, middle - self.BOX // 2, self.BOX, self.BOX), is_shown)
        left += self.BOX + self.GAP
        if row.ink:
            square(row.ink).paint(painter, QRect(left, middle - 5, 12, 12))
            left += 12 + self.GAP
        quiet = QColor(mixed(theme.panel, theme.secondary, 0.95))
        only = self.only_area(rect, metrics)
        right = rect.adjusted(0, 0, -self.PADDING, 0)
        painter.setPen(quiet)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{row.count:,}")
        room = QRect(left, rect.top(), only.left() - left, rect.height())
        if active:
            painter.setPen(QColor(theme.accent))
            painter.drawText(only, Qt.AlignmentFlag.AlignCenter, index.data(ONLY_ROLE))
        else:
            room.setRight(only.right() - self.GAP)
        painter.setPen(QColor(theme.text) if is_shown else quiet)
        words = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, room.width())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, align, words)

    def _paint_box(self, painter: QPainter, area: QRect, checked: bool) -> None:
        box = QStyleOptionViewItem()
        box.rect = area
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if checked else QStyle.StateFlag.State_Off
        indicator = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        self._view.style().drawPrimitive(indicator, box, painter, self._view)


class FilterList(QListWidget):
    """Boxes are switched by a click anywhere in the row or by Space; "Only" by a click on it or by O."""

    box_switched = Signal(object)
    """The FilterRow that is to be hidden or shown."""
    only_asked = Signal(object)
    """The FilterRow whose "Only" was asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = FilterDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("What is shown")
        self.setMouseTracking(True)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def offer(self, rows: Sequence[FilterRow]) -> None:
        """Other rows, under their headings."""
        self.clear()
        section = ""
        for row in rows:
            if row.section != section:
                section = row.section
                heading = QListWidgetItem(section, self)
                heading.setData(HEADING_ROLE, section)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            item = QListWidgetItem(row.label, self)
            item.setData(ROW_ROLE, row)
            item.setToolTip(plain_tip(row.label))
        self.setCurrentRow(1)

    def rows(self) -> list[FilterRow]:
        return [item.data(ROW_ROLE) for item in self._items()]

    def show_state(self, shown: MarkFilter) -> None:
        """Set the boxes as a filter has them."""
        rows = self.rows()
        for item in self._items():
            row: FilterRow = item.data(ROW_ROLE)
            is_shown = row.value not in hidden_values(shown, row.section)
            item.setData(Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            item.setData(ONLY_ROLE, "All" if is_only(shown, row, rows) else "Only")
            state = "shown" if is_shown else "hidden"
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{row.label}, {state}, {row.count:,} marks in this article"
            )

    def row_rect(self, row: FilterRow) -> QRect:
        """Where a row stands in the viewport."""
        return self.visualItemRect(next(item for item in self._items() if item.data(ROW_ROLE) == row))

    def only_rect(self, row: FilterRow) -> QRect:
        """Where its "Only" stands."""
        return self._delegate.only_area(self.row_rect(row), self.fontMetrics())

    def full_height(self) -> int:
        """Pixels that all rows need, and the line around them that shows the focus."""
        return sum(self.sizeHintForRow(number) for number in range(self.count())) + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row: FilterRow | None = self.currentIndex().data(ROW_ROLE)
        if row is not None and event.key() == Qt.Key.Key_Space:
            self.box_switched.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_O:
            self.only_asked.emit(row)
        elif event.text().isprintable() and event.text():
            event.ignore()  # a letter does not look for a row
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setCurrentIndex(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        row: FilterRow | None = index.data(ROW_ROLE)
        if row is None or index != self.currentIndex() or event.button() != Qt.MouseButton.LeftButton:
            return
        area = self._delegate.only_area(self.visualRect(index), self.fontMetrics())
        (self.only_asked if area.contains(point) else self.box_switched).emit(row)

    def _items(self) -> list[QListWidgetItem]:
        """The items that are no headings."""
        items = (self.item(number) for number in range(self.count()))
        return [item for item in items if item.data(ROW_ROLE) is not None]


class MarkFilterPopup(QFrame):
    """A popup below its anchor; it tells every choice through `take` and closes on Escape, Enter or a click beside."""

    def __init__(self, anchor: QWidget, keys: Keys, theme: Theme, take: Callable[[MarkFilter], object]) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # a click on the anchor closes and does not open again
        self.setProperty("kind", "picker")
        self.setAccessibleName("Filter marks")
        self._anchor = anchor
        self._keys = keys
        self._take = take
        self._shown = SHOW_ALL
        self.list = FilterList(theme)
        self.list.box_switched.connect(lambda row: self._choose(switched(self._shown, row)))
        self.list.only_asked.connect(lambda row: self._choose(shown_only(self._shown, row, self.list.rows())))
        self.list.installEventFilter(self)
        self.all_button = QPushButton("Show all")
        self.all_button.setToolTip(with_key("Show all marks", keys.shown("show_all_marks")))
        self.all_button.clicked.connect(self._show_all)
        hint = QLabel("Space switches, O shows only one")
        hint.setProperty("kind", "secondary")
        promise = QLabel("Hides marks here only; nothing is left out of the workbook.", wordWrap=True)
        promise.setProperty("kind", "secondary")
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 2, 10, 4)
        foot.setSpacing(8)
        below = QHBoxLayout()
        below.addWidget(hint, 1)
        below.addWidget(self.all_button)
        foot.addWidget(promise)
        foot.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 6)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(line)
        column.addLayout(foot)

    def open(self, rows: Sequence[FilterRow], shown: MarkFilter) -> None:
        """Show these rows below the anchor, inside its window's screen, with the keys in the list."""
        self.list.offer(rows)
        self.show_state(shown)
        room = self._anchor.screen().availableGeometry()
        width = max(_WIDTH, self.list.fontMetrics().averageCharWidth() * 48)
        self.resize(min(width, room.width()), _MOST_HEIGHT)
        self.layout().activate()
        rest = self.height() - self.list.height()
        self.resize(self.width(), min(self.list.full_height() + rest, _MOST_HEIGHT, room.height()))
        at = self._anchor.mapToGlobal(QPoint(self._anchor.width() - self.width(), self._anchor.height() + 3))
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), min(at.y(), room.bottom() - self.height())))
        self.move(at)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_state(self, shown: MarkFilter) -> None:
        self._shown = shown
        self.list.show_state(shown)
        self.all_button.setEnabled(not shown.is_open)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter closes, which a list would keep for itself."""
        is_press = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = pressed(event)
        if key in self._keys.keymap.keys("show_all_marks"):
            self._show_all()
        elif key in self._keys.keymap.keys("filter_marks") or event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_all(self) -> None:
        self._choose(SHOW_ALL)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, shown: MarkFilter) -> None:
        self.show_state(shown)
        self._take(shown)


def with_key(words: str, key: str) -> str:
    """What a tool tip says of something that a key does, too."""
    return f"{words} ({key})" if key else words
