"""Marks in Qt's positions, found by place, annotation and run, against a plain slow version on hard text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.offsets import Offsets
from annotate.segments import flat_runs
from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader.marks import MarkIndex

HARD = st.lists(
    st.sampled_from(
        [
            "a",
            " ",
            "\n",
            "\r\n",
            "\u2028",
            "e\u0301",
            "ش",
            "ا\u064b",
            "🌊",
            "🇳🇴",
            "👩‍👩‍👧",
            "𝔽",
            "中",
            "\u200f",
            "10,000",
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


def units(text: str, code_point: int) -> int:
    """UTF-16 units before a code point, counted by encoding."""
    return len(text[:code_point].encode("utf-16-le")) // 2


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(HARD)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.integers(1, 6), st.sampled_from(Kind))
    marks = [
        Mark(number, kind, min(one, other), max(one, other))
        for one, other, number, kind in draw(st.lists(ends, max_size=14))
        if one != other
    ]
    return text, marks


@given(marked_texts())
def test_every_position_knows_the_marks_that_cover_it(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    index = MarkIndex(marks, Offsets(text))
    for position in range(units(text, len(text))):
        covering = [m for m in marks if units(text, m.start) <= position < units(text, m.end)]
        found = index.at(position)
        assert sorted(e.item.annotation_id for e in found) == sorted(m.annotation_id for m in covering)
        lengths = [
            sum(units(text, m.end) - units(text, m.start) for m in marks if m.annotation_id == e.item.annotation_id)
            for e in found
        ]
        assert lengths == sorted(lengths), "the shortest annotation comes first"


@given(marked_texts(), st.integers(0, 60), st.integers(1, 40))
def test_runs_and_lanes_of_a_stretch_are_those_of_its_marks(
    given_: tuple[str, list[Mark]], start: int, length: int
) -> None:
    text, marks = given_
    index = MarkIndex(marks, Offsets(text))
    end = min(start + length, units(text, len(text)))
    touching = index.touching(start, end)
    assert all(
        one.lane != other.lane for one in touching for other in touching
        if one is not other and one.start < other.end and other.start < one.end
    )  # fmt: skip
    runs = flat_runs(touching, start, end)
    for position in range(start, end):
        covering = sorted(m.annotation_id for m in marks if units(text, m.start) <= position < units(text, m.end))
        here = [run for run in runs if run.start <= position < run.end]
        assert sorted(entry.item.annotation_id for run in here for entry in run.covering) == covering
        assert len(here) == bool(covering), "runs do not overlap and leave bare stretches out"


@given(marked_texts(), marked_texts().map(lambda given_: given_[1]), st.sets(st.integers(1, 6), max_size=3))
def test_replacing_marks_in_place_leaves_what_a_new_index_would_hold(
    given_: tuple[str, list[Mark]], others: list[Mark], annotation_ids: set[int]
) -> None:
    text, marks = given_
    come = [mark for mark in others if mark.annotation_id in annotation_ids and mark.end <= len(text)]
    index = MarkIndex(marks, Offsets(text))
    index.replace(annotation_ids, come)
    left = [mark for mark in marks if mark.annotation_id not in annotation_ids] + come
    held = sorted((entry.start, entry.end, entry.item.annotation_id) for entry in index)
    assert held == sorted((units(text, m.start), units(text, m.end), m.annotation_id) for m in left)
    walked, at = [], None
    while (at := index.neighbour(at, -1, 1)) is not None and at not in walked:
        walked.append(at)
    assert sorted(walked) == sorted({mark.annotation_id for mark in left}), "walking comes by every annotation once"
