"""Long work off the window's thread: with progress, pieces handed over as they are ready, and a way to cancel it.

The window looks at the job every few milliseconds and takes pieces for a short while only, so that however many are
ready at once, it goes on answering; the work waits when it is too far ahead.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_LOOK_EVERY_MS = 10
_TAKE_FOR_SECONDS = 0.005
"""Well below what a hand notices, with time left for the piece that was begun and for painting."""
_AHEAD = 2
"""Pieces that may wait. Python runs one thread at a time: work that is far ahead took its turns from the window."""


class Job(QObject):
    """A function running in a thread. Its signals come in the thread that made the job."""

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
        self.stop_asked = threading.Event()
        """Set by `cancel`; for work that waits on it."""
        self._work = work
        self._pieces: queue.Queue[object] = queue.Queue(_AHEAD)
        self._progress: tuple[int, int] | None = None
        self._outcome: tuple[Any, object] | None = None
        # Its first word alone: the rest may name a file, and stacks that are written in a crash name threads.
        self._thread = threading.Thread(target=self._run, name=label.partition(" ")[0], daemon=True)
        self._is_over = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._thread.start()
        self._timer.start(_LOOK_EVERY_MS)

    def cancel(self) -> None:
        """Ask the work to end; what was not handed over yet is dropped."""
        self.stop_asked.set()

    def stop(self, seconds: float) -> None:
        """Cancel, and wait for the thread to end; where it does so in time, the job has ended on return."""
        self.cancel()
        self._thread.join(seconds)
        if not self._is_over:
            self._look()

    def wait(self, seconds: float) -> bool:
        """Hold the window up until the thread has ended, at most so long; whether it has, and so the job."""
        self._thread.join(seconds)
        if not self._thread.is_alive() and not self._is_over:
            self._look()
        return self._is_over

    # -- called by the work, in its thread ---------------------------------------------------------------------------

    def progress(self, done: int, total: int) -> bool:
        """Tell how far the work is; False once it is to end."""
        self._progress = (done, total)
        return not self.stop_asked.is_set()

    def deliver(self, piece: object) -> bool:
        """Hand over a piece, waiting while too many wait already; False once the work is to end."""
        while not self.stop_asked.is_set():
            try:
                self._pieces.put(piece, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def _run(self) -> None:
        try:
            self._outcome = (self.succeeded, self._work(self))
        except BaseException as error:  # handed to the window, which tells it
            self._outcome = (self.failed, error)

    # -- in the window's thread --------------------------------------------------------------------------------------

    def _look(self) -> None:
        ended = not self._thread.is_alive()  # asked first: what it handed over is in the queue by then
        if self._progress is not None:
            self.progressed.emit(*self._progress)
            self._progress = None
        until = time.monotonic() + _TAKE_FOR_SECONDS
        while not self.stop_asked.is_set() and time.monotonic() < until:
            try:
                piece = self._pieces.get_nowait()
            except queue.Empty:
                break
            self.delivered.emit(piece)
        if self._is_over:  # stopped by who was told
            return
        if ended and (self.stop_asked.is_set() or self._pieces.empty()):
            self._end()
        else:
            # Counted from now: a timer that ran on meanwhile would come before everything else that waits.
            self._timer.start(_LOOK_EVERY_MS if self._pieces.empty() else 0)

    def _end(self) -> None:
        self._is_over = True
        self._timer.stop()
        assert self._outcome is not None
        (outcome, value), self._outcome = self._outcome, None
        if self.stop_asked.is_set():
            self.cancelled.emit()
        else:
            outcome.emit(value)
        self.ended.emit()
        self.deleteLater()
