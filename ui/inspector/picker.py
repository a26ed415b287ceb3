"""A small list below a button: type to narrow it, Enter takes, a new name is made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotate.names import name_key
from ui.bylines import joined
from ui.plain_tips import plain_tip
from ui.swatches import square

_MOST = 200
"""Rows shown; who looks for something beyond them types another letter."""

WIDTH = 300
"""Pixels; who shows sentences asks for more."""

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Entry:
    """One thing to pick; `more` are words that also find it, `note` says why it is offered before the others."""

    key: Hashable
    words: str
    more: str = ""
    note: str = ""
    ink: str = ""


class Picker(QFrame):
    """A popup that closes when something is taken. Words that no entry has can be made where `make` is given."""

    def __init__(
        self,
        anchor: QWidget,
        entries: Sequence[Entry],
        take: Callable[[Hashable], object],
        make: Callable[[str], object] | None = None,
        *,
        placeholder: str = "Type to filter",
        width: int = WIDTH,
    ) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "picker")
        self.setObjectName("picker")
        self._anchor = anchor
        self._width = width
        self._take = take
        self._make = make
        self._entries = [(name_key(entry.words), name_key(f"{entry.words} {entry.more}"), entry) for entry in entries]
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(placeholder)
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(placeholder)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self._narrow("")

    def open(self) -> None:
        """Show it below its anchor, or above where there is no room in the window, and put the cursor in its line."""
        window = self._anchor.window()
        room = QRect(window.mapToGlobal(QPoint(0, 0)), window.size()) & self._anchor.screen().availableGeometry()
        rows = min(max(self.list.count(), 2), 9)
        wanted = QSize(self._width, 60 + rows * max(22, self.list.sizeHintForRow(0)))
        self.resize(wanted.boundedTo(room.size()).expandedTo(self.minimumSizeHint()))
        at = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 3))
        if at.y() + self.height() > room.bottom():
            at.setY(self._anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 3)
        at.setX(max(room.left(), min(at.x(), room.right() + 1 - self.width())))
        at.setY(max(room.top(), min(at.y(), room.bottom() + 1 - self.height())))
        self.move(at)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._chosen(self.list.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                self._anchor.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        words = " ".join(typed.split())
        wanted = name_key(words)
        parts = wanted.split()
        hits = [(name, entry) for name, everything, entry in self._entries if all(part in everything for part in parts)]
        hits.sort(key=lambda hit: (not hit[1].note, _rank(hit[0], wanted)))
        self.list.clear()
        for _name, entry in hits[:_MOST]:
            item = QListWidgetItem(joined(entry.words, entry.note), self.list)
            item.setData(Qt.ItemDataRole.UserRole, ("take", entry.key))
            item.setToolTip(plain_tip(joined(entry.words, entry.more)))
            if entry.ink:
                item.setIcon(square(entry.ink, 10))
        same = any(name == wanted for name, _all, _entry in self._entries)
        if self._make is not None and words and not same:
            item = QListWidgetItem(f"Add “{words}”", self.list)
            item.setData(Qt.ItemDataRole.UserRole, ("make", words))
        if not self.list.count():
            item = QListWidgetItem("Nothing there yet: type a name" if self._make and not words else "Nothing found")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        data = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if data is None:
            return
        verb, value = data
        self.close()
        self._anchor.setFocus()
        if verb == "take":
            self._take(value)
        elif self._make is not None:
            self._make(value)


def _rank(name: str, wanted: str) -> int:
    """Names that begin with what was typed come first, then those with a word that does."""
    if not wanted or name.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in name else 2


def pick(
    anchor: QWidget,
    entries: Sequence[Entry],
    take: Callable[[Hashable], object],
    make: Callable[[str], object] | None = None,
    *,
    placeholder: str = "Type to filter",
    width: int = WIDTH,
) -> Picker:
    """Open a picker below a widget; `take` gets the key of the entry, `make` a new name."""
    picker = Picker(anchor, entries, take, make, placeholder=placeholder, width=width)
    picker.open()
    return picker
