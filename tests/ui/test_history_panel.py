"""The history panel: read when it is looked at, following what is selected, and the way back with real keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.timeline import PAGE, Happened
from annotate.vocabulary import Credibility, Kind
from tests.annotate.drafts import BOATS, FLOOD
from tests.statements import statements_to
from tests.ui.conftest import Hands
from ui.history.model import FIRST
from ui.history.panel import HistoryPanel, Whose
from ui.theme import DARK, LIGHT

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning  # warnings of Qt fail the test
PEOPLE, ROAD = "At least 900 people left their homes", "The road to Alt-Moor was closed."


@pytest.fixture
def worked(hands: Hands) -> Hands:
    """Two articles, two claims, one of them edited."""
    hands.window.importing.take_text(BOATS)
    hands.window.importing.take_text(FLOOD)
    hands.window.activateWindow()
    first = hands.mark(Kind.CLAIM, PEOPLE)
    hands.session.run(commands.edit_record, first.id, plain_words="900 people left", credibility=Credibility.POSSIBLE)
    hands.session.run(commands.edit_record, first.id, plain_words="Some 900 people left")
    hands.mark(Kind.CLAIM, ROAD)
    QTest.qWait(0)
    return hands


def panel(hands: Hands) -> HistoryPanel:
    return hands.window.history


def opened(hands: Hands) -> HistoryPanel:
    """Shown by its key, with the focus in it."""
    hands.window.reader.take_focus()
    hands.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(0)
    return panel(hands)


def whats(shown: HistoryPanel) -> list[str]:
    lines = [shown.model.at(row) for row in range(shown.model.rowCount())]
    return [line.what for line in lines if isinstance(line, Happened)]


def choose(shown: HistoryPanel, what: str) -> None:
    """Select the newest line that is called so."""
    lines = [shown.model.at(row) for row in range(shown.model.rowCount())]
    row = next(row for row, line in enumerate(lines) if isinstance(line, Happened) and line.what == what)
    shown.view.setCurrentIndex(shown.model.index(row, 0))


def test_the_model_keeps_the_rules_of_item_models(worked: Hands):
    QAbstractItemModelTester(panel(worked).model, STRICT)
    shown = opened(worked)
    for whose in Whose:
        shown.show_history_of(whose)
    worked.session.undo()
    QTest.qWait(0)
    shown.show_history_of(Whose.PROJECT)
    assert whats(shown)[0] == "Undo: Mark claim"


def test_it_is_closed_at_first_and_a_key_opens_and_closes_it(worked: Hands):
    dock = worked.window.panels["history"]
    assert dock.isHidden()
    shown = opened(worked)
    assert not dock.isHidden()
    assert shown.view.hasFocus()
    assert whats(shown)[:2] == ["Mark claim", "Edit C-0001"]
    worked.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert dock.isHidden()
    assert worked.window.reader.view.hasFocus()


def test_nothing_is_read_while_nobody_looks(worked: Hands):
    shown = panel(worked)
    with statements_to(worked.session.read) as asked:
        shown.refresh()
        shown.show_history_of(Whose.ARTICLE)
        QTest.qWait(0)
    assert asked == []
    assert shown.model.rowCount() == 0


def test_lines_stand_under_their_days_with_time_and_name(worked: Hands):
    shown = opened(worked)
    day, line = shown.model.at(0), shown.model.at(1)
    assert isinstance(day, date)
    assert isinstance(line, Happened)
    assert shown.model.index(0, 0).data().endswith(str(day.year))
    assert shown.view.columnSpan(0, 0) == shown.model.columnCount()
    assert shown.model.index(1, 0).data() == f"{line.made_at.astimezone():%H:%M}"
    assert shown.model.index(1, 1).data() == "Ann Alyst"
    read_out = shown.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Ann Alyst, Mark claim" in read_out


def test_the_switch_follows_the_selection(worked: Hands):
    shown = opened(worked)
    shown.show_history_of(Whose.MARK)
    assert whats(shown) == ["Mark claim"]
    first = worked.session.read.annotation_ids()[0]
    worked.session.select(first)
    QTest.qWait(0)
    assert whats(shown) == ["Edit C-0001", "Edit C-0001", "Mark claim"]
    shown.show_history_of(Whose.ARTICLE)
    assert len(whats(shown)) == 5
    assert isinstance(shown.model.at(0), date), "a day stands above whatever is shown"
    assert shown.chosen == shown.model.at(1)
    worked.session.choose_article(worked.session.read.articles()[0].id)
    QTest.qWait(0)
    assert len(whats(shown)) == 1
    shown.show_history_of(Whose.MARK)
    assert shown.empty.isVisible()
    assert shown.empty.text() == "Select a mark to see what was done with it."


def test_the_history_of_the_mark_or_article_at_hand_is_one_command_away(worked: Hands):
    shown = panel(worked)
    worked.session.select(worked.session.read.annotation_ids()[0])
    QTest.qWait(0)
    worked.window.actions_["history_of_mark"].trigger()
    assert not worked.window.panels["history"].isHidden()
    assert whats(shown) == ["Edit C-0001", "Edit C-0001", "Mark claim"]
    worked.window.actions_["history_of_article"].trigger()
    assert shown.whose is Whose.ARTICLE
    assert len(whats(shown)) == 5
    assert shown.view.hasFocus()


def test_a_step_shows_what_it_changed_with_the_words_that_differ(worked: Hands):
    shown = opened(worked)
    choose(shown, "Edit C-0001")
    text = shown.details.toPlainText()
    assert text.splitlines()[0] == "Edit C-0001"
    assert "In plain words  900 people left  →  Some 900 people left" in text
    assert underlined(shown.details.document()) == ["Some "]


def underlined(document: QTextDocument) -> list[str]:
    found = []
    block = document.begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            if at.fragment().charFormat().fontUnderline():
                found.append(at.fragment().text())
            at += 1
        block = block.next()
    return found


def test_words_that_look_like_markup_are_shown_as_they_are(worked: Hands):
    first = worked.session.read.annotation_ids()[0]
    hostile = "<img src='file:///etc/passwd'><b>bold</b>"
    worked.session.run(commands.edit_record, first, plain_words=hostile)
    shown = opened(worked)
    assert hostile in shown.details.toPlainText()
    tip = shown.model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip


def test_enter_and_a_double_click_go_to_the_record(worked: Hands):
    shown = opened(worked)
    choose(shown, "Edit C-0001")
    assert shown.go_button.text() == "Go to C-0001"
    worked.press(Qt.Key.Key_Return)
    annotation = worked.session.annotation
    assert annotation is not None
    assert annotation.label == "C-0001"
    worked.session.select(None)
    rect = shown.view.visualRect(shown.view.currentIndex())
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseRelease(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert worked.session.annotation_id == annotation.id


def test_of_what_is_gone_the_way_leads_to_its_article(worked: Hands):
    first = worked.session.read.annotation_ids()[0]
    article_id = worked.session.article_id
    worked.session.run(commands.remove_annotations, {first})
    shown = opened(worked)
    choose(shown, "Remove C-0001")
    assert shown.go_button.text() == "Go to A-0002"
    worked.session.choose_article(worked.session.read.articles()[0].id)
    shown.go_to_it()
    assert worked.session.article_id == article_id


def test_going_back_shows_what_would_change_then_does_it_and_undo_takes_it_back(worked: Hands):
    shown = opened(worked)
    choose(shown, "Edit C-0001")
    QTest.mouseClick(shown.back_button, Qt.MouseButton.LeftButton)
    dialog = shown.going_back.dialog
    assert dialog is not None
    assert dialog.said.text() == (
        "•  1 claim (C-0002) goes, since it was marked later.\n•  1 mark (C-0001) is put back to what it was then."
    )
    assert len(worked.session.read.annotation_ids()) == 2
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    [annotation] = worked.session.read.annotations()
    assert annotation.claim.plain_words == "900 people left"
    assert worked.told[-1].words.startswith("Gone back to before ")
    QTest.qWait(0)
    assert whats(shown)[0].startswith("Go back to before ")
    act = worked.told[-1].act
    assert act is not None
    act()
    assert len(worked.session.read.annotation_ids()) == 2


def test_cancel_changes_nothing(worked: Hands):
    shown = opened(worked)
    steps = worked.session.read.step_count()
    shown.go_back_to_before()
    dialog = shown.going_back.dialog
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown.going_back.dialog is None
    assert worked.session.read.step_count() == steps


def test_one_mark_goes_back_alone_from_its_own_history(worked: Hands):
    first = worked.session.read.annotation_ids()[0]
    worked.session.select(first)
    shown = opened(worked)
    shown.show_history_of(Whose.MARK)
    choose(shown, "Edit C-0001")
    assert [words for words, *_ in shown.ways()] == ["Go to C-0001", "Go back to before this…", "Go back to here…"]
    shown.go_back_to_before()
    dialog = shown.going_back.dialog
    assert dialog is not None
    assert dialog.planned.label.startswith("Go back with C-0001 to before ")
    dialog.accept()
    annotation = worked.session.read.annotation(first)
    assert annotation is not None
    assert annotation.claim.plain_words == "900 people left"
    assert len(worked.session.read.annotation_ids()) == 2


def test_what_cannot_be_done_and_what_need_not_be_is_told(worked: Hands):
    shown = opened(worked)
    shown.go_back_to_here()
    assert worked.told[-1].words == "Everything is as it was then, so there is nothing to go back over."
    connection = worked.session.read.connection
    connection.exec_driver_sql("UPDATE changes SET before = '{' WHERE table_name = 'claims' AND before IS NOT NULL")
    choose(shown, "Edit C-0001")
    shown.go_back_to_before()
    assert shown.going_back.dialog is None
    assert "is damaged" in worked.told[-1].words
    assert worked.told[-1].trouble
    shown.refresh()
    QTest.qWait(0)
    assert "damaged" in shown.details.toPlainText()


def test_steps_are_found_by_words_and_by_who_made_them(worked: Hands):
    shown = opened(worked)
    assert not shown.analyst.isVisible()
    assert shown.view.isColumnHidden(1)
    worked.session.become("Ben")
    worked.session.run(commands.add_tag, "Überschwemmung")
    QTest.qWait(0)
    assert shown.analyst.isVisible()
    assert [shown.analyst.itemText(n) for n in range(shown.analyst.count())] == ["Everybody", "Ann Alyst", "Ben"]
    shown.search.setText("überSCHWEMMUNG")
    QTest.qWait(0)
    assert whats(shown) == ["Add tag “Überschwemmung”"]
    shown.search.clear()
    shown.analyst.setFocus()
    QTest.keyClick(shown.analyst, Qt.Key.Key_Down)
    QTest.qWait(0)
    assert "Add tag “Überschwemmung”" not in whats(shown)
    shown.search.setText("nothing has this")
    QTest.qWait(0)
    assert shown.empty.text() == "Nothing like that was done."


def test_an_edit_comes_in_at_the_top_and_what_was_chosen_stays_chosen(worked: Hands):
    shown = opened(worked)
    choose(shown, "Edit C-0001")
    chosen = shown.chosen
    worked.session.run(commands.add_tag, "new")
    QTest.qWait(0)
    assert whats(shown)[0] == "Add tag “new”"
    assert shown.chosen is not None
    assert chosen is not None
    assert shown.chosen.key == chosen.key


def test_earlier_pages_come_as_they_are_scrolled_to(worked: Hands):
    for number in range(PAGE + 30):
        commands.add_tag(worked.session.project, f"{number}")
    shown = opened(worked)
    count = shown.model.rowCount()
    assert FIRST < count < FIRST + 10
    for _ in range(3):
        shown.view.scrollToBottom()
        QTest.qWait(50)
    assert len(whats(shown)) == PAGE + 30 + 6
    assert not shown.model.canFetchMore(shown.view.rootIndex())


def test_letters_in_the_list_are_keys_of_the_window(worked: Hands):
    shown = opened(worked)
    before = shown.view.currentIndex().row()
    worked.press(Qt.Key.Key_B)
    assert shown.view.currentIndex().row() == before
    worked.press(Qt.Key.Key_Down)
    assert shown.view.currentIndex().row() == before + 1


def test_a_project_without_steps_says_so(hands: Hands):
    shown = opened(hands)
    assert shown.empty.isVisible()
    assert shown.empty.text() == "Nothing was done in this project yet."
    assert not shown.back_button.isEnabled()
    shown.go_back_to_before()
    shown.go_to_it()
    assert shown.going_back.dialog is None


def test_another_project_shows_its_own_history(worked: Hands, tmp_path):
    shown = opened(worked)
    shown.search.setText("claim")
    assert worked.session.create(tmp_path / "other.pnote")
    QTest.qWait(0)
    assert whats(shown) == []
    assert shown.search.text() == ""
    worked.session.close()
    QTest.qWait(0)
    assert worked.window.panels["history"].isHidden()


def test_at_the_side_details_stand_below_and_in_a_wide_place_beside(worked: Hands):
    shown = opened(worked)
    dock = worked.window.panels["history"]
    assert worked.window.tabifiedDockWidgets(dock) == [worked.window.panels["inspector"]]
    assert shown.split.orientation() is Qt.Orientation.Vertical
    assert shown.isAncestorOf(shown.search)
    assert shown.search.isVisible()
    assert shown.details.isVisible()
    worked.window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    worked.window.panels["annotations"].close()
    QTest.qWait(50)
    assert shown.split.orientation() is Qt.Orientation.Horizontal
    assert dock.header.isAncestorOf(shown.search)
    assert shown.search.isVisible()


def test_what_works_in_the_inspector_brings_it_to_the_front_again(worked: Hands):
    worked.session.select(worked.session.read.annotation_ids()[0])
    shown = opened(worked)
    assert shown.isVisible()
    worked.press(Qt.Key.Key_K)
    QTest.qWait(0)
    assert shown.visibleRegion().isEmpty()
    assert not worked.window.inspector.visibleRegion().isEmpty()


def test_behind_another_panel_nothing_is_read_until_it_comes_to_the_front(worked: Hands):
    shown = opened(worked)
    worked.window.panels["inspector"].raise_()
    QTest.qWait(20)
    worked.session.run(commands.add_tag, "while nobody looks")
    QTest.qWait(20)
    assert "Add tag “while nobody looks”" not in whats(shown)
    worked.window.panels["history"].raise_()
    QTest.qWait(20)
    assert whats(shown)[0] == "Add tag “while nobody looks”"


def test_it_is_painted_in_both_themes(worked: Hands):
    shown = opened(worked)
    for theme in (DARK, LIGHT):
        worked.window.set_theme(theme)
        assert shown.model.theme is theme
        assert "Mark claim" in shown.details.toPlainText()
    assert QApplication.focusWidget() is shown.view


def test_in_a_project_that_is_only_looked_at_history_is_shown_and_nothing_goes_back(worked: Hands):
    shown = opened(worked)
    worked.session.project.view_only = "It is somebody else’s now."
    choose(shown, "Edit C-0001")
    assert "900 people left" in shown.details.toPlainText()
    assert not shown.back_button.isEnabled()
    assert shown.back_button.toolTip() == "It is somebody else’s now."
    assert [enabled for *_, enabled in shown.ways()] == [True, False, False]
