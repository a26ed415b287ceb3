"""Where an edge of a mark may go: never through the other edge, never into the annotation's next span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from annotate.model import Span
from annotate.offsets import grapheme_end, grapheme_start, next_grapheme, previous_grapheme
from annotate.summaries import Mark
from annotate.surroundings import WORD_WINDOW, words_near

Side = Literal["start", "end"]
Unit = Literal["word", "character"]


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

    Blanks are passed over, since a mark neither begins nor ends with one; where nothing else is left, it stays.
    By words a start goes to where words start and an end to where they end; where no word is near, as far as was
    looked.
    """
    position = edge.mark.start if edge.side == "start" else edge.mark.end
    if unit == "character":
        return _next_letter(text, position, edge.side, next_grapheme if direction > 0 else previous_grapheme)
    words = words_near(text, position)
    stops = [word.start if edge.side == "start" else word.end for word in words]
    if direction > 0:
        return min((stop for stop in stops if stop > position), default=min(len(text), position + WORD_WINDOW))
    return max((stop for stop in stops if stop < position), default=max(0, position - WORD_WINDOW))


def _next_letter(text: str, position: int, side: Side, step: Callable[[str, int], int]) -> int:
    at = position
    for _ in range(WORD_WINDOW):
        at = step(text, at)
        letter = text[at : next_grapheme(text, at)] if side == "start" else text[previous_grapheme(text, at) : at]
        if letter.strip():
            return at
    return position
