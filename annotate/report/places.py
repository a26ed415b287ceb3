"""Where marked words stand, in words a colleague without the program can use: paragraph number and context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotate.model import Span

AROUND = 90
"""Code points of context on each side, at most; never beyond the paragraph."""


@dataclass(frozen=True, slots=True)
class Place:
    paragraph: int
    """Counts lines that are not blank, from 1."""
    context: str
    """The marked words in [brackets] with what stands around them."""


class Places:
    """Looks places up; asks for the body of a text once as long as questions come text by text."""

    def __init__(self, body_of: Callable[[int], str]) -> None:
        self._body_of = body_of
        self._text_id: int | None = None
        self._body = ""
        self._starts: list[int] = []

    def of(self, text_id: int, spans: Sequence[Span]) -> Place:
        """The place of spans (code points, at least one) in a text."""
        if text_id != self._text_id:
            self._text_id, self._body = text_id, self._body_of(text_id)
            self._starts = _paragraph_starts(self._body)
        return Place(max(1, bisect_right(self._starts, spans[0].start)), self._context(spans))

    def _context(self, spans: Sequence[Span]) -> str:
        body = self._body
        found = [_before(body, spans[0].start)]
        for span, following in zip(spans, [*spans[1:], None], strict=True):
            found.append(f"[{body[span.start : span.end]}]")
            if following is not None:
                found.append(_between(body[span.end : following.start]))
        found.append(_after(body, spans[-1].end))
        return "".join(found).strip()


def _paragraph_starts(body: str) -> list[int]:
    starts, position = [], 0
    for line in body.split("\n"):
        if line.strip():
            starts.append(position)
        position += len(line) + 1
    return starts


def _before(body: str, start: int) -> str:
    first = max(body.rfind("\n", 0, start) + 1, start - AROUND)
    words = body[first:start]
    if first == 0 or body[first - 1] == "\n":
        return words
    _, _, whole = words.partition(" ")
    return f"… {whole}"


def _after(body: str, end: int) -> str:
    line_end = body.find("\n", end)
    line_end = len(body) if line_end < 0 else line_end
    last = min(line_end, end + AROUND)
    words = body[end:last]
    if last == line_end:
        return words
    whole, _, _ = words.rpartition(" ")
    return f"{whole} …"


def _between(words: str) -> str:
    """What interrupts a quotation; of a long interruption its ends."""
    return words if len(words) <= 2 * AROUND else f"{words[:AROUND]} … {words[-AROUND:]}"
