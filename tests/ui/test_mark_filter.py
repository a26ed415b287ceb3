"""The filter of marks: switched with hands, it hides in reader, strip and table, and never what is selected."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from annotate import commands as do
from annotate.mark_filter import SHOW_ALL, MarkCounts
from annotate.model import Analyst, Span, Tag
from annotate.vocabulary import Kind
from tests.annotate.drafts import imported
from tests.ui.conftest import Hands
from ui.mark_filter_popup import MarkFilterPopup
from ui.mark_filter_rows import FilterRow, filter_rows, hidden_values, is_only, shown_only, switched
from ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen

TEXT = (
    "Sirens 🚨 over the harbour\n\n"
    "The governor said 🇺🇦 that at least 40 boats burned. دمر الحريق نحو 70 قاربا في الميناء.\n\n"
    + "".join(f"Line {number} of the log says nothing new.\u2028Cafe\u0301 owners wait.\n\n" for number in range(80))
    + "Nobody was hurt, the fire brigade said.\n"
)
CLAIM, FIGURE, SOURCE = "at least 40 boats burned", "نحو 70 قاربا", "The governor"


class Filtering(Hands):
    """Hands on an article with a claim, a figure and a source, all on the first page."""

    def __init__(self, window) -> None:
        super().__init__(window)
        self.article = self.take_in(TEXT, "harbour.txt")
        self.session.choose_article(self.article)
        self.ids = {kind: self.make(kind, words) for kind, words in zip(Kind, (CLAIM, FIGURE, SOURCE), strict=True)}
        window.reader.view.setFocus()
        self.settle()

    def take_in(self, text: str, name: str) -> int:
        taken = self.session.run(do.import_file, imported(text, name))
        return taken.articles[0].article_id

    def make(self, kind: Kind, words: str) -> int:
        return do.mark(self.session.project, self.session.article_id, kind, [self.place(words)])

    def settle(self) -> None:
        QTest.qWait(0)
        QTest.qWait(0)

    def in_reader(self) -> set[int]:
        return {entry.item.annotation_id for entry in self.window.reader.view.marks}

    def in_table(self) -> list[int]:
        model = self.window.annotations.model
        return [model.id_at(row) for row in range(model.rowCount())]

    def popup(self) -> MarkFilterPopup:
        self.press(Qt.Key.Key_H)
        popup = self.window.mark_filter.popup
        assert popup is not None
        assert popup.isVisible()
        return popup

    def row(self, label: str) -> FilterRow:
        rows = self.window.mark_filter.popup.list.rows()
        return next(row for row in rows if row.label == label)

    def click_row(self, label: str, *, only: bool = False) -> None:
        rows = self.window.mark_filter.popup.list
        rows.scrollToItem(rows.item(0))
        area = rows.only_rect(self.row(label)) if only else rows.row_rect(self.row(label))
        at = area.center() if only else QPoint(area.left() + 20, area.center().y())
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def hide(self, *labels: str) -> None:
        popup = self.popup()
        for label in labels:
            self.click_row(label)
        QTest.keyClick(popup.list, Qt.Key.Key_Escape)
        assert not popup.isVisible()
        self.settle()

    def kinds_in_strip(self, words: str) -> set[Kind]:
        reader = self.window.reader
        return reader.overview.kinds_at(reader.view.offsets.to_utf16(self.place(words).start))


@pytest.fixture
def at(hands: Hands) -> Filtering:
    return Filtering(hands.window)


def test_a_hidden_kind_is_gone_from_reader_strip_and_table_and_from_nothing_else(at: Filtering) -> None:
    window, step = at.window, at.session.project.last_step_id
    before = (window.status_line.totals.text(), at.session.read.article_counts(), at.session.read.annotation_ids())
    assert at.kinds_in_strip(FIGURE) >= {Kind.FIGURE}
    at.hide("Figures")
    others = {at.ids[Kind.CLAIM], at.ids[Kind.SOURCE]}
    assert at.in_reader() == set(at.in_table()) == others
    assert Kind.FIGURE not in at.kinds_in_strip(FIGURE)
    assert window.mark_filter.button.text() == "1 hidden"
    assert window.mark_filter.all_button.isVisible()
    after = (window.status_line.totals.text(), at.session.read.article_counts(), at.session.read.annotation_ids())
    assert after == before
    assert at.session.project.last_step_id == step


def test_show_all_is_one_click_or_one_key_away(at: Filtering) -> None:
    at.hide("Claims", "Sources")
    QTest.mouseClick(at.window.mark_filter.all_button, Qt.MouseButton.LeftButton)
    at.settle()
    assert at.in_reader() == set(at.in_table()) == set(at.ids.values())
    assert at.window.mark_filter.button.text() == "Filter"
    assert not at.window.mark_filter.all_button.isVisible()
    at.hide("Claims")
    at.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert at.in_reader() == set(at.ids.values())


def test_the_list_is_worked_by_keys_alone(at: Filtering) -> None:
    popup = at.popup()
    QTest.keyClick(popup.list, Qt.Key.Key_Down)
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    assert at.session.filter.hidden_kinds == {Kind.FIGURE}
    QTest.keyClick(popup.list, Qt.Key.Key_O)
    assert at.session.filter.hidden_kinds == {Kind.CLAIM, Kind.SOURCE}
    QTest.keyClick(popup.list, Qt.Key.Key_O)
    assert at.session.filter == SHOW_ALL
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    QTest.keyClick(popup.list, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert at.session.filter == SHOW_ALL
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert QApplication.focusWidget() is at.window.reader.view


def test_the_button_opens_the_list_and_only_shows_one_kind(at: Filtering) -> None:
    QTest.mouseClick(at.window.mark_filter.button, Qt.MouseButton.LeftButton)
    assert at.window.mark_filter.popup.isVisible()
    at.click_row("Sources", only=True)
    assert at.in_reader() == {at.ids[Kind.SOURCE]}
    assert at.window.mark_filter.button.text() == "2 hidden"
    QTest.mouseClick(at.window.mark_filter.popup.all_button, Qt.MouseButton.LeftButton)
    assert at.in_reader() == set(at.ids.values())


def test_a_short_list_shows_all_its_rows_without_scrolling(at: Filtering) -> None:
    do.add_tag(at.session.project, "boats 🚤")
    bar = at.popup().list.verticalScrollBar()
    at.settle()
    assert bar.maximum() == 0


def test_rows_tell_a_screen_reader_whether_they_are_shown(at: Filtering) -> None:
    rows = at.popup().list
    at.click_row("Figures")
    told = [rows.item(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(1, 4)]
    assert told == [
        "Claims, shown, 1 marks in this article",
        "Figures, hidden, 1 marks in this article",
        "Sources, shown, 1 marks in this article",
    ]


def test_hidden_marks_are_not_clicked_stepped_to_or_described(at: Filtering) -> None:
    at.hide("Figures")
    at.click(FIGURE)
    assert at.session.annotation_id is None
    view = at.window.reader.view
    span = at.place(FIGURE)
    over = at.window.reader.text_rect(span.start + 3, span.start + 4).center()
    QToolTip.hideText()
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, over, view.viewport().mapToGlobal(over))
    )
    assert not QToolTip.text()
    at.window.reader.reveal(0)
    stepped = []
    for _ in range(3):
        at.press(Qt.Key.Key_BracketRight)
        stepped.append(at.session.annotation_id)
    assert at.ids[Kind.FIGURE] not in stepped
    assert set(stepped) == {at.ids[Kind.CLAIM], at.ids[Kind.SOURCE]}


def test_what_is_selected_is_shown_until_something_else_is(at: Filtering) -> None:
    at.hide("Figures")
    figure = at.ids[Kind.FIGURE]
    at.session.select(figure)  # as a link of the inspector does
    at.settle()
    assert figure in at.in_reader()
    assert at.kinds_in_strip(FIGURE) >= {Kind.FIGURE}
    assert figure in at.in_table()
    assert at.window.annotations.view.currentIndex().row() == at.in_table().index(figure)
    at.session.select(at.ids[Kind.CLAIM])
    at.settle()
    assert figure not in at.in_reader()
    assert figure not in at.in_table()
    at.session.select(figure)
    at.press(Qt.Key.Key_Escape)
    at.settle()
    assert figure not in at.in_reader()


def test_a_selected_mark_that_is_filtered_away_stays_until_it_is_let_go(at: Filtering) -> None:
    at.click(CLAIM)
    at.hide("Claims")
    assert at.ids[Kind.CLAIM] in at.in_reader()
    at.press(Qt.Key.Key_Escape)
    at.settle()
    assert at.in_reader() == set(at.in_table()) == {at.ids[Kind.FIGURE], at.ids[Kind.SOURCE]}


def test_making_a_mark_of_a_hidden_kind_shows_it_and_says_once_why_it_will_go(at: Filtering) -> None:
    at.hide("Figures")
    at.told.clear()
    made = at.mark(Kind.FIGURE, "Line 1")
    assert made.id in at.in_reader()
    assert [notice.words for notice in at.told] == ["Figures are hidden by the filter."]
    second = at.mark(Kind.FIGURE, "Line 2")
    assert len(at.told) == 1
    assert at.in_reader() >= {second.id}
    assert made.id not in at.in_reader()
    assert at.window.mark_filter.button.text() == "3 hidden"
    assert not at.window.bars.notices.isVisible()
    at.session.tell(at.told[0])
    QTest.mouseClick(at.window.bars.notices.act_button, Qt.MouseButton.LeftButton)
    assert at.session.filter == SHOW_ALL
    assert at.in_reader() >= {made.id, second.id}


def test_marks_made_without_being_selected_are_explained_too(at: Filtering) -> None:
    at.hide("Sources")
    at.told.clear()
    at.make(Kind.SOURCE, "the fire brigade")
    assert [notice.words for notice in at.told] == ["Sources are hidden by the filter."]


def test_undo_brings_a_hidden_mark_back_in_sight(at: Filtering) -> None:
    at.hide("Claims")
    claim = at.ids[Kind.CLAIM]
    at.session.select(claim)
    at.settle()
    at.press(Qt.Key.Key_Delete)
    at.settle()
    assert claim not in at.in_reader()
    at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at.settle()
    assert at.session.annotation_id == claim
    assert claim in at.in_reader()


def test_a_tag_below_another_goes_and_comes_with_it(at: Filtering) -> None:
    project = at.session.project
    upper = do.add_tag(project, "خسائر")
    lower = do.add_tag(project, "boats 🚤", parent_id=upper)
    do.toggle_tag(project, [at.ids[Kind.CLAIM]], lower)
    do.toggle_tag(project, [at.ids[Kind.FIGURE]], upper)
    at.hide("خسائر")
    assert at.in_reader() == {at.ids[Kind.SOURCE]}
    at.popup()
    at.click_row("boats 🚤")
    assert at.in_reader() == {at.ids[Kind.SOURCE], at.ids[Kind.CLAIM]}
    at.click_row("No tag")
    assert at.in_reader() == {at.ids[Kind.CLAIM]}
    assert at.session.filter.hidden_tag_ids == {upper}
    at.window.mark_filter.popup.close()


def test_a_hidden_tag_put_on_the_selected_mark_hides_it_when_it_is_let_go(at: Filtering) -> None:
    tag = do.add_tag(at.session.project, "done", key="1")
    at.hide("done")
    at.click(CLAIM)
    at.press(Qt.Key.Key_1)
    assert at.session.read.annotation(at.ids[Kind.CLAIM]).tag_ids == (tag,)
    assert at.ids[Kind.CLAIM] in at.in_reader()
    at.press(Qt.Key.Key_Escape)
    at.settle()
    assert at.ids[Kind.CLAIM] not in at.in_reader()
    assert at.window.mark_filter.button.text() == "1 hidden"


def test_analysts_are_offered_when_there_are_several(at: Filtering) -> None:
    popup = at.popup()
    assert {row.section for row in popup.list.rows()} == {"Kinds"}
    popup.close()
    at.session.become("Zoë Ø.")
    other = at.make(Kind.CLAIM, "the fire brigade said")
    at.hide("Ann Alyst")
    assert at.in_reader() == {other}


def test_changing_the_filter_moves_neither_place_nor_caret_nor_selected_words(at: Filtering) -> None:
    words = at.drag("Line 40 of the log")
    bar = at.window.reader.view.verticalScrollBar()
    place, caret = bar.value(), at.window.reader.view.textCursor().position()
    assert place > 0
    before = at.window.reader.grab().toImage()
    at.hide("Claims", "Figures")
    assert (bar.value(), at.window.reader.view.textCursor().position()) == (place, caret)
    assert at.window.reader.selection() == words
    at.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    at.settle()
    assert bar.value() == place
    assert at.window.reader.grab().toImage() == before


def test_marks_give_their_lanes_to_those_that_are_left(at: Filtering) -> None:
    over = do.mark(at.session.project, at.article, Kind.CLAIM, [Span(0, at.place(FIGURE).end + 5)])
    lanes = {entry.item.annotation_id: entry.lane for entry in at.window.reader.view.marks}
    assert lanes[over] > 0
    at.hide("Figures", "Sources")
    lanes = {entry.item.annotation_id: entry.lane for entry in at.window.reader.view.marks}
    assert sorted(lanes.values()) == [0, 1]


def test_the_filter_holds_in_every_article_until_the_project_is_closed(at: Filtering, tmp_path: Path) -> None:
    at.hide("Claims")
    at.session.choose_article(at.take_in("Second 🌊\n\nThe dam held, they said.", "dam.txt"))
    claim = at.make(Kind.CLAIM, "The dam held")
    at.settle()
    assert at.in_reader() == set()
    assert at.window.mark_filter.button.text() == "1 hidden"
    assert at.window.annotations.empty.text() == "The filter shows no marks here. To show all, press Shift+H."
    path = at.session.project.path
    assert at.session.create(tmp_path / "other.pnote")
    assert at.session.filter == SHOW_ALL
    assert at.session.open(path)
    at.session.select(claim)
    at.session.select(None)
    assert at.in_reader() == {claim}


def test_kinds_are_switched_by_actions_that_say_what_they_will_do(at: Filtering) -> None:
    action = at.window.actions_["switch_figures"]
    assert action.text() == "Hide figures"
    action.trigger()
    assert action.text() == "Show figures"
    assert at.ids[Kind.FIGURE] not in at.in_reader()
    assert at.window.actions_["show_all_marks"].isEnabled()
    action.trigger()
    assert action.text() == "Hide figures"
    assert at.ids[Kind.FIGURE] in at.in_reader()
    assert not at.window.actions_["show_all_marks"].isEnabled()


def test_without_an_article_there_is_nothing_to_filter(hands: Hands) -> None:
    assert not hands.window.actions_["filter_marks"].isEnabled()
    hands.press(Qt.Key.Key_H)
    assert hands.window.mark_filter.popup is None


def test_a_hidden_mark_keeps_out_of_the_table_of_the_whole_project(at: Filtering) -> None:
    at.window.annotations.scope.setCurrentIndex(1)
    at.hide("Claims")
    assert set(at.in_table()) == {at.ids[Kind.FIGURE], at.ids[Kind.SOURCE]}


def _tag(number: int, parent: int | None) -> Tag:
    return Tag(number, None, 1, f"tag {number} 🏷️", parent, "#8e4ec6", None, "", number)


@st.composite
def offered(draw: st.DrawFn) -> list[FilterRow]:
    """Rows of a codebook nested in any way, and of some analysts."""
    tags: list[Tag] = []
    for number in range(1, draw(st.integers(0, 9)) + 1):
        tags.append(_tag(number, draw(st.sampled_from([None, *(tag.id for tag in tags)]))))
    analysts = [Analyst(number, None, 1, "") for number in range(draw(st.integers(0, 4)))]
    return filter_rows(MarkCounts(), tags, analysts, SHOW_ALL, LIGHT)


@given(offered(), st.data())
def test_boxes_switch_back_and_forth_and_only_leaves_one(rows: list[FilterRow], data: st.DataObject) -> None:
    shown = SHOW_ALL
    for row in data.draw(st.lists(st.sampled_from(rows), max_size=5)):
        shown = switched(shown, row)
    row = data.draw(st.sampled_from(rows))
    was_hidden = row.value in hidden_values(shown, row.section)
    once = switched(shown, row)
    assert row.values.isdisjoint(hidden_values(once, row.section)) == was_hidden
    assert row.values <= hidden_values(switched(once, row), row.section) or not was_hidden
    only = shown_only(SHOW_ALL, row, rows)
    others = {other.value for other in rows if other.section == row.section} - row.values
    assert hidden_values(only, row.section) == others
    assert is_only(only, row, rows) == bool(others)
    assert shown_only(only, row, rows) == SHOW_ALL
