"""Exporting from the window: in a thread, from a state of the project that edits meanwhile do not touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from annotate import commands
from annotate.errors import AnnotateError
from ui.jobs import Job
from ui.session import Notice, Session

if TYPE_CHECKING:
    from annotate.handing_on import Order
    from annotate.writing import Written

_PATIENCE_SECONDS = 10
"""For a sheet that is being written."""


class Exporting(QObject):
    """One export at a time; the file that stood there before stays until the new one is whole."""

    started = Signal(object)
    """The Job, for the progress bar."""
    finished = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.project_closing.connect(self.stop)
        self._job: Job | None = None
        self._order: Order | None = None

    @property
    def busy(self) -> bool:
        return self._job is not None

    def write(self, order: Order) -> None:
        """Export the open project as ordered."""
        if self.busy:
            self._session.tell(Notice("An export is running. Wait for it to end, or cancel it."))
            return
        project, analyst = self._session.project, self._session.analyst
        self._order, target = order, order.target

        def work(job: Job) -> tuple[Written, int]:
            from annotate.handing_on import Handing
            from ui.reading_copy_pdf import write_pdf

            with project.reading_elsewhere(at_length=True) as reader:
                handing = Handing(reader, order, analyst=analyst)
                return handing.write(progress=job.progress, write_pdf=write_pdf), reader.newest_moment().change_id

        job = Job(f"Writing {target.name}", work, self)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._failed)
        job.cancelled.connect(lambda: self._session.tell(Notice("The export was cancelled; nothing was written.")))
        job.ended.connect(self._ended)
        self._job = job
        self.started.emit(job)
        job.start()

    def stop(self) -> None:
        """End a running export; what stood in its place before still does."""
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)

    def _succeeded(self, done: tuple[Written, int]) -> None:
        written, last_change = done
        order = self._order
        assert order is not None
        warnings, place = written.warnings, written.path
        if order.is_baseline and not self._session.view_only:
            self._session.run(commands.note_export, place.name, last_change)
        words = f"{place.name} is written to {place.parent}."
        if warnings:
            words += f" {warnings[0]}" if len(warnings) == 1 else f" {len(warnings)} things to know about it."
        target = QUrl.fromLocalFile(str(place))
        open_it = lambda: QDesktopServices.openUrl(target)  # noqa: E731
        self._session.tell(Notice(words, details="\n".join(warnings), action="Open", act=open_it))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, AnnotateError):
            self._session.tell(Notice(str(error), trouble=True))
            return
        name = self._order.target.name if self._order is not None else "The file"
        words = f"{name} could not be written because of a fault in Provenote. The project is unharmed."
        self._session.tell_fault(words, error)

    def _ended(self) -> None:
        self._job = None
        self.finished.emit()
