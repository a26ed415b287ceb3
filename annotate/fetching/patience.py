"""Work with the network that can be given up at any moment, whatever the other side does.

A time limit for a single read is none: a server that sends one byte every few seconds never reaches it. Nor can
looking up a name be interrupted at all. So the work goes on in a thread of its own, and who waits for it looks at the
clock; when time is up, the connection is pulled away from under the work, whose result nobody wants any more.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_LOOK_EVERY = 0.05
"""Seconds between looks at the clock and at `cancelled`."""


class GivenUp(Exception):
    """Nobody waits for the work any more."""


class TimeIsUp(Exception):
    """The work did not end in time."""


class Line:
    """The connection that the work has open now, within reach of who waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._cut = False

    def hold(self, connected: socket.socket) -> None:
        """What is open from now on, in place of what was; raises GivenUp, with it closed, once the line is cut."""
        with self._lock:
            if self._cut:
                connected.close()
                raise GivenUp
            self._socket = connected

    def cut(self) -> None:
        """End whatever waits for the other side, from another thread."""
        with self._lock:
            self._cut = True
            if self._socket is not None:
                with contextlib.suppress(OSError, ValueError):  # closed already, or not connected yet
                    self._socket.shutdown(socket.SHUT_RDWR)


class _Outcome(Generic[T]):
    def __init__(self) -> None:
        self.there = threading.Event()
        self.result: T
        self.error: Exception | None = None


def in_time(work: Callable[[Line], T], seconds: float, cancelled: threading.Event | None = None) -> T:
    """What the work returns, or the exception that it raises.

    Raises TimeIsUp after so many seconds in all, and GivenUp soon after `cancelled` is set from another thread.
    """
    line = Line()
    outcome: _Outcome[T] = _Outcome()

    def run() -> None:
        try:
            outcome.result = work(line)
        except Exception as error:  # handed to who waits
            outcome.error = error
        outcome.there.set()

    until = time.monotonic() + seconds
    threading.Thread(target=run, name="fetching", daemon=True).start()
    try:
        while not outcome.there.wait(_LOOK_EVERY):
            if cancelled is not None and cancelled.is_set():
                raise GivenUp
            if time.monotonic() > until:
                raise TimeIsUp
    finally:
        line.cut()
    if outcome.error is not None:
        raise outcome.error
    return outcome.result
