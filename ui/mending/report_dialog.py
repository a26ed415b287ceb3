"""What was saved of a damaged project, and what is lost: the report, to read, copy and find again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from annotate.salvage import Salvaged, report_of
from ui.dialog_frame import column_of, size_of


class ReportDialog(QDialog):
    def __init__(self, salvaged: Salvaged, written: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"What was saved of {salvaged.source.name}")
        summary = QLabel(salvaged.sentence(), textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        summary.setProperty("kind", "title")
        where = QLabel(
            f"This report is kept as {written.name}. {salvaged.source.name} is what it was; keep it.",
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        where.setProperty("kind", "secondary")
        words = report_of(salvaged, datetime.now().astimezone()).partition("\n\n")[2]
        self.report = QPlainTextEdit(words, readOnly=True)
        self.report.setProperty("kind", "field")
        self.report.setAccessibleName("Report")
        self.report.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        self.folder = buttons.addButton("Show folder", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{salvaged.sentence()}\n\n{words}"))
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(salvaged.target.parent))))
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        for part in (summary, where):
            column.addWidget(part)
        column.addWidget(self.report, 1)
        column.addWidget(buttons)
        size_of(self, 760, 520)
