"""The table of the review: Space ticks what is selected, Enter types in a cell, and never starts the import."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.review.model import COLUMNS, ReviewModel
from ui.review.rows import Row


class _InInk(QStyledItemDelegate):
    """Words keep the ink that tells what they are while they are selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)  # type: ignore[attr-defined]


class ReviewTable(QTableView):
    rows_selected = Signal()

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: list[Row] = []
        self._kept_current: Row | None = None
        self.setModel(model)
        self.setAccessibleName("Articles found")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.verticalHeader().hide()
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, column.width * metrics.averageCharWidth() + 16)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # Before the rows are sorted and after it: what was selected stays so, and in view.
        header.sortIndicatorChanged.connect(self._keep_selected)
        self.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._select_kept)
        self.setItemDelegate(_InInk(self))
        self.selectionModel().selectionChanged.connect(lambda *_: self.rows_selected.emit())
        model.modelReset.connect(self.rows_selected)

    def _keep_selected(self) -> None:
        self._kept = self.selected()
        current = self.currentIndex()
        self._kept_current = self._model.row_at(current.row()) if current.isValid() else None

    def _select_kept(self) -> None:
        self.select(self._kept, self._kept_current)
        if not self.currentIndex().isValid():
            self.scrollToTop()

    def selected(self) -> list[Row]:
        """The selected rows, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.row_at(number) for number in numbers]

    def select(self, rows: Sequence[Row], current: Row | None = None) -> None:
        """Select those of some rows that are shown; the current one, or else the first of them, is scrolled to."""
        numbers = self._model.numbers_of(rows)
        chosen = QItemSelection()
        for first, last in _stretches(numbers):
            chosen.select(self._model.index(first, 0), self._model.index(last, len(COLUMNS) - 1))
        leading = self._model.numbers_of([current] if current is not None else rows[:1]) or numbers[:1]
        if leading:
            at = self._model.index(leading[0], 0)
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(at)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() == Qt.Key.Key_Space:
            rows = [row for row in self.selected() if row.prospect is not None]
            self._model.tick(rows, not all(row.ticked for row in rows))
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState and self.currentIndex().isValid():
                self.edit(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last of each stretch of rising numbers without a gap."""
    firsts = [number for at, number in enumerate(numbers) if at == 0 or numbers[at - 1] != number - 1]
    lasts = [number for at, number in enumerate(numbers) if at + 1 == len(numbers) or numbers[at + 1] != number + 1]
    return list(zip(firsts, lasts, strict=True))
