"""The list of what was done: lines under their days, in as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.history.model import CHANGED, TIME, WHAT, WHO, HistoryModel

_ROOM_FOR_CHANGED = 420
"""Pixels from which what changed has a column."""
_ROOM_FOR_WHO = 270
_WIDTHS = {TIME: 52, WHO: 92, WHAT: 190}


class HistoryView(QTableView):
    """Enter and a double click ask for the record, whatever the system takes for opening; letters go to the window."""

    asked = Signal()

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._shows_who = True
        self.setModel(model)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("History")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().hide()
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(lambda _index: self.asked.emit())
        model.modelReset.connect(lambda: self._span(0))
        model.rowsInserted.connect(lambda _parent, first, _last: self._span(first))

    def show_who(self, shown: bool) -> None:
        """Where one person works on a project, who did it need not be said on every line."""
        self._shows_who = shown
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """A narrow list says what was done, and leaves what changed to the details."""
        narrow = self.viewport().width() < _ROOM_FOR_CHANGED
        self.setColumnHidden(CHANGED, narrow)
        self.setColumnHidden(WHO, not self._shows_who or self.viewport().width() < _ROOM_FOR_WHO)
        left = self.viewport().width() - _WIDTHS[TIME] - (0 if self.isColumnHidden(WHO) else _WIDTHS[WHO])
        self.setColumnWidth(WHAT, max(90, left if narrow else min(280, int(left * 0.5))))

    def go_to(self, number: int) -> None:
        """Choose a line by its row; nothing is chosen for -1."""
        if number >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.model().index(number, 0), flags)

    def keyboardSearch(self, _search: str) -> None:
        """Nothing is looked for by typing: letters are keys of the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        elif event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _span(self, first: int) -> None:
        """A day stands across all columns."""
        model = self.model()
        assert isinstance(model, HistoryModel)
        if first == 0:
            self.clearSpans()
        for number in model.days(first):
            self.setSpan(number, 0, 1, model.columnCount())
