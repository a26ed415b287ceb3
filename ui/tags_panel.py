"""The analyst's codebook: click a tag to put it on the selected mark, or take it off."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate import commands
from annotate.commands.codebook import KEYS
from annotate.model import Tag
from annotate.store.changes import Changes
from ui.keys import Keys
from ui.later import Later
from ui.nesting import nested
from ui.panel import PanelHeader
from ui.plain_tips import plain_tip
from ui.session import Notice, Session
from ui.swatches import square
from ui.tag_dialog import TagDialog
from ui.theme import Theme
from ui.view_line import switch_off

Index = QModelIndex | QPersistentModelIndex

TAG_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
ON_ROLE = Qt.ItemDataRole.UserRole + 2
DEPTH_ROLE = Qt.ItemDataRole.UserRole + 3
USED_ROLE = Qt.ItemDataRole.UserRole + 4
"""Whether an action uses the tag's key."""


class TagDelegate(QStyledItemDelegate):
    """Colour, name, how often it is used, and its key; a bar at the left where the selected mark has it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tag: Tag = index.data(TAG_ROLE)
        theme, rect = self.theme, option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect, QColor(theme.hover))
        if index.data(ON_ROLE):
            painter.fillRect(rect, QColor(theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        left = rect.left() + 12 + 14 * index.data(DEPTH_ROLE)
        middle = rect.center().y()
        square(tag.colour).paint(painter, QRect(left, middle - 5, 12, 12))
        metrics = option.fontMetrics
        right = rect.right() - 12
        if tag.key:
            cap = QRect(right - 17, middle - 8, 18, 18)
            painter.setPen(QColor(theme.line))
            painter.drawRoundedRect(cap, 3, 3)
            painter.setPen(QColor(theme.secondary))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, tag.key)
            if index.data(USED_ROLE):
                painter.drawLine(cap.bottomLeft(), cap.topRight())
        right -= 26
        count = f"{number:,}" if (number := index.data(COUNT_ROLE)) else ""
        painter.setPen(QColor(theme.secondary))
        count_width = metrics.horizontalAdvance(count)
        at = QRect(right - count_width, rect.top(), count_width + 1, rect.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, count)
        name = QRect(left + 20, rect.top(), right - count_width - left - 28, rect.height())
        painter.setPen(QColor(theme.text))
        words = metrics.elidedText(tag.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(28, option.fontMetrics.height() + 10))


class TagsPanel(QWidget):
    def __init__(self, session: Session, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._header: PanelHeader | None = None
        self._delegate = TagDelegate(theme, self)
        self.catching_up = Later(self.refresh, self)
        keys.changed.connect(self.refresh)
        self.view = QListWidget()
        self.view.setItemDelegate(self._delegate)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Tags")
        self.view.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.new = QLineEdit(placeholderText="New tag: type its name, press Enter")
        self.new.setAccessibleName("New tag")
        self.edit_button = QToolButton(text="…", toolTip="Edit tags")
        self.edit_button.setAccessibleName("Edit tags")
        self.edit_button.setProperty("kind", "quiet")
        self.edit_button.clicked.connect(lambda: self._menu_at(self.edit_button.mapToGlobal(QPoint(0, 24))))
        self.new_box = QWidget()
        below = QVBoxLayout(self.new_box)
        below.setContentsMargins(12, 6, 12, 10)
        below.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.new_box)

        self.new.returnPressed.connect(self._add)
        self.view.itemClicked.connect(self._toggle)
        self.view.itemActivated.connect(self._toggle_by_key)
        self.view.customContextMenuRequested.connect(
            lambda position: self._menu_at(self.view.viewport().mapToGlobal(position))
        )
        session.project_opened.connect(self.refresh)
        session.annotation_selected.connect(self.catching_up.ask)
        session.project_changed.connect(self._project_changed)
        self.refresh()

    def put_header(self, header: PanelHeader) -> None:
        self._header = header
        header.add(self.edit_button)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()

    def toggle_by_key(self, key: str) -> bool:
        """Put the tag with this key on the selected mark, or take it off; False where no tag has the key.

        A key that an action uses is the action's alone, also while that cannot be used: no key means two things.
        """
        tag = next((tag for tag in self.tags() if tag.key == key), None)
        if tag is None or self._keys.user_of(key):
            return False
        self.put(tag)
        return True

    def take_focus(self) -> bool:
        """Put the focus on the list, or on the line for a new tag while there is none."""
        if self.view.count():
            self.view.setCurrentRow(max(0, self.view.currentRow()))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.new.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def tags(self) -> list[Tag]:
        """The codebook of the open project, in the analyst's order."""
        return self._session.read.tags() if self._session.has_project else []

    def put(self, tag: Tag) -> None:
        """Put a tag on the selected mark, or take it off."""
        if not self._session.may_change():
            return
        if self._session.annotation_id is None:
            self._session.tell(Notice(f"Select a mark first, then “{tag.name}” can be put on it."))
        else:
            self._session.toggle_tag([self._session.annotation_id], tag.id)

    def refresh(self) -> None:
        """Show the codebook as it is now, and which of its tags the selected mark has."""
        self.catching_up.drop()
        tags = self.tags()
        counts = self._session.read.tag_counts() if self._session.has_project else {}
        annotation = self._session.annotation if self._session.has_project else None
        on = annotation.tag_ids if annotation is not None else ()
        current = self.view.currentRow()
        self.view.clear()
        for depth, tag in nested(tags):
            item = QListWidgetItem(tag.name)
            item.setData(TAG_ROLE, tag)
            item.setData(COUNT_ROLE, counts.get(tag.id, 0))
            item.setData(ON_ROLE, tag.id in on)
            item.setData(DEPTH_ROLE, depth)
            used = self._used(tag.key)
            item.setData(USED_ROLE, bool(used))
            words = f"{tag.name}: {tag.meaning}" if tag.meaning else tag.name
            item.setToolTip(plain_tip(f"{words}\n{used}" if used else words))
            state = "on the selected mark" if tag.id in on else "not on the selected mark"
            key = used or f"key {tag.key or 'none'}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tag.name}, {key}, {state}")
            self.view.addItem(item)
        self.view.setCurrentRow(current)
        self.new_box.setEnabled(self._session.has_project)
        self.new_box.setVisible(not self._session.view_only)
        if self._header is not None:
            self._header.set_count(len(tags) if self._session.has_project else None)

    def _used(self, key: str | None) -> str:
        """Which action a tag's key works, as a few words; empty for a key that is free."""
        user = self._keys.user_of(key) if key else ""
        return f"{key} is used by “{user}”" if user else ""

    def _project_changed(self, changes: Changes) -> None:
        if changes.touches("tags", "annotation_tags"):
            self.catching_up.ask()
        if changes.touches("tags"):
            self.catching_up.now()

    def _add(self) -> None:
        taken = {tag.key for tag in self.tags()}
        key = next((free for free in KEYS if free not in taken and not self._keys.user_of(free)), None)
        if self._session.run(commands.add_tag, self.new.text(), key=key) is not None:
            self.new.clear()

    def _toggle(self, item: QListWidgetItem) -> None:
        self.put(item.data(TAG_ROLE))

    def _toggle_by_key(self, item: QListWidgetItem) -> None:
        if self.view.hasFocus():
            self.put(item.data(TAG_ROLE))

    def _menu_at(self, position: QPoint) -> None:
        item = self.view.itemAt(self.view.viewport().mapFromGlobal(position))
        menu = self.menu_of(item.data(TAG_ROLE) if item is not None else None)
        if not menu.isEmpty():
            menu.exec(position)
        menu.deleteLater()

    def menu_of(self, only: Tag | None) -> QMenu:
        """What can be done with a tag, or which tags can be edited; a key that an action uses is told."""
        menu = QMenu(self)
        for tag in self.tags() if only is None else [only]:
            used = self._used(tag.key)
            words = f"Edit “{tag.name}”…" if only is None else "Edit…"
            told = f"{words}   ({used})" if used else words
            edit = menu.addAction(told.replace("&", "&&"))  # one alone underlines a letter
            if only is None:
                edit.setIcon(square(tag.colour))
            edit.triggered.connect(lambda _checked=False, tag=tag: self.edit(tag))
        if only is not None:
            menu.addAction("Remove", lambda: self._remove(only))
        switch_off(menu, self._session.view_only)
        return menu

    def edit(self, tag: Tag) -> None:
        """The dialog for name, key, colour, meaning and place of a tag."""
        dialog = TagDialog(tag, self.tags(), self._keys, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._session.run(commands.edit_tag, tag.id, **dialog.columns())

    def _remove(self, tag: Tag) -> None:
        if not self._session.may_change():
            return
        self._session.run(commands.remove_tag, tag.id)
        self._session.tell_undoable(f"“{tag.name}” is removed from the codebook and from every mark.")
