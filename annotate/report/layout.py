"""How wide columns and how high rows must be so that every word shows, reckoned before anything is drawn.

Why it exists: neither Excel nor LibreOffice fits rows of a file that a program wrote, and what does not fit is cut.
Widths are in characters of Excel's standard font, heights in points. The reckoning is cautious: a row that is a line
too high does no harm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from heapq import nlargest

from annotate.report.letters import running_width, text_width
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
    most, cut = 1, []
    for place, text in enumerate(texts):
        if not text:
            continue
        width = widths[place]
        if most > 2 and "\n" not in text and 2 * text_width(text) / _room(width) + 1 <= min(most, MOST_LINES):
            continue  # any two lines of it are together wider than the room, so it has no more lines than that
        lines = lines_needed(text, width)
        if lines > MOST_LINES:
            cut.append(place)
        most = max(most, lines)
    return min(HIGHEST, most * LINE + PADDING), cut


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width when it is wrapped at spaces."""
    room = _room(width)
    if len(text) * 2 <= room and "\n" not in text and "\t" not in text:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


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


def _room(width: float) -> float:
    """What a line of a column holds."""
    return max(1.0, (width - 1) * _CAUTION)


def _wrapped(line: str, room: float) -> int:
    """Lines that one line takes; words that are wider than the room are broken where it ends."""
    ends = running_width(line)
    lines, first, used = 1, 0, 0.0
    while True:
        over = bisect_right(ends, used + room, first)
        if over >= len(line):
            return lines
        space = line.rfind(" ", first, over + 1)
        first = max(over, first + 1) if space < first else space + 1
        if first >= len(line):
            return lines  # what hangs over is a space
        lines, used = lines + 1, ends[first - 1]
