"""OpenDocument texts: the words on the page, in order, packed or flat; hostile packages end in a sentence."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO
from pathlib import Path

import odfdo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, assembly, read_bytes
from annotate.vocabulary import PartRole

TEXT = "application/vnd.oasis.opendocument.text"
NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{path}"'
        for prefix, path in {
            "office": "office:1.0",
            "text": "text:1.0",
            "table": "table:1.0",
            "draw": "drawing:1.0",
            "style": "style:1.0",
            "svg": "svg-compatible:1.0",
            "meta": "meta:1.0",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
WORDS = "<text:p>Words.</text:p>"


def packed(**members: bytes | str) -> bytes:
    """A package; of the members' names, _ stands for a dot and __ for a slash."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TEXT, zipfile.ZIP_STORED)
        for name, member in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), member)
    return data.getvalue()


def content(body: str, styles: str = "", doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def properties(inner: str) -> str:
    return f"<office:document-meta {NAMES}><office:meta>{inner}</office:meta></office:document-meta>"


def flat(body: str, meta: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:mimetype="{TEXT}">'
        f"<office:meta>{meta}</office:meta><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    ).encode()


def imported(body: str, styles: str = "", meta: str = "", name: str = "report.odt") -> ImportedFile:
    return read_bytes(packed(content_xml=content(body, styles), meta_xml=properties(meta)), name)


def draft_of(body: str, styles: str = "", meta: str = "", name: str = "report.odt") -> Draft:
    return imported(body, styles, meta, name).articles[0]


def text_of(body: str) -> str:
    return draft_of(body).text


def saved(document: odfdo.Document) -> bytes:
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def test_a_document_as_a_program_saves_it() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Flood in the valley 🌊"))
    document.body.append(odfdo.Paragraph("First, مرحبا,  two spaces\tand a tab\nand a break."))
    document.body.append(odfdo.List(["one", "two"]))
    table = odfdo.Table("Dead", width=2, height=2)
    for place, words in zip(["A1", "B1", "A2", "B2"], ["Town", "Dead", "Abc", "1\u00a0200"], strict=True):
        table.set_value(place, words)
    document.body.append(table)
    document.body.append(odfdo.Paragraph("Last cafe\u0301 🇺🇦."))
    document.meta.title = "Flood in the valley 🌊"
    document.meta.initial_creator = "Olena Kovalenko"
    document.meta.language = "uk-UA"
    read = read_bytes(saved(document), "valley.odt")
    draft = read.articles[0]
    assert draft.text == (
        "Flood in the valley 🌊\n\nFirst, مرحبا,  two spaces\tand a tab\nand a break.\n\none\ntwo\n\n"
        "Town\tDead\nAbc\t1\u00a0200\n\nLast cafe\u0301 🇺🇦."
    )
    assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [
        (PartRole.HEADLINE, "Flood in the valley 🌊")
    ]
    assert (draft.title, draft.title_confirmed) == ("Flood in the valley 🌊", True)
    assert (draft.author, draft.language) == ("Olena Kovalenko", "uk-UA")
    assert (draft.published.words, draft.published.on, draft.outlet) == (None, None, None)
    assert (read.importer, read.warnings) == ("odt", ())


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60),
        max_size=6,
    )
)
def test_what_is_written_comes_back_as_the_same_words(paragraphs: list[str]) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    for words in ["Start", *paragraphs]:
        document.body.append(odfdo.Paragraph(words))
    expected = assembly.assemble(assembly.Block(words) for words in ["Start", *paragraphs])
    read = read_bytes(saved(document), "a.odt")
    assert (read.articles[0].text, read.warnings) == (expected.text, ())


def test_white_space_counts_once_however_it_is_spread() -> None:
    assert text_of(
        "<text:p>\r\n  One <text:span> two </text:span>\n three<text:s/><text:s text:c='2'/>four<text:tab/>"
        " five<text:line-break/>six<text:soft-page-break/> seven&#160; </text:p>"
    ) == ("One two three   four\t five\nsix seven\u00a0")


def test_text_of_links_and_fields_is_kept() -> None:
    assert text_of(
        "<text:p>See <text:a xlink:href='https://example.org/'>the <text:span>report</text:span></text:a>, page "
        "<text:page-number>3</text:page-number><text:bookmark text:name='b'/> of <text:date>12 May</text:date>."
        "</text:p>"
    ) == ("See the report, page 3 of 12 May.")


def test_a_field_that_nobody_has_filled_in_is_no_words() -> None:
    field = "<text:placeholder text:placeholder-type='text'>&lt;Click here&gt;</text:placeholder>"
    assert text_of(f"<text:p>Name: {field}, Zoë</text:p>") == "Name: , Zoë"


def test_tracked_deletions_and_comments_are_left_out_and_insertions_kept() -> None:
    assert text_of(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Seen<text:change text:change-id='1'/> <text:change-start text:change-id='2'/>inserted"
        "<text:change-end text:change-id='2'/><office:annotation><dc:creator>X</dc:creator><text:p>Remark</text:p>"
        "</office:annotation> here.</text:p>"
    ) == ("Seen inserted here.")


def test_notes_follow_the_text_and_are_told() -> None:
    def note(words: str, kind: str) -> str:
        return (
            f"<text:note text:note-class='{kind}'><text:note-citation>1</text:note-citation>"
            f"<text:note-body>{words}</text:note-body></text:note>"
        )

    says = note("<text:p>Says the mayor.</text:p><text:p>Later.</text:p>", "footnote")
    end = note("<text:p>The end.</text:p>", "endnote")
    read = imported(f"<text:p>Five died.{says} Six more.{end}</text:p><text:p>Last</text:p>")
    assert read.articles[0].text == "Five died. Six more.\n\nLast\n\nSays the mayor. Later.\n\nThe end."
    assert read.warnings == ("2 footnotes were put after the text.",)


def test_items_of_lists_within_lists_follow_each_other_and_headings_in_lists_are_headings() -> None:
    draft = draft_of(
        "<text:p>Among:</text:p><text:list><text:list-item><text:number>1.</text:number><text:p>one</text:p><text:list>"
        "<text:list-item><text:p>one a</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<text:list text:continue-numbering='true'><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<text:list><text:list-item><text:h>Then</text:h></text:list-item></text:list><text:p>After.</text:p>"
    )
    assert draft.text == "Among:\n\none\none a\ntwo\n\nThen\n\nAfter."
    assert [draft.text[part.start : part.end] for part in draft.parts] == ["Then"]


def test_a_table_in_a_table_is_told_once_and_tables_are_apart() -> None:
    def table(*cells: str) -> str:
        inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table><table:table-column/><table:table-row>{inner}</table:table-row></table:table>"

    head = "<table:table-header-rows><table:table-row><table:table-cell><text:h>Head</text:h></table:table-cell>"
    assert text_of(
        table("<text:p>left</text:p><text:p>more</text:p>", table("<text:p>in</text:p>", "<text:p>side</text:p>"))
        + table("<text:p>next</text:p>").replace(
            "<table:table-row>", head + "</table:table-row></table:table-header-rows><table:table-row>", 1
        )
    ) == ("left more\tin side\n\nHead\nnext")


def test_a_text_box_is_read_after_its_paragraph() -> None:
    box = (
        "<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box><svg:desc>A box</svg:desc></draw:frame>"
    )
    assert text_of(f"<text:p>Around {box}it</text:p>{box}<text:p>After</text:p>") == (
        "Around it\n\nIn the box\n\nIn the box\n\nAfter"
    )


def test_hidden_text_is_left_out_and_told() -> None:
    styles = "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
    read = imported(
        "<text:p>Seen<text:span text:style-name='T1'> unseen</text:span>"
        "<text:hidden-text text:is-hidden='true'> x</text:hidden-text>.</text:p>"
        "<text:section text:display='none'><text:p>Unseen</text:p></text:section>"
        "<text:p>Unseen<text:hidden-paragraph text:is-hidden='true'/></text:p>",
        styles,
    )
    assert read.articles[0].text == "Seen."
    assert read.warnings == ("Text that is formatted as hidden was left out.",)
    assert imported(WORDS + "<text:p text:style-name='T1'/>", styles).warnings == ()


def test_a_styled_title_is_stated_by_the_document() -> None:
    styles = "<style:style style:name='P1' style:parent-style-name='Title'/>"
    draft = draft_of(f"<text:p text:style-name='P1'>Ten years on</text:p>{WORDS}", styles, "<dc:title>Old</dc:title>")
    assert (draft.title, draft.title_confirmed) == ("Ten years on", True)
    assert [part.role for part in draft.parts] == [PartRole.HEADLINE]


def test_the_author_is_who_began_the_document() -> None:
    both = "<dc:creator>Editor</dc:creator><meta:initial-creator>Olena Kovalenko</meta:initial-creator>"
    assert draft_of(WORDS, meta=both).author == "Olena Kovalenko"
    assert draft_of(WORDS, meta="<dc:creator>Olena Kovalenko</dc:creator>").author == "Olena Kovalenko"
    junk = draft_of(WORDS, meta="<dc:creator>User</dc:creator><dc:title>a.odt</dc:title>", name="valley.odt")
    assert (junk.author, junk.title) == (None, "valley")


def test_a_document_in_one_file_is_read_and_its_pictures_are_passed_over() -> None:
    picture = base64.b64encode(bytes(12_000_000)).decode()
    image = f"<draw:image><office:binary-data>{picture}</office:binary-data></draw:image>"
    body = f"<text:p>Words<draw:frame>{image}</draw:frame>.</text:p>"
    for name in ("a.fodt", "a.xml"):
        read = read_bytes(flat(body, "<dc:title>Ten years on</dc:title>"), name)
        assert (read.importer, read.articles[0].text, read.articles[0].title) == ("odt", "Words.", "Ten years on")


def test_a_spreadsheet_in_one_file_is_refused() -> None:
    data = flat("").replace(b"office:text>", b"office:spreadsheet>")
    with pytest.raises(ImportRefused, match=r"^a\.fods is an OpenDocument file without a text; copy and paste"):
        read_bytes(data, "a.fods")


def test_a_protected_document_is_refused_in_words() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    said = r"^secret\.odt is protected with a password; open it in LibreOffice, save a copy without a password"
    for data in (
        packed(**{"content_xml": b"\x8f\x1a", "META-INF__manifest_xml": manifest}),
        packed(**{"encrypted-package": b"\x8f\x1a"}),
    ):
        with pytest.raises(ImportRefused, match=said):
            read_bytes(data, "secret.odt")


def test_a_package_without_content_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^a\.odt is damaged or not a text in OpenDocument format: it has no con"):
        read_bytes(packed(meta_xml=properties("")), "a.odt")


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^empty\.odt holds no words"):
        imported("<text:p/>", name="empty.odt")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_document_is_refused(share: float) -> None:
    data = packed(content_xml=content(WORDS), styles_xml=content(WORDS * 40))
    with pytest.raises(ImportRefused, match=r"^cut\.odt is damaged or not a text in OpenDocument format: "):
        read_bytes(data[: int(len(data) * share)], "cut.odt")
    whole = flat(WORDS)
    with pytest.raises(ImportRefused, match=r"^cut\.fodt "):
        read_bytes(whole[: int(len(whole) * 0.9)], "cut.fodt")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ImportRefused, match=r"^bomb\.odt would unpack to 64 MB"):
        read_bytes(packed(content_xml=b" " * (64 * 1024 * 1024)), "bomb.odt")


def test_spaces_that_one_element_stands_for_are_limited() -> None:
    text = text_of("<text:p>a<text:s text:c='999999999999'/>b<text:s text:c='-1'/>c<text:s text:c='x'/>d</text:p>")
    assert text == f"a{' ' * 100}b c d"


def test_an_external_entity_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", "utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    xml = content("<text:p>Before &e; after</text:p>", doctype=doctype)
    assert read_bytes(packed(content_xml=xml), "a.odt").articles[0].text == "Before after"


def test_a_billion_laughs_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    xml = content("<text:p>&l9;</text:p>", doctype=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>')
    with pytest.raises(ImportRefused, match=r"^laughs\.odt is damaged or not a text in OpenDocument format; "):
        read_bytes(packed(content_xml=xml), "laughs.odt")


def test_deep_nesting_ends_in_a_sentence_or_in_text() -> None:
    def deep(levels: int, tag: str) -> str:
        return f"<{tag}>" * levels + WORDS + f"</{tag}>" * levels

    assert text_of(deep(200, "text:section")) == "Words."
    assert text_of(f"<text:p>{'<text:span>' * 200}Words.{'</text:span>' * 200}</text:p>") == "Words."
    nest = "<table:table><table:table-row><table:table-cell>"
    assert text_of(nest * 60 + WORDS + "</table:table-cell></table:table-row></table:table>" * 60) == "Words."
    with pytest.raises(ImportRefused, match=r"^deep\.odt is damaged or not a text in OpenDocument format; "):
        imported(deep(5000, "text:section"), name="deep.odt")


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4), st.integers(min_value=0, max_value=40))
def test_a_document_with_changed_bytes_ends_in_an_article_or_a_sentence(place: int, put: bytes, cut: int) -> None:
    for data, name in ((packed(content_xml=content(WORDS)), "a.odt"), (flat(WORDS), "a.fodt")):
        at = place % len(data)
        try:
            articles = read_bytes(data[:at] + put + data[at + cut :], name).articles
        except ImportRefused as refused:
            assert str(refused).startswith(f"{name} ")  # noqa: PT017
        else:
            assert articles[0].text.strip()
