"""Searching the article without holding up the hand: a usual one while the key is down, a long one beside the window.

Plain words in 20 MB take up to two seconds and an expression as long as it may, so these wait for a short rest of the
typing and go on in a thread; only what was asked last is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from annotate.errors import AnnotateError, TooSlow
from annotate.finding import Finder, Wanted
from annotate.offsets import Offsets
from ui.jobs import Job
from ui.reader.hits import Hits

MOST_HITS = 20_000
"""More are neither shown nor walked through."""
AT_ONCE = 300_000
"""Code points in which plain words are found within some 30 ms."""
SECONDS_AT_ONCE = 0.03
MOST_SECONDS = 2.0
REST_MS = 150


@dataclass(frozen=True)
class Found:
    hits: Hits = Hits()
    are_all: bool = True
    trouble: str = ""
    """What is wrong with the expression, in a few words."""


class Search(QObject):
    found = Signal(object)
    """Found, for what was asked last; often before `ask` is done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finder = Finder("")
        self._offsets = Offsets("")
        self._wanted = Wanted("")
        self._due = False
        """What was asked last is still to be told."""
        self._running: tuple[Finder, Wanted] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)

    def set_text(self, text: str, offsets: Offsets) -> None:
        """Search another article from now on; what is still looked for in the last one is not told."""
        self._rest.stop()
        self._due = False
        self._finder, self._offsets, self._wanted = Finder(text), offsets, Wanted("")

    def ask(self, wanted: Wanted) -> None:
        """Look for this, and for nothing that was asked before."""
        self._wanted = wanted
        self._due = False
        self._rest.stop()
        if len(self._finder.text) <= AT_ONCE or not wanted.words:
            try:
                self.found.emit(_look(self._finder, self._offsets, wanted, SECONDS_AT_ONCE))
                return
            except TooSlow:
                pass  # it may have more time beside the window
        self._due = True
        self._rest.start()

    def _begin(self) -> None:
        if self._running is not None:
            return  # when that ends, what is asked by then begins
        finder, offsets, wanted = self._finder, self._offsets, self._wanted
        self._running = finder, wanted
        # The application's and not this one's, so that the thread of a window that closes still finds its job.
        job = Job("Find", lambda _job: _look_patiently(finder, offsets, wanted), QCoreApplication.instance())
        job.succeeded.connect(self._take)
        job.failed.connect(self._fail)
        job.start()

    def _take(self, found: Found) -> None:
        asked, self._running = self._running, None
        if self._due and asked == (self._finder, self._wanted):
            self._due = False
            self._rest.stop()
            self.found.emit(found)
        elif self._due and not self._rest.isActive():
            self._begin()

    def _fail(self, error: Exception) -> None:
        self._running = None
        raise error


def _look_patiently(finder: Finder, offsets: Offsets, wanted: Wanted) -> Found:
    try:
        return _look(finder, offsets, wanted, MOST_SECONDS)
    except TooSlow as error:
        return Found(trouble=str(error))


def _look(finder: Finder, offsets: Offsets, wanted: Wanted, seconds: float) -> Found:
    try:
        spans = finder.find(wanted, most=MOST_HITS + 1, seconds=seconds)
    except TooSlow:
        raise
    except AnnotateError as error:
        return Found(trouble=str(error))
    shown = spans[:MOST_HITS]
    to_utf16 = offsets.to_utf16
    hits = Hits([to_utf16(span.start) for span in shown], [to_utf16(span.end) for span in shown])
    return Found(hits, len(spans) <= MOST_HITS)
