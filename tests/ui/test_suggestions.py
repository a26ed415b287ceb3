"""Suggestions in the window: proposed in a thread, dotted, judged by keys, counted, taken back."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.mark_filter import MarkFilter
from annotate.model import Span, Suggestion
from annotate.suggest import Proposal
from annotate.vocabulary import Kind, Origin
from tests.annotate.drafts import FLOOD
from tests.annotate.proposals import BAKER, CIVIL_DEFENCE, FIGURE, HOUSES, OUTLET, QUOTED, REPORTED, flood_proposals
from tests.ui.conftest import Hands
from ui.suggestions import Engine
from ui.suggestions.proposing import LONGEST_BY_ITSELF

ENTER, BACKSPACE, NEXT, PREVIOUS = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_N, Qt.Key.Key_P
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
IN_ORDER = [REPORTED, FIGURE, CIVIL_DEFENCE, QUOTED[0], BAKER, "A witness", OUTLET, HOUSES]


class Asked:
    """An engine that proposes by hand, and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.names: list[list[str]] = []

    def propose(self, text: str, names: list[str]) -> list[Proposal]:
        self.texts.append(text)
        self.names.append(names)
        return flood_proposals(text) if FIGURE in text else []


@pytest.fixture
def asked(hands: Hands) -> Asked:
    """The window suggests by itself."""
    engine = Asked()
    hands.window.settings.suggests = True
    hands.window.proposing.engine = lambda: Engine("by hand", "1", engine.propose)
    return engine


@pytest.fixture
def suggested(hands: Hands, asked: Asked, qtbot: QtBot) -> Hands:
    """The flood is shown, with what was proposed for it; the focus is in the article."""
    hands.window.setAnimated(False)  # the text stands where it stays before a hand drags over it
    take_in(hands, qtbot, FLOOD)
    qtbot.waitUntil(lambda: hands.window.suggestions_panel.isVisible())
    QTest.qWait(0)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    return hands


def take_in(hands: Hands, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.importing.take_text(text)
    QTest.qWait(0)


def selected(hands: Hands) -> str:
    """The words of the selected suggestion; it is outlined in the reader and current in the list, or this fails."""
    found = hands.window.waiting.selected
    panel = hands.window.suggestions
    shown = hands.window.reader.selected_annotation()
    if found is None:
        assert shown is None or shown >= 0
        return ""
    assert shown == -found.id
    assert panel.list.currentRow() == hands.window.waiting.suggestions.index(found)
    return words_of(hands, found)


def words_of(hands: Hands, suggestion: Suggestion) -> str:
    first = suggestion.spans[0]
    return hands.body()[first.start : first.end]


def waiting(hands: Hands) -> list[str]:
    return [words_of(hands, one) for one in hands.window.waiting.suggestions]


def dotted(hands: Hands) -> int:
    """How many stretches of the text are shown as suggested."""
    return sum(entry.item.suggested for entry in hands.window.reader.view.marks)


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


def test_an_import_can_be_undone_although_suggestions_came_meanwhile(suggested: Hands):
    suggested.press(Qt.Key.Key_Z, CONTROL)
    assert suggested.session.read.articles() == []
    assert suggested.window.suggestions_panel.isHidden()


def test_suggestions_that_come_in_leave_notices_and_redo_alone(hands: Hands, asked: Asked, qtbot: QtBot):
    hands.window.importing.take_text("Another article.\n")
    qtbot.waitUntil(lambda: not hands.window.proposing.busy and len(asked.texts) == 1)
    hands.mark(Kind.CLAIM, "Another")
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.window.proposing.engine = lambda: Engine("by hand", "2", lambda _text, _names: [
        Proposal(Kind.CLAIM, (hands.place("article"),), {"mode": "voice"}, "own voice")
    ])  # fmt: skip
    told = hands.window.bars.notices
    hands.session.tell_undoable("Something was done.")
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.actions_["suggest_marks"].trigger()
    assert told.isVisible()
    assert waiting(hands) == ["article"]
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert [one.words for one in hands.session.read.annotations()] == ["Another"]


def test_each_text_is_asked_for_once_and_again_by_the_action(suggested: Hands, asked: Asked, qtbot: QtBot):
    take_in(suggested, qtbot, "Rain 🌧️ only.\n")
    assert suggested.window.suggestions_panel.isHidden()
    suggested.window.articles.step(-1)
    QTest.qWait(0)
    assert waiting(suggested) == IN_ORDER
    assert not suggested.window.suggestions_panel.isHidden()
    suggested.window.articles.step(1)
    QTest.qWait(0)
    assert asked.texts == [FLOOD, "Rain 🌧️ only.\n"]
    commands.add_source(suggested.session.project, "The Rain Office")
    with qtbot.waitSignal(suggested.window.proposing.stored, timeout=10_000):
        suggested.window.actions_["suggest_marks"].trigger()
    assert asked.names == [[], [], ["The Rain Office"]]
    assert suggested.told[-1].words == "Nothing more is suggested for this article."


def test_switched_off_nothing_is_asked_for_until_it_is_switched_on(hands: Hands, asked: Asked, qtbot: QtBot):
    switch = hands.window.actions_["suggest_by_itself"]
    switch.setChecked(True)
    switch.trigger()
    assert not hands.window.settings.suggests
    hands.window.importing.take_text(FLOOD)
    QTest.qWait(0)
    assert not hands.window.proposing.busy
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        switch.trigger()
    assert hands.window.settings.suggests
    assert len(waiting(hands)) == 8


def test_a_very_long_text_is_left_to_its_reader_to_ask_for(hands: Hands, asked: Asked, qtbot: QtBot):
    hands.window.importing.take_text(FLOOD + "Rain 🌧️. " * (LONGEST_BY_ITSELF // 8))
    QTest.qWait(0)
    assert not hands.window.proposing.busy
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.actions_["suggest_marks"].trigger()
    assert len(waiting(hands)) == 8


def test_closing_the_project_while_an_engine_works_stores_nothing(hands: Hands, asked: Asked):
    hands.window.importing.take_text(FLOOD)
    path = hands.session.project.path
    hands.window.proposing.follow()
    hands.session.close()
    hands.window.settings.suggests = False
    assert hands.session.open(path)
    assert hands.session.read.totals()["suggestions"] == 0


def test_a_fault_of_an_engine_is_told_and_harms_nothing(hands: Hands, asked: Asked, qtbot: QtBot):
    def fail(_text: str, _names: object) -> list[Proposal]:
        raise ValueError("no rules 🧨")

    hands.window.proposing.engine = lambda: Engine("by hand", "3", fail)
    hands.window.importing.take_text(FLOOD)
    qtbot.waitUntil(lambda: any(notice.trouble for notice in hands.told))
    assert hands.told[-1].action == "Details…"
    assert waiting(hands) == []


def test_sentences_without_a_figure_come_on_request(hands: Hands, qtbot: QtBot):
    hands.window.settings.suggests = True
    take_in(hands, qtbot, "Flood 🌊\n\nThe dam broke at dusk e\u0301. It rained on. About 40 people left.")
    assert waiting(hands) == ["About 40 people left.", "About 40 people"]
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.actions_["suggest_sentences"].trigger()
    QTest.qWait(0)
    assert waiting(hands)[:2] == ["The dam broke at dusk e\u0301.", "It rained on."]
    with qtbot.waitSignal(hands.window.proposing.stored, timeout=10_000):
        hands.window.actions_["suggest_marks"].trigger()
    QTest.qWait(0)
    assert len(waiting(hands)) == 2


def test_suggestions_make_no_small_window_wider(suggested: Hands):
    suggested.window.resize(1000, 700)
    QTest.qWait(0)
    assert suggested.window.suggestions_panel.isVisible()
    with_suggestions = suggested.window.minimumSizeHint().width()
    assert with_suggestions <= 960  # half of a usual screen, or all of one at 200 %
    suggested.window.suggestions_panel.hide()
    assert suggested.window.minimumSizeHint().width() == with_suggestions


# -- learning ------------------------------------------------------------------------------------------------------


class Durations(Asked):
    """Proposes every "3 weeks" of a text, always wrongly, and the one "900 people"."""

    def propose(self, text: str, names: list[str]) -> list[Proposal]:
        weeks = [Span(found.start(), found.end()) for found in re.finditer("3 weeks", text)]
        record = {"value": 3.0, "unit": "weeks", "bound": "exact", "kind": "duration"}
        made = [Proposal(Kind.FIGURE, (span,), record, "duration", 0.9) for span in weeks]
        at = text.find("900 people")
        people = {"value": 900.0, "counted": "people", "bound": "exact", "kind": "count"}
        return [*made, *([Proposal(Kind.FIGURE, (Span(at, at + 10),), people, "count", 0.9)] if at >= 0 else [])]


WEEKS = "It lasted 3 weeks 🌊. " * 12 + "At least 900 people left e\u0301."


@pytest.fixture
def weeks(hands: Hands, qtbot: QtBot) -> Hands:
    engine = Durations()
    hands.window.settings.suggests = True
    hands.window.proposing.engine = lambda: Engine("by hand", "1", engine.propose)
    take_in(hands, qtbot, f"Weeks 🌊\n\n{WEEKS}")
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    return hands


def test_a_rule_that_is_always_refused_is_muted_and_can_be_shown_again(weeks: Hands, qtbot: QtBot):
    panel, waiting = weeks.window.suggestions, weeks.window.waiting
    assert dotted(weeks) == 13
    weeks.press(NEXT)
    for _ in range(8):
        weeks.press(BACKSPACE)
    assert [words_of(weeks, one) for one in waiting.suggestions] == ["900 people"]
    assert dotted(weeks) == 1
    assert panel.progress.text() == "8 of 13 judged · 4 muted"
    assert "duration: 0 of 8 accepted in this project" in panel.progress.toolTip()
    shown = weeks.window.actions_["show_muted"]
    assert shown.isEnabled()
    shown.trigger()
    QTest.qWait(0)
    assert len(waiting.suggestions) == dotted(weeks) == 5
    assert "muted, duration: 0 of 8 accepted" in panel.list.item(0).text()
    waiting.step(1)
    weeks.press(BACKSPACE)
    QTest.qWait(0)
    assert panel.progress.text() == "9 of 13 judged · 3 muted"
    weeks.session.undo()
    QTest.qWait(0)
    assert panel.progress.text() == "8 of 13 judged · 4 muted"
    shown.trigger()
    weeks.session.undo()
    QTest.qWait(0)
    assert len(waiting.suggestions) == dotted(weeks) == 6  # one refusal less is too few to mute a rule


def test_what_was_judged_makes_a_rule_more_or_less_sure_in_other_articles(weeks: Hands, qtbot: QtBot):
    weeks.press(NEXT)
    for _ in range(5):
        weeks.press(BACKSPACE)
    weeks.press(ENTER)
    take_in(weeks, qtbot, "Other weeks\n\nIt lasted 3 weeks, and 900 people left.")
    first = weeks.window.suggestions.list.item(0).text()
    assert "duration, 62\u00a0%, 1 of 6 accepted here" in first
    panel = weeks.window.suggestions
    assert panel.all_button.text() == "Accept all 1"  # at least 90 %
    QTest.mouseClick(panel.all_button, Qt.MouseButton.LeftButton)
    [made] = weeks.session.read.annotations([max(weeks.session.read.annotation_ids())])
    assert made.spans[0].exact == "900 people"


def test_what_was_muted_is_muted_when_the_project_is_opened_again(weeks: Hands, qtbot: QtBot):
    weeks.press(NEXT)
    for _ in range(8):
        weeks.press(BACKSPACE)
    path, article_id = weeks.session.project.path, weeks.session.article_id
    weeks.session.close()
    assert weeks.session.open(path)
    weeks.session.choose_article(article_id)
    QTest.qWait(0)
    assert [words_of(weeks, one) for one in weeks.window.waiting.suggestions] == ["900 people"]
