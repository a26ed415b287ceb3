"""Where an annotation stands among those of its kind in the article, kept while marks come and go.

Asking for all marks of a long article again after every mark would take longer than making the mark.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotate.summaries import Mark
from annotate.vocabulary import Kind

_Place = tuple[int, int, int]
"""Start, end counted downwards, and id: as the reader and the table go."""


@dataclass(frozen=True)
class Neighbourhood:
    """The annotation is number `place` (from 1) of `count`; before and after it stand two others of its kind."""

    place: int
    count: int
    before: int | None
    after: int | None


class KindOrder:
    """Annotations by kind in the order of where they begin, the longer first; several spans of one count once."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._first: dict[int, tuple[Kind, _Place]] = {}
        for mark in marks:
            self._begin(mark)
        self._order: dict[Kind, list[_Place]] = {kind: [] for kind in Kind}
        for kind, place in self._first.values():
            self._order[kind].append(place)
        for order in self._order.values():
            order.sort()

    def replace(self, annotation_ids: Collection[int], marks: Iterable[Mark]) -> None:
        """Takes some annotations out and puts the given ones in."""
        for annotation_id in annotation_ids:
            if annotation_id in self._first:
                kind, place = self._first.pop(annotation_id)
                del self._order[kind][bisect_left(self._order[kind], place)]
        come = list(marks)
        for mark in come:
            self._begin(mark)
        for annotation_id in {mark.annotation_id for mark in come}:
            kind, place = self._first[annotation_id]
            insort(self._order[kind], place)

    def around(self, kind: Kind, start: int, end: int, annotation_id: int) -> Neighbourhood:
        """Where an annotation stands whose first stretch is start..end, also one that is not among them."""
        order, place = self._order[kind], (start, -end, annotation_id)
        at = bisect_left(order, place)
        there = at < len(order) and order[at] == place
        following = at + 1 if there else at
        return Neighbourhood(
            place=at + 1,
            count=len(order) + (not there),
            before=order[at - 1][2] if at else None,
            after=order[following][2] if following < len(order) else None,
        )

    def _begin(self, mark: Mark) -> None:
        place = mark.start, -mark.end, mark.annotation_id
        known = self._first.get(mark.annotation_id)
        if known is None or place < known[1]:
            self._first[mark.annotation_id] = mark.kind, place
