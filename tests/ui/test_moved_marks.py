"""What an update left to a person: seen, judged by keys and buttons, placed by hand, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate import commands
from annotate.integrity import check_project
from annotate.model import Annotation, Span
from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, imported
from tests.ui.conftest import Hands

NEW = (
    FLOOD.replace("At least 900 people", "By noon it rained.\n\nAt least 950 people")
    .replace("that the dam was weak", "that the old dam was weak")
    .replace("The road to Alt-Moor was closed.", "")
)
FIGURE, CLAIM, ROAD = "At least 900 people", "“that the dam was weak.”", "The road to Alt-Moor was closed."


@pytest.fixture
def updated(hands: Hands) -> Hands:
    """An article with a figure that changed, a claim that is gone and one that moved with a flag."""
    hands.window.importing.take_text(FLOOD)
    hands.window.activateWindow()
    hands.mark(Kind.FIGURE, FIGURE)
    hands.mark(Kind.CLAIM, ROAD)
    hands.mark(Kind.CLAIM, CLAIM)
    assert hands.window.moved_panel.isHidden()
    update(hands, NEW)
    return hands


def update(hands: Hands, text: str) -> None:
    file = imported(text, "new.txt")
    assert hands.session.article_id is not None
    hands.session.run(commands.update_article, hands.session.article_id, file.articles[0], file)
    QTest.qWait(0)


def found(hands: Hands, label: str) -> Annotation:
    return next(one for one in hands.session.read.annotations() if one.label == label)


def entries(hands: Hands) -> list[str]:
    shown = hands.window.moved_marks.list
    return [shown.item(row).text() for row in range(shown.count())]


def test_an_update_shows_the_new_text_and_what_waits(updated: Hands):
    assert updated.window.reader.view.text == NEW
    assert not updated.window.moved_panel.isHidden()
    figure, lost, flagged = entries(updated)
    assert figure == (
        "F-0001 · to be judged. This figure changed from 900 to 950.\n"
        "was: At least [900] people\nnow: At least [950] people"
    )
    assert lost == f"C-0001 · lost. The words are not in the new text any more.\nwas: {ROAD}"
    assert flagged.startswith("C-0002 · moved with a change. The words changed (92 % the same).\n")
    assert flagged.endswith("now: “that the [old ]dam was weak.”")


def test_the_notice_leads_to_the_list_and_the_proposed_words_are_selected(updated: Hands):
    notice = updated.told[-1]
    assert (notice.words, notice.action) == ("The article was updated: 3 marks wait to be judged.", "Show")
    assert notice.act is not None
    notice.act()
    assert updated.window.moved_marks.list.hasFocus()
    assert updated.session.annotation_id == found(updated, "F-0001").id
    selection = updated.window.reader.selection()
    assert selection is not None
    assert NEW[selection.start : selection.end] == "At least 950 people"


def test_enter_accepts_and_backspace_rejects_one_after_the_other(updated: Hands):
    updated.window.moved_marks.take_focus()
    updated.press(Qt.Key.Key_Return)
    figure = found(updated, "F-0001")
    assert (figure.words, figure.figure.value) == ("At least 950 people", 950)
    assert updated.window.reader.marks_at(NEW.index("950")) == [figure.id]
    updated.press(Qt.Key.Key_Down)
    assert updated.window.moved_marks.reject_button.text() == "Leave without a place"
    updated.press(Qt.Key.Key_Backspace)
    claim = found(updated, "C-0002")
    assert (claim.spans, claim.words) == ((), CLAIM)
    assert len(entries(updated)) == 1
    updated.press(Qt.Key.Key_Backspace)  # a lost one is left without a place by either key
    assert entries(updated) == []
    assert updated.window.reader.view.hasFocus(), "and not the first button that there is"
    assert updated.window.moved_panel.isHidden()
    assert check_project(updated.session.read) == []
    updated.window.reader.view.setFocus()
    updated.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(entries(updated)) == 1
    assert not updated.window.moved_panel.isHidden()


def test_a_lost_mark_is_placed_by_hand_on_the_selected_words(updated: Hands):
    panel = updated.window.moved_marks
    panel.list.setCurrentRow(1)
    updated.window.reader.clear_selection()
    assert not panel.place_button.isEnabled()
    updated.drag("By noon it rained.")
    QTest.mouseClick(panel.place_button, Qt.MouseButton.LeftButton)
    assert found(updated, "C-0001").words == "By noon it rained."
    assert len(entries(updated)) == 2
    assert check_project(updated.session.read) == []


def test_the_key_that_adds_words_places_a_mark_that_has_none(updated: Hands):
    updated.session.select(found(updated, "C-0001").id)
    updated.drag("By noon it rained.")
    QTest.qWait(0)
    assert "A places C-0001 on them" in updated.window.status_line.hint.text()
    updated.press(Qt.Key.Key_A)
    assert found(updated, "C-0001").words == "By noon it rained."


def test_the_table_says_what_has_no_place_and_its_row_leads_to_the_list(updated: Hands):
    model = updated.window.annotations.model
    updated.window.annotations.catching_up.now()
    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert shown == {
        "F-0001": f"[not placed] {FIGURE}",
        "C-0001": f"[not placed] {ROAD}",
        "C-0002": "“that the old dam was weak.”",
    }
    updated.window.moved_panel.close()
    updated.session.select(found(updated, "C-0001").id)
    assert not updated.window.moved_panel.isHidden()
    chosen = updated.window.moved_marks.chosen
    assert chosen is not None
    assert chosen.annotation_id == found(updated, "C-0001").id


def test_undoing_the_update_shows_the_old_text_with_its_marks(updated: Hands):
    updated.window.reader.view.setFocus()
    updated.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert updated.window.reader.view.text == FLOOD
    assert entries(updated) == []
    assert updated.window.moved_panel.isHidden()
    assert updated.window.reader.marks_at(FLOOD.index("900")) == [found(updated, "F-0001").id]


def test_an_update_with_nothing_to_judge_shows_no_list(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, FIGURE)
    told = len(hands.told)
    update(hands, "Late edition.\n\n" + FLOOD)
    assert hands.window.moved_panel.isHidden()
    assert len(hands.told) == told
    assert hands.window.reader.marks_at(hands.body().index("900")) == [found(hands, "F-0001").id]


def test_another_article_has_no_list_of_its_own(updated: Hands):
    first = updated.session.article_id
    updated.window.importing.take_text("Another article 🌾\n\nabout barley.")
    QTest.qWait(0)
    assert updated.window.moved_panel.isHidden()
    updated.session.choose_article(first)
    QTest.qWait(0)
    assert not updated.window.moved_panel.isHidden()


def test_a_list_that_was_closed_stays_closed_while_one_works_on(updated: Hands):
    updated.window.moved_panel.close()
    updated.mark(Kind.CLAIM, "By noon it rained.")
    QTest.qWait(0)
    assert updated.window.moved_panel.isHidden()


def test_f6_comes_to_the_list_as_long_as_it_is_there(updated: Hands):
    window = updated.window
    window.annotations.take_focus()
    updated.press(Qt.Key.Key_F6)
    assert window.moved_marks.list.hasFocus()
    updated.press(Qt.Key.Key_F6)
    assert not window.moved_marks.list.hasFocus()


def test_without_a_project_the_list_is_gone_and_comes_back_with_it(updated: Hands):
    path = updated.session.project.path
    updated.session.close()
    assert updated.window.moved_panel.isHidden()
    assert updated.session.open(path)
    QTest.qWait(0)
    assert len(entries(updated)) == 3
    assert not updated.window.moved_panel.isHidden()


def test_of_very_many_the_first_are_listed_and_judging_makes_room(updated: Hands, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.moved_marks._MOST_SHOWN", 2)
    panel = updated.window.moved_marks
    panel.refresh()
    assert [entry[:6] for entry in entries(updated)] == ["F-0001", "C-0001"]
    panel.take_focus()
    updated.press(Qt.Key.Key_Return)
    assert [entry[:6] for entry in entries(updated)] == ["C-0001", "C-0002"]


def test_a_mark_in_its_new_place_leaves_nothing_to_judge_of_what_was_suggested_there(updated: Hands):
    session = updated.session
    article = session.article
    assert article is not None
    start = NEW.index("At least 950 people")
    record = {"value": 950.0, "low": 950.0, "counted": "people", "bound": "min", "kind": "count"}
    proposal = Proposal(Kind.FIGURE, (Span(start, start + 19),), record, "number and noun", 0.9)
    session.run(commands.store_proposals, article.text_id, [proposal], engine="by hand", version="1")
    updated.window.moved_marks.take_focus()
    updated.press(Qt.Key.Key_Return)
    assert session.read.suggestions(article.text_id) == []
    session.undo()
    assert len(session.read.suggestions(article.text_id)) == 1
