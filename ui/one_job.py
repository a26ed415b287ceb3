"""Long work of which the window does one piece at a time: begun, told, given up and failed in one way for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotate.errors import AnnotateError
from ui.jobs import Job
from ui.session import Notice, Session

_PATIENCE_SECONDS = 10
"""For a big file that is being read or written when the project is closed."""


class OneJob(QObject):
    """What a part of the window inherits that reads or writes files off the window's thread."""

    BUSY = ""
    """What is told where a second piece is asked for."""

    started = Signal(object)
    """The Job, for the progress bar."""
    finished = Signal()
    """Nothing is being done any more; the outcome was told before."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        session.project_closing.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def stop(self) -> None:
        """Give up what is being done; nothing is half done then."""
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)

    def _is_taken(self) -> bool:
        """Whether something is being done already; if so, that is told."""
        if self.busy:
            self._session.tell(Notice(self.BUSY))
        return self.busy

    def _start(
        self,
        label: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], object],
        *,
        at_fault: str,
        cancelled: str = "",
    ) -> None:
        """Do `work` in a thread, then `done` with what it returned in the window's; not beside other work of its kind.

        `cancelled` is told where the work was given up, `at_fault` where the program failed.
        """
        if self._is_taken():
            return
        job = self._job = Job(label, work, self)
        job.succeeded.connect(done)
        job.failed.connect(lambda error: self._failed(error, at_fault))
        if cancelled:
            job.cancelled.connect(lambda: self._session.tell(Notice(cancelled)))
        job.ended.connect(self._ended)
        self.started.emit(job)
        job.start()

    def _failed(self, error: Exception, at_fault: str) -> None:
        if isinstance(error, AnnotateError):
            self._session.tell(Notice(str(error), trouble=True))
        else:
            self._session.tell_fault(f"{at_fault} because of a fault in Provenote. The project is unharmed.", error)

    def _ended(self) -> None:
        self._job = None
        if not self.busy:  # what was read may be looked at now
            self.finished.emit()
