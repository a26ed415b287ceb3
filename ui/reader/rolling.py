"""Scrolls the text on while a hand holds something beyond its upper or lower border.

Qt does so for a drag over words. What is dragged here otherwise, an edge or words by words, must not end at the border
either.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QPlainTextEdit

INTERVAL = 60
"""Milliseconds from one step to the next."""
PIXELS_PER_LINE = 12
"""The further beyond the border the pointer is, the more lines a step has: one for so many pixels."""


class Rolling(QObject):
    def __init__(self, view: QPlainTextEdit, follow: Callable[[QPointF], None]) -> None:
        """`follow` is told the place at the border, in pixels of the viewport, to which more text came."""
        super().__init__(view)
        self._view = view
        self._follow = follow
        self._held = QPointF()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._step)

    @property
    def is_on(self) -> bool:
        """Whether the text is scrolling."""
        return self._timer.isActive()

    def hold(self, point: QPointF) -> QPointF:
        """The pointer is at a point (viewport): begins or ends scrolling; the nearest point within the viewport."""
        self._held = point
        if not self._beyond():
            self._timer.stop()
        elif not self.is_on:
            self._timer.start()
        return self._within()

    def stop(self) -> None:
        """Nothing is held any more."""
        self._timer.stop()

    def _beyond(self) -> float:
        """How many pixels above (negative) or below the viewport the pointer is."""
        below = self._held.y() - (self._view.viewport().height() - 1)
        return min(self._held.y(), 0.0) + max(below, 0.0)

    def _within(self) -> QPointF:
        height = self._view.viewport().height()
        return QPointF(self._held.x(), min(max(self._held.y(), 0.0), height - 1.0))

    def _step(self) -> None:
        beyond = self._beyond()
        lines = 1 + int(abs(beyond) / PIXELS_PER_LINE)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (lines if beyond > 0 else -lines))
        self._follow(self._within())
