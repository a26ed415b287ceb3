"""The export dialog: form, part, for whom; what to know before; and that it writes what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.handing_on import Form, Order
from annotate.model import Published
from annotate.report.scope import EVERYTHING, Period, PeriodOf
from annotate.vocabulary import Handling, Kind, Precision
from tests.ui.conftest import Hands
from ui.handing_on import ExportDialog, SheetColumnsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FLOOD = "Flood at the mill 🌊\n\nThe mayor Ines Duarte said that some 340 homes were flooded.\n"
DAM = "The dam: É un'altra storia\n\nNobody rang the bell, Zoe\u0301 Nu\u0308rsen said.\n"


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    """Two articles; a claim in the first, whose source is protected."""
    hands.window.importing.take_text(FLOOD)
    claim = hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    project = hands.session.project
    source = commands.add_source(project, "Ines Duarte")
    commands.edit_source(project, source, handling=Handling.PROTECT)
    commands.attribute(project, claim.id, source)
    hands.window.importing.take_text(DAM)
    return hands


def opened(hands: Hands, qtbot: QtBot) -> ExportDialog:
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    [dialog] = hands.window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: not dialog.looking_over)
    return dialog


def item_of(dialog: ExportDialog, form: Form) -> QListWidgetItem:
    [item] = dialog.forms.findItems(form.label, Qt.MatchFlag.MatchContains)
    return item


def choose(dialog: ExportDialog, form: Form) -> None:
    place = dialog.forms.visualItemRect(item_of(dialog, form)).center()
    QTest.mouseClick(dialog.forms.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert dialog.form is form


def remarks_in(dialog: ExportDialog) -> list[QTreeWidgetItem]:
    groups = (dialog.remarks.topLevelItem(row) for row in range(dialog.remarks.topLevelItemCount()))
    return [group.child(row) for group in groups for row in range(group.childCount())]


def test_it_opens_with_the_whole_project_as_a_workbook(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    assert dialog.order(Path("a.xlsx")) == Order(Form.WORKBOOK, Path("a.xlsx"))
    assert dialog.go.isEnabled()
    assert not dialog.isModal()
    at_work.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: at_work.window.findChildren(ExportDialog) == [])


def test_every_form_is_offered_once_and_says_what_it_is_for(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    for form in Form:
        choose(dialog, form)
        assert dialog.meaning.text() == f"{form.meaning}."
        assert dialog.sharing.isVisible() == form.can_be_shared
        assert dialog.part.isVisible() == form.can_be_part
        assert dialog.columns.isVisible() == (form is Form.WORKBOOK)
    dialog.close()


def test_the_arrow_keys_go_past_the_headings(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    seen = {dialog.form}
    for _ in range(20):
        QTest.keyClick(dialog.forms, Qt.Key.Key_Down)
        seen.add(dialog.form)
    assert seen == set(Form)
    dialog.close()


def test_enter_asks_for_a_place_writes_the_workbook_and_notes_it(
    at_work: Hands, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "evidence.xlsx"
    asked: list[str] = []

    def chosen(_parent: object, _title: str, suggested: str, *_more: object) -> tuple[str, str]:
        asked.append(suggested)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    dialog = opened(at_work, qtbot)
    with qtbot.waitSignal(at_work.window.exporting.finished, timeout=60_000):
        QTest.keyClick(dialog.forms, Qt.Key.Key_Return)
    assert asked == [str(at_work.session.project.path.with_suffix(".xlsx"))]
    assert openpyxl.load_workbook(target)["Claims"].max_row == 2
    assert [one.name for one in at_work.session.read.exports()] == ["evidence.xlsx"]
    assert at_work.told[-1].action == "Open"


def test_a_place_that_is_not_chosen_leaves_the_dialog_open(
    at_work: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog = opened(at_work, qtbot)
    dialog.go.click()
    assert dialog.isVisible()
    dialog.close()


def test_a_period_is_typed_as_people_type_it(at_work: Hands, qtbot: QtBot) -> None:
    commands.edit_article(
        at_work.session.project, 1, published=Published("May 2024", date(2024, 5, 1), Precision.MONTH)
    )
    dialog = opened(at_work, qtbot)
    dialog.part.period_of.setCurrentText("Published")
    assert not dialog.go.isEnabled()
    assert "Type a first or a last day" in dialog.said.text()
    QTest.keyClicks(dialog.part.first, "5/2024")
    QTest.keyClicks(dialog.part.last, "June 2024")
    assert dialog.go.isEnabled()
    assert dialog.order(Path()).scope.period == Period(PeriodOf.PUBLISHED, date(2024, 5, 1), date(2024, 6, 30))
    dialog.part.last.clear()
    QTest.keyClicks(dialog.part.last, "2023")
    assert dialog.said.text() == "The period ends before it begins."
    choose(dialog, Form.JSON)
    assert dialog.order(Path()).scope is EVERYTHING
    dialog.close()


def test_selected_articles_and_what_is_new_are_offered_when_there_are_some(at_work: Hands, qtbot: QtBot) -> None:
    commands.note_export(at_work.session.project, "old 🌊.xlsx", 1)
    dialog = opened(at_work, qtbot)
    offered = [dialog.part.articles.itemText(row) for row in range(dialog.part.articles.count())]
    assert offered == ["All 2", "“The dam: É un'altra storia”"]
    dialog.part.articles.setCurrentIndex(1)
    dialog.part.since.setCurrentIndex(1)
    scope = dialog.order(Path()).scope
    assert scope.article_ids == frozenset({2})
    assert scope.since is not None
    assert scope.since.name == "old 🌊.xlsx"
    dialog.close()


def test_for_sharing_lists_what_is_replaced_and_leads_there(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    assert dialog.marking.currentText() == ""
    dialog.marking.setCurrentText("TLP:GREEN")
    assert dialog.meaning.text().endswith("you read it back.")
    dialog.sharing.click()
    assert dialog.meaning.text() == "Claims, figures and sources in rows.", "it has no uids to read it back by"
    qtbot.waitUntil(lambda: any(item.text(0).startswith("Ines Duarte → S-001") for item in remarks_in(dialog)))
    remark = next(item for item in remarks_in(dialog) if item.text(0).startswith("Ines Duarte → S-001"))
    assert dialog.order(Path()).sharing
    assert dialog.order(Path()).marking == "TLP:GREEN"
    dialog.remarks.scrollToItem(remark)
    places = [remark.child(at) for at in range(remark.childCount())]
    leading = next(place for place in places if place.text(0).startswith(("A-0001", "SRC-001", "C-0001")))
    dialog.remarks.setCurrentItem(leading)
    dialog.remarks.setFocus()
    QTest.keyClick(dialog.remarks, Qt.Key.Key_Return)
    assert at_work.session.article_id == 1
    assert dialog.isVisible()
    dialog.close()


def test_what_would_surprise_is_listed_and_enter_shows_it_in_the_window(at_work: Hands, qtbot: QtBot) -> None:
    commands.edit_source(at_work.session.project, 1, handling=Handling.OPEN)
    commands.remove_attribution(at_work.session.project, at_work.session.read.attributions()[0].id)
    dialog = opened(at_work, qtbot)
    remark = next(item for item in remarks_in(dialog) if item.text(0) == "1 claim without a source")
    place = remark.child(0)
    assert place.text(0) == "C-0001  some 340 homes were flooded"
    dialog.remarks.setCurrentItem(place)
    dialog.remarks.setFocus()
    QTest.keyClick(dialog.remarks, Qt.Key.Key_Return)
    assert at_work.session.annotation is not None
    assert at_work.session.annotation.label == "C-0001"
    assert dialog.isVisible()
    dialog.close()


def test_an_archive_is_not_looked_over(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    assert dialog.remarks.isVisible()
    choose(dialog, Form.JSON)
    qtbot.waitUntil(lambda: not dialog.looking_over)
    assert not dialog.remarks.isVisible()
    dialog.close()


def test_a_name_that_is_protected_meanwhile_is_seen(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    dialog.sharing.click()
    qtbot.waitUntil(lambda: dialog.remarks.topLevelItemCount() > 0)
    new = commands.add_source(at_work.session.project, "Zoe\u0301 Nu\u0308rsen")
    commands.edit_source(at_work.session.project, new, handling=Handling.PROTECT)

    qtbot.waitUntil(lambda: any("S-002" in item.text(0) for item in remarks_in(dialog)))
    dialog.close()


def test_closing_the_project_closes_the_dialog(at_work: Hands, qtbot: QtBot) -> None:
    dialog = opened(at_work, qtbot)
    dialog.sharing.click()
    at_work.session.close()
    qtbot.waitUntil(lambda: at_work.window.findChildren(ExportDialog) == [])


def test_columns_are_ticked_and_moved_for_each_sheet_and_kept_as_one_step(at_work: Hands, qtbot: QtBot) -> None:
    dialog = SheetColumnsDialog(at_work.session, at_work.window)
    qtbot.addWidget(dialog)
    dialog.show()
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert names[:2] == ["Article", "Title"]
    dialog.list.setCurrentRow(1)
    QTest.mouseClick(dialog.earlier, Qt.MouseButton.LeftButton)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.sheets.setCurrentText("Figures")
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.sheets.setCurrentText("Claims")
    assert dialog.list.item(0).text() == "Title"
    dialog.accept()
    columns = at_work.session.read.project_info().columns
    assert columns["Claims"][0] == "Title"
    assert "Article" not in columns["Claims"]
    assert "Article" not in columns["Figures"]
    at_work.session.undo()
    assert at_work.session.read.project_info().columns == {}


def test_columns_as_they_come_need_no_choice(at_work: Hands, qtbot: QtBot) -> None:
    commands.choose_columns(at_work.session.project, "Claims", ["Note"])
    dialog = SheetColumnsDialog(at_work.session, at_work.window)
    qtbot.addWidget(dialog)
    ticked = [
        dialog.list.item(row).text()
        for row in range(dialog.list.count())
        if dialog.list.item(row).checkState() == Qt.CheckState.Checked
    ]
    assert ticked == ["Note"]
    dialog.reset.click()
    dialog.accept()
    assert at_work.session.read.project_info().columns == {}
