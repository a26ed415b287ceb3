"""Where an edge of a mark may go: never through the other edge, never into the annotation's next span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from annotate.model import Mark, Span
from annotate.offsets import grapheme_end, grapheme_start, next_grapheme, previous_grapheme

if TYPE_CHECKING:
    from regex import Pattern

Side = Literal["start", "end"]
Unit = Literal["word", "character"]

WORD_WINDOW = 500
"""Code points looked through for the next word; an edge moves that far where there is none."""


@dataclass(frozen=True)
class Edge:
    """One of the two ends of one span of an annotation."""

    mark: Mark
    side: Side


def moved(text: str, spans: Sequence[Mark], edge: Edge, position: int) -> Span:
    """The span of `edge` with that edge as near to `position` (code points) as it may go, on a grapheme edge.

    `spans` are all spans of the annotation. The result is never empty and touches no other span of it.
    """
    mark = edge.mark
    if edge.side == "start":
        before = max((span.end for span in spans if span.end <= mark.start), default=0)
        wanted = max(grapheme_start(text, position), before)
        return Span(min(wanted, previous_grapheme(text, mark.end)), mark.end)
    after = min((span.start for span in spans if span.start >= mark.end), default=len(text))
    wanted = min(grapheme_end(text, position), after)
    return Span(mark.start, max(wanted, next_grapheme(text, mark.start)))


def next_stop(text: str, edge: Edge, direction: int, unit: Unit) -> int:
    """Where (code points) the edge goes by one step forward (1) or back (-1): a grapheme or a word.

    By words a start goes to where words start and an end to where they end.
    """
    position = edge.mark.start if edge.side == "start" else edge.mark.end
    if unit == "character":
        return next_grapheme(text, position) if direction > 0 else previous_grapheme(text, position)
    first, last = max(0, position - WORD_WINDOW), min(len(text), position + WORD_WINDOW)
    words = _word().finditer(text, first, last)
    stops = [word.start() if edge.side == "start" else word.end() for word in words]
    if direction > 0:
        return min((stop for stop in stops if stop > position), default=last)
    return max((stop for stop in stops if stop < position), default=first)


def whole_words(text: str, start: int, end: int) -> Span:
    """A stretch that a hand dragged over (code points), with whole words at its ends.

    A word that was dragged over by half or more is taken whole, one that was only touched is left out; blanks at the
    ends go. In scripts that write no blanks between words nothing is changed. Never empty.
    """
    left, right = _word_around(text, start), _word_around(text, end)
    if left is not None and left == right:
        return Span(*left)
    if left is not None:
        start = left[0] if 2 * (left[1] - start) >= left[1] - left[0] else left[1]
    if right is not None:
        end = right[1] if 2 * (end - right[0]) >= right[1] - right[0] else right[0]
    words = text[start:end]
    if not words.strip():
        return Span(*(left or right or (start, end)))
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _word_around(text: str, position: int) -> tuple[int, int] | None:
    """The word that a position (code points) lies inside of, or None between words."""
    first, last = max(0, position - WORD_WINDOW), min(len(text), position + WORD_WINDOW)
    for word in _word().finditer(text, first, last):
        if word.start() < position < word.end():
            return None if _unspaced().search(word.group()) else word.span()
        if word.start() >= position:
            break
    return None


@cache
def _unspaced() -> Pattern[str]:
    import regex

    return regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@cache
def _word() -> Pattern[str]:
    import regex

    return regex.compile(r"[\w\p{M}]+(?:[.,'’\-][\w\p{M}]+)*")
