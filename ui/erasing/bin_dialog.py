"""What lies in the bin: when it went there, by whom, with how many marks; back with it, or away for good."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotate import commands
from annotate.store.changes import Changes
from annotate.summaries import Binned
from ui.bylines import byline
from ui.dates import moment_label
from ui.dialog_frame import button_row, column_of, size_of
from ui.plain_tips import plain_tip
from ui.session import Session

_HEADINGS = ("Article", "Outlet, date", "In the bin since", "Moved by", "Marks")
_MARKS = 4
_ID = Qt.ItemDataRole.UserRole


class BinDialog(QDialog):
    """Stays open beside the window, and follows what is done there."""

    erase_asked = Signal(object)
    """Ids of articles that are to be erased for good."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bin")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        about = QLabel(
            "What lies here is in no list, count, search, link or export. Nothing is removed: restored, an article has "
            "all its marks again.",
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        about.setProperty("kind", "secondary")
        self.table = QTableWidget(0, len(_HEADINGS))
        self.table.setHorizontalHeaderLabels(_HEADINGS)
        self.table.setAccessibleName("Articles in the bin")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.empty = QLabel("The bin is empty.", alignment=Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("kind", "secondary")
        self.restore = QPushButton("Restore")
        self.restore.setProperty("kind", "primary")
        self.erase = QPushButton("Erase for good…")
        self.erase.setProperty("kind", "danger")
        self.erase.setToolTip("Says first what would go; it cannot be undone")
        close = QPushButton("Close")
        for button in (self.erase, self.restore, close):
            button.setAutoDefault(False)
        buttons = button_row(self.restore, close, at_left=(self.erase,))
        column = column_of(self)
        for widget in (about, self.table, self.empty):
            column.addWidget(widget, 0 if widget is about else 1)
        column.addLayout(buttons)
        self.table.itemSelectionChanged.connect(self._chosen_changed)
        self.restore.clicked.connect(self._restore)
        self.erase.clicked.connect(lambda: self.erase_asked.emit(self.chosen_ids()))
        close.clicked.connect(self.close)
        session.project_changed.connect(self._project_changed)
        session.project_opened.connect(self._project_opened)
        size_of(self, 860, 440)
        self._fill()

    def chosen_ids(self) -> list[int]:
        """The articles of the selected rows."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self._item(row).data(_ID) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.table.hasFocus() and self.restore.isEnabled():
            self._restore()
        else:
            super().keyPressEvent(event)

    def _item(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        assert item is not None
        return item

    def _restore(self) -> None:
        ids = self.chosen_ids()
        self._session.run(commands.restore_from_bin, ids)
        what = "The article is" if len(ids) == 1 else f"{len(ids):,} articles are"
        self._session.tell_undoable(f"{what} in the project again, with all marks.")

    def _project_changed(self, changes: Changes) -> None:
        if changes.ids("articles"):
            self._fill()

    def _project_opened(self) -> None:
        if self._session.has_project:
            self._fill()
        else:
            self.close()

    def _fill(self) -> None:
        chosen = set(self.chosen_ids())
        binned = self._session.read.binned()
        self.table.clearSelection()
        self.table.setRowCount(len(binned))
        for row, one in enumerate(binned):
            for column, words in enumerate(_cells(one)):
                item = QTableWidgetItem(words)
                if column == 0:
                    item.setData(_ID, one.article.id)
                    item.setToolTip(plain_tip(one.article.title))
                if column == _MARKS:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        for row, one in enumerate(binned):
            if one.article.id in chosen:
                self.table.selectRow(row)
        if binned and not self.chosen_ids():
            self.table.selectRow(0)
        self.table.setVisible(bool(binned))
        self.empty.setVisible(not binned)
        self._chosen_changed()

    def _chosen_changed(self) -> None:
        count = len(self.chosen_ids())
        for button in (self.restore, self.erase):
            button.setEnabled(count > 0 and not self._session.view_only)
        self.restore.setToolTip(plain_tip(self._session.view_only))
        self.restore.setText(f"Restore {count:,} articles" if count > 1 else "Restore")
        self.erase.setText(f"Erase {count:,} articles for good…" if count > 1 else "Erase for good…")


def _cells(one: Binned) -> tuple[str, ...]:
    article = one.article
    since = "not known" if one.moved_at is None else moment_label(one.moved_at)
    return article.title, byline(article), since, one.moved_by, f"{one.marks:,}"
