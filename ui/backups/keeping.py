"""Makes backups of the open project by itself: while somebody works, in a thread, and before the project is given free.

What goes wrong is told once and stops nothing: a full disk must not keep anybody from working on, or from closing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotate.backup_preview import is_covered
from annotate.backup_thinning import is_due
from annotate.backups import Made, Occasion, Restored, make_backup, restore
from annotate.errors import AnnotateError
from annotate.store.changes import Changes
from annotate.writing import Progress
from ui.backups.closing_dialog import ClosingDialog
from ui.jobs import Job
from ui.session import Notice, Session
from ui.settings import Settings

_LOOK_EVERY_MS = 60_000
_UNNOTICED_SECONDS = 0.3
"""So long the window may stand still when a project is closed; after that it says what it is waiting for."""
_PATIENCE_SECONDS = 10
"""For work that was told to stop."""


class Keeping(QObject):
    started = Signal(object)
    """The Job of what was asked for, for the progress bar."""
    changed = Signal()
    """There is a new backup, or making one has failed."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self._job: Job | None = None
        self._name = ""
        self._changes = 0
        self._last = datetime.now(UTC)
        self._was_told = False
        self._is_restoring = False
        self._is_quitting = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._make_if_due)
        session.project_opened.connect(self._opened)
        session.project_changed.connect(self._changed)
        session.project_releasing.connect(self._releasing)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def make_now(self) -> None:
        """Make a backup because the analyst asks for one."""
        if not self.busy:
            self._make(Occasion.ASKED)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open project, and open that again."""
        if self.busy:
            self._session.tell(Notice("A backup is being made. Restore once it has ended."))
            return
        session = self._session
        path, article_id, analyst = session.project.path, session.article_id, session.analyst
        self._is_restoring = True  # what is replaced becomes a backup anyway
        session.close()
        self._is_restoring = False
        job = Job(
            "Restoring the backup",
            lambda job: restore(path, backup, analyst=analyst, progress=_until_stopped(job)),
            self,
        )
        job.succeeded.connect(lambda done: self._reopen(path, article_id, self._restored(path, done)))
        job.failed.connect(lambda error: self._not_restored(path, article_id, error))
        unchanged = Notice(f"{path.name} is as it was; nothing was restored.")
        job.cancelled.connect(lambda: self._reopen(path, article_id, unchanged))
        self._follow(job)
        self.started.emit(job)
        job.start()

    def quit(self) -> None:
        """The window is closed next: what is told from now on is told at the next start."""
        self._is_quitting = True
        self._stop()

    # -- while somebody works --------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._changes, self._last, self._was_told = 0, datetime.now(UTC), False
        if self._session.has_project and not self._session.project.view_only:
            self._timer.start()
            if words := self._settings.untold:
                self._settings.untold = ""
                self._session.tell(Notice(words, trouble=True))
        else:
            self._timer.stop()

    def _changed(self, changes: Changes) -> None:
        if not changes.is_aside:
            self._changes += 1
            self._make_if_due()

    def _make_if_due(self) -> None:
        if not self.busy and is_due(self._changes, self._last, datetime.now(UTC)):
            self._make(Occasion.WORKING)

    def _make(self, occasion: Occasion) -> Job:
        path = self._session.project.path
        self._name = path.name
        self._changes, self._last = 0, datetime.now(UTC)
        is_watched = occasion is Occasion.CLOSING

        def work(job: Job) -> Made:
            return make_backup(path, occasion, progress=job.progress if is_watched else _until_stopped(job))

        job = Job("Making a backup", work, self)
        job.succeeded.connect(self._made)
        was_asked = occasion is Occasion.ASKED
        job.failed.connect(lambda error: self._failed(error, was_asked=was_asked))
        self._follow(job)
        if was_asked:
            self.started.emit(job)
        job.start()
        return job

    def _follow(self, job: Job) -> None:
        self._job = job
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self.changed.emit()

    # -- when a project is closed ----------------------------------------------------------------------------------

    def _releasing(self) -> None:
        self._stop()
        project = self._session.project
        if project.view_only or self._is_restoring or not self._session.file_is_there:
            return
        if is_covered(project.path, project.read.newest_moment()):
            return
        job = self._make(Occasion.CLOSING)
        if job.wait(_UNNOTICED_SECONDS):
            return
        if QThread.currentThread().loopLevel():
            ClosingDialog(job, project.path.name, self._window).exec()
        else:  # the program ends, or its screen is gone: nobody sees a dialog, and nothing would close it
            job.wait(_PATIENCE_SECONDS)
        self._stop()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)

    # -- what came of it -------------------------------------------------------------------------------------------

    def _made(self, made: Made) -> None:
        if made.spoiled:
            what = "A text or file is" if made.spoiled == 1 else f"{made.spoiled:,} texts or files are"
            words = (
                f"{what} not what was imported into {self._name}: the disk may fail. All backups are kept from now on."
            )
            self._tell_once(Notice(words, trouble=True))
        else:
            self._was_told = False

    def _failed(self, error: Exception, *, was_asked: bool) -> None:
        if not isinstance(error, AnnotateError):
            words = "The backup could not be made or restored because of a fault in Provenote. The project is unharmed."
            self._session.tell_fault(words, error)
        elif was_asked:
            self._session.tell(Notice(str(error), trouble=True))
        else:
            self._tell_once(Notice(str(error), trouble=True))

    def _tell_once(self, notice: Notice) -> None:
        """Until a backup is made again, or another project is opened."""
        if self._was_told:
            return
        self._was_told = True
        if self._is_quitting:
            self._settings.untold = notice.words
        else:
            self._session.tell(notice)

    def _restored(self, path: Path, done: Restored) -> Notice:
        if done.set_aside is not None:
            return Notice(f"{path.name} is restored. What was damaged is kept as {done.set_aside.name}.")
        before = done.before
        if before is None:
            return Notice(f"{path.name} is restored.")
        words = f"{path.name} is restored. What it was before is a backup now, too."
        return Notice(words, action="Go back", act=lambda: self._go_back(path, before.path))

    def _go_back(self, path: Path, before: Path) -> None:
        if self._session.has_project and self._session.project.path == path:
            self.restore(before)

    def _not_restored(self, path: Path, article_id: int | None, error: Exception) -> None:
        self._reopen(path, article_id)
        self._failed(error, was_asked=True)

    def _reopen(self, path: Path, article_id: int | None, notice: Notice | None = None) -> None:
        if self._is_quitting:
            return
        session = self._session
        if not session.has_project and session.open(path) and article_id is not None:
            article = session.read.article(article_id)
            if article is not None and not article.deleted:
                session.choose_article(article.id)
        if notice is not None:
            session.tell(notice)


def _until_stopped(job: Job) -> Progress:
    """Progress that nobody is told of: how many pages there are means nothing to an analyst."""
    return lambda _done, _total: not job.stop_asked.is_set()
