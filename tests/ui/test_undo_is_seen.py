"""Undo and redo say what they did, and go where they did it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LONG = (
    "Flood 🌊🇳🇴 at the mill\n\nThe mayor said that some 340 homes were flooded.\n\n"
    + "قال شاهد 🌊 إن عشرات القوارب غرقت في النهر.\n\n" * 90
    + "At least 27 people were rescued.\n"
)
SHORT = "Fire on the hill\n\nTwo barns had burnt down.\n"


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    hands.window.importing.take_text(LONG)
    hands.window.activateWindow()
    return hands


def undo(hands: Hands) -> str:
    hands.press(Qt.Key.Key_Z, CONTROL)
    return told(hands)


def redo(hands: Hands) -> str:
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    return told(hands)


def told(hands: Hands) -> str:
    label = hands.window.status_line.undone
    return label.text() if label.isVisible() else ""


def in_view(hands: Hands, words: str) -> bool:
    span, seen = hands.place(words), hands.window.reader.visible_span()
    return seen.start <= span.start and span.end <= seen.end


def go_away(hands: Hands, words: str) -> None:
    """Scroll until words are out of view."""
    bar = hands.window.reader.view.verticalScrollBar()
    bar.setValue(bar.minimum() if bar.value() else bar.maximum())
    assert not in_view(hands, words)


@pytest.mark.parametrize("words", ["some 340 homes", "At least 27 people"])
def test_undo_and_redo_say_what_they_did_and_go_where_it_was(at_work: Hands, words: str):
    mark = at_work.mark(Kind.CLAIM, words)
    go_away(at_work, words)
    assert undo(at_work) == f"Undone: Mark claim {mark.label}"
    assert in_view(at_work, words)
    go_away(at_work, words)
    assert redo(at_work) == f"Redone: Mark claim {mark.label}"
    assert in_view(at_work, words)


def test_a_change_of_the_selected_mark_is_gone_to(at_work: Hands):
    mark = at_work.mark(Kind.CLAIM, "27 people were rescued")
    at_work.press(Qt.Key.Key_I)
    go_away(at_work, "27 people were")
    assert undo(at_work) == f"Undone: Move edge of {mark.label}"
    assert in_view(at_work, "27 people were rescued")


def test_what_is_in_view_stays_where_it_is(at_work: Hands):
    at_work.mark(Kind.FIGURE, "some 340 homes")
    at_work.mark(Kind.FIGURE, "At least 27 people")
    bar = at_work.window.reader.view.verticalScrollBar()
    at_work.window.reader.reveal(at_work.place("At least").start)
    before = bar.value()
    assert undo(at_work).startswith("Undone: Mark figure F-")
    assert bar.value() == before


def test_a_mark_that_went_in_another_article_is_gone_to(at_work: Hands):
    first, other = at_work.session.article_id, at_work.window.importing.take_text(SHORT)
    at_work.session.choose_article(first)
    at_work.mark(Kind.CLAIM, "At least 27 people")
    at_work.session.choose_article(other)
    assert undo(at_work) == "Undone: Mark claim C-0001"
    assert in_view(at_work, "At least 27 people")


def test_the_next_change_takes_the_words_away(at_work: Hands):
    at_work.mark(Kind.FIGURE, "some 340 homes")
    assert undo(at_work)
    at_work.mark(Kind.CLAIM, "some 340 homes")
    QTest.qWait(0)
    assert told(at_work) == ""
    assert at_work.window.status_line.undone.text()  # it was hidden, not just never there


def test_while_very_much_is_taken_back_the_pointer_waits(at_work: Hands, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.session._CHANGES_AT_ONCE", 10)
    shapes: list[object] = []

    def look(_changes: object) -> None:
        pointer = QApplication.overrideCursor()
        shapes.append(None if pointer is None else pointer.shape())

    at_work.mark(Kind.CLAIM, "some 340 homes")
    at_work.session.project_changed.connect(look)
    at_work.window.actions_["undo"].trigger()
    marks = [at_work.mark(Kind.FIGURE, words).id for words in ("340 homes", "27 people", "قال شاهد", "القوارب")]
    at_work.session.run(commands.remove_annotations, marks)
    shapes.clear()
    undo(at_work)
    redo(at_work)
    assert shapes == [Qt.CursorShape.WaitCursor] * 2
    assert QApplication.overrideCursor() is None
    undo(at_work)
    shapes.clear()
    undo(at_work)
    assert shapes == [None]
