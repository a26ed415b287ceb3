"""Text that every spreadsheet takes and shows as it is.

Why it exists: a spreadsheet makes formulas of text that begins with "=", cuts cells at 32,767 UTF-16 units without a
word, refuses control characters and reads "_x0041_" as "A" (ECMA-376 part 1, 22.9.2.19, ST_Xstring). What is
replaced: see annotate.canonical; apart from that text comes back from a workbook as it went in.
"""

from __future__ import annotations

import re

from annotate.canonical import canonical
from annotate.offsets import grapheme_start

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""

CONTINUES = " […continues on the sheet Overflow]"

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TYPED_ANEW = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")
"""Excel reads the wide forms as the narrow ones in East Asian settings."""


def cell_text(text: str) -> str:
    """Text as it is written into a sheet: canonical, and nothing in it reads as an escape."""
    return escaped(canonical(text).text)


def shown_text(written: str) -> str:
    """What a spreadsheet shows for text as it is written into a sheet: the inverse of `cell_text`."""
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), written)


def needs_quote_prefix(text: str) -> bool:
    """Whether Excel would make something else of the text when somebody opens the cell and presses Enter."""
    return text.startswith(_TYPED_ANEW)


def pieces(text: str) -> list[str]:
    """The canonical text in as many pieces as it takes cells, each to be written `escaped`; no grapheme is split.

    All pieces but the last leave room for CONTINUES.
    """
    text = canonical(text).text
    found: list[str] = []
    start = 0
    while start + LONGEST < len(text) or utf16_units(escaped(text[start:])) > LONGEST:
        end = _end_of_piece(text, start, LONGEST - len(CONTINUES))
        found.append(text[start:end])
        start = end
    return [*found, text[start:]]


def cut_before(text: str, place: int) -> int:
    """The last place (code points) up to this one where text may go on in another cell: no grapheme is split."""
    edge = grapheme_start(text, place)
    while text[edge - 1 : edge + 1].endswith("\ufeff"):
        edge -= 1  # at the start of a piece it would be taken for a byte order mark
    return edge


def utf16_units(text: str) -> int:
    """Length as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _end_of_piece(text: str, start: int, room: int) -> int:
    """The last grapheme edge (code points) up to which the text from `start` fits `room` UTF-16 units as written."""
    end = min(len(text), start + room)
    while (excess := utf16_units(escaped(text[start:end])) - room) > 0:
        end -= max(1, excess // 7)  # an escape turns one character into seven, so this never takes too much
    edge = cut_before(text, end)
    return edge if edge > start else end


def escaped(text: str) -> str:
    """Canonical text as it is written into a sheet."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)
