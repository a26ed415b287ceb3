"""The table of changes: what changed is painted in its place; Space takes or leaves, Enter takes and goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.readback.lines import Line
from ui.readback.model import HAPPENS, LABEL, NEW, OLD, PIECES, ReadbackModel, Shownable
from ui.readback.words import EMPTY, GONE, Piece
from ui.theme import Theme, colour

_MARGIN = 9
"""As the style leaves beside words."""
_INDENT = 18
_WIDTHS = {LABEL: 26, HAPPENS: 32}
"""In average letters; old and new share what is left."""
_MOST = {LABEL: 0.28, HAPPENS: 0.3}
"""Of the table, so that on a narrow one old and new can still be told apart."""


def formats_of(found: Sequence[Piece], column: int, theme: Theme) -> list[tuple[str, QTextCharFormat]]:
    """Pieces with how they look: what goes is struck through, what comes is underlined, each on a ground of its own."""
    made = []
    for piece in found:
        look = QTextCharFormat()
        if piece.is_changed and column == OLD:
            look.setFontStrikeOut(True)
            look.setBackground(colour(theme.claim_fill, theme.fill_opacity))
        elif piece.is_changed:
            look.setFontUnderline(True)
            look.setBackground(colour(theme.source_fill, theme.fill_opacity))
        elif piece.words in (EMPTY, GONE):
            look.setForeground(QColor(theme.secondary))
        made.append((piece.words, look))
    return made


class _Cells(QStyledItemDelegate):
    """Words keep their ink while they are selected; old and new are painted in pieces; changes stand below their
    record."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)  # type: ignore[attr-defined]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        found = index.data(PIECES)
        if found is None:
            super().paint(painter, self._indented(option, index), index)
            return
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.text = ""  # type: ignore[attr-defined]
        style = own.widget.style() if own.widget is not None else QApplication.style()  # type: ignore[attr-defined]
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)  # type: ignore[attr-defined]
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or own.palette.color(QPalette.ColorRole.Text)  # type: ignore[attr-defined]
        room = own.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)  # type: ignore[attr-defined]
        _draw(painter, room, formats_of(found, index.column(), self._theme), own.font, ink)  # type: ignore[attr-defined]

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click works on the box where it is painted."""
        return super().editorEvent(event, model, self._indented(option, index), index)

    def _indented(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QStyleOptionViewItem:
        if index.column() != LABEL or index.data(Qt.ItemDataRole.BackgroundRole) is not None:
            return option
        own = QStyleOptionViewItem(option)
        own.rect = option.rect.adjusted(_INDENT, 0, 0, 0)  # type: ignore[attr-defined]
        return own


class ReadbackTable(QTableView):
    line_shown = Signal()
    """Another line is the current one."""

    def __init__(self, model: ReadbackModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Changes in the workbook")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self._wanted = {column: letters * metrics.averageCharWidth() + 16 for column, letters in _WIDTHS.items()}
        self._fitting = self._dragged = False
        header.sectionResized.connect(self._resized)
        for column in (OLD, NEW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Cells(theme, self))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.line_shown.emit())
        model.modelReset.connect(self._span)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._dragged:
            return
        self._fitting = True
        for column, width in self._wanted.items():
            self.setColumnWidth(column, min(width, int(_MOST[column] * self.viewport().width())))
        self._fitting = False

    def current(self) -> Shownable | None:
        index = self.currentIndex()
        return self._model.at(index.row()) if index.isValid() else None

    def selected(self) -> list[Shownable]:
        """What is selected, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.at(number) for number in numbers]

    def select(self, shown: Shownable | None) -> None:
        """Select a line and scroll to it; the first change where it is not shown."""
        number = self._model.number_of(shown) if shown is not None else -1
        if number < 0:
            number = 1 if self._model.rowCount() > 1 else -1
        if number >= 0:
            self._go_to(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() == Qt.Key.Key_Space:
            self._model.toggle(self.selected())
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._model.tick(self._model.lines_in(self.selected()), True)
            self._go_on()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        """To the next change below what is selected, past the headings of records."""
        last = max((index.row() for index in self.selectionModel().selectedRows()), default=-1)
        following = range(last + 1, self._model.rowCount())
        number = next((at for at in following if isinstance(self._model.at(at), Line)), None)
        if number is not None:
            self._go_to(number)

    def _go_to(self, number: int) -> None:
        at = self._model.index(number, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(at, flags)
        self.scrollTo(at)

    def _resized(self, column: int, _old: int, _new: int) -> None:
        """Widths that a person chose stay."""
        self._dragged = self._dragged or (not self._fitting and column in _WIDTHS)

    def _span(self) -> None:
        """The words of a record stand across both columns of values."""
        self.clearSpans()
        for number in self._model.headings():
            self.setSpan(number, OLD, 1, 2)


def _draw(
    painter: QPainter, room: QRect, found: Sequence[tuple[str, QTextCharFormat]], font: QFont, ink: QColor
) -> None:
    """Pieces on one line, elided where there is no room."""
    text = "".join(words for words, _ in found)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    layout = QTextLayout(shown, font)
    ranges = []
    start = 0
    for words, look in found:
        length = _units(words)
        if start < _units(shown):
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, min(length, _units(shown) - start), look  # type: ignore[assignment]
            ranges.append(one)
        start += length
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width() + 100)
    layout.endLayout()
    painter.save()
    painter.setClipRect(room)
    painter.setPen(ink)
    top = room.top() + (room.height() - line.height()) / 2
    layout.draw(painter, QPointF(room.left(), top))
    painter.restore()


def _units(words: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
