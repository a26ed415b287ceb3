"""Ctrl+F in the window, with real keys: what is found, shown, selected and marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.model import Span
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands, settings, window  # noqa: F401
from tests.ui.conftest import hands as hands_of_the_window  # noqa: F401
from ui.reader.find_bar import FindBar
from ui.reader.overview import TICK
from ui.theme import LIGHT

STORY = (
    "Fire 🔥 in the port 🇳🇴\n\nThe port\u00a0authority of Cafe\u0301land closed the Port at noon.\r\n"
    "قال مسؤول في الميناء إن نحو 70 قاربا احترقت.\u2028Airports nearby stayed open; no port was safe.\n"
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(hands_of_the_window: Hands) -> Hands:  # noqa: F811
    made = hands_of_the_window
    made.window.importing.take_text(STORY)
    made.window.activateWindow()
    QTest.qWaitForWindowActive(made.window)
    made.window.reader.view.setFocus()
    QTest.qWait(0)
    return made


@pytest.fixture
def bar(hands: Hands) -> FindBar:
    hands.press(Qt.Key.Key_F, CONTROL)
    return hands.window.reader.find_bar


def places(hands: Hands, *wanted: str) -> list[Span]:
    """Where the words stand one after the other."""
    found: list[Span] = []
    for words in wanted:
        found.append(hands.place(words, found[-1].end if found else 0))
    return found


def walk(hands: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier, times: int) -> list[Span | None]:
    seen = []
    for _ in range(times):
        hands.press(key, modifier)
        seen.append(hands.window.reader.selection())
    return seen


def ground_at(hands: Hands, span: Span) -> QColor:
    """The colour at the left edge of words, between their ground's top and their letters."""
    view = hands.window.reader.view
    box = hands.window.reader.text_rect(span.start, span.end)
    return view.viewport().grab().toImage().pixelColor(box.left() + 4, box.top() + 2)


def test_typed_words_are_found_and_counted_and_the_first_is_selected(hands: Hands, bar: FindBar):
    assert QApplication.focusWidget() is bar.words
    QTest.keyClicks(bar.words, "port")
    first = hands.place("port")
    assert hands.window.reader.selection() == first
    assert bar.count.text() == "1 of 5"


def test_enter_walks_through_all_hits_and_round_and_shift_enter_back(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    all_five = places(hands, "port", "port", "Port", "port", "port")
    assert walk(hands, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 5) == [*all_five[1:], all_five[0]]
    assert walk(hands, Qt.Key.Key_Return, SHIFT, 2) == [all_five[4], all_five[3]]
    assert bar.count.text() == "4 of 5"


def test_the_arrows_of_the_bar_do_what_enter_does_and_leave_the_focus_in_the_words(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    QTest.mouseClick(bar.next_button, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "2 of 5"
    QTest.mouseClick(bar.previous_button, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 5"
    assert QApplication.focusWidget() is bar.words


def test_the_switches_are_reached_by_tab_and_narrow_what_is_found(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    for _ in range(4):
        hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bar.how.whole_words
    hands.press(Qt.Key.Key_Space)
    assert bar.count.text() == "1 of 4", "Airports is one word"
    hands.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is bar.how.case
    hands.press(Qt.Key.Key_Space)
    assert bar.count.text() == "1 of 3", "Port begins with a capital"


@pytest.mark.parametrize(
    ("typed", "written"),
    [("port authority", "port\u00a0authority"), ("caféland", "Cafe\u0301land"), ("مسؤول", "مسؤول"), ("🇳🇴", "🇳🇴")],
)
def test_what_looks_the_same_is_selected_as_it_is_written(hands: Hands, bar: FindBar, typed: str, written: str):
    QTest.keyClicks(bar.words, "x")
    bar.words.setText(typed)  # as an input method or the clipboard would
    assert hands.window.reader.selection() == hands.place(written)
    assert bar.count.text() == "1 of 1"


def test_words_that_stand_nowhere_are_said_to_and_select_nothing(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "portx")
    assert bar.count.text() == "Not found"
    assert hands.window.reader.selection() is None
    assert not bar.next_button.isEnabled()


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_C, Kind.CLAIM), (Qt.Key.Key_S, Kind.SOURCE)])
def test_escape_goes_back_to_the_text_where_one_key_marks_the_hit(hands: Hands, bar: FindBar, key: Qt.Key, kind: Kind):
    QTest.keyClicks(bar.words, "port authority")
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert QApplication.focusWidget() is hands.window.reader.view
    hands.press(key)
    made = hands.session.annotation
    assert made is not None
    assert (made.kind, [span.exact for span in made.spans]) == (kind, ["port\u00a0authority"])


def test_escape_in_the_text_puts_the_bar_away_before_it_deselects(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "noon")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert hands.window.reader.selection() == hands.place("noon")
    hands.press(Qt.Key.Key_Escape)
    assert hands.window.reader.selection() is None


def test_selected_words_are_what_is_looked_for(hands: Hands):
    span = hands.drag("port", near=20)
    hands.press(Qt.Key.Key_F, CONTROL)
    bar = hands.window.reader.find_bar
    assert bar.words.text() == "port"
    assert hands.window.reader.selection() == span
    assert bar.count.text() == "2 of 5"


def test_all_hits_in_view_have_a_ground_until_the_bar_is_closed(hands: Hands, bar: FindBar):
    later = places(hands, "port", "port", "Port")[2]
    before = ground_at(hands, later)
    QTest.keyClicks(bar.words, "port")
    assert ground_at(hands, later) == QColor(LIGHT.found) != before
    hands.press(Qt.Key.Key_Escape)
    assert ground_at(hands, later) == before


@pytest.mark.parametrize("width", [700, 1400])
@pytest.mark.parametrize("part", [0, 0.5, 1])
def test_the_bar_stands_above_the_title_and_the_first_line_in_view_stays_the_first(hands: Hands, width, part):
    hands.window.resize(width, 880)
    hands.window.importing.take_text("A long day 🇳🇴 in the port.\n" * 300)
    QTest.qWait(0)
    reader = hands.window.reader
    scroll = reader.view.verticalScrollBar()
    scroll.setValue(round(scroll.maximum() * part))
    first, top, where = reader.visible_span().start, reader.header.mapTo(reader, QPoint()).y(), scroll.value()
    hands.press(Qt.Key.Key_F, CONTROL)
    bar = reader.find_bar
    assert bar.width() == reader.width()
    assert bar.mapTo(reader, QPoint()).y() + bar.height() == reader.header.mapTo(reader, QPoint()).y()
    assert reader.visible_span().start == first
    hands.press(Qt.Key.Key_Escape)
    assert (reader.visible_span().start, scroll.value()) == (first, where)
    assert reader.header.mapTo(reader, QPoint()).y() == top


def test_a_far_hit_is_brought_into_view(hands: Hands, bar: FindBar):
    hands.window.importing.take_text("A long day.\n" * 900 + "Then the needle 🪡 was found.\n")
    QTest.keyClicks(bar.words, "needle")
    span = hands.place("needle")
    assert hands.window.reader.selection() == span
    assert not hands.window.reader.text_rect(span.start, span.end).isEmpty()


def test_another_article_is_searched_for_the_same_words_and_nothing_is_selected_there(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    hands.window.importing.take_text("The second: 😀 a port, another port.\n")
    assert bar.count.text() == "2 found"
    assert hands.window.reader.selection() is None
    hands.press(Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"


def test_of_very_many_hits_it_is_said_that_there_are_more(hands: Hands, bar: FindBar, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.reader.search.MOST_HITS", 3)
    QTest.keyClicks(bar.words, "port")
    assert bar.count.text() == "1 of more than 3"


def test_there_is_nothing_to_find_without_an_article(hands: Hands, bar: FindBar):
    hands.session.close()
    assert not bar.isVisible()
    assert not hands.window.actions_["find"].isEnabled()


# ---------------------------------------------------------------- regular expressions, and long articles


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


# ---------------------------------------------------------------- from the text, and for all hits


def test_f3_goes_on_from_the_text_with_the_bar_open_and_closed(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    all_five = places(hands, "port", "port", "Port", "port", "port")
    hands.window.reader.view.setFocus()
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 2) == all_five[1:3]
    hands.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 3) == [*all_five[3:], all_five[0]]
    assert walk(hands, Qt.Key.Key_F3, SHIFT, 1) == [all_five[4]]
    assert bar.isHidden()
    assert not bar.hits.starts


def test_f3_finds_the_last_words_in_another_article_by_the_same_switches(hands: Hands, bar: FindBar):
    bar.how.whole_words.click()
    QTest.keyClicks(bar.words, "port")
    hands.press(Qt.Key.Key_Escape)
    hands.window.importing.take_text("Airports 😀 and a port, another port.\n")
    first = hands.place("port", hands.place("a port").start)
    assert walk(hands, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 1) == [first]


def test_f3_opens_the_bar_where_nothing_was_looked_for_or_nothing_is_found(hands: Hands):
    bar = hands.window.reader.find_bar
    hands.press(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is bar.words
    QTest.keyClicks(bar.words, "noon")
    hands.press(Qt.Key.Key_Escape)
    hands.window.importing.take_text("Nothing of it 😀.\n")
    hands.press(Qt.Key.Key_F3)
    assert bar.isVisible()
    assert bar.count.text() == "Not found"


def test_the_count_is_there_for_a_screen_reader(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    assert bar.count.accessibleName() == bar.words.accessibleDescription() == "1 of 5"
    hands.press(Qt.Key.Key_Return)
    assert bar.count.accessibleName() == bar.words.accessibleDescription() == "2 of 5"


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_all_hits_are_marked_by_the_menu_of_the_bar_in_one_step(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port")
    assert [action.text() for action in bar.mark_menu.actions()] == [
        "Mark all 5 as &claims\tC",
        "Mark all 5 as &figures\tF",
        "Mark all 5 as &sources\tS",
    ]
    bar.mark_button.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert bar.mark_menu.isVisible()
    QTest.keyClick(bar.mark_menu, Qt.Key.Key_Up)
    QTest.keyClick(bar.mark_menu, Qt.Key.Key_Return)
    QTest.qWait(0)
    made = hands.session.read.annotations()
    assert [one.kind for one in made] == [Kind.SOURCE] * 5
    assert [one.words for one in made] == ["port", "port", "Port", "port", "port"]
    assert hands.told[-1].words == "5 marked as sources."
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.session.read.annotation_ids() == []
    assert hands.window.reader.marks_at(made[0].spans[0].start) == []
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.window.reader.marks_at(made[0].spans[0].start) == [made[0].id]


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, Kind.CLAIM),
        (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier, Kind.FIGURE),
        (Qt.Key.Key_S, SHIFT, Kind.SOURCE),
    ],
)
def test_all_hits_are_marked_from_the_words_typed_by_two_keys(hands: Hands, bar: FindBar, key, modifier, kind: Kind):
    QTest.keyClicks(bar.words, "port")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert bar.mark_menu.isVisible()
    QTest.keyClick(bar.mark_menu, key, modifier)
    QTest.qWait(0)
    assert [one.kind for one in hands.session.read.annotations()] == [kind] * 5
    assert bar.words.text() == "port"
    assert "Alt+Enter" in bar.mark_button.toolTip()


def test_all_hits_are_marked_by_a_key_from_the_text_and_places_marked_already_left_out(hands: Hands, bar: FindBar):
    QTest.keyClicks(bar.words, "port authority")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_S)
    hands.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(bar.words, "port")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words == "5 marked as figures."
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words == "All 5 are marked as figures already."
    hands.session.run(commands.remove_annotations, hands.session.read.annotation_ids()[-2:])
    hands.press(Qt.Key.Key_F, SHIFT)
    assert hands.told[-1].words.startswith("2 marked as figures, 3 were marked already")


def test_too_many_hits_to_mark_are_refused_in_a_sentence(hands: Hands, bar: FindBar):
    hands.window.importing.take_text("e 😀 " * (commands.MOST_AT_ONCE + 1))
    QTest.keyClicks(bar.words, "e")
    hands.window.actions_["mark_all_claims"].trigger()
    assert hands.told[-1].words == "More than 2,000 places cannot be marked at once. Look for something narrower."
    assert hands.session.read.annotation_ids() == []


def test_marking_all_needs_hits_that_are_shown(hands: Hands, bar: FindBar):
    action = hands.window.actions_["mark_all_claims"]
    assert not action.isEnabled()
    QTest.keyClicks(bar.words, "port")
    assert action.isEnabled()
    hands.press(Qt.Key.Key_Escape)
    assert not action.isEnabled()
    assert action.text() == "Mark all hits as claims"


def test_hits_are_ticks_in_the_strip_beside_the_text(hands: Hands, bar: FindBar):
    overview = hands.window.reader.overview
    before = overview.grab().toImage()
    QTest.keyClicks(bar.words, "Airports")
    place = hands.window.reader.view.offsets.to_utf16(hands.place("Airports").start)
    assert overview.has_found_at(place)
    now = overview.grab().toImage()
    edge = now.width() - 2
    differing = [at for at in range(now.height()) if now.pixelColor(edge, at) != before.pixelColor(edge, at)]
    assert abs(differing[0] - overview.y_of(place)) < 3
    assert len(differing) <= TICK
    hands.press(Qt.Key.Key_Escape)
    assert not overview.has_found_at(place)
    hands.press(Qt.Key.Key_F, CONTROL)
    bar.words.clear()
    assert overview.grab().toImage() == before


@pytest.mark.parametrize("width", [480, 1000])
def test_the_bar_holds_all_its_parts_at_any_width(hands: Hands, bar: FindBar, width: int):
    reader = hands.window.reader
    reader.setParent(None)
    reader.resize(width, 500)
    reader.show()
    QTest.qWait(0)
    QTest.keyClicks(bar.words, "port")
    QTest.qWait(0)
    parts = [bar.words, bar.count, bar.next_button, bar.how.expression, bar.mark_button, bar.close_button]
    for part in parts:
        place = QRect(part.mapTo(bar, QPoint()), part.size())
        assert bar.rect().contains(place), part
        assert place.width() >= part.minimumSizeHint().width()
    assert bar.width() == width
    reader.close()
