"""Unexpected errors of the window, wherever they come up: written to the log, told once, and then the work goes on.

Python calls a hook for what nobody has caught: in slots and in methods that Qt calls (PySide prints such an error
and goes on, by way of sys.excepthook), in threads, and in what is cleared away. Qt has a hook for its warnings. This
module stands behind all of them. What may be written down is decided in annotate/fault_report.py.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from traceback import walk_tb
from typing import Any

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, QUrl, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from annotate.errors import ProjectDamaged
from annotate.fault_log import FaultLog, LastUsed
from annotate.fault_report import Fault, fault_of, let_go, remark, report, shown_file, versions
from ui.damage_look import DamageLook
from ui.fault_dialog import FaultDialog
from ui.qt_messages import safe_words
from ui.session import Notice, Session

WORDS = "Something went wrong inside Provenote. What was saved is safe; the last thing you did may not be done."

CRASHED = "Provenote ended unexpectedly last time. What was saved is safe."

_QUIET_SECONDS = 2.0
"""A fault that comes again sooner than this is the same trouble still: a panel that fails whenever it is painted."""
_MOST_QUIET_SECONDS = 120.0

_MOST_UNREAD = 5

_SEVERITY = {
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


@dataclass(frozen=True)
class Told:
    """What is to be told of a fault in the window."""

    words: str
    report: str
    is_explained: bool
    """Whether the words say already that it is the project that is damaged."""


class Faults(QObject):
    """The one place where unexpected errors of a window end. `parent` is the window, over which details open."""

    _to_tell = Signal(object)
    """A Told, from any thread and out of the middle of anything; told when the window comes to it."""

    def __init__(self, session: Session, log: FaultLog, used: LastUsed, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self.log = log
        self._used = used
        self._damage = DamageLook(session, self)
        self._about: list[tuple[str, str]] = []
        self._unread: list[str] = []
        self._last_met: dict[str, float] = {}
        self._quiet_for: dict[str, float] = {}
        self._before: tuple[Any, ...] | None = None
        self._to_tell.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        session.faulted.connect(self._caught)

    # -- standing behind everything --------------------------------------------------------------------------------

    def install(self) -> None:
        """Take every unexpected error of this process until `uninstall`."""
        handler = _Records(self)
        self._before = (
            *(sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning),
            *(qInstallMessageHandler(self._qt_said), handler),
        )
        sys.excepthook = lambda _kind, error, _trace: self.note(error, "in the window")
        threading.excepthook = lambda args: self.note(args.exc_value or args.exc_type(), "in a thread")
        sys.unraisablehook = lambda args: self.note(args.exc_value or args.exc_type(), "while clearing up")
        warnings.showwarning = self._warned
        logging.getLogger().addHandler(handler)

    def uninstall(self) -> None:
        """Leave the hooks as they were found, and write what was only counted."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning, said, handler = self._before
            self._before = None
            qInstallMessageHandler(said)
            logging.getLogger().removeHandler(handler)
        self.log.close()

    # -- writing down ----------------------------------------------------------------------------------------------

    def note(self, error: BaseException, where: str, words: str = WORDS) -> None:
        """Log an error nobody expected, and have it told. From any thread; raises nothing.

        A project that turns out to be damaged while it is shown says so itself, and what to do; after any other error
        it is checked whether it is.
        """
        try:
            if isinstance(error, KeyboardInterrupt):  # Ctrl+C in the terminal that the window was started from
                self._window.close()
                return
            fault = fault_of(error, where)
            _end_painters(error)
            let_go(error)
            is_damage = isinstance(error, ProjectDamaged)
            self._note(fault, str(error) if is_damage else words, is_damage)
        except Exception as failure:
            _say(f"An unexpected error ({type(error).__name__}) could not be logged: {type(failure).__name__}.")

    def _note(self, fault: Fault, words: str, is_explained: bool) -> None:
        def made() -> str:
            return report(fault, self.about(), self._used.all())

        if self.log.note(fault, made) == 1:
            _say(made())
        if self._is_news(fault.key):
            self._to_tell.emit(Told(words, made(), is_explained))

    def about(self) -> list[tuple[str, str]]:
        """What is running, window system and all."""
        if not self._about:
            qt = f"{qVersion()} ({QGuiApplication.platformName()})"
            self._about = [*versions(), ("PySide", PySide6.__version__), ("Qt", qt)]
        return self._about

    def _is_news(self, key: str) -> bool:
        """Whether a fault is to be told: not while it keeps coming, and each time less soon."""
        now = time.monotonic()
        before, self._last_met[key] = self._last_met.get(key), now
        quiet = self._quiet_for.get(key, _QUIET_SECONDS)
        if before is None:
            return True
        if now - before < quiet:
            return False
        self._quiet_for[key] = min(2 * quiet, _MOST_QUIET_SECONDS)
        return True

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Of Qt's own messages what quotes nothing, or who speaks."""
        if kind not in _SEVERITY:
            return
        try:
            self._log_only(f"Qt {_SEVERITY[kind]}", safe_words(message, context.category))
        except Exception as error:  # PySide raises here what has failed in the paint that Qt complains of
            self.note(error, "in the window")

    def _warned(self, _message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object) -> None:
        self._log_only(category.__name__, f"{shown_file(filename)}, line {lineno}")

    def _log_only(self, kind: str, words: str) -> None:
        """Something for who mends the program, and nothing that an analyst could do anything about."""
        fault = remark(kind, words)
        running = ", ".join(f"{name} {version}" for name, version in self.about())
        if self.log.note(fault, lambda: report(fault, [("Running", running)])) == 1:
            _say(fault.text)

    # -- telling ---------------------------------------------------------------------------------------------------

    def _caught(self, words: str, error: BaseException) -> None:
        """Somebody has caught an unexpected error, a job's for instance, and knows what it means for the work."""
        self.note(error, "in a job", words)

    def _tell(self, told: Told) -> None:
        self._unread = [*self._unread, told.report][-_MOST_UNREAD:]
        self._session.tell(Notice(told.words, trouble=True, action="Details…", act=self._show_unread, returns=True))
        if not told.is_explained:
            self._damage.look()

    def _show_unread(self) -> None:
        """All that was told since details were shown last: one fault often brings about another."""
        reports, self._unread = self._unread, []
        if reports:
            self.show_details(f"\n{'-' * 72}\n\n".join(reports))

    def tell_of_crashes(self, reports: Sequence[str]) -> None:
        """Offer what is left of runs that ended by a crash; it goes into the log, too."""
        for words in reports:
            self.log.write(words)
        if reports:
            details = "\n".join(reports)
            act = lambda: self.show_details(details, "How Provenote ended")  # noqa: E731
            self._session.tell(Notice(CRASHED, trouble=True, action="Details…", act=act, returns=True))

    def show_folder(self) -> None:
        """Open the folder with the log, where there is one."""
        if self.log.path.exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.log.folder)))
        else:
            self._session.tell(Notice("There is no log: nothing has gone wrong so far."))

    def show_details(self, words: str, title: str = "What went wrong") -> None:
        """Open a report, to be read, copied and sent on by who wants to."""
        over = QApplication.activeModalWidget() or self._window
        FaultDialog(title, words, self.log.folder, over).open()


class _Records(logging.Handler):
    """What libraries log: which of them, where and how grave. What they say may quote what they read."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        place = f"{shown_file(record.pathname)}, line {record.lineno}"
        self._faults._log_only(f"Log {record.levelname.lower()}", place)


def _end_painters(error: BaseException) -> None:
    """A painter that goes on while its paint has failed brings the program down as soon as Qt goes on."""
    for frame, _line in walk_tb(error.__traceback__):
        for value in tuple(frame.f_locals.values()):
            if isinstance(value, QPainter) and value.isActive():
                value.end()


def _say(words: str) -> None:
    """To the terminal the window was started from, where there is one."""
    if sys.stderr is not None:
        print(words, file=sys.stderr, flush=True)  # noqa: T201
