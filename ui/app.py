"""Starts the window: application, theme, settings, and what to do with faults nobody expected."""

from __future__ import annotations

import gc
import getpass
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui.session import Notice, Session
from ui.settings import Settings
from ui.style import ICONS, palette, stylesheet
from ui.theme import DARK, LIGHT, Theme
from ui.window import MainWindow

log = logging.getLogger("provenote")

OBJECTS_BETWEEN_CYCLES = 10_000
"""New objects after which Python looks for cycles: its own 700 made that a third of opening 100,000 marks, and with
50,000 one look held up the window for as long as 50 milliseconds."""


class App(QObject):
    """The window with the colours of the system or those chosen, kept in step with both."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        gc.set_threshold(OBJECTS_BETWEEN_CYCLES)
        self._application = application
        self._settings = settings
        application.setApplicationName("Provenote")
        application.setWindowIcon(QIcon(str(ICONS / "provenote.svg")))
        application.setStyle("Fusion")
        self.session = Session(settings.analyst or getpass.getuser())
        self.window = MainWindow(self.session, settings, self._theme())
        self._apply()
        self.window.theme_asked.connect(self._choose)
        application.styleHints().colorSchemeChanged.connect(self._apply)

    def _theme(self) -> Theme:
        wanted = self._settings.theme
        if wanted == "system":
            dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if wanted == "dark" else LIGHT

    def _choose(self, name: str) -> None:
        self._settings.theme = name
        self._apply()

    def _apply(self) -> None:
        theme = self._theme()
        self._application.setPalette(palette(theme))
        self._application.setStyleSheet(stylesheet(theme))
        self.window.set_theme(theme)


def main(project: Path | None = None, link: str = "") -> int:
    """Show the window, with a project or what a link of a workbook leads to where one is named, until it is closed.

    Returns the exit status.
    """
    application = QApplication(sys.argv[:1])
    app = App(application, Settings())

    def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected fault\n%s", details)
        words = "Something went wrong inside Provenote. What was saved is safe; the last thing you did may not be done."
        app.session.tell(Notice(words, trouble=True, details=details))

    sys.excepthook = fault
    app.window.show()
    if project is not None:
        app.session.open(project)
    if link:
        app.window.files.follow(link)
    return application.exec()
