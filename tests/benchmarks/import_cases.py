"""Importing: 1,000 text files, as the command line does it and through the window."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from annotate import commands
from annotate.importers import read_in_batches
from annotate.project import Project
from tests.benchmarks.material import article_text
from tests.benchmarks.measured import Case, Measured

FILES = 1_000
NOTE = f"{FILES:,} text files of 4 KB"
RUNS = 3


@contextmanager
def a_thousand_texts() -> Iterator[tuple[Path, list[Path]]]:
    """A folder for projects, and the files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04d}.txt" for number in range(FILES)]
        for number, path in enumerate(paths):
            path.write_text(article_text(4_000, seed=number), encoding="utf-8")
        yield Path(folder), paths


def import_many_texts() -> Measured:
    seconds = []
    with a_thousand_texts() as (folder, paths):
        for run in range(RUNS):
            with Project.create(folder / f"{run}.pnote", "Bench") as project:
                began = time.perf_counter()
                for batch in read_in_batches(paths, workers=os.cpu_count() or 1):
                    files = [read.result for read in batch]
                    taken = commands.import_files(project, files, label="Import", join=project.last_step_id)
                    assert {one.outcome for one in taken} == {"imported"}
                seconds.append(time.perf_counter() - began)
    return Measured(seconds, NOTE)


def import_many_texts_in_the_window() -> Measured:
    """From the drop to the last article listed; the note says for how long the window stood still at most."""
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import App
    from ui.settings import Settings

    application = QApplication.instance() or QApplication(["bench"])
    seconds, gaps = [], []
    with a_thousand_texts() as (folder, paths):
        app = App(application, Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)))
        window = app.window
        window.resize(1400, 880)
        window.show()
        for run in range(RUNS):
            app.session.create(folder / f"{run}.pnote")
            QTest.qWait(100)
            turns = [time.perf_counter()]
            ticking = QTimer(interval=2)
            ticking.timeout.connect(lambda turns=turns: turns.append(time.perf_counter()))
            loop = QEventLoop()
            window.importing.finished.connect(loop.quit)
            ticking.start()
            began = time.perf_counter()
            window.importing.take_files(paths)
            while window.importing.review is None or window.importing.review.is_reading:
                QTest.qWait(1)
            window.importing.review.accept()
            loop.exec()
            seconds.append(time.perf_counter() - began)
            ticking.stop()
            gaps += [later - earlier for earlier, later in pairwise(turns)]
        window.close()
        window.deleteLater()
    over = sum(gap > 0.05 for gap in gaps)
    longest = f"longest gap {max(gaps) * 1000:.0f} ms, {over} over 50 ms in {RUNS} runs"
    return Measured(seconds, f"{NOTE}; {longest}")


CASES = (
    Case("import: 1,000 texts", import_many_texts, 1500),
    Case("import: 1,000 texts in the window", import_many_texts_in_the_window),
)
