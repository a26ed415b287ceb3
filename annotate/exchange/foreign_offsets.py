"""Places in a text as another tool kept it, found again in its canonical form.

Why it exists: tools count what they store, and that has CRLF line ends, byte order marks and control characters that
canonical text has not (annotate/canonical.py), or they count bytes or UTF-16 units. An offset read the wrong way marks
the wrong words, and nobody sees it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from annotate.canonical import canonical, is_canonical

_LEADING = re.compile(r"[\x00-\x08\x0e-\x1f\ufeff]*")
_VANISHING = re.compile(r"\r(?=\n)|[\x00-\x08\x0e-\x1f]|(?P<first>[\ud800-\udbff])[\x00-\x08\x0e-\x1f]*[\udc00-\udfff]")
"""Two halves of a character become one, also where a control character that goes stands between them."""


class ForeignText:
    """A text as it was kept elsewhere: its canonical form and the way from one to the other."""

    def __init__(self, raw: str) -> None:
        cleaned = canonical(raw)
        self.raw = raw
        self.text = cleaned.text
        self.notes = cleaned.notes
        self._gone: list[int] = []
        if not is_canonical(raw):
            leading = _LEADING.match(raw)
            begin = leading.end() if leading else 0
            self._gone = [*range(begin)]
            for found in _VANISHING.finditer(raw, begin):
                self._gone.extend(range(found.start() + bool(found["first"]), found.end()))

    def place(self, offset: int) -> int:
        """The code point of `text` at a code point of the text as it was kept; outside it, the nearest one."""
        offset = min(max(offset, 0), len(self.raw))
        return offset - bisect_left(self._gone, offset)


class Utf8Places:
    """Code points of a text by the bytes that stand before them in UTF-8."""

    def __init__(self, text: str) -> None:
        self.length = len(text.encode("utf-8", "surrogatepass"))
        """In bytes."""
        self._starts = [] if text.isascii() else [0, *accumulate(map(_bytes_of, text))]

    def place(self, offset: int) -> int:
        """The code point that a byte belongs to; for one inside a character, the character's own."""
        offset = min(max(offset, 0), self.length)
        if not self._starts:
            return offset
        at = bisect_left(self._starts, offset)
        return at if self._starts[at] == offset else at - 1


def _bytes_of(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
