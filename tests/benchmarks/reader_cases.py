"""What a reader of long articles waits for: opening, marking, removing, taking back, scrolling, jumping.

Always the whole window on a project in a file, and always until the text is painted.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.vocabulary import Kind
from tests.benchmarks.material import kinds, places
from tests.benchmarks.measured import Case, Measured

if TYPE_CHECKING:
    from tests.benchmarks.reading import PaintClock
    from ui.app import App

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
LONG = 5_000_000
MARKS = 10_000
LONGEST = 20_000_000
"""Code points; in UTF-8 a little more bytes."""
MOST_MARKS = 100_000
OPENINGS = 7
RUNS = 60
PAUSE_MS = 40
"""Between two keys: a person takes longer; the panels have caught up and are painted."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where projects lie that were made for this run; goes with the process."""
    return tempfile.TemporaryDirectory()


@cache
def _project(code_points: int, marks: int) -> Path:
    path = Path(_folder().name) / f"{code_points}-{marks}.pnote"
    sizes = [str(code_points), str(marks)]
    command = [sys.executable, "-m", "tests.benchmarks.big_project", str(path), *sizes]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


def big_project() -> Path:
    """A project with a short article and one of 20 MB with 100,000 marks; it is not to be written to."""
    return _project(LONGEST, MOST_MARKS)


def open_article(code_points: int, marks: int) -> Measured:
    """Each time in a process of its own, which opens the project on a short article first."""
    command = [sys.executable, "-m", "tests.benchmarks.reading", str(_project(code_points, marks))]
    seen = []
    for _ in range(OPENINGS):
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        seen.append(json.loads(done.stdout))
    usable = statistics.median(one["usable"] for one in seen)
    peaks = [one["peak_bytes"] for one in seen if one["peak_bytes"] is not None]
    note = f"to the first paint of the text; all else done after {usable:.2f} s"
    return Measured([one["painted"] for one in seen], note, max(peaks, default=None))


@contextmanager
def _reading(code_points: int, marks: int) -> Iterator[tuple[App, PaintClock]]:
    """The window with the long article of a project, which is a copy to write in."""
    from PySide6.QtTest import QTest

    from tests.benchmarks.reading import PaintClock, window_on

    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(_project(code_points, marks), folder))
        with window_on(path) as app:
            app.session.choose_article(app.session.read.articles()[-1].id)
            app.window.reader.view.setFocus()
            QTest.qWait(500)
            yield app, PaintClock(app.window.reader.view.viewport())


@cache
def _edits(runs: int = RUNS) -> dict[str, Measured]:
    """From a key to what it did being durable and painted: a mark, its removal, and the removal taken back."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    keys = {Kind.CLAIM: Qt.Key.Key_C, Kind.FIGURE: Qt.Key.Key_F, Kind.SOURCE: Qt.Key.Key_S}
    seconds: dict[str, list[float]] = {"add": [], "remove": [], "undo": []}
    with _reading(LONG, MARKS) as (app, clock):
        reader, view, session = app.window.reader, app.window.reader.view, app.session

        def press(what: str, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            QTest.qWait(PAUSE_MS)
            began = time.perf_counter()
            QTest.keyClick(view, key, modifier)
            seconds[what].append(clock.after(began) - began)

        for kind, span in zip(kinds(), places(view.text, runs, seed=3), strict=False):
            reader.reveal(span.start)
            cursor = view.textCursor()
            cursor.setPosition(view.offsets.to_utf16(span.start))
            cursor.setPosition(view.offsets.to_utf16(span.end), QTextCursor.MoveMode.KeepAnchor)
            view.setTextCursor(cursor)
            press("add", keys[kind])
            added = session.annotation_id
            assert added is not None
            press("remove", Qt.Key.Key_Delete)
            assert not view.marks.of(added)
            press("undo", Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert view.marks.of(added)
    return {what: Measured(taken, "key to durable and painted") for what, taken in seconds.items()}


def scroll_pages(runs: int = 200) -> Measured:
    """Page Down, each page seen for the first time."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    with _reading(LONG, MARKS) as (app, clock):
        view = app.window.reader.view
        seconds = []
        for _ in range(runs):
            QTest.qWait(5)
            began = time.perf_counter()
            QTest.keyClick(view, Qt.Key.Key_PageDown)
            seconds.append(clock.after(began) - began)
    return Measured(seconds, "Page Down; pages never seen before")


def jump_anywhere(runs: int = 200) -> Measured:
    from PySide6.QtTest import QTest

    with _reading(LONG, MARKS) as (app, clock):
        reader = app.window.reader
        chance = random.Random(7)
        seconds = []
        for _ in range(runs):
            place = chance.randrange(len(reader.view.text))
            QTest.qWait(5)
            began = time.perf_counter()
            reader.reveal(place)
            seconds.append(clock.after(began) - began)
            shown = reader.visible_span()
            assert shown.start <= place <= shown.end
    return Measured(seconds, "places never seen before")


CASES = (
    Case("open: 5 MB with 10,000 marks", lambda: open_article(LONG, MARKS), 300),
    Case(
        "open: 20 MB with 100,000 marks",
        lambda: open_article(LONGEST, MOST_MARKS),
        1_800,
        target_bytes=350 * MIB,
    ),
    Case("there, 5 MB with 10,000: add a mark", lambda: _edits()["add"], 12, 20),
    Case("there: remove a mark", lambda: _edits()["remove"], 12, 20),
    Case("there: undo that", lambda: _edits()["undo"], 12, 20),
    Case("there: scroll a page", scroll_pages, 12, 16),
    Case("there: jump to any place", jump_anywhere, 15),
)
