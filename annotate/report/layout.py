"""How wide columns and how high rows must be so that every word shows, reckoned before anything is drawn.

Why it exists: neither Excel nor LibreOffice fits rows of a file that a program wrote, and what does not fit is cut.
Widths are in characters of Excel's standard font, heights in points. The reckoning is cautious: a row that is a line
too high does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest
from unicodedata import combining, east_asian_width

from annotate.report.tables import Amount, Column, ColumnKind, Link, Table, Value

HIGHEST = 409.0
"""Points; Excel's limit for a row."""
LINE = 13.0
PADDING = 4.0
WIDEST = 110
MOST_LINES = int((HIGHEST - PADDING) // LINE)
HEADING_HEIGHT = 2 * LINE + PADDING + 2

_FILTER_BUTTON = 5
_MARGIN = 2
_BOLD = 1.1
_CAUTION = 0.96
"""Excel sets text a little wider on the screen than on paper."""
_MEASURED = 50
"""Values of a column that are measured for its width, the longest ones."""
_GOOD_LINES = 8
_WIDEST_GOOD = 60.0
"""Prose columns grow up to this width where a row would have more than the good number of lines."""
_WIDEST_CODE = 40.0
_WIDEST_LINK = 60.0
"""LibreOffice does not wrap links."""

_NARROWER_OR_WIDER = {
    sign: width
    for signs, width in (
        ("ijl'|", 0.4),
        (" ftI.,:;!/\\[]", 0.5),
        ('r()-{}`"', 0.62),
        ("cksvxyzJ^*", 0.9),
        ("ABEKPSVXY&", 1.2),
        ("CDHNRUw", 1.3),
        ("GOQ", 1.4),
        ("mM", 1.5),
        ("W%—…", 1.8),
        ("@", 1.85),
        ("\t", 8.0),
    )
    for sign in signs
}
"""Widths of Arial's letters in digits, rounded up; those that are not here are as wide as a digit."""


def shown(value: Value) -> str:
    """A value about as it looks in its cell, for measuring."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Link):
        return str(value.text)
    if isinstance(value, Amount):
        return f"{value.value:,.10g}"
    return str(value)[:16]


def column_widths(table: Table) -> list[float]:
    """The width of every column: as wide as its values need, up to its own width, and beyond that only where a row
    would grow higher than Excel allows."""
    return [_width(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)]


def row_height(texts: Sequence[str], widths: Sequence[float]) -> tuple[float, list[int]]:
    """The height of a row in points, and the places of the cells that are cut even in the highest row."""
    lines = [lines_needed(text, width) for text, width in zip(texts, widths, strict=True)]
    cut = [place for place, number in enumerate(lines) if number > MOST_LINES]
    return min(HIGHEST, max(lines, default=1) * LINE + PADDING), cut


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width when it is wrapped at spaces."""
    room = max(1.0, (width - 1) * _CAUTION)
    if len(text) * 2 <= room and "\n" not in text and "\t" not in text:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def text_width(text: str) -> float:
    """The width of one line in characters, that is in digits of the standard font."""
    return sum(map(_sign_width, text))


def _width(column: Column, values: Sequence[Value]) -> float:
    if column.hidden:
        return float(column.width)
    least = max(text_width(word) for word in column.heading.split()) * _BOLD + _FILTER_BUTTON
    texts = nlargest(_MEASURED, map(shown, values), key=len)
    longest = max((text_width(line) for text in texts for line in text.split("\n")), default=0.0) + _MARGIN
    if column.kind is not ColumnKind.PROSE:
        return max(least, min(longest, _WIDEST_CODE))
    if any(isinstance(value, Link) for value in values):
        return max(least, min(longest, _WIDEST_LINK))
    most = float(column.width)
    lines = max((lines_needed(text, most) for text in texts if len(text) > most * _GOOD_LINES / 2), default=1)
    if lines > _GOOD_LINES:
        most = max(most, min(_WIDEST_GOOD, most * lines / _GOOD_LINES))
    if lines > MOST_LINES:
        most = max(most, min(WIDEST, column.width * lines / MOST_LINES + _MARGIN))
    return max(least, min(longest, most))


def _wrapped(line: str, room: float) -> int:
    if text_width(line) <= room:
        return 1
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = text_width(word)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            full = int(width // room)
            lines, width = lines + full, width - full * room
        used += width + 1
    return lines


@lru_cache(maxsize=4096)
def _sign_width(sign: str) -> float:
    """Of a sign that is not in the table: wide ones count double, marks that sit on others nothing."""
    if sign in _NARROWER_OR_WIDER:
        return _NARROWER_OR_WIDER[sign]
    if combining(sign) or sign in "\u200b\u200c\u200d\u2060\ufe0e\ufe0f":
        return 0.0
    if sign < "\u0300":
        return 1.2 if sign.isupper() else 1.0
    return 2.0 if east_asian_width(sign) in "WF" else 1.2
