"""Reading a workbook back from the window: compared in a thread, shown, and what was ticked written as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from annotate.counted import counted
from annotate.project import Project
from ui.jobs import Job
from ui.one_job import OneJob
from ui.session import Notice, Session
from ui.theme import Theme
from ui.waiting_pointer import waiting

if TYPE_CHECKING:
    from annotate.exchange.readback.diff import Diff
    from ui.readback.dialog import ReadbackDialog
    from ui.readback.lines import Group


class _Compared(NamedTuple):
    diff: Diff
    groups: list[Group]


class ReadingBack(OneJob):
    """One workbook at a time."""

    BUSY = "A workbook is being read back. Decide about that one first."

    def __init__(self, session: Session, theme: Theme, over: QWidget) -> None:
        super().__init__(session, over)
        self._theme = theme
        self._over = over
        self._project: Project | None = None
        self.dialog: ReadbackDialog | None = None
        """The page that is open."""

    @property
    def busy(self) -> bool:
        return super().busy or self.dialog is not None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def read(self, path: Path) -> None:
        """Compare a workbook with the open project, and show what differs."""
        if self._is_taken():
            return
        project = self._project = self._session.project

        def work(_job: Job) -> object:
            from annotate.exchange.readback.compare import compare
            from annotate.exchange.readback.workbook import read_workbook
            from ui.readback.lines import groups_of

            workbook = read_workbook(path)
            with project.reading_elsewhere(at_length=True) as reader:
                diff = compare(reader, workbook)
            return _Compared(diff, groups_of(diff))

        self._start(
            f"Comparing {path.name}",
            work,
            self._compared,
            at_fault=f"{path.name} could not be compared",
            cancelled="Reading back was cancelled; nothing was changed.",
        )

    def stop(self) -> None:
        """Give up what is being compared or looked at; nothing is written."""
        super().stop()
        if self.dialog is not None:
            self.dialog.reject()

    def _compared(self, compared: _Compared) -> None:
        from ui.readback.dialog import ReadbackDialog

        if not self._session.has_project or self._session.project is not self._project:
            return
        diff, groups = compared
        if not diff.changes:
            words = f"Nothing in {diff.name} differs from the project; there is nothing to read back."
            self._session.tell(Notice(" ".join((words, *diff.said))))
            return
        dialog = self.dialog = ReadbackDialog(diff, groups, self._theme, self._over)
        dialog.accepted.connect(self._apply)
        dialog.rejected.connect(self._close)
        dialog.open()

    def _apply(self) -> None:
        from annotate.commands.reading_back import read_back

        dialog = self.dialog
        if dialog is None:
            return
        diff, keys = dialog.diff, dialog.ticked()
        self._close()
        with waiting():  # one transaction, of the thread that has the project
            done = self._session.run(read_back, diff, keys)
        if done is None:
            return
        went_in = f"{counted(len(done.applied), 'change')} of {diff.name} went in."
        if not done.left:
            self._session.tell_undoable(went_in)
            return
        verb = "was" if len(done.left) == 1 else "were"
        left = [f"{change.record or change.sheet} {change.column}".strip() + f": {why}" for change, why in done.left]
        words = f"{went_in} {counted(len(done.left), 'change')} {verb} left out."
        self._session.tell(Notice(words, trouble=True, details="\n".join(left)))

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
        self.finished.emit()
