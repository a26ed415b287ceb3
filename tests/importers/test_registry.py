"""The one door: bytes decide, every failure is one sentence naming the file, nothing heavy is loaded beforehand."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import SUPPORTED, Draft, read_bytes, read_file, registry

PROJECT = Path(__file__).resolve().parents[2]
PAGE = b"<!doctype html><html><body><p>Words of a page that are many enough for a paragraph.</p></body></html>"


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Words of a document 🇺🇦.")
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def assert_ends_well(data: bytes, name: str) -> None:
    """In articles with canonical text, or in a refusal that names the file; anything else is raised."""
    refusal = None
    articles: tuple[Draft, ...] = ()
    try:
        articles = read_bytes(data, name).articles
    except ImportRefused as refused:
        refusal = str(refused)
    assert refusal.startswith(f"{name} ") if refusal else articles
    assert all(is_canonical(draft.text) and draft.text.strip() for draft in articles)


def archive(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return packed.getvalue()


def open_document(kind: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        written.writestr("content.xml", "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "importer"),
    [
        (PAGE, "page.docx", "html"),
        (PAGE, "page.txt", "html"),
        (PAGE, "page", "html"),
        (b"\xef\xbb\xbf \n<!-- saved from url -->\n" + PAGE, "page.txt", "html"),
        (PAGE.decode().encode("utf-16"), "page.bin", "html"),
        (b'<?xml version="1.0"?>\n' + PAGE, "page.xhtml", "html"),
        (b"<p>Just a piece of a page</p>", "piece.HTML", "html"),
        (b"<p>Just a piece of a page</p>", "piece.txt", "txt"),
        (b"A word, then <html>, is a text about pages.", "note.txt", "txt"),
        (b"BM is short for British Museum", "bm.txt", "txt"),
        (b"From the town came news.", "news.txt", "txt"),
        (word_document(), "report.docx", "docx"),
        (word_document(), "report.txt", "docx"),
        (word_document(), "report.html", "docx"),
        (b"{\\rtf1\\ansi Words}", "a.txt", "rtf"),
        (b"{\\rtf1\\ansi Words}", "a.docx", "rtf"),
    ],
)
def test_bytes_decide_and_the_name_only_where_they_cannot(data: bytes, name: str, importer: str) -> None:
    read = read_bytes(data, name)
    assert read.importer == importer
    assert read.importer_version
    assert (read.name, read.data, read.sha256) == (name, data, hashlib.sha256(data).hexdigest())
    assert all(is_canonical(draft.text) and draft.title for draft in read.articles)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "report.pdf", "is damaged or not a PDF document: it was cut short or changed on"),
        (b"%PDF-1.7\n1 0 obj", "report.txt", "is damaged or not a PDF document:"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png", "is a picture that is damaged"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", "is a picture that is damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", "is a picture that is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "is in the old Office format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "x.docx",
            "is protected with a password; open it in Word, save a copy without a password and import that.",
        ),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "list.xlsx", "is damaged or not a spreadsheet;"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "list.docx", "is damaged or not a spreadsheet;"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "is a PowerPoint presentation;"),
        (open_document("spreadsheet"), "a.ods", "is damaged or not a spreadsheet;"),
        (open_document("presentation"), "a.odt", "is an OpenDocument presentation;"),
        (open_document("graphics"), "a.odg", "is an OpenDocument drawing, formula or database;"),
        (archive("mimetype", "content.xml"), "a.odt", "is a zip archive; unpack it"),
        (archive("a.txt", "../b.txt"), "bundle.zip", "is a zip archive; unpack it"),
        (archive("a.txt"), "bundle.docx", "is a zip archive; unpack it"),
        (archive("a.txt")[:-9], "bundle.zip", "is a zip archive that is damaged or cut short."),
        (b"\x1f\x8b\x08\0\0\0", "a.gz", "is a packed archive;"),
        (b'<?xml version="1.0"?><svg/>', "drawing.xml", "is an XML file;"),
        (b"\x01\x02", "a.msg", "is a mail of Outlook;"),
        (b"a,b\n1,2", "list.csv", "is a list without a column that looks like the texts of articles;"),
        (b'{"a": 1}', "a.json", "holds data and no article."),
        (b"", "empty.docx", "is empty; there is nothing to import."),
    ],
)
def test_what_is_not_read_is_refused_with_a_sentence(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_bytes(data, name)
    assert str(refused.value).startswith(f"{name} {said}")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.docx", "a.html", "a.bin", "a"]))
def test_any_bytes_end_in_an_article_or_a_sentence(data: bytes, name: str) -> None:
    assert_ends_well(data, name)


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4), st.integers(min_value=0, max_value=40))
def test_a_document_with_changed_bytes_ends_in_an_article_or_a_sentence(place: int, put: bytes, cut: int) -> None:
    data = word_document()
    place %= len(data)
    changed = data[:place] + put + data[place + cut :]
    assert_ends_well(changed, "a.docx")


def test_what_a_parser_raises_becomes_one_sentence_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def stumble(*_: object, **__: object) -> None:
        raise RecursionError("maximum\n depth.")

    monkeypatch.setattr(trafilatura, "bare_extraction", stumble)
    with pytest.raises(ImportRefused) as refused:
        read_bytes(PAGE, "page.html")
    assert str(refused.value) == (
        "page.html is damaged or not a web page; get the file again, or copy and paste its words."
    )
    assert isinstance(refused.value.__cause__, RecursionError)


def test_a_folder_and_a_missing_file_are_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    with pytest.raises(ImportRefused, match=r"^cases is a folder with nothing in it"):
        read_file(folder)
    with pytest.raises(ImportRefused, match=r"^gone\.txt is not there any more"):
        read_file(folder / "gone.txt")
    with pytest.raises(ImportRefused, match=r"^bad.\.txt cannot be opened"):
        read_file(folder / "bad\0.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ImportRefused, match=r"^pipe\.txt is not an ordinary file"):
        read_file(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("words", "utf-8")

    def forbid(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(ImportRefused, match=r"^locked\.txt cannot be opened: you have no permission to read it\.$"):
        read_file(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as written:
        written.truncate(registry.LARGEST + 1)
    with pytest.raises(ImportRefused, match=r"^huge\.txt has 200 MB; Provenote reads files of up to 200 MB"):
        read_file(path)


def test_every_format_has_a_name_and_a_version() -> None:
    names = [format_.name for format_ in registry.FORMATS]
    assert len(set(names)) == len(names)
    assert all(format_.version and format_.label for format_ in registry.FORMATS)
    assert {".txt", ".md", ".docx", ".html", ".htm"} <= set(SUPPORTED)


def test_importing_the_package_loads_no_parser() -> None:
    heavy = "trafilatura lxml docx odfdo striprtf feedparser python_calamine charset_normalizer htmldate pandas numpy"
    heavy += " openpyxl PySide6"
    code = f"import sys, annotate.importers; print([name for name in '{heavy}'.split() if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("folder", ["pdf", "xlsx", "zip", "docx", "encodings"])
def test_every_shared_hostile_file_ends_in_an_article_or_a_sentence(shared: Path, folder: str) -> None:
    paths = [path for path in sorted((shared / "hostile" / folder).iterdir()) if path.is_file()]
    assert paths
    for path in paths:
        assert_ends_well(path.read_bytes(), path.name)
