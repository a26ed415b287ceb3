"""Writing the workbook from the window: in a thread, from a state of the project that edits meanwhile do not touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from annotate.errors import AnnotateError
from ui.jobs import Job
from ui.session import Notice, Session

if TYPE_CHECKING:
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
        self._target = Path()

    @property
    def busy(self) -> bool:
        return self._job is not None

    def write(self, target: Path) -> None:
        """Export the open project to `target`."""
        if self.busy:
            self._session.tell(Notice("An export is running. Wait for it to end, or cancel it."))
            return
        project, analyst = self._session.project, self._session.analyst
        self._target = target

        def work(job: Job) -> object:
            from annotate.report.workbook import export_workbook

            with project.reading_elsewhere() as reader:
                return export_workbook(reader, target, analyst=analyst, progress=job.progress)

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

    def _succeeded(self, report: Written) -> None:
        warnings = report.warnings
        words = f"{self._target.name} is written to {self._target.parent}."
        if warnings:
            words += f" {warnings[0]}" if len(warnings) == 1 else f" {len(warnings)} things to know about it."
        target = QUrl.fromLocalFile(str(self._target))
        open_it = lambda: QDesktopServices.openUrl(target)  # noqa: E731
        self._session.tell(Notice(words, details="\n".join(warnings), action="Open", act=open_it))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, AnnotateError):
            self._session.tell(Notice(str(error), trouble=True))
            return
        import traceback

        details = "".join(traceback.format_exception(error))
        words = f"{self._target.name} could not be written because of a fault in Provenote. The project is unharmed."
        self._session.tell(Notice(words, trouble=True, details=details))

    def _ended(self) -> None:
        self._job = None
        self.finished.emit()
