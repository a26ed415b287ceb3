"""The panels around the reader: where they stand at first, which are open, and the order in which Tab goes through."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QWidget

from ui.later import Later
from ui.panel import Panel
from ui.panel_widths import PanelWidths
from ui.settings import Settings
from ui.tab_order import move_focus

_LEFT, _RIGHT, _BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
_PLACES = {
    "articles": ("Articles", _LEFT),
    "tags": ("Tags", _LEFT),
    "inspector": ("Record", _RIGHT),
    "history": ("History", _RIGHT),
    "annotations": ("Marks", _BOTTOM),
    "searching": ("Find in all articles", _BOTTOM),
}
"""In the order of the eye, the reader coming after the second."""
_WIDTHS = {"articles": 270, "tags": 270, "inspector": 340}
_BEHIND = {"history": "inspector", "searching": "annotations"}
"""Closed at first, and then as a tab in the place of another."""
_LEAST_BELOW = 280
"""Pixels of width, below which a panel beside the table gets half of the room again when it is shown."""
_BEFORE_READER = ("articles", "tags")


class Docks:
    """The panels of one window by name; each of `contents` is told its header through `put_header`.

    They and the reader have `take_focus`, which puts the focus where work in them begins; False without such a place.
    """

    def __init__(self, window: QMainWindow, reader: QWidget, contents: Mapping[str, QWidget]) -> None:
        self._window = window
        self._reader = reader
        window.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, _LEFT),
            (Qt.Corner.TopLeftCorner, _LEFT),
            (Qt.Corner.BottomRightCorner, _RIGHT),
            (Qt.Corner.TopRightCorner, _RIGHT),
        ):
            window.setCorner(corner, area)
        self.panels: dict[str, Panel] = {}
        for name, (title, area) in _PLACES.items():
            panel = self.panels[name] = Panel(name, title, contents[name], window)
            window.addDockWidget(area, panel)
            contents[name].put_header(panel.header)
        for name, front in _BEHIND.items():
            window.tabifyDockWidget(self.panels[front], self.panels[name])
            self.panels[name].hide()
        window.tabifiedDockWidgetActivated.connect(self._settle_tabs)
        self._on_demand: list[Panel] = []
        self._heights: dict[str, int] = {}
        panels = self.panels
        window.resizeDocks([panels[name] for name in _WIDTHS], list(_WIDTHS.values()), Qt.Orientation.Horizontal)
        window.resizeDocks([panels["articles"], panels["tags"]], [500, 250], Qt.Orientation.Vertical)
        window.resizeDocks([panels["annotations"]], [210], Qt.Orientation.Vertical)
        self.widths = PanelWidths(window, panels)

    def _settle_tabs(self) -> None:
        """Keep the focus out of the bars of panels in one place: F6 goes from panel to panel, and an empty bar, which
        Qt keeps, has no name. It makes them as it needs them, also where a hand puts one panel upon another."""
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def open_or_close(self, name: str) -> None:
        """Bring a panel to the front with the focus in it; close it where it has the focus already."""
        panel, focused = self.panels[name], QApplication.focusWidget()
        if not panel.isHidden() and focused is not None and panel.isAncestorOf(focused):
            panel.close()
            self._reader.take_focus()
        else:
            self.bring(name)

    def bring(self, name: str) -> None:
        """Bring a panel to the front with the focus in it."""
        panel = self.panels[name]
        panel.show()
        panel.raise_()
        self._settle_tabs()
        if not panel.property("given_room"):
            panel.setProperty("given_room", True)
            self._give_room(panel)
        panel.widget().take_focus()

    def _give_room(self, panel: Panel) -> None:
        """The first time that it is asked for, what is low gets a third of the window: lists of three lines are no
        use."""
        wanted = self._window.height() // 3
        if not panel.isFloating() and panel.height() < wanted:
            self._window.resizeDocks([panel], [wanted], Qt.Orientation.Vertical)

    def add_on_demand(self, name: str, title: str, content: QWidget) -> Panel:
        """A panel beside the table that is only there while it holds something; closed until it is asked for. Those
        that are there at once share one place."""
        panel = Panel(name, title, content, self._window)
        self._window.addDockWidget(_BOTTOM, panel)
        content.put_header(panel.header)
        panel.hide()
        self._on_demand.append(panel)
        sharing = Later(lambda: self._share_with(panel), panel)
        panel.visibilityChanged.connect(lambda shown: shown and sharing.ask())
        return panel

    def _share_with(self, panel: Panel) -> None:
        """When it is shown first, a panel gets half of the room, and later where little is left of it: Qt gives
        it the least it can do with. A third one in the row would leave none of them room for its name, so it goes into
        the place of the second."""
        table = self.panels["annotations"]
        if panel.isHidden() or table.isHidden() or panel.isFloating():
            return
        front = panel
        for beside in self._on_demand:
            apart = beside is not panel and not (beside.isHidden() or beside.isFloating())
            if apart and beside not in self._window.tabifiedDockWidgets(panel):
                front = beside if beside.property("in_front") else panel
                self._window.tabifyDockWidget(beside, panel)
                front.raise_()
                panel.setProperty("shared", False)
        self._settle_tabs()
        half = (table.width() + front.width()) // 2
        if not panel.property("shared"):
            self._give_room(front)
        elif min(table.width(), front.width()) >= min(_LEAST_BELOW, half - 1):
            return
        panel.setProperty("shared", True)
        self._window.resizeDocks([table, front], [half, half], Qt.Orientation.Horizontal)

    def show_in_front(self, panel: Panel, *, wanted: bool) -> None:
        """Show a panel before those that share its place, or hide it."""
        panel.setProperty("in_front", wanted)
        panel.setVisible(wanted)
        if wanted:
            panel.raise_()

    def remember(self, settings: Settings) -> None:
        """Keep how the panels stand, and how high those of a column are: Qt shows them in other heights again."""
        settings.layout = self._window.saveState(len(_PLACES))
        self._heights = {name: panel.height() for name, panel in self.panels.items() if self._is_in_column(panel)}
        settings.heights = self._heights

    def restore(self, settings: Settings) -> None:
        """Put the panels where they stood the last time; not where there were others then, for Qt would leave those
        that came since beside the rest and not in their places."""
        if settings.layout is not None:
            self._window.restoreState(settings.layout, len(_PLACES))
        self._heights = settings.heights

    def _is_in_column(self, panel: Panel) -> bool:
        return panel.isVisible() and not panel.isFloating() and self._window.dockWidgetArea(panel) in (_LEFT, _RIGHT)

    def follow_project(self, *, is_open: bool) -> None:
        """Hide all panels without a project; with one show those that were open."""
        for panel in self.panels.values():
            if not is_open:
                panel.setProperty("open", panel.isVisibleTo(self._window))
                panel.hide()
            elif panel.property("open") is not False:
                panel.show()
            panel.toggleViewAction().setEnabled(is_open)
        if is_open:
            self.widths.settle()
            known = {name: height for name, height in self._heights.items() if name in self.panels}
            panels = [self.panels[name] for name in known if self._is_in_column(self.panels[name])]
            heights = [known[panel.objectName()] for panel in panels]
            self._window.resizeDocks(panels, heights, Qt.Orientation.Vertical)
        self._settle_tabs()

    def step_panel(self, *, forward: bool) -> None:
        """Put the focus into the next or previous part that is open, round from the last to the first."""
        reader = self._window.centralWidget()
        parts: list[QWidget] = []
        for name, panel in self.panels.items():
            parts += [] if panel.isHidden() else [panel]
            if name == _BEFORE_READER[-1]:
                parts.append(reader)
        parts += [panel for panel in self._on_demand if not panel.isHidden()]
        focused = QApplication.focusWidget()
        here = next((part for part in parts if focused is not None and part.isAncestorOf(focused)), reader)
        step = 1 if forward else -1
        for away in range(1, len(parts) + 1):
            part = parts[(parts.index(here) + step * away) % len(parts)]
            content = part.widget() if isinstance(part, Panel) else self._reader
            if content.take_focus():
                part.raise_()  # it may lie behind another as a tab
                part.activateWindow()  # or float
                return

    def move_focus(self, toolbar: QWidget, *, forward: bool) -> bool:
        """Tab in the order in which the eye goes: down the left, the article, its record, the table below."""
        parts: list[QWidget] = [toolbar]
        for name, panel in self.panels.items():
            parts += [panel.header, panel.widget()]
            if name == _BEFORE_READER[-1]:
                parts.append(self._window.centralWidget())
        for panel in self._on_demand:
            parts += [panel.header, panel.widget()]
        return move_focus(parts, forward=forward)
