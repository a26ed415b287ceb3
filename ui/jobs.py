"""Long work off the window's thread: one job at a time, with progress, and a way to cancel it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal


class Cancelled(Exception):
    """Raised inside a job by `Progress` once the analyst has asked to stop."""


class Progress(Protocol):
    """What a job calls as it goes on; raises Cancelled when it is to stop."""

    def __call__(self, done: int, total: int) -> None: ...


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

    def progress(self, done: int, total: int) -> None:
        """Called by the work. Raises Cancelled once `cancel` was called."""
        if self.stop_asked.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def wait(self, seconds: float) -> bool:
        """Wait for the thread to end; True where it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            result = self._work(self)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # handed to the window, which tells it
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        self.ended.emit()
