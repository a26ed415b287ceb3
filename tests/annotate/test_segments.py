"""Lanes and runs against plain slow versions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.segments import Laned, LaneIndex, flat_runs, fold

spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
span_lists = st.lists(spans, max_size=30)


def index_of(stretches: list[tuple[int, int]]) -> LaneIndex[int]:
    return LaneIndex((start, end, number) for number, (start, end) in enumerate(stretches))


def overlap(first: Laned[int], second: Laned[int]) -> bool:
    return first.start < second.end and second.start < first.end


def slow_lanes(stretches: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    given_out: list[tuple[int, int, int]] = []
    for start, end in sorted(stretches, key=lambda span: (span[0], -span[1])):
        taken = {lane for first, last, lane in given_out if first < end and start < last}
        given_out.append((start, end, next(lane for lane in range(99) if lane not in taken)))
    return given_out


@given(span_lists)
def test_every_mark_gets_the_lowest_lane_free_of_the_marks_before_it(stretches: list[tuple[int, int]]) -> None:
    index = index_of(stretches)
    assert [(entry.start, entry.end, entry.lane) for entry in index] == slow_lanes(stretches)
    assert len(index) == len(stretches)


@given(span_lists, spans)
def test_a_question_finds_all_that_overlap_and_nothing_else(
    stretches: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    index = index_of(stretches)
    start, end = asked
    assert index.overlapping(start, end) == [entry for entry in index if entry.start < end and entry.end > start]


@given(span_lists, st.lists(st.one_of(spans, st.integers(0, 99)), max_size=30))
def test_adding_and_removing_in_place_moves_no_other_mark_and_never_shares_a_lane(
    stretches: list[tuple[int, int]], edits: list[tuple[int, int] | int]
) -> None:
    index = index_of(stretches)
    there = list(index)
    for number, edit in enumerate(edits, start=1000):
        if isinstance(edit, tuple):
            taken = {entry.lane for entry in there if entry.start < edit[1] and edit[0] < entry.end}
            added = index.add(*edit, number)
            assert added.lane == next(lane for lane in range(99) if lane not in taken)
            there.append(added)
        elif there:
            index.remove(there.pop(edit % len(there)))
        assert list(index) == sorted(there, key=lambda entry: entry.order)
    assert not any(
        overlap(first, second) and first.lane == second.lane
        for place, first in enumerate(there)
        for second in there[place + 1 :]
    )


@given(span_lists, st.tuples(st.integers(-1, 70), st.integers(-110, 0), st.integers(0, 5)))
def test_walking_finds_the_neighbour_in_text_order(
    stretches: list[tuple[int, int]], place: tuple[int, int, int]
) -> None:
    index = index_of(stretches)
    entries = list(index)
    for order in (place, *(entry.order for entry in entries)):
        assert index.next_after(order) == next((entry for entry in entries if entry.order > order), None)
        assert index.last_before(order) == next((entry for entry in reversed(entries) if entry.order < order), None)


@given(span_lists, spans)
def test_runs_say_for_every_position_which_marks_cover_it(
    stretches: list[tuple[int, int]], window: tuple[int, int]
) -> None:
    entries = list(index_of(stretches))
    covered = {
        position: {entry.item for entry in entries if entry.start <= position < entry.end}
        for position in range(*window)
    }
    runs = flat_runs(entries, *window)
    said = {position: {entry.item for entry in run.covering} for run in runs for position in range(run.start, run.end)}
    assert said == {position: items for position, items in covered.items() if items}
    assert sum(run.end - run.start for run in runs) == len(said)
    assert all([entry.lane for entry in run.covering] == sorted(entry.lane for entry in run.covering) for run in runs)


@given(st.lists(spans, max_size=60))
def test_folding_covers_just_the_marks_beyond_the_drawn_lanes(stretches: list[tuple[int, int]]) -> None:
    entries = list(index_of(stretches))
    beyond = [entry for entry in entries if entry.lane >= 2]
    folded = fold(entries, drawn_lanes=2)
    assert {p for entry in beyond for p in range(entry.start, entry.end)} == {
        p for stretch in folded for p in range(stretch.start, stretch.end)
    }
    assert sum(stretch.marks for stretch in folded) == len(beyond)
    assert all(first.end < second.start for first, second in pairwise(folded))


def test_an_empty_stretch_is_refused() -> None:
    with pytest.raises(ValueError, match="must cover something"):
        LaneIndex([(3, 3, "x")])


def test_removing_what_is_not_there_is_refused() -> None:
    index = LaneIndex([(0, 4, "x")])
    with pytest.raises(KeyError):
        index.remove(Laned(0, 4, 0, "y"))


def test_a_pile_of_marks_at_one_place_gets_a_lane_each() -> None:
    index = LaneIndex((0, 10, number) for number in range(2000))
    assert sorted(entry.lane for entry in index) == list(range(2000))
