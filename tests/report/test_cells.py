"""Text through a real workbook and back."""

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.report.cells import CONTINUES, LONGEST, cell_text, needs_quote_prefix, pieces, shown_text, utf16_units

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=200)
FAMILY = "👨‍👩‍👧‍👦"


def through_excel(text: str) -> str:
    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Text")
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=cell_text(text))
    cell.data_type = "s"
    sheet.append([cell])
    file = BytesIO()
    workbook.save(file)
    read = openpyxl.load_workbook(file)["Text"]["A1"]
    assert read.data_type in ("s", "inlineStr", "n"), "a formula or an error was made of text"
    return shown_text(read.value or "")


@given(ANY_TEXT)
@settings(max_examples=150)
@example("=cmd|'/c calc'!A1")
@example("#N/A")
@example("a\r\nb\rc\u2028d\x0be")
@example("\ud83d\ude00 \ud800 \ufffe \x00")
@example("_x0041_ and _x005F_x0041_")
@example("\ufeff é 🇺🇦 قال")
@example("  spaces\t ")
def test_any_text_comes_back_from_a_workbook_in_its_canonical_form(text: str) -> None:
    assert through_excel(text) == canonical(text).text


@given(ANY_TEXT)
def test_text_as_written_shows_as_itself(text: str) -> None:
    assert shown_text(cell_text(text)) == canonical(text).text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@x", "'quoted", "＝1"])
def test_text_that_excel_would_read_anew_is_marked_as_text(text: str) -> None:
    assert needs_quote_prefix(text)


@pytest.mark.parametrize("text", ["", "plain", "5 = five", "🙂=1"])
def test_other_text_is_not_marked(text: str) -> None:
    assert not needs_quote_prefix(text)


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST])
def test_what_fits_a_cell_stays_in_one(length: int) -> None:
    assert pieces("a" * length) == ["a" * length]


def test_the_edge_is_counted_in_utf16_units() -> None:
    fits = "🌊" * (LONGEST // 2) + "a"
    assert utf16_units(fits) == LONGEST
    assert len(pieces(fits)) == 1
    assert len(pieces(fits + "a")) == 2


def test_an_escape_is_counted_as_long_as_it_is_written() -> None:
    assert len(pieces("_x0041_" * (LONGEST // 13 + 1))) > 1


@given(st.sampled_from([FAMILY, "🇺🇦", "é", "_x0041_", "قال ", "\ufeff", "a\n"]), st.text("ab 🌊", max_size=5))
@settings(max_examples=20)
def test_pieces_of_a_long_text_are_the_text_and_fit_their_cells(unit: str, ending: str) -> None:
    text = unit * 30_000 + ending
    found = pieces(text)
    assert "".join(found) == canonical(text).text
    written = [cell_text(piece) for piece in found]
    assert all(utf16_units(piece + CONTINUES) <= LONGEST for piece in written[:-1])
    assert utf16_units(written[-1]) <= LONGEST
    assert "".join(map(shown_text, written)) == canonical(text).text


def test_a_piece_never_ends_inside_a_grapheme() -> None:
    found = pieces(FAMILY * 9_000)
    assert len(found) > 1
    assert all(len(piece) % len(FAMILY) == 0 for piece in found)
