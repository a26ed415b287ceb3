"""How something that happens away from the focus is told to a screen reader."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Has a screen reader say `words` once it has finished its sentence; nothing happens where none listens.

    Where PySide6 has no announcements, what is said has to be found in the name or description of `widget`.
    """
    if words and QAccessible.isActive() and hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, words))
