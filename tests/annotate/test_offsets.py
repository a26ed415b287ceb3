"""Positions against plain slow versions, on text in which counting by eye goes wrong."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotate.offsets import (
    GRAPHEME_WINDOW,
    Offsets,
    grapheme_end,
    grapheme_start,
    next_grapheme,
    previous_grapheme,
    snap_to_graphemes,
)

PIECES = [
    *"a Zé.9\n\t",
    "\r\n",
    "\u2028",
    "\u00a0",
    "\U0001f600",
    "\U0001f1f3\U0001f1f4",
    "\U0001f1eb",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd",
    "e\u0301\u0323",
    "\u0301",
    "\u200d",
    "\u0600",
    "\u0646\u064f\u0648\u0631",
    "\u0915\u094d\u0937\u093f",
    "\u1100\u1161\u11a8",
    *"«“”؟。ー",
    "\u0e19\u0e33",
    "\uff76\uff9e",
    "\uff9f",
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def slow_edges(text: str) -> list[int]:
    return [0, *(match.end() for match in regex.finditer(r"\X", text))]


@given(texts)
def test_every_position_is_translated_as_encoding_the_text_before_it_would(text: str) -> None:
    offsets = Offsets(text)
    assert offsets.length_utf16 == utf16_length(text)
    for position in range(len(text) + 1):
        units = utf16_length(text[:position])
        assert offsets.to_utf16(position) == units
        assert offsets.to_code_point(units) == position


@given(texts, st.data())
def test_a_break_that_is_only_shown_moves_what_follows_by_one_unit(text: str, data: st.DataObject) -> None:
    breaks = sorted(data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=5))) if len(text) > 1 else []
    offsets = Offsets(text, breaks)
    shown = "".join(f"\n{letter}" if place in breaks else letter for place, letter in enumerate(text))
    assert offsets.length_utf16 == utf16_length(shown)
    for position in range(len(text) + 1):
        before = position + sum(place < position for place in breaks)
        units = utf16_length(shown[:before])
        assert offsets.to_utf16(position) == units
        assert offsets.to_code_point(units) == position
        assert offsets.span_to_utf16(0, position) == (0, units)
        if position in breaks:
            assert offsets.to_code_point(units + 1) == position


def test_a_position_inside_a_surrogate_pair_is_the_start_of_the_pair() -> None:
    offsets = Offsets("a\U0001f600b\U0001f600")
    assert [offsets.to_code_point(units) for units in range(7)] == [0, 1, 1, 2, 3, 3, 4]


def test_text_without_characters_beyond_the_basic_plane_maps_to_itself() -> None:
    text = "wadi \u0623\u0648\u0631\u0627 e\u0301\r\n\u2028"
    offsets = Offsets(text)
    assert all(offsets.to_utf16(i) == offsets.to_code_point(i) == i for i in range(len(text) + 1))


@given(texts, st.data())
def test_snapping_takes_in_the_whole_grapheme_and_nothing_more(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edges = slow_edges(text)
    expected = max(edge for edge in edges if edge <= start), min(edge for edge in edges if edge >= end)
    assert snap_to_graphemes(text, start, end) == expected
    assert (grapheme_start(text, start), grapheme_end(text, end)) == expected


@given(texts)
def test_walking_by_graphemes_meets_every_edge_in_both_directions(text: str) -> None:
    edges = slow_edges(text)
    forward, position = [0], 0
    while position < len(text):
        position = next_grapheme(text, position)
        forward.append(position)
    backward, position = [len(text)], len(text)
    while position > 0:
        position = previous_grapheme(text, position)
        backward.append(position)
    assert forward == edges
    assert backward == edges[::-1]


@pytest.mark.parametrize("cluster", ["\U0001f1f3\U0001f1f4", "e\u0301", "\r\n", "\U0001f469\u200d\U0001f467"])
@pytest.mark.parametrize("distance", [0, GRAPHEME_WINDOW - 1, GRAPHEME_WINDOW, 3 * GRAPHEME_WINDOW])
def test_clusters_hold_together_far_inside_a_long_text(cluster: str, distance: int) -> None:
    text = "\u6c34" * distance + cluster + "\u6c34" * distance
    for inside in range(distance + 1, distance + len(cluster)):
        assert snap_to_graphemes(text, inside, inside) == (distance, distance + len(cluster))


def test_a_row_of_flags_pairs_off_from_its_start() -> None:
    row = "\U0001f1f3\U0001f1f4" * (GRAPHEME_WINDOW // 2)
    text = "x" + row
    assert all(grapheme_start(text, i) == i - (i + 1) % 2 for i in range(1, len(row)))


@pytest.mark.parametrize("position", [0, 3])
def test_the_ends_of_a_text_are_edges(position: int) -> None:
    assert snap_to_graphemes("\u0301\u0301\u0301", position, position) == (position, position)
