"""The report of an unexpected error, exactly as it would be sent on: plain text to read, copy or leave."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from ui.dialog_frame import column_of, size_of

EXPLAINED = (
    "This is all that was written down, in a log on this computer; nothing is sent by itself. It names places in the "
    "program and the commands you used last. It holds no text, title or file name of yours. To have the fault mended, "
    "copy it into a report to those who maintain Provenote."
)


class FaultDialog(QDialog):
    """`report` in plain text; `folder` is where the logs lie, and is offered only where it is there."""

    def __init__(self, title: str, report: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder
        self._report = report
        explained = QLabel(EXPLAINED, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.report = QPlainTextEdit(report, readOnly=True)
        self.report.setProperty("kind", "field")
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName("Report")
        self.report.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setProperty("kind", "primary")
        self.copy_button.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        self.folder_button = buttons.addButton("Show log folder", QDialogButtonBox.ButtonRole.ActionRole)
        self.folder_button.setVisible(folder.is_dir())
        self.folder_button.clicked.connect(self._show_folder)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(explained)
        column.addWidget(self.report, 1)
        column.addWidget(buttons)
        size_of(self, 760, 520)
        self.copy_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy_button.setText("Copied")

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
