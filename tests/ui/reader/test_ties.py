"""What the selected mark is linked to: outlined in the text, drawn in the margin, reached by a click and by a key."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from annotate.summaries import Mark, Tie
from annotate.vocabulary import Kind
from ui.reader.ties import (
    BORDER,
    MOST_NODES,
    RADIUS,
    REACH,
    SPINE,
    Arrow,
    Beyond,
    Drawing,
    Margin,
    Node,
    Root,
    Spot,
    arrange,
)
from ui.reader.view import RIGHT_MARGIN
from ui.theme import DARK, LIGHT

NARROW = Margin(left=300, right=300 + RIGHT_MARGIN, height=400)
WIDE = Margin(left=300, right=520, height=400)
NONE = Beyond()
X = 300 + SPINE + 0.5
"""Where the line runs, in the middle of a pixel."""


def width_of(words: str) -> float:
    return 6.0 * len(words)


def spot(number: int, y: float, words: str = "says so", kind: Kind = Kind.SOURCE) -> Spot:
    return Spot(Tie(number, words), kind, y)


def drawn(
    *spots: Spot, root: float = 100.0, above: Beyond = NONE, below: Beyond = NONE, margin: Margin = WIDE
) -> Drawing:
    drawing = arrange(Root(1, Kind.CLAIM, root), spots, above, below, margin, width_of)
    assert drawing is not None
    return drawing


# Geometry


def test_a_line_leads_from_the_selected_mark_to_each_linked_one_with_its_words_beside_it() -> None:
    drawing = drawn(spot(2, 60), spot(3, 180, "is in it", Kind.FIGURE))
    assert (drawing.top, drawing.bottom) == (60, 180)
    assert [node.place for node in drawing.nodes] == [QPointF(X, 60), QPointF(X, 180)]
    assert [(words.said, words.place.center().y()) for words in drawing.words] == [("says so", 60), ("is in it", 180)]
    assert drawing.arrows == ()


def test_marks_of_one_line_stand_side_by_side_and_the_last_node_stands_for_the_rest() -> None:
    drawing = drawn(*(spot(number, 60) for number in range(2, 12)))
    assert len(drawing.nodes) == MOST_NODES
    assert [len(node.ties) for node in drawing.nodes] == [1, 1, 1, 7]
    assert [words.said for words in drawing.words] == ["+6 says so"]
    assert len({node.place.x() for node in drawing.nodes}) == MOST_NODES


def test_a_mark_in_the_line_of_the_selected_one_stands_beside_its_ring() -> None:
    assert [node.place.x() for node in drawn(spot(2, 100)).nodes] > [X]


def test_words_that_would_be_cut_are_left_to_the_tool_tip() -> None:
    assert drawn(spot(2, 60), margin=NARROW).words == ()
    assert drawn(spot(2, 60, "says so " * 30)).words == ()
    both = drawn(spot(2, 60), spot(3, 60, "declines to comment, contradicts, updates"))
    assert [words.said for words in both.words] == ["says so …"]


def test_what_is_out_of_view_is_counted_at_the_borders() -> None:
    drawing = drawn(spot(2, 60), above=Beyond(3, 7), below=Beyond(1, 9))
    assert [(arrow.upwards, arrow.count, arrow.target_id) for arrow in drawing.arrows] == [(True, 3, 7), (False, 1, 9)]
    assert (drawing.top, drawing.bottom) == (BORDER, 400 - BORDER)
    assert [words.said for words in drawing.words] == ["says so", "3", "1"]
    tight = drawn(spot(2, 60), above=Beyond(3, 7), below=Beyond(120, 9), margin=NARROW)
    assert [words.said for words in tight.words] == ["3"], "a count is shown whole or left to the tool tip"


def test_a_count_stands_beside_the_nodes_of_the_first_line_and_in_place_of_its_words() -> None:
    drawing = drawn(spot(2, 11), spot(3, 11), above=Beyond(3, 7))
    assert [words.said for words in drawing.words] == ["3"]
    assert drawing.words[0].place.left() > max(node.place.x() for node in drawing.nodes) + RADIUS


def test_an_arrow_leads_to_the_selected_mark_where_that_is_out_of_view() -> None:
    (arrow,) = drawn(spot(2, 60), root=-inf).arrows
    assert (arrow.upwards, arrow.count, arrow.target_id) == (True, 0, 1)


def test_nothing_is_drawn_where_nothing_of_it_is_in_view_and_where_nothing_is_linked() -> None:
    assert arrange(Root(1, Kind.CLAIM, -inf), [], NONE, Beyond(4, 5), WIDE, width_of) is None
    assert arrange(Root(1, Kind.CLAIM, 100), [], NONE, NONE, WIDE, width_of) is None


@given(
    ys=st.lists(st.sampled_from([11.0, 60.0, 100.0, 389.0]), min_size=1, max_size=40),
    root=st.sampled_from([-inf, 100.0, inf]),
    room=st.integers(RIGHT_MARGIN, 400),
    beyond=st.tuples(st.integers(0, 5), st.integers(0, 5)),
)
def test_all_of_it_stays_in_the_margin_and_every_linked_mark_has_one_node(
    ys: list[float], root: float, room: int, beyond: tuple[int, int]
) -> None:
    margin = Margin(300, 300 + room, 400)
    above, below = (Beyond(count, 90 if count else None) for count in beyond)
    spots = [spot(number, y, f"words {number % 3}") for number, y in enumerate(ys, start=2)]
    drawing = drawn(*spots, root=root, above=above, below=below, margin=margin)
    held = sorted(tie.annotation_id for node in drawing.nodes for tie in node.ties)
    assert held == [spot.tie.annotation_id for spot in spots]
    for node in drawing.nodes:
        assert margin.left <= node.place.x() - REACH
        assert node.place.x() + REACH <= margin.right
        assert drawing.top <= node.place.y() <= drawing.bottom
    assert all(margin.left <= words.place.left() < words.place.right() <= margin.right for words in drawing.words)
    boxes = [words.place for words in drawing.words]
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])
    grips = [node.grip for node in drawing.nodes]
    assert not any(one.intersects(other) for i, one in enumerate(grips) for other in grips[:i])


# In the reader

CLAIM, FIGURE, SOURCE, ARABIC, LAST = 1, 2, 3, 4, 5
MARKS = (
    (CLAIM, Kind.CLAIM, "cafe\u0301 owners counted at least 40 boats"),
    (FIGURE, Kind.FIGURE, "at least 40 boats"),
    (SOURCE, Kind.SOURCE, "The mayor, Ane Lund"),
    (ARABIC, Kind.FIGURE, "نحو 70 قاربا"),
    (LAST, Kind.CLAIM, "Nobody was hurt"),
)
TIES = (Tie(SOURCE, "says so"), Tie(FIGURE, "is in it"), Tie(ARABIC, "is in it"))


@pytest.fixture
def tied(show):
    reader = show(*MARKS)
    reader.select(CLAIM)
    reader.show_ties(TIES)
    reader.grab()
    return reader


def drawing_of(reader) -> Drawing:
    drawing = reader.view.ties.drawing()
    assert drawing is not None
    return drawing


def node_of(reader, annotation_id: int) -> Node:
    return next(n for n in drawing_of(reader).nodes if any(t.annotation_id == annotation_id for t in n.ties))


def click(reader, place: QPointF) -> None:
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())


def has_colour(image: QImage, area: QRectF, code: str) -> bool:
    box = area.toAlignedRect().intersected(image.rect())
    return any(
        image.pixelColor(x, y) == QColor(code)
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )


@pytest.mark.parametrize("annotation_id", [FIGURE, SOURCE, ARABIC])
def test_each_node_stands_at_the_height_of_its_marks_line_in_either_direction_of_writing(
    tied, hand, annotation_id: int
) -> None:
    words = next(words for number, _, words in MARKS if number == annotation_id)
    box = tied.text_rect(*hand.place(words))
    node = node_of(tied, annotation_id)
    assert abs(node.place.y() - box.center().y()) <= 2
    column = tied.view.column()
    assert box.right() <= column[1] < node.place.x() < tied.view.viewport().width()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_margin_and_the_outlines_are_drawn_in_the_kinds_inks(tied, hand, theme) -> None:
    tied.set_theme(theme)
    image = tied.view.viewport().grab().toImage()
    node = node_of(tied, SOURCE)
    assert image.pixelColor(node.place.toPoint()) == QColor(theme.source)
    drawing = drawing_of(tied)
    spine = QRectF(drawing.x - 1, (drawing.root.y + node.place.y()) / 2, 2, 3)
    assert has_colour(image, spine, theme.claim)
    box = tied.text_rect(*hand.place("The mayor, Ane Lund"))
    above_words = QRect(box.left() + 8, box.top() - 4, box.width() - 16, 4)
    tied.show_ties(())
    without = tied.view.viewport().grab().toImage()
    assert not has_colour(without, spine, theme.claim)
    assert image.copy(above_words) != without.copy(above_words)


def test_a_click_on_a_node_selects_the_linked_mark(tied, qtbot) -> None:
    with qtbot.waitSignal(tied.mark_clicked) as clicked:
        click(tied, node_of(tied, SOURCE).place)
    assert clicked.args == [SOURCE]
    assert tied.selected_annotation() == SOURCE
    assert tied.ties() == []
    assert tied.selection() is None


def test_a_double_click_on_a_node_selects_the_mark_and_no_words(tied) -> None:
    at = node_of(tied, SOURCE).place.toPoint()
    viewport = tied.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert tied.selected_annotation() == SOURCE
    assert tied.selection() is None


def test_a_paragraph_that_gets_more_room_takes_the_nodes_below_it_along(tied, hand) -> None:
    before = node_of(tied, SOURCE).place.y()
    start, end = hand.place("Smoke")
    tied.replace_marks([], [Mark(50 + lane, Kind.CLAIM, start, end) for lane in range(8)])
    assert node_of(tied, SOURCE).place.y() > before
    box = tied.text_rect(*hand.place("The mayor, Ane Lund"))
    assert abs(node_of(tied, SOURCE).place.y() - box.center().y()) <= 2


def test_the_tool_tip_of_a_node_says_what_the_mark_is_to_the_selected_one(tied, monkeypatch) -> None:
    tied.describe = lambda annotation_id: f"Source S-{annotation_id:04} <b>Lund</b>"
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda point, words, *rest: shown.append(words))
    at = node_of(tied, SOURCE).place.toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, at, tied.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(tied.view.viewport(), event)
    assert shown == ["<qt>Says so: Source S-0003 &lt;b&gt;Lund&lt;/b&gt;</qt>"]


def test_the_pointer_is_a_hand_over_a_node_only(tied) -> None:
    viewport, at = tied.view.viewport(), node_of(tied, SOURCE).place.toPoint()
    for place, shape in (
        (QPoint(120, 40), Qt.CursorShape.IBeamCursor),
        (at, Qt.CursorShape.PointingHandCursor),
        (at - QPoint(40, 0), Qt.CursorShape.IBeamCursor),
    ):
        QTest.mouseMove(viewport, place)
        assert viewport.cursor().shape() == shape


def test_another_selection_takes_the_links_away_until_its_own_are_shown(tied) -> None:
    tied.select(CLAIM)
    assert tied.ties() == list(TIES)
    tied.select(LAST)
    assert tied.ties() == []
    assert tied.view.ties.drawing() is None


def test_a_linked_mark_that_goes_or_is_hidden_loses_its_node_and_one_that_moves_takes_it_along(tied, hand) -> None:
    tied.replace_marks([SOURCE], [])
    assert {tie.annotation_id for node in drawing_of(tied).nodes for tie in node.ties} == {FIGURE, ARABIC}
    tied.replace_marks([SOURCE], [Mark(SOURCE, Kind.SOURCE, *hand.place("the ferry to the islands"))])
    box = tied.text_rect(*hand.place("the ferry to the islands"))
    assert abs(node_of(tied, SOURCE).place.y() - box.center().y()) <= 2


def test_the_margin_fits_in_a_narrow_window_and_at_twice_the_size(tied) -> None:
    tied.resize(330, 640)
    tied.set_point_size(23)
    tied.reveal(tied.view.text.index("cafe"))
    tied.grab()
    drawing = drawing_of(tied)
    width = tied.view.viewport().width()
    assert drawing.nodes
    assert all(node.place.x() + REACH < width for node in drawing.nodes)
    assert all(words.place.right() < width for words in drawing.words)


LONG = "\n".join(f"Paragraph {number} 🚢 tells of the harbour; قال المسؤول {number}." for number in range(400))


def long_marks(kind: Kind = Kind.CLAIM) -> list[Mark]:
    marks = []
    for number in range(400):
        start = LONG.index(f"Paragraph {number} ")
        marks.append(Mark(number + 1, kind, start, start + 9))
    return marks


@pytest.fixture
def long_reader(reader):
    """Every paragraph has a mark; the one in the middle is selected and linked to twenty, each ten paragraphs apart."""
    reader.show_article("Long", "", LONG, long_marks())
    reader.select(201)
    reader.show_ties([Tie(number, "said by it") for number in range(111, 311, 10) if number != 201])
    reader.grab()
    return reader


def arrow_of(reader, *, upwards: bool) -> Arrow:
    return next(arrow for arrow in drawing_of(reader).arrows if arrow.upwards is upwards)


def test_every_linked_mark_is_in_view_or_counted_once(long_reader) -> None:
    bar = long_reader.view.verticalScrollBar()
    for value in range(bar.value() - 40, bar.value() + 40, 7):
        bar.setValue(value)
        drawing = long_reader.view.ties.drawing()
        if drawing is not None:
            assert len(drawing.nodes) + sum(arrow.count for arrow in drawing.arrows) == 19


def test_an_arrow_brings_the_nearest_linked_mark_into_view_and_the_selection_stays(long_reader) -> None:
    view = long_reader.view
    arrow = arrow_of(long_reader, upwards=True)
    assert arrow.count == 9 - sum(
        node.place.y() < drawing_of(long_reader).root.y for node in drawing_of(long_reader).nodes
    )
    click(long_reader, arrow.grip.center())
    assert long_reader.selected_annotation() == 201
    assert view.places.shows(view.marks.of(arrow.target_id)[0].start)
    assert any(tie.annotation_id == arrow.target_id for node in drawing_of(long_reader).nodes for tie in node.ties)


def test_from_a_linked_mark_an_arrow_leads_back_to_the_selected_one(long_reader) -> None:
    long_reader.reveal(long_reader.view.marks.of(301)[0].item.start)
    long_reader.grab()
    arrow = arrow_of(long_reader, upwards=True)
    assert arrow.target_id == 201
    click(long_reader, arrow.grip.center())
    assert long_reader.view.places.shows(long_reader.view.marks.of(201)[0].start)


def test_places_are_worked_out_once_until_something_moves(long_reader) -> None:
    ties = long_reader.view.ties
    before = ties.computed
    for _ in range(3):
        long_reader.grab()
        ties.target_at(QPointF(10, 10))
    assert ties.computed == before
    long_reader.view.verticalScrollBar().setValue(long_reader.view.verticalScrollBar().value() + 3)
    long_reader.grab()
    assert ties.computed == before + 1
