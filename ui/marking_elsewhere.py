"""Offers to mark words at all their other places in the project, once the same words were marked a second time.

They are looked for in a thread, so that a hand that marks never waits; what is offered once is not offered again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotate import commands
from annotate.commands import MOST_AT_ONCE, Elsewhere
from annotate.counted import counted
from annotate.model import Annotation
from annotate.project import Project
from annotate.vocabulary import Kind
from ui.jobs import Job
from ui.session import Notice, Session

_PATIENCE_SECONDS = 10
_REST_MS = 400
"""After the last mark; a second thread would slow down the painting of one that is being made."""
_SHOWN_WORDS = 40
"""Code points of the words in the offer."""


class MarkingElsewhere(QObject):
    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._marked: Annotation | None = None
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._look)
        self._offered: set[tuple[Kind, str]] = set()
        session.project_opened.connect(self._offered.clear)
        session.project_closing.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._job is not None or self._resting.isActive()

    def consider(self, marked: Annotation) -> None:
        """Look for more of the words of a mark that was just made, once the hand rests; of several, of the last."""
        if len(marked.spans) == 1 and (marked.kind, marked.spans[0].exact) not in self._offered:
            self._marked = marked
            self._resting.start()

    def _look(self) -> None:
        if self._job is not None or self._marked is None or not self._session.has_project:
            return
        kind, words, project = self._marked.kind, self._marked.spans[0].exact, self._session.project
        self._job = job = Job("Looking for more of these words", lambda _job: _found(project, kind, words), self)
        job.succeeded.connect(self._offer)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        job.start()

    def stop(self) -> None:
        """Offer nothing more for this project."""
        self._resting.stop()
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)

    def _offer(self, elsewhere: Elsewhere) -> None:
        count, articles = elsewhere.count, len(elsewhere.places)
        if not 0 < count <= MOST_AT_ONCE or not self._session.has_project:
            return
        self._offered.add((elsewhere.kind, elsewhere.words))
        words = " ".join(elsewhere.words.split())
        shown = words if len(words) <= _SHOWN_WORDS else f"{words[: _SHOWN_WORDS - 1]}…"
        places = counted(count, "more place")
        where = counted(articles, "article")
        self._session.tell(
            Notice(
                f"“{shown}” stands unmarked at {places} in {where}.",
                action="Mark it there too" if count == 1 else f"Mark all {count:,}",
                act=lambda: self._mark(elsewhere),
            )
        )

    def _mark(self, elsewhere: Elsewhere) -> None:
        done = self._session.attempt(commands.mark_elsewhere, elsewhere)
        if done is not None:
            made, kind = len(done.annotation_ids), elsewhere.kind.label.lower()
            marked = f"1 more {kind} marked" if made == 1 else f"{made:,} more {kind}s marked"
            self._session.tell_undoable(f"{marked}, not reviewed one by one yet.")

    def _failed(self, error: Exception) -> None:
        if not self._session.file_is_there:  # which is told where it matters
            return
        words = "More of these words could not be looked for because of a fault in Provenote. The project is unharmed."
        self._session.tell_fault(words, error)

    def _ended(self) -> None:
        self._job = None


def _found(project: Project, kind: Kind, words: str) -> Elsewhere:
    with project.reading_elsewhere() as reader:
        return commands.find_elsewhere(reader, kind, words)
