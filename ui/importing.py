"""Taking articles in from the window: files are parsed in other processes, and written here as they arrive.

They are written a portion at a time, each in one transaction and small enough for the window to stay live in between.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotate import commands
from annotate.errors import AnnotateError, ImportRefused
from annotate.importers import ImportedFile, Read, find_files, read_in_batches, read_pasted
from annotate.project import Project
from ui.jobs import Job
from ui.session import Notice, Session

_PATIENCE_SECONDS = 10
"""For a worker process that is in the middle of a big file."""
PORTION_FILES = 32
"""Files that are written before the window has its turn: they take about 10 milliseconds, 2 of them whatever their
number."""
_BATCH_SECONDS = 0.02
"""Reading goes on for so long before what was read is handed over: small texts are read in this process."""
PORTION_BYTES = 256 * 1024
"""Bytes after which a portion is full, whatever the number of its files."""


class Importing(QObject):
    """One import at a time. All files of an import are one step of history, also when it is cancelled half-way."""

    started = Signal(object)
    """The Job, for the progress bar."""
    finished = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.project_closing.connect(self.stop)
        self._job: Job | None = None
        self._project: Project | None = None
        self._step: int | None = None
        self._outcomes: Counter[str] = Counter()
        self._said: list[str] = []
        self._first: int | None = None
        self._label = ""

    @property
    def busy(self) -> bool:
        return self._job is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files, and everything in folders."""
        self._begin(lambda job: _read(job, paths))

    def take_imported(self, files: Sequence[ImportedFile]) -> None:
        """Import what was read elsewhere, for instance from web addresses."""
        reads = [Read(Path(file.name), file) for file in files]
        self._begin(lambda job: _hand_over(job, [reads], len(reads)))

    def _begin(self, work: Callable[[Job], None]) -> None:
        if self.busy:
            self._session.tell(Notice("An import is running. Wait for it to end, or cancel it."))
            return
        self._reset()
        self._project = self._session.project
        job = Job("Importing", work, self)
        job.progressed.connect(self._count)
        job.delivered.connect(self._take)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        self._job = job
        self.started.emit(job)
        job.start()

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

    def _reset(self) -> None:
        self._step = None
        self._outcomes.clear()
        self._said.clear()
        self._first = None
        self._label = ""

    def _take(self, reads: Sequence[Read]) -> None:
        if not self._still_open():
            return
        results = [read.result for read in reads]
        label = self._label or f"Import {reads[0].path.name}"
        taken = self._session.run(commands.import_files, results, label=label, join=self._step)
        if taken is None:
            self._outcomes["refused"] += len(reads)
            self._said += [f"{read.path.name} could not be written to the project." for read in reads]
            return
        for one in taken:
            self._outcomes[one.outcome] += 1
            if one.reason:
                self._said.append(one.reason)
        if any(one.outcome in ("imported", "partial") for one in taken):
            self._step = self._session.project.last_step_id
        if self._first is None:
            self._first = next((article.article_id for one in taken for article in one.articles), None)

    def _count(self, _done: int, total: int) -> None:
        if total > 1:
            self._label = f"Import {total:,} files"

    def _failed(self, error: Exception) -> None:
        self._outcomes["refused"] += 1
        self._said.append(str(error))

    def _ended(self) -> None:
        self._job = None
        if self._still_open():
            if self._first is not None:
                self._session.choose_article(self._first)
            notice = self._notice()
            if notice is not None:
                self._session.tell(notice)
        self.finished.emit()

    def _still_open(self) -> bool:
        """Whether the project is open that the import began in: a thread may outlast it."""
        return self._session.has_project and self._session.project is self._project

    def _notice(self) -> Notice | None:
        """What became of it in one sentence; the particulars of each file as details."""
        total = sum(self._outcomes.values())
        if not total:
            return Notice("There was nothing to import.")
        if total == 1 and self._said:
            return Notice(self._said[0], trouble=bool(self._outcomes["refused"]))
        came = self._outcomes["imported"] + self._outcomes["partial"]
        pieces = [f"{came:,} of {total:,} files imported"]
        if self._outcomes["duplicate"]:
            pieces.append(f"{self._outcomes['duplicate']:,} in the project already")
        if self._outcomes["refused"]:
            pieces.append(f"{self._outcomes['refused']:,} could not be read")
        first = f" {self._said[0]}" if self._outcomes["refused"] == 1 and len(self._said) == 1 else ""
        details = "\n".join(self._said)
        return Notice(", ".join(pieces) + "." + first, trouble=bool(self._outcomes["refused"]), details=details)


def portions(reads: Sequence[Read]) -> Iterator[list[Read]]:
    """The files in their order, as many at once as may be written before the window has its turn."""
    portion: list[Read] = []
    size = 0
    for read in reads:
        if portion and (len(portion) == PORTION_FILES or size >= PORTION_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(read)
        size += 0 if isinstance(read.result, ImportRefused) else len(read.result.data)
    if portion:
        yield portion


def _hand_over(job: Job, batches: Iterable[Sequence[Read]], total: int) -> None:
    """In the job's thread: portion by portion, until the job is to end."""
    done = 0
    for batch in batches:
        for portion in portions(batch):
            done += len(portion)
            if not (job.progress(done, total) and job.deliver(portion)):
                return


def _read(job: Job, paths: Sequence[Path]) -> None:
    """In the job's thread: find, parse in worker processes, hand over in order."""
    files = find_files(paths)
    batches = read_in_batches(files, workers=os.cpu_count() or 1, seconds=_BATCH_SECONDS, cancelled=job.stop_asked)
    with closing(batches):  # ends the worker processes
        _hand_over(job, batches, len(files))
