"""The marks of the article that is shown, in the positions Qt counts in, found by place and by annotation."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

from annotate.model import Mark
from annotate.offsets import Offsets
from annotate.segments import Laned, LaneIndex


class MarkIndex:
    """All positions are UTF-16 units; the marks themselves keep their code points."""

    def __init__(self, marks: Iterable[Mark], offsets: Offsets) -> None:
        self._offsets = offsets
        self._index = LaneIndex(placed for mark in marks if (placed := self._place(mark)))
        self._by_annotation: dict[int, tuple[Laned[Mark], ...]] = {}
        for entry in self._index:
            self._remember(entry)

    def __iter__(self) -> Iterator[Laned[Mark]]:
        return iter(self._index)

    def touching(self, start: int, end: int) -> list[Laned[Mark]]:
        """Marks that share a position with the stretch, in text order."""
        return self._index.overlapping(start, end)

    def of(self, annotation_id: int | None) -> tuple[Laned[Mark], ...]:
        """The spans of one annotation in text order; empty where the article shows none."""
        return () if annotation_id is None else self._by_annotation.get(annotation_id, ())

    def at(self, position: int) -> list[Laned[Mark]]:
        """Marks that cover a position, the shortest annotation first."""
        return sorted(
            self.touching(position, position + 1), key=lambda entry: (self._length(entry), entry.item.annotation_id)
        )

    def replace(
        self, annotation_ids: Collection[int], marks: Sequence[Mark]
    ) -> tuple[list[Laned[Mark]], list[Laned[Mark]]]:
        """Takes away all marks of these annotations and adds the given ones; what went and what came."""
        gone = [entry for annotation_id in set(annotation_ids) for entry in self._by_annotation.pop(annotation_id, ())]
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
        while found is not None and self._by_annotation[found.item.annotation_id][0] != found:
            found = step(found.order)  # a later span of an interrupted quotation is not where it begins
        return found.item.annotation_id if found else None

    def _remember(self, entry: Laned[Mark]) -> None:
        known = self._by_annotation.get(entry.item.annotation_id, ())
        spans = sorted((*known, entry), key=lambda span: span.order) if known else (entry,)
        self._by_annotation[entry.item.annotation_id] = tuple(spans)

    def _place(self, mark: Mark) -> tuple[int, int, Mark] | None:
        start = max(0, self._offsets.to_utf16(mark.start))
        end = min(self._offsets.length_utf16, self._offsets.to_utf16(mark.end))
        return (start, end, mark) if start < end else None

    def _length(self, entry: Laned[Mark]) -> int:
        return sum(span.end - span.start for span in self._by_annotation[entry.item.annotation_id])
