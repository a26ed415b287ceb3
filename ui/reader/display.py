"""What Qt is given to show, position for position the same as the canonical text.

A QTextDocument ends a block at LF, CR, U+2029, U+FDD0 and U+FDD1 and joins CR LF to one, and a byte order mark at the
beginning is swallowed (U+FFFE even swaps all bytes) on the way from Python: each would move everything behind it. Here
blocks end at LF only, except that a paragraph too long to be laid out in one piece is cut: at spaces, or where it has
none (Chinese, one endless word) between two graphemes. Every replacement is one UTF-16 unit for one and `Offsets`
knows of the line ends that were added, so positions in the document are those it answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtGui import QTextCursor, QTextDocument

from annotate.offsets import grapheme_start

LONGEST_PIECE = 8_000
"""Code points of a paragraph that are laid out in one piece."""
_SPACES = " \t\u3000"
_STOPS = "。．！？；，、.!?;,"
_STOP_WINDOW = 400
"""Code points before the last possible cut that are searched for a stop to cut behind."""
_AT_ONCE = 1_000_000
"""Code points handed to Qt at once."""

_SAFE_IN_QT = str.maketrans(
    {**dict.fromkeys("\r\u2029\ufdd0\ufdd1", "\u2028"), **dict.fromkeys("\ufeff\ufffe", "\u200b")}
)
_UNSAFE_IN_QT = re.compile(f"[{''.join(map(chr, _SAFE_IN_QT))}]")


def cuts_of(text: str) -> list[int]:
    """The code points at which a paragraph is cut: a space there is shown as a line end, else one is added before."""
    return [cut for start, end in _long_paragraphs(text) for cut in _cuts(text, start, end)]


def breaks_of(text: str, cuts: Sequence[int]) -> list[int]:
    """The cuts at which a line end is added, for `Offsets`."""
    return [cut for cut in cuts if text[cut] not in _SPACES]


def fill(document: QTextDocument, text: str, cuts: Sequence[int]) -> None:
    """Puts a text into an empty document."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for piece in display_pieces(text, cuts):
        cursor.insertText(piece)
    cursor.endEditBlock()


def display_pieces(text: str, cuts: Sequence[int]) -> Iterator[str]:
    """The text to show: by pieces, since at once Qt would hold it twice for a while."""
    for start in range(0, len(text), _AT_ONCE):
        piece = text[start : start + _AT_ONCE]
        inside = cuts[bisect_left(cuts, start) : bisect_left(cuts, start + _AT_ONCE)]
        if inside:
            edges = [0, *(cut - start for cut in inside), len(piece)]
            pieces = (piece[before:after] for before, after in pairwise(edges))
            piece = next(pieces) + "".join("\n" + (one[1:] if one[0] in _SPACES else one) for one in pieces)
        # Searched for first: to translate 20 MB in which there is nothing to replace takes a second.
        yield piece.translate(_SAFE_IN_QT) if _UNSAFE_IN_QT.search(piece) else piece


def _long_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > LONGEST_PIECE:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        if end - start > LONGEST_PIECE:
            yield start, end
        start = end + 1


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where the paragraph `start` to `end` is cut for display."""
    cuts: list[int] = []
    while end - start > LONGEST_PIECE:
        last = start + LONGEST_PIECE
        cut = max(text.rfind(space, start + 1, last) for space in _SPACES)
        if cut < 0:
            stop = max(text.rfind(stop, last - _STOP_WINDOW, last - 1) for stop in _STOPS)
            cut = grapheme_start(text, stop + 1 if stop >= 0 else last)
            cut = cut if cut > start else last  # letters that never end
        cuts.append(cut)
        start = cut
    return cuts
