"""Word documents that are empty, damaged or made to harm end in their words or in a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from annotate.errors import ImportRefused
from annotate.importers import read_bytes, read_file
from tests.importers.word_files import appended, draft_of, imported, paragraph_xml, repacked, saved, with_body


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
