"""What the window waits for while a project is closed, where that takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QWidget

from ui.dialog_frame import button_row, column_of
from ui.jobs import Job


class ClosingDialog(QDialog):
    """Stays until the job has ended; closing is never prevented, since the work can be told to stop."""

    def __init__(self, job: Job, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Closing")
        self._job = job
        words = QLabel(f"Making a backup of {name} before it is closed …", textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(words.text())
        self.skip = QPushButton("Close without a backup")
        self.skip.clicked.connect(self.reject)
        column = column_of(self)
        column.addWidget(words)
        column.addWidget(self._bar)
        column.addLayout(button_row(self.skip))
        self.setMinimumWidth(420)
        job.progressed.connect(self._progressed)
        job.ended.connect(self.accept)

    def reject(self) -> None:
        """Stop the work; the dialog goes when that has ended."""
        self.skip.setEnabled(False)
        self._job.cancel()

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
