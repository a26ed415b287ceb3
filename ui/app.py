"""Starts the window: application, theme, settings; and ends it so that the next start knows it ended well."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from annotate.account import user_name
from annotate.crashes import RunFile, crashes
from annotate.fault_log import log_fault
from ui.ending import end_when_told, told_of_lost_screen
from ui.session import Session
from ui.settings import Settings
from ui.style import ICONS, palette, stylesheet
from ui.theme import DARK, LIGHT, Theme
from ui.window import MainWindow

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
        self.session = Session(settings.analyst or user_name())
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
    try:
        app = App(application, Settings())
    except Exception as error:
        words = log_fault(error, "at the start")
        print(words, file=sys.stderr)  # noqa: T201 - whoever started it from a terminal looks there
        QMessageBox.critical(None, "Provenote cannot start", words)
        return 3
    window, faults = app.window, app.window.faults
    faults.install()
    died = crashes(faults.log.folder)
    run = RunFile(faults.log.folder, faults.about())
    window.used.follow(run.last_used)
    end_when_told(application, window)
    window.show()
    faults.tell_of_crashes(died)
    try:
        if project is not None:
            app.session.open(project)
        if link:
            window.files.follow(link)
    except Exception as error:  # the window is there all the same, and says so
        faults.note(error, "at the start")

    def end() -> None:
        try:
            if app.session.has_project:  # the window was not closed: its screen is gone
                app.session.close()
        except Exception as error:
            faults.note(error, "at the end")
        faults.uninstall()
        run.end()

    try:
        with told_of_lost_screen(end):
            return application.exec()
    finally:
        end()
