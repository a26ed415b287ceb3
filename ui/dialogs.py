"""The few dialogs: paste an article, the analyst's name, what the project says about itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from annotate.model import ProjectInfo, Published
from ui.dialog_frame import column_of, ok_and_cancel, size_of
from ui.inspector.readings import NotUnderstood, read_date

MARKINGS = ("", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
"""Traffic Light Protocol 2.0 (FIRST); any other words can be typed."""


def published_from(words: str) -> Published:
    """A publication date as typed; words that are no date are kept as they are."""
    try:
        on, precision = read_date(words)
    except NotUnderstood:
        return Published(words)
    return Published(words, on, precision)


class PasteDialog(QDialog):
    """Text from elsewhere with the few things that its bytes cannot tell."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Paste an article")
        size_of(self, 640, 560)
        self.text = QPlainTextEdit(text)
        self.text.setPlaceholderText("Paste the article here. Its first line is taken for the title.")
        self.text.setAccessibleName("Text of the article")
        self.text.setTabChangesFocus(True)
        self.text.setProperty("kind", "field")
        self.outlet = QLineEdit(placeholderText="for instance Reuters")
        self.author = QLineEdit()
        self.published = QLineEdit(placeholderText="as written there, for instance 12 March 2024")
        self.url = QLineEdit(placeholderText="where it stands on the web")
        form = QFormLayout()
        form.addRow("Outlet", self.outlet)
        form.addRow("Author", self.author)
        form.addRow("Published", self.published)
        form.addRow("URL", self.url)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self._hint = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._hint.setProperty("kind", "warning")
        self._import = buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._import.setProperty("kind", "primary")
        self._import.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(self.text, 1)
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addWidget(buttons)
        self.text.textChanged.connect(self._changed)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up an empty dialog only; what was pasted or typed goes with a click on Cancel."""
        if event.key() == Qt.Key.Key_Escape and (self.words().strip() or self.known()):
            self._hint.setText("Press Cancel to give up what was typed.")
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """The text as it was pasted; a widget's own text would have lost line ends and odd spaces."""
        return self.text.document().toRawText().replace("\u2029", "\n")

    def known(self) -> dict[str, object]:
        """What was typed about the article, by the names of model.Article."""
        fields = {"outlet": self.outlet, "author": self.author, "url": self.url}
        known: dict[str, object] = {
            name: field.text().strip() for name, field in fields.items() if field.text().strip()
        }
        words = self.published.text().strip()
        if words:
            known["published"] = published_from(words)
        return known

    def _changed(self) -> None:
        self._import.setEnabled(not self.text.document().isEmpty())


class NameDialog(QDialog):
    """The name that marks and checks are signed with."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Your name")
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Your name")
        words = QLabel("Your marks and checks are signed with it, so that colleagues know whose they are.")
        words.setWordWrap(True)
        buttons = ok_and_cancel(self)
        column = column_of(self)
        for widget in (words, self.name, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(360)


class ProjectDialog(QDialog):
    """Title, protective marking and note: what the workbook's first page says."""

    def __init__(self, info: ProjectInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Project details")
        self.title = QLineEdit(info.title)
        self.marking = QComboBox(editable=True)
        self.marking.addItems(MARKINGS)
        self.marking.setCurrentText(info.marking)
        self.marking.lineEdit().setAccessibleName("Marking")
        self.note = QPlainTextEdit(info.note)
        self.note.setTabChangesFocus(True)
        self.note.setProperty("kind", "field")
        self.note.setFixedHeight(90)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow("Title", self.title)
        form.addRow("Marking", self.marking)
        form.addRow("Note", self.note)
        buttons = ok_and_cancel(self)
        column = column_of(self)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(440)

    def columns(self) -> dict[str, str]:
        """By the names of model.ProjectInfo."""
        return {
            "title": self.title.text().strip(),
            "marking": self.marking.currentText().strip(),
            "note": self.note.toPlainText().strip(),
        }
