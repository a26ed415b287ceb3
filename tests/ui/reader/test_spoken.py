"""What a screen reader gets: the text through Qt's own interface, and the marks under the caret in words."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader import Reader
from ui.reader.spoken import MOST_SPOKEN, change, standing

SAYS = {
    1: "Claim C-0001 · Ane Lund · fuel, harbour",
    2: "Figure F-0002 · at least 40 boats",
    3: "Source S-0003",
}
IDS = st.lists(st.integers(1, 40), unique=True, max_size=12)


def describe(annotation_id: int) -> str:
    return SAYS.get(annotation_id, "")


@pytest.fixture
def heard(show, announced: list[str]) -> SimpleNamespace:
    """An article with a claim and a figure in it, a description for each, and a caret at its beginning."""
    reader: Reader = show((1, Kind.CLAIM, "owners counted at least 40 boats"), (2, Kind.FIGURE, "at least 40 boats"))
    asked: list[int] = []

    def asked_to_describe(annotation_id: int) -> str:
        asked.append(annotation_id)
        return describe(annotation_id)

    reader.describe = asked_to_describe
    reader.view.setFocus()
    QTest.qWait(0)
    return SimpleNamespace(reader=reader, told=announced, asked=asked)


def go(reader: Reader, words: str, *, after: bool = False) -> None:
    start = reader.view.text.index(words)
    reader.reveal(start + len(words) if after else start)
    QTest.qWait(0)


def test_entering_a_mark_tells_its_name_who_says_so_and_its_tags() -> None:
    assert change([], [1], describe) == "Claim C-0001, Ane Lund, fuel, harbour"


def test_leaving_a_mark_tells_its_end_before_what_begins() -> None:
    assert change([3], [2, 1], describe) == (
        "End of source S-0003. Figure F-0002, at least 40 boats. Claim C-0001, Ane Lund, fuel, harbour"
    )


def test_a_mark_that_stays_is_not_repeated() -> None:
    assert change([1], [2, 1], describe) == "Figure F-0002, at least 40 boats"
    assert change([2, 1], [2, 1], describe) == ""


@given(IDS, IDS)
def test_of_a_dense_page_a_few_are_told_and_the_rest_are_counted(before: list[int], now: list[int]) -> None:
    asked: list[int] = []

    def say(number: int) -> str:
        asked.append(number)
        return f"Claim C-{number:04} · someone"

    said = change(before, now, say)
    left, entered = [n for n in before if n not in now], [n for n in now if n not in before]
    assert asked == [*left[:MOST_SPOKEN], *entered[:MOST_SPOKEN]]
    assert said.count("End of claim") == min(len(left), MOST_SPOKEN)
    assert said.count(", someone") == min(len(entered), MOST_SPOKEN)
    assert [int(piece.split()[1]) for piece in said.split(". ") if piece.endswith(" more")] == [
        len(some) - MOST_SPOKEN for some in (left, entered) if len(some) > MOST_SPOKEN
    ]
    assert (said == "") == (set(before) == set(now))
    assert standing(now, say) == change([], now, say)


def test_a_screen_reader_gets_the_text_as_it_is_shown(heard) -> None:
    view = heard.reader.view
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.text(QAccessible.Text.Name) == "Article text"
    assert interface.state().readOnly
    text = interface.textInterface()
    assert text.characterCount() == len(view.text.encode("utf-16-le")) // 2
    start = view.offsets.to_utf16(view.text.index("قال"))
    assert text.text(start, start + 3) == "قال"
    go(heard.reader, "owners")
    assert text.cursorPosition() == view.textCursor().position()


def test_arrow_keys_into_and_out_of_marks_are_heard(heard) -> None:
    go(heard.reader, "at least 40 boats")
    heard.told.clear()
    QTest.keyClick(heard.reader.view, Qt.Key.Key_Left)
    QTest.qWait(0)
    QTest.keyClick(heard.reader.view, Qt.Key.Key_Right)
    QTest.qWait(0)
    QTest.keyClick(heard.reader.view, Qt.Key.Key_Right)
    QTest.qWait(0)
    assert heard.told == ["End of figure F-0002", "Figure F-0002, at least 40 boats"]
    QTest.keyClick(heard.reader.view, Qt.Key.Key_End)
    QTest.qWait(0)
    assert heard.told[-1] == "End of figure F-0002. End of claim C-0001"


def test_the_description_says_what_stands_under_the_caret_shortest_first(heard) -> None:
    go(heard.reader, "40 boats")
    interface = QAccessible.queryAccessibleInterface(heard.reader.view)
    assert interface.text(QAccessible.Text.Description) == (
        "Figure F-0002, at least 40 boats. Claim C-0001, Ane Lund, fuel, harbour"
    )
    go(heard.reader, "Smoke")
    assert interface.text(QAccessible.Text.Description) == ""


def test_a_step_to_the_next_mark_and_a_click_are_heard(heard, hand) -> None:
    heard.reader.step_mark(1)
    QTest.qWait(0)
    hand.click(hand.middle("40 boats"))
    QTest.qWait(0)
    assert heard.told == ["Claim C-0001, Ane Lund, fuel, harbour", "Figure F-0002, at least 40 boats"]


def test_a_mark_made_or_removed_under_the_caret_is_heard(heard) -> None:
    go(heard.reader, "Friday")
    start = heard.reader.view.text.index("Friday")
    heard.reader.replace_marks([], [Mark(3, Kind.SOURCE, start, start + 6)])
    QTest.qWait(0)
    heard.reader.describe = lambda _removed: ""
    heard.reader.replace_marks([3], [])
    QTest.qWait(0)
    assert heard.told == ["Source S-0003", "End of source S-0003"]


def test_marks_of_the_article_before_do_not_end_in_the_next(heard) -> None:
    go(heard.reader, "40 boats")
    heard.told.clear()
    heard.reader.show_article("Another", "", "Nothing is marked here.", [])
    QTest.qWait(0)
    assert heard.told == []
    assert heard.reader.view.accessibleDescription() == ""


def test_many_moves_in_one_go_are_told_once(heard) -> None:
    heard.told.clear()
    cursor = heard.reader.view.textCursor()
    for place in range(len(heard.reader.view.text)):
        cursor.setPosition(place)
        heard.reader.view.setTextCursor(cursor)
    start = heard.reader.view.text.index("40 boats")
    heard.reader.reveal(start)
    QTest.qWait(0)
    assert len(heard.told) == 1


def test_nothing_is_asked_or_told_while_nobody_listens(heard) -> None:
    QAccessible.setActive(False)
    heard.asked.clear()
    go(heard.reader, "40 boats")
    assert (heard.told, heard.asked) == ([], [])
    assert heard.reader.view.accessibleDescription() == ""


def test_the_number_of_hits_is_told_while_one_looks_for_words(heard) -> None:
    heard.reader.find_bar.open()
    QTest.keyClicks(heard.reader.find_bar.words, "the")
    QTest.qWait(0)
    assert heard.told[-1] == heard.reader.find_bar.count.text() != ""
    QTest.keyClick(QApplication.focusWidget() or heard.reader, Qt.Key.Key_Return)
    assert heard.told[-1].startswith("2 of ")
    QTest.keyClicks(heard.reader.find_bar.words, "qq")
    assert "Not found" in heard.told
