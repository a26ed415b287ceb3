"""The document Qt holds has a position for every UTF-16 unit of the canonical text, whatever the text holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotate.offsets import Offsets, grapheme_start
from ui.reader.display import LONGEST_PIECE, breaks_of, cuts_of, display_pieces, fill

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


PARAGRAPHS = [
    "ash " * 9_000,
    "wadi\U0001f600 " * 5_000,
    "x" * 30_000 + " end",
    "\u6c34" * 9_000,
    "\u6c34\u3002\U0001f30a" * 9_000,
    "tide " * 250_000,
    "e\u0301" * 20_000,
    "a" + "\u0301" * 30_000,
]


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_long_paragraph_is_cut_into_pieces_and_loses_nothing(paragraph: str) -> None:
    text = f"Before.\n{paragraph}\nAfter."
    cuts = cuts_of(text)
    breaks = breaks_of(text, cuts)
    shown = "".join(display_pieces(text, cuts))
    assert max(map(len, shown.split("\n"))) <= LONGEST_PIECE
    assert len(shown) == len(text) + len(breaks)
    assert [text[cut] for cut in cuts if cut not in set(breaks)] == [" "] * (len(cuts) - len(breaks))
    if " " in paragraph[:LONGEST_PIECE]:
        assert breaks == []
    spaces = set(cuts) - set(breaks)
    assert shown.replace("\n", "") == "".join("" if i in spaces else c for i, c in enumerate(text)).replace("\n", "")


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_every_place_of_a_cut_paragraph_is_where_the_offsets_say(qapp, paragraph: str) -> None:
    text = f"Before \U0001f30a.\n{paragraph}\nAfter."
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    cuts = cuts_of(text)
    fill(document, text, cuts)
    offsets = Offsets(text, breaks_of(text, cuts))
    assert document.characterCount() - 1 == offsets.length_utf16
    for place in {0, len(text), *(cut + step for cut in cuts for step in (-2, -1, 0, 1, 2))}:
        unit = offsets.to_utf16(place)
        assert offsets.to_code_point(unit) == place
        if place not in cuts and place < len(text) and text[place] != "\n":
            first = text[place].encode("utf-16-le")[:2].decode("utf-16-le", "surrogatepass")
            assert document.characterAt(unit) == first
    for cut in breaks_of(text, cuts):
        assert document.characterAt(offsets.to_utf16(cut)) == "\u2029", "a mark that ends here ends before the break"
        assert offsets.to_code_point(offsets.to_utf16(cut) + 1) == cut


@pytest.mark.parametrize("unit", ["\u6c34\u3002", "e\u0301", "\U0001f1f3\U0001f1f4", "\u0e2a\u0e27\u0e31"])
def test_a_cut_without_a_space_splits_no_grapheme(unit: str) -> None:
    text = unit * 9_000
    assert all(grapheme_start(text, cut) == cut for cut in cuts_of(text))
    assert cuts_of(text)
