"""The list of what was done: lines under their days, in as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from ui.history.model import CHANGED, TIME, WHAT, WHO, HistoryModel
from ui.lines_view import LinesView

_ROOM_FOR_CHANGED = 420
"""Pixels from which what changed has a column."""
_ROOM_FOR_WHO = 270
_WIDTHS = {TIME: 52, WHO: 92, WHAT: 190}


class HistoryView(LinesView):
    """A double click asks for the record, too."""

    def __init__(self, model: HistoryModel) -> None:
        super().__init__(model, "History")
        self._shows_who = True
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
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

    def _span(self, first: int) -> None:
        """A day stands across all columns."""
        model = self.model()
        assert isinstance(model, HistoryModel)
        if first == 0:
            self.clearSpans()
        for number in model.days(first):
            self.setSpan(number, 0, 1, model.columnCount())
