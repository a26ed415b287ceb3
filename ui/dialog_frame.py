"""What all dialogs have in common: the room around what they hold, and the order of the buttons at the end.

What a dialog does stands first, then the way out, both at the right; what only helps with deciding stands at the left.
It is the same on every system, also where other programs have it the other way round: the style sheet says so for
QDialogButtonBox.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

MARGINS = (16, 14, 16, 14)
"""Pixels: left, top, right, bottom."""
_BETWEEN = 10
_BETWEEN_BUTTONS = 8
_OF_SCREEN = 0.92
"""The rest is for the window's frame."""


def column_of(dialog: QDialog) -> QVBoxLayout:
    """The layout of a dialog, from top to bottom, with the room around it that all have."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*MARGINS)
    column.setSpacing(_BETWEEN)
    return column


def size_of(dialog: QDialog, width: int, height: int) -> None:
    """Make a dialog as large as it would be, and no larger than its screen has room for."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() * _OF_SCREEN))


def button_row(*at_right: QPushButton, at_left: tuple[QWidget, ...] = ()) -> QHBoxLayout:
    """The last row of a dialog that lays its buttons itself; `at_right` ends with the way out."""
    row = QHBoxLayout()
    row.setSpacing(_BETWEEN_BUTTONS)
    for widget in at_left:
        row.addWidget(widget)
    row.addStretch(1)
    for button in at_right:
        row.addWidget(button)
    return row


def ok_and_cancel(dialog: QDialog) -> QDialogButtonBox:
    """Buttons that accept and reject a dialog; the first is the one to press."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
