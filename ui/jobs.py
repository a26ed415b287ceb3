"""Long work off the window's thread: one job at a time, with progress, and a way to cancel it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal


class Job(QObject):
    """A function running in a thread. Its signals arrive in the thread that made the job."""

    progressed = Signal(int, int)
    """Done and total, in the job's own unit."""
    delivered = Signal(object)
    """A piece of the result, where the work hands over pieces."""
    succeeded = Signal(object)
    failed = Signal(object)
    """The exception."""
    cancelled = Signal()
    ended = Signal()
    """After succeeded, failed or cancelled."""

    def __init__(self, label: str, work: Callable[[Job], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._work = work
        self.stop_asked = threading.Event()
        """Set by `cancel`; for work that waits on it."""
        self._thread = threading.Thread(target=self._run, name=label, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self.stop_asked.set()

    def progress(self, done: int, total: int) -> bool:
        """Called by the work; False once `cancel` was called, and the work is to end."""
        self.progressed.emit(done, total)
        return not self.stop_asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread to end; True where it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        value: object
        try:
            result = self._work(self)
        except Exception as error:  # handed to the window, which tells it
            outcome, value = self.failed, error
        else:
            outcome, value = self.succeeded, result
        if self.stop_asked.is_set():
            self.cancelled.emit()
        else:
            outcome.emit(value)
        self.ended.emit()
