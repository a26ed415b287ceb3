"""Taking in claims lists from the window: read in a thread, looked over in a dialog, written as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotate.project import Project
from ui.jobs import Job
from ui.one_job import OneJob
from ui.session import Session
from ui.waiting_pointer import waiting

if TYPE_CHECKING:
    from annotate.exchange.hand_kept import HandKeptSheet, ListColumns
    from ui.hand_kept_dialog import HandKeptDialog


class ClaimsLists(OneJob):
    """One list at a time."""

    BUSY = "A claims list is being taken in. Decide about that one first."

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(session, over)
        self._over = over
        self._project: Project | None = None
        self._path = Path()
        self.dialog: HandKeptDialog | None = None
        """The dialog that is open."""

    @property
    def busy(self) -> bool:
        return super().busy or self.dialog is not None

    def take(self, path: Path, encoding: str | None = None) -> None:
        """Read a list and ask what its columns hold."""
        if self._is_taken():
            return
        self._project, self._path = self._session.project, path

        def work(_job: Job) -> HandKeptSheet:
            from annotate.exchange.hand_kept import read_sheet_file

            return read_sheet_file(path, encoding)

        self._start(f"Reading {path.name}", work, self._read, at_fault=f"{path.name} could not be read")

    def stop(self) -> None:
        """Give up what is being read or looked over; nothing is written."""
        super().stop()
        if self.dialog is not None:
            self.dialog.reject()

    def _read(self, sheet: HandKeptSheet) -> None:
        from ui.hand_kept_dialog import HandKeptDialog

        project = self._project
        if project is None or not self._session.has_project or self._session.project is not project:
            return

        def look(job: Job, columns: ListColumns) -> object:
            from annotate.commands.hand_kept import plan_list

            with project.reading_elsewhere(at_length=True) as reader:
                return plan_list(reader, sheet, columns, job.progress)

        dialog = self.dialog = HandKeptDialog(sheet, look, self._over)  # type: ignore[arg-type]
        dialog.accepted.connect(self._write)
        dialog.rejected.connect(self._close)
        dialog.encoding_asked.connect(self._ask_encoding)
        dialog.open()

    def _ask_encoding(self) -> None:
        from ui.review.encoding_dialog import EncodingDialog, sample_of

        assert self.dialog is not None
        sheet = self.dialog.sheet
        asking = EncodingDialog(sheet.name, sample_of(self._path), sheet.encoding_guessed, self.dialog)
        asking.accepted.connect(lambda: self._again(asking.encoding() or None))
        asking.open()

    def _again(self, encoding: str | None) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.take(self._path, encoding)

    def _write(self) -> None:
        from annotate.commands.hand_kept import take_in_list

        dialog = self.dialog
        if dialog is None or dialog.plan is None:
            return
        plan = dialog.plan
        self._close()
        with waiting():  # one transaction, of the thread that has the project
            taken = self._session.run(take_in_list, plan)
        if taken is None:
            return
        if taken.first_id is not None:
            self._session.select(taken.first_id)
        else:
            self._session.choose_article(taken.article_id)
        self._session.tell_undoable(f"{plan.sheet.name}: {taken.sentence}")

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
        self.finished.emit()
