"""The order in which Tab goes through a window whose parts come and go: that in which they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QWidget


def move_focus(parts: Iterable[QWidget], *, forward: bool) -> bool:
    """Put the focus on the next or previous stop in these parts, round from the last to the first; False without any.

    Qt's own chain is the order in which widgets were made, and chips and rows are made anew all the time.
    """
    stops = [stop for part in parts for stop in tab_stops(part)]
    if not stops:
        return False
    at = _place_of(QApplication.focusWidget(), stops)
    if at is None:
        at = -1 if forward else 0
    stop = stops[(at + (1 if forward else -1)) % len(stops)]
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(stop)
    return True


def _place_of(focused: QWidget | None, stops: Sequence[QWidget]) -> int | None:
    """Where the focus is; a segment that only arrows reach counts for the one of its control that Tab reaches."""
    if focused in stops:
        return stops.index(focused)
    group = None if focused is None else focused.parentWidget()
    return next((at for at, stop in enumerate(stops) if group is not None and stop.parentWidget() is group), None)


def _bring_into_view(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def tab_stops(widget: QWidget) -> list[QWidget]:
    """The widgets in one that Tab should go through, in the order in which its layouts show them."""
    stop = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    stops = [widget] if stop else []
    if isinstance(widget, QScrollArea):
        return stops + tab_stops(widget.widget())
    if isinstance(widget, QSplitter):
        return stops + [stop for at in range(widget.count()) for stop in tab_stops(widget.widget(at))]
    layout = widget.layout()
    return stops if layout is None else stops + _stops_in(layout)


def _stops_in(layout: QLayout) -> list[QWidget]:
    stops: list[QWidget] = []
    for position in range(layout.count()):
        item = layout.itemAt(position)
        inner, widget = item.layout(), item.widget()
        stops += _stops_in(inner) if inner is not None else tab_stops(widget) if widget is not None else []
    return stops
