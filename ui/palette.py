"""The command palette: every action, panel, tag, project of late and article behind one line of typing.

Who has forgotten a key, or never learned it, types a few letters of what they want; the row then shows the key for
the next time. Rows come from the declared actions alone, so that a new action is here without anybody thinking of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.actions import ACTIONS, ActionSet
from ui.announcing import announce
from ui.palette_rows import Row, article_rows
from ui.plain_tips import plain_tip
from ui.session import Session
from ui.style import mixed
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

NAME = "command_palette"
"""The action that opens the palette; it is not offered inside."""

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_SIZE = QSize(620, 430)
_TOP = 72
"""Pixels from the top of the window, so that the line stands where the eye is and below the toolbar."""


class PaletteRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


class PaletteModel(QAbstractListModel):
    """The rows that hold all the words typed, best first; what cannot be used now comes last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[str, str, Row]] = []
        self._shown: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown now."""
        return tuple(self._shown)

    def offer(self, rows: Sequence[Row]) -> None:
        """Other rows to choose from, all of them shown."""
        self._all = [
            (_folded(row.label), _folded(f"{row.label} {row.place} {row.key} {row.more}"), row) for row in rows
        ]
        self.filter("")

    def filter(self, typed: str, found: Sequence[Row] = (), last: Sequence[Row] = ()) -> None:
        """Show the rows that hold all words; `found` are those that these words name, and come first."""
        words = _folded(typed).split()
        hits = [(label, row) for label, everything, row in self._all if all(word in everything for word in words)]
        hits.sort(key=lambda hit: (not hit[1].enabled, _rank(hit[0], words)))
        self.beginResetModel()
        self._shown = [*found, *(row for _label, row in hits), *last]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._shown[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.label, row.place, row.detail, row.key)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (row.label, row.more))))
        return row if role == PaletteRole.ROW else None


class PaletteDelegate(QStyledItemDelegate):
    """The label, then more quietly what is missing or whose article it is; menu and key at the right."""

    PADDING = 10
    GAP = 10
    KEY_ROOM = 124
    """Pixels kept for keys in every row, so that the menus stand in one column; longer keys take more."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(_SIZE.width() // 2, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(PaletteRole.ROW)
        theme, rect, metrics = self.theme, option.rect, option.fontMetrics
        secondary = theme.secondary if row.enabled else mixed(theme.panel, theme.secondary, 0.75)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        elif row.enabled and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))

        right = rect.right() - self.PADDING
        painter.setPen(QColor(secondary))
        if row.key:
            cap = QRect(0, 0, metrics.horizontalAdvance(row.key) + 10, metrics.height() + 2)
            cap.moveCenter(rect.center())
            cap.moveRight(right)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, row.key)
            painter.setPen(QColor(theme.line))
            painter.drawRoundedRect(cap, 3, 3)
            painter.setPen(QColor(secondary))
            right = min(cap.left() - self.GAP, right - self.KEY_ROOM)
        else:
            right -= self.KEY_ROOM
        room = QRect(rect.left() + self.PADDING, rect.top(), right - rect.left() - self.PADDING, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.place)
        room.setRight(room.right() - metrics.horizontalAdvance(row.place) - self.GAP)

        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(theme.text if row.enabled else secondary))
        painter.drawText(room, left, label)
        room.setLeft(room.left() + metrics.horizontalAdvance(label) + self.GAP)
        if row.detail and room.width() > 3 * self.GAP:
            painter.setPen(QColor(secondary))
            painter.drawText(room, left, metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room.width()))
        painter.restore()


class CommandPalette(QFrame):
    """A popup in the upper middle of its window; it closes before it runs what was chosen."""

    def __init__(self, actions: ActionSet, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setProperty("kind", "picker")
        self._actions = actions
        self._window = window
        self._sources: list[Callable[[], Iterable[Row]]] = [self._action_rows, lambda: article_rows(session)]
        self._finders: list[Callable[[str], Iterable[Row]]] = []
        self._last_finders: list[Callable[[str], Iterable[Row]]] = []
        self.model = PaletteModel(self)
        self.line = QLineEdit(placeholderText="Search or run a command")
        self.line.setAccessibleName("Search or run a command")
        self.line.setProperty("kind", "search")
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.view = QListView()
        self.view.setAccessibleName("Commands and articles")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self._delegate = PaletteDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.view.setModel(self.model)
        self.view.clicked.connect(self._run)
        self.view.selectionModel().currentChanged.connect(self._tell)
        nothing = QLabel("No command and no article has these words.", alignment=Qt.AlignmentFlag.AlignCenter)
        nothing.setProperty("kind", "secondary")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addLayout(self._stack)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme

    def offer_also(self, rows: Callable[[], Iterable[Row]]) -> None:
        """Ask for these rows, too, whenever the palette opens."""
        self._sources.insert(-1, rows)  # before the articles, which may be many

    def find_also(self, finder: Callable[[str], Iterable[Row]]) -> None:
        """Ask for what the words name, too, whenever something is typed."""
        self._finders.append(finder)

    def find_last(self, finder: Callable[[str], Iterable[Row]]) -> None:
        """Ask for what can be done with the words themselves, too; that stands below all others."""
        self._last_finders.append(finder)

    def open(self) -> None:
        """Offer what there is now, with nothing typed yet."""
        self.model.offer([row for rows in self._sources for row in rows()])
        self.line.clear()
        self._narrow("")
        self.resize(_SIZE.boundedTo(self._window.size() - QSize(40, _TOP + 20)))
        self.move(self._window.mapToGlobal(QPoint((self._window.width() - self.width()) // 2, _TOP)))
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the list its keys while the cursor stays in the line."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                QApplication.sendEvent(self.view, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.view.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        found, last = (
            [row for find in finders for row in find(typed)] for finders in (self._finders, self._last_finders)
        )
        self.model.filter(typed, found, last)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        first = self.model.index(0)
        self.view.setCurrentIndex(first if first.flags() & Qt.ItemFlag.ItemIsEnabled else QModelIndex())
        self.view.scrollToTop()

    def _tell(self, index: Index) -> None:
        """The focus stays in the line, so a screen reader would not notice where in the list one is."""
        announce(self.line, index.data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _run(self, index: Index) -> None:
        row: Row | None = index.data(PaletteRole.ROW)
        if row is None or not row.enabled:
            return
        self.close()  # first, so that what runs finds the focus where it was
        row.run()

    def _action_rows(self) -> Iterator[Row]:
        for spec in ACTIONS:
            action = self._actions[spec.name]
            if spec.name == NAME or not action.isVisible():
                continue
            missing = self._actions.missing(spec.name)
            key = self._actions.key(spec.name)
            label = action.text().replace("&&", "&")  # as menus want it
            yield Row(spec.name, label, spec.menu, action.trigger, missing, key, spec.tip, not missing)


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def _rank(label: str, words: Sequence[str]) -> int:
    """Labels that begin with what was typed, then those with words that do, then those that hold it, then the rest."""
    if label.startswith(" ".join(words)):
        return 0
    if all(f" {word}" in f" {label}" for word in words):
        return 1
    return 2 if all(word in label for word in words) else 3
