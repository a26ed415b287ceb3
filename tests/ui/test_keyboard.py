"""The window without a mouse: where Tab goes, what letters do in lists of choices."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from annotate import commands
from annotate.vocabulary import Kind, Stance
from tests.ui.conftest import Hands
from ui.inspector.claim_form import ClaimForm

FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. At least 27 people were rescued.\n"
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(hands: Hands) -> ClaimForm:
    """A claim with an attribution is selected, and the focus is in the article."""
    hands.window.importing.take_text(FLOOD)
    made = hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    mayor = commands.add_source(hands.session.project, "The mayor 🇳🇴")
    commands.attribute(hands.session.project, made.id, mayor)
    commands.add_tag(hands.session.project, "damage")
    QTest.qWait(0)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    shown = hands.window.inspector.form
    assert isinstance(shown, ClaimForm)
    return shown


def round_trip(hands: Hands, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    """What has the focus in turn until it is in the article again."""
    start = hands.window.reader.view
    seen: list[QWidget] = [start]
    while len(seen) < 200:
        hands.press(Qt.Key.Key_Tab, modifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is start:
            return seen
        seen.append(focused)
    raise AssertionError("Tab never comes back to the article")


def test_tab_goes_once_through_everything_in_the_order_of_the_eye(hands: Hands, form: ClaimForm):
    window = hands.window
    seen = round_trip(hands)
    assert len(seen) == len(set(seen))
    assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in seen)
    inside = [widget.mapTo(form, widget.rect().center()).y() for widget in seen if form.isAncestorOf(widget)]
    assert all(below - above > -14 for above, below in pairwise(inside)), "from top to bottom"
    chip, remove = form.attributions.chips.chips[0].focusables()
    wanted = [
        window.reader.view,
        chip,
        remove,
        form.attributions.chips.add,
        form.plain_words,
        form.type,
        form.note,
        window.annotations.scope,
        window.annotations.view,
        window.articles.filter,
        window.articles.view,
        window.tags.view,
        window.tags.new,
    ]
    assert [widget for widget in seen if widget in wanted] == wanted
    claim = next(
        button
        for button in window.toolbar.findChildren(QToolButton)
        if button.defaultAction() is window.actions_["mark_claim"]
    )
    assert seen.index(window.annotations.view) < seen.index(claim) < seen.index(window.articles.filter)


def test_shift_and_tab_go_the_same_way_back(hands: Hands, form: ClaimForm):
    there = round_trip(hands)
    back = round_trip(hands, SHIFT)
    assert back == [there[0], *reversed(there[1:])]
    assert form.isVisible()


def test_tab_brings_what_it_reaches_into_view(hands: Hands, form: ClaimForm):
    hands.window.resize(1400, 500)
    QTest.qWait(0)
    assert form.note.visibleRegion().isEmpty()
    hands.window.annotations.scope.setFocus()
    while QApplication.focusWidget() is not form.note:
        hands.press(Qt.Key.Key_Tab, SHIFT)
    assert not form.note.visibleRegion().isEmpty()


def test_tab_goes_on_from_a_grade_that_was_reached_by_arrows(hands: Hands, form: ClaimForm):
    form.credibility.segments[0].setFocus()
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    assert form.credibility.segments[2].hasFocus()
    hands.press(Qt.Key.Key_Tab)
    assert form.progress.hasFocus()


def test_letters_choose_in_a_list_of_choices_and_mark_nothing(hands: Hands, form: ClaimForm):
    hands.drag("At least 27 people")
    stance = next(iter(form.attributions.details.values())).stance
    stance.setFocus()
    before = hands.session.read.annotation_ids()
    hands.press(Qt.Key.Key_C)
    assert stance.value is Stance.CONFIRMS
    assert hands.session.read.annotation_ids() == before
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stance.value is Stance.ASSERTS


def test_escape_leads_from_any_field_back_to_the_article(hands: Hands, form: ClaimForm):
    for field in (form.place, form.type, form.note, hands.window.articles.filter, hands.window.annotations.view):
        field.setFocus()
        hands.press(Qt.Key.Key_Escape)
        assert hands.window.reader.view.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifier", "told"),
    [
        (Qt.Key.Key_A, PLAIN, "Add words to the selected mark: select a mark, then words."),
        (Qt.Key.Key_X, PLAIN, "Split mark at the caret: select a mark first."),
        (Qt.Key.Key_J, SHIFT, "Previous linked mark: select a mark first."),
        (Qt.Key.Key_Period, PLAIN, "Tag again: select a mark first."),
        (Qt.Key.Key_L, PLAIN, "Say who says so: select a claim or figure first."),
        (Qt.Key.Key_T, PLAIN, "Tag: select a mark first."),
        (Qt.Key.Key_Delete, PLAIN, "Remove mark: select a mark first."),
        (Qt.Key.Key_Y, PLAIN, "Start one word earlier: select a mark first."),
        (Qt.Key.Key_C, SHIFT, "Mark all hits as claims: find words in the article first."),
        (Qt.Key.Key_Z, CONTROL | SHIFT, "Redo: nothing to redo."),
    ],
)
def test_a_key_that_can_do_nothing_now_says_what_is_missing(hands: Hands, form: ClaimForm, key, modifier, told: str):
    hands.session.select(None)
    QTest.qWait(0)
    hands.window.reader.view.setFocus()
    step = hands.session.project.last_step_id
    hands.press(key, modifier)
    assert [notice.words for notice in hands.told] == [told]
    assert not hands.told[0].trouble
    assert hands.session.project.last_step_id == step


def test_a_key_says_nothing_where_it_types_or_searches(hands: Hands, form: ClaimForm):
    hands.session.select(None)
    QTest.qWait(0)
    for field in (hands.window.articles.filter, hands.window.tags.new):
        field.setFocus()
        hands.press(Qt.Key.Key_X)
        assert field.text() == "x"
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_G)  # works nothing
    assert hands.told == []


def test_without_a_project_a_key_says_to_open_one(hands: Hands):
    hands.session.close()
    hands.window.setFocus()
    hands.press(Qt.Key.Key_C)
    assert [notice.words for notice in hands.told] == ["Claim: open a project first."]


def test_f6_into_the_record_of_interrupted_words_takes_nothing_away(hands: Hands, form: ClaimForm):
    hands.drag("27 people")
    hands.press(Qt.Key.Key_A)
    claim = hands.session.annotation
    assert claim is not None
    assert len(claim.spans) == 2
    hands.press(Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert hands.window.inspector.isAncestorOf(focused)
    step = hands.session.project.last_step_id
    hands.press(Qt.Key.Key_Space)
    assert hands.session.project.last_step_id == step
    assert hands.session.annotation == claim
