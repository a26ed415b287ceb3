"""Declarations of entities in every format made of XML or HTML: some grow without end, some read other files."""

from __future__ import annotations

from collections.abc import Callable

from tests.importers.hostile.samples import (
    WORDS,
    flat_open_text,
    open_sheet,
    open_text,
    page,
    rss,
    sheet,
    sheet_row,
    web_archive,
    word,
    word_paragraph,
)

Build = Callable[[str, str], bytes]
"""A file from a declaration of document type, and a reference that stands among its words."""


def _in_sheet(doctype: str, reference: str) -> bytes:
    return sheet(sheet_row(1, "Title", "Text") + sheet_row(2, "A", f"{WORDS} {reference}"), doctype)


def _in_open_sheet(doctype: str, reference: str) -> bytes:
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
        "</table:table-row>"
        for words in ("Text", f"{WORDS} {reference}")
    )
    return open_sheet(cells, doctype)


HOLDERS: dict[str, Build] = {
    "report.docx": lambda doctype, reference: word(word_paragraph(f"{WORDS} {reference}"), doctype),
    "report.odt": lambda doctype, reference: open_text(f"<text:p>{WORDS} {reference}</text:p>", doctype),
    "report.fodt": lambda doctype, reference: flat_open_text(f"<text:p>{WORDS} {reference}</text:p>", doctype),
    "list.xlsx": _in_sheet,
    "list.ods": _in_open_sheet,
    "feed.rss": lambda doctype, reference: rss(
        f"<item><title>A</title><description>{WORDS} {reference}</description></item>", doctype=doctype
    ),
    "page.html": lambda doctype, reference: page(f"<p>{WORDS} {reference}</p>", doctype=doctype),
    "page.xhtml": lambda doctype, reference: (
        b'<?xml version="1.0"?>' + page(f"<p>{WORDS} {reference}</p>", doctype=doctype)
    ),
    "drawing.html": lambda doctype, reference: page(f"<p>{WORDS}</p><svg>{doctype}<text>{reference}</text></svg>"),
    "page.mhtml": lambda doctype, reference: web_archive(page(f"<p>{WORDS} {reference}</p>", doctype=doctype)),
}


def laughs(build: Build) -> bytes:
    """Ten entities, each of ten of the one before: three gigabytes."""
    entities = '<!ENTITY a0 "ha ">' + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
    )
    return build(f"<!DOCTYPE html [{entities}]>", "&a9;")


def quadratic(build: Build) -> bytes:
    """One long entity named very often: ten gigabytes."""
    return build(f'<!DOCTYPE html [<!ENTITY a "{"ha " * 33_000}">]>', "&a;" * 100_000)


def external(build: Build, address: str) -> bytes:
    """An entity, and a declaration of document type, that lie elsewhere."""
    doctype = (
        f'<!DOCTYPE html SYSTEM "{address}" [<!ENTITY % more SYSTEM "{address}"> %more; '
        f'<!ENTITY other SYSTEM "{address}">]>'
    )
    return build(doctype, "&other;")
