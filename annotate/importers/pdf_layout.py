"""Where words stand on a page, and in which order a person reads them.

A PDF holds pieces of text at places, in whatever order a program drew them. Order is told from the places alone:
a gutter is a stretch of white that many lines keep to on both sides, and lines that run across it (a headline over
two columns) divide the page from top to bottom. A gutter counts only where prose stands on both sides; otherwise
it is the white between the columns of a table, whose rows must stay together.

Lengths are points (1/72 inch), x to the right and y upwards, turned so that the words run along x.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from annotate.importers.assembly import CELL_GAP

SPLIT = 0.8
"""White between two words of a line, in em, from which it may be a gutter."""
CELL = 2.0
"""White in a line, in em, that counts as the gap between two cells of a table."""
_SPACE = 0.15
"""White between two pieces of a line, in em, that counts as a space."""
_DEEPEST = 6
"""Gutters within gutters; real pages have two."""
_CANDIDATES = 8
_NARROWEST_GUTTER = 0.6
"""In em; newspapers go down to one."""
_NARROWEST_DRAWN_APART = 0.2
"""In em, of a gutter between columns that were drawn one after the other."""
_FEWEST_LINES = 2
"""On both sides of a gutter."""
_NARROWEST_PROSE = 7.0
"""Median width of the lines of a column, in em; cells of numbers are narrower."""
_FULL_LINE = 0.6
"""Of the width of what is looked at."""
_FILLED = 0.6
"""Median width of the lines of a column over that of its full lines; cells of a table are more ragged."""
_STRETCHED = 3
"""Lines before and after a stretched one that are looked at."""
_TIGHT = 1.4
"""From line to line of prose, in em, at most; around a table there is more white."""
_PROSE_WORDS = 4
"""Of a line that is no row of a table."""
_CAP_HEIGHT = 0.7
"""Of a letter, in em."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words side by side on a page, as one piece."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    """Of most of its type: one em."""
    sizes: tuple[float, float] = (0.0, 0.0)
    """The smallest and the largest type of its words: small capitals beside others, for instance."""
    row: int = 0
    """Fragments of one row follow each other in the PDF; `number` counts all of a page in that order."""
    number: int = 0
    upright: bool = True
    """False for what stands at another angle than the rest of its page, for instance a stamp in the margin."""
    slanted: bool = False
    """Drawn neither along an edge of the page nor nearly so."""

    @property
    def middle(self) -> float:
        return self.baseline + self.size * _CAP_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments on one baseline, put together; cells of a table are a tab apart."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    sizes: tuple[float, float]
    starts: tuple[float, ...] = ()
    """Where its cells begin; empty for a line without a gap that a table could have made."""

    @property
    def width(self) -> float:
        return self.right - self.left


Column = list[Line]


def reading_order(fragments: Sequence[Fragment]) -> list[Column]:
    """Columns in the order they are read, each with its lines from top to bottom; what stands askew comes last."""
    upright = _with_drop_caps([one for one in fragments if one.upright])
    right_to_left = is_right_to_left(upright)
    askew = [_joined([one], right_to_left) for one in fragments if not one.upright]
    return [*_ordered(upright, right_to_left, _DEEPEST), *([line] for line in askew)]


def lines_of(fragments: Iterable[Fragment], right_to_left: bool = False) -> Column:
    """Fragments that stand beside each other put together as lines, from top to bottom."""
    return [_joined(group, right_to_left) for group in groups_of(fragments)]


def groups_of(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Fragments of the same line together (an exponent stands beside its line), from top to bottom."""
    groups: list[list[Fragment]] = []
    tallest: Fragment | None = None
    for fragment in sorted(fragments, key=lambda one: (-one.middle, one.left)):
        if tallest is not None and _beside(tallest, fragment):
            groups[-1].append(fragment)
            tallest = max(tallest, fragment, key=lambda one: one.size)
        else:
            groups.append([fragment])
            tallest = fragment
    return groups


def _beside(one: Fragment, other: Fragment) -> bool:
    low, high = sorted((one, other), key=lambda fragment: fragment.size)
    return high.baseline <= low.middle <= high.baseline + high.size * _CAP_HEIGHT


def _joined(group: Sequence[Fragment], right_to_left: bool) -> Line:
    """One line; pieces go by x, but those of one row keep the order the PDF gives them (it knows mixed scripts)."""
    rows: dict[int, list[Fragment]] = {}
    for fragment in group:
        rows.setdefault(fragment.row, []).append(fragment)
    ordered = sorted(rows.values(), key=lambda row: min(one.left for one in row), reverse=right_to_left)
    pieces: list[str] = []
    starts: list[float] = []
    before: Fragment | None = None
    for fragment in (one for row in ordered for one in sorted(row, key=lambda one: one.number)):
        if before is not None:
            em = max(before.size, fragment.size)
            gap = max(fragment.left - before.right, before.left - fragment.right)
            pieces.append(CELL_GAP if gap > CELL * em else " " if gap > _SPACE * em else "")
            starts += [fragment.left] if gap > CELL * em else []
        pieces.append(fragment.text)
        before = fragment
    widest = max(group, key=lambda one: one.right - one.left)
    return Line(
        "".join(pieces),
        min(one.left for one in group),
        max(one.right for one in group),
        widest.baseline,
        widest.size,
        (min(one.sizes[0] or one.size for one in group), max(one.sizes[1] or one.size for one in group)),
        tuple(starts),
    )


def _without_stretches(lines: Column) -> Column:
    """Lines of prose whose gaps are wide only because they are stretched to both edges of a narrow column, as the full
    lines of the same prose beside them tell."""
    if not any(line.starts for line in lines):
        return lines
    kept = []
    for place, line in enumerate(lines):
        near = lines[max(0, place - _STRETCHED) : place + _STRETCHED + 1]
        if (
            line.starts
            and any(_is_full_beside(line, other) for other in near)
            and not any(other is not line and _is_row_beside(line, other) for other in near)
        ):
            line = replace(line, text=line.text.replace(CELL_GAP, " "), starts=())
        kept.append(line)
    return kept


def _is_row_beside(line: Line, other: Line) -> bool:
    """Whether two lines have cells below each other; the last ones of stretched lines are so by chance."""
    return any(abs(one - another) < line.size / 2 for one in line.starts[:-1] for another in other.starts)


def _is_full_beside(line: Line, other: Line) -> bool:
    """Whether another line is plain prose between the same edges in the same type."""
    edges = max(abs(line.left - other.left), abs(line.right - other.right), 2 * abs(line.size - other.size))
    lines_apart = abs(line.baseline - other.baseline) / (_TIGHT * line.size)
    return (
        not other.starts
        and lines_apart <= _STRETCHED
        and edges < line.size / 2
        and len(other.text.split()) >= _PROSE_WORDS
    )


def _ordered(fragments: Sequence[Fragment], right_to_left: bool, depth: int) -> list[Column]:
    gutter = _gutter(fragments) if depth else None
    if gutter is not None:
        across, left, right = _sides(fragments, gutter)
        sides = [right, left] if right_to_left else [left, right]
        return _in_bands(across, sides, right_to_left, depth)
    if depth and fragments:
        # Two columns may stand between full lines only: a caption, say, beside the words that flow round a picture.
        extent = max(one.right for one in fragments) - min(one.left for one in fragments)
        full = {one.row for one in fragments if one.right - one.left >= _FULL_LINE * extent}
        rest = [one for one in fragments if one.row not in full]
        if full and len(rest) > 2 * _FEWEST_LINES:
            return _in_bands([one for one in fragments if one.row in full], [rest], right_to_left, depth)
    return [_column(fragments, right_to_left)] if fragments else []


def _column(fragments: Iterable[Fragment], right_to_left: bool) -> Column:
    return _without_stretches(lines_of(fragments, right_to_left))


def _in_bands(
    across: Sequence[Fragment], sides: Sequence[Sequence[Fragment]], right_to_left: bool, depth: int
) -> list[Column]:
    """Lines that run across divide what stands beside each other into bands; within one, side goes after side.

    A band in which nothing stands beside anything is not a column of its own but goes on from the line above it.
    """
    spanning = groups_of(across)
    heights = [-max(one.middle for one in group) for group in spanning]
    bands: list[list[list[Fragment]]] = [[[] for _ in sides] for _ in range(len(spanning) + 1)]
    for side, members in enumerate(sides):
        for fragment in members:
            bands[bisect_left(heights, -fragment.middle)][side].append(fragment)
    columns: list[Column] = []
    run: list[Fragment] = []
    for number, band in enumerate(bands):
        ordered = [column for side_ in band for column in _ordered(side_, right_to_left, depth - 1)]
        if len(ordered) == 1 and len(sides) == 1:
            run += band[0]
        elif ordered:
            columns += [_column(run, right_to_left)] if run else []
            columns += ordered
            run = []
        if number < len(spanning):
            run += spanning[number]
    return [*columns, _column(run, right_to_left)] if run else columns


def _sides(fragments: Sequence[Fragment], gutter: float) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
    """What crosses a gutter (with the rest of its row), what is left of it, what is right of it."""
    across: list[Fragment] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    crossing = {one.row for one in fragments if one.left < gutter < one.right}
    for fragment in fragments:
        if fragment.row in crossing:
            across.append(fragment)
        else:
            (left if fragment.right <= gutter else right).append(fragment)
    return across, left, right


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """The x of the gutter that has most lines on both sides, None where there is none."""
    if len(fragments) < 2 * _FEWEST_LINES:
        return None
    em = median(one.size for one in fragments)
    best: tuple[int, float] | None = None
    for x, width in _white(fragments, em):
        _, left, right = _sides(fragments, x)
        if width < _NARROWEST_GUTTER * em and not _is_drawn_apart(left, right):
            continue
        score = min(_facing(left, right), _facing(right, left))
        # Columns are mostly drawn one after the other, a table row by row; two lines tell less than three.
        shared = not {one.row for one in left}.isdisjoint(one.row for one in right)
        if score < _FEWEST_LINES + shared or (best is not None and score <= best[0]):
            continue
        if _is_prose(left, em) and _is_prose(right, em):
            best = score, x
    return best[1] if best else None


def _is_drawn_apart(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    """Whether one side was drawn as a whole, with the other before and behind it; a table is drawn row by row."""
    drawn = sorted([(one.number, False) for one in left] + [(one.number, True) for one in right])
    return sum(one[1] != other[1] for one, other in pairwise(drawn)) <= 2


def _white(fragments: Sequence[Fragment], em: float) -> list[tuple[float, float]]:
    """Where the stretches that few fragments reach into are emptiest, with their width, the widest first; at most
    _CANDIDATES."""
    edges = sorted([(one.left, 1) for one in fragments] + [(one.right, -1) for one in fragments])
    steps: list[tuple[int, float, float]] = []
    depth = 0
    for (x, change), (following, _) in pairwise(edges):
        depth += change
        if following > x:
            steps.append((depth, x, following))
    few = max((depth for depth, _, _ in steps), default=0) / 5
    stretches: list[tuple[float, float]] = []
    for is_white, stretch in groupby(steps, key=lambda step: step[0] <= few):
        pieces = list(stretch)
        if is_white and pieces[-1][2] - pieces[0][1] >= _NARROWEST_DRAWN_APART * em:
            _, start, end = min(pieces, key=lambda piece: (piece[0], piece[1] - piece[2]))
            stretches.append((pieces[-1][2] - pieces[0][1], (start + end) / 2))
    return [(middle, width) for width, middle in sorted(stretches, reverse=True)[:_CANDIDATES]]


def _facing(side: Sequence[Fragment], other: Sequence[Fragment]) -> int:
    """How many fragments of a side stand at a height where the other side has any."""
    if not other:
        return 0
    top, bottom = max(one.middle for one in other), min(one.middle for one in other)
    return sum(bottom <= one.middle <= top for one in side)


def _is_prose(side: Sequence[Fragment], em: float) -> bool:
    widths = sorted(one.right - one.left for one in side)
    typical, full = widths[len(widths) // 2], widths[len(widths) * 9 // 10]
    letters = sum(character.isalpha() for one in side for character in one.text)
    written = sum(not character.isspace() for one in side for character in one.text)
    return typical >= _NARROWEST_PROSE * em and typical >= _FILLED * full and letters * 2 > written


def _with_drop_caps(fragments: list[Fragment]) -> list[Fragment]:
    """A large first letter put before the words that it begins."""
    if not fragments:
        return fragments
    em = median(one.size for one in fragments)
    caps = [one for one in fragments if len(one.text) == 1 and one.text.isalpha() and one.size > 1.8 * em]
    if not 0 < len(caps) <= 3:
        return fragments
    for cap in caps:
        top = cap.baseline + cap.size * _CAP_HEIGHT
        near = [
            one
            for one in fragments
            if one.size < cap.size / 1.5
            and 0 <= one.left - cap.right + em / 2 <= 2 * em
            and abs(one.baseline + one.size * _CAP_HEIGHT - top) < em
        ]
        if len(near) == 1:
            [begun] = near
            whole = replace(begun, text=cap.text + begun.text, left=cap.left)
            fragments = [whole if one is begun else one for one in fragments if one is not cap]
    return fragments


def is_right_to_left(pieces: Iterable[Fragment | Line]) -> bool:
    """Whether most letters (of the beginnings) belong to a script that runs from right to left."""
    balance = 0
    for piece in pieces:
        for character in piece.text[:40]:
            if character.isalpha():
                balance += 1 if unicodedata.bidirectional(character) in ("R", "AL") else -1
    return balance > 0
