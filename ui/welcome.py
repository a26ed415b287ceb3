"""The page one sees without a project: who is working, projects of late, the sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.account import home_folder
from ui.settings import Settings

_WIDTH = 560


class WelcomePage(QWidget):
    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    recent_asked = Signal(object)
    """Path of a project."""
    named = Signal(str)
    """The analyst's name was given."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        title = QLabel("Provenote")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setBold(True)
        title.setFont(font)
        said = QLabel(
            "Mark what is claimed, which figures are given and who says so. Hand it on in Excel.", wordWrap=True
        )
        said.setProperty("kind", "secondary")

        self.name = QLineEdit(settings.analyst, placeholderText="Your name")
        self.name.setAccessibleName("Your name")
        self.name.setMaximumWidth(300)
        asked = QLabel("Your name")
        asked.setBuddy(self.name)
        why = QLabel("Your marks are signed with it.")
        why.setProperty("kind", "secondary")
        self._name_row = QWidget()
        row = QHBoxLayout(self._name_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(asked)
        row.addWidget(self.name, 1)
        row.addWidget(why)

        self.new = QPushButton("New project…")
        self.new.setProperty("kind", "primary")
        self.open = QPushButton("Open project…")
        self.sample = QPushButton("Try the sample project")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.new, self.open, self.sample):
            buttons.addWidget(button)
        buttons.addStretch(1)

        self._recent_heading = QLabel("RECENT PROJECTS")
        self._recent_heading.setProperty("kind", "heading")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        hint = QLabel(
            "Or drop articles here: documents, PDF, web pages, mails, press bundles.\nA project is made for them.",
            wordWrap=True,
        )
        hint.setProperty("kind", "secondary")

        box = QFrame()
        box.setFixedWidth(_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for item in (title, said, self._name_row):
            column.addWidget(item)
        column.addSpacing(6)
        column.addLayout(buttons)
        column.addWidget(hint)
        column.addSpacing(10)
        column.addWidget(self._recent_heading)
        column.addLayout(self._recent)
        middle = QHBoxLayout()  # an alignment instead would not ask how high the wrapped words are
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        self.sample.clicked.connect(self.sample_asked)
        self.name.editingFinished.connect(self._named)
        self.refresh()

    def refresh(self) -> None:
        """List the recent projects anew; ask for the name only while there is none."""
        while self._recent.count():
            item = self._recent.takeAt(0)
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        recent = self._settings.recent
        self._recent_heading.setVisible(bool(recent))
        for path in recent:
            button = QPushButton(f"{path.stem}   {_folder(path)}")
            button.setProperty("kind", "link")
            button.setToolTip(str(path))
            button.setFlat(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, path=path: self.recent_asked.emit(path))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._name_row.setVisible(not self._settings.analyst)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in a dialog."""
        button = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def _named(self) -> None:
        if self.name.text().strip():
            self.named.emit(self.name.text().strip())


def _folder(path: Path) -> str:
    """The folder, shortened to where a person would look for it."""
    try:
        return f"~/{path.parent.relative_to(home_folder())}".rstrip("/.")
    except ValueError:
        return str(path.parent)
