"""A small record edited in place, below the line or chip that shows it: nothing is written before Save.

Escape drops what was entered, Ctrl+Enter saves it; where the form moves on meanwhile, what is worth keeping is saved.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.inspector.fields import DateLine, TextBox, TextLine
from ui.inspector.layout import Fields, QuietButton


class Editor(QFrame):
    """Fields with Save, Cancel and one more button; a subclass adds the fields and says what stands in them."""

    saved = Signal(object)
    """The columns by the names of the record's dataclass."""
    cancelled = Signal()

    def __init__(self, save: str, parent: QWidget | None = None, *, other: str = "") -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.fields = Fields()
        self.save = QPushButton(save)
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self.finish)
        self.cancel = QuietButton("Cancel")
        self.cancel.clicked.connect(self.cancelled)
        self.other = QuietButton(other)
        self.other.setVisible(bool(other))
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.fields)
        column.addLayout(buttons)

    def set_locked(self, locked: bool) -> None:
        """There is nothing to save."""
        self.save.setVisible(not locked)
        self.other.setVisible(bool(self.other.text()) and not locked)
        self.cancel.setText("Close" if locked else "Cancel")

    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        raise NotImplementedError

    def worth_keeping(self) -> bool:
        """Whether something was entered that can be saved."""
        raise NotImplementedError

    def whole(self) -> bool:
        """Whether all that was entered makes sense; what does not is marked with a sentence."""
        days = self.findChildren(DateLine)
        for day in days:
            day.commit()
        return not any(day.trouble for day in days)

    def finish(self) -> None:
        """Hand over what was entered."""
        if self.whole():
            self.saved.emit(self.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.finish()
        else:
            super().keyPressEvent(event)


def take_away(editor: Editor, focus_to: QWidget) -> None:
    """Remove an editor; the focus, where it was inside, goes on to the widget that opens such an editor."""
    had_focus = editor.isAncestorOf(focused) if (focused := QApplication.focusWidget()) is not None else False
    holder = editor.parentWidget()
    if holder is not None and (layout := holder.layout()) is not None:
        layout.removeWidget(editor)
    editor.hide()
    editor.deleteLater()
    if had_focus:
        focus_to.setFocus()


def text_of(field: TextLine | TextBox) -> str:
    """The words in a field, without blanks around them."""
    return (field.text() if isinstance(field, TextLine) else field.toPlainText()).strip()
