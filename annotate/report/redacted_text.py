"""A text with some of its places replaced, and where everything else stands in it then.

Why it exists: reading copies and exchange files give texts with spans in them, so what is taken out of a text for
sharing must move the spans behind it, by code points, as exactly as they stood before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from annotate.model import Part, Span
from annotate.report.protected_names import REDACTED, Hit, replaced

_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Edits:
    """What is replaced in one text, round after round; each round's places are those of the text before it."""

    rounds: tuple[tuple[Hit, ...], ...] = ()

    def applied(self, body: str) -> str:
        for hits in self.rounds:
            body = replaced(body, hits)
        return body

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the old text stands in the new one; what it shares with a replaced place, it has whole."""
        for hits in self.rounds:
            start, end = _moved(hits, start, is_end=False), _moved(hits, end, is_end=True)
        return start, end

    def spans(self, spans: Sequence[Span], body: str) -> tuple[Span, ...]:
        """Spans in the new text `body`, with the words that stand there now and nothing of what is around them."""
        places = (self.place(span.start, span.end) for span in spans)
        return tuple(Span(start, end, body[start:end]) for start, end in places)

    def parts(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Parts of the old text in the new one; what is replaced across two of them belongs to the first."""
        found: list[Part] = []
        for part in sorted(parts, key=lambda one: one.start):
            start, end = self.place(part.start, part.end)
            start = max(start, found[-1].end) if found else start
            if start < end:
                found.append(replace(part, start=start, end=end, uid=uuid4(), revision=0))
        return tuple(found)


def edits_of(body: str, redacted: Iterable[Hit], find: Callable[[str], list[Hit]]) -> Edits:
    """What is replaced in a text: the places given, and whatever `find` finds then, until it finds nothing."""
    rounds: list[tuple[Hit, ...]] = []
    hits = _merged([*redacted, *find(body)])
    while hits and len(rounds) < _MOST_ROUNDS:
        rounds.append(hits)
        body = replaced(body, hits)
        hits = tuple(find(body))
    return Edits(tuple(rounds))


def _merged(hits: list[Hit]) -> tuple[Hit, ...]:
    """Hits in order, those that overlap made one; where a quotation is redacted it is so to its end."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if found and hit.start < found[-1].end:
            before = found.pop()
            by = REDACTED if REDACTED in (before.by, hit.by) else before.by
            hit = Hit(before.start, max(before.end, hit.end), by)
        found.append(hit)
    return tuple(found)


def _moved(hits: Sequence[Hit], place: int, *, is_end: bool) -> int:
    """A place after the replacements; inside a replaced stretch, the edge of what stands there now."""
    shift = 0
    for hit in hits[: bisect_left(hits, place, key=lambda one: one.start) + 1]:
        if hit.end <= place and not (is_end and hit.end == place):
            shift += len(hit.by) - (hit.end - hit.start)
        elif hit.start < place or (hit.start == place and not is_end):
            return hit.start + shift + (len(hit.by) if is_end else 0)
    return place + shift
