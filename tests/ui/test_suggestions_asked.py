"""When an engine is asked for suggestions, in a thread, and what becomes of the window and the project meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.suggest import Proposal
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD
from tests.ui.conftest import Hands
from tests.ui.suggested import (
    CONTROL,
    IN_ORDER,
    SHIFT,
    Asked,
    proposing_engine,  # noqa: F401
    suggested_flood,  # noqa: F401
    take_in,
    waiting,
)
from ui.suggestions import Engine
from ui.suggestions.proposing import LONGEST_BY_ITSELF


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
