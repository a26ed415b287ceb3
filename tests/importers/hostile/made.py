"""All files made to do harm, by names that say what they are; made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.importers.hostile import archives, broken_pdfs, entities, markup
from tests.importers.hostile.samples import WORDS, mail, mailbox, page, rich_text, samples, word, word_paragraph

Make = Callable[[], bytes]

NESTED = 20_000
TITLE_TURNED = "fdp.exe"


def _entities() -> Iterator[tuple[str, Make]]:
    for name, build in entities.HOLDERS.items():
        yield f"laughs {name}", lambda build=build: entities.laughs(build)
        yield f"quadratic {name}", lambda build=build: entities.quadratic(build)
        yield f"external {name}", lambda build=build: entities.external(build, "http://127.0.0.1:9/other.dtd")


def _broken_archives() -> Iterator[tuple[str, Make]]:
    for name, data in samples().items():
        if data.startswith(b"PK"):
            for how, broken in archives.broken(data).items():
                yield f"{how} {name}", lambda broken=broken: broken


def _cut_short() -> Iterator[tuple[str, Make]]:
    for name, data in samples().items():
        for share in (1, 7, 30, 50, 80, 97, 99):
            yield f"cut at {share} {name}", lambda data=data, share=share: data[: max(1, len(data) * share // 100)]


CHEAP: dict[str, Make] = {
    "bomb.docx": lambda: archives.word_bomb(400),
    "bomb.odt": lambda: archives.open_text_bomb(400),
    "bomb.xlsx": lambda: archives.sheet_bomb(400),
    "bomb.ods": lambda: archives.open_sheet_bomb(400),
    "bomb that lies.docx": lambda: archives.word_bomb(400, stated=1000),
    "bombs in bombs.docx": lambda: archives.nested(5),
    "itself.zip": archives.holding_itself,
    "itself.docx": archives.holding_itself,
    "overlapping.docx": lambda: archives.overlapping(2000),
    "crowded.docx": lambda: archives.crowded(50_000),
    "escaping.docx": archives.escaping,
    "linked.docx": lambda: archives.linked("/etc/passwd"),
    **dict(_broken_archives()),
    **dict(_entities()),
    "deep.html": lambda: page(markup.deep(NESTED)),
    "deep spans.html": lambda: page(markup.deep(NESTED, "span")),
    "deep headings.html": lambda: page(markup.deep(NESTED, "h1")),
    "deep tables.html": lambda: page(markup.deep_table(NESTED)),
    "unclosed.html": lambda: page(markup.unclosed(NESTED)),
    "deep.mhtml": lambda: markup.archive_of(markup.deep(NESTED)),
    "deep tables.mhtml": lambda: markup.archive_of(markup.deep_table(NESTED)),
    "deep.eml": lambda: markup.mail_of(markup.deep(NESTED)),
    "deep tables.eml": lambda: markup.mail_of(markup.deep_table(NESTED)),
    "deep entry.rss": lambda: markup.deep_entry(NESTED),
    "deep feed.rss": lambda: markup.deep_feed(NESTED),
    "deep parts.eml": lambda: markup.deep_multipart(NESTED),
    "deep forwards.eml": lambda: markup.deep_forwards(500),
    "many parts.eml": lambda: markup.many_parts(NESTED),
    "boundary.eml": lambda: markup.boundaries(1_000_000),
    "folded.eml": lambda: markup.folded_header(50_000),
    "many headers.eml": lambda: markup.many_headers(50_000),
    "many receivers.eml": lambda: markup.many_receivers(20_000),
    "padding.eml": lambda: markup.base64_padding(500_000),
    "soft breaks.eml": lambda: markup.quoted_printable(500_000),
    "many attributes.html": lambda: page(markup.many_attributes(20_000)),
    "many attributes.rss": lambda: markup.rss(markup.many_attributes(20_000, "item")),
    "deep data.html": lambda: markup.deep_linked_data(NESTED),
    "wide data.html": lambda: markup.wide_linked_data(100_000),
    "half letters in data.html": lambda: markup.linked_data(
        r'{"@type":"NewsArticle","headline":"a\ud800\u0000\nb","author":"\udfff","datePublished":"\u0001"}'
    ),
    "deep list.docx": lambda: markup.deep_list(100),
    "too deep list.docx": lambda: markup.deep_list(NESTED),
    "tables in tables.docx": lambda: markup.tables_in_tables(80),
    "too deep tables.docx": lambda: markup.tables_in_tables(NESTED),
    "boxes in boxes.docx": lambda: markup.boxes_in_boxes(50),
    "circular styles.docx": markup.circular_styles,
    "controls.docx": lambda: word(word_paragraph("a&#x202e;b&#xFFFD;&#x85;c") + word_paragraph("&#x1F1F8;")),
    "forbidden letters.docx": lambda: word(word_paragraph("a&#0;b&#xD800;")),
    "deep list.odt": lambda: markup.deep_open_list(100),
    "too deep list.odt": lambda: markup.deep_open_list(NESTED),
    "deep tables.fodt": lambda: markup.deep_open_table(NESTED),
    "spaces.odt": lambda: markup.repeated_spaces(10_000),
    "deep groups.rtf": lambda: markup.deep_groups(200_000),
    "binary.rtf": markup.binary_without_end,
    "cells.rtf": lambda: markup.rich_tables(50_000),
    "half letters.rtf": lambda: rich_text(r"\u-10240?\u0?\u65535?\u1?{\info{\title a\u8238?\line b}} Words of a text"),
    "circle.pdf": broken_pdfs.tree_in_a_circle,
    "deep tree.pdf": lambda: broken_pdfs.deep_tree(NESTED),
    "claimed pages.pdf": lambda: broken_pdfs.claimed_pages(2_000_000_000),
    "same page.pdf": lambda: broken_pdfs.same_page(2_000),
    "form in itself.pdf": broken_pdfs.form_in_itself,
    "forms in forms.pdf": lambda: broken_pdfs.forms_in_forms(5),
    "without end.pdf": broken_pdfs.stream_without_end,
    "length in a circle.pdf": broken_pdfs.length_in_a_circle,
    "packed.pdf": lambda: broken_pdfs.packed_stream(8),
    "packed often.pdf": lambda: broken_pdfs.packed_many_times(10),
    "giant picture.pdf": broken_pdfs.giant_picture,
    "giant page.pdf": broken_pdfs.giant_page,
    "saved often.pdf": lambda: broken_pdfs.saved_often(2_000),
    "deep arrays.pdf": lambda: broken_pdfs.deep_arrays(NESTED),
    "scattered.pdf": lambda: broken_pdfs.scattered_letters(2_000),
    "wide.csv": lambda: markup.wide_table(100_000),
    "stray quote.csv": lambda: markup.stray_quote(2),
    "objects.csv": lambda: markup.objects_for_outlets(300),
    "far cell.xlsx": markup.far_cell,
    "claimed.xlsx": markup.claimed_dimension,
    "unnumbered.xlsx": lambda: markup.unnumbered_rows(50),
    "shared words.xlsx": lambda: markup.shared_words(32, 200),
    "repeated.ods": lambda: markup.repeated_cells(16_384, 1_048_576),
    "many.mbox": lambda: mailbox(3_000),
    "entries.rss": lambda: markup.entries(3_000),
    "surrogates.txt": lambda: f"{WORDS} \ud800 a \udfff\ud800 b".encode("utf-8", "surrogatepass"),
    "surrogates wide.txt": lambda: f"{WORDS} \ud800 a".encode("utf-16", "surrogatepass"),
    "nuls.txt": lambda: WORDS.encode() + bytes(1000) + WORDS.encode(),
    "nuls.html": lambda: page(f"<p>{WORDS}\0{WORDS}</p>"),
    "nuls.eml": lambda: mail(f"{WORDS}\0{WORDS}"),
    "nuls.csv": lambda: f"Title,Text\nA\0,{WORDS.replace(',', '')}\0\n".encode(),
    "bidi.txt": lambda: f"\u202e{TITLE_TURNED}\u202c\n\n{WORDS}\u2066".encode(),
    "bidi.eml": lambda: mail(WORDS, "Subject: =?utf-8?b?4oCuZXhlLmdwag==?=", "From: \u202ea <a@b.example>"),
    "terminal.eml": lambda: mail(f"{WORDS} \x1b[2J\x9b31m", "Subject: =?utf-8?q?=1b=5b2J=C2=9B31m_red?="),
    "random.bin": lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(100_000)),
    **dict(_cut_short()),
}
"""Small enough for every run."""

HEAVY: dict[str, Make] = {
    "crowded million.docx": lambda: archives.crowded(1_000_000),
    "bomb below the limit.docx": lambda: archives.word_bomb(19),
    "deep million.html": lambda: page(markup.deep(1_000_000)),
    "unclosed million.html": lambda: page(markup.unclosed(1_000_000, "b")),
    "deep entry million.rss": lambda: markup.deep_entry(400_000),
    "deep feed.rss": lambda: markup.deep_feed(400_000),
    "entries.rss": lambda: markup.entries(100_000),
    "long attribute.html": lambda: page(markup.long_attribute(18)),
    "long attribute over.html": lambda: page(markup.long_attribute(20)),
    "long attribute.eml": lambda: markup.mail_of(markup.long_attribute(18)),
    "long attribute.mhtml": lambda: markup.archive_of(markup.long_attribute(18)),
    "long attribute.rss": lambda: markup.rss(f"<item><title>A</title><link a='{'a' * 9_000_000}'/></item>"),
    "long attribute.docx": lambda: word(f'<w:p w:a="{"a" * 20_000_000}"><w:r><w:t>{WORDS}</w:t></w:r></w:p>'),
    "long attribute.odt": lambda: markup.open_text(f'<text:p text:a="{"a" * 20_000_000}">{WORDS}</text:p>'),
    "wide data.html": lambda: markup.wide_linked_data(2_000_000),
    "deep data.html": lambda: markup.deep_linked_data(1_000_000),
    "one line.txt": lambda: markup.one_line_text(199),
    "one line over.txt": lambda: markup.one_line_text(201),
    "many lines.txt": lambda: markup.many_lines(199),
    "wide letters.txt": lambda: markup.wide_letters(199),
    "many lines.md": lambda: markup.many_lines(199),
    "one line.html": lambda: page(f"<p>{'word ' * 3_900_000}</p>"),
    "many lines.html": lambda: page("<pre>" + "word\n" * 3_900_000 + "</pre>"),
    "empty lines.html": lambda: page(f"<p>{WORDS}</p><pre>a" + "\n" * 10_000_000 + "b</pre>"),
    "one line.eml": lambda: mail(markup.one_line_text(199)),
    "many lines.csv": lambda: b"Title,Text\n" + markup.many_lines(199),
    "one line.rtf": lambda: rich_text(markup.one_line_text(199)),
    "one line below.rtf": lambda: rich_text(markup.one_line_text(45)),
    "one line.docx": lambda: word(word_paragraph("word " * 18_000_000)),
    "many lines.docx": lambda: word(word_paragraph("word") * 1_500_000),
    "many lines.odt": lambda: markup.open_text("<text:p>word</text:p>" * 4_000_000),
    "one line.odt": lambda: markup.open_text(f"<text:p>{'word ' * 18_000_000}</text:p>"),
    "million columns.csv": lambda: markup.wide_table(1_000_000),
    "long cell.csv": lambda: markup.long_cell(50),
    "stray quote.csv": lambda: markup.stray_quote(190),
    "many rows.csv": lambda: markup.many_rows(1_000_000),
    "objects.csv": lambda: markup.objects_for_outlets(20_000),
    "unnumbered.xlsx": lambda: markup.unnumbered_rows(30_000),
    "shared words.xlsx": lambda: markup.shared_words(10_000, 100_000),
    "many.mbox": lambda: mailbox(100_000),
    "folded.eml": lambda: markup.folded_header(1_000_000),
    "base64.eml": lambda: markup.base64_mail(140),
    "boundary.eml": lambda: markup.boundaries(150_000_000),
    "deep parts.eml": lambda: markup.deep_multipart(1_000_000),
    "tables in tables.docx": lambda: markup.tables_in_tables(80, 500_000),
    "deep groups.rtf": lambda: markup.deep_groups(1_200_000),
    "cells.rtf": lambda: markup.rich_tables(1_200_000),
    "packed.pdf": lambda: broken_pdfs.packed_stream(900),
    "packed often.pdf": lambda: broken_pdfs.packed_many_times(30),
    "forms in forms.pdf": lambda: broken_pdfs.forms_in_forms(12),
    "saved often.pdf": lambda: broken_pdfs.saved_often(100_000),
    "deep arrays.pdf": lambda: broken_pdfs.deep_arrays(5_000_000),
    "many words.pdf": lambda: broken_pdfs.many_words(400_000),
    "scattered.pdf": lambda: broken_pdfs.scattered_letters(100_000),
    "same page.pdf": lambda: broken_pdfs.same_page(1_000_000),
}
"""Those that take seconds or hundreds of megabytes each."""
