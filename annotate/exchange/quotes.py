"""Where quoted words stand in a text, by what stands around them and by the place another tool says.

Why it exists: other tools say a place in units of their own, or only the words. The words decide: a place is believed
where they stand there, and otherwise they are looked for (W3C Web Annotation Data Model, 4.2.4, Text Quote Selector).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from annotate.canonical import canonical
from annotate.exchange.foreign_offsets import ForeignText
from annotate.finding import FoldedText, find_all
from annotate.model import Span
from annotate.offsets import Offsets

_MOST_PLACES = 5_000
"""At which words are compared; words that stand more often say nothing about their place."""
_MOST_SEARCHED = 3_000_000_000
"""Characters of a text that all searches in it may go through together, some seconds; after that words are only taken
where they stand at their place."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a tool says about a stretch: its words and those around it, or its place, or both.

    `start` and `end` in code points or UTF-16 units of the text as that tool kept it, end exclusive.
    """

    exact: str | None = None
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A span of the canonical text; `sure` is False where the words stand elsewhere too and nothing tells which."""

    span: Span
    sure: bool = True


class QuotedText:
    """A text in which quotes are found; what that takes is made once."""

    def __init__(self, raw: str) -> None:
        self._foreign = ForeignText(raw)
        self.text = self._foreign.text
        self._left = _MOST_SEARCHED

    def find(self, quote: Quote) -> Found | None:
        """Where the quote stands; None where its words are not in the text, or its place is outside."""
        exact = canonical(quote.exact).text if quote.exact else ""
        for start, end in self._readings(quote):
            if 0 <= start < end <= len(self.text) and exact in ("", self.text[start:end]):
                return Found(Span(start, end))
        return self._searched(quote, exact) if exact.strip() else None

    def _readings(self, quote: Quote) -> Iterator[tuple[int, int]]:
        """The place as the ways of counting have it, the standard's own first."""
        if quote.start is None or quote.end is None or not 0 <= quote.start < quote.end:
            return
        if quote.end <= len(self._foreign.raw):
            yield self._foreign.place(quote.start), self._foreign.place(quote.end)
        yield quote.start, quote.end
        if quote.end <= self._units.length_utf16:
            start, end = (self._units.to_code_point(place) for place in (quote.start, quote.end))
            yield self._foreign.place(start), self._foreign.place(end)

    def _searched(self, quote: Quote, exact: str) -> Found | None:
        before, after = canonical(quote.before).text, canonical(quote.after).text
        if quote.start is not None and not before and not after:
            found = self._nearest(exact, quote.start)
            if found is not None:
                return found
        self._left -= len(self.text)
        if self._left < 0:
            return None
        spans = list(self._places(exact))
        if not spans:
            # As tools that read pages collapse white space and straighten quotation marks.
            spans = find_all(self._folded, exact, most=_MOST_PLACES)
        if not spans:
            return None
        scores = [
            _alike(self.text[max(0, span.start - len(before)) : span.start][::-1], before[::-1])
            + _alike(self.text[span.end : span.end + len(after)], after)
            for span in spans
        ]
        best = max(scores)
        alike = [span for span, score in zip(spans, scores, strict=True) if score == best]
        near = quote.start
        found_span = alike[0] if near is None else min(alike, key=lambda span: abs(span.start - near))
        return Found(found_span, sure=len(alike) == 1)

    def _nearest(self, exact: str, near: int) -> Found | None:
        """The place next to a position, however often the words stand in the text."""
        there = {start for start in (self._before(exact, near), self._behind(exact, near)) if start >= 0}
        if not there:
            return None
        start = min(there, key=lambda start: abs(start - near))
        alone = len(there) == 1 and self._before(exact, start - 1) < 0 and self._behind(exact, start + 1) < 0
        return Found(Span(start, start + len(exact)), sure=alone)

    def _before(self, exact: str, near: int) -> int:
        """Where words begin last up to a place, -1 where they do not, or too much was searched already."""
        if self._left < 0 or near < 0:
            return -1
        found = self.text.rfind(exact, 0, near + len(exact))
        self._left -= min(near, len(self.text)) - max(found, 0)
        return found

    def _behind(self, exact: str, near: int) -> int:
        """Where words begin next from a place on, as `_before`."""
        if self._left < 0:
            return -1
        found = self.text.find(exact, near)
        self._left -= max(0, (len(self.text) if found < 0 else found) - near)
        return found

    def _places(self, exact: str) -> Iterator[Span]:
        at = self.text.find(exact)
        found = 0
        while at >= 0 and found < _MOST_PLACES:
            yield Span(at, at + len(exact))
            found += 1
            at = self.text.find(exact, at + 1)

    @cached_property
    def _folded(self) -> FoldedText:
        return FoldedText(self.text, case=True)

    @cached_property
    def _units(self) -> Offsets:
        return Offsets(self._foreign.raw)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
