"""The toolbar: import, the three big verbs with their keys, tag, undo and redo, commands, the way out to Excel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolBar,
    QToolButton,
    QWidget,
)

from annotate.vocabulary import Kind
from ui.actions import ActionSet
from ui.style import restyle
from ui.swatches import square
from ui.theme import Theme

_VERBS = {"mark_claim": Kind.CLAIM, "mark_figure": Kind.FIGURE, "mark_source": Kind.SOURCE}


class KeyedButton(QToolButton):
    """A button of the toolbar that shows the key of its action as a cap."""

    def __init__(self, action: QAction, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tool")
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._swatch = QLabel()
        self._swatch.setVisible(False)
        self._label = QLabel(label)
        self._key = QLabel()
        self._key.setProperty("kind", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(7)
        for part in (self._swatch, self._label, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        action.changed.connect(self._follow)
        self._follow()

    def show_colour(self, ink: str) -> None:
        self._swatch.setPixmap(square(ink).pixmap(QSize(12, 12), self.devicePixelRatioF()))
        self._swatch.setVisible(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame only: words and key are labels of their own."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _shows(self, key: str) -> bool:
        """Longer keys are in the tool tip; they would push the buttons out of the window."""
        return len(key) == 1

    def _follow(self) -> None:
        key = self.defaultAction().shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if key != self._key.text() or self._key.isHidden() == self._shows(key):
            self._key.setText(key)
            self._key.setVisible(self._shows(key))
            self.updateGeometry()
        self._label.setEnabled(self.isEnabled())
        self._key.setEnabled(self.isEnabled())


class CommandField(KeyedButton):
    """Looks like the line for typing that it opens."""

    WIDTH = 270

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action, "Search or run a command", parent)
        self.setProperty("kind", "search")
        self._label.setProperty("kind", "secondary")
        restyle(self._label)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _shows(self, key: str) -> bool:
        return bool(key)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self.WIDTH, 0))


class MainToolBar(QToolBar):
    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Toolbar", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._verbs: dict[Kind, KeyedButton] = {}
        self.addWidget(KeyedButton(actions["import_files"], "+ Import"))
        self.addSeparator()
        for name, kind in _VERBS.items():
            button = self._verbs[kind] = KeyedButton(actions[name], kind.label)
            self.addWidget(button)
        self.addWidget(KeyedButton(actions["tag"], "# Tag"))
        self.addSeparator()
        self.addWidget(KeyedButton(actions["undo"], "↶ Undo"))
        self.addWidget(KeyedButton(actions["redo"], "↷ Redo"))
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self.command_field = CommandField(actions["command_palette"])
        self._command_place = self.addWidget(self.command_field)
        export = QToolButton()
        actions["export_workbook"].setIconText("Export")
        export.setDefaultAction(actions["export_workbook"])
        export.setProperty("kind", "primary")
        export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(export)
        self.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the commands' field out before anything else has to go: its key does the same."""
        super().resizeEvent(event)
        field = self.command_field.sizeHint().width() + self.layout().spacing()
        others = self.sizeHint().width() - (field if self._command_place.isVisible() else 0)
        self._command_place.setVisible(self.width() >= others + field)

    def set_theme(self, theme: Theme) -> None:
        for kind, button in self._verbs.items():
            button.show_colour(theme.ink(kind))
