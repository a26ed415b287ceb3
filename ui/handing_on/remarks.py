"""What is to be known before something is handed on: one line each, opening to the places it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotate.references import read_reference
from annotate.report.remarks import Remark
from ui.plain_tips import plain_tip

_MOST_PLACES = 200
"""Below one remark; nobody goes through more from a list."""
_REFERENCE = Qt.ItemDataRole.UserRole


class RemarkList(QTreeWidget):
    """Enter or a double click on a place goes there; on a remark it opens it."""

    went = Signal(object)
    """The Reference of a place that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, columnCount=1, headerHidden=True, uniformRowHeights=False, wordWrap=True)
        self.setAccessibleName("What to know before you send it")
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.itemDoubleClicked.connect(self._go)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Replace what is shown: a line for each group, its remarks below, their places below those."""
        self.clear()
        groups: dict[str, list[Remark]] = {}
        for remark in remarks:
            groups.setdefault(remark.group, []).append(remark)
        for number, (group, several) in enumerate(groups.items()):
            heading = _item(f"{group} ({len(several):,})")
            bold = QFont(self.font())
            bold.setBold(True)
            heading.setFont(0, bold)
            heading.addChildren([_remark(remark) for remark in several])
            self.addTopLevelItem(heading)
            heading.setExpanded(number == 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes where the current line leads, or opens it; it is not for the dialog's button."""
        item = self.currentItem()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or item is None:
            super().keyPressEvent(event)
        elif item.childCount():
            item.setExpanded(not item.isExpanded())
        else:
            self._go(item)

    def sizeHint(self) -> QSize:
        return QSize(420, 200)

    def _go(self, item: QTreeWidgetItem) -> None:
        reference = item.data(0, _REFERENCE)
        if reference is not None:
            self.went.emit(reference)


def _remark(remark: Remark) -> QTreeWidgetItem:
    item = _item(remark.words)
    item.setToolTip(0, plain_tip(remark.words))
    for place in remark.places[:_MOST_PLACES]:
        below = _item(place.words)
        below.setData(0, _REFERENCE, read_reference(place.label))
        item.addChild(below)
    if len(remark.places) > _MOST_PLACES:
        item.addChild(_item(f"and {len(remark.places) - _MOST_PLACES:,} more"))
    return item


def _item(words: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([words])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
