"""A dock with the quiet header of this window: a title with a count, a few buttons, and a way to close it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

_HEIGHT = 36


class PanelHeader(QFrame):
    """Stands where Qt's own title bar would; dragging it moves the panel, as there."""

    def __init__(self, title: str, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setProperty("kind", "header")
        self._title = QLabel(title)
        self._title.setProperty("kind", "title")
        self._count = QLabel()
        self._count.setProperty("kind", "secondary")
        close = QToolButton(text="×", toolTip=f"Close “{title}” (View, Panels brings it back)")
        close.setAccessibleName(f"Close {title}")
        close.setProperty("kind", "quiet")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(dock.close)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 6, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addWidget(self._count, 1)
        self._row.addWidget(close)

    def set_count(self, count: int | None, note: str = "") -> None:
        """Show a number, and behind it a word on what it leaves out."""
        self._count.setText("" if count is None else " · ".join(filter(None, (f"{count:,}", note))))

    def tell(self, words: str) -> None:
        """Say in words what there is."""
        self._count.setText(words)

    def add(self, widget: QWidget) -> None:
        """Put a control before the closing button."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def show_instead(self, head: QWidget) -> None:
        """Put a head of the panel's own in the place of title and count."""
        for widget in (self._title, self._count):
            widget.hide()
        self._row.setContentsMargins(0, 0, 6, 0)
        self._row.insertWidget(0, head, 1)

    def sizeHint(self) -> QSize:
        """As high with buttons as without, so that nothing below moves when they come and go."""
        return super().sizeHint().expandedTo(QSize(0, _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _HEIGHT)


class Panel(QDockWidget):
    """One panel of the window; `name` keeps its place between starts."""

    def __init__(self, name: str, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.header = PanelHeader(title, self)
        self.setTitleBarWidget(self.header)
        self.setWidget(content)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.toggleViewAction().setText(f"{title} panel")
