"""Marks overlap freely: which lane each is drawn in, which marks cover which stretch, and how to ask quickly.

A mark's lane is the lowest one that no mark overlapping it has. All lanes of a text are given out in one sweep; after
that one mark is added or removed in place and the others keep theirs, so that nothing jumps under the reader's eyes.
Positions are whatever unit the caller counts in (code points or UTF-16 units), ends exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import chain
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

DRAWN_LANES = 6
"""Lanes with a band of their own; marks in higher lanes are folded into one grey band."""

Item = TypeVar("Item")

Order = tuple[int, int, int]
"""Text order: by start, the longer first, then by lane. No two entries of an index are equal in it."""


class Laned(NamedTuple, Generic[Item]):
    """A stretch with its lane (from 0) and what it stands for."""

    start: int
    end: int
    lane: int
    item: Item

    @property
    def order(self) -> Order:
        return self.start, -self.end, self.lane


class Run(NamedTuple, Generic[Item]):
    """A stretch that the same marks cover throughout, lowest lane first."""

    start: int
    end: int
    covering: tuple[Laned[Item], ...]


class Folded(NamedTuple):
    """A stretch covered by marks beyond the drawn lanes, and how many they are."""

    start: int
    end: int
    marks: int


class LaneIndex(Generic[Item]):
    """Stretches with lanes, found by place.

    Entries are kept by length class (powers of two) and sorted within it, because what overlaps a place can then only
    start within one class length before it: a question costs O(log n) a class and O(overlaps), whatever the longest
    entry is. There are as many classes as the longest entry has bits.
    """

    def __init__(self, entries: Iterable[tuple[int, int, Item]] = ()) -> None:
        """Gives out the lanes of all `entries` (start, end, item) in O(n log n). Raises ValueError for an empty one."""
        self._classes: dict[int, _LengthClass[Item]] = {}
        self._size = 0
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        # Two sorts by a plain column are quicker than one with a key that must be made for every entry.
        in_order = sorted(entries, key=itemgetter(1), reverse=True)
        in_order.sort(key=itemgetter(0))
        for start, end, item in in_order:
            while busy and busy[0][0] <= start:
                heappush(free, heappop(busy)[1])
            lane = heappop(free) if free else len(busy)
            heappush(busy, (end, lane))
            self._class_of(start, end).append(Laned(start, end, lane, item))
            self._size += 1

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Laned[Item]]:
        """All entries in text order."""
        # Sorted runs: quicker than heapq.merge.
        return iter(sorted(self.in_any_order(), key=lambda entry: entry.order))

    def in_any_order(self) -> Iterator[Laned[Item]]:
        """All entries; ten times as quick as in text order."""
        return chain.from_iterable(members.entries for members in self._classes.values())

    def add(self, start: int, end: int, item: Item) -> Laned[Item]:
        """Adds one entry in the lowest lane that is free all along it. Raises ValueError if it is empty."""
        taken = {entry.lane for entry in self._touching(start, end)}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        added = Laned(start, end, lane, item)
        self._class_of(start, end).insert(added)
        self._size += 1
        return added

    def remove(self, entry: Laned[Item]) -> None:
        """Removes one entry; the others keep their lanes. Raises KeyError if it is not there."""
        self._class_of(entry.start, entry.end).remove(entry)
        self._size -= 1

    def overlapping(self, start: int, end: int) -> list[Laned[Item]]:
        """Entries that share at least one position with `start` to `end`, in text order."""
        return sorted(self._touching(start, end), key=lambda entry: entry.order)

    def next_after(self, order: Order) -> Laned[Item] | None:
        """The first entry after a place in text order, or None."""
        found = (members.neighbour(order, after=True) for members in self._classes.values())
        return min((entry for entry in found if entry), key=lambda entry: entry.order, default=None)

    def last_before(self, order: Order) -> Laned[Item] | None:
        """The last entry before a place in text order, or None."""
        found = (members.neighbour(order, after=False) for members in self._classes.values())
        return max((entry for entry in found if entry), key=lambda entry: entry.order, default=None)

    def _class_of(self, start: int, end: int) -> _LengthClass[Item]:
        if end <= start:
            raise ValueError(f"an entry must cover something: {start} to {end}")
        bits = (end - start).bit_length()
        members = self._classes.get(bits)
        if members is None:
            members = self._classes[bits] = _LengthClass()
        return members

    def _touching(self, start: int, end: int) -> Iterator[Laned[Item]]:
        for bits, members in self._classes.items():
            first = bisect_right(members.starts, start - (1 << bits))
            last = bisect_left(members.starts, end)
            for entry in members.entries[first:last]:
                if entry.end > start:
                    yield entry


class _LengthClass(Generic[Item]):
    """Entries of about one length in text order, and their starts for a bisection without a key function."""

    __slots__ = ("entries", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.entries: list[Laned[Item]] = []

    def append(self, entry: Laned[Item]) -> None:
        """Adds an entry that comes after all others in text order."""
        self.starts.append(entry.start)
        self.entries.append(entry)

    def insert(self, entry: Laned[Item]) -> None:
        place = self._place(entry.order)
        self.starts.insert(place, entry.start)
        self.entries.insert(place, entry)

    def remove(self, entry: Laned[Item]) -> None:
        place = self._place(entry.order)
        if place == len(self.entries) or self.entries[place] != entry:
            raise KeyError(entry)
        del self.starts[place], self.entries[place]

    def neighbour(self, order: Order, *, after: bool) -> Laned[Item] | None:
        place = self._place(order)
        if not after:
            return self.entries[place - 1] if place else None
        if place < len(self.entries) and self.entries[place].order == order:
            place += 1
        return self.entries[place] if place < len(self.entries) else None

    def _place(self, order: Order) -> int:
        """Where an entry of this order is or would be."""
        first, last = bisect_left(self.starts, order[0]), bisect_right(self.starts, order[0])
        return bisect_left(self.entries, order, first, last, key=lambda entry: entry.order)


def flat_runs(entries: Iterable[Laned[Item]], start: int, end: int) -> list[Run[Item]]:
    """Disjoint runs of `start` to `end` in text order, each with the entries that cover it; bare stretches left out.

    Costs O(n log n) and the size of the answer.
    """
    within = [entry for entry in entries if entry.start < end and entry.end > start]
    within.sort(key=lambda entry: entry.start)
    edges = {max(start, entry.start) for entry in within} | {min(end, entry.end) for entry in within}
    runs: list[Run[Item]] = []
    covering: list[Laned[Item]] = []
    waiting = iter(within)
    upcoming = next(waiting, None)
    position = start
    for edge in sorted(edges):
        if covering and edge > position:
            runs.append(Run(position, edge, tuple(sorted(covering, key=lambda entry: entry.lane))))
        covering = [entry for entry in covering if entry.end > edge]
        while upcoming is not None and upcoming.start <= edge:
            covering.append(upcoming)
            upcoming = next(waiting, None)
        position = edge
    return runs


def fold(entries: Iterable[Laned[Item]], drawn_lanes: int = DRAWN_LANES) -> list[Folded]:
    """Entries beyond the drawn lanes, joined where they overlap or touch; in text order."""
    stretches: list[Folded] = []
    for entry in sorted((entry for entry in entries if entry.lane >= drawn_lanes), key=lambda entry: entry.start):
        if stretches and entry.start <= stretches[-1].end:
            last = stretches[-1]
            stretches[-1] = Folded(last.start, max(last.end, entry.end), last.marks + 1)
        else:
            stretches.append(Folded(entry.start, entry.end, 1))
    return stretches
