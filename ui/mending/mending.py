"""What can be done about a project that was not opened: save what can be saved, open a clean copy, restore a backup.

The file that was refused is only read; what is made of it lies beside it. All of it is done in a thread.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotate.backups import Restored, backups_of, restore
from annotate.errors import ProjectDamaged, ProjectError
from annotate.salvage import Salvaged, clean_copy_name, salvage, saved_name, write_report
from ui.jobs import Job
from ui.mending.backup_chooser import BackupChooser
from ui.mending.report_dialog import ReportDialog
from ui.one_job import OneJob
from ui.session import Notice, Session

SAVE, CLEAN, RESTORE = "Save what can be saved…", "Open a clean copy", "Restore a backup…"


class Mending(OneJob):
    BUSY = "A project is being saved or restored. Wait for it to end, or cancel it."

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        self._window = window
        session.refused.connect(self.offer)

    def offer(self, path: Path, error: ProjectError) -> None:
        """Tell why a project was not opened, and what can be done about it."""
        is_damaged = isinstance(error, ProjectDamaged)
        make = (lambda: self.save(path)) if is_damaged else (lambda: self.copy_cleanly(path))
        has_backups = is_damaged and bool(backups_of(path))
        self._session.tell(
            Notice(
                str(error),
                trouble=True,
                action=SAVE if is_damaged else CLEAN,
                act=make,
                other=RESTORE if has_backups else "",
                act_other=lambda: self.choose_backup(path),
            )
        )

    def save(self, path: Path) -> None:
        """Save what can be saved of a damaged project beside it, show what came of it, and open that."""
        self._make(path, saved_name(path), f"Saving what can be saved of {path.name}")

    def copy_cleanly(self, path: Path) -> None:
        """Make a clean copy of a strange project beside it, and open that."""
        self._make(path, clean_copy_name(path), f"Copying {path.name}")

    def choose_backup(self, path: Path) -> None:
        """Let the analyst choose which backup takes the place of a damaged project."""
        chooser = BackupChooser(path, backups_of(path), self._window)
        chooser.chosen.connect(lambda backup: self._restore(path, backup))
        chooser.open()

    def _make(self, path: Path, target: Path, label: str) -> None:
        analyst = self._session.analyst

        def work(job: Job) -> tuple[Salvaged, Path | None]:
            salvaged = salvage(path, target, analyst=analyst, progress=job.progress)
            return salvaged, None if salvaged.is_whole else write_report(salvaged)

        at_fault = f"Nothing could be saved of {path.name}"
        self._start(label, work, self._made, at_fault=at_fault, cancelled=f"Nothing was saved of {path.name}.")

    def _made(self, outcome: tuple[Salvaged, Path | None]) -> None:
        salvaged, report = outcome
        if not self._session.open(salvaged.target):
            return
        self._session.tell(Notice(salvaged.sentence()))
        if report is not None:
            ReportDialog(salvaged, report, self._window).open()

    def _restore(self, path: Path, backup: Path) -> None:
        analyst = self._session.analyst
        self._start(
            f"Restoring {path.name}",
            lambda job: restore(path, backup, analyst=analyst, progress=job.progress),
            lambda done: self._restored(path, done),
            at_fault=f"{path.name} could not be restored",
            cancelled=f"{path.name} is as it was; nothing was restored.",
        )

    def _restored(self, path: Path, done: Restored) -> None:
        if self._session.open(path):
            kept = f" What was damaged is kept as {done.set_aside.name}." if done.set_aside is not None else ""
            self._session.tell(Notice(f"{path.name} is restored.{kept}"))
