"""Has marks proposed for the article that is shown, in a thread, and stores what comes.

By itself it asks once for each text that has nothing of this engine's version yet; the action asks again, with the
names that the register knows by then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from annotate import commands
from annotate.suggest import Proposal
from ui.jobs import Job
from ui.later import Later
from ui.session import Notice, Session
from ui.settings import Settings

_PATIENCE_SECONDS = 10
LONGEST_BY_ITSELF = 300_000
"""Code points; what a longer text gives takes longer to store than a hand may notice, so its reader asks for it."""


@dataclass(frozen=True)
class Engine:
    """Something that proposes marks; the place where another one would go in."""

    name: str
    version: str
    propose: Callable[[str, Sequence[str]], list[Proposal]]
    """From a text, and the names that the register knows."""
    propose_every_sentence: Callable[[str, Sequence[str]], list[Proposal]] | None = None
    """The same, and every sentence that the outlet says itself; without it the others are all there is."""


def rules() -> Engine:
    """The program's own engine."""
    from annotate.suggest import ENGINE, VERSION, propose

    return Engine(
        ENGINE,
        VERSION,
        lambda text, names: propose(text, known_names=names),
        lambda text, names: propose(text, known_names=names, every_sentence=True),
    )


@dataclass(frozen=True)
class _Asked:
    text_id: int
    by_hand: bool
    every_sentence: bool = False


class Proposing(QObject):
    """One text at a time; what is asked for meanwhile comes next, the newest only."""

    stored = Signal(int)
    """Id of a text whose proposals are in."""

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine: Callable[[], Engine] = rules
        self._session = session
        self._settings = settings
        self._job: Job | None = None
        self._next: _Asked | None = None
        self._tried: set[int] = set()
        self._following = Later(self.follow, self)
        session.article_chosen.connect(self._following.ask)
        session.project_opened.connect(self._opened)
        session.project_changed.connect(lambda changes: changes.touches("texts") and self._following.ask())
        session.project_closing.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def follow(self) -> None:
        """Ask for the text that is shown, where that is wanted and was not done yet."""
        article = self._session.article if self._session.has_project else None
        if not self._settings.suggests or article is None or article.text_id in self._tried or self._session.view_only:
            return
        text, engine = self._session.read.text(article.text_id), self.engine()
        if text is None or not 0 < text.length <= LONGEST_BY_ITSELF:
            return
        self._tried.add(article.text_id)
        if not self._session.read.has_suggestions_by(article.text_id, engine.name, engine.version):
            self._ask(_Asked(article.text_id, by_hand=False))

    def ask(self, *, every_sentence: bool = False) -> None:
        """Ask for the text that is shown, whatever was proposed before; what was judged stays judged."""
        article = self._session.article
        if article is not None:
            self._tried.add(article.text_id)
            self._ask(_Asked(article.text_id, by_hand=True, every_sentence=every_sentence))

    def stop(self) -> None:
        """Store nothing more for this project."""
        self._next = None
        self._following.drop()
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)

    def _opened(self) -> None:
        self._tried.clear()
        self._following.ask()

    def _ask(self, asked: _Asked) -> None:
        if self._job is not None:
            self._next = asked
            return
        read = self._session.read
        text = read.text(asked.text_id)
        if text is None:
            return
        body, names, engine = read.body(asked.text_id), commands.known_names(read, text.article_id), self.engine()
        propose = (engine.propose_every_sentence if asked.every_sentence else None) or engine.propose
        self._job = job = Job("Suggesting marks", lambda _job: propose(body, names), self)
        job.succeeded.connect(lambda proposals: self._store(asked, engine, proposals))
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        job.start()

    def _store(self, asked: _Asked, engine: Engine, proposals: Sequence[Proposal]) -> None:
        waiting = self._session.attempt(
            commands.store_proposals, asked.text_id, proposals, engine=engine.name, version=engine.version
        )
        if asked.by_hand and waiting == 0:
            self._session.tell(Notice("Nothing more is suggested for this article."))
        self.stored.emit(asked.text_id)

    def _failed(self, error: Exception) -> None:
        words = "Marks could not be suggested because of a fault in Provenote. The project is unharmed."
        self._session.tell_fault(words, error)

    def _ended(self) -> None:
        self._job = None
        if self._next is not None and self._session.has_project:
            asked, self._next = self._next, None
            self._ask(asked)
