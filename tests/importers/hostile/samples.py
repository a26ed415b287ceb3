"""One small valid file of every format, the ground on which broken ones are made."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

from tests.importers.pdf_writer import Said, pdf

WORDS = "Shelling hit the market of Al-Bab 🇸🇾 on Monday, killing at least 12 people, two doctors told the agency."
MORE = "السوق كان مزدحما، قال الطبيب، and the cafe\u0301 beside it burned down within minutes, residents said later."
TITLE = "Twelve killed at a market"

_OFFICE = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "text", "table")
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; the same members give the same bytes."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, method)
    return data.getvalue()


def page(body: str, head: str = f"<title>{TITLE}</title>", doctype: str = "<!doctype html>") -> bytes:
    return f"{doctype}<html><head>{head}</head><body>{body}</body></html>".encode()


def article_page() -> bytes:
    return page(f"<article><h1>{TITLE}</h1><p>{WORDS}</p><p>{MORE}</p></article>")


def word_parts(body: str, doctype: str = "", styles: str = "") -> dict[str, bytes | str]:
    """The members of a Word document."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>'
        ),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml")),
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="{_WORD}">'
            f"<w:body>{body}</w:body></w:document>"
        ),
    }


def word_paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def word(body: str = "", doctype: str = "") -> bytes:
    body = body or word_paragraph(TITLE) + word_paragraph(WORDS) + word_paragraph(MORE)
    return packed(word_parts(body, doctype))


def open_text_parts(body: str, doctype: str = "", kind: str = "text") -> dict[str, bytes | str]:
    """The members of an OpenDocument text or spreadsheet."""
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        "content.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_OFFICE}><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
        ),
    }


def open_text(body: str = "", doctype: str = "") -> bytes:
    return packed(
        open_text_parts(body or f"<text:h>{TITLE}</text:h><text:p>{WORDS}</text:p><text:p>{MORE}</text:p>", doctype)
    )


def flat_open_text(body: str = "", doctype: str = "") -> bytes:
    body = body or f"<text:p>{WORDS}</text:p><text:p>{MORE}</text:p>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document {_OFFICE}><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def open_sheet(rows: str = "", doctype: str = "") -> bytes:
    def row(*cells: str) -> str:
        inner = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    rows = rows or row("Title", "Text") + row(TITLE, WORDS) + row("Another", MORE)
    return packed(open_text_parts(f'<table:table table:name="A">{rows}</table:table>', doctype, "spreadsheet"))


def sheet_parts(rows: str, doctype: str = "", strings: str = "", dimension: str = "") -> dict[str, bytes | str]:
    """The members of an Excel workbook of one sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f'<?xml version="1.0"?>{doctype}<sst xmlns="{_SHEET}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{_SHEET}">{dimension}'
            f"<sheetData>{rows}</sheetData></worksheet>"
        ),
    }


def sheet_row(number: int, *cells: str) -> str:
    inner = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def sheet(rows: str = "", doctype: str = "", strings: str = "", dimension: str = "") -> bytes:
    rows = rows or sheet_row(1, "Title", "Text") + sheet_row(2, TITLE, WORDS) + sheet_row(3, "Another", MORE)
    return packed(sheet_parts(rows, doctype, strings, dimension))


def rss(*items: str, doctype: str = "", channel: str = "<title>The Agency</title>") -> bytes:
    entries = "".join(items) or f"<item><title>{TITLE}</title><description>{WORDS}</description></item>"
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{channel}{entries}</channel></rss>'.encode()


def atom() -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Agency</title><entry><title>{TITLE}</title>'
        f'<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry><entry><title>B</title>'
        f"<summary>{MORE}</summary></entry></feed>"
    ).encode()


def mail(body: bytes | str = f"{WORDS}\n\n{MORE}\n", *headers: str) -> bytes:
    head = ["From: Agency <a@b.example>", f"Subject: {TITLE}", "Message-ID: <1@b.example>", "MIME-Version: 1.0"]
    head += headers or ("Content-Type: text/plain; charset=utf-8",)
    return "\n".join(head).encode() + b"\n\n" + (body if isinstance(body, bytes) else body.encode())


def mailbox(count: int = 2) -> bytes:
    return b"".join(
        b"From a@b.example Mon Jan  2 03:04:05 2023\n" + mail(f"Mail {number}. {WORDS}\n") + b"\n"
        for number in range(count)
    )


def web_archive(inner: bytes = b"") -> bytes:
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/b\nSubject: Saved\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--=b"\n\n----=b\nContent-Type: text/html\n'
        "Content-Location: https://a.example/b\n\n"
    )
    return head.encode() + (inner or article_page()) + b"\n----=b--\n"


def rich_text(body: bytes | str = "") -> bytes:
    written = "".join(
        character
        if character.isascii()
        else "".join(
            f"\\u{int.from_bytes(unit, 'little', signed=True)}?"
            for raw in [character.encode("utf-16-le")]
            for unit in (raw[:2], raw[2:])
            if unit
        )
        for character in f"{WORDS}\\par {MORE}\\par"
    )
    body = body or written
    return b"{\\rtf1\\ansi\\deff0 " + (body if isinstance(body, bytes) else body.encode("ascii")) + b"}"


def document(*lines: str) -> bytes:
    """A PDF of one page."""
    return pdf(
        [Said(50, 700 - 12 * number, line) for number, line in enumerate(lines or (TITLE, WORDS[:60], MORE[:60]))]
    )


def bundle() -> bytes:
    """Two articles as LexisNexis gave them in a text."""
    articles = [
        f"{number} of 2 DOCUMENTS\n\nThe Daily Bugle\n\nMarch 3, 2015 Tuesday\n\n{TITLE} {number}\n\n"
        f"LENGTH: 12 words\n\n{words}\n\nLOAD-DATE: March 4, 2015\n\nLANGUAGE: ENGLISH\n\n"
        for number, words in ((1, WORDS), (2, MORE))
    ]
    return "".join(articles).encode()


def nexis() -> bytes:
    """An article as Nexis Uni gives it."""
    lines = [
        *(
            TITLE,
            "The Daily Bugle",
            "March 3, 2015 Tuesday",
            "",
            "Copyright 2015 Bugle Ltd.",
            "Length: 12 words",
            "Body",
        ),
        *(
            "",
            WORDS,
            MORE,
            "",
            "Classification",
            "",
            "Language: ENGLISH",
            "Load-Date: March 4, 2015",
            "",
            "End of Document",
        ),
    ]
    return "\n".join(lines).encode()


def factiva() -> bytes:
    """An article as Factiva gives it in a text."""
    lines = [
        *("", TITLE, "", "By Ana Ruiz", "12 words", "3 March 2015", "The Daily Bugle", "BUGLE", "English", ""),
        *(WORDS, "", MORE, "", "Document BUGLE00020150303eb3300001", ""),
    ]
    return "\n".join(lines).encode()


def europresse() -> bytes:
    """A page of Europresse."""
    one = (
        f'<article><div><span class="DocPublicationName">Le Journal</span><span class="DocHeader">3 mars 2015</span>'
        f'<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu">{TITLE}</p></div>'
        f'<div class="docOcurrContainer"><p>{WORDS}</p><p>{MORE}</p></div></div></article>'
    )
    return page(f"Nombre de documents : 2{one}{one}")


@cache
def samples() -> dict[str, bytes]:
    """Files of every format by their names."""
    table = f'Title,Text\n{TITLE},"{WORDS}"\nAnother,"{MORE}"\n'
    return {
        "text.txt": f"{TITLE}\n\n{WORDS}\r\n{MORE}\n".encode(),
        "wide.txt": f"{TITLE}\n\n{WORDS}\n{MORE}\n".encode("utf-16"),
        "old.txt": f"{TITLE}\n\nВ понедельник обстреляли рынок, погибли двенадцать человек.\n".encode("cp1251"),
        "note.md": f"# {TITLE}\n\n{WORDS}\n".encode(),
        "page.html": article_page(),
        "page.mhtml": web_archive(),
        "news.eml": mail(),
        "news.mbox": mailbox(),
        "feed.rss": rss(),
        "feed.atom": atom(),
        "list.csv": table.encode(),
        "list.tsv": table.replace(",", "\t").encode(),
        "list.xlsx": sheet(),
        "list.ods": open_sheet(),
        "report.docx": word(),
        "report.odt": open_text(),
        "report.fodt": flat_open_text(),
        "report.rtf": rich_text(),
        "report.pdf": document(),
        "lexisnexis.txt": bundle(),
        "nexis.txt": nexis(),
        "factiva.txt": factiva(),
        "europresse.html": europresse(),
    }


def _relations(*relations: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
