"""Work that may wait until what is happening has happened: asked for many times, done once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from annotate.store.changes import Changes

_PORTIONS_EVERY_MS = 100


class Later(QObject):
    """Calls `act` once, when the event that is being handled is done, or a little later."""

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._step: int | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(act)

    @property
    def due(self) -> bool:
        return self._timer.isActive()

    def ask(self) -> None:
        self._timer.start(0)

    def ask_after(self, changes: Changes) -> bool:
        """Ask for what follows a change. Whether it is due with this event; False in the middle of an import, each of
        whose portions adds to the same step: it is done ten times a second then, since it costs more with every row."""
        if changes.step_id == self._step and changes.only_add:
            if not self.due:
                self._timer.start(_PORTIONS_EVERY_MS)
            return False
        self._step = changes.step_id
        self.ask()
        return True

    def now(self) -> None:
        """Do it at once if it is due."""
        if self.due:
            self._timer.stop()
            self._act()

    def drop(self) -> None:
        """It need not be done any more: another project is shown."""
        self._step = None
        self._timer.stop()
