"""The links of the selected mark, drawn in the margin right of the text: what goes where, and how it looks.

A line runs down the margin from the selected mark's line; each line of text that a linked mark begins in has a node on
it, and where there is room the words of the tie. What is further up or down is counted at an arrow. Points are in
pixels of the viewport, positions in UTF-16 units. Only what is in view is asked for, once until something moves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotate.segments import Laned
from annotate.summaries import Mark, Tie
from annotate.vocabulary import Kind
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.reader.view import ArticleView

SPINE = 11.0
"""Pixels from the reading column to the line in the margin: beyond outlines and handles."""
LEAD = 5.5
"""Length of the line that comes from the side of the text."""
STEP = 9.5
RADIUS = 3.5
REACH = RADIUS + 1
"""How far the widest node reaches from its middle."""
MOST_NODES = 4
"""Beside one line; the last stands for all that follow it there."""
BORDER = 7.0
"""Room of an arrow at the upper and lower border; a node in the first line in view has its place below."""
WORDS_GAP = 7.0
_SMALLEST_WORDS, _LARGEST_WORDS = 7.0, 9.5


@dataclass(frozen=True)
class Spot:
    """Where a mark stands: the middle of its first line in view, -inf if it is further up, inf if further down."""

    tie: Tie
    kind: Kind
    y: float


@dataclass(frozen=True)
class Node:
    ties: tuple[Tie, ...]
    """One; the last node of a line may stand for several."""
    kind: Kind
    place: QPointF
    grip: QRectF


@dataclass(frozen=True)
class Arrow:
    """At a border: what is linked further up or down."""

    upwards: bool
    count: int
    target_id: int
    """The nearest mark there: the selected one, where that is out of view, too."""
    place: QPointF
    grip: QRectF


@dataclass(frozen=True)
class Words:
    said: str
    place: QRectF


@dataclass(frozen=True)
class Root:
    """Where the line leaves from, the selected mark; `y` is that of a Spot."""

    annotation_id: int
    kind: Kind
    y: float


@dataclass(frozen=True)
class Drawing:
    """All that is drawn in the margin."""

    root: Root
    x: float
    top: float
    bottom: float
    nodes: tuple[Node, ...]
    words: tuple[Words, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Beyond:
    """How many linked marks are out of view in one direction, and the nearest of them."""

    count: int = 0
    nearest_id: int | None = None


@dataclass(frozen=True)
class Margin:
    """The room there is: where the reading column ends, where the view ends to the right and below."""

    left: float
    right: float
    height: float


def arrange(
    root: Root,
    spots: Iterable[Spot],
    above: Beyond,
    below: Beyond,
    margin: Margin,
    width_of: Callable[[str], float],
) -> Drawing | None:
    """Places the nodes of all `spots` in view and the arrows; None where nothing of it is in view.

    `width_of` says how many pixels words take.
    """
    lines: dict[float, list[Spot]] = {}
    for spot in spots:
        lines.setdefault(spot.y, []).append(spot)
    if not lines and abs(root.y) == inf:
        return None
    if not lines and not above.count and not below.count:
        return None
    x = _on_pixel(margin.left + SPINE)
    nodes: list[Node] = []
    words: list[Words] = []
    for y, here in lines.items():
        of_line, said = _line(here, x, y, margin, width_of, beside_root=y == root.y)
        nodes += of_line
        words += said
    arrows = tuple(_arrows(root, above, below, x, margin))
    counts = list(_counts(arrows, nodes, margin, width_of))
    words = [one for one in words if not any(count.place.intersects(one.place) for count in counts)] + counts
    ends = [y for y in (*lines, root.y) if abs(y) != inf]
    up, down = (any(arrow.upwards is upwards for arrow in arrows) for upwards in (True, False))
    top = BORDER if up else min(ends)
    bottom = margin.height - BORDER if down else max(ends)
    return Drawing(root, x, top, bottom, tuple(nodes), tuple(words), arrows)


def _line(
    spots: Sequence[Spot], x: float, y: float, margin: Margin, width_of: Callable[[str], float], *, beside_root: bool
) -> tuple[list[Node], list[Words]]:
    """Nodes and words beside one line of text; the selected mark's own node stands first where it is in that line."""
    first = 1 if beside_root else 0
    room = int((margin.right - REACH - x) // STEP) + 1 - first
    number = min(len(spots), max(1, min(room, MOST_NODES)))
    groups = [spots[i : i + 1] for i in range(number - 1)] + [spots[number - 1 :]]
    places = [QPointF(x + (first + i) * STEP, y) for i in range(number)]
    distinct = list(dict.fromkeys(spot.tie.words for spot in spots))
    more = f"+{len(spots) - number} " if len(spots) > number else ""
    left = places[-1].x() + WORDS_GAP
    words = [
        Words(said, QRectF(left, y - 10, width_of(said) + 1, 20))
        for said in dict.fromkeys((more + ", ".join(distinct), f"{more}{distinct[0]} …"))
    ]
    words = [one for one in words if one.place.right() <= margin.right - 2][:1]
    nodes = []
    for group, place in zip(groups, places, strict=True):
        grip = QRectF(place.x() - STEP / 2, y - 8, STEP, 16)
        if number == 1 and words:
            grip = grip.united(words[0].place)
        nodes.append(Node(tuple(spot.tie for spot in group), group[0].kind, place, grip))
    return nodes, words


def _arrows(root: Root, above: Beyond, below: Beyond, x: float, margin: Margin) -> Iterator[Arrow]:
    for upwards, beyond, away in ((True, above, -inf), (False, below, inf)):
        target = root.annotation_id if root.y == away else beyond.nearest_id
        if target is not None:
            place = QPointF(x, 0 if upwards else margin.height)
            yield Arrow(
                upwards, beyond.count, target, place, QRectF(x - 9, 0 if upwards else margin.height - 16, 30, 16)
            )


def _counts(
    arrows: Iterable[Arrow], nodes: Sequence[Node], margin: Margin, width_of: Callable[[str], float]
) -> Iterator[Words]:
    for arrow in arrows:
        said, y = str(arrow.count), arrow.grip.top() + (-2 if arrow.upwards else 2)
        beside = (node.place.x() for node in nodes if arrow.grip.top() < node.place.y() < arrow.grip.bottom())
        place = QRectF(max(beside, default=arrow.place.x()) + 5, y, width_of(said), 16)
        if arrow.count and place.right() < margin.right:
            yield Words(said, place)


class TiesInView:
    """The ties of one view's selected mark; `computed` counts how often places had to be worked out."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._ties: dict[int, tuple[int, Tie]] = {}
        self._starts: list[tuple[int, int]] | None = None
        self._known: tuple[object, Drawing | None, tuple[Laned[Mark], ...]] | None = None
        self.computed = 0

    def __contains__(self, annotation_id: int) -> bool:
        return annotation_id in self._ties

    def shown(self) -> list[Tie]:
        return [tie for _, tie in self._ties.values()]

    def show(self, ties: Iterable[Tie]) -> None:
        self._ties = {tie.annotation_id: (rank, tie) for rank, tie in enumerate(ties)}
        self._starts = self._known = None

    def marks_changed(self, annotation_ids: Iterable[int] | None = None) -> None:
        """The marks of these annotations (None: any) are others now."""
        self._known = None
        if annotation_ids is None or any(annotation_id in self._ties for annotation_id in annotation_ids):
            self._starts = None

    def lines_changed(self) -> None:
        """Lines stand elsewhere now."""
        self._known = None

    def drawing(self) -> Drawing | None:
        return self._now()[0]

    def outlined(self) -> tuple[Laned[Mark], ...]:
        """Spans of linked marks that are in view."""
        return self._now()[1]

    def words_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(min(max(_SMALLEST_WORDS, font.pointSizeF() * 0.75), _LARGEST_WORDS))
        return font

    def target_at(self, point: QPointF) -> Node | Arrow | None:
        """What can be clicked at a point of the viewport."""
        drawing = self.drawing() if self._ties else None
        if drawing is None:
            return None
        return next((target for target in (*drawing.nodes, *drawing.arrows) if target.grip.contains(point)), None)

    def tip_of(self, target: Node | Arrow) -> list[str]:
        """What the tool tip over a node or an arrow says, a line each."""
        if isinstance(target, Node):
            return [f"{tie.words.capitalize()}: {self._view.describe(tie.annotation_id)}" for tie in target.ties]
        where = "further up" if target.upwards else "further down"
        if target.target_id == self._view.selected_id:
            return [f"The selected mark is {where}" + (f", {target.count} linked marks, too" if target.count else "")]
        return [f"1 linked mark {where}" if target.count == 1 else f"{target.count} linked marks {where}"]

    def _now(self) -> tuple[Drawing | None, tuple[Laned[Mark], ...]]:
        if not self._ties:
            return None, ()
        block, viewport = self._view.firstVisibleBlock(), self._view.viewport()
        column = self._view.column()
        key = (block.blockNumber(), self._view.contentOffset().y(), viewport.size(), column, self._view.selected_id)
        if self._known is None or self._known[0] != key:
            self.computed += 1
            self._known = key, *self._worked_out(Margin(column[1], viewport.width(), viewport.height()))
        return self._known[1], self._known[2]

    def _worked_out(self, margin: Margin) -> tuple[Drawing | None, tuple[Laned[Mark], ...]]:
        view = self._view
        lines = list(self._lines_in_view(margin.height))
        own = view.marks.of(view.selected_id)
        if not lines or not own:
            return None, ()
        first, last = lines[0][0], lines[-1][1]
        line_starts = [start for start, _, _ in lines]

        def y_of(entry: Laned[Mark]) -> float:
            if entry.end <= first:
                return -inf
            return inf if entry.start >= last else lines[max(0, bisect_right(line_starts, entry.start) - 1)][2]

        linked = tuple(e for e in view.marks.touching(first, last) if e.item.annotation_id in self._ties)
        spots: dict[int, Spot] = {}
        for entry in linked:  # in text order: a mark of several spans has its node at the first in view
            tie = self._ties[entry.item.annotation_id][1]
            spots.setdefault(tie.annotation_id, Spot(tie, entry.item.kind, y_of(entry)))
        in_order = sorted(spots.values(), key=lambda spot: self._ties[spot.tie.annotation_id][0])
        own_y = next((y for y in map(y_of, own) if abs(y) != inf), y_of(own[0]))
        root = Root(own[0].item.annotation_id, own[0].item.kind, own_y)
        width_of = QFontMetricsF(self.words_font()).horizontalAdvance
        drawing = arrange(root, in_order, *self._beyond(first, spots.keys()), margin, width_of)
        return drawing, linked

    def _lines_in_view(self, height: float) -> Iterator[tuple[int, int, float]]:
        """Start, end and middle of the lines that are in view, but for those that an arrow would hide."""
        for block, top in self._view.places.visible_blocks():
            layout = block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                letters = line.ascent() + line.descent()
                upper, middle = top + line.y(), top + line.y() + letters / 2
                cut = upper < -1 or upper + letters > height + 1
                if cut and not BORDER + REACH <= middle <= height - BORDER - REACH:
                    continue
                start = block.position() + line.textStart()
                yield start, start + line.textLength(), _on_pixel(middle)

    def _beyond(self, first: int, in_view: Iterable[int]) -> tuple[Beyond, Beyond]:
        """What is linked before the first position in view, and what behind the last."""
        if self._starts is None:
            spans = (self._view.marks.of(annotation_id) for annotation_id in self._ties)
            self._starts = sorted((own[0].start, own[0].item.annotation_id) for own in spans if own)
        starts, seen = self._starts, frozenset(in_view)
        cut = bisect_left(starts, (first, -1))
        seen_above = sum(self._view.marks.of(annotation_id)[0].start < first for annotation_id in seen)
        above = cut - seen_above
        below = len(starts) - cut - (len(seen) - seen_above)
        up = (starts[i][1] for i in range(cut - 1, -1, -1) if starts[i][1] not in seen)
        down = (starts[i][1] for i in range(cut, len(starts)) if starts[i][1] not in seen)
        return Beyond(above, next(up, None) if above else None), Beyond(below, next(down, None) if below else None)


def _on_pixel(place: float) -> float:
    """The middle of the pixel, where a line of one pixel is sharp."""
    return floor(place) + 0.5


def draw_ties(painter: QPainter, drawing: Drawing, font: QFont, theme: Theme) -> None:
    """Draws the margin with the painter's origin at the viewport's corner."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(theme.ink(drawing.root.kind))
    painter.setPen(QPen(ink, 1.0))
    painter.drawLine(QPointF(drawing.x, drawing.top), QPointF(drawing.x, drawing.bottom))
    ends: dict[float, float] = {} if abs(drawing.root.y) == inf else {drawing.root.y: drawing.x}
    for node in drawing.nodes:
        ends[node.place.y()] = max(node.place.x(), ends.get(node.place.y(), 0.0))
    for y, x in ends.items():
        painter.drawLine(QPointF(drawing.x - LEAD, y), QPointF(x, y))
    painter.setPen(QPen(QColor(theme.panel), 1.0))
    for node in drawing.nodes:
        painter.setBrush(QColor(theme.ink(node.kind)))
        _draw_shape(painter, node.kind, node.place)
    if abs(drawing.root.y) != inf:
        painter.setPen(QPen(ink, 1.8))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(QPointF(drawing.x, drawing.root.y), RADIUS + 0.5, RADIUS + 0.5)
    painter.setFont(font)
    for arrow in drawing.arrows:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        base = arrow.place.y() + (6 if arrow.upwards else -6)
        x = arrow.place.x()
        painter.drawPolygon(QPolygonF([arrow.place, QPointF(x - 5, base), QPointF(x + 5, base)]))
    painter.setPen(QColor(theme.secondary))
    for words in drawing.words:
        painter.drawText(words.place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words.said)
    painter.restore()


def _draw_shape(painter: QPainter, kind: Kind, place: QPointF) -> None:
    """Kinds differ in shape, too: a claim is a square, a figure a diamond, a source a dot."""
    if kind is Kind.CLAIM:
        painter.drawRect(QRectF(place.x() - RADIUS, place.y() - RADIUS, 2 * RADIUS, 2 * RADIUS))
    elif kind is Kind.FIGURE:
        corners = ((0, -REACH), (REACH, 0), (0, REACH), (-REACH, 0))
        painter.drawPolygon(QPolygonF([place + QPointF(dx, dy) for dx, dy in corners]))
    else:
        painter.drawEllipse(place, RADIUS + 0.5, RADIUS + 0.5)
