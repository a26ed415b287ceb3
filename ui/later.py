"""Work that may wait until what is happening has happened: asked for many times, done once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QObject):
    """Calls `act` once, when the event that is being handled is done, or a little later."""

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(act)

    @property
    def due(self) -> bool:
        return self._timer.isActive()

    def ask(self) -> None:
        self._timer.start(0)

    def ask_within(self, milliseconds: int) -> None:
        """Asked for again and again, it is done every so many milliseconds."""
        if not self.due:
            self._timer.start(milliseconds)

    def now(self) -> None:
        """Do it at once if it is due."""
        if self.due:
            self._timer.stop()
            self._act()

    def drop(self) -> None:
        """It need not be done any more."""
        self._timer.stop()
