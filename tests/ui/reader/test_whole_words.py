"""Drags that begin or end inside a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotate.model import Span
from annotate.surroundings import whole_words
from annotate.vocabulary import Kind

TEXT = "He said 1.5 million people left Harrow Mills 🌊. قال المتحدث أمس 東京都は安全です"


@pytest.mark.parametrize(
    ("dragged", "taken"),
    [
        ("d 1.5 million peopl", "1.5 million people"),
        ("id 1.5 million", "said 1.5 million"),
        (" 1.5 million ", "1.5 million"),
        ("1.5 mill", "1.5 million"),
        ("1.5 million pe", "1.5 million"),
        ("illi", "million"),
        ("arrow Mills 🌊", "Harrow Mills 🌊"),
        ("ال المتحد", "قال المتحدث"),
        ("京都は", "京都は"),
    ],
)
def test_a_word_is_taken_by_half_or_left(dragged: str, taken: str) -> None:
    start = TEXT.index(dragged)
    words = whole_words(TEXT, start, start + len(dragged))
    assert TEXT[words.start : words.end] == taken


@given(st.text(max_size=60), st.data())
def test_what_is_taken_lies_in_the_text_and_is_never_empty(text: str, data: st.DataObject) -> None:
    if len(text) < 2:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = whole_words(text, start, end)
    assert 0 <= words.start < words.end <= len(text)
    if text[start:end].strip():
        assert whole_words(text, words.start, words.end) == words


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
def test_alt_keeps_the_letters(show, hand, modifier: Qt.KeyboardModifier) -> None:
    reader = show((1, Kind.SOURCE, "Ane Lund"))
    start, end = hand.place("warned")
    first, last = reader.text_rect(start + 1, start + 2), reader.text_rect(end - 2, end - 1)
    a, b = QPoint(first.left() + 1, first.center().y()), QPoint(last.right() + 1, last.center().y())
    QTest.mousePress(hand.viewport, Qt.MouseButton.LeftButton, modifier, a)
    for step in range(1, 5):
        QTest.mouseMove(hand.viewport, a + (b - a) * step / 4)
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, modifier, b)
    alt = modifier == Qt.KeyboardModifier.AltModifier
    assert reader.selection() == (Span(start + 1, end - 1) if alt else Span(start, end))
