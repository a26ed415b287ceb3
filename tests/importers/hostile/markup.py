"""Pages, feeds, documents, mails and tables that are too deep, too wide or too long."""

from __future__ import annotations

import base64
import json

from tests.importers.hostile.samples import (
    TITLE,
    WORDS,
    flat_open_text,
    mail,
    open_sheet,
    open_text,
    packed,
    page,
    rich_text,
    rss,
    sheet,
    sheet_row,
    web_archive,
    word,
    word_paragraph,
)


def deep(levels: int, tag: str = "div", inner: str = f"<p>{WORDS}</p>") -> str:
    return f"<{tag}>" * levels + inner + f"</{tag}>" * levels


def deep_table(levels: int) -> str:
    return "<table><tr><td>" * levels + WORDS + "</td></tr></table>" * levels


def unclosed(count: int, tag: str = "div") -> str:
    return f"<p>{WORDS}</p>" + f"<{tag}>" * count + WORDS


def escaped(markup: str) -> str:
    return markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def deep_entry(levels: int) -> bytes:
    return rss(f"<item><title>A</title><description>{escaped(deep(levels))}</description></item>")


def deep_feed(levels: int) -> bytes:
    """Elements of the feed itself inside each other."""
    return rss(f"<item><title>A</title><description>{WORDS}</description>{deep(levels, 'x', 'y')}</item>")


def entries(count: int) -> bytes:
    return rss(
        *(f"<item><title>{number}</title><description>{WORDS[:20]}</description></item>" for number in range(count))
    )


def deep_multipart(levels: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(levels)
    )
    return mail(head + b"Content-Type: text/plain\n\n" + WORDS.encode(), "Content-Type: multipart/mixed; boundary=b")


def deep_forwards(levels: int) -> bytes:
    data = mail(WORDS)
    for _ in range(levels):
        data = mail(data, "Content-Type: message/rfc822")
    return data


def many_parts(count: int) -> bytes:
    parts = b"".join(b"--b\nContent-Type: text/plain\n\n%d\n" % number for number in range(count))
    return mail(parts + b"--b--\n", "Content-Type: multipart/mixed; boundary=b")


def boundaries(count: int) -> bytes:
    """Lines that nearly are a boundary, where none is stated."""
    return mail(b"--a" + b" " * count + b"b\n" + WORDS.encode(), "Content-Type: multipart/mixed")


def folded_header(lines: int) -> bytes:
    folds = "\n".join(f" =?utf-8?q?word_{number}?=" for number in range(lines))
    parameters = "\n".join(f" a*{number}*=b;" for number in range(lines))
    return mail(WORDS, f"Subject: a\n{folds}", f"Content-Type: text/plain;\n{parameters}")


def many_headers(count: int) -> bytes:
    return mail(WORDS, *(f"X-Header-{number}: {number}" for number in range(count)))


def many_receivers(count: int) -> bytes:
    return mail(WORDS, "From: " + ", ".join(f'"a, {number}" <{number}@b.example>' for number in range(count)))


def base64_mail(megabytes: int) -> bytes:
    body = base64.encodebytes(b"<p>" + b"word " * (megabytes * 200_000))
    return mail(body, "Content-Type: text/html", "Content-Transfer-Encoding: base64")


def base64_padding(count: int) -> bytes:
    return mail(b"=" * count + b"\n" + b"QQ==" * count, "Content-Type: text/plain", "Content-Transfer-Encoding: base64")


def quoted_printable(count: int) -> bytes:
    return mail(
        b"=\n" * count + b"=" * count, "Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable"
    )


def long_attribute(megabytes: int) -> str:
    return f'<p title="{"a" * (megabytes * 1024 * 1024)}">{WORDS}</p>'


def many_attributes(count: int, tag: str = "p") -> str:
    attributes = " ".join(f"a{number}='b'" for number in range(count))
    return f"<{tag} {attributes}>{WORDS}</{tag}>"


def linked_data(content: str) -> bytes:
    return page(
        f"<article><h1>{TITLE}</h1><p>{WORDS}</p></article>", f'<script type="application/ld+json">{content}</script>'
    )


def deep_linked_data(levels: int) -> bytes:
    return linked_data('{"a":[' * levels + "]}" * levels)


def wide_linked_data(count: int) -> bytes:
    return linked_data(json.dumps([{"a": []} for _ in range(count)]))


def deep_list(levels: int) -> bytes:
    """Numbered paragraphs in content controls in each other, as a docx has nested lists."""
    control, end = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item = f"<w:p>{numbered}<w:r><w:t>{WORDS}</w:t></w:r></w:p>"
    return word(word_paragraph(WORDS) + control * levels + item + end * levels)


def tables_in_tables(levels: int, rows: int = 1) -> bytes:
    row = f"<w:tr><w:tc>{word_paragraph('cell')}</w:tc></w:tr>"
    inner = f"<w:tbl>{row * rows}</w:tbl>"
    for _ in range(levels):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return word(word_paragraph(WORDS) + inner)


def boxes_in_boxes(levels: int) -> bytes:
    box, end = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    return word(word_paragraph(WORDS) + box * levels + word_paragraph(WORDS) + end * levels)


def deep_open_list(levels: int) -> bytes:
    return open_text(
        "<text:list><text:list-item>" * levels + f"<text:p>{WORDS}</text:p>" + "</text:list-item></text:list>" * levels
    )


def deep_open_table(levels: int) -> bytes:
    head, end = (
        "<table:table><table:table-row><table:table-cell>",
        "</table:table-cell></table:table-row></table:table>",
    )
    return flat_open_text(f"<text:p>{WORDS}</text:p>" + head * levels + f"<text:p>{WORDS}</text:p>" + end * levels)


def deep_groups(levels: int) -> bytes:
    return rich_text("{" * levels + WORDS[:20].encode("ascii").decode() + "}" * levels)


def binary_without_end() -> bytes:
    return rich_text(r"Words of a text.\par {\pict\bin2147483647 x}{\*\x\bin99999999999 }{\bin9999999999 }")


def rich_tables(count: int) -> bytes:
    return rich_text("Words. " + r"\trowd\cellx1 a\cell" * count + r"\row")


def one_line_text(megabytes: int) -> bytes:
    return b"word " * (megabytes * 1024 * 1024 // 5)


def many_lines(megabytes: int) -> bytes:
    return b"a word\r\n" * (megabytes * 1024 * 1024 // 8)


def wide_letters(megabytes: int) -> bytes:
    """Text with a letter that makes every one of them take four bytes in memory."""
    return "🇸🇾".encode() + b"word " * (megabytes * 1024 * 1024 // 5)


def wide_table(columns: int) -> bytes:
    return b",".join(b"c%d" % number for number in range(columns)) + b"\n" + b",".join([b"x"] * columns) + b"\n"


def long_cell(megabytes: int) -> bytes:
    return b'Title,Text\nA,"' + b"word " * (megabytes * 200_000) + b'"\n'


def stray_quote(megabytes: int) -> bytes:
    return b'Title,Text\nA,"' + b"word, and\n" * (megabytes * 100_000)


def many_rows(count: int) -> bytes:
    return b"Title,Text\n" + b"A,Words of a row\n" * count


def objects_for_outlets(count: int) -> bytes:
    outlet = "{" + "'name': '" * 20 + "a" * 700 + "}x"
    return ("Title,Text,Source\n" + f'A,{WORDS.replace(",", "")},"{outlet}"\n' * count).encode()


def far_cell() -> bytes:
    return sheet(
        sheet_row(1, "Title", "Text") + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    )


def claimed_dimension() -> bytes:
    return sheet(dimension='<dimension ref="A1:XFD1048576"/>')


def unnumbered_rows(count: int) -> bytes:
    """Rows and cells without their places, which follow each other."""
    row = f"<row>{'<c/>' * 999}<c t='inlineStr'><is><t>x</t></is></c></row>"
    return sheet(sheet_row(1, "Title", "Text") + row * count)


def shared_words(kilobytes: int, cells: int) -> bytes:
    """One long text that very many cells show."""
    rows = "".join(f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(1, cells + 1))
    return sheet(rows, strings=f"<si><t>{'word ' * (205 * kilobytes)}</t></si>")


def repeated_cells(columns: int, rows: int) -> bytes:
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
        f"<text:p>{WORDS}</text:p></table:table-cell>"
    )
    return open_sheet(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


def repeated_spaces(count: int) -> bytes:
    return open_text("<text:p>a" + '<text:s text:c="999999999"/>' * count + "b</text:p>")


def circular_styles() -> bytes:
    from tests.importers.hostile.samples import word_parts

    styles = "".join(
        f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{(number + 1) % 500}"/></w:style>' for number in range(500)
    )
    return packed(
        word_parts(f'<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr><w:r><w:t>{WORDS}</w:t></w:r></w:p>', styles=styles)
    )


def archive_of(inner: str) -> bytes:
    return web_archive(page(inner))


def mail_of(inner: str) -> bytes:
    return mail(page(inner), "Content-Type: text/html; charset=utf-8")
