"""Word documents: the words on the page, in order; nothing invented; hostile packages end in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import docx.enum.style
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, assembly, read_bytes, read_file
from annotate.vocabulary import PartRole


def saved(document: Any) -> bytes:
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def imported(document: Any, name: str = "report.docx") -> ImportedFile:
    return read_bytes(saved(document), name)


def draft_of(document: Any, name: str = "report.docx") -> Draft:
    return imported(document, name).articles[0]


def paragraph_xml(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w', 'wp', 'a')}>{inner}</w:p>")


def appended(document: Any, *elements: Any) -> Any:
    for element in elements:
        document.element.body.insert(len(document.element.body) - 1, element)
    return document


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
    return packed.getvalue()


def with_body(inner: str) -> bytes:
    """A document whose body is given as XML."""

    def change(path: str, part: bytes) -> bytes:
        if path != "word/document.xml":
            return part
        start = part.index(b"<w:body>") + len(b"<w:body>")
        return part[:start] + inner.encode() + part[part.index(b"</w:body>") :]

    return repacked(saved(docx.Document()), change)


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


def test_a_styled_title_is_stated_by_the_document() -> None:
    document = docx.Document()
    document.add_heading("Ten years on", level=0)
    document.add_paragraph("Words.")
    document.core_properties.title = "Template of 2009"
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Ten years on", True)


def test_a_title_in_the_properties_is_confirmed_only_where_the_text_shows_it() -> None:
    shown, unseen = docx.Document(), docx.Document()
    for document in (shown, unseen):
        document.core_properties.title = "Ten years on"
        document.add_paragraph("It was late in the day, and nobody knew what to do.")
    shown.add_paragraph("Ten years on")
    assert (draft_of(shown).title, draft_of(shown).title_confirmed) == ("Ten years on", True)
    assert (draft_of(unseen).title, draft_of(unseen).title_confirmed) == ("Ten years on", False)


def test_a_headline_that_is_seen_goes_before_a_title_in_the_properties_that_is_not() -> None:
    document = docx.Document()
    document.core_properties.title = "Template of the press office"
    for words in ("Dam above Alt-Moor was never inspected 🌊", "By Ines Maro", "12 March 2026", "It rose e\u0301."):
        document.add_paragraph(words)
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Dam above Alt-Moor was never inspected 🌊", False)
    assert (draft.author, draft.published.on) == ("Ines Maro", date(2026, 3, 12))


@pytest.mark.parametrize("junk", ["", "Microsoft Word - final2.doc", "Document1", "untitled", "report.docx"])
def test_a_junk_title_in_the_properties_is_passed_over(junk: str) -> None:
    document = docx.Document()
    document.core_properties.title = junk
    document.add_paragraph("It was late in the day, and nobody knew what to do.")
    assert draft_of(document, "valley.docx").title == "valley"


def test_author_and_language_are_taken_and_a_publication_date_is_never_made_up() -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    document.core_properties.author = "Olena Kovalenko"
    document.core_properties.language = "uk-UA"
    document.core_properties.created = datetime(2012, 5, 6, tzinfo=UTC).replace(tzinfo=None)
    draft = draft_of(document)
    assert (draft.author, draft.language) == ("Olena Kovalenko", "uk-UA")
    assert (draft.published.words, draft.published.on, draft.outlet) == (None, None, None)


def test_the_author_that_software_fills_in_is_no_author() -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    document.core_properties.author = "python-docx"
    document.core_properties.language = "Language"
    draft = draft_of(document)
    assert (draft.author, draft.language) == (None, None)


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


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^empty\.docx holds no words"):
        imported(docx.Document(), "empty.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_document_is_refused(share: float) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    data = saved(document)
    with pytest.raises(ImportRefused, match=r"^cut\.docx is damaged or not a Word document: "):
        read_bytes(data[: int(len(data) * share)], "cut.docx")


def test_changed_bytes_in_the_text_are_noticed() -> None:
    packed = BytesIO()
    original = BytesIO(with_body("<w:p><w:r><w:t>Five died</w:t></w:r></w:p>"))
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for member in old.infolist():
            new.writestr(member.filename, old.read(member))
    with pytest.raises(ImportRefused, match=r"^bad\.docx is damaged"):
        read_bytes(packed.getvalue().replace(b"Five died", b"Four died"), "bad.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (64 * 1024 * 1024))
    with pytest.raises(ImportRefused, match=r"^bomb\.docx would unpack to 64 MB"):
        read_bytes(packed.getvalue(), "bomb.docx")


def test_a_billion_laughs_expand_to_nothing() -> None:
    def change(path: str, part: bytes) -> bytes:
        if path != "word/document.xml":
            return part
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        head, body = part.split(b"?>", 1)
        body = body.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>Before &l9; after</w:t></w:r></w:p>")
        return head + b'?><!DOCTYPE x [<!ENTITY l0 "ha">' + laughs.encode() + b"]>" + body

    try:
        text = read_bytes(repacked(saved(docx.Document()), change), "laughs.docx").articles[0].text
    except ImportRefused as refused:
        text = str(refused)
        assert text.startswith("laughs.docx ")
    assert "ha" not in text.replace("laughs", "").replace("damaged", "")
    assert len(text) < 300


def test_an_external_entity_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", "utf-8")

    def change(path: str, part: bytes) -> bytes:
        if path != "word/document.xml":
            return part
        head, body = part.split(b"?>", 1)
        body = body.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>Before &e; after</w:t></w:r></w:p>")
        return head + f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode() + body

    read = read_bytes(repacked(saved(docx.Document()), change), "xxe.docx")
    assert "secret words" not in read.articles[0].text
    assert read.articles[0].text.startswith("Before")


def test_deep_nesting_ends_in_a_sentence_or_in_text() -> None:
    def deep(levels: int) -> bytes:
        return with_body(
            "<w:sdt><w:sdtContent>" * levels
            + "<w:p><w:r><w:t>Deep</w:t></w:r></w:p>"
            + "</w:sdtContent></w:sdt>" * levels
        )

    assert read_bytes(deep(100), "deep.docx").articles[0].text == "Deep"
    with pytest.raises(ImportRefused, match=r"^deep\.docx is damaged or not a Word document; "):
        read_bytes(deep(5000), "deep.docx")


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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("51921-Word-Crash067.docx", "holds no words"),
        ("bug53475-password-is-pass.docx", "is protected with a password; open it in Word"),
        ("clusterfuzz-testcase-minimized-POIXWPFFuzzer-4959857092198400.docx", "is damaged or not a Word document"),
        ("clusterfuzz-testcase-minimized-POIXWPFFuzzer-5569740188549120.docx", "is damaged or not a Word document"),
        ("crash-517626e815e0afa9decd0ebb6d1dee63fb9907dd.docx", "is damaged or not a Word document"),
        ("truncated62886.docx", "is damaged or not a Word document"),
    ],
)
def test_shared_hostile_documents_are_refused_in_words(shared: Path, name: str, said: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_file(shared / "hostile" / "docx" / name)
    assert str(refused.value).startswith(f"{name} {said}")
    assert str(refused.value).endswith(".")


def test_shared_documents_that_only_look_dangerous_are_read(shared: Path) -> None:
    folder = shared / "hostile" / "docx"
    assert read_file(folder / "ExternalEntityInText.docx").articles[0].text == 'Here should not be the POI web site: "'
    assert read_file(folder / "protected_sample.docx").articles[0].text == "Un due tre prova"


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


def test_styles_that_are_based_on_each_other_in_a_circle_do_no_harm() -> None:
    document = docx.Document()
    for one, other in (("A", "B"), ("B", "A")):
        document.styles.element.append(
            parse_xml(
                f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{one}'><w:name w:val='{one}'/>"
                f"<w:basedOn w:val='{other}'/></w:style>"
            )
        )
    document = appended(document, paragraph_xml("<w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>Words 🇺🇦</w:t></w:r>"))
    assert draft_of(document).text == "Words 🇺🇦"


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


def with_part(data: bytes, kind: str, xml: str) -> bytes:
    """A document with one more part of its main part."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"

    def change(path: str, part: bytes) -> bytes:
        if path == "word/_rels/document.xml.rels":
            relation = f'<Relationship Id="rId99" Type="{relations}/{kind}" Target="{kind}.xml"/>'
            return part.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        if path == "[Content_Types].xml":
            override = f'<Override PartName="/word/{kind}.xml" ContentType="{content_type}"/>'
            return part.replace(b"</Types>", override.encode() + b"</Types>")
        return part

    changed = BytesIO(repacked(data, change))
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(f"word/{kind}.xml", xml)
    return changed.getvalue()


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


@pytest.mark.parametrize(
    "above",
    [
        ["PRESS RELEASE"],
        ["FOR IMMEDIATE RELEASE", "Contact: Ana Silva, +351 555 0100"],
        ["Pressemitteilung Nr. 12/2026", "Berlin, 3. März 2026"],
        ["News release", "Embargoed until 6 a.m. on 3 March"],
    ],
)
def test_the_title_of_a_press_release_stands_below_what_says_so(above: list[str]) -> None:
    document = docx.Document()
    for words in [*above, "Ministry announces shelters for 5,000 people", "The ministry said so on Monday."]:
        document.add_paragraph(words)
    assert draft_of(document).title == "Ministry announces shelters for 5,000 people"


@pytest.mark.parametrize("label", ["PRESS RELEASE", "Press Release: 5 May 2026", "EMBARGOED UNTIL FRIDAY"])
@pytest.mark.parametrize(("style", "confirmed"), [("Title", True), ("Heading 1", False), ("Normal", False)])
@pytest.mark.parametrize("in_properties", [True, False])
def test_a_label_in_the_style_of_a_title_is_none(label: str, style: str, confirmed: bool, in_properties: bool) -> None:
    document = docx.Document()
    document.core_properties.title = label if in_properties else ""
    document.add_paragraph(label, style="Title")
    document.add_paragraph("Ministry announces shelters for 5,000 people", style=style)
    document.add_paragraph("The ministry said so on Monday.")
    document.add_paragraph("Notes to editors", style="Heading 1")
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Ministry announces shelters for 5,000 people", confirmed)
    assert draft.text.startswith(f"{label}\n")


@pytest.mark.parametrize("title", ["Breaking news on the tram line", "Embargo on grain lifted"])
def test_a_styled_title_that_begins_like_a_label_is_kept(title: str) -> None:
    document = docx.Document()
    document.add_paragraph(title, style="Title")
    document.add_paragraph("It was late.")
    assert (draft_of(document).title, draft_of(document).title_confirmed) == (title, True)


def test_a_headline_may_begin_like_a_press_release() -> None:
    document = docx.Document()
    for words in ["Press freedom falls in 2026", "Statement by the president angers Lisbon", "The report says so."]:
        document.add_paragraph(words)
    assert draft_of(document).title == "Press freedom falls in 2026"
