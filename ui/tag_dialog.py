"""The dialog for one tag of the codebook: name, key, colour, meaning, and the tag it lies below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotate.model import Tag
from ui.dialog_frame import column_of, ok_and_cancel
from ui.keymap import refusal
from ui.keys import Keys
from ui.style import restyle
from ui.swatches import square


class TagDialog(QDialog):
    """Name, key, colour, meaning, and the tag it lies below."""

    def __init__(self, tag: Tag, tags: list[Tag], keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit tag")
        self._tag = tag
        self._keys = keys
        self._colour = tag.colour
        self.name = QLineEdit(tag.name)
        self.key = QLineEdit(tag.key or "")
        self.key.setMaxLength(1)
        self.key.setFixedWidth(48)
        self.meaning = QLineEdit(tag.meaning)
        self.parent_tag = QComboBox()
        self.parent_tag.addItem("nothing", None)
        for other in tags:
            if other.id != tag.id:
                self.parent_tag.addItem(square(other.colour), other.name, other.id)
        self.parent_tag.setCurrentIndex(max(0, self.parent_tag.findData(tag.parent_id)))
        self.colour = QPushButton(square(tag.colour, 14), "Choose…")
        self.colour.setAccessibleName("Choose the colour")
        self.colour.clicked.connect(self._choose)
        form = QFormLayout()
        for label, field in (
            ("Name", self.name),
            ("Key", self.key),
            ("Colour", self.colour),
            ("Meaning", self.meaning),
            ("Below", self.parent_tag),
        ):
            form.addRow(label, field)
        self.hint = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        self.key.textChanged.connect(self._judge_key)
        self.buttons = ok_and_cancel(self)
        column = column_of(self)
        column.addLayout(form)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)
        self.setMinimumWidth(380)
        self._judge_key()

    def columns(self) -> dict[str, object]:
        """What was typed, by the names of model.Tag; only what differs."""
        wanted = {
            "name": self.name.text().strip(),
            "key": self._wanted_key(),
            "colour": self._colour,
            "meaning": self.meaning.text().strip(),
            "parent_id": self.parent_tag.currentData(),
        }
        return {name: value for name, value in wanted.items() if value != getattr(self._tag, name)}

    def _wanted_key(self) -> str | None:
        return self.key.text().strip().upper() or None

    def _judge_key(self) -> None:
        """Say what the key does, or why it cannot be the tag's; a key that the tag has already may stay."""
        key = self._wanted_key()
        user = self._keys.user_of(key) if key else ""
        refused = refusal(key) if key else ""
        words = "The key puts the tag on the selected mark. Any letter or digit that no command uses."
        if user:
            words = f"{key} is used by “{user}”. Choose another key here, or change that one: menu Help, Change keys."
        self.hint.setText(refused or words)
        self.hint.setProperty("kind", "warning" if user or refused else "secondary")
        restyle(self.hint)
        ok = not (user or refused) or key == self._tag.key
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ok)

    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self, "Colour of the tag")
        if chosen.isValid():
            self._colour = chosen.name()
            self.colour.setIcon(square(self._colour, 14))
