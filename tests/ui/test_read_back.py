"""What a colleague has edited is shown cell by cell, decided with real keys and clicks, and goes in as one step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from annotate import commands as do
from annotate.commands import reading_back
from annotate.exchange.readback import compare as comparing
from annotate.exchange.readback.diff import Change, Diff, Edit, What
from annotate.exchange.readback.workbook import ReadWorkbook
from annotate.model import Annotation
from annotate.report.workbook import export_workbook
from annotate.vocabulary import Finding, Kind
from tests.annotate.drafts import FLOOD, imported
from tests.ui.conftest import Hands
from ui.project_files import QFileDialog
from ui.readback.dialog import ReadbackDialog
from ui.readback.lines import Group, Line, Shown, groups_of
from ui.readback.model import HAPPENS, LABEL, NEW, OLD, PIECES, ReadbackModel
from ui.readback.words import on_one_line, pieces
from ui.theme import DARK, LIGHT

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning  # warnings of Qt fail the test
QUOTES = ("At least 900 people left their homes on Monday", "that the dam was weak", "The road to Alt-Moor was closed")


@pytest.fixture
def claims(hands: Hands) -> list[Annotation]:
    """Three claims in an article with emoji and Arabic, the first with words of its analyst."""
    hands.session.run(do.import_file, imported(FLOOD))
    [article] = hands.session.read.articles()
    hands.session.choose_article(article.id)
    ids = [hands.session.run(do.mark, article.id, Kind.CLAIM, [hands.place(quote)]) for quote in QUOTES]
    hands.session.run(do.edit_record, ids[0], plain_words="900 people fled on Monday")
    return [found(hands, i) for i in ids if i is not None]


def found(hands: Hands, annotation_id: int) -> Annotation:
    annotation = hands.session.read.annotation(annotation_id)
    assert annotation is not None
    return annotation


def exported(hands: Hands, folder: Path) -> Path:
    return export_workbook(hands.session.read, folder / "evidence.xlsx", analyst="Ann").path


def edited(path: Path, edit: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(path)
    edit(book["Claims"])
    book.save(path)


def put(sheet: Any, row: int, heading: str, value: object) -> None:
    sheet.cell(row, [cell.value for cell in sheet[1]].index(heading) + 1).value = value


def much(sheet: Any) -> None:
    put(sheet, 2, "In plain words", "950 people fled on Monday 🌊")
    put(sheet, 2, "Note", "see the map")
    put(sheet, 2, "Credibility", 9)
    put(sheet, 3, "Note", "theirs")
    put(sheet, 3, "Finding", "refuted")
    sheet.delete_rows(4)
    put(sheet, 4, "Claim", "The bridge was closed")


def read(hands: Hands, qtbot: QtBot, path: Path) -> ReadbackDialog:
    reading = hands.window.reading_back
    reading.read(path)
    qtbot.waitUntil(lambda: reading.dialog is not None, timeout=20_000)
    assert reading.dialog is not None
    reading.dialog.activateWindow()
    return reading.dialog


@pytest.fixture
def dialog(hands: Hands, qtbot: QtBot, tmp_path: Path, claims: list[Annotation]) -> ReadbackDialog:
    """Much was edited in the workbook, and one note in the project meanwhile."""
    path = exported(hands, tmp_path)
    edited(path, much)
    hands.session.run(do.edit_annotation, claims[1].id, note="mine")
    return read(hands, qtbot, path)


def line(dialog: ReadbackDialog, column: str, what: What | None = None) -> Line:
    return next(one for one in dialog.model.shown_lines() if column in one.label() and what in (None, one.change.what))


def press(dialog: ReadbackDialog, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog.table, key, modifier)


def shown(dialog: ReadbackDialog, one: Group | Line, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return dialog.model.data(dialog.model.index(dialog.model.number_of(one), column), role)


def test_every_changed_cell_is_shown_under_its_record_with_old_and_new_words(dialog: ReadbackDialog):
    assert [group.name for group in dialog.model.groups][:2] == ["C-0001", "C-0002"]
    first = dialog.model.groups[0]
    assert shown(dialog, first, OLD) == QUOTES[0]
    assert shown(dialog, first, HAPPENS) == "Claims, row 2"
    plain = line(dialog, "In plain words")
    assert (shown(dialog, plain, OLD), shown(dialog, plain, NEW)) == (
        "900 people fled on Monday",
        "950 people fled on Monday 🌊",
    )
    changed = [piece.words for piece in shown(dialog, plain, NEW, PIECES) if piece.is_changed]
    assert changed == ["950", " 🌊"]
    refused = line(dialog, "Credibility")
    assert "not on the list" in shown(dialog, refused, HAPPENS)
    assert shown(dialog, refused, LABEL, Qt.ItemDataRole.CheckStateRole) is None


def test_what_nobody_need_decide_is_ticked_and_conflicts_and_deleted_rows_are_not(dialog: ReadbackDialog):
    ticked = {(one.change.what, one.ticked) for one in dialog.model.shown_lines()}
    assert ticked == {
        *((What.EDIT, True), (What.NEW, True), (What.CONFLICT, False), (What.DELETED, False)),
        (What.NOT_ALLOWED, False),
    }
    assert dialog.apply_button.text() == "Apply 4 changes"
    assert [button.text() for button in dialog.filters.values() if button.isVisible()] == [
        "All 7", "To decide 1", "Edited 3", "New rows 1", "Deleted rows 1", "Cannot go in 1",
    ]  # fmt: skip
    assert dialog.summary.text() == "3 cells go in, 1 row is added, 2 are left, 1 cannot go in"


def test_apply_is_one_step_and_undo_takes_it_back(dialog: ReadbackDialog, hands: Hands, claims: list[Annotation]):
    before = [found(hands, claim.id) for claim in claims]
    press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first, second, third = (found(hands, claim.id) for claim in claims)
    assert (first.claim.plain_words, first.note) == ("950 people fled on Monday 🌊", "see the map")
    assert (second.note, second.claim.finding) == ("mine", Finding.REFUTED)
    assert third.words == QUOTES[2]
    assert hands.told[-1].words == "4 changes of evidence.xlsx went in."
    assert hands.told[-1].action == "Undo"
    hands.session.undo()
    assert [replace(found(hands, one.id), revision=0, changed_at=one.changed_at) for one in before] == [
        replace(one, revision=0) for one in before
    ]
    assert not hands.window.reading_back.busy


def test_space_takes_and_leaves_and_a_heading_stands_for_its_record(dialog: ReadbackDialog):
    dialog.table.select(line(dialog, "In plain words"))
    press(dialog, Qt.Key.Key_Space)
    assert not line(dialog, "In plain words").ticked
    press(dialog, Qt.Key.Key_Up)
    group = dialog.table.current()
    assert isinstance(group, Group)
    assert shown(dialog, group, LABEL, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    press(dialog, Qt.Key.Key_Space)
    assert [one.ticked for one in group.lines] == [one.can_go_in for one in group.lines]
    press(dialog, Qt.Key.Key_Space)
    assert not any(one.ticked for one in group.lines)


def test_enter_takes_and_goes_on_to_the_next_change(dialog: ReadbackDialog):
    dialog.model.tick(dialog.model.shown_lines(), False)
    dialog.table.select(dialog.model.shown_lines()[0])
    for _ in range(20):
        press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert all(one.ticked == one.can_go_in for one in dialog.model.shown_lines())
    assert dialog.table.current() is dialog.model.shown_lines()[-1]


def test_a_click_on_a_box_ticks_and_one_on_words_does_not(dialog: ReadbackDialog):
    deleted = line(dialog, "Deleted row")
    rect = dialog.table.visualRect(dialog.model.index(dialog.model.number_of(deleted), LABEL))
    for place, ticked in (
        (QPoint(rect.left() + 36, rect.center().y()), True),
        (QPoint(rect.right() - 8, rect.center().y()), True),
    ):
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert deleted.ticked is ticked


def test_a_conflict_is_decided_between_both_values(dialog: ReadbackDialog, hands: Hands, claims: list[Annotation]):
    conflict = line(dialog, "Note", What.CONFLICT)
    dialog.table.select(conflict)
    details = dialog.details
    assert (details.old.toPlainText(), details.new.toPlainText()) == ("mine", "theirs")
    assert details.exported.toPlainText() == "(empty)"
    assert (details.keep.isChecked(), details.take.isChecked()) == (True, False)
    assert details.said.text() == "Both changed: keeps the project’s."
    details.take.setFocus()
    press(dialog, Qt.Key.Key_Space)
    assert conflict.ticked
    assert details.said.text() == "Both changed: takes the workbook’s."
    dialog.count()
    dialog.apply_button.click()
    assert found(hands, claims[1].id).note == "theirs"


def test_a_deleted_row_removes_its_record_only_with_a_tick(
    dialog: ReadbackDialog, hands: Hands, claims: list[Annotation]
):
    dialog.filters[Shown.DELETED].click()
    [deleted] = dialog.model.shown_lines()
    assert shown(dialog, deleted, HAPPENS).startswith("stays; a tick removes the claim")
    dialog.take_all.click()
    assert shown(dialog, deleted, HAPPENS).startswith("is removed. Removes the claim")
    dialog.filters[Shown.ALL].click()
    dialog.count()
    assert dialog.apply_button.text() == "Apply 5 changes"
    dialog.apply_button.click()
    assert hands.session.read.annotation(claims[2].id) is None
    hands.session.undo()
    assert found(hands, claims[2].id).words == QUOTES[2]


def test_filters_and_words_leave_the_rest_as_it_is_ticked(dialog: ReadbackDialog):
    before = dialog.ticked()
    dialog.filters[Shown.EDITS].click()
    assert {one.change.what for one in dialog.model.shown_lines()} == {What.EDIT}
    dialog.search.setText("c-0002 refuted")
    assert [one.label() for one in dialog.model.shown_lines()] == ["Finding"]
    dialog.leave_all.click()
    dialog.filters[Shown.ALL].click()
    dialog.search.setText("nothing has these words")
    assert dialog.model.rowCount() == 0
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert len(dialog.ticked()) == len(before) - 1


def test_escape_gives_up_no_decision(dialog: ReadbackDialog, hands: Hands, claims: list[Annotation]):
    dialog.table.setFocus()
    press(dialog, Qt.Key.Key_Space)
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.trouble.text() == "Something was decided here. Press Cancel to give it up."
    dialog.cancel_button.click()
    assert not dialog.isVisible()
    assert found(hands, claims[0].id).note == ""
    assert not hands.window.reading_back.busy


def test_everything_is_reached_and_said_without_a_mouse(dialog: ReadbackDialog):
    assert dialog.table.hasFocus()
    assert dialog.table.accessibleName() == "Changes in the workbook"
    plain = line(dialog, "In plain words")
    said = shown(dialog, plain, LABEL, Qt.ItemDataRole.AccessibleTextRole)
    assert (
        said == "In plain words, ticked, from [900] people fled on Monday to [950] people fled on Monday[ 🌊], goes in"
    )
    group = shown(dialog, plain.group, LABEL, Qt.ItemDataRole.AccessibleTextRole)
    assert group == f"C-0001, {QUOTES[0]}, Claims, row 2, 3 changes"
    seen = set()
    for _ in range(30):
        seen.add(QApplication.focusWidget())
        press(dialog, Qt.Key.Key_Tab)
    for widget in (dialog.search, dialog.table, dialog.take_all, dialog.cancel_button, dialog.apply_button):
        assert widget in seen
    for widget in (*dialog.findChildren(QPushButton), *dialog.findChildren(QTableView)):
        assert not widget.isVisible() or widget.accessibleName() or getattr(widget, "text", str)()


def test_the_model_keeps_the_rules_of_qt(dialog: ReadbackDialog, qtbot: QtBot):
    model = ReadbackModel(DARK)
    QAbstractItemModelTester(model, STRICT)
    QAbstractItemModelTester(dialog.model, STRICT)
    model.fill(groups_of(dialog.diff))
    for which in Shown:
        model.filter("", which)
        model.toggle([model.at(number) for number in range(model.rowCount())])
    model.filter("note", Shown.ALL)
    model.fill([])
    dialog.filters[Shown.NEW].click()
    dialog.take_all.click()


def test_the_file_menu_leads_there(
    hands: Hands, qtbot: QtBot, tmp_path: Path, claims: list[Annotation], monkeypatch: pytest.MonkeyPatch
):
    path = exported(hands, tmp_path)
    edited(path, much)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    hands.window.actions_["read_back"].trigger()
    qtbot.waitUntil(lambda: hands.window.reading_back.dialog is not None, timeout=20_000)


def test_where_nothing_differs_a_sentence_says_so(hands: Hands, qtbot: QtBot, tmp_path: Path, claims: list[Annotation]):
    hands.window.reading_back.read(exported(hands, tmp_path))
    qtbot.waitUntil(lambda: bool(hands.told), timeout=20_000)
    assert hands.told[-1].words == ("Nothing in evidence.xlsx differs from the project; there is nothing to read back.")
    assert not hands.told[-1].trouble
    qtbot.waitUntil(lambda: not hands.window.reading_back.busy, timeout=2_000)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "نص".encode()])
def test_what_is_no_workbook_of_the_project_ends_in_a_sentence(hands: Hands, qtbot: QtBot, tmp_path: Path, data: bytes):
    path = tmp_path / "other.xlsx"
    path.write_bytes(data)
    hands.window.reading_back.read(path)
    qtbot.waitUntil(lambda: bool(hands.told), timeout=20_000)
    assert hands.told[-1].trouble
    assert "other.xlsx" in hands.told[-1].words
    assert not hands.told[-1].details
    qtbot.waitUntil(lambda: not hands.window.reading_back.busy, timeout=2_000)


def test_closing_the_project_closes_the_page(dialog: ReadbackDialog, hands: Hands):
    hands.session.close()
    assert not dialog.isVisible()
    assert not hands.window.reading_back.busy


def test_what_cannot_be_written_any_more_is_left_out_and_told(
    dialog: ReadbackDialog, hands: Hands, claims: list[Annotation]
):
    hands.session.run(do.edit_annotation, claims[0].id, note="written meanwhile")
    dialog.apply_button.click()
    assert found(hands, claims[0].id).note == "written meanwhile"
    assert hands.told[-1].trouble
    assert hands.told[-1].words == "3 changes of evidence.xlsx went in. 1 change was left out."
    assert "C-0001 Note: " in hands.told[-1].details


def test_comparing_ten_thousand_rows_keeps_off_the_windows_thread(
    hands: Hands, qtbot: QtBot, tmp_path: Path, claims: list[Annotation], monkeypatch: pytest.MonkeyPatch
):
    threads = []

    def compared(reader: Any, _workbook: ReadWorkbook) -> Diff:
        threads.append(threading.current_thread())
        moment = reader.newest_moment()
        changes = tuple(
            Change(
                f"Claims/{n}/Note", What.EDIT, "Claims", n, f"C-{n:05d}", "Note", "", f"old {n}", f"new {n} 🌊", "",
                Edit("Claims", n, "note", f"new {n}"),
            )
            for n in range(10_000)
        )  # fmt: skip
        return Diff(ReadWorkbook("big.xlsx", None, None, None, None, ()), moment, None, changes)

    path = exported(hands, tmp_path)
    monkeypatch.setattr(comparing, "compare", compared)
    dialog = read(hands, qtbot, path)
    assert threads == [one for one in threads if one is not threading.main_thread()] != []
    assert dialog.model.rowCount() == 20_000
    assert dialog.apply_button.text() == "Apply 10,000 changes"
    dialog.leave_all.click()
    dialog.search.setText("9,999 new 9999")
    dialog.search.setText("new 9999")
    assert dialog.model.rowCount() == 2
    dialog.reject()


def test_both_themes_show_it(dialog: ReadbackDialog, qtbot: QtBot):
    for theme in (LIGHT, DARK):
        other = ReadbackDialog(dialog.diff, groups_of(dialog.diff), theme)
        qtbot.addWidget(other)
        other.show()
        conflict = next(one for one in other.model.shown_lines() if one.change.what is What.CONFLICT)
        other.table.select(conflict)
        assert not other.grab().toImage().isNull()


def test_a_fault_while_it_is_written_is_told_and_changes_nothing(
    dialog: ReadbackDialog, hands: Hands, claims: list[Annotation], monkeypatch: pytest.MonkeyPatch
):
    from annotate.errors import NotAllowed

    def refuses(*_given: object) -> None:
        raise NotAllowed("The disk is full.")

    monkeypatch.setattr(reading_back, "read_back", refuses)
    dialog.apply_button.click()
    assert (hands.told[-1].words, hands.told[-1].trouble) == ("The disk is full.", True)
    assert found(hands, claims[0].id).note == ""


@given(old=st.text(max_size=80), new=st.text(max_size=80))
def test_pieces_put_together_are_the_words_and_tell_every_change(old: str, new: str):
    was, now = pieces(old, new)
    assert ("".join(piece.words for piece in was), "".join(piece.words for piece in now)) == (old, new)
    assert (old == new) == (not any(piece.is_changed for piece in (*was, *now)))
    assert all("\n" not in piece.words for piece in on_one_line(now))


def test_a_long_value_is_shown_from_where_it_changes():
    long = "The mayor said again and again that nobody had been told of anything at all, "
    _was, now = pieces(f"{long}40 people", f"{long}45 people")
    assert "".join(piece.words for piece in on_one_line(now)).endswith("of anything at all, 45 people")
    assert on_one_line(now)[0].words.startswith("… ")
