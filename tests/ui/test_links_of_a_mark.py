"""In the window the selected mark shows whose claim it is and what it contains, keeps up with what is done, and J goes
round its links."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from annotate import commands
from annotate.importers import read_file
from annotate.vocabulary import Kind, Relation, Stance
from tests.ui.conftest import Hands

ARTICLE = (
    "Ferry 🚢 aground\n\n"
    "The 🇮🇸 coast guard said\u2028that at least 40 passengers were safe.\n"
    "وقال قائد العبارة إن 12 راكبا أصيبوا.\n"
    "A nurse at the cafe\u0301 denied that anybody was hurt.\n"
)


@dataclass
class Case:
    hands: Hands
    claim: int
    figure: int
    guard: int
    nurse: int

    def shown(self) -> list[tuple[int, str]]:
        QTest.qWait(0)
        return [(tie.annotation_id, tie.words) for tie in self.hands.window.reader.ties()]


@pytest.fixture
def case(hands: Hands, tmp_path: Path) -> Case:
    """Marks made by hand; the claim contains the figure, and nobody says so yet."""
    session = hands.session
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    commands.import_file(session.project, read_file(path))
    session.choose_article(session.read.articles()[0].id)
    figure = hands.mark(Kind.FIGURE, "at least 40 passengers")
    claim = hands.mark(Kind.CLAIM, "at least 40 passengers were safe")
    guard = hands.mark(Kind.SOURCE, "The 🇮🇸 coast guard")
    nurse = hands.mark(Kind.SOURCE, "A nurse")
    for mention in (guard, nurse):
        commands.register_mention(session.project, mention.id)
    return Case(hands, claim.id, figure.id, guard.id, nurse.id)


def attribute(case: Case, mention_id: int, stance: Stance = Stance.ASSERTS) -> None:
    project = case.hands.session.project
    mention = project.read.annotation(mention_id)
    assert mention is not None
    assert mention.mention.source_id is not None
    commands.attribute(project, case.claim, mention.mention.source_id, stance=stance, mention_id=mention_id)


def test_a_click_on_a_claim_shows_its_figure_and_who_says_so_as_soon_as_somebody_does(case: Case) -> None:
    case.hands.click("were safe")
    assert case.shown() == [(case.figure, "is in it")]
    attribute(case, case.guard)
    attribute(case, case.nurse, Stance.DENIES)
    assert case.shown() == [(case.guard, "says so"), (case.nurse, "denies"), (case.figure, "is in it")]
    case.hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert case.shown() == [(case.guard, "says so"), (case.figure, "is in it")]


def test_a_mark_that_is_made_is_painted_before_anything_asks_for_its_links(case: Case, monkeypatch) -> None:
    order: list[str] = []
    reader, read = case.hands.window.reader, case.hands.session.read
    painted, asked = reader.paint_now, read.ties_of
    monkeypatch.setattr(reader, "paint_now", lambda: (order.append("painted"), painted()))
    monkeypatch.setattr(read, "ties_of", lambda annotation_id: (order.append("asked"), asked(annotation_id))[1])
    case.hands.mark(Kind.CLAIM, "anybody was hurt")
    QTest.qWait(0)
    assert order[:2] == ["painted", "asked"]


def test_what_does_not_concern_the_selected_mark_asks_for_nothing(case: Case, monkeypatch) -> None:
    session = case.hands.session
    denial = case.hands.mark(Kind.CLAIM, "anybody was hurt").id
    session.select(case.claim)
    case.shown()
    asked: list[int] = []
    monkeypatch.setattr(session.read, "ties_of", lambda annotation_id: asked.append(annotation_id) or [])
    commands.edit_annotation(session.project, case.nurse, note="Ask her again")
    QTest.qWait(0)
    assert asked == []
    commands.link(session.project, case.claim, denial, Relation.CONTRADICTS)
    QTest.qWait(0)
    assert asked == [case.claim]


def test_a_click_on_a_node_goes_to_the_linked_mark_and_shows_its_own_links(case: Case) -> None:
    attribute(case, case.guard)
    case.hands.click("were safe")
    case.shown()
    view = case.hands.window.reader.view
    drawing = view.ties.drawing()
    assert drawing is not None
    at: QPointF = next(node.place for node in drawing.nodes if node.ties[0].annotation_id == case.guard)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert case.hands.session.annotation_id == case.guard
    assert case.shown() == [(case.claim, "said by it")]


def test_j_goes_round_what_a_mark_is_linked_to_and_back_to_it(case: Case) -> None:
    attribute(case, case.guard)
    attribute(case, case.nurse, Stance.DENIES)
    session, press = case.hands.session, case.hands.press
    case.hands.click("were safe")
    round_trip = [case.guard, case.nurse, case.figure, case.claim]
    for stop in [*round_trip, *round_trip]:
        press(Qt.Key.Key_J)
        assert session.annotation_id == stop
    press(Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert session.annotation_id == case.figure


def test_any_other_selection_ends_the_walk(case: Case) -> None:
    attribute(case, case.guard)
    session, press = case.hands.session, case.hands.press
    case.hands.click("were safe")
    press(Qt.Key.Key_J)
    assert session.annotation_id == case.guard
    session.select(None)
    session.select(case.guard)
    press(Qt.Key.Key_J)
    assert session.annotation_id == case.claim
    press(Qt.Key.Key_J)
    assert session.annotation_id == case.guard, "the walk set out from the mention, which has one link"


def test_a_mark_without_links_says_so(case: Case) -> None:
    case.hands.click("A nurse")
    case.hands.press(Qt.Key.Key_J)
    assert case.hands.session.annotation_id == case.nurse
    assert [notice.words for notice in case.hands.told] == ["Nothing in this article is linked to S-0002 yet."]


def test_the_tool_tip_of_a_mark_says_whose_it_is_and_what_it_contains(case: Case) -> None:
    attribute(case, case.guard)
    describe = case.hands.window.reader.describe
    assert describe(case.claim) == "Claim C-0001 · 🇮🇸 coast guard · contains ≥ 40 passengers"
    assert describe(case.figure) == "Figure F-0001 · ≥ 40 passengers · 🇮🇸 coast guard"
