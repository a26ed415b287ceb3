"""Three ways of counting a text: code points (stored), UTF-16 units (what Qt counts), graphemes (what people see).

Spans are stored in code points. Qt counts UTF-16 units, in which a character beyond U+FFFF takes two; `Offsets`
translates at that edge. A person sees graphemes (Unicode Standard Annex 29, extended clusters): a mark that began
inside one would cut a letter from its accent or a flag in half, so edges are snapped outwards.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import count
from operator import add
from re import Match
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern

GRAPHEME_WINDOW = 128
"""Code points looked at on each side of a position. Results are exact while no grapheme is longer than this and no
unbroken row of flags has more than half as many; beyond that a cluster may be cut, and the cost stays bounded."""

_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_UNATTACHED = r"\n\x20-\x7e\u00a0«»،؛؟‐-‧、。「-』"
_PLAIN = re.compile(rf"[{_UNATTACHED}](?:[{_UNATTACHED}]|[^\W\u0e33\u0eb3\uff9e\uff9f])")
"""Two characters between which there is an edge for certain: a line end, a blank, a sign or an ASCII letter that is
part of no larger cluster by itself, and behind it another, or any letter that is set on none before it. Spares the slow
way at nearly all edges of words and sentences."""


class Offsets:
    """Translates positions of one text between code points and UTF-16 units in O(log n).

    Only the places of characters beyond U+FFFF are kept, so a text without any costs nothing and maps to itself.
    Before the code points in `breaks` one unit more is shown than the text has: the line end at which a paragraph
    without spaces is cut for display. Positions outside the text are not checked.
    """

    __slots__ = ("_code_points", "_length", "_units")

    def __init__(self, text: str, breaks: Sequence[int] = ()) -> None:
        self._length = len(text)
        found = iter(()) if text.isascii() else _BEYOND_BMP.finditer(text)
        self._code_points = array("I", map(Match.start, found))
        if breaks:
            self._code_points = array("I", sorted([*self._code_points, *breaks]))
        self._units = array("I", map(add, self._code_points, count()))

    @property
    def length_utf16(self) -> int:
        """Length of the whole text, and the breaks shown in it, in UTF-16 units."""
        return self._length + len(self._code_points)

    def to_utf16(self, code_point: int) -> int:
        """Position in UTF-16 units of a position in code points."""
        return code_point + bisect_left(self._code_points, code_point)

    def span_to_utf16(self, start: int, end: int) -> tuple[int, int]:
        """Both positions of a stretch; quicker than one by one, since its end is looked for in the stretch only."""
        places = self._code_points
        rank = bisect_left(places, start)
        return start + rank, end + bisect_left(places, end, rank, min(len(places), rank + 2 * (end - start)))

    def to_code_point(self, utf16: int) -> int:
        """Position in code points of a position in UTF-16 units; inside a surrogate pair, the start of the pair."""
        return utf16 - bisect_left(self._units, utf16)


def grapheme_start(text: str, position: int) -> int:
    """Start of the grapheme that `position` (code points) lies inside; the position itself if it is at an edge."""
    return _grapheme_around(text, position)[0]


def grapheme_end(text: str, position: int) -> int:
    """End of the grapheme that `position` (code points) lies inside; the position itself if it is at an edge."""
    return _grapheme_around(text, position)[1]


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest stretch (code points) that holds `start` to `end` and splits no grapheme."""
    return grapheme_start(text, start), grapheme_end(text, end)


def next_grapheme(text: str, position: int) -> int:
    """The first grapheme edge after `position` (code points), or the end of the text."""
    return len(text) if position >= len(text) else grapheme_end(text, position + 1)


def previous_grapheme(text: str, position: int) -> int:
    """The last grapheme edge before `position` (code points), or 0."""
    return 0 if position <= 0 else grapheme_start(text, position - 1)


def _grapheme_around(text: str, position: int) -> tuple[int, int]:
    """Edges of the grapheme around `position`; twice the position where it is an edge itself."""
    if position <= 0 or position >= len(text) or _PLAIN.match(text, position - 1):
        return position, position
    first = max(0, position - GRAPHEME_WINDOW)
    # Starting inside a cluster can only add edges up to that cluster's end, not lose one after it; flags are the
    # exception, since they pair off from the start of their row. A row that starts before the window is not seen.
    for match in _grapheme().finditer(text[first : position + GRAPHEME_WINDOW]):
        if first + match.end() >= position:
            if first + match.end() == position:
                return position, position
            return first + match.start(), first + match.end()
    return position, position


@cache
def _grapheme() -> Pattern[str]:
    import regex  # 20 ms that only marking needs

    return regex.compile(r"\X")
