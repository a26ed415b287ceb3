"""A program in which something goes wrong, and what may be found of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.faults import WORDS
from ui.session import Notice
from ui.window import MainWindow

NEEDLES = ("Zinnoberrot", "Überfähre 🛶", "شاهد عيان", "ne\u0301edle\u2028two", "/srv/ann/quelle.docx")
"""What stands in articles, titles, names of files and notes, and must stand in no log."""


@contextmanager
def standing_behind(window: MainWindow) -> Iterator[list[Notice]]:
    """The hooks of the program instead of those of the tests; what is told meanwhile."""
    told: list[Notice] = []
    window.session.noticed.connect(told.append)
    window.faults.install()
    try:
        yield told
    finally:
        window.faults.uninstall()
        window.session.noticed.disconnect(told.append)


def log_of(window: MainWindow) -> str:
    path = window.faults.log.path
    return path.read_text(encoding="utf-8") if path.exists() else ""


def fail(*needles: str) -> None:
    raise ValueError(f"cannot read {' '.join(needles or NEEDLES)!r}")


def wait_for(qtbot: QtBot, told: list[Notice], words: str = WORDS) -> Notice:
    qtbot.waitUntil(lambda: any(notice.words == words for notice in told), timeout=10_000)
    return next(notice for notice in told if notice.words == words)


def in_a_slot(window: MainWindow) -> None:
    button = QPushButton(window)
    button.clicked.connect(lambda: fail())
    button.click()


def nothing_of_the_analyst(words: str) -> bool:
    pieces = {piece for needle in NEEDLES for piece in re.split(r"[\s/.]+", needle) if len(piece) > 3}
    found = [piece for piece in pieces if piece in words or ascii(piece)[1:-1] in words]
    assert found == []
    return True
