"""Where an annotation stands among those of its kind in the article, kept while marks come and go.

Asking for all marks of a long article again after every mark would take longer than making the mark.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotate.model import Mark
from annotate.vocabulary import Kind


@dataclass(frozen=True)
class Neighbourhood:
    """The annotation is number `place` (from 1) of `count`; before and after it stand two others of its kind."""

    place: int
    count: int
    before: int | None
    after: int | None


class KindOrder:
    """Annotations by kind in the order of where they begin; several spans of one count once."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._began: dict[int, tuple[Kind, int]] = {}
        for mark in marks:
            self._begin(mark)
        self._order: dict[Kind, list[tuple[int, int]]] = {kind: [] for kind in Kind}
        for annotation_id, (kind, start) in self._began.items():
            self._order[kind].append((start, annotation_id))
        for order in self._order.values():
            order.sort()

    def replace(self, annotation_ids: Collection[int], marks: Iterable[Mark]) -> None:
        """Takes some annotations out and puts the given ones in."""
        for annotation_id in annotation_ids:
            if annotation_id in self._began:
                kind, start = self._began.pop(annotation_id)
                del self._order[kind][bisect_left(self._order[kind], (start, annotation_id))]
        come = list(marks)
        for mark in come:
            self._begin(mark)
        for annotation_id in {mark.annotation_id for mark in come}:
            kind, start = self._began[annotation_id]
            insort(self._order[kind], (start, annotation_id))

    def around(self, kind: Kind, start: int, annotation_id: int) -> Neighbourhood:
        """Where an annotation that begins at `start` stands, also one that is not among them."""
        order = self._order[kind]
        at = bisect_left(order, (start, annotation_id))
        there = at < len(order) and order[at][1] == annotation_id
        following = at + 1 if there else at
        return Neighbourhood(
            place=at + 1,
            count=len(order) + (not there),
            before=order[at - 1][1] if at else None,
            after=order[following][1] if following < len(order) else None,
        )

    def _begin(self, mark: Mark) -> None:
        known = self._began.get(mark.annotation_id)
        if known is None or mark.start < known[1]:
            self._began[mark.annotation_id] = mark.kind, mark.start
