"""Ending when the system says so: log out, shutdown, Ctrl+C in the terminal. The window closes as by its own button, so
that what is being typed is written and the project is folded in, instead of the process being gone on the spot.
"""

from __future__ import annotations

import os
import signal

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget


def end_when_told(application: QApplication, window: QWidget) -> None:
    """Close `window` when the process is asked to end. On Windows Qt is asked by the system itself."""
    if os.name != "posix":
        return
    hears, wakes = os.pipe()
    os.set_blocking(wakes, False)
    os.set_blocking(hears, False)
    # Qt waits outside Python, where no handler is called; a byte in this pipe has it look.
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) != signal.SIG_IGN:  # as of nohup
            signal.signal(number, lambda _number, _frame: None)
    notifier = QSocketNotifier(hears, QSocketNotifier.Type.Read, application)

    def end() -> None:
        os.read(hears, 64)
        window.close()
        application.quit()

    notifier.activated.connect(end)
