"""Tables of documents: data row by row, and paragraphs that are only laid out by a table, alike in all formats."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotate.importers import Draft, read_bytes
from annotate.vocabulary import PartRole
from tests.importers.test_open_document import flat
from tests.importers.test_rich_text import rtf, written
from tests.importers.word_files import with_body

Table = list[list[list[str]]]
"""Rows of cells of paragraphs."""

PROSE = "The river rose by 40 centimetres on Tuesday, the council said, and 🇺🇦 e\u0301ngineers closed both bridges."
MORE = "Residents of the lower town were told to leave; about 300 of them spent the night in the school hall."


def word(table: Table) -> Draft:
    def paragraph(words: str) -> str:
        return f"<w:p><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"

    rows = "".join(
        "<w:tr>" + "".join("<w:tc>" + "".join(map(paragraph, cell or [""])) + "</w:tc>" for cell in row) + "</w:tr>"
        for row in table
    )
    body = paragraph("Before") + f"<w:tbl><w:tblPr/>{rows}</w:tbl>" + paragraph("After")
    return read_bytes(with_body(body), "table.docx").articles[0]


def open_document(table: Table) -> Draft:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            "<table:table-cell>" + "".join(f"<text:p>{words}</text:p>" for words in cell) + "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in table
    )
    body = f"<text:p>Before</text:p><table:table>{rows}</table:table><text:p>After</text:p>"
    return read_bytes(flat(body), "table.fodt").articles[0]


def rich_text(table: Table) -> Draft:
    rows = "".join(
        "\\trowd\\cellx1000\\cellx2000"
        + "".join("\\pard\\intbl " + "\\par ".join(map(written, cell)) + "\\cell" for cell in row)
        + "\\row"
        for row in table
    )
    return read_bytes(rtf(f"\\pard Before\\par{rows}\\pard After\\par"), "table.rtf").articles[0]


FORMATS: list[Callable[[Table], Draft]] = [word, open_document, rich_text]


@pytest.fixture(params=FORMATS, ids=lambda read: read.__name__)
def read(request: pytest.FixtureRequest) -> Callable[[Table], Draft]:
    made: Callable[[Table], Draft] = request.param
    return made


def test_paragraphs_in_a_single_cell_are_paragraphs_of_the_text(read: Callable[[Table], Draft]) -> None:
    assert read([[[PROSE, MORE]]]).text == f"Before\n\n{PROSE}\n\n{MORE}\n\nAfter"


def test_a_column_beside_another_comes_after_it(read: Callable[[Table], Draft]) -> None:
    table = [[[PROSE, MORE], ["In brief", "Rain fell."]]]
    assert read(table).text == f"Before\n\n{PROSE}\n\n{MORE}\n\nIn brief\n\nRain fell.\n\nAfter"


def test_data_stays_row_by_row_with_its_columns_below_each_other(read: Callable[[Table], Draft]) -> None:
    table = [[[], ["men"], ["women"]], [["May"], ["12"], ["9"]], [["June"], [], ["4", "(est.)"]]]
    assert read(table).text == "Before\n\n\tmen\twomen\nMay\t12\t9\nJune\t\t4 (est.)\n\nAfter"


def test_a_long_table_holds_data_also_with_a_remark_of_two_paragraphs(read: Callable[[Table], Draft]) -> None:
    table = [[[str(day)], ["calm"]] for day in range(1, 6)] + [[["6"], [PROSE, MORE]]]
    assert read(table).text.endswith(f"5\tcalm\n6\t{PROSE} {MORE}\n\nAfter")


def test_a_heading_in_a_cell_is_a_heading_where_the_table_lays_out() -> None:
    body = (
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>Flood</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Both bridges are shut.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    draft = read_bytes(with_body(body), "flood.docx").articles[0]
    assert draft.text == "Flood\n\nBoth bridges are shut."
    assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [(PartRole.HEADLINE, "Flood")]


def test_a_cell_over_two_columns_keeps_the_next_one_in_its_place() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    rows = (cell("Total", "<w:gridSpan w:val='2'/>") + cell("322"), cell("North") + cell("1") + cell("12"))
    body = "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert read_bytes(with_body(body), "table.docx").articles[0].text == "Total\t\t322\nNorth\t1\t12"


def test_columns_that_a_row_leaves_free_are_kept() -> None:
    def row(free: str, *words: str) -> str:
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in words)
        return f"<w:tr><w:trPr>{free}</w:trPr>{cells}</w:tr>"

    rows = row("", "Area", "men", "women") + row("<w:gridBefore w:val='1'/><w:gridAfter w:val='1'/>", "12")
    rows += row("<w:gridBefore w:val='many'/>", "Dolna")
    data = with_body(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    assert read_bytes(data, "table.docx").articles[0].text == "Area\tmen\twomen\n\t12\nDolna"


def test_an_empty_cell_that_stands_for_several_is_as_wide_as_they_are() -> None:
    def cell(words: str, count: str) -> str:
        return f"<table:table-cell table:number-columns-repeated='{count}'>{words}</table:table-cell>"

    rows = (
        cell("", "2") + cell("<text:p>men</text:p>", "1") + cell("<text:p/>", "16380"),
        cell("<text:p>May</text:p>", "1") + cell("<text:p/>", "99999999999") + cell("<text:p>12</text:p>", "many"),
    )
    body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
    assert read_bytes(flat(body), "table.fodt").articles[0].text == "\t\tmen\nMay" + "\t" * 64 + "12"


def test_a_cell_of_rich_text_is_as_wide_as_its_edges_say() -> None:
    def row(edges: list[int], *cells: str) -> str:
        ends = "".join(f"\\cellx{edge}" for edge in edges)
        return f"\\trowd{ends}\\pard\\intbl " + "".join(f"{words}\\cell " for words in cells) + "\\row"

    rows = row([4005, 6000], "Total", "322") + row([2000, 4000, 6000], "North", "1", "12")
    rows += row([3000, 6000], "elsewhere", "9") + row([], "none", "8") + row([4000, 6000], "one cell", "and", "more")
    text = read_bytes(rtf(f"{rows}\\pard After\\par"), "table.rtf").articles[0].text
    assert text == "Total\t\t322\nNorth\t1\t12\nelsewhere\t9\nnone\t8\none cell\tand\tmore\n\nAfter"
