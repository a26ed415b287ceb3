"""All keys on one sheet, made from the declared actions, so that it can neither forget one nor tell an old one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotate.store.changes import Changes
from ui.actions import ACTIONS, MENUS, ActionSet, ActionSpec
from ui.keymap import native
from ui.keys import Keys, label_of
from ui.session import Session

_MOST_COLUMNS = 3
_GAP = 36
_MARGINS = 22
_MOUSE = (
    "Mouse: drag over words to select them (with Alt exactly the letters), double-click for a word, on a number for "
    "the whole figure, click three times for the sentence, hold Shift and click to select up to there. Click a mark to "
    "select it, click again for the mark below it, drag the ends of the selected mark to move them (Escape gives a "
    "drag up), right-click for what can be done, click a node in the margin to go to the linked mark."
)


class ShortcutSheet(QDialog):
    """A window beside the work: it blocks nothing, and Escape closes it."""

    def __init__(self, actions: ActionSet, keys: Keys, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys and mouse")
        self._columns = Columns()
        self._tags = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        mouse = QLabel(_MOUSE, wordWrap=True)
        self.change = QPushButton(label_of(_CHANGE) + "…")
        self.change.setToolTip(actions[_CHANGE.name].toolTip())
        self.change.setAutoDefault(False)
        self.change.clicked.connect(actions[_CHANGE.name].trigger)
        sheet = QFrame()
        sheet.setProperty("kind", "panel")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(_MARGINS, 18, _MARGINS, 18)
        column.setSpacing(14)
        column.addWidget(self._columns)
        column.addStretch(1)
        for line in (self._tags, mouse):
            line.setProperty("kind", "secondary")
            column.addWidget(line)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName("Keys and mouse")
        area.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        keys.changed.connect(self._name_keys)
        session.project_opened.connect(self._name_tags)
        session.project_changed.connect(self._follow)
        self._name_keys()
        bar = area.verticalScrollBar().sizeHint().width()
        room = self.screen().availableSize() * 0.9
        self.resize(min(self._columns.wanted_width() + 2 * _MARGINS + bar, room.width()), room.height())
        self.layout().activate()
        self.resize(self.width(), min(sheet.sizeHint().height() + 2, room.height()))

    def groups(self) -> Sequence[QWidget]:
        """The blocks of keys, one a menu."""
        return self._columns.groups

    def _name_keys(self) -> None:
        keymap = self._keys.keymap
        groups = []
        for menu in MENUS:
            specs = [spec for spec in ACTIONS if spec.menu == menu and keymap.keys(spec.name)]
            if specs:
                groups.append(_group(menu, specs, self._keys))
        self._columns.show_groups(groups)
        self._name_tags()

    def _follow(self, changes: Changes) -> None:
        if changes.touches("tags"):
            self._name_tags()

    def _name_tags(self) -> None:
        tags = self._session.read.tags() if self._session.has_project else []
        keys = " · ".join(f"{tag.key} {tag.name}" for tag in tags if tag.key and not self._keys.user_of(tag.key))
        words = "Tags: the key beside a tag puts it on the selected mark, or takes it off"
        self._tags.setText(f"{words}: {keys}" if keys else f"{words}.")


class Columns(QWidget):
    """Groups in as many columns as fit, each group put where the least stands so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._columns = [QVBoxLayout() for _ in range(_MOST_COLUMNS)]
        for column in self._columns:
            column.setSpacing(16)
            self._row.addLayout(column, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def show_groups(self, groups: Sequence[QWidget]) -> None:
        for group in self.groups:
            group.hide()
            group.deleteLater()
        self.groups = list(groups)
        self._arrange()

    def wanted_width(self) -> int:
        """Pixels in which the most columns stand beside each other."""
        return _MOST_COLUMNS * (self._group_width() + _GAP) - _GAP

    def columns_in(self, width: int) -> int:
        """How many columns fit into some pixels."""
        return min(max(1, (width + _GAP) // (self._group_width() + _GAP)), _MOST_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.columns_in(event.size().width()) != self.columns_in(event.oldSize().width()):
            self._arrange()

    def _group_width(self) -> int:
        return max((group.sizeHint().width() for group in self.groups), default=1)

    def _arrange(self) -> None:
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        count = self.columns_in(self.width())
        heights = [0] * count
        for group in self.groups:
            shortest = heights.index(min(heights))
            self._columns[shortest].addWidget(group)
            heights[shortest] += group.sizeHint().height()
        for number, column in enumerate(self._columns):
            column.addStretch(1)
            self._row.setStretch(number, 1 if number < count else 0)
        self._row.setSpacing(_GAP)
        self.updateGeometry()


def show_shortcuts(actions: ActionSet, keys: Keys, session: Session, window: QWidget) -> None:
    """Show the sheet beside a window, or bring to the front the one that is open."""
    sheet = window.findChild(ShortcutSheet) or ShortcutSheet(actions, keys, session, window)
    sheet.show()
    sheet.raise_()
    sheet.activateWindow()


_CHANGE = next(spec for spec in ACTIONS if spec.name == "change_keys")


def _group(menu: str, specs: Sequence[ActionSpec], keys: Keys) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(5)
    grid.setHorizontalSpacing(14)
    grid.setColumnStretch(0, 1)
    heading = QLabel(menu.upper())
    heading.setProperty("kind", "heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, spec in enumerate(specs, 1):
        words = QLabel(label_of(spec))
        words.setToolTip(spec.tip)
        grid.addWidget(words, number, 0)
        grid.addLayout(_caps(spec, keys.keymap.keys(spec.name)), number, 1)
    return group


def _caps(spec: ActionSpec, keys: Sequence[str]) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in keys:
        shown = native(key)
        cap = QLabel(shown)
        cap.setProperty("kind", "key")
        cap.setAccessibleName(f"{label_of(spec)}: {shown}")
        caps.addWidget(cap)
    return caps
