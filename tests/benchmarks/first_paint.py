"""Shows the window as `./run` does and ends the process at its first paint; run by cases.py, which takes the time."""

import os
import sys

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from ui.app import App
from ui.settings import Settings


class EndAtPaint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False


application = QApplication(sys.argv[:1])
app = App(application, Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
end = EndAtPaint()
app.window.centralWidget().installEventFilter(end)
app.window.show()
application.exec()
