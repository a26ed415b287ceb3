"""A caption or a box with key facts that stands beside a paragraph and is none of its lines.

Programs draw what floats before or after all else on a page. So a few lines drawn first or last are a box where they
are beside one paragraph only, narrower and no longer than it; columns are as wide as each other, and are drawn where
they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from annotate.importers.pdf_layout import Fragment

_LEADING = 1.6
"""From line to line of a paragraph, in em, at most."""
_EDGE = 0.5
"""In em: how far apart the edges of the lines of a paragraph may be, and how near a box may come to its lines."""
_FEWEST_LINES = 2
_NARROWEST = 7.0
"""Median width of the lines of a box, in em; cells of numbers are narrower."""
_NARROWER = 0.7
"""Width of a box over that of the paragraph, at most."""

Block = list[Fragment]


def without_box(fragments: Sequence[Fragment]) -> tuple[list[Fragment], Block]:
    """What stands on a page, and the lines of the box beside it from top to bottom; none where there is no box.

    The lines at its left are given the room it took, so that they do not look as if each ended a paragraph.
    """
    blocks = _blocks(fragments)
    if len(blocks) > 2:
        for box, following in ((blocks[0], blocks[1]), (blocks[-1], blocks[-2])):
            paragraph = _beside(box, blocks)
            if paragraph and paragraph is not following and _is_box(box, paragraph):
                widened = _widened(paragraph, box)
                return [widened.get(one.number, one) for one in fragments if one not in box], box
    return list(fragments), []


def _widened(paragraph: Block, box: Block) -> dict[int, Fragment]:
    """The lines of a paragraph that a box at their right made shorter, by their number, as wide as without it; none
    where no other line of it reaches below the box or above."""
    room = _LEADING * box[0].size
    left, right = min(one.left for one in box), max(one.right for one in [*box, *paragraph])
    if all(one.right <= left for one in paragraph):
        return {}
    shorter = [
        one
        for one in paragraph
        if one.right < left and box[-1].baseline - room <= one.baseline <= box[0].baseline + room
    ]
    wider = right - max((one.right for one in shorter), default=right)
    return {one.number: replace(one, right=one.right + wider) for one in shorter}


def _blocks(fragments: Sequence[Fragment]) -> list[Block]:
    """Lines below each other with one left edge, as they were drawn one after the other."""
    drawn = sorted(fragments, key=lambda one: one.number)
    rows = [list(row) for _, row in groupby(drawn, key=lambda one: one.row)]
    blocks: list[Block] = [list(rows[0])] if rows else []
    for before, row in pairwise(rows):
        if len(before) == len(row) == 1 and _goes_on(before[0], row[0]):
            blocks[-1] += row
        else:
            blocks.append(list(row))
    return blocks


def _goes_on(line: Fragment, following: Fragment) -> bool:
    em = line.size
    return (
        abs(line.size - following.size) < em / 10
        and abs(line.left - following.left) < _EDGE * em
        and 0 < line.baseline - following.baseline <= _LEADING * em
    )


def _beside(box: Block, blocks: Sequence[Block]) -> Block | None:
    """The only block with lines at the height of a box; None where that are several or fewer lines than two."""
    top, bottom = box[0].middle + _EDGE * box[0].size, box[-1].middle - _EDGE * box[-1].size
    beside = [block for block in blocks if block is not box and any(bottom <= one.middle <= top for one in block)]
    if len(beside) != 1 or sum(bottom <= one.middle <= top for one in beside[0]) < _FEWEST_LINES:
        return None
    return beside[0]


def _is_box(box: Block, paragraph: Block) -> bool:
    em = box[0].size
    left, right = min(one.left for one in box), max(one.right for one in box)
    top, bottom = box[0].middle + _EDGE * em, box[-1].middle - _EDGE * em
    near = [one for one in paragraph if bottom <= one.middle <= top]
    return (
        _FEWEST_LINES <= len(box) <= len(paragraph)
        and len({one.row for one in box}) == len(box)
        and len({one.row for one in paragraph}) == len(paragraph)
        and median(one.right - one.left for one in box) >= _NARROWEST * em
        and right - left <= _NARROWER * max(one.right - one.left for one in near)
        and all(one.right + _EDGE * em <= left or right + _EDGE * em <= one.left for one in near)
    )
