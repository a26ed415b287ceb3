"""The marks of the article that is shown, in the positions Qt counts in, found by place and by annotation."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

from annotate.offsets import Offsets
from annotate.segments import Laned, LaneIndex
from annotate.summaries import Mark


class MarkIndex:
    """All positions are UTF-16 units; the marks themselves keep their code points."""

    def __init__(self, marks: Iterable[Mark], offsets: Offsets) -> None:
        self._offsets = offsets
        self._end = offsets.length_utf16
        self._index = LaneIndex(placed for mark in marks if (placed := self._place(mark)))
        self._first = {entry.item.annotation_id: entry for entry in self._index.in_any_order()}
        self._more: dict[int, tuple[Laned[Mark], ...]] = {}
        """The further spans of the few annotations that have several."""
        if len(self._first) < len(self._index):
            self._first.clear()
            for entry in self._index.in_any_order():
                self._remember(entry)

    def __len__(self) -> int:
        return len(self._index)

    def __iter__(self) -> Iterator[Laned[Mark]]:
        """All marks, in no order."""
        return self._index.in_any_order()

    def touching(self, start: int, end: int) -> list[Laned[Mark]]:
        """Marks that share a position with the stretch, in text order."""
        return self._index.overlapping(start, end)

    def of(self, annotation_id: int | None) -> tuple[Laned[Mark], ...]:
        """The spans of one annotation in text order; empty where the article shows none."""
        first = None if annotation_id is None else self._first.get(annotation_id)
        return () if first is None else (first, *self._more.get(first.item.annotation_id, ()))

    def at(self, position: int) -> list[Laned[Mark]]:
        """Marks that cover a position, the shortest annotation first."""
        return sorted(
            self.touching(position, position + 1), key=lambda entry: (self._length(entry), entry.item.annotation_id)
        )

    def replace(
        self, annotation_ids: Collection[int], marks: Sequence[Mark]
    ) -> tuple[list[Laned[Mark]], list[Laned[Mark]]]:
        """Takes away all marks of these annotations and adds the given ones; what went and what came."""
        gone: list[Laned[Mark]] = []
        for annotation_id in set(annotation_ids):
            gone += self.of(annotation_id)
            self._first.pop(annotation_id, None)
            self._more.pop(annotation_id, None)
        for entry in gone:
            self._index.remove(entry)
        come = [self._index.add(*placed) for mark in marks if (placed := self._place(mark))]
        for entry in come:
            self._remember(entry)
        return gone, come

    def neighbour(self, annotation_id: int | None, position: int, direction: int) -> int | None:
        """The annotation that begins next (direction 1) or before (-1) in text order.

        Counted from the beginning of `annotation_id`, or from `position` where that is None or not shown.
        """
        own = self.of(annotation_id)
        order = own[0].order if own else (position, -sys.maxsize, 0)
        step = self._index.next_after if direction > 0 else self._index.last_before
        found = step(order)
        while found is not None and self._first[found.item.annotation_id] != found:
            found = step(found.order)  # a later span of an interrupted quotation is not where it begins
        return found.item.annotation_id if found else None

    def _remember(self, entry: Laned[Mark]) -> None:
        annotation_id = entry.item.annotation_id
        first = self._first.setdefault(annotation_id, entry)
        if first is not entry:
            spans = (first, *self._more.get(annotation_id, ()), entry)
            self._first[annotation_id], *more = sorted(spans, key=lambda span: span.order)
            self._more[annotation_id] = tuple(more)

    def _place(self, mark: Mark) -> tuple[int, int, Mark] | None:
        start, end = self._offsets.span_to_utf16(max(0, mark.start), mark.end)
        if end > self._end:
            end = self._end
        return (start, end, mark) if start < end else None

    def _length(self, entry: Laned[Mark]) -> int:
        return sum(span.end - span.start for span in self.of(entry.item.annotation_id))
