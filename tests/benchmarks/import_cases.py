"""Importing: 1,000 text files, as the command line does it and through the window, and 200 web pages.

What stands beside an import is measured in the same run, so that a machine that is busy with other things is told from
a program that is slow: pages against trafilatura alone, the window's turns in time of its own thread as well.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import commands
from annotate.importers import read_in_batches
from annotate.project import Project
from tests.benchmarks import bare_pages
from tests.benchmarks.material import article_text
from tests.benchmarks.measured import Case, Measured
from tests.benchmarks.pages import news_page

if TYPE_CHECKING:
    from ui.app import App
    from ui.jobs import Job

FILES = 1_000
PAGES = 200
NOTE = f"{FILES:,} text files of 4 KB"
RUNS = 3
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def a_thousand_texts() -> Iterator[tuple[Path, list[Path]]]:
    """A folder for projects, and the files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "in" / f"{number:04d}.txt" for number in range(FILES)]
        paths[0].parent.mkdir()
        for number, path in enumerate(paths):
            path.write_text(article_text(4_000, seed=number), encoding="utf-8")
        yield Path(folder), paths


@contextmanager
def web_pages() -> Iterator[tuple[Path, list[Path]]]:
    """A folder for projects, and the files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "in" / f"{number:03d}.html" for number in range(PAGES)]
        paths[0].parent.mkdir()
        for number, path in enumerate(paths):
            path.write_text(news_page(number), encoding="utf-8")
        yield Path(folder), paths


def import_many_texts() -> Measured:
    with a_thousand_texts() as (folder, paths):
        seconds = [_seconds_to_import(paths, folder / f"{run}.pnote") for run in range(RUNS)]
        return Measured(seconds, NOTE, _memory(paths[0].parent, folder / "memory.pnote"))


def import_web_pages() -> Measured:
    with web_pages() as (folder, paths):
        seconds, bare = [], []
        for run in range(RUNS):
            began = time.perf_counter()
            assert min(bare_pages.extract(paths, os.cpu_count() or 1)) > 1_000
            bare.append(time.perf_counter() - began)
            seconds.append(_seconds_to_import(paths, folder / f"{run}.pnote"))
        peak = _memory(paths[0].parent, folder / "memory.pnote")
    alone, size = statistics.median(bare), sum(map(len, map(news_page, range(PAGES)))) / PAGES / 1000
    note = (
        f"{PAGES} pages of {size:.0f} KB; {statistics.median(seconds) / alone:.2f} × trafilatura alone ({alone:.2f} s)"
    )
    return Measured(seconds, note, peak)


def _seconds_to_import(paths: list[Path], project_path: Path) -> float:
    with Project.create(project_path, "Bench") as project:
        began = time.perf_counter()
        for batch in read_in_batches(paths, workers=os.cpu_count() or 1):
            files = [read.result for read in batch]
            taken = commands.import_files(project, files, label="Import", join=project.last_step_id)
            assert {one.outcome for one in taken} == {"imported"}
        return time.perf_counter() - began


def _memory(folder: Path, project_path: Path) -> int | None:
    """Bytes that importing a folder takes beyond the program's own."""
    command = [sys.executable, "-m", "tests.benchmarks.import_memory", str(folder), str(project_path)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(printed) if printed.strip() else None


def import_many_texts_in_the_window() -> Measured:
    """From the drop over the review, which is accepted once all is read, to the last article listed.

    The note says for how long the window stood still at most, by the clock and in time of its own thread: where the
    two are far apart, it waited for something else on the machine.
    """
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import App
    from ui.settings import Settings

    application = QApplication.instance() or QApplication(["bench"])
    seconds, listed, longest, over = [], [], [], 0
    with a_thousand_texts() as (folder, paths):
        app = App(application, Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)))
        window = app.window
        window.resize(1400, 880)
        window.show()
        for run in range(RUNS):
            app.session.create(folder / f"{run}.pnote")
            QTest.qWait(100)
            turns: list[tuple[float, float]] = []
            ticking = QTimer(interval=2)
            ticking.timeout.connect(lambda turns=turns: turns.append((time.perf_counter(), time.thread_time())))
            loop = QEventLoop()
            window.importing.finished.connect(loop.quit)
            ticking.start()
            began = time.perf_counter()
            window.importing.take_files(paths)
            while window.importing.review is None or not window.importing.review.model.rowCount():
                QTest.qWait(1)
            listed.append(time.perf_counter() - began)
            while window.importing.review.is_reading:
                QTest.qWait(1)
            window.importing.review.accept()
            loop.exec()
            seconds.append(time.perf_counter() - began)
            ticking.stop()
            gaps = [(later[0] - earlier[0], later[1] - earlier[1]) for earlier, later in pairwise(turns)]
            longest.append(tuple(map(max, zip(*gaps, strict=True))))
            over += sum(gap > 0.05 for gap, _ in gaps)
        cancelled = _seconds_to_cancel(app, paths)
        window.close()
        window.deleteLater()
    clock, thread = (statistics.median(each) * 1000 for each in zip(*longest, strict=True))
    gap = f"longest gap {clock:.0f} ms ({thread:.0f} of its own), {over} over 50 ms in {RUNS} runs"
    first = f"first row after {statistics.median(listed) * 1000:.0f} ms, cancelled within {cancelled * 1000:.0f} ms"
    return Measured(seconds, f"{NOTE}; {gap}; {first}")


def _seconds_to_cancel(app: App, paths: list[Path]) -> float:
    """From the cross at the progress of writing to the window being free again."""
    from PySide6.QtTest import QTest

    importing = app.window.importing
    app.session.create(paths[0].parent.parent / "cancelled.pnote")
    jobs: list[Job] = []
    importing.started.connect(jobs.append)
    importing.take_files(paths)
    while importing.review is None or importing.review.is_reading:
        QTest.qWait(1)
    importing.review.accept()
    QTest.qWait(100)
    began = time.perf_counter()
    jobs[-1].cancel()
    while importing.busy:
        QTest.qWait(1)
    return time.perf_counter() - began


CASES = (
    Case("import: 1,000 texts", import_many_texts, 1500),
    Case("import: 1,000 texts in the window", import_many_texts_in_the_window),
    Case("import: 200 web pages", import_web_pages),
)
