"""All keys on one sheet, made from the declared actions, so that it can neither forget one nor tell an old one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotate.store.changes import Changes
from ui.actions import ACTIONS, MENUS, ActionSpec
from ui.session import Session

_COLUMNS = 3
_MOUSE = (
    "Mouse: drag over words to select them (with Alt exactly the letters), click a mark to select it, click again for "
    "the mark below it, drag the ends of the selected mark to move them, right-click for what can be done, "
    "click a node in the margin to go to the linked mark."
)


class ShortcutSheet(QDialog):
    """A window beside the work: it blocks nothing, and Escape closes it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys and mouse")
        self._tags = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        mouse = QLabel(_MOUSE, wordWrap=True)
        sheet = QFrame()
        sheet.setProperty("kind", "panel")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addLayout(_columns())
        column.addStretch(1)
        for line in (self._tags, mouse):
            line.setProperty("kind", "secondary")
            column.addWidget(line)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName("Keys and mouse")
        area.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        session.project_opened.connect(self._name_tags)
        session.project_changed.connect(self._follow)
        self._name_tags()
        wanted = sheet.sizeHint()
        self.resize(wanted.boundedTo(self.screen().availableSize() * 0.9))

    def _follow(self, changes: Changes) -> None:
        if changes.touches("tags"):
            self._name_tags()

    def _name_tags(self) -> None:
        tags = self._session.read.tags() if self._session.has_project else []
        keys = " · ".join(f"{tag.key} {tag.name}" for tag in tags if tag.key)
        words = "Tags: the key beside a tag puts it on the selected mark, or takes it off"
        self._tags.setText(f"{words}: {keys}" if keys else f"{words}.")


def show_shortcuts(session: Session, window: QWidget) -> None:
    """Show the sheet beside a window, or bring to the front the one that is open."""
    sheet = window.findChild(ShortcutSheet) or ShortcutSheet(session, window)
    sheet.show()
    sheet.raise_()
    sheet.activateWindow()


def _columns() -> QHBoxLayout:
    """The menus that have keys, each put where the sheet is shortest so far."""
    row = QHBoxLayout()
    row.setSpacing(36)
    columns = [QVBoxLayout() for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for menu in MENUS:
        specs = [spec for spec in ACTIONS if spec.menu == menu and spec.keys]
        if specs:
            shortest = heights.index(min(heights))
            columns[shortest].addLayout(_group(menu, specs))
            heights[shortest] += len(specs) + 2
    for column in columns:
        column.setSpacing(16)
        column.addStretch(1)
        row.addLayout(column, 1)
    return row


def _group(menu: str, specs: Sequence[ActionSpec]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(5)
    grid.setHorizontalSpacing(14)
    grid.setColumnStretch(0, 1)
    heading = QLabel(menu.upper())
    heading.setProperty("kind", "heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, spec in enumerate(specs, 1):
        words = QLabel(spec.label.rstrip("…"))
        words.setToolTip(spec.tip)
        grid.addWidget(words, number, 0)
        grid.addLayout(_caps(spec), number, 1)
    return grid


def _caps(spec: ActionSpec) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in spec.keys:
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        cap = QLabel(shown)
        cap.setProperty("kind", "key")
        cap.setAccessibleName(f"{spec.label.rstrip('…')}: {shown}")
        caps.addWidget(cap)
    return caps
