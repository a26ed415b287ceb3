"""What was judged makes rules more or less sure, and mutes one that is always refused."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotate.model import Span
from annotate.suggest import Proposal
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from tests.ui.suggested import BACKSPACE, ENTER, NEXT, Asked, dotted, take_in, words_of
from ui.suggestions import Engine


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
