"""What is painted where, what is painted anew, and what a long article costs; counted, never timed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from annotate.model import Span
from annotate.segments import LaneIndex
from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader.display import cuts_of
from ui.reader.overview import Overview
from ui.reader.painting import filled_stretches
from ui.theme import DARK, LIGHT


def grabbed(reader) -> QImage:
    return reader.view.viewport().grab().toImage()


def has_colour(image: QImage, area, code: str) -> bool:
    return any(
        image.pixelColor(x, y) == QColor(code)
        for x in range(max(0, area.left()), min(image.width(), area.right() + 1))
        for y in range(max(0, area.top()), min(image.height(), area.bottom() + 1))
    )


def test_a_mark_has_a_fill_behind_its_words_and_a_band_below_them(show, hand) -> None:
    reader = show((1, Kind.CLAIM, "Ane Lund"))
    box = reader.text_rect(*hand.place("Ane Lund"))
    image = grabbed(reader)
    assert has_colour(image, box.adjusted(2, box.height(), -2, 3), LIGHT.claim)
    assert image.pixelColor(box.left() + 1, box.top() + 1) not in (QColor(LIGHT.panel), QColor(LIGHT.claim))
    beside = box.translated(box.width() + 6, 0)
    assert image.pixelColor(beside.left(), beside.top() + 1) == QColor(LIGHT.panel)


def test_words_of_an_arabic_paragraph_are_filled_where_they_stand(show, hand) -> None:
    words = "نحو 70 قاربا"
    reader = show((1, Kind.FIGURE, words))
    box = reader.text_rect(*hand.place(words))
    first, last = reader.text_rect(*hand.place("قال")), reader.text_rect(*hand.place("المدينة القديمة."))
    assert not box.isEmpty()
    assert hand.viewport.rect().contains(box)
    assert box.right() < first.left(), "the paragraph runs from right to left"
    assert last.top() > first.top() or last.right() < box.left()
    assert has_colour(grabbed(reader), box.adjusted(4, box.height(), -4, 3), LIGHT.figure)


def test_every_one_of_six_overlapping_marks_has_its_band_and_the_rest_is_counted(show, hand) -> None:
    reader = show()
    start, end = hand.place("Nobody was hurt, and the ferry")
    reader.replace_marks([], [Mark(10 + i, list(Kind)[i % 3], start + i, end) for i in range(8)])
    block = reader.view.document().findBlock(reader.view.offsets.to_utf16(start))
    grabbed(reader)
    paint = reader.view.canvas.paint_cache.known(block)
    assert paint is not None
    bands = sorted({rectangle.top() for colour, rectangle in paint.rectangles if colour.alpha() == 255})
    assert len(bands) == 7
    assert [count for _, count in paint.folded] == [2]
    height = reader.view.blockBoundingRect(block).height()
    assert all(rectangle.bottom() < height for _, rectangle in paint.rectangles)


def test_replacing_a_mark_works_out_only_its_own_paragraphs_anew(show, hand) -> None:
    text = "\n".join(f"Paragraph {number} tells of the harbour and its boats." for number in range(12))
    reader = show((1, Kind.CLAIM, "Paragraph 2 tells"), (2, Kind.FIGURE, "Paragraph 3 tells"), text=text)
    grabbed(reader)
    before = reader.view.canvas.paint_cache.computed
    reader.replace_marks([1], [Mark(1, Kind.SOURCE, *hand.place("Paragraph 5 tells"))])
    grabbed(reader)
    assert reader.view.canvas.paint_cache.computed == before + 2
    reader.select(2)
    grabbed(reader)
    assert reader.view.canvas.paint_cache.computed == before + 2
    assert reader.marks_at(hand.place("Paragraph 2")[0]) == []
    assert reader.marks_at(hand.place("Paragraph 5")[0]) == [1]


def test_a_far_jump_lays_out_next_to_nothing_of_what_lies_between(show) -> None:
    text = "\n".join(f"Paragraph {number} " + "and the boats lay still. " * 12 for number in range(3_000))
    marks = [Mark(i, Kind.CLAIM, i * 200, i * 200 + 120) for i in range(4_000)]
    reader = show(text=text)
    reader.show_article("Long", "", text, marks)
    place = text.index("Paragraph 2500")
    reader.reveal(place)
    grabbed(reader)
    assert reader.visible_span().start <= place < reader.visible_span().end
    document = reader.view.document()
    laid_out = sum(document.findBlockByNumber(n).layout().lineCount() > 0 for n in range(document.blockCount()))
    assert laid_out < 100


@pytest.mark.parametrize("words", ["all the boats lay still \U0001f600 ", "船只都静静地停着。🌊", "boats"])
def test_a_paragraph_of_a_megabyte_is_shown_piece_by_piece(show, words: str) -> None:
    text = "Head.\n" + words * (1_000_000 // len(words)) + "\nTail."
    reader = show(text=text)
    reader.reveal(600_000)
    document = reader.view.document()
    laid_out = [
        block.length()
        for block in map(document.findBlockByNumber, range(document.blockCount()))
        if block.layout().lineCount() > 0
    ]
    assert sum(laid_out) < 100_000
    assert reader.visible_span().start <= 600_000 <= reader.visible_span().end


def test_words_across_a_cut_that_is_only_shown_are_marked_and_copied_as_they_stand(show, hand, qapp) -> None:
    text = "水" * 12_000 + "🌊" + "山" * 12_000
    reader = show(text=text)
    cut = cuts_of(text)[0]
    reader.replace_marks([], [Mark(1, Kind.CLAIM, cut - 3, cut + 2), Mark(2, Kind.FIGURE, cut, cut + 4)])
    reader.reveal(cut)
    above, below = reader.text_rect(cut - 3, cut), reader.text_rect(cut, cut + 2)
    assert below.top() > above.top(), "the paragraph goes on in the line below"
    assert has_colour(grabbed(reader), below.adjusted(2, below.height(), -2, 3), LIGHT.claim)
    assert reader.marks_at(cut - 1) == [1]
    assert reader.marks_at(cut) == [2, 1]
    hand.drag(above.topLeft() + QPoint(2, 4), QPoint(below.right(), below.center().y()))
    assert reader.selection() == Span(cut - 3, cut + 2)
    reader.view.copy()
    assert qapp.clipboard().text() == text[cut - 3 : cut + 2]


def test_more_lanes_move_the_lines_apart_and_fewer_bring_them_back(show, hand) -> None:
    reader = show()
    before = reader.text_rect(*hand.place("Nobody")).top()
    start, end = hand.place("The mayor")
    reader.replace_marks([], [Mark(10 + i, Kind.CLAIM, start, end) for i in range(7)])
    assert reader.text_rect(*hand.place("Nobody")).top() > before
    reader.replace_marks(range(10, 17), [])
    assert reader.text_rect(*hand.place("Nobody")).top() == before


def test_many_marks_in_one_line_move_no_other_lines_of_the_paragraph_apart(show) -> None:
    reader = show(text="boats and harbours 🌊 " * 60)
    line = reader.view.document().firstBlock().layout().lineAt(1)
    start = reader.view.offsets.to_code_point(line.textStart())

    def distances() -> list[float]:
        layout = reader.view.document().firstBlock().layout()
        return [layout.lineAt(n + 1).y() - layout.lineAt(n).y() for n in range(layout.lineCount() - 1)]

    before = distances()
    reader.replace_marks([], [Mark(i, Kind.CLAIM, start + 2, start + 20) for i in range(1, 7)])
    after = distances()
    assert after[1] > before[1]
    assert after[:1] + after[2:] == before[:1] + before[2:]
    reader.replace_marks(range(1, 7), [])
    assert distances() == before


def test_of_a_mark_in_a_line_that_is_scrolled_away_nothing_is_left(show) -> None:
    text = "boats and harbours " * 120
    reader = show(text=text)
    reader.replace_marks([], [Mark(i, Kind.CLAIM, 0, 300) for i in range(1, 6)])
    reader.view.verticalScrollBar().setValue(4)
    top = reader.view.places.first_visible_top()
    assert reader.view.places.first_visible_position() > 300
    above = QRect(0, 0, reader.view.viewport().width(), max(0, int(top) - 3))
    assert not has_colour(grabbed(reader), above, LIGHT.claim)


def test_the_column_stays_readable_and_in_the_middle_in_a_wide_window(show, hand, qtbot) -> None:
    reader = show(text="boats and harbours " * 60)
    reader.resize(1600, 500)
    qtbot.waitUntil(lambda: reader.view.width() > 1500)
    lines = reader.view.document().begin().layout()
    reader.grab()
    longest = max(lines.lineAt(i).textLength() for i in range(lines.lineCount()))
    assert 55 <= longest <= 90
    left, right = lines.lineAt(0).x(), lines.lineAt(0).x() + lines.lineAt(0).width()
    assert abs(left - (reader.view.viewport().width() - right)) < 60


def test_another_size_of_the_text_keeps_the_place_and_is_told(show) -> None:
    text = "\n".join(f"Paragraph {number} tells of boats." for number in range(300))
    reader = show(text=text)
    reader.reveal(text.index("Paragraph 200"))
    place = reader.visible_span().start
    assert [reader.set_point_size(points) for points in (20, 21, 20, 99)] == [20, 21, 20, 40]
    assert abs(reader.visible_span().start - place) < 60


def test_the_dark_theme_changes_ground_text_and_inks(show, hand) -> None:
    reader = show((1, Kind.SOURCE, "Ane Lund"))
    reader.set_theme(DARK)
    image = grabbed(reader)
    assert image.pixelColor(image.width() - 2, 2) == QColor(DARK.panel)
    box = reader.text_rect(*hand.place("Ane Lund"))
    assert has_colour(image, box.adjusted(2, box.height(), -2, 3), DARK.source)


def test_the_margin_says_which_kinds_a_paragraph_holds(show, hand) -> None:
    reader = show((1, Kind.SOURCE, "The mayor"), (2, Kind.CLAIM, "had warned"), (3, Kind.SOURCE, "Ane Lund"))
    grabbed(reader)
    block = reader.view.document().findBlockByNumber(2)
    paint = reader.view.canvas.paint_cache.known(block)
    assert paint is not None
    assert paint.kinds == (Kind.SOURCE, Kind.CLAIM)
    line = reader.text_rect(*hand.place("The"))
    margin = QRect(QPoint(4, line.top()), QPoint(line.left() - 4, line.bottom()))
    image = grabbed(reader)
    pixels = {
        image.pixelColor(x, y).name()
        for x in range(margin.left(), margin.right())
        for y in range(margin.top(), margin.bottom())
    }
    assert len(pixels) > 2


def test_the_line_between_two_paragraphs_of_a_mark_has_no_letters(show, hand) -> None:
    reader = show()
    text = reader.view.text
    blank = text.index("\n\n") + 1
    reader.replace_marks([], [Mark(1, Kind.CLAIM, blank - 8, blank + 8)])
    grabbed(reader)
    block = reader.view.document().findBlock(reader.view.offsets.to_utf16(blank))
    kinds = [reader.view.canvas.paint_cache.known(at).kinds for at in (block.previous(), block, block.next())]
    assert kinds == [(Kind.CLAIM,), (), (Kind.CLAIM,)]


def test_the_strip_shows_marks_and_a_click_goes_there(show, hand) -> None:
    text = "\n".join(f"Paragraph {number} tells of boats." for number in range(400))
    reader = show((1, Kind.FIGURE, "Paragraph 300 tells"), text=text)
    strip: Overview = reader.overview
    place = text.index("Paragraph 300")
    assert strip.kinds_at(place) == {Kind.FIGURE}
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, int(strip.y_of(place)) + 1))
    assert reader.visible_span().start < place < reader.visible_span().end
    reader.replace_marks([1], [])
    assert strip.kinds_at(place) == set()


def test_hovering_tells_every_mark_of_the_place_and_markup_stays_words(show, hand, qtbot, monkeypatch) -> None:
    reader = show((1, Kind.CLAIM, "The mayor, Ane Lund"), (2, Kind.SOURCE, "Ane Lund"))
    reader.describe = lambda number: f"<b>mark {number}</b>"
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda point, words, *rest: shown.append(words))
    point = hand.middle("Ane Lund")
    event = QHelpEvent(QEvent.Type.ToolTip, point, hand.viewport.mapToGlobal(point))
    QCoreApplication.sendEvent(hand.viewport, event)
    assert shown == ["<qt>&lt;b&gt;mark 2&lt;/b&gt;<br>&lt;b&gt;mark 1&lt;/b&gt;</qt>"]


def test_caret_keys_keep_the_caret_in_view_to_the_last_line(show) -> None:
    text = "\n".join(f"Paragraph {number} tells of boats." for number in range(80))
    reader = show(text=text)
    reader.view.setFocus()
    for _ in range(79):
        QTest.keyClick(reader.view, Qt.Key.Key_Down)
        assert QRectF(reader.view.viewport().rect()).contains(QPointF(reader.view.cursorRect().center()))
    assert reader.view.textCursor().blockNumber() == 79


def test_without_an_article_the_message_stands_alone(reader) -> None:
    reader.clear("Choose an article on the left, or drop <files> here")
    assert reader.message.isVisible()
    assert not reader.view.isVisible()
    assert reader.message.textFormat() == Qt.TextFormat.PlainText
    assert (reader.selection(), reader.selected_annotation(), reader.step_mark(1)) == (None, None, None)


@pytest.mark.parametrize("title", ["A very long headline about boats " * 12, "انهيار سد في وادي أورا", "<b>x</b>"])
def test_a_headline_of_any_kind_fits_above_the_text(show, title: str) -> None:
    reader = show()
    reader.set_header(title, "Coast Post")
    reader.grab()
    assert reader.header.title.text() == " ".join(title.split())
    assert reader.header.height() < reader.height() / 3


def test_marks_outside_the_text_are_left_out_and_nothing_is_warned_of(reader, qtlog) -> None:
    reader.show_article(
        "", "", "short", [Mark(1, Kind.CLAIM, 2, 99), Mark(2, Kind.CLAIM, 50, 60), Mark(3, Kind.CLAIM, 3, 3)]
    )
    reader.select(2)
    reader.select(1)
    reader.grab()
    assert (reader.marks_at(3), reader.marks_at(60)) == ([1], [])
    assert [record.message for record in qtlog.records if "propagateSizeHints" not in record.message] == []


@pytest.mark.parametrize("points", [9, 14, 30])
@pytest.mark.parametrize("width", [420, 1000, 1700])
def test_the_headline_stands_over_the_column_at_any_width_and_size(show, hand, points: float, width: int) -> None:
    reader = show()
    reader.set_point_size(points)
    reader.resize(width, 700)
    reader.grab()
    title = reader.header.title
    line = reader.view.document().begin().layout().lineAt(0)
    assert title.mapTo(reader, QPoint(0, 0)).x() == reader.view.mapTo(reader, QPoint(int(line.x()), 0)).x()
    assert abs(title.width() - line.width()) <= 1


def test_the_last_paragraph_has_room_for_its_bands_from_the_beginning(show, reader, hand) -> None:
    show()  # so that the reader held another article before
    text = "\n".join(f"Paragraph {number} tells of boats and of nets. " * 6 for number in range(60))
    start = text.index("Paragraph 59")
    reader.show_article("", "", text, [Mark(i, Kind.CLAIM, start, len(text)) for i in range(7)])
    reader.reveal(len(text))
    grabbed(reader)
    block = reader.view.document().lastBlock()
    paint = reader.view.canvas.paint_cache.known(block)
    assert paint is not None
    lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
    lowest_of_first = max(area.bottom() for _, area in paint.rectangles if area.top() < lines[1].y())
    assert lowest_of_first < lines[1].y()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(list(Kind))), max_size=9))
def test_each_word_has_the_fill_of_the_shortest_mark_alone(stretches: list[tuple[int, int, Kind]]) -> None:
    marks = [Mark(n, kind, start, start + length) for n, (start, length, kind) in enumerate(stretches)]
    entries = list(LaneIndex((mark.start, mark.end, mark) for mark in marks))
    filled = filled_stretches(entries, 3, 36)
    assert filled == sorted(filled, key=lambda stretch: stretch[1])
    for place in range(45):
        lengths = {}
        for mark in marks:
            if 3 <= place < 36 and mark.start <= place < mark.end:
                lengths.setdefault(mark.end - mark.start, set()).add(mark.kind)
        kinds = [kind for kind, start, end in filled if start <= place < end]
        shortest = lengths[min(lengths)] if lengths else set()
        assert len(kinds) == bool(lengths)
        assert set(kinds) <= (shortest if shortest == {Kind.CLAIM} else shortest - {Kind.CLAIM})


def test_a_figure_in_a_claim_has_its_own_fill_and_both_bands(show, hand) -> None:
    reader = show((1, Kind.CLAIM, "owners counted at least 40 boats"), (2, Kind.FIGURE, "at least 40 boats"))
    grabbed(reader)
    paint = reader.view.canvas.paint_cache.known(reader.view.document().firstBlock())
    within = reader.text_rect(*hand.place("40 boats")).center().x()
    there = [colour for colour, area in paint.rectangles if area.left() <= within <= area.right()]
    assert there == [LIGHT.fill(Kind.FIGURE), QColor(LIGHT.claim), QColor(LIGHT.figure)]


def columns_inked(reader, left: int, right: int, top: int, bottom: int) -> int:
    """How many columns of a part of the view hold the ink of sources, which has no red in it."""
    image = grabbed(reader)
    return sum(min(image.pixelColor(x, y).red() for y in range(top, bottom)) < 100 for x in range(left, right))


def test_a_suggestion_is_dotted_in_its_ink_without_a_fill(show, hand) -> None:
    reader = show((1, Kind.SOURCE, "Ane Lund"))
    mark = next(iter(reader.view.marks)).item
    box = reader.text_rect(*hand.place("Ane Lund"))
    band = box.left() + 1, box.right() - 1, box.bottom(), box.bottom() + 4
    assert columns_inked(reader, *band) == band[1] - band[0]
    reader.replace_marks([1], [replace(mark, suggested=True)])
    assert 0 < columns_inked(reader, *band) <= 0.75 * (band[1] - band[0])
    assert grabbed(reader).pixelColor(box.left() + 1, box.top() + 1) == QColor(LIGHT.panel)
    reader.select(1)
    assert grabbed(reader).pixelColor(box.left() + 3, box.top() + 3) == QColor(LIGHT.panel)


def test_the_outline_of_a_selected_suggestion_is_dotted(show, hand) -> None:
    reader = show((1, Kind.SOURCE, "Ane Lund"))
    mark = next(iter(reader.view.marks)).item
    box = reader.text_rect(*hand.place("Ane Lund"))
    upper = box.left() + 6, box.right() - 6, box.top() - 4, box.top()
    reader.select(1)
    assert columns_inked(reader, *upper) == upper[1] - upper[0]
    reader.replace_marks([1], [replace(mark, suggested=True)])
    assert 0 < columns_inked(reader, *upper) <= 0.75 * (upper[1] - upper[0])


def test_the_margin_has_small_letters_for_what_is_only_suggested(show, hand) -> None:
    reader = show((1, Kind.SOURCE, "The mayor"), (3, Kind.SOURCE, "Ane Lund"))
    start, end = hand.place("warned")
    reader.replace_marks(
        [], [Mark(4, Kind.CLAIM, start, end, suggested=True), Mark(5, Kind.SOURCE, start, end, None, True)]
    )
    grabbed(reader)
    paint = reader.view.canvas.paint_cache.known(reader.view.document().findBlockByNumber(2))
    assert (paint.kinds, paint.suggested_kinds) == ((Kind.SOURCE,), (Kind.CLAIM,))


def test_hovering_over_the_letters_tells_what_they_count(show, hand, monkeypatch) -> None:
    reader = show((1, Kind.SOURCE, "The mayor"), (2, Kind.CLAIM, "port"), (3, Kind.SOURCE, "Ane Lund"))
    start, end = hand.place("warned")
    interrupted = [
        Mark(4, Kind.FIGURE, start, end, None, True),
        Mark(4, Kind.FIGURE, *hand.place("leaking"), None, True),
    ]
    reader.replace_marks([], interrupted)
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda point, words, *rest: shown.append(words))
    monkeypatch.setattr(QToolTip, "hideText", lambda: shown.append(""))
    line = reader.text_rect(*hand.place("The mayor"))
    for point in (QPoint(line.left() - 14, line.center().y()), QPoint(line.left() - 14, line.bottom() + 60)):
        event = QHelpEvent(QEvent.Type.ToolTip, point, hand.viewport.mapToGlobal(point))
        QCoreApplication.sendEvent(hand.viewport, event)
    assert shown == ["<qt>1 claim, 2 sources, 1 suggested figure</qt>", ""]
