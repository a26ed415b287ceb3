"""The dialog in which commands get other keys: choose a command, press the key; what stands in the way is said at once.

Every change holds as soon as it is made. A key that another command or a tag has is moved only when asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotate import commands
from annotate.model import Tag
from annotate.store.changes import Changes
from ui.actions import ACTIONS, MENUS
from ui.dialog_frame import column_of, size_of
from ui.key_field import KeyField
from ui.keymap import MOST_KEYS, Keymap, native, refusal
from ui.keys import Keys, label_of
from ui.session import Session
from ui.style import restyle

NAME_ROLE = Qt.ItemDataRole.UserRole
"""Name of the action of a row."""
_SPECS = {spec.name: spec for spec in ACTIONS}
_COMMAND, _KEYS, _USUALLY = range(3)
_AGREE = "Use it here"


class KeysDialog(QDialog):
    def __init__(self, keys: Keys, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._session = session
        self._name = ACTIONS[0].name
        self._act: Callable[[], None] | None = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Change keys")
        self.search = QLineEdit(placeholderText="Search commands or keys")
        self.search.setAccessibleName("Search commands or keys")
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.tree = self._tree()
        self.command = QLabel()
        self.command.setProperty("kind", "title")
        self.fields = (KeyField("Key"), KeyField("Second key"))
        self.no_key = tuple(QPushButton("No key", accessibleName=words) for words in ("No key", "No second key"))
        self.usual = QPushButton()
        self.all_usual = QPushButton("All back to the usual keys")
        self.all_usual.setToolTip("Every command gets its usual keys again")
        self.said = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing() + 2)
        self.answer = QPushButton()
        self.answer.setProperty("kind", "primary")
        self.tags = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.tags.setProperty("kind", "secondary")
        self._lay_out()

        self.search.textChanged.connect(self._filter)
        self.tree.currentItemChanged.connect(self._current_changed)
        self.tree.itemActivated.connect(lambda _item: self.fields[0].setFocus())
        for place, field in enumerate(self.fields):
            field.key_pressed.connect(partial(self._take, place))
            field.agreed.connect(self._agree)
            self.no_key[place].clicked.connect(lambda _checked, place=place: self._take(place, ""))
        self.usual.clicked.connect(self._back)
        self.all_usual.clicked.connect(self._all_back)
        self.answer.clicked.connect(self._agree)
        keys.changed.connect(self._refresh)
        session.project_changed.connect(self._follow)
        self._refresh()
        self.choose(self._name)
        self.search.setFocus()

    def choose(self, name: str) -> None:
        """Show the keys of an action."""
        self.tree.setCurrentItem(self._items[name])
        self.tree.scrollToItem(self._items[name])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on from what is searched into the list, and from there to the key."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.tree.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.fields[0].setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- building ------------------------------------------------------------------------------------------------

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("Commands")
        tree.setHeaderLabels(["Command", "Keys", "Usually"])
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setIndentation(14)
        tree.setUniformRowHeights(True)
        bold = QFont(tree.font())
        bold.setBold(True)
        for menu in MENUS:
            heading = QTreeWidgetItem(tree, [menu])
            heading.setFont(_COMMAND, bold)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFirstColumnSpanned(True)
            for spec in ACTIONS:
                if spec.menu == menu:
                    item = self._items[spec.name] = QTreeWidgetItem(heading, [label_of(spec)])
                    item.setData(_COMMAND, NAME_ROLE, spec.name)
                    item.setToolTip(_COMMAND, spec.tip)
        tree.expandAll()
        head = tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_COMMAND, QHeaderView.ResizeMode.Stretch)
        for section in (_KEYS, _USUALLY):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self) -> None:
        for button in (*self.no_key, self.usual, self.all_usual, self.answer):
            button.setAutoDefault(False)  # Enter is for what was asked
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.addButton(self.all_usual, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, (field, button) in enumerate(zip(self.fields, self.no_key, strict=True)):
            row.addSpacing(8 * place)
            row.addWidget(QLabel(field.accessibleName(), buddy=field))
            row.addWidget(field, 1)
            row.addWidget(button)
        title = QHBoxLayout()
        title.addWidget(self.command, 1)
        title.addWidget(self.usual)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self.said, 1)
        answer.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        column = column_of(self)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(title)
        column.addLayout(row)
        column.addLayout(answer)
        column.addWidget(self.tags)
        column.addWidget(buttons)
        unit = self.fontMetrics().lineSpacing()
        size_of(self, 44 * unit, 40 * unit)

    # -- showing -------------------------------------------------------------------------------------------------

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        name = item.data(_COMMAND, NAME_ROLE) if item is not None else None
        if name is not None:
            self._name = name
            self._say("")
            self._show_command()

    def _refresh(self) -> None:
        """Show the keys as they are now."""
        keymap = self._keys.keymap
        for name, item in self._items.items():
            item.setText(_KEYS, _listed(keymap.keys(name)))
            item.setText(_USUALLY, (_listed(keymap.usual[name]) or "no key") if name in keymap.changes else "")
        self.all_usual.setEnabled(bool(keymap.changes))
        self._show_command()
        self._name_tags()

    def _show_command(self) -> None:
        keymap, spec = self._keys.keymap, _SPECS[self._name]
        keys = keymap.keys(self._name)
        self.command.setText(f"{spec.menu}: {label_of(spec)}")
        for place, (field, button) in enumerate(zip(self.fields, self.no_key, strict=True)):
            has = place < len(keys)
            field.show_key(keys[place] if has else "")
            field.setEnabled(place <= len(keys))
            field.setAccessibleDescription(f"of “{label_of(spec)}”. Press the new key; Backspace takes it off.")
            button.setEnabled(has)
        usual = _listed(keymap.usual[self._name]) or "no key"
        self.usual.setText(f"Back to the usual: {usual}")
        self.usual.setEnabled(self._name in keymap.changes)

    def _name_tags(self) -> None:
        used = [
            f"The tag “{tag.name}” has the key {tag.key}, which is used by “{user}”."
            for tag in self._tags()
            if tag.key and (user := self._keys.user_of(tag.key))
        ]
        self.tags.setText(" ".join(used))
        self.tags.setVisible(bool(used))

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        first: QTreeWidgetItem | None = None
        for name, item in self._items.items():
            keys = self._keys.keymap.keys(name)
            everything = " ".join((_SPECS[name].menu, item.text(_COMMAND), *keys, *map(native, keys))).casefold()
            item.setHidden(not all(word in everything for word in words))
            if first is None and not item.isHidden():
                first = item
        for heading in _top_items(self.tree):
            heading.setHidden(all(heading.child(row).isHidden() for row in range(heading.childCount())))
        if first is None:
            self._say("No command has these words or this key.")
        elif self._items[self._name].isHidden():
            self.tree.setCurrentItem(first)
        else:
            self._say("")

    def _follow(self, changes: Changes) -> None:
        if changes.touches("tags"):
            self._name_tags()

    def _say(
        self, words: str, answer: str = "", act: Callable[[], None] | None = None, *, warning: bool = False
    ) -> None:
        self._act = act
        self.said.setText(words or "Click into a field and press the new key. Backspace takes a key off.")
        self.said.setAccessibleName(self.said.text())
        self.said.setProperty("kind", "warning" if warning else "" if words else "secondary")
        restyle(self.said)
        self.answer.setText(answer or _AGREE)  # even hidden it has a name
        self.answer.setVisible(bool(answer))

    # -- changing ------------------------------------------------------------------------------------------------

    def _take(self, place: int, key: str) -> None:
        """Give the shown action a key, or say what stands in the way."""
        self._show_command()  # without a key that was asked about
        keymap, name = self._keys.keymap, self._name
        keys, label, shown = keymap.keys(name), label_of(_SPECS[name]), native(key)
        owner = keymap.owner(key)
        if not key:
            if place < len(keys):
                self._change(keymap.with_key(name, place, ""), f"{native(keys[place])} works “{label}” no more.")
            return
        if owner == name:
            self._say(f"{shown} works “{label}” already.")
        elif (reason := refusal(key)) and key not in keymap.usual[name]:
            self._say(reason, warning=True)
        elif owner is not None:
            user = label_of(_SPECS[owner])
            self._ask(place, key, f"{shown} is already “{user}”. Use it here instead?", partial(self._put, place, key))
        elif (tag := next((tag for tag in self._tags() if tag.key == key), None)) is not None:
            words = f"{shown} is already the key of the tag “{tag.name}”. Use it here instead?"
            self._ask(place, key, words, partial(self._put, place, key, tag))
        else:
            self._put(place, key)

    def _ask(self, place: int, key: str, words: str, act: Callable[[], None]) -> None:
        self.fields[place].show_key(key)
        self._say(words, _AGREE, act, warning=True)

    def _agree(self) -> None:
        if self._act is not None:
            self._act()

    def _put(self, place: int, key: str, tag: Tag | None = None) -> None:
        if tag is not None and not self._session.may_change():
            return
        if tag is not None:
            self._session.run(commands.edit_tag, tag.id, key=None)
        label = label_of(_SPECS[self._name])
        self._change(self._keys.keymap.with_key(self._name, place, key), f"{native(key)} works “{label}” now.")
        self.fields[place].setFocus()

    def _back(self) -> None:
        keymap, name = self._keys.keymap, self._name
        self._change(keymap.usually(name), f"“{label_of(_SPECS[name])}” has its usual keys again.")

    def _all_back(self) -> None:
        before = self._keys.keymap
        self._keys.change(before.all_usual())
        self._say("Every command has its usual keys again.", "Take that back", partial(self._change, before, ""))

    def _change(self, keymap: Keymap, words: str) -> None:
        """Work with other keys now; name those actions that lost their last key by it."""
        before = self._keys.keymap
        self._keys.change(keymap)
        lost = [
            f"“{label_of(spec)}” has no key now."
            for spec in ACTIONS
            if spec.name != self._name and before.keys(spec.name) and not keymap.keys(spec.name)
        ]
        self._say(" ".join(filter(None, (words, *lost))))

    def _tags(self) -> list[Tag]:
        return self._session.read.tags() if self._session.has_project else []


def _listed(keys: tuple[str, ...]) -> str:
    return "  ".join(map(native, keys[:MOST_KEYS]))


def _top_items(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item is not None:
            yield item
