"""Where an annotation stands among those of its kind, against counting them all again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.model import Mark
from annotate.vocabulary import Kind
from ui.inspector.kind_order import KindOrder, Neighbourhood

mark_lists = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 30)).map(
        lambda pair: Mark(pair[0], list(Kind)[pair[0] % 3], pair[1], pair[1] + 2)
    ),
    max_size=25,
)


def slow(marks: list[Mark], kind: Kind, start: int, annotation_id: int) -> Neighbourhood:
    starts = {i: min(m.start for m in marks if m.annotation_id == i) for i in {m.annotation_id for m in marks}}
    others = [i for i in starts if list(Kind)[i % 3] is kind and i != annotation_id]
    before = sorted((starts[i], i) for i in others if (starts[i], i) < (start, annotation_id))
    after = sorted((starts[i], i) for i in others if (starts[i], i) > (start, annotation_id))
    return Neighbourhood(
        len(before) + 1, len(others) + 1, before[-1][1] if before else None, after[0][1] if after else None
    )


@given(mark_lists, mark_lists, st.sets(st.integers(1, 12), max_size=4), st.integers(0, 30))
def test_the_place_is_that_of_counting_anew_after_marks_came_and_went(
    marks: list[Mark], others: list[Mark], touched: set[int], start: int
) -> None:
    order = KindOrder(marks)
    come = [mark for mark in others if mark.annotation_id in touched]
    order.replace(touched, come)
    there = [mark for mark in marks if mark.annotation_id not in touched] + come
    for annotation_id in range(1, 15):
        kind = list(Kind)[annotation_id % 3]
        own = [mark.start for mark in there if mark.annotation_id == annotation_id]
        place = min(own, default=start)
        assert order.around(kind, place, annotation_id) == slow(there, kind, place, annotation_id)
