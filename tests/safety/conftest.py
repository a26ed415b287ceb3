"""A project on disk, in a folder of its own, and an article in it; and a window with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotate.model import Article
from annotate.project import Project
from tests.annotate.drafts import FLOOD, take_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import MainWindow


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "case"
    folder.mkdir()
    with Project.create(folder / "Überblick 🌊.pnote", "Ana") as opened:
        yield opened


@pytest.fixture
def article(project: Project) -> Article:
    return take_in(project)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window with a project whose every word is a needle; its log is in a folder of its own."""
    # Most tests of this folder need no window.
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest

    from tests.safety.faulty import NEEDLES
    from ui.session import Session
    from ui.settings import Settings
    from ui.theme import LIGHT
    from ui.window import MainWindow

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.suggests = False
    made = MainWindow(Session(NEEDLES[0]), settings, LIGHT)
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made.session.create(tmp_path / f"{NEEDLES[1]}.pnote", NEEDLES[2])
    take_in(made.session.project, "\n\n".join((*NEEDLES, FLOOD)), f"{NEEDLES[0]}.txt")
    article = made.session.read.articles()[0]
    made.session.choose_article(article.id)
    QTest.qWait(0)
    yield made
    made.close()
