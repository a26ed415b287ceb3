"""A project that is only looked at, in the window: how that comes about, what can be done, and how work goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.project import Project
from annotate.store.ownership import side_file
from annotate.store.places import Place
from annotate.vocabulary import Kind
from tests.safety.rights import everything_in, read_only, without_rights
from tests.ui.conftest import Hands
from tests.ui.viewed import (
    project_path,  # noqa: F401
    told,
    viewing_hands,  # noqa: F401
)
from ui.actions import ACTIONS, Needs
from ui.inspector.fields import TextLine
from ui.window import MainWindow


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_cannot_be_written_opens_to_be_looked_at_with_a_line_and_no_dialog(
    window: MainWindow, path: Path, what: str
) -> None:
    read_only(path, folder=what == "folder", file=what == "file")
    before = everything_in(path.parent)
    hands = Hands(window)
    with without_rights():
        window.files.open_path(path)
        assert window.session.has_project
        why = "its folder" if what == "folder" else "the file"
        assert window.view_line.words.text() == f"flood.pnote is only looked at, since {why} cannot be written."
        assert window.view_line.isVisible()
        assert window.view_line.copy_button.text() == "Save a copy to work on…"
        assert QApplication.activeModalWidget() is None
        assert not window.bars.notices.isVisible()
        assert window.windowTitle() == "flood (only looked at) – Provenote"
        assert "only looked at" in window.status_line.saved.text()
        window.session.choose_article(window.session.read.articles()[1].id)
        hands.press(Qt.Key.Key_C)
        window.close()
    assert everything_in(path.parent) == before


def test_a_project_that_somebody_has_open_is_offered_to_be_looked_at(window: MainWindow, path: Path) -> None:
    with Project.open(path, "Büşra") as owner:
        window.files.open_path(path)
        assert not window.session.has_project
        notice = window.bars.notices
        assert notice.words.startswith("flood.pnote is open already: Büşra on ")
        assert notice.act_button.text() == "View it"
        notice.act_button.click()
        assert window.view_line.words.text().startswith("flood.pnote is only looked at, since Büşra has it open on ")
        article = window.session.article
        assert article is not None
        title = article.title
        commands.edit_article(owner, article.id, title="Changed by its owner 🌊")
        commands.add_source(owner, "Another")
        window.view_line.follow_file()
        assert window.view_line.again_button.text() == "Look again: it has changed"
        assert window.session.article.title == title
        window.view_line.again_button.click()
        assert window.session.article_id == article.id
        assert window.session.article.title == "Changed by its owner 🌊"
        assert window.view_line.again_button.text() == "Look again"
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.bars.notices.words == "Nobody has flood.pnote open any more."
    window.bars.notices.act_button.click()
    assert window.session.view_only == ""
    assert not window.view_line.isVisible()
    commands.add_source(window.session.project, "Mine")


def test_a_second_window_of_the_same_person_names_this_computer(window: MainWindow, path: Path) -> None:
    with Project.open(path, "Ann Alyst"):
        assert not window.session.open(path)
        assert " in another window on this computer since " in window.bars.notices.words
        window.bars.notices.act_button.click()
        assert "another window on this computer has it open" in window.view_line.words.text()


def test_looking_again_keeps_article_selection_and_filter(viewing: Hands) -> None:
    window, session = viewing.window, viewing.session
    selected = session.annotation_id
    window.mark_filter.switch_kind(Kind.FIGURE)
    viewing.press(Qt.Key.Key_F5)
    assert session.annotation_id == selected
    assert session.filter.hidden_kinds == {Kind.FIGURE}


def test_what_is_only_of_use_while_looking_is_in_the_menus_only_then(viewing: Hands, tmp_path: Path) -> None:
    actions = viewing.window.actions_
    names = [spec.name for spec in ACTIONS if spec.needs is Needs.VIEWED]
    assert names
    assert all(actions[name].isVisible() for name in names)
    assert viewing.session.create(tmp_path / "own.pnote")
    viewing.window.availability.refresh()
    assert not any(actions[name].isVisible() for name in names)


def test_opening_for_work_what_is_looked_at_and_free_opens_it_for_work(viewing: Hands, path: Path) -> None:
    assert viewing.session.open(path)
    assert viewing.session.view_only == ""
    form = viewing.window.inspector.form
    assert form is not None
    assert not any(line.isReadOnly() for line in form.findChildren(TextLine))


# -- what works ---------------------------------------------------------------------------------------------------


def test_reading_searching_copying_and_exporting_work(viewing: Hands, qtbot: QtBot, tmp_path: Path) -> None:
    from annotate.handing_on import Form, Order

    window = viewing.window
    viewing.drag("dozens of houses")
    window.actions_["copy_words"].trigger()
    assert QGuiApplication.clipboard().text() == "dozens of houses"
    window.actions_["find"].trigger()
    QTest.keyClicks(window.reader.find_bar.words, "houses")
    qtbot.waitUntil(lambda: len(window.reader.find_bar.hits.starts) == 1)
    viewing.press(Qt.Key.Key_Escape)
    target = tmp_path / "evidence.xlsx"
    with qtbot.waitSignal(window.exporting.finished, timeout=60_000):
        window.exporting.write(Order(Form.WORKBOOK, target))
    assert target.stat().st_size > 0
    assert "is written to" in told(viewing)
    assert viewing.session.read.exports() == []


def test_a_copy_is_saved_and_opened_to_be_worked_on(
    viewing: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    target = tmp_path / "mine.pnote"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target.with_suffix("")), ""))
    viewing.window.view_line.copy_button.click()
    session = viewing.session
    assert session.project.path == target
    assert session.view_only == ""
    assert len(session.read.articles()) == 2
    commands.add_source(session.project, "Mine")
    assert not side_file(path).exists()


def test_the_project_itself_is_not_written_over_by_its_copy(
    viewing: Hands, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    before = path.read_bytes()
    viewing.window.view_line.copy_button.click()
    assert "cannot be written over" in told(viewing)
    assert path.read_bytes() == before


# -- where it lies ------------------------------------------------------------------------------------------------


def test_a_shared_folder_is_warned_of_once_and_conflict_copies_are_mentioned(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.project.place_of", lambda _path: Place(service="Dropbox"))
    hands = Hands(window)
    assert window.session.open(path)
    assert told(hands).startswith("flood.pnote lies in a folder that Dropbox keeps in step with other computers. ")
    assert window.bars.notices.stays
    window.session.close()
    hands.told.clear()
    assert window.session.open(path)
    assert hands.told == []
    window.session.close()
    path.with_name("flood (Ann's conflicted copy 2026-11-27).pnote").touch()
    assert window.session.open(path)
    assert told(hands).startswith("flood (Ann's conflicted copy 2026-11-27).pnote lies beside flood.pnote: ")


def test_what_another_computer_may_have_open_is_looked_at_or_taken_over_when_it_is_asked_for(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.store.ownership.place_of", lambda _path: Place(network="nfs4"))
    side_file(path).write_text('{"host": "desk", "pid": 7, "analyst": "Büşra", "since": "2026-11-27T08:15:00+00:00"}')
    assert not window.session.open(path)
    assert window.bars.notices.words.startswith("flood.pnote may be open on another computer: Büşra on desk since ")
    window.bars.notices.act_button.click()
    assert "since Büşra may have it open on desk (since " in window.view_line.words.text()
    assert window.view_line.work_button.isVisible()
    window.view_line.work_button.click()
    assert window.session.view_only == ""
    assert not window.view_line.isVisible()


def test_that_it_was_not_closed_properly_is_told_quietly_once(window: MainWindow, path: Path) -> None:
    side_file(path).write_text('{"host": "desk", "pid": 7, "analyst": "Büşra", "since": "2026-11-27T08:15:00+00:00"}')
    hands = Hands(window)
    assert window.session.open(path)
    assert told(hands).startswith("flood.pnote was not closed properly last time (Büşra on desk since ")
    assert told(hands).endswith("Nothing that was saved is lost.")
    assert not hands.told[-1].trouble
    hands.told.clear()
    window.session.close()
    assert window.session.open(path)
    assert hands.told == []


def test_the_line_is_over_the_text_and_its_words_can_be_selected(viewing: Hands) -> None:
    window = viewing.window
    line, reader = window.view_line, window.reader
    assert line.mapTo(window, QPoint(0, line.height())).y() <= reader.mapTo(window, QPoint(0, 0)).y()
    assert line.words.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
