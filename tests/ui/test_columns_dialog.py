"""Choosing what the columns of a list hold, with real key presses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from annotate.importers import Columns, Heads, ReadOptions, read_bytes
from ui.columns_dialog import ColumnsDialog

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LIST = (
    "Kichwa;Habari;Mwandishi\n"
    + "Mafuriko 🌊;" + "Mto ulipanda usiku kucha. عدد الجرحى 40. " * 4 + ";Zoe\u0308\n"
    + "<b>Mvua</b>;" + "Watu waliondoka nyumbani kwao. " * 4 + ";Ana\n"
).encode()  # fmt: skip


def heads_of_list() -> Heads:
    heads = read_bytes(LIST, "orodha.csv").heads
    assert heads is not None
    return heads


def opened(qtbot: QtBot, heads: Heads) -> ColumnsDialog:
    dialog = ColumnsDialog("orodha.csv", heads)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def ok(dialog: ColumnsDialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_the_guess_stands_over_the_first_rows_and_enter_takes_it(qtbot: QtBot) -> None:
    dialog = opened(qtbot, heads_of_list())
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Kichwa", "Habari", "Mafuriko 🌊", "<b>Mvua</b>", "Zoe\u0308"} <= set(shown)
    assert [choice.currentText() for choice in dialog.choices] == ["–", "Text", "–"]
    assert QApplication.focusWidget() is dialog.choices[1]
    press(Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.columns() == Columns(text=1)


def test_keys_alone_choose_other_columns_and_the_list_is_read_so(qtbot: QtBot) -> None:
    dialog = opened(qtbot, heads_of_list())
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is dialog.choices[0]
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.choices[2]
    press(Qt.Key.Key_A)
    columns = dialog.columns()
    assert columns == Columns(text=1, title=0, author=2)
    first, second = read_bytes(LIST, "orodha.csv", ReadOptions(columns=columns)).articles
    assert (first.title, first.author, second.title) == ("Mafuriko 🌊", "Zoe\u0308", "<b>Mvua</b>")


def test_what_two_columns_hold_must_be_decided_first(qtbot: QtBot) -> None:
    dialog = opened(qtbot, heads_of_list())
    dialog.choices[0].setFocus()
    press(Qt.Key.Key_T)
    assert (dialog.columns(), ok(dialog)) == (None, False)
    assert dialog.hint.text() == "Text is chosen for more than one column; choose one."
    dialog.choices[1].setFocus()
    press(Qt.Key.Key_Home)
    assert (dialog.columns(), ok(dialog), dialog.hint.text()) == (Columns(text=0), True, "")


def test_without_a_text_column_one_must_be_chosen_first(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Heads((), (("a", "b"), ("c",)), guess=None, named=False))
    assert (dialog.columns(), ok(dialog)) == (None, False)
    assert dialog.hint.text() == "Choose the column that holds the texts of the articles."
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    press(Qt.Key.Key_T)
    assert (dialog.columns(), ok(dialog), dialog.hint.text()) == (Columns(text=0), True, "")


def test_escape_chooses_nothing(qtbot: QtBot) -> None:
    dialog = opened(qtbot, heads_of_list())
    press(Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_sheet_of_thousands_of_columns_opens(qtbot: QtBot) -> None:
    row = tuple(map(str, range(5_000)))
    dialog = opened(qtbot, Heads((), (row, row), guess=Columns(text=70), named=False))
    assert len(dialog.choices) == 71
    assert dialog.columns() == Columns(text=70)
