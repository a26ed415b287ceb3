"""Words dragged over or reached by keys are exactly the code points they stand at."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.model import Span
from annotate.vocabulary import Kind


@pytest.mark.parametrize(
    "words",
    [
        "over the harbour",
        "on Friday",
        "cafe\u0301 owners",
        "at least 40 boats",
        "Ane Lund",
        "port\u00a0authority",
        "of leaking fuel",
    ],
)
def test_a_drag_over_words_selects_exactly_these(show, hand, words: str) -> None:
    reader = show()
    hand.drag_over(words)
    assert reader.selection() == Span(*hand.place(words))


def test_a_drag_over_arabic_words_selects_exactly_these(show, hand) -> None:
    reader = show()
    box = reader.text_rect(*hand.place("نحو 70 قاربا"))
    hand.drag(QPoint(box.right() + 1, box.center().y()), QPoint(box.left(), box.center().y()))
    assert reader.selection() == Span(*hand.place("نحو 70 قاربا"))


def test_a_drag_over_a_flag_takes_both_of_its_halves(show, hand) -> None:
    reader = show()
    hand.drag_over("\U0001f1f3\U0001f1f4")
    assert reader.selection() == Span(*hand.place("\U0001f1f3\U0001f1f4"))


def test_a_drag_tells_the_words_and_a_click_beside_them_that_there_are_none(show, hand) -> None:
    reader = show()
    told: list[Span | None] = []
    reader.words_selected.connect(told.append)
    hand.drag_over("Ane Lund")
    assert told[-1] == Span(*hand.place("Ane Lund"))
    hand.click(hand.middle("Nobody"))
    assert told[-1] is None
    assert all(first != second for first, second in pairwise(told))


def test_a_drag_that_starts_inside_selected_words_selects_anew(show, hand) -> None:
    reader = show()
    hand.drag_over("The mayor, Ane Lund, said")
    hand.drag_over("Ane Lund")
    assert reader.selection() == Span(*hand.place("Ane Lund"))


def test_a_drag_leaves_the_selected_mark_alone(show, hand) -> None:
    reader = show((7, Kind.SOURCE, "Ane Lund"))
    reader.select(7)
    clicked: list[int] = []
    reader.mark_clicked.connect(clicked.append)
    hand.drag_over("The mayor, Ane Lund, said")
    assert (reader.selected_annotation(), clicked) == (7, [])


@pytest.mark.parametrize("words", ["Ane Lund", "of leaking fuel"])
@pytest.mark.parametrize("below", [1, 5, 9, 16])
def test_a_drag_below_the_words_counts_as_one_on_them(show, hand, words: str, below: int) -> None:
    reader = show()
    box = reader.text_rect(*hand.place(words))
    y = box.bottom() + (below if words == "of leaking fuel" else min(below, 9))  # the paragraph's last line
    hand.drag(QPoint(box.left() + 1, y), QPoint(box.right() + 1, y))
    assert reader.selection() == Span(*hand.place(words))


def test_a_drag_above_the_first_line_selects_up_to_the_beginning(show, hand) -> None:
    reader = show()
    hand.drag(hand.middle("over"), QPoint(hand.middle("over").x(), 2))
    assert reader.selection() is not None
    assert reader.selection().start == 0


def test_a_double_click_takes_the_word(show, hand) -> None:
    reader = show((7, Kind.SOURCE, "Ane Lund"))
    QTest.mouseClick(hand.viewport, Qt.MouseButton.LeftButton, pos=hand.middle("Lund"))
    QTest.mouseDClick(hand.viewport, Qt.MouseButton.LeftButton, pos=hand.middle("Lund"))
    assert reader.selection() == Span(*hand.place("Lund"))
    assert reader.selected_annotation() == 7


def test_keys_select_from_the_caret(show, hand) -> None:
    reader = show()
    reader.view.setFocus()
    hand.click(QPoint(reader.text_rect(*hand.place("over")).left(), hand.middle("over").y()))
    for _ in range(4):
        QTest.keyClick(reader.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reader.selection() == Span(*hand.place("over"))
    reader.clear_selection()
    assert reader.selection() is None


def test_copied_words_are_those_of_the_article(show, hand) -> None:
    reader = show()
    reader.view.selectAll()
    reader.view.copy()
    assert QApplication.clipboard().text() == reader.view.text
    assert QApplication.clipboard().mimeData().formats() == ["text/plain"]


_COPY_AND_QUIT = """
from PySide6.QtWidgets import QApplication
from ui.reader import Reader
from ui.theme import LIGHT

application = QApplication([])
reader = Reader(LIGHT)
reader.show_article("", "", "Zoe\u0301 🌊", [])
reader.view.selectAll()
reader.view.copy()
"""


def test_a_program_whose_words_were_copied_ends_as_usual() -> None:
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run([sys.executable, "-c", _COPY_AND_QUIT], cwd=root, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "")) == (
        0,
        "",
    )


def test_files_dropped_on_the_text_are_left_to_the_window(show) -> None:
    reader = show()
    assert not reader.view.acceptDrops()
    assert not reader.view.viewport().acceptDrops()
