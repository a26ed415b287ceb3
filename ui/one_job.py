"""Long work of which the window does one piece at a time: begun, told, given up and failed in one way for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotate.errors import AnnotateError
from ui.jobs import Job
from ui.session import Notice, Session

PATIENCE_SECONDS = 10
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
            self._job.stop(PATIENCE_SECONDS)

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
        in_bar: bool = True,
    ) -> Job | None:
        """Do `work` in a thread, then `done` with what it returned in the window's; not beside other work of its kind.

        `cancelled` is told where the work was given up, `at_fault` where the program failed. `done` may begin the next
        piece, or close the project. Without `in_bar`, the progress is shown elsewhere or not at all. Returns None where
        nothing was begun.
        """
        if self._is_taken():
            return None
        job = Job(label, work, self)

        def succeeded(value: object) -> None:
            self._let_go_of(job)
            done(value)

        job.succeeded.connect(succeeded)
        job.failed.connect(lambda error: self._failed(error, at_fault))
        if cancelled:
            job.cancelled.connect(lambda: self._say(cancelled))
        job.ended.connect(lambda: self._ended(job))
        self._job = job
        if in_bar:
            self.started.emit(job)
        job.start()
        return job

    def _drop(self) -> None:
        """Give up what is being done without waiting for its end: nobody wants to know what it comes to any more."""
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _failed(self, error: Exception, at_fault: str) -> None:
        if isinstance(error, AnnotateError):
            self._say(str(error), trouble=True)
        else:
            self._session.tell_fault(f"{at_fault} because of a fault in Provenote. The project is unharmed.", error)

    def _say(self, words: str, *, trouble: bool = False) -> None:
        """Tell why the work ended without what it was for."""
        self._session.tell(Notice(words, trouble=trouble))

    def _ended(self, job: Job) -> None:
        self._let_go_of(job)
        if not self.busy:  # what was read may be looked at now
            self.finished.emit()

    def _let_go_of(self, job: Job) -> None:
        if self._job is job:
            self._job = None
