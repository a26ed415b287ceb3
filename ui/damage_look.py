"""Whether an error nobody expected comes of a damaged project, looked at off the window's thread.

Why it exists: rows that no command leaves may make anything fail, and what the analyst can do then is to go back to a
backup, not to send a report. The command line checks the project after such an error; so does the window, once.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from annotate.integrity import check_project
from annotate.project import Project
from ui.jobs import Job
from ui.session import Notice, Session

_SECONDS = 5.0
"""A project that is closed waits at most so long for whoever reads it here."""


class DamageLook(QObject):
    """Checks the open project when it is asked to, and tells what is wrong with it; nothing where it is whole."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._has_looked = False
        session.project_opened.connect(self._forget)
        session.project_releasing.connect(self._stop)

    def look(self) -> None:
        """Check the project, unless that was done since it was opened."""
        if self._has_looked or not self._session.has_project:
            return
        self._has_looked = True
        project = self._session.project
        job = self._job = Job("Checking", lambda _job: _problem_in(project), self)
        job.succeeded.connect(partial(self._tell, project.path.name))
        job.ended.connect(self._ended)
        job.start()

    def _tell(self, name: str, problem: str) -> None:
        if problem:
            words = f"{name} is damaged, and that may be why something went wrong: {problem}"
            self._session.tell(Notice(words, trouble=True, returns=True))

    def _ended(self) -> None:
        self._job = None

    def _forget(self) -> None:
        self._has_looked = False

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop(_SECONDS)


def _problem_in(project: Project) -> str:
    with project.reading_elsewhere(at_length=True) as read:
        return next((problem.sentence for problem in check_project(read)), "")
