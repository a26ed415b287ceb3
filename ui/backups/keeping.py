"""Makes backups of the open project by itself: while somebody works, in a thread, and before the project is given free.

What goes wrong is told once and stops nothing: a full disk must not keep anybody from working on, or from closing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

from annotate.backup_preview import is_covered
from annotate.backup_thinning import is_due
from annotate.backups import Made, Occasion, Restored, make_backup, restore
from annotate.store.changes import Changes
from annotate.writing import Progress
from ui.backups.closing_dialog import ClosingDialog
from ui.jobs import Job
from ui.one_job import PATIENCE_SECONDS, OneJob
from ui.session import Notice, Session
from ui.settings import Settings

_LOOK_EVERY_MS = 60_000
_UNNOTICED_SECONDS = 0.3
"""So long the window may stand still when a project is closed; after that it says what it is waiting for."""


class Keeping(OneJob):
    """Makes or restores one backup at a time; `finished` says that there is a new one, or that it has failed."""

    BUSY = "A backup is being made or restored. Wait for it to end, or cancel it."

    def __init__(self, session: Session, settings: Settings, window: QWidget, is_erasing: Callable[[], bool]) -> None:
        super().__init__(session, window)
        self._settings = settings
        self._window = window
        self._is_erasing = is_erasing
        self._name = ""
        self._was_asked = False
        self._changes = 0
        self._last = datetime.now(UTC)
        self._was_told = False
        self._is_restoring = False
        self._to_open: tuple[Path, int | None] | None = None
        """What was closed to be restored: the project, and the article that was shown."""
        self._is_quitting = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._make_if_due)
        session.project_opened.connect(self._opened)
        session.project_changed.connect(self._changed)
        session.project_releasing.connect(self._releasing)

    def make_now(self) -> None:
        """Make a backup because the analyst asks for one."""
        self._make(Occasion.ASKED)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open project, and open that again."""
        if self._is_taken():
            return
        session = self._session
        path, analyst = session.project.path, session.analyst
        to_open = path, session.article_id
        self._is_restoring = True  # what is replaced becomes a backup anyway
        session.close()
        self._is_restoring = False
        self._to_open, self._was_asked = to_open, True
        self._start(
            "Restoring the backup",
            lambda job: restore(path, backup, analyst=analyst, progress=_until_stopped(job)),
            lambda done: self._restored(path, done),
            at_fault="The backup could not be restored",
            cancelled=f"{path.name} is as it was; nothing was restored.",
        )

    def quit(self) -> None:
        """The window is closed next: what is told from now on is told at the next start."""
        self._is_quitting = True
        self.stop()

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
        # What erasing finds half made it removes, and it makes a backup itself.
        if not (self.busy or self._is_erasing()) and is_due(self._changes, self._last, datetime.now(UTC)):
            self._make(Occasion.WORKING)

    def _make(self, occasion: Occasion) -> Job | None:
        if self._is_taken():
            return None
        path = self._session.project.path
        self._name = path.name
        self._changes, self._last = 0, datetime.now(UTC)
        self._was_asked = occasion is Occasion.ASKED
        is_watched = occasion is Occasion.CLOSING

        def work(job: Job) -> Made:
            return make_backup(path, occasion, progress=job.progress if is_watched else _until_stopped(job))

        return self._start(
            "Making a backup", work, self._made, at_fault="The backup could not be made", in_bar=self._was_asked
        )

    # -- when a project is closed ----------------------------------------------------------------------------------

    def _releasing(self) -> None:
        self.stop()  # what was written in closing may have begun another one
        project = self._session.project
        if project.view_only or self._is_restoring or not self._session.file_is_there:
            return
        if is_covered(project.path, project.read.newest_moment()):
            return
        if self.busy or self._is_erasing() or (job := self._make(Occasion.CLOSING)) is None:
            return  # they were told to stop, and were waited for
        if job.wait(_UNNOTICED_SECONDS):
            return
        if QThread.currentThread().loopLevel():
            ClosingDialog(job, project.path.name, self._window).exec()
        else:  # the program ends, or its screen is gone: nobody sees a dialog, and nothing would close it
            job.wait(PATIENCE_SECONDS)
        self.stop()

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

    def _failed(self, error: Exception, at_fault: str) -> None:
        self._open_again()
        super()._failed(error, at_fault)

    def _say(self, words: str, *, trouble: bool = False) -> None:
        self._open_again()
        if self._was_asked and not self._is_quitting:
            super()._say(words, trouble=trouble)
        elif trouble:
            self._tell_once(Notice(words, trouble=True))

    def _tell_once(self, notice: Notice) -> None:
        """Until a backup is made again, or another project is opened."""
        if self._was_told:
            return
        self._was_told = True
        if self._is_quitting:
            self._settings.untold = notice.words
        else:
            self._session.tell(notice)

    def _restored(self, path: Path, done: Restored) -> None:
        self._open_again()
        if self._is_quitting:
            return
        before = done.before
        if done.set_aside is not None:
            told = Notice(f"{path.name} is restored. What was damaged is kept as {done.set_aside.name}.")
        elif before is None:
            told = Notice(f"{path.name} is restored.")
        else:
            words = f"{path.name} is restored. What it was before is a backup now, too."
            told = Notice(words, action="Go back", act=lambda: self._go_back(path, before.path))
        self._session.tell(told)

    def _go_back(self, path: Path, before: Path) -> None:
        if self._session.has_project and self._session.project.path == path:
            self.restore(before)

    def _open_again(self) -> None:
        """Open what was closed to be restored, at the article that was shown."""
        to_open, self._to_open = self._to_open, None
        session = self._session
        if to_open is None or self._is_quitting or session.has_project:
            return
        path, article_id = to_open
        if session.open(path) and article_id is not None:
            article = session.read.article(article_id)
            if article is not None and not article.deleted:
                session.choose_article(article.id)


def _until_stopped(job: Job) -> Progress:
    """Progress that nobody is told of: how many pages there are means nothing to an analyst."""
    return lambda _done, _total: not job.stop_asked.is_set()
