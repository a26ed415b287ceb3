"""Spans tied to their words: what stands in a span and around it, so that it can be checked and found again."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.errors import NotAllowed
from annotate.model import Span
from annotate.offsets import snap_to_graphemes

CONTEXT = 32
"""Code points kept before and after a span."""

GAP = " […] "
"""Stands between the words of several spans of one annotation."""


def anchored(body: str, start: int, end: int) -> Span:
    """The span start..end (code points) of `body` with its words, widened so that no grapheme is split.

    Raises NotAllowed where nothing is left or the span lies outside the text.
    """
    if not 0 <= start < end <= len(body):
        raise NotAllowed("Nothing is selected there. Select the words first.")
    start, end = snap_to_graphemes(body, start, end)
    before = body[max(0, start - CONTEXT) : start]
    return Span(start, end, body[start:end], before, body[end : end + CONTEXT])


def joined_words(spans: Iterable[Span]) -> str:
    """The words of an annotation as one line of text."""
    return GAP.join(span.exact for span in spans)


def in_order(body: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans by place; those that touch, overlap or have only white space between them are one (positions only: anchor
    them again). White space is nothing that was left out, so no gap is shown for it."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and not body[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(Span(span.start, span.end))
    return tuple(merged)
