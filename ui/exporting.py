"""Exporting from the window: in a thread, from a state of the project that edits meanwhile do not touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from annotate import commands
from ui.jobs import Job
from ui.one_job import OneJob
from ui.session import Notice, Session

if TYPE_CHECKING:
    from annotate.handing_on import Order
    from annotate.writing import Written


class Exporting(OneJob):
    """One export at a time; the file that stood there before stays until the new one is whole."""

    BUSY = "An export is running. Wait for it to end, or cancel it."

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._order: Order | None = None

    def write(self, order: Order) -> None:
        """Export the open project as ordered."""
        if self._is_taken():
            return
        project, analyst = self._session.project, self._session.analyst
        self._order, target = order, order.target

        def work(job: Job) -> tuple[Written, int]:
            from annotate.handing_on import Handing
            from ui.reading_copy_pdf import write_pdf

            with project.reading_elsewhere(at_length=True) as reader:
                handing = Handing(reader, order, analyst=analyst)
                return handing.write(progress=job.progress, write_pdf=write_pdf), reader.newest_moment().change_id

        self._start(
            f"Writing {target.name}",
            work,
            self._succeeded,
            at_fault=f"{target.name} could not be written",
            cancelled="The export was cancelled; nothing was written.",
        )

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
