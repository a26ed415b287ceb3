"""A claims list that was kept by hand: its columns chosen with real keys, counted in a thread, taken in as one step."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotate import commands as do
from annotate.commands.hand_kept import plan
from annotate.exchange.hand_kept import Role
from annotate.vocabulary import Finding, Kind
from tests.annotate.drafts import FLOOD, imported
from tests.ui.conftest import Hands
from ui.hand_kept_dialog import INTO_THE_NOTE, HandKeptDialog
from ui.project_files import QFileDialog

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LIST = (
    "No;Claim;Kamera;Who;Status\n"
    "1;“at least  900 People left - their homes”;phone;civil defence;verified\n"
    "2;The bridge fell 🌊;<b>camera</b>;A witness;open\n"
    "3;قال الدفاع المدني إن المياه;;;\n"
)


@pytest.fixture
def listed(hands: Hands, tmp_path: Path) -> Path:
    hands.session.run(do.import_file, imported(FLOOD))
    path = tmp_path / "claims.csv"
    path.write_text(LIST, "utf-8")
    return path


def opened(hands: Hands, qtbot: QtBot, path: Path) -> HandKeptDialog:
    lists = hands.window.claims_lists
    lists.take(path)
    qtbot.waitUntil(lambda: lists.dialog is not None, timeout=20_000)
    assert lists.dialog is not None
    lists.dialog.activateWindow()
    QTest.qWaitForWindowActive(lists.dialog)
    return lists.dialog


def counted(dialog: HandKeptDialog, qtbot: QtBot) -> HandKeptDialog:
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20_000)
    return dialog


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_the_guess_stands_above_the_first_rows_with_what_would_come_of_it(hands: Hands, qtbot: QtBot, listed: Path):
    dialog = counted(opened(hands, qtbot, listed), qtbot)
    assert [choice.currentText() for choice in dialog.choices] == [
        INTO_THE_NOTE, "Claim", INTO_THE_NOTE, "Source", "Status",
    ]  # fmt: skip
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Kamera", "The bridge fell 🌊", "<b>camera</b>", "A witness"} <= texts
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
    assert dialog.counts.text() == "3 rows: 2 quotes found in 1 article, 1 without a place."
    assert dialog.take_button.text() == "Take in 3 rows"
    assert not dialog.bar.isVisible()


def test_ctrl_enter_takes_it_in_as_one_step_and_undo_takes_it_back(hands: Hands, qtbot: QtBot, listed: Path):
    counted(opened(hands, qtbot, listed), qtbot)
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    claims = [one for one in hands.session.read.annotations() if one.kind is Kind.CLAIM]
    assert {claim.words for claim in claims} == {
        "At least 900 people left their homes", "The bridge fell 🌊", "قال الدفاع المدني إن المياه",
    }  # fmt: skip
    shown = hands.session.annotation
    assert shown is not None
    assert (shown.words, shown.claim.finding) == ("At least 900 people left their homes", Finding.CONFIRMED)
    assert hands.told[-1].words == "claims.csv: 3 claims taken in."
    assert hands.told[-1].action == "Undo"
    assert not hands.window.claims_lists.busy
    hands.session.undo()
    assert hands.session.read.annotations() == []
    assert len(hands.session.read.articles()) == 1


def test_keys_alone_choose_other_columns_and_it_is_counted_again(hands: Hands, qtbot: QtBot, listed: Path):
    dialog = counted(opened(hands, qtbot, listed), qtbot)
    assert QApplication.focusWidget() is dialog.choices[1]
    press(Qt.Key.Key_Home)
    assert dialog.counts.text() == "Choose the column that holds the claims."
    assert dialog.counts.property("kind") == "warning"
    assert (dialog.plan, dialog.take_button.isEnabled()) == (None, False)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.choices[2]
    press(Qt.Key.Key_C)
    counted(dialog, qtbot)
    assert dialog.columns().of(Role.CLAIM) == (2,)
    assert dialog.counts.text() == "3 rows: 0 quotes found in 0 articles, 2 without a place, 1 without a claim."
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_C)
    assert dialog.counts.text() == "Claim is chosen for more than one column; choose one."
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()


def test_a_list_that_is_in_already_says_so_and_adds_nothing(hands: Hands, qtbot: QtBot, listed: Path):
    counted(opened(hands, qtbot, listed), qtbot).accept()
    dialog = counted(opened(hands, qtbot, listed), qtbot)
    assert dialog.counts.text().endswith("3 in the project already.")
    assert (dialog.take_button.text(), dialog.take_button.isEnabled()) == ("Take in", False)
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not hands.window.claims_lists.busy


def test_quotes_are_looked_for_off_the_windows_thread_and_an_old_answer_is_not_shown(
    hands: Hands, qtbot: QtBot, listed: Path, monkeypatch: pytest.MonkeyPatch
):
    threads, go_on = [], threading.Event()
    look_through = plan._found

    def slowly(*given: object) -> object:
        threads.append(threading.current_thread())
        if len(threads) == 1:
            go_on.wait(20)
        return look_through(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(plan, "_found", slowly)
    dialog = opened(hands, qtbot, listed)
    qtbot.waitUntil(lambda: bool(threads), timeout=20_000)
    assert dialog.bar.isVisible()
    assert dialog.counts.text() == "Looking for the quotes in the articles …"
    dialog.choices[3].setCurrentIndex(0)
    counted(dialog, qtbot)
    go_on.set()
    QTest.qWait(50)
    assert dialog.plan is not None
    assert dialog.plan.columns.of(Role.SOURCE) == ()
    assert threading.main_thread() not in threads


def test_choices_have_names_for_those_who_hear_them(hands: Hands, qtbot: QtBot, listed: Path):
    dialog = opened(hands, qtbot, listed)
    assert [choice.accessibleName() for choice in dialog.choices] == [
        f"What {heading} holds" for heading in ("No", "Claim", "Kamera", "Who", "Status")
    ]
    assert dialog.choices[3].accessibleDescription() == "civil defence; A witness"
    assert dialog.counts.accessibleName() == "What would come of it"


def test_a_file_that_is_no_list_is_told(hands: Hands, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    hands.window.claims_lists.take(path)
    qtbot.waitUntil(lambda: bool(hands.told), timeout=20_000)
    assert hands.told[-1].trouble
    assert "list.xlsx" in hands.told[-1].words
    qtbot.waitUntil(lambda: not hands.window.claims_lists.busy, timeout=2_000)


def test_letters_that_are_guessed_can_be_read_in_another_encoding(hands: Hands, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_bytes("Claim;Source\nقال الدفاع المدني إن المياه تواصل الارتفاع;الدفاع المدني\n".encode("cp1256") * 3)
    dialog = opened(hands, qtbot, path)
    assert dialog.encoding_button.isVisible() == bool(dialog.sheet.encoding_guessed)
    hands.window.claims_lists._again("cp1256")
    lists = hands.window.claims_lists
    qtbot.waitUntil(lambda: lists.dialog is not None and lists.dialog is not dialog, timeout=20_000)
    assert lists.dialog is not None
    assert "الدفاع المدني" in lists.dialog.sheet.rows[0].cells


def test_closing_the_project_closes_the_dialog(hands: Hands, qtbot: QtBot, listed: Path):
    dialog = opened(hands, qtbot, listed)
    hands.session.close()
    assert not dialog.isVisible()
    assert not hands.window.claims_lists.busy


def test_a_claims_list_that_is_dropped_is_taken_in_as_one(hands: Hands, qtbot: QtBot, listed: Path):
    hands.window.files.take_dropped([listed])
    qtbot.waitUntil(lambda: hands.window.claims_lists.dialog is not None, timeout=20_000)
    assert not hands.window.importing.busy


def test_a_sheet_of_thousands_of_columns_opens(hands: Hands, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "wide.csv"
    row = ";".join(map(str, range(3_000)))
    path.write_text(f"Claim;{row}\nThe bridge fell;{row}\n", "utf-8")
    dialog = counted(opened(hands, qtbot, path), qtbot)
    assert len(dialog.choices) == 60
    assert len(dialog.columns().roles) == 3_001


def test_the_file_menu_leads_there(hands: Hands, qtbot: QtBot, listed: Path, monkeypatch: pytest.MonkeyPatch):
    asked = []

    def choose(_parent: object, title: str, _folder: str, kinds: str) -> tuple[str, str]:
        asked.append((title, kinds))
        return str(listed), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    hands.window.actions_["take_in_list"].trigger()
    qtbot.waitUntil(lambda: hands.window.claims_lists.dialog is not None, timeout=20_000)
    assert asked[0][0] == "Take in a claims list"
    assert "*.ods" in asked[0][1]
