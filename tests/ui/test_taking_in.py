"""Other tools' projects and archives come in from the window: chosen or dropped, as one step, and said what came."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.handing_on import Form, Handing, Order
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded, قال المحافظ.\n"


@pytest.fixture
def files(hands: Hands, tmp_path: Path) -> Path:
    """A folder with the project as other tools and as an archive have it; an empty project is open."""
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    commands.add_tag(hands.session.project, "Homes 🏚️")
    for form in (Form.QDPX, Form.JSONLD, Form.JSON):
        Handing(hands.session.read, Order(form, tmp_path / f"flood{form.suffix}"), analyst="Ana").write()
    assert hands.session.create(tmp_path / "empty.pnote")
    return tmp_path


def drop(hands: Hands, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, keys = QPointF(9, 9), Qt.KeyboardModifier.NoModifier
    hands.window.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys))


@pytest.mark.parametrize("name", ["flood.qdpx", "flood.jsonld"])
def test_a_dropped_project_of_another_tool_is_one_step(hands: Hands, qtbot: QtBot, files: Path, name: str) -> None:
    drop(hands, files / name)
    qtbot.waitUntil(lambda: any(notice.action == "Undo" for notice in hands.told))
    told = hands.told[-1]
    assert told.words.startswith(f"Taken in from {name}: 1 article, 1 tag, 1 figure.")
    [figure] = hands.session.read.annotations()
    assert (figure.words, figure.figure.value) == ("some 340 homes", 340)
    assert hands.session.article_id == figure.article_id
    assert told.act is not None
    told.act()
    assert hands.session.read.totals()["articles"] == hands.session.read.totals()["tags"] == 0


def test_it_is_chosen_from_the_file_menu(
    hands: Hands, qtbot: QtBot, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def chosen(_parent: object, _title: str, _folder: str, filters: str, **_options: object) -> tuple[str, str]:
        asked.append(filters)
        return str(files / "flood.qdpx"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    hands.window.actions_["take_in_project"].trigger()
    qtbot.waitUntil(lambda: hands.session.read.totals()["figures"] == 1)
    assert all(ending in asked[0] for ending in ("*.qdpx", "*.qdc", "*.jsonld", "*.qda", "*.sqlite3", "*.json"))


def test_a_second_time_nothing_is_new(hands: Hands, qtbot: QtBot, files: Path) -> None:
    for number in (1, 2):
        hands.told.clear()
        drop(hands, files / "flood.qdpx")
        qtbot.waitUntil(lambda: len(hands.told) == 1)
        assert ("nothing new" in hands.told[0].words) is (number == 2)
    assert hands.told[0].action == ""


def test_a_broken_file_is_one_sentence_and_changes_nothing(hands: Hands, qtbot: QtBot, files: Path) -> None:
    (files / "cut.qdpx").write_bytes((files / "flood.qdpx").read_bytes()[:200])
    drop(hands, files / "cut.qdpx")
    qtbot.waitUntil(lambda: bool(hands.told))
    assert hands.told[-1].trouble
    assert hands.told[-1].words.startswith("cut.qdpx ")
    assert hands.session.read.totals()["articles"] == 0


def test_an_archive_becomes_a_project_of_its_own_and_is_opened(
    hands: Hands, qtbot: QtBot, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(files / "again"), ""))
    drop(hands, files / "flood.json")
    qtbot.waitUntil(lambda: hands.session.has_project and hands.session.project.path.name == "again.pnote")
    assert [one.words for one in hands.session.read.annotations()] == ["some 340 homes"]
    hands.session.undo()
    assert hands.session.read.tags() == []


def test_closing_the_project_gives_up_what_is_being_read(hands: Hands, files: Path) -> None:
    drop(hands, files / "flood.qdpx")
    hands.session.close()
    assert hands.told == []
