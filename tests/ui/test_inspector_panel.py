"""The inspector in its dock: one head, also where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.inspector.claim_form import ClaimForm

FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. At least 27 people were rescued.\n"


def seen_words(hands: Hands) -> list[str]:
    labels = hands.window.panels["inspector"].header.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text()]


def test_the_dock_has_the_head_of_the_form_for_its_title(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    QTest.qWait(0)
    assert seen_words(hands) == ["Article"]
    height = hands.window.panels["inspector"].header.height()
    made = hands.mark(Kind.FIGURE, "some 340 homes")
    assert seen_words(hands) == ["Figure", made.label, "1 of 1"]
    assert hands.window.panels["inspector"].header.height() == height, "nothing below moves"
    assert not hands.window.inspector.isAncestorOf(hands.window.inspector.header)


@pytest.mark.parametrize("width", [290, 340])
def test_the_head_steps_through_the_figures_in_a_narrow_dock_too(hands: Hands, qtbot, width: int):
    hands.window.importing.take_text(FLOOD)
    homes = hands.mark(Kind.FIGURE, "some 340 homes")
    people = hands.mark(Kind.FIGURE, "At least 27 people")
    panel, head = hands.window.panels["inspector"], hands.window.inspector.header
    hands.window.resizeDocks([panel], [width], Qt.Orientation.Horizontal)
    QTest.qWait(0)
    assert panel.width() == width
    for label in (head.kind, head.label, head.place):
        assert label.width() >= label.sizeHint().width(), label.text()
    qtbot.mouseClick(head.before, Qt.MouseButton.LeftButton)
    QTest.qWait(0)
    assert hands.session.annotation_id == homes.id
    qtbot.mouseClick(head.after, Qt.MouseButton.LeftButton)
    assert hands.session.annotation_id == people.id


def test_what_adds_says_what_it_adds_with_its_key(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    form = hands.window.inspector.form
    assert isinstance(form, ClaimForm)
    chips = {
        "+ source": form.attributions.chips.add,
        "+ figure": form.figures.add,
        "+ event": form.event.chips.add,
        "+ claim": form.elsewhere.chips.add,
        "+ tag": form.tags.add,
    }
    assert {words: chip.text() for words, chip in chips.items()} == {words: words for words in chips}
    keys = hands.window.keys
    caps = {
        words: [cap.text() for cap in chip.findChildren(QLabel) if cap.isVisible()] for words, chip in chips.items()
    }
    assert caps == {"+ source": ["L"], "+ figure": [], "+ event": [], "+ claim": [], "+ tag": ["T"]}
    keys.change(keys.keymap.with_key("tag", 0, "W"))
    assert [cap.text() for cap in form.tags.add.findChildren(QLabel)] == ["W"]
    assert form.tags.add.toolTip() == "Add a tag (W)"
    QTest.qWait(0)
    for chip in chips.values():
        assert chip.width() >= chip.sizeHint().width()
