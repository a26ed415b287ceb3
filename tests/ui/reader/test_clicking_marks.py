"""Clicks on marks, on overlapping marks, between lines and beside everything; edges moved by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from annotate.model import Span
from annotate.summaries import Mark
from annotate.vocabulary import Kind

CLAIM = "The mayor, Ane Lund, said the port\u00a0authority had warned"


def overlapping(show):
    return show((1, Kind.CLAIM, CLAIM), (2, Kind.SOURCE, "Ane Lund, said"), (3, Kind.FIGURE, "Ane"))


def test_repeated_clicks_go_round_the_marks_of_a_place_the_shortest_first(show, hand) -> None:
    reader = overlapping(show)
    clicked: list[int] = []
    reader.mark_clicked.connect(clicked.append)
    for _ in range(4):
        hand.click(hand.middle("Ane"))
    assert clicked == [3, 2, 1, 3]
    assert reader.selected_annotation() == 3


def test_a_click_on_a_band_takes_the_mark_of_that_band(show, hand) -> None:
    reader = overlapping(show)
    box = reader.text_rect(*hand.place("Ane"))
    pitch = 3
    found = []
    for lane in range(3):
        hand.click(QPoint(box.center().x(), box.bottom() + 2 + lane * pitch))
        found.append(reader.selected_annotation())
    assert found == [1, 2, 3]


def test_a_click_beside_all_marks_takes_the_outline_away_and_says_so(show, hand) -> None:
    reader = overlapping(show)
    reader.select(2)
    told: list[bool] = []
    reader.background_clicked.connect(lambda: told.append(True))
    hand.click(hand.middle("islands"))
    assert reader.selected_annotation() is None
    hand.click(QPoint(hand.viewport.width() - 3, hand.middle("Nobody").y()))
    assert told == [True, True]


def test_a_click_on_an_arabic_mark_selects_it(show, hand) -> None:
    reader = show((5, Kind.FIGURE, "نحو 70 قاربا"), (6, Kind.SOURCE, "مسؤول في الميناء"))
    hand.click(hand.middle("نحو 70 قاربا"))
    assert reader.selected_annotation() == 5
    hand.click(hand.middle("مسؤول في الميناء"))
    assert reader.selected_annotation() == 6


def test_every_letter_is_hit_where_it_stands_in_any_script(show, hand) -> None:
    reader = show()
    reader.resize(420, 1400)  # many wrapped lines
    reader.grab()
    text = reader.view.text
    hits = 0
    for position, letter in enumerate(text):
        box = reader.text_rect(position, position + 1)
        if letter.isalpha() and box.width() > 4:
            hit = reader.view.places.hit(QRectF(box).center())
            assert hit is not None
            assert reader.view.offsets.to_code_point(hit.position) == position
            hits += 1
    assert hits > 150


def test_marks_at_a_position_are_listed_the_shortest_first(show, hand) -> None:
    reader = overlapping(show)
    assert reader.marks_at(hand.place("Ane")[0]) == [3, 2, 1]
    assert reader.marks_at(hand.place("Nobody")[0]) == []


@pytest.mark.parametrize(("side", "until"), [("end", "authority"), ("start", "mayor")])
def test_an_edge_that_is_dragged_is_reported_where_it_was_dropped(show, hand, side: str, until: str) -> None:
    reader = show((2, Kind.SOURCE, "Ane Lund"))
    reader.select(2)
    asked: list[tuple[int, Span, Span]] = []
    reader.edge_moved.connect(lambda *what: asked.append(what))
    box, goal = reader.text_rect(*hand.place("Ane Lund")), reader.text_rect(*hand.place(until))
    y = box.center().y()
    x, to = (box.right() + 3, goal.right() + 1) if side == "end" else (box.left() - 3, goal.left())
    hand.drag(QPoint(x, y), QPoint(to, y))
    start, end = hand.place("Ane Lund")
    there = Span(start, hand.place(until)[1]) if side == "end" else Span(hand.place(until)[0], end)
    assert asked == [(2, Span(start, end), there)]
    assert reader.selection() is None
    assert [mark.item.start for mark in reader.view.marks.of(2)] == [start]


def test_an_edge_shows_where_it_goes_while_it_is_dragged(show, hand) -> None:
    reader = show((2, Kind.SOURCE, "Ane Lund"))
    reader.select(2)
    box, goal = reader.text_rect(*hand.place("Ane Lund")), reader.text_rect(*hand.place("authority"))
    QTest.mousePress(hand.viewport, Qt.MouseButton.LeftButton, pos=QPoint(box.right() + 3, box.center().y()))
    QTest.mouseMove(hand.viewport, QPoint(goal.right() + 1, box.center().y()))
    assert reader.marks_at(hand.place("authority")[0]) == [2]
    reader.replace_marks([2], [])  # somebody removes the mark under the hand
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, pos=goal.center())
    assert reader.marks_at(hand.place("authority")[0]) == []


def test_an_edge_cannot_be_dragged_through_the_other_one(show, hand) -> None:
    reader = show((2, Kind.SOURCE, "Ane Lund"))
    reader.select(2)
    asked: list[tuple[int, Span, Span]] = []
    reader.edge_moved.connect(lambda *what: asked.append(what))
    box = reader.text_rect(*hand.place("Ane Lund"))
    hand.drag(QPoint(box.right() + 3, box.center().y()), QPoint(box.left() - 60, box.center().y()))
    start, end = hand.place("Ane Lund")
    assert asked == [(2, Span(start, end), Span(start, start + 1))]


def test_a_drag_from_the_first_letter_of_the_selected_mark_selects_words_in_it(show, hand) -> None:
    reader = show((2, Kind.SOURCE, "Ane Lund"))
    reader.select(2)
    box, goal = reader.text_rect(*hand.place("Ane Lund")), reader.text_rect(*hand.place("Ane"))
    hand.drag(QPoint(box.left() + 1, box.center().y()), QPoint(goal.right() + 1, box.center().y()))
    assert reader.selection() == Span(*hand.place("Ane"))


def test_the_pointer_shows_where_an_edge_can_be_taken(show, hand) -> None:
    reader = show((2, Kind.SOURCE, "Ane Lund"))
    reader.select(2)
    box = reader.text_rect(*hand.place("Ane Lund"))
    QTest.mouseMove(hand.viewport, QPoint(box.right() + 3, box.center().y()))
    assert hand.viewport.cursor().shape() == Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(hand.viewport, hand.middle("Nobody"))
    assert hand.viewport.cursor().shape() == Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize(
    ("words", "edge", "direction", "unit", "expected"),
    [
        ("Ane Lund", "end", 1, "word", "Ane Lund, said"),
        ("Ane Lund", "end", -1, "word", "Ane"),
        ("Ane Lund", "start", -1, "word", "mayor, Ane Lund"),
        ("Ane Lund", "start", 1, "word", "Lund"),
        ("Ane Lund", "end", 1, "character", "Ane Lund,"),
        ("Friday; caf", "end", 1, "character", "Friday; cafe\u0301"),
        ("harbour ", "end", 1, "character", "harbour \U0001f1f3\U0001f1f4"),
    ],
)
def test_keys_move_an_edge_by_a_word_or_a_grapheme(show, hand, words, edge, direction, unit, expected) -> None:
    reader = show((2, Kind.SOURCE, words))
    reader.select(2)
    asked: list[Span] = []
    reader.edge_moved.connect(lambda number, before, after: asked.append(after))
    reader.nudge_edge(edge, direction, unit)
    assert asked == [Span(*hand.place(expected))]


def test_an_edge_of_an_interrupted_quotation_stops_at_its_next_span(show, hand) -> None:
    reader = show()
    first, second = hand.place("The mayor"), hand.place("said the port")
    reader.replace_marks([4], [Mark(4, Kind.CLAIM, *first), Mark(4, Kind.CLAIM, *second)])
    reader.select(4)
    asked: list[tuple[Span, Span]] = []
    reader.edge_moved.connect(lambda number, before, after: asked.append((before, after)))
    box = reader.text_rect(*first)
    hand.drag(QPoint(box.right() + 3, box.center().y()), QPoint(hand.middle("authority").x(), box.center().y()))
    assert asked == [(Span(*first), Span(first[0], second[0]))]


def test_walking_goes_through_annotations_in_text_order_once_each(show, hand) -> None:
    reader = overlapping(show)
    reader.replace_marks([9], [Mark(9, Kind.CLAIM, 0, 5), Mark(9, Kind.CLAIM, *hand.place("ferry"))])
    assert [reader.step_mark(1) for _ in range(5)] == [9, 1, 2, 3, None]
    assert reader.selected_annotation() == 3
    assert [reader.step_mark(-1) for _ in range(4)] == [2, 1, 9, None]
