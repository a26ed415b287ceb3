"""Regular expressions in the bar for finding, and articles so long that they are searched aside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.ui.reader.finding import (
    CONTROL,
    find_bar,  # noqa: F401
    hands_at_the_story,  # noqa: F401
)
from ui.reader.find_bar import FindBar


def settled(hands: Hands) -> FindBar:
    """The bar, once it knows where the words stand."""
    bar = hands.window.reader.find_bar
    while bar.looking:
        QTest.qWait(5)
    return bar


def expression(hands: Hands, typed: str) -> FindBar:
    """What was found for an expression typed into the bar that is open."""
    bar = hands.window.reader.find_bar
    if not bar.how.expression.isChecked():
        QTest.mouseClick(bar.how.expression, Qt.MouseButton.LeftButton)
    bar.words.clear()
    QTest.keyClicks(bar.words, typed)
    return settled(hands)


def test_an_expression_is_found_with_case_and_whole_words(hands: Hands, bar: FindBar):
    assert expression(hands, "[Pp]ort").count.text() == "1 of 5"
    assert hands.window.reader.selection() == hands.place("port")
    bar.how.whole_words.click()
    assert settled(hands).count.text() == "1 of 4"
    bar.how.case.click()
    assert expression(hands, "P.rt").count.text() == "1 of 1"
    assert hands.window.reader.selection() == hands.place("Port")


def test_the_switch_of_expressions_says_what_it_is_and_is_reached_by_tab(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "p.rt")
    assert bar.count.text() == "Not found"
    for _ in range(3):  # the arrows are no stops while there is nothing to walk through
        hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bar.how.expression
    assert bar.how.expression.accessibleName() == "Regular expression"
    hands.press(Qt.Key.Key_Space)
    assert settled(hands).count.text() == "1 of 5"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(port", "A closing bracket ) is missing"),
        ("por**", "Two repeats in a row, at character 5"),
        ("a{1000000000}", "Too many repeats, at character 2"),
        ("(?:port){e<=2}", "A number is missing in { }; write \\{ for the brace itself, at character 9"),
    ],
)
def test_what_is_wrong_in_an_expression_is_said_until_it_is_mended(hands: Hands, bar: FindBar, typed: str, said: str):
    expression(hands, typed)
    assert (bar.trouble.isVisible(), bar.trouble.text(), bar.count.text()) == (True, said, "")
    assert bar.words.accessibleDescription() == said
    assert not bar.next_button.isEnabled()
    expression(hands, "port")
    assert (bar.trouble.isVisible(), bar.count.text()) == (False, "1 of 5")


def test_an_expression_that_would_never_end_is_given_up(hands: Hands, bar: FindBar, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.reader.search.MOST_SECONDS", 0.1)
    hands.window.importing.take_text("a" * 5_000 + "! 🔥\n")
    expression(hands, "(a+)+$")
    assert (bar.trouble.text(), bar.count.text()) == ("Too slow, make it simpler", "")
    assert expression(hands, "a+!").count.text() == "1 of 1"


def test_selected_words_are_looked_for_as_they_are_also_as_an_expression(hands: Hands, bar: FindBar):
    bar.how.expression.click()
    hands.press(Qt.Key.Key_Escape)
    hands.drag("noon.")
    hands.press(Qt.Key.Key_F, CONTROL)
    assert bar.words.text() == r"noon\."
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_F, CONTROL)
    assert bar.words.text() == r"noon\.", "its own hit does not take the place of the expression"


@pytest.fixture
def long_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is a long one."""
    monkeypatch.setattr("ui.reader.search.AT_ONCE", 3)
    monkeypatch.setattr("ui.reader.search.REST_MS", 1)


@pytest.mark.usefixtures("long_article")
def test_in_a_long_article_typing_goes_on_and_only_what_was_typed_last_is_shown(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "por")
    assert (bar.count.text(), bar.looking) == ("Looking…", True)
    assert not bar.mark_button.isEnabled()
    hands.press(Qt.Key.Key_Return)
    QTest.keyClicks(bar.words, "t at")
    seen = []
    bar.hits_shown.connect(lambda: seen.append(bar.count.text()))
    assert settled(hands).count.text() == "1 of 1"
    assert len(seen) == 1
    assert hands.window.reader.selection() == hands.place("Port at")


@pytest.mark.usefixtures("long_article")
def test_what_is_still_looked_for_in_the_last_article_is_not_shown_in_this_one(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    QTest.qWait(160)
    hands.window.importing.take_text("One port 😀 here.\n")
    assert settled(hands).count.text() == "1 found"
    assert [words.start for words in bar.spans()] == [4]
