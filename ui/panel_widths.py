"""Panels squeezed by a narrow window come back to the widths the analyst gave them when it grows again.

Qt takes the room from the panels when a window shrinks and never gives it back; without a least width nothing in them
can be read.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow

from ui.later import Later
from ui.panel import Panel

LEAST = {"articles": 220, "tags": 220, "inspector": 290, "history": 250}
"""Pixels, by the names of the panels at the sides."""
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
_LEAST_READER = 360
_READER = 440
"""Pixels for the article, before the panels get more than their least."""


class PanelWidths(QObject):
    """Follows the window's size, and the hand that moves a splitter."""

    def __init__(self, window: QMainWindow, panels: Mapping[str, Panel]) -> None:
        super().__init__(window)
        self._window = window
        self._sides = {name: panels[name] for name in LEAST}
        self._wanted: dict[str, int] = {}
        self._fitting = Later(self._fit, self)
        self._moved = Later(self.remember, self)
        for name, panel in self._sides.items():
            panel.widget().setMinimumWidth(LEAST[name])
        window.centralWidget().setMinimumWidth(_LEAST_READER)
        window.installEventFilter(self)

    def settle(self) -> None:
        """The panels are shown: how wide they are at first, or were left the last time, is what is wanted."""
        if not self._wanted:
            self._moved.ask()

    def remember(self) -> None:
        """The panels are as wide as the analyst wants them."""
        self._wanted |= {name: panel.width() for name, panel in self._beside().items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fitting.ask()
        elif event.type() == QEvent.Type.MouseButtonRelease:  # of the window itself: a splitter was let go
            self._moved.ask()
        return super().eventFilter(watched, event)

    def _beside(self) -> dict[str, Panel]:
        """The panels that take room from the article's sides."""
        return {name: panel for name, panel in self._sides.items() if panel.isVisible() and self._is_beside(panel)}

    def _is_beside(self, panel: Panel) -> bool:
        return not panel.isFloating() and self._window.dockWidgetArea(panel) in _SIDES

    def _fit(self) -> None:
        if not self._wanted:
            self.remember()
            return
        panels = self._beside()
        given = {name: max(LEAST[name], self._wanted.get(name, panel.width())) for name, panel in panels.items()}
        columns = {self._window.dockWidgetArea(panel): name for name, panel in panels.items()}
        least = sum(LEAST[name] for name in columns.values())
        wanted = sum(given[name] for name in columns.values())
        room = self._window.width() - _READER
        part = min(max(0.0, (room - least) / max(1, wanted - least)), 1.0)
        widths = [LEAST[name] + round((given[name] - LEAST[name]) * part) for name in panels]
        if panels and widths != [panel.width() for panel in panels.values()]:
            self._window.resizeDocks(list(panels.values()), widths, Qt.Orientation.Horizontal)
