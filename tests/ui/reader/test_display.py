"""The document Qt holds has a position for every UTF-16 unit of the canonical text, whatever the text holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotate.offsets import Offsets
from ui.reader.display import LONGEST_PIECE, cuts_of, display_pieces, fill

ODD = [
    "\r",
    "\r\n",
    "\u2028",
    "\u2029",
    "\ufdd0",
    "\ufdd1",
    "\u00a0",
    "\u0085",
    "\x0b",
    "\x0c",
    "\ufffc",
    "\ufeff",
    "\ufffe",
]
PIECES = [*ODD, "\n", "word ", "\U0001f600", "\U0001f1f3\U0001f1f4", "e\u0301", "\u0648\u0627\u062f\u064a", "\u200f"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_positions_in_the_document_are_the_utf16_positions_of_the_text(qapp, text: str) -> None:
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    cuts = cuts_of(text)
    fill(document, text, cuts)
    offsets = Offsets(text)
    assert cuts == []
    assert document.characterCount() - 1 == offsets.length_utf16
    assert document.blockCount() == text.count("\n") + 1
    starts = [0, *(offsets.to_utf16(i + 1) for i, letter in enumerate(text) if letter == "\n")]
    assert [document.findBlockByNumber(number).position() for number in range(document.blockCount())] == starts


@pytest.mark.parametrize(
    "paragraph", ["ash " * 9_000, "wadi\U0001f600 " * 5_000, "x" * 30_000 + " end", "\u6c34" * 9_000, "tide " * 250_000]
)
def test_a_long_paragraph_is_cut_at_spaces_only_and_keeps_its_length(paragraph: str) -> None:
    text = f"Before.\n{paragraph}\nAfter."
    cuts = cuts_of(text)
    shown = "".join(display_pieces(text, cuts))
    assert len(shown) == len(text)
    assert all(text[cut] == " " and shown[cut] == "\n" for cut in cuts)
    spaces = set(cuts)
    assert "".join(" " if i in spaces else letter for i, letter in enumerate(shown)) == text
    if " " in paragraph[:LONGEST_PIECE]:
        assert max(map(len, shown.split("\n"))) <= LONGEST_PIECE
