"""How wide columns and how high rows must be so that every word shows, reckoned before anything is drawn.

Why it exists: neither Excel nor LibreOffice fits rows of a file that a program wrote, and what does not fit is cut.
Widths are in characters of Excel's standard font, heights in points. The reckoning is cautious: a row that is a line
too high does no harm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import pairwise

from annotate.report.cells import cut_before
from annotate.report.letters import running_width, text_width
from annotate.report.page import pages_across
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
_WIDE = 24.0
_NARROWER = (0.96, 0.92, 0.88, 0.84, 0.8)
"""Shares of its width to which a wide column of prose may shrink."""
_WIDEST_LINK = 40.0
_WIDEST_ADDRESS = 60.0
"""Programs do not wrap links alike, so columns of them grow up to these widths."""


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
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return str(value)[:16]


def column_widths(table: Table) -> list[float]:
    """The width of every column: as wide as its values need, up to its own width, and beyond that only where a row
    would grow higher than Excel allows; a little less where that saves a page beside the others."""
    widths = [_width(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)]
    seen = [place for place, column in enumerate(table.columns) if not (column.hidden or column.folded)]
    pages = pages_across([widths[place] for place in seen])
    if pages > 1:
        bending = [place for place in seen if _can_be_narrower(table, place, widths[place])]
        for share in _NARROWER:
            tried = [width * share if place in bending else width for place, width in enumerate(widths)]
            if pages_across([tried[place] for place in seen]) < pages:
                return tried
    return widths


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


def _can_be_narrower(table: Table, place: int, width: float) -> bool:
    """Whether a column wraps anyway, and still shows all of its texts when it is narrower."""
    if table.columns[place].kind is not ColumnKind.PROSE or width < _WIDE:
        return False
    values = [row[place] for row in table.rows]
    if any(isinstance(value, Link) for value in values):
        return False
    narrowest = width * min(_NARROWER)
    return all(lines_needed(text, narrowest) <= MOST_LINES for text in nlargest(_MEASURED, map(shown, values), key=len))


def fits_a_line(text: str, width: float) -> bool:
    """Whether text stands whole in one line of a column of this width."""
    return "\n" not in text and text_width(text) <= width - 1


def pieces_of_rows(text: str, width: float) -> list[str]:
    """The text in as many pieces as it takes rows to show all of it in a column of this width, one at least; they are
    cut between lines, and no grapheme is."""
    room = _room(width)
    starts, place = [], 0
    for line in text.split("\n"):
        starts += [place + start for start in _line_starts(line, room)]
        place += len(line) + 1
    cuts = [cut_before(text, start) for start in starts[MOST_LINES - 1 :: MOST_LINES - 1]]
    edges = [0, *dict.fromkeys(cut for cut in cuts if cut > 0), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _width(column: Column, values: Sequence[Value]) -> float:
    if column.hidden:
        return float(column.width)
    least = _heading_width(column.heading) * _BOLD + _FILTER_BUTTON
    texts = nlargest(_MEASURED, map(shown, values), key=len)
    longest = max((text_width(line) for text in texts for line in text.split("\n")), default=0.0)
    longest = max(longest + _MARGIN, longest / _CAUTION + 1)  # else what just fits is taken for two lines
    if column.kind is not ColumnKind.PROSE:
        return max(least, min(longest, _WIDEST_CODE))
    links = [value for value in values if isinstance(value, Link)]
    most = float(column.width)
    if any(link.url for link in links):
        return max(least, min(longest, _WIDEST_ADDRESS))
    if links:
        most = max(most, _WIDEST_LINK)
    lines = max((lines_needed(text, most) for text in texts if len(text) > most * _GOOD_LINES / 2), default=1)
    if lines > _GOOD_LINES:
        most = max(most, min(_WIDEST_GOOD, most * lines / _GOOD_LINES))
    if lines > MOST_LINES:
        most = max(most, min(WIDEST, column.width * lines / MOST_LINES + _MARGIN))
    return max(least, min(longest, most))


def _heading_width(heading: str) -> float:
    """The least width of a heading that takes two lines at most."""
    words = heading.split()
    halves = [(words[:place], words[place:]) for place in range(1, max(2, len(words)))]
    return min(max(text_width(" ".join(half)) for half in both) for both in halves)


def _room(width: float) -> float:
    """What a line of a column holds."""
    return max(1.0, (width - 1) * _CAUTION)


def _wrapped(line: str, room: float) -> int:
    """Lines that one line takes."""
    return sum(1 for _ in _line_starts(line, room))


def _line_starts(line: str, room: float) -> Iterator[int]:
    """Where the lines that one line takes begin; words that are wider than the room are broken where it ends."""
    ends = running_width(line)
    first, used = 0, 0.0
    while True:
        yield first
        over = bisect_right(ends, used + room, first)
        if over >= len(line):
            return
        space = line.rfind(" ", first, over + 1)
        first = max(over, first + 1) if space < first else space + 1
        if first >= len(line):
            return  # what hangs over is a space
        used = ends[first - 1]
