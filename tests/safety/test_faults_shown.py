"""What is shown of an unexpected error: a notice that stays, and exactly what is in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.safety.faulty import in_a_slot, log_of, nothing_of_the_analyst, standing_behind, wait_for
from ui.fault_dialog import FaultDialog
from ui.faults import CRASHED, WORDS
from ui.session import Notice
from ui.window import MainWindow


def test_details_show_copy_and_lead_to_exactly_what_is_in_the_log(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr(
        "ui.fault_dialog.QDesktopServices.openUrl", lambda address: opened.append(address.toLocalFile())
    )
    with standing_behind(window) as told:
        in_a_slot(window)
        wait_for(qtbot, told)
        qtbot.waitUntil(window.bars.notices.act_button.isVisible)
        QTest.mouseClick(window.bars.notices.act_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert dialog.isVisible()
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.report.toPlainText()
    assert copied.strip() in log_of(window)
    assert nothing_of_the_analyst(copied)
    QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    assert [Path(folder) for folder in opened] == [window.faults.log.folder]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(FaultDialog) is None)


def test_the_log_can_be_looked_for_later(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr("ui.faults.QDesktopServices.openUrl", lambda address: opened.append(address.toLocalFile()))
    window.actions_["show_log"].trigger()
    assert window.bars.notices.words == "There is no log: nothing has gone wrong so far."
    window.faults.log.write("Something")
    window.actions_["show_log"].trigger()
    assert [Path(folder) for folder in opened] == [window.faults.log.folder]


def test_a_later_notice_covers_a_fault_for_a_while_only(window: MainWindow):
    bar = window.bars.notices
    window.session.tell(Notice(WORDS, trouble=True, returns=True))
    window.session.tell(Notice("12 articles imported."))
    assert bar.words == "12 articles imported."
    bar.dismiss()
    assert bar.words == WORDS
    window.session.tell(Notice(WORDS, trouble=True, returns=True))
    bar.dismiss()
    assert bar.words == ""


def test_a_run_that_crashed_is_offered_until_it_is_dismissed(window: MainWindow):
    window.faults.tell_of_crashes(["Ended by a crash at 2026-11-27 08:00:00 UTC\n\nFatal Python error: Aborted\n"])
    assert window.bars.notices.words == CRASHED
    window.bars.notices.act_button.click()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert "Fatal Python error: Aborted" in dialog.report.toPlainText()
    assert "Fatal Python error: Aborted" in log_of(window)
    dialog.close()
