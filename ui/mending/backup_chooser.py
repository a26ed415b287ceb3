"""Which backup takes the place of a damaged project: a short list, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from annotate.ages_and_sizes import age_in_words, size_in_words
from annotate.backups import Backup
from ui.dates import moment_label
from ui.dialog_frame import button_row, column_of, size_of


class BackupChooser(QDialog):
    chosen = Signal(object)
    """The Path of a backup."""

    def __init__(self, project: Path, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Restore a backup of {project.name}")
        words = QLabel(
            f"The backup takes the place of {project.name}. The damaged file is kept beside it under another name.",
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, the newest first")
        now = datetime.now(UTC)
        for backup in backups:
            when = (moment_label(backup.made_at), age_in_words(backup.made_at, now))
            told = (*when, backup.occasion or "", size_in_words(backup.size))
            item = QListWidgetItem(" · ".join(filter(None, told)))
            item.setData(Qt.ItemDataRole.UserRole, backup.path)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._choose())
        self.restore = QPushButton("Restore this backup")
        self.restore.setProperty("kind", "primary")
        self.restore.clicked.connect(self._choose)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.restore, cancel):
            button.setAutoDefault(False)
        buttons = button_row(self.restore, cancel)
        column = column_of(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        size_of(self, 620, 360)
        self.list.setFocus()

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
