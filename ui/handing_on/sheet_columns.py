"""Which columns the exported sheets have, and in which order: ticked and dragged, kept in the project."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from annotate import commands
from annotate.report.workbook import columns_of_sheets
from ui.dialog_frame import column_of, ok_and_cancel, size_of
from ui.session import Session

_HINT = "Tick what the sheet is to show. Drag a column to move it, or press Alt+Up and Alt+Down. The ID comes first."


class SheetColumnsDialog(QDialog):
    """OK keeps what was chosen for every sheet, as one step of history."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Columns of the sheets")
        self._session = session
        self._all = columns_of_sheets(session.read)
        self._chosen = {
            sheet: session.read.project_info().columns.get(sheet) or list(headings)
            for sheet, headings in self._all.items()
        }
        self._sheet = ""
        self.sheets = QComboBox(accessibleName="Sheet")
        self.sheets.addItems(list(self._all))
        self.list = QListWidget(accessibleName="Columns")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.earlier, self.later = QPushButton("Move up"), QPushButton("Move down")
        self.earlier.setShortcut("Alt+Up")
        self.later.setShortcut("Alt+Down")
        self.reset = QPushButton("As they come")
        self.reset.setToolTip("All columns of this sheet, in the usual order")
        hint = QLabel(_HINT, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        hint.setProperty("kind", "secondary")
        buttons = ok_and_cancel(self)
        row = QHBoxLayout()
        for button in (self.earlier, self.later, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        form = QFormLayout()
        form.addRow("Sheet", self.sheets)
        column = column_of(self)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(buttons)
        size_of(self, 460, 560)
        self.sheets.currentTextChanged.connect(self._show)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.reset.clicked.connect(self._reset)
        self._show(self.sheets.currentText())

    def accept(self) -> None:
        self._keep()
        before = self._session.read.project_info().columns
        step: int | None = None
        for sheet, shown in self._chosen.items():
            wanted = None if shown == list(self._all[sheet]) else shown
            if wanted != before.get(sheet):
                self._session.run(commands.choose_columns, sheet, wanted, join=step)
                step = self._session.project.last_step_id
        super().accept()

    def _show(self, sheet: str) -> None:
        self._keep()
        self._sheet = sheet
        shown = self._chosen[sheet]
        self.list.clear()
        for heading in (*shown, *(one for one in self._all[sheet] if one not in shown)):
            if heading in self._all[sheet]:
                item = QListWidgetItem(heading, self.list)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if heading in shown else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _keep(self) -> None:
        """Remember what the list shows for its sheet."""
        if self._sheet:
            items = (self.list.item(row) for row in range(self.list.count()))
            self._chosen[self._sheet] = [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)

    def _reset(self) -> None:
        self._chosen[self._sheet] = list(self._all[self._sheet])
        sheet, self._sheet = self._sheet, ""
        self._show(sheet)
