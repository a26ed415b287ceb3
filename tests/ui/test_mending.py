"""A project that is damaged or strange is not opened, and the window offers what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotate.backups import make_backup
from tests.safety.whole_project import altered, whole_bytes, whole_project
from ui.mending.backup_chooser import BackupChooser
from ui.mending.mending import CLEAN, RESTORE, SAVE
from ui.mending.report_dialog import ReportDialog
from ui.window import MainWindow


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = whole_project(tmp_path, "flood.pnote")
    path.write_bytes(whole_bytes()[: len(whole_bytes()) // 2])
    return path


def dialog_of(window: MainWindow, kind: type[QDialog]) -> QDialog | None:
    return next((dialog for dialog in window.findChildren(kind) if dialog.isVisible()), None)


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def test_what_can_be_saved_is_saved_beside_shown_and_opened(window: MainWindow, damaged: Path, qtbot: QtBot) -> None:
    before = damaged.read_bytes()
    bar = window.bars.notices
    assert not window.session.open(damaged)
    assert bar.words.startswith("flood.pnote is damaged (")
    assert (bar.act_button.text(), bar.other_button.isVisible()) == (SAVE, False)
    click(bar.act_button)
    qtbot.waitUntil(lambda: dialog_of(window, ReportDialog) is not None, timeout=20_000)
    assert window.session.project.path.name == "flood (saved).pnote"
    assert len(window.session.read.articles()) == 6
    report = dialog_of(window, ReportDialog)
    assert isinstance(report, ReportDialog)
    assert report.report.toPlainText().startswith("Saved\n")
    assert "Lost (" in report.report.toPlainText()
    assert (damaged.parent / "flood (saved) report.txt").exists()
    report.reject()
    assert damaged.read_bytes() == before


def test_a_backup_takes_the_place_of_a_damaged_project(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = whole_project(tmp_path, "flood.pnote")
    make_backup(path)
    path.write_bytes(whole_bytes()[:100_000])
    bar = window.bars.notices
    assert not window.session.open(path)
    assert (bar.act_button.text(), bar.other_button.text()) == (SAVE, RESTORE)
    click(bar.other_button)
    chooser = dialog_of(window, BackupChooser)
    assert isinstance(chooser, BackupChooser)
    assert chooser.list.count() == 1
    click(chooser.restore)
    qtbot.waitUntil(lambda: window.session.has_project, timeout=20_000)
    assert len(window.session.read.articles()) == 6
    assert bar.words.startswith("flood.pnote is restored. What was damaged is kept as ")


def test_nothing_is_restored_while_something_is_saved(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = whole_project(tmp_path, "flood.pnote")
    make_backup(path)
    path.write_bytes(whole_bytes()[:100_000])
    assert not window.session.open(path)
    window.mending.save(path)
    window.mending.choose_backup(path)
    chooser = dialog_of(window, BackupChooser)
    assert isinstance(chooser, BackupChooser)
    click(chooser.restore)
    assert window.bars.notices.words == window.mending.BUSY
    qtbot.waitUntil(lambda: window.session.has_project, timeout=20_000)
    assert window.session.project.path.name == "flood (saved).pnote"
    assert path.read_bytes() == whole_bytes()[:100_000]


def test_a_clean_copy_of_a_strangers_project_is_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = whole_project(tmp_path, "letter.pnote")
    altered(path, "CREATE TRIGGER t AFTER INSERT ON analysts BEGIN DELETE FROM annotations; END")
    before = path.read_bytes()
    bar = window.bars.notices
    assert not window.session.open(path)
    assert "holds a trigger “t” on “analysts”" in bar.words
    assert bar.act_button.text() == CLEAN
    click(bar.act_button)
    qtbot.waitUntil(lambda: window.session.has_project, timeout=20_000)
    assert window.session.project.path.name == "letter (clean copy).pnote"
    assert len(window.session.read.annotations()) == 16
    assert bar.words == (
        "Everything in letter.pnote was taken over into letter (clean copy).pnote: 6 articles and 16 marks."
    )
    assert path.read_bytes() == before


def test_a_notice_with_one_thing_to_do_has_it_beside_its_words_again(window: MainWindow, damaged: Path) -> None:
    make = window.session
    assert not make.open(damaged)
    bar = window.bars.notices
    make.tell_undoable("A mark was removed.")
    assert bar.act_button.text() == "Undo"
    assert not bar.other_button.isVisible()
    assert bar.act_button.geometry().left() > bar.label.geometry().left()
    assert bar.act_button.geometry().top() < bar.label.geometry().bottom()
