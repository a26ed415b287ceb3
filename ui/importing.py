"""Taking articles in from the window: files are read in other processes, looked over, and written here.

One article without anything to decide goes straight in; everything else is reviewed first (ui/review). What is
written goes in portions, each one transaction and small enough for the window to stay live in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotate import commands
from annotate.commands import DecidedFile
from annotate.counted import counted
from annotate.errors import AnnotateError, ImportRefused
from annotate.importers import Attachment, ImportedFile, ReadOptions, bytes_again, read_pasted
from annotate.project import Project
from ui.jobs import Job
from ui.review import Found, ImportReview, found_already, found_in, look_again, needs_review
from ui.session import Notice, Session
from ui.theme import Theme

_PATIENCE_SECONDS = 10
"""For a worker process that is in the middle of a big file."""
PORTION_FILES = 20
"""Files that are written before the window has its turn: they take about 6 milliseconds, 2 of them whatever their
number."""
PORTION_BYTES = 256 * 1024
"""Bytes after which a portion is full, whatever the number of its files."""

Writable = DecidedFile | ImportedFile | ImportRefused


class Importing(QObject):
    """One import at a time. All files of an import are one step of history, also when it is cancelled half-way."""

    started = Signal(object)
    """A Job, for the progress bar: reading, then writing."""
    finished = Signal()

    def __init__(self, session: Session, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._session = session
        self._theme = theme
        self._over = over
        session.project_closing.connect(self.stop)
        self._job: Job | None = None
        self.review: ImportReview | None = None
        """The review that is open."""
        self._project: Project | None = None
        self._found: list[Found] = []
        self._step: int | None = None
        self._outcomes: Counter[str] = Counter()
        self._said: list[str] = []
        self._refused: list[str] = []
        """Sentences about what did not go in; they are in `_said` too."""
        self._first: int | None = None
        self._label = ""

    @property
    def busy(self) -> bool:
        return self._job is not None or self.review is not None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files, and everything in folders."""
        self._look("Reading", lambda job, project: found_in(job, project, paths))

    def take_imported(self, files: Sequence[ImportedFile]) -> None:
        """Import what was read elsewhere, for instance from web addresses."""
        self._look("Importing", lambda job, project: found_already(job, project, files))

    def take_text(self, text: str, **known: object) -> int | None:
        """Import pasted text with what is known about it, by the names of model.Article.

        Returns the article's id, also where the same text is there already.
        """
        try:
            imported = read_pasted(text, datetime.now())
        except AnnotateError as error:
            self._session.tell(Notice(str(error), trouble=True))
            return None
        taken = self._session.run(commands.import_file, imported)
        if taken is None or not taken.articles:
            return None
        article_id = taken.articles[0].article_id
        if taken.outcome == "imported" and known:
            step = self._session.project.last_step_id
            self._session.run(commands.edit_article, article_id, join=step, **known)
        self._session.choose_article(article_id)
        if taken.reason:
            self._session.tell(Notice(taken.reason))
        return article_id

    def stop(self) -> None:
        """End a running import; what came in so far stays."""
        if self._job is not None:
            self._job.stop(_PATIENCE_SECONDS)
        if self.review is not None:
            self.review.reject()

    # -- looking at what there is ------------------------------------------------------------------------------------

    def _look(self, label: str, work: Callable[[Job, Project], None]) -> None:
        if self.busy:
            self._session.tell(Notice("An import is running. Wait for it to end, or cancel it."))
            return
        project = self._project = self._session.project
        self._found = []
        self._step, self._first, self._label = None, None, ""
        self._outcomes.clear()
        self._said.clear()
        self._refused.clear()
        job = self._start(label, lambda job: work(job, project), self._looked)
        job.delivered.connect(self._take_found)
        job.start()

    def _start(self, label: str, work: Callable[[Job], None], ended: Callable[[Job], None]) -> Job:
        """A job that is told of in the window; the caller connects what it hands over, and starts it."""
        job = self._job = Job(label, work, self)
        job.failed.connect(self._failed)
        job.ended.connect(lambda: ended(job))
        self.started.emit(job)
        return job

    def _take_found(self, found: Sequence[Found]) -> None:
        self._found += found
        if self.review is not None or not needs_review(self._found) or not self._still_open():
            return
        review = self.review = ImportReview(self._theme, self._over)
        review.read_again.connect(self._read_again)
        review.accepted.connect(self._reviewed)
        review.rejected.connect(self._given_up)
        review.take(self._found)
        if self._job is not None:
            review.follow(self._job)
        review.open()

    def _looked(self, job: Job) -> None:
        self._job = None
        if self.review is not None:
            return
        if job.stop_asked.is_set() or not self._still_open():
            self.finished.emit()
            return
        self._write([(found, found.result) for found in self._found])

    def _read_again(self, found: Found, options: ReadOptions) -> None:
        """Read one file with what was chosen for it; the review shows it in its place."""
        review, project = self.review, self._project
        if review is None or project is None or self._job is not None:
            return
        again: list[Found] = []
        job = self._start(
            "Reading",
            lambda job: look_again(job, project, [found.source], options, found.within),
            lambda job: self._was_read_again(job, found, again),
        )
        job.delivered.connect(again.extend)
        job.start()

    def _was_read_again(self, job: Job, found: Found, again: Sequence[Found]) -> None:
        self._job = None
        if self.review is not None and again and not job.stop_asked.is_set():
            self.review.take_again(found, again)

    def _reviewed(self) -> None:
        review = self.review
        if review is not None:
            self._close_review()
            self._write(review.decided())

    def _given_up(self) -> None:
        if self.review is not None:
            self._close_review()
            if self._job is None:  # else it is told when the reading has ended
                self.finished.emit()

    def _close_review(self) -> None:
        if self.review is not None:
            self.review.deleteLater()
        self.review = None

    # -- writing -----------------------------------------------------------------------------------------------------

    def _write(self, files: Sequence[tuple[Found, Writable]]) -> None:
        self._label = f"Import {len(files):,} files" if len(files) > 1 else ""
        job = self._start("Importing", lambda job: _hand_over(job, files), self._ended)
        job.delivered.connect(self._take)
        job.start()

    def _take(self, files: Sequence[Writable]) -> None:
        if not self._still_open():
            return
        named = next((file.name for file in files if not isinstance(file, ImportRefused)), "a file")
        label = self._label or f"Import {named}"
        taken = self._session.run(commands.import_files, files, label=label, join=self._step)
        if taken is None:
            for file in files:
                self._refuse(f"{getattr(file, 'name', file)} could not be written to the project.")
            return
        for one in taken:
            if one.outcome == "refused":
                self._refuse(one.reason)
                continue
            self._outcomes.update(article.outcome for article in one.articles)
            if one.reason:
                self._said.append(one.reason)
        if any(one.outcome not in ("duplicate", "refused") for one in taken):
            self._step = self._session.project.last_step_id
        if self._first is None:
            self._first = next((article.article_id for one in taken for article in one.articles), None)

    def _failed(self, error: Exception) -> None:
        if self.review is not None:
            self.review.tell(f"Reading ended early{f': {error}' if isinstance(error, AnnotateError) else '.'}")
        elif isinstance(error, AnnotateError):
            self._refuse(str(error))
        if not isinstance(error, AnnotateError):
            self._session.tell_fault(
                "The import ended early because of a fault in Provenote. What came in is kept.", error
            )

    def _refuse(self, said: str) -> None:
        self._outcomes["refused"] += 1
        self._said.append(said)
        self._refused.append(said)

    def _ended(self, _job: Job) -> None:
        self._job = None
        self._found = []
        if self._still_open():
            if self._first is not None:
                self._session.choose_article(self._first)
            self._session.tell(self._notice())
        self.finished.emit()

    def _still_open(self) -> bool:
        """Whether the project is open that the import began in: a thread may outlast it."""
        return self._session.has_project and self._session.project is self._project

    def _notice(self) -> Notice:
        """What became of it in one sentence; the particulars of each file as details."""
        total = sum(self._outcomes.values())
        if not total:
            return Notice("There was nothing to import.")
        refused = self._outcomes["refused"]
        if total == 1 and self._said:
            return Notice(self._said[0], trouble=bool(refused))
        came = self._outcomes["imported"]
        pieces = [
            f"{counted(came, 'article')} imported",
            f"{self._outcomes['updated']:,} updated" if self._outcomes["updated"] else "",
            f"{self._outcomes['duplicate']:,} in the project already" if self._outcomes["duplicate"] else "",
            f"{counted(refused, 'file')} could not be read" if refused else "",
        ]
        first = f" {self._refused[0]}" if refused == 1 else ""
        said = ", ".join(filter(None, pieces)) + "." + first
        return Notice(said, trouble=bool(refused), details="\n".join(self._said))


def portions(files: Sequence[Writable]) -> Iterator[list[Writable]]:
    """The files in their order, as many at once as may be written before the window has its turn."""
    portion: list[Writable] = []
    size = 0
    for file in files:
        if portion and (len(portion) == PORTION_FILES or size >= PORTION_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(file)
        size += _size(file)
    if portion:
        yield portion


def _size(file: Writable) -> int:
    if isinstance(file, ImportRefused):
        return 0
    return len(file.file.data if isinstance(file, DecidedFile) else file.data)


def _hand_over(job: Job, files: Sequence[tuple[Found, Writable]]) -> None:
    """In the job's thread: files in small portions, those whose bytes were let go with their bytes again."""
    done = 0
    for start in range(0, len(files), PORTION_FILES):
        whole = [_with_bytes(found, file) for found, file in files[start : start + PORTION_FILES]]
        for portion in portions(whole):
            done += len(portion)
            if not (job.progress(done, len(files)) and job.deliver(portion)):
                return


def _with_bytes(found: Found, file: Writable) -> Writable:
    if not isinstance(file, DecidedFile) or file.file.data or isinstance(found.source, Attachment):
        return file
    whole = bytes_again(file.file, found.source)
    return whole if isinstance(whole, ImportRefused) else DecidedFile(whole, file.decisions)
