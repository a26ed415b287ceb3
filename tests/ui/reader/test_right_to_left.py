"""Arabic with Latin numbers inside, Latin with Arabic inside: caret, click, selection and marks as natives expect them.

Keys go as Qt and the systems have it: an arrow walks the text one grapheme at a time in the direction the paragraph
runs, so the left one leads on in an Arabic paragraph, through the digits of a number, too.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextLine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.offsets import snap_to_graphemes
from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader import Reader
from ui.theme import LIGHT

ARABIC = (
    "قال مسؤول في الميناء إن نحو 1,250 قاربا احترقت قبل الفجر، وإن السلطات أغلقت الطريق المؤدية إلى المدينة "
    "القديمة في 3 May 2024 كما قالت Reuters أمس."
)
LATIN = (
    "The mayor said «انهار السد قبل الفجر» 😀 and that 40 boats, called قارب there, were lost in the cafe\u0301 "
    "by the المدينة القديمة 12 km away."
)
PARAGRAPHS = pytest.mark.parametrize("number", [0, 1], ids=["arabic", "latin"])


@pytest.fixture
def mixed(reader: Reader) -> Reader:
    """An Arabic and a Latin paragraph of some lines each, without marks."""
    reader.resize(620, 520)
    reader.show_article("", "", f"{ARABIC}\n{LATIN}", [])
    reader.grab()
    reader.view.setFocus()
    return reader


def lines(block: QTextBlock) -> list[QTextLine]:
    return [block.layout().lineAt(number) for number in range(block.layout().lineCount())]


def letters(reader: Reader, block: QTextBlock) -> Iterator[tuple[int, int, QTextLine, float, float]]:
    """Start and end of each grapheme of a block in the document, its line, and where it begins and ends in pixels."""
    offsets = reader.view.offsets
    for line in lines(block):
        at, end = line.textStart(), line.textStart() + line.textLength()
        while at < end:
            place = offsets.to_code_point(block.position() + at)
            following = offsets.to_utf16(snap_to_graphemes(reader.view.text, place, place + 1)[1]) - block.position()
            first = line.cursorToX(at, QTextLine.Edge.Leading)[0]
            last = line.cursorToX(following - 1, QTextLine.Edge.Trailing)[0]
            yield block.position() + at, block.position() + following, line, first, last
            at = following


def click(reader: Reader, x: float, y: float) -> int:
    """Click at a point and tell where the caret is then."""
    QTest.mouseClick(
        reader.view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(round(x), round(y)),
        delay=QApplication.doubleClickInterval() + 1,
    )
    return reader.view.textCursor().position()


@PARAGRAPHS
def test_a_click_on_either_half_of_a_letter_sets_the_caret_on_that_side(mixed: Reader, number: int) -> None:
    block, top = list(mixed.view.places.visible_blocks())[number]
    tried = 0
    for start, end, line, first, last in letters(mixed, block):
        if abs(last - first) < 6 or mixed.view.document().characterAt(start) == " ":
            continue
        tried += 1
        height = top + line.y() + line.ascent() / 2
        assert click(mixed, first + (last - first) / 4, height) == start
        assert click(mixed, last - (last - first) / 4, height) == end
    assert tried > 40


@PARAGRAPHS
def test_a_click_beside_a_line_goes_to_its_nearer_end(mixed: Reader, number: int) -> None:
    block, top = list(mixed.view.places.visible_blocks())[number]
    for line in lines(block):
        words, height = line.naturalTextRect(), top + line.y() + line.ascent() / 2
        left, right = click(mixed, words.left() - 8, height), click(mixed, words.right() + 8, height)
        begins, ends = (right, left) if number == 0 else (left, right)
        first = block.position() + line.textStart()
        assert begins == first
        assert first + line.textLength() - 1 <= ends <= first + line.textLength()


@PARAGRAPHS
def test_selected_words_are_lit_just_where_a_mark_of_them_is_filled(mixed: Reader, number: int) -> None:
    text, view = mixed.view.text, mixed.view
    chosen = [
        ("نحو 1,250 قاربا", "1,250", "في 3 May 2024 كما", "Reuters أمس"),
        ("said «انهار", "الفجر» 😀 and", "قارب"),
    ]
    for words in chosen[number]:
        start = text.index(words, number * len(ARABIC))
        end = start + len(words)
        box = mixed.text_rect(start, end)
        mixed.replace_marks([], [Mark(7, Kind.FIGURE, start, end)])
        marked = lit(mixed, box.top() + 1)
        mixed.replace_marks([7], [])
        cursor = view.textCursor()
        cursor.setPosition(view.offsets.to_utf16(start))
        cursor.setPosition(view.offsets.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
        selected = lit(mixed, box.top() + 1)
        cursor.clearSelection()
        view.setTextCursor(cursor)
        assert len(marked) > 10
        assert len(marked ^ selected) <= 4, words


def lit(reader: Reader, y: int) -> set[int]:
    """Columns of the view in which the ground is not the panel's, in a row above the letters."""
    image = reader.view.viewport().grab().toImage()
    return {x for x in range(30, image.width()) if image.pixelColor(x, y).name() != LIGHT.panel}


@PARAGRAPHS
def test_a_drag_over_a_number_or_a_foreign_word_selects_it(mixed: Reader, hand, number: int) -> None:
    for words in [("1,250", "Reuters", "احترقت"), ("قارب", "boats", "السد")][number]:
        start = mixed.view.text.index(words, number * len(ARABIC))
        begin = mixed.text_rect(start, start + 1)
        end = mixed.text_rect(start + len(words) - 1, start + len(words))
        leftwards = end.left() < begin.left()
        here = QPoint(begin.right() - 1 if leftwards else begin.left() + 1, begin.center().y())
        there = QPoint(end.left() + 1 if leftwards else end.right() - 1, end.center().y())
        hand.drag(here, there)
        chosen = mixed.selection()
        assert chosen is not None
        assert mixed.view.text[chosen.start : chosen.end] == words


@PARAGRAPHS
def test_arrows_walk_through_a_paragraph_one_grapheme_at_a_time_and_back(mixed: Reader, number: int) -> None:
    view = mixed.view
    block = view.document().findBlockByNumber(number)
    onward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if number == 0:
        onward, back = back, onward
    stops = [start for start, *_ in letters(mixed, block)] + [block.position() + block.length() - 1]
    cursor = view.textCursor()
    cursor.setPosition(stops[0])
    view.setTextCursor(cursor)
    for key, expected in ((onward, stops[1:]), (back, stops[-2::-1])):
        walked = []
        for _ in expected:
            QTest.keyClick(view, key)
            walked.append(view.textCursor().position())
        assert walked == expected


@PARAGRAPHS
def test_home_and_end_lead_to_the_sides_where_the_line_begins_and_ends(mixed: Reader, number: int) -> None:
    view = mixed.view
    block = view.document().findBlockByNumber(number)
    words = lines(block)[0].naturalTextRect()
    cursor = view.textCursor()
    cursor.setPosition(block.position() + 12)
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_Home)
    home = view.cursorRect().center().x()
    QTest.keyClick(view, Qt.Key.Key_End)
    end = view.cursorRect().center().x()
    sides = (words.right(), words.left()) if number == 0 else (words.left(), words.right())
    assert abs(home - sides[0]) < 6
    assert abs(end - sides[1]) < 10
