"""Word documents: the words that a reader sees on the page, in their order, and none besides."""

from __future__ import annotations

from pathlib import Path

import docx
import docx.enum.style
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.importers import assembly, read_bytes, read_file
from annotate.vocabulary import PartRole
from tests.importers.word_files import (
    appended,
    draft_of,
    imported,
    paragraph_xml,
    repacked,
    saved,
    with_body,
    with_part,
)


def test_paragraphs_tables_and_headings_come_in_document_order() -> None:
    document = docx.Document()
    document.add_heading("Flood in the valley 🌊", level=1)
    document.add_paragraph("First paragraph, مرحبا.")
    table = document.add_table(rows=2, cols=2)
    for number, words in enumerate(["Town", "Dead", "Abc", "1\u00a0200"]):
        table.cell(number // 2, number % 2).text = words
    document.add_paragraph("Last cafe\u0301 🇺🇦.")
    draft = draft_of(document)
    assert draft.text == (
        "Flood in the valley 🌊\n\nFirst paragraph, مرحبا.\n\nTown\tDead\nAbc\t1\u00a0200\n\nLast cafe\u0301 🇺🇦."
    )
    assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [
        (PartRole.HEADLINE, "Flood in the valley 🌊")
    ]
    assert (draft.title, draft.title_confirmed) == ("Flood in the valley 🌊", False)


def test_items_of_a_list_follow_on_the_next_line() -> None:
    document = docx.Document()
    document.add_paragraph("Among them:")
    for words in ("one", "two"):
        paragraph = document.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}/>"))
    document.add_paragraph("After.")
    assert draft_of(document).text == "Among them:\n\none\ntwo\n\nAfter."


def test_a_table_in_a_table_is_told_once() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "left"
    inner = outer.cell(0, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "inside"
    assert draft_of(document).text == "left\tinside"


def test_text_of_links_insertions_and_controls_is_kept_and_deletions_are_not() -> None:
    document = appended(
        docx.Document(),
        paragraph_xml(
            "<w:r><w:t xml:space='preserve'>Seen </w:t></w:r>"
            "<w:hyperlink w:anchor='x'><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
            "<w:ins w:id='1' w:author='a'><w:r><w:t xml:space='preserve'> inserted</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='a'><w:r><w:delText>deleted</w:delText></w:r></w:del>"
            "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> controlled</w:t></w:r></w:sdtContent></w:sdt>"
            "<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:tab/><w:t>tab</w:t><w:br/><w:t>break</w:t></w:r>"
        ),
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Block control</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert draft_of(document).text == "Seen linked inserted controlled\ttab\nbreak\n\nBlock control"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    alternatives = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    document = appended(docx.Document(), paragraph_xml(f"<w:r><w:t>Around</w:t></w:r><w:r>{alternatives}</w:r>"))
    assert draft_of(document).text == "Around\n\nIn the box"


def test_hidden_text_is_left_out_and_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen. ")
    paragraph.add_run("Unseen.").font.hidden = True
    read = imported(document)
    assert read.articles[0].text == "Seen."
    assert read.warnings == ("Text that is formatted as hidden was left out.",)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_comes_back_as_the_same_words(paragraphs: list[str]) -> None:
    document = docx.Document()
    for words in ["Start", *paragraphs]:
        document.add_paragraph(words)
    expected = assembly.assemble(assembly.Block(words) for words in ["Start", *paragraphs])
    read = imported(document)
    assert (read.articles[0].text, read.warnings) == (expected.text, ())


def test_a_document_in_the_strict_format_is_read() -> None:
    document = docx.Document()
    document.add_heading("Strict", level=1)
    document.add_paragraph("Words 👩‍👩‍👧.")

    def strict(path: str, part: bytes) -> bytes:
        for transitional, name in (
            (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"wordprocessingml/main"),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"officeDocument/"),
            (b"http://schemas.openxmlformats.org/drawingml/2006/", b"drawingml/"),
        ):
            part = part.replace(transitional, b"http://purl.oclc.org/ooxml/" + name)
        return part

    assert read_bytes(repacked(saved(document), strict), "s.docx").articles[0].text == "Strict\n\nWords 👩‍👩‍👧."


def test_footnotes_follow_the_text_and_are_told(shared: Path) -> None:
    read = read_file(shared / "inputs" / "docx" / "footnotes.docx")
    assert read.articles[0].text == "Ouch.\n\nA tachyon walks into a bar.\n\nFin."
    assert read.warnings == ("2 footnotes were put after the text.",)
    assert read.articles[0].author == "Michael Williamson"


def test_shared_documents_are_read(shared: Path) -> None:
    folder = shared / "inputs" / "docx"
    links = read_file(folder / "hyperlinks.docx").articles[0]
    assert links.text == (
        "No hyperlinks\n\nOne awesome hyperlink.\n\n"
        "Three hyperlinks: the first one here, the second one, and the third."
    )
    strict = read_file(folder / "strict-format.docx").articles[0]
    assert (strict.text, strict.author) == ("Test", "Tom Chantry")
    for name in ("coreprops.docx", "table.docx"):
        with pytest.raises(ImportRefused, match=rf"^{name} holds no words"):
            read_file(folder / name)


def test_a_style_makes_list_items_headings_and_hidden_words() -> None:
    document = docx.Document()
    styles = document.styles
    own = styles.add_style("House headline", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = styles["Heading 2"]
    secret = styles.add_style("Secret", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    secret.font.hidden = True
    document.add_paragraph("Our headline", style="House headline")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Bullet")
    document.add_paragraph("three", style="List Number").add_run(" unseen", style="Secret")
    levelled = document.add_paragraph("A heading by its level")
    levelled._p.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='0'/>"))
    read = imported(document)
    draft = read.articles[0]
    assert draft.text == "Our headline\n\none\ntwo\nthree\n\nA heading by its level"
    assert [draft.text[part.start : part.end] for part in draft.parts] == ["Our headline", "A heading by its level"]
    assert read.warnings == ("Text that is formatted as hidden was left out.",)


def field(code: str, shown: str) -> str:
    return (
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{code}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{shown}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def test_of_a_field_only_what_it_shows_is_read() -> None:
    def code(words: str) -> str:
        return f"<w:r><w:instrText>{words}</w:instrText></w:r>"

    def run(words: str) -> str:
        return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"

    inner = field(code("MERGEFIELD Name"), run("Name"))
    without_result = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + code("XE") + run("index")
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    document = appended(
        docx.Document(),
        paragraph_xml(run("See ") + field(code("HYPERLINK ") + inner, run("the report")) + run(", page ")),
        paragraph_xml(
            f"<w:fldSimple w:instr='PAGE'>{run('3')}</w:fldSimple>" + without_result + end + end + run(" of 12.")
        ),
        paragraph_xml(run("Open") + without_result),
        paragraph_xml(run("After")),
    )
    assert draft_of(document).text == "See the report, page\n\n3 of 12.\n\nOpen\n\nAfter"


def test_a_deleted_row_is_gone_and_a_deleted_paragraph_end_joins_two() -> None:
    def row(words: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>"

    gone = row("old", "<w:trPr><w:del w:id='2' w:author='a'/></w:trPr>")
    deleted = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    data = with_body(
        f"<w:p>{deleted}<w:r><w:t xml:space='preserve'>Five </w:t></w:r></w:p><w:p><w:r><w:t>died.</w:t></w:r></w:p>"
        f"<w:tbl>{gone}{row('new')}</w:tbl>"
        f"<w:p>{deleted}<w:r><w:t>Last</w:t></w:r></w:p><w:sectPr/>"
    )
    assert read_bytes(data, "a.docx").articles[0].text == "Five died.\n\nnew\n\nLast"


def test_a_cell_has_its_text_boxes_once_and_its_notes() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    data = with_body(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r><w:r><w:footnoteReference w:id='2'/>"
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "</w:tc></w:tr></w:tbl>"
    )
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>Says the mayor.</w:t></w:r></w:p>"
        "</w:footnote><w:footnote w:id='3'><w:p><w:r><w:t>Unused.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    read = read_bytes(with_part(data, "footnotes", notes), "a.docx")
    assert read.articles[0].text == "Cell In the box\n\nSays the mayor."
    assert read.warnings == ("1 footnote was put after the text.",)


def test_formulas_are_read_and_comments_and_ruby_are_not() -> None:
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    data = with_body(
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t xml:space='preserve'>So </w:t></w:r>"
        f"<m:oMath {math}><m:r><m:t>x=5</m:t></m:r></m:oMath><w:r><w:commentReference w:id='0'/></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r></w:p>"
    )
    comments = (
        f"<w:comments {nsdecls('w')}><w:comment w:id='0'><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:comment></w:comments>"
    )
    assert read_bytes(with_part(data, "comments", comments), "a.docx").articles[0].text == "So x=5東京"


@pytest.mark.parametrize(
    "content_type",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_read(content_type: bytes) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    document = docx.Document()
    document.add_paragraph("Words.")
    data = repacked(saved(document), lambda _path, part: part.replace(usual, content_type))
    assert read_bytes(data, "a.docm").articles[0].text == "Words."


def test_a_heading_that_is_numbered_by_its_style_is_no_item_of_a_list() -> None:
    def heading(words: str) -> str:
        level = "<w:outlineLvl w:val='0'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr>"
        return f"<w:p><w:pPr>{level}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"

    data = with_body(heading("Findings") + heading("Housing"))
    assert read_bytes(data, "report.docx").articles[0].text == "Findings\n\nHousing"


def test_signs_of_symbol_fonts_are_characters() -> None:
    signs = (("Symbol", "F0B0"), ("Wingdings", "F0FC"), ("Symbol", "61"), ("Wingdings", "zz"), ("Unknown", "F0FC"))
    inner = "".join(f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>" for font, code in signs)
    data = with_body(f"<w:p><w:r><w:t>At 20</w:t></w:r>{inner}</w:p>")
    assert read_bytes(data, "signs.docx").articles[0].text == "At 20°✓α"
