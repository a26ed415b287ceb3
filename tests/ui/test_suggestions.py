"""Suggestions in the window: listed, dotted, judged by keys, counted, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotate.mark_filter import MarkFilter
from annotate.vocabulary import Kind, Origin
from tests.annotate.drafts import FLOOD
from tests.annotate.proposals import BAKER, CIVIL_DEFENCE, FIGURE, HOUSES, OUTLET, QUOTED, REPORTED
from tests.ui.conftest import Hands
from tests.ui.suggested import (
    BACKSPACE,
    CONTROL,
    ENTER,
    IN_ORDER,
    NEXT,
    PREVIOUS,
    SHIFT,
    Asked,
    dotted,
    proposing_engine,  # noqa: F401
    selected,
    suggested_flood,  # noqa: F401
    take_in,
    waiting,
)


def test_an_article_that_is_shown_gets_suggestions_dotted_and_listed(suggested: Hands, asked: Asked):
    assert asked.texts == [FLOOD]
    assert waiting(suggested) == IN_ORDER
    assert dotted(suggested) == 9, "the interrupted quotation has two stretches"
    assert not suggested.window.suggestions_panel.isHidden()
    panel = suggested.window.suggestions
    assert panel.progress.text() == "0 of 8 judged"
    assert [panel.list.item(row).text() for row in (0, 1, 2, 7)] == [
        f"{REPORTED}\n{CIVIL_DEFENCE} says so · paraphrase · reported speech, 90\u00a0%",
        f"{FIGURE}\n≥ 900 people · number and noun, 90\u00a0%",
        f"{CIVIL_DEFENCE}\nCivil Defence · government · speaker · source, 90\u00a0%",
        f"{HOUSES}\nA witness says so · paraphrase · claim, 60\u00a0%",
    ]
    assert suggested.window.status_line.totals.text() == "C 0 · F 0 · S 0"


def test_a_page_is_judged_with_a_key_a_suggestion(suggested: Hands):
    suggested.press(NEXT)
    suggested.press(NEXT)
    judged = []
    for number, key in enumerate((ENTER, ENTER, BACKSPACE, ENTER, BACKSPACE, ENTER, ENTER, ENTER)):
        assert suggested.window.suggestions.progress.text() == f"{number} of 8 judged"
        judged.append(selected(suggested))
        suggested.press(key)
    assert judged == [*IN_ORDER[1:], REPORTED], "round to what was left out at first"
    assert (selected(suggested), waiting(suggested), dotted(suggested)) == ("", [], 0)
    assert suggested.told[-1].words == "All 8 suggestions for this article are judged."
    assert suggested.window.suggestions_panel.isHidden()
    totals = suggested.session.read.totals()
    assert (totals["claims"], totals["figures"], totals["mentions"], totals["attributions"]) == (2, 1, 3, 1)


def test_one_more_enter_says_that_nothing_waits_and_leaves_the_way_back(suggested: Hands):
    suggested.press(NEXT)
    while waiting(suggested):
        suggested.press(ENTER)
    bar = suggested.window.bars.notices
    assert bar.words == "All 8 suggestions for this article are judged."
    suggested.window.reader.view.setFocus()
    suggested.press(ENTER)
    assert bar.words == "Accept: no suggestion waits in this article."
    bar.dismiss()
    assert bar.words == "All 8 suggestions for this article are judged."


def test_the_list_of_an_article_begins_at_its_beginning(suggested: Hands, qtbot: QtBot):
    panel = suggested.window.suggestions
    suggested.press(PREVIOUS)
    assert panel.list.verticalScrollBar().value() > 0, "the last is shown"
    first = suggested.session.article_id
    take_in(suggested, qtbot, FLOOD.replace("Flood", "Floods", 1) + "\n\nNothing else.")
    qtbot.waitUntil(lambda: panel.list.count() == 8)
    assert suggested.session.article_id != first
    QTest.qWait(20)
    assert panel.list.currentRow() == -1
    assert panel.list.verticalScrollBar().value() == 0


def test_a_speaker_is_accepted_with_what_it_says(suggested: Hands):
    suggested.press(PREVIOUS)
    assert selected(suggested) == HOUSES
    suggested.press(ENTER)
    assert selected(suggested) == REPORTED
    assert waiting(suggested) == [REPORTED, FIGURE, CIVIL_DEFENCE, QUOTED[0], BAKER]


def test_undo_brings_a_suggestion_back_and_selects_it(suggested: Hands):
    suggested.press(NEXT)
    suggested.press(NEXT)
    for key in (ENTER, BACKSPACE):
        suggested.press(key)
    assert waiting(suggested) == [REPORTED, QUOTED[0], BAKER, "A witness", OUTLET, HOUSES]
    suggested.press(Qt.Key.Key_Z, CONTROL)
    assert selected(suggested) == CIVIL_DEFENCE
    suggested.press(Qt.Key.Key_Z, CONTROL)
    assert selected(suggested) == FIGURE
    assert (waiting(suggested), dotted(suggested)) == (IN_ORDER, 9)
    suggested.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert suggested.session.annotation is not None
    assert suggested.session.annotation.words == FIGURE


def test_next_and_previous_go_round_from_the_caret_in_article_and_list(suggested: Hands):
    suggested.window.reader.reveal(FLOOD.index("A witness"))
    suggested.press(NEXT)
    assert selected(suggested) == "A witness"
    suggested.press(PREVIOUS)
    assert selected(suggested) == BAKER
    suggested.window.suggestions.take_focus()
    for wanted in ("A witness", OUTLET, HOUSES, REPORTED):
        suggested.press(NEXT)
        assert selected(suggested) == wanted
    suggested.press(PREVIOUS)
    assert selected(suggested) == HOUSES
    suggested.press(Qt.Key.Key_Up)
    assert selected(suggested) == OUTLET


def test_the_keys_judge_in_the_list_as_in_the_article(suggested: Hands):
    suggested.window.suggestions.take_focus()
    assert selected(suggested) == REPORTED
    suggested.press(BACKSPACE)
    suggested.press(ENTER)
    assert QApplication.focusWidget() is suggested.window.suggestions.list
    assert selected(suggested) == CIVIL_DEFENCE
    assert [one.words for one in suggested.session.read.annotations()] == [FIGURE]


@pytest.mark.parametrize("panel", ["articles", "annotations"])
def test_the_next_one_can_be_judged_at_once_wherever_the_focus_was(suggested: Hands, panel: str):
    suggested.press(NEXT)
    suggested.press(ENTER)
    getattr(suggested.window, panel).view.setFocus()
    suggested.press(NEXT)
    for key in (BACKSPACE, ENTER):
        judged = selected(suggested)
        assert judged in waiting(suggested)
        suggested.press(key)
        assert judged not in waiting(suggested)


def test_elsewhere_enter_and_backspace_judge_nothing(suggested: Hands):
    suggested.press(NEXT)
    before = len(suggested.told)
    for place in (suggested.window.articles.view, suggested.window.articles.filter, suggested.window.annotations.view):
        place.setFocus()
        for key in (ENTER, BACKSPACE):
            suggested.press(key)
    assert waiting(suggested) == IN_ORDER
    assert len(suggested.told) == before
    suggested.window.reader.view.setFocus()
    suggested.press(Qt.Key.Key_Escape)
    suggested.press(BACKSPACE)
    assert suggested.told[-1].words == "Reject: select a suggestion first."


def test_a_click_selects_a_suggestion_and_lets_go_of_the_mark(suggested: Hands):
    by_hand = suggested.mark(Kind.SOURCE, "upper valley")
    suggested.click("dozens of houses")
    assert selected(suggested) == HOUSES
    assert suggested.session.annotation_id is None
    suggested.click("upper valley")
    assert (suggested.session.annotation_id, selected(suggested)) == (by_hand.id, "")


def test_accept_and_edit_stays_on_the_mark(suggested: Hands):
    suggested.press(NEXT)
    suggested.press(NEXT)
    suggested.press(ENTER, SHIFT)
    made = suggested.session.annotation
    assert made is not None
    assert (made.words, made.origin) == (FIGURE, Origin.SUGGESTED)
    suggested.press(NEXT)
    assert selected(suggested) == CIVIL_DEFENCE


def test_moving_an_edge_accepts_the_other_words_as_edited(suggested: Hands):
    suggested.press(NEXT)
    suggested.press(NEXT)
    suggested.press(Qt.Key.Key_U)
    made = suggested.session.annotation
    assert made is not None
    assert (made.words, made.origin) == ("least 900 people", Origin.EDITED)
    assert FIGURE not in waiting(suggested)


def test_marks_by_hand_step_and_merge_past_suggestions(suggested: Hands):
    first = suggested.mark(Kind.FIGURE, "dozens")
    second = suggested.mark(Kind.FIGURE, "houses")
    suggested.session.select(first.id)
    suggested.press(Qt.Key.Key_BracketRight)
    assert suggested.session.annotation_id == second.id
    suggested.drag("dozens of houses")
    suggested.press(Qt.Key.Key_M)
    assert [one.words for one in suggested.session.read.annotations()] == ["dozens […] houses"]


def test_marking_suggested_words_by_hand_leaves_nothing_to_judge_there(suggested: Hands):
    suggested.mark(Kind.FIGURE, FIGURE)
    assert FIGURE not in waiting(suggested)


def test_all_of_a_kind_are_accepted_at_once_and_noted_as_reviewed_one_by_one(suggested: Hands):
    panel = suggested.window.suggestions
    panel.kind.setCurrentText("Claims")
    assert panel.all_button.text() == "Accept all 2"
    panel.least.setCurrentIndex(0)
    assert panel.all_button.text() == "Accept all 3"
    panel.all_button.click()
    QTest.qWait(0)
    assert suggested.told[-1].words == "Accepted 3 claims, not reviewed one by one yet."
    claim, *_rest = (one for one in suggested.session.read.annotations() if one.kind is Kind.CLAIM)
    suggested.window.reader.view.setFocus()
    suggested.click("left their homes")
    assert suggested.session.annotation_id == claim.id
    QTest.qWait(0)
    assert suggested.window.status_line.hint.text() == "Enter notes it as reviewed"
    suggested.press(ENTER)
    assert [one.origin for one in suggested.session.read.annotations([claim.id])] == [Origin.SUGGESTED]
    for _ in range(2):
        suggested.press(Qt.Key.Key_Z, CONTROL)
    assert (waiting(suggested), panel.kind.currentText()) == (IN_ORDER, "Claims")


def test_the_tool_tip_says_what_is_suggested_and_why(suggested: Hands):
    figure = next(one for one in suggested.window.waiting.suggestions if one.kind is Kind.FIGURE)
    assert (
        suggested.window.reader.describe(-figure.id) == "Suggested figure · ≥ 900 people · number and noun, 90\u00a0%"
    )


def test_kinds_that_the_filter_hides_are_not_judged(suggested: Hands):
    suggested.session.set_filter(MarkFilter(hidden_kinds=frozenset({Kind.FIGURE, Kind.SOURCE})))
    QTest.qWait(0)
    assert waiting(suggested) == [REPORTED, QUOTED[0], HOUSES]
    assert dotted(suggested) == 4
    suggested.press(NEXT)
    for _ in range(3):
        suggested.press(BACKSPACE)
    assert selected(suggested) == ""
    suggested.session.set_filter(MarkFilter())
    assert waiting(suggested) == [FIGURE, CIVIL_DEFENCE, BAKER, "A witness", OUTLET]


def test_suggestions_make_no_small_window_wider(suggested: Hands):
    suggested.window.resize(1000, 700)
    QTest.qWait(0)
    assert suggested.window.suggestions_panel.isVisible()
    with_suggestions = suggested.window.minimumSizeHint().width()
    assert with_suggestions <= 960  # half of a usual screen, or all of one at 200 %
    suggested.window.suggestions_panel.hide()
    assert suggested.window.minimumSizeHint().width() == with_suggestions
