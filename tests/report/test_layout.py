"""Widths and heights that leave no word out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.report import layout
from annotate.report.letters import running_width, text_width
from annotate.report.page import PAGE_WIDTH, pages_across
from annotate.report.tables import Column, ColumnKind, Table

PROSE = Column("Note", 30)


def width_of(column: Column, *texts: str) -> float:
    return layout.column_widths(Table("T", "", (column,), [(text,) for text in texts]))[0]


def test_an_empty_column_is_as_wide_as_its_heading_and_the_filter_button() -> None:
    assert len("Note") < width_of(PROSE, "") < 12


def test_a_column_is_no_wider_than_its_words() -> None:
    assert width_of(PROSE, "short") < width_of(PROSE, "rather a lot longer") <= 30


def test_a_long_text_widens_its_column_so_that_the_row_stays_readable() -> None:
    assert width_of(PROSE, "word " * 80) > 30


def test_a_text_that_would_pass_excels_highest_row_gets_the_width_it_needs() -> None:
    text = "word " * 500
    width = width_of(PROSE, text)
    height, cut = layout.row_height([text], [width])
    assert cut == []
    assert height <= layout.HIGHEST


def test_a_text_that_no_row_can_show_is_named() -> None:
    text = "word " * 5_000
    assert layout.row_height(["x", text], [20, width_of(PROSE, text)]) == (layout.HIGHEST, [1])


@pytest.mark.parametrize(("narrow", "wide"), [("illi", "WWWW"), ("abcd", "漢字仮名"), ("e", "e\u0301e")])
def test_signs_take_the_room_they_have_in_print(narrow: str, wide: str) -> None:
    assert text_width(narrow) < text_width(wide)


def test_a_combining_mark_takes_no_room() -> None:
    assert text_width("e\u0301") == text_width("e")


@given(st.text("ab W漢\n", max_size=300), st.floats(2, 80))
def test_a_row_is_never_lower_than_its_lines_need(text: str, width: float) -> None:
    lines = layout.lines_needed(text, width)
    least = sum(max(1, -(-text_width(line) // width)) for line in text.split("\n"))
    assert lines >= least


@given(st.text("ab 漢\n", max_size=200))
def test_a_narrower_column_never_needs_fewer_lines(text: str) -> None:
    assert layout.lines_needed(text, 20) >= layout.lines_needed(text, 60)


def test_codes_never_wrap() -> None:
    column = Column("Mode", 14, ColumnKind.CODE)
    assert layout.lines_needed("outlet's own voice", width_of(column, "outlet's own voice")) == 1


@given(st.text("abW %\t“é", max_size=200), st.text("漢قé👩🏽", max_size=20))
def test_the_running_width_ends_at_the_width_of_the_text(western: str, other: str) -> None:
    for text in (western, western + other):
        assert ([0.0, *running_width(text)])[-1] == pytest.approx(text_width(text))


@given(st.lists(st.text("ab W漢\n", max_size=120), min_size=1, max_size=6), st.floats(3, 60))
def test_a_row_is_as_high_as_its_longest_cell(texts: list[str], width: float) -> None:
    most = max(layout.lines_needed(text, width) for text in texts)
    height, cut = layout.row_height(texts, [width] * len(texts))
    assert height == min(layout.HIGHEST, most * layout.LINE + layout.PADDING)
    assert cut == [place for place, text in enumerate(texts) if layout.lines_needed(text, width) > layout.MOST_LINES]


def test_a_heading_takes_two_lines_at_most() -> None:
    width = width_of(Column("High minus low", 12, ColumnKind.NUMBER), "1")
    assert layout.lines_needed("High minus low", width) <= 2
    assert width < width_of(Column("Highminuslow", 12, ColumnKind.NUMBER), "1")


def test_what_is_as_wide_as_its_column_takes_one_line() -> None:
    text = "every wall on the river was inspected within the last months"
    assert layout.lines_needed(text, width_of(Column("Words", 70), text)) == 1


@given(st.text("ab 漢\n\u0301\ufeff👩🏽", max_size=400), st.floats(3, 60))
def test_the_pieces_of_a_text_are_all_of_it_and_each_fits_a_row(text: str, width: float) -> None:
    pieces = layout.pieces_of_rows(text, width)
    assert "".join(pieces) == text
    assert all(pieces) or pieces == [""]
    whole = [piece for piece in pieces if "\u0301" not in piece and "🏽" not in piece and "\ufeff" not in piece]
    assert all(layout.row_height([piece], [width])[1] == [] for piece in whole)


def test_a_text_of_many_lines_is_cut_between_them() -> None:
    text = "".join(f"{number} a\u0301 line 🌊 of words\n" for number in range(100))
    pieces = layout.pieces_of_rows(text, 110)
    assert len(pieces) > 3
    assert all(piece.endswith("\n") for piece in pieces[:-1])


@given(st.lists(st.floats(5, 80), min_size=1, max_size=30))
def test_no_page_is_wider_than_one_that_can_be_read(widths: list[float]) -> None:
    assert 1 <= pages_across(widths) <= len(widths)
    assert (pages_across(widths) == 1) == (sum(widths) <= PAGE_WIDTH)


def test_columns_of_prose_shrink_a_little_where_that_saves_a_page() -> None:
    columns = (Column("ID", 9, ColumnKind.ID), Column("A", 60), Column("B", 60), Column("C", 60))
    words = "as many words as a sentence of a claim has, and some more of them to fill its lines 🌊"
    widths = layout.column_widths(Table("T", "", columns, [("C-0001", words, words, words)]))
    assert pages_across(widths) == 1
    assert 48 <= widths[1] < 60
    alone = layout.column_widths(Table("T", "", columns[:2], [("C-0001", words)]))
    assert alone[1] == 60
