"""Ending when the system says so: log out, shutdown, Ctrl+C in the terminal, a screen that goes away.

What is being typed is written and the project is folded in, instead of the process being gone on the spot.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

_XLIB = "libX11.so.6"


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


@contextmanager
def told_of_lost_screen(end: Callable[[], object]) -> Iterator[None]:
    """Have `end` called, while the block runs, before an X server that went away takes the process with it.

    Mostly Qt notices first, and leaves its loop; but where Xlib does, that ends the process by itself, and no line of
    Python would be run any more.
    """
    if QApplication.platformName() != "xcb":
        yield
        return
    import ctypes

    try:
        xlib = ctypes.CDLL(_XLIB)
    except OSError:  # Qt has another one, and notices by itself
        yield
        return

    def lost(_display: object) -> int:
        end()
        return 0  # Xlib ends the process now

    handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lost)
    xlib.XSetIOErrorHandler(handler)
    try:
        yield
    finally:
        xlib.XSetIOErrorHandler(None)
