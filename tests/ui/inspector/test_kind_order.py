"""Where an annotation stands among those of its kind, against counting them all again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.inspector.kind_order import KindOrder, Neighbourhood

mark_lists = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 15), st.integers(1, 3)).map(
        lambda drawn: Mark(drawn[0], list(Kind)[drawn[0] % 3], drawn[1], drawn[1] + drawn[2])
    ),
    max_size=25,
)


def slow(marks: list[Mark], kind: Kind, place: tuple[int, int, int]) -> Neighbourhood:
    others = {mark.annotation_id for mark in marks if mark.kind is kind} - {place[2]}
    places = [min((m.start, -m.end, i) for m in marks if m.annotation_id == i) for i in others]
    before = sorted(other for other in places if other < place)
    after = sorted(other for other in places if other > place)
    return Neighbourhood(
        len(before) + 1, len(others) + 1, before[-1][2] if before else None, after[0][2] if after else None
    )


@given(mark_lists, mark_lists, st.sets(st.integers(1, 12), max_size=4), st.integers(0, 15))
def test_the_place_is_that_of_counting_anew_after_marks_came_and_went(
    marks: list[Mark], others: list[Mark], touched: set[int], start: int
) -> None:
    order = KindOrder(marks)
    come = [mark for mark in others if mark.annotation_id in touched]
    order.replace(touched, come)
    there = [mark for mark in marks if mark.annotation_id not in touched] + come
    for annotation_id in range(1, 15):
        kind = list(Kind)[annotation_id % 3]
        own = [(mark.start, -mark.end) for mark in there if mark.annotation_id == annotation_id]
        begin, end_down = min(own, default=(start, -start - 1))
        place = begin, end_down, annotation_id
        assert order.around(kind, begin, -end_down, annotation_id) == slow(there, kind, place)
