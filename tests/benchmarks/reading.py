"""The whole window with a project open, and when its text was painted.

`python -m tests.benchmarks.reading PROJECT` opens a big article in a process of its own and prints, as JSON, how long
that took and how much memory the process ever had in use.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import App
from ui.settings import Settings

PATIENCE = 60.0
"""Seconds."""


class PaintClock(QObject):
    """When a widget was painted last, told at the end of its painting."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.last = 0.0
        self._inside = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self._inside:
            return False
        self._inside = True
        QCoreApplication.sendEvent(watched, event)
        self._inside = False
        self.last = time.perf_counter()
        return True

    def after(self, moment: float) -> float:
        """Waits until the widget was painted after `moment`, and says when it was painted last."""
        while self.last <= moment:
            assert time.perf_counter() < moment + PATIENCE, "nothing was painted"
            QTest.qWait(1)
        return self.last


@contextmanager
def empty_window() -> Iterator[App]:
    """The window as `./run` shows it, without a project."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        app = App(application, Settings(QSettings(f"{folder}/s.ini", QSettings.Format.IniFormat)))
        app.window.resize(1400, 880)
        app.window.show()
        QTest.qWait(200)
        yield app
        app.window.close()
        app.window.deleteLater()


@contextmanager
def window_on(path: Path) -> Iterator[App]:
    """The same with a project open; its first article is shown and painted."""
    with empty_window() as app:
        assert app.session.open(path)
        QTest.qWait(200)
        yield app


def peak_bytes() -> int | None:
    """The most memory this process had in use so far, or None where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent had in use before this process became another
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def open_article(path: Path) -> dict[str, float | int | None]:
    """From choosing the last article of a project to its text being painted, and to all events being handled."""
    with window_on(path) as app:
        clock = PaintClock(app.window.reader.view.viewport())
        article = app.session.read.articles()[-1]
        began = time.perf_counter()
        app.session.choose_article(article.id)
        painted = clock.after(began) - began
        QTest.qWait(0)
        usable = time.perf_counter() - began
        QTest.qWait(300)
        assert len(app.window.reader.view.text) > 1_000_000
        return {"painted": painted, "usable": usable, "peak_bytes": peak_bytes()}


if __name__ == "__main__":
    print(json.dumps(open_article(Path(sys.argv[1]))))
