"""Of a form in Word what was filled in is read, and what only asks for it is not."""

from __future__ import annotations

import docx
import docx.enum.style

from annotate.importers import read_bytes
from tests.importers.word_files import saved, with_body


def test_fields_of_a_form_that_nobody_has_filled_in_are_no_words() -> None:
    def field(words: str, properties: str) -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    empty, filled = "<w:showingPlcHdr/>", "<w:showingPlcHdr w:val='0'/>"
    inner = f"<w:r><w:t xml:space='preserve'>Name: </w:t></w:r>{field('Choose an item.', empty)}{field('Ana', filled)}"
    whole = "<w:sdtContent><w:p><w:r><w:t>Tap here</w:t></w:r></w:p></w:sdtContent>"
    block = f"<w:sdt><w:sdtPr>{empty}</w:sdtPr>{whole}</w:sdt>"
    data = with_body(f"{block}<w:p>{inner}</w:p>")
    assert read_bytes(data, "form.docx").articles[0].text == "Name: Ana"


def test_an_empty_field_that_is_a_whole_cell_keeps_its_column() -> None:
    def cell(words: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    def field(inner: str) -> str:
        return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    rows = f"<w:tr>{cell('هدوء')}{field(cell('Tap here'))}{cell('🇺🇦')}</w:tr>"
    rows += field(f"<w:tr>{cell('Tap here')}</w:tr>")
    data = with_body(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    assert read_bytes(data, "form.docx").articles[0].text == "هدوء\t\t🇺🇦"


def test_what_only_the_style_of_a_prompt_shows_is_left_out_and_told() -> None:
    document = docx.Document()
    style = document.styles.add_style("Placeholder Text", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph("Name: ").add_run("Click here to enter text.", style)
    imported = read_bytes(saved(document), "form.docx")
    assert imported.articles[0].text == "Name:"
    assert imported.warnings == ("Words that an empty field of a form shows were left out.",)


def test_a_field_that_was_filled_in_keeps_its_words_in_the_style_of_a_prompt() -> None:
    run = "<w:r><w:rPr><w:rStyle w:val='PlaceholderText'/></w:rPr><w:t>Zoë Ünal</w:t></w:r>"
    data = with_body(f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt></w:p>")
    assert read_bytes(data, "form.docx").articles[0].text == "Zoë Ünal"
