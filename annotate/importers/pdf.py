"""PDF documents: the words of the pages, in the order a person reads them, without what only runs along the edges.

A PDF states where letters stand and hardly anything else, so order, paragraphs and running heads are told from the
places of words (pdf_layout, pdf_paragraphs, pdf_running); pdfium is asked for these (pdf_page). Its dates say when a
file was made, not when something was published, so none is taken over. Of a scan, the properties are those of the
machine and not the author's.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotate.canonical import canonical
from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.importers.assembly import Block, assemble
from annotate.importers.byline import byline_below
from annotate.importers.document_properties import (
    author_in_properties,
    language_in_properties,
    title_in_properties,
)
from annotate.importers.draft import Attachment, Draft
from annotate.importers.format import Format, Reading
from annotate.importers.headline import LONGEST, guessed_title
from annotate.importers.options import ReadOptions
from annotate.importers.pdf_beside import without_box
from annotate.importers.pdf_layout import Column, Fragment, lines_of, reading_order
from annotate.importers.pdf_mirrored import with_brackets_turned
from annotate.importers.pdf_page import Page, read_page
from annotate.importers.pdf_paragraphs import Paragraph, paragraphs_of
from annotate.importers.pdf_printed import without_prints
from annotate.importers.pdf_running import without_running
from annotate.importers.pdf_watermark import without_watermarks
from annotate.importers.release_lines import is_release
from annotate.shortened import shortened
from annotate.vocabulary import PartRole

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 3_000
"""At ten to thirty milliseconds a page, about what can be read in the time a file is given."""
MOST_ATTACHMENTS = 100
LARGEST_ATTACHMENTS = 50 * 1024 * 1024
"""Bytes of all attachments together."""
_LARGER = 1.2
"""Type of a title over the type of most words, at least."""


def recognises(data: bytes, name: str) -> bool:
    """Something may stand before the signature in a file that is called a PDF; readers allow for a kilobyte."""
    return data.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in data[:1024])


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for passwords, scans without text, too many pages, and what is damaged."""
    document = _opened(data, name)
    try:
        if len(document) > MOST_PAGES:
            raise ImportRefused(
                f"{name} has {len(document):,} pages; Provenote reads PDFs of up to {MOST_PAGES:,}. Split it."
            )
        pages, unreadable = _pages(document, name)
        return _reading(document, pages, unreadable, name)
    finally:
        document.close()


FORMAT = Format("pdf", "4", "PDF document", (".pdf",), recognises, read)


def _opened(data: bytes, name: str) -> PdfDocument:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise ImportRefused(
                f"{name} is protected with a password; open it in a PDF reader, print it to a new PDF and import that."
            ) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise ImportRefused(
                f"{name} is protected in a way that Provenote cannot open; print it to a new PDF and import that."
            ) from error
        raise ImportRefused(
            f"{name} is damaged or not a PDF document: it was cut short or changed on its way. Get the file again."
        ) from error
    return document


def _pages(document: PdfDocument, name: str) -> tuple[list[Page], list[int]]:
    """The pages, and the numbers from 0 of those that could not be read (which are empty then)."""
    import pypdfium2

    pages: list[Page] = []
    unreadable: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append(Page())
            unreadable.append(number)
            continue
        try:
            pages.append(read_page(page))
        except ValueError as error:
            raise ImportRefused(
                f"{name} is more than can be read safely: {error}; copy and paste its words."
            ) from error
        finally:
            page.close()
    if len(unreadable) == len(pages):
        raise ImportRefused(f"{name} is damaged: none of its pages can be read. Get the file again.")
    return pages, unreadable


def _reading(document: PdfDocument, pages: list[Page], unreadable: list[int], name: str) -> Reading:
    pages, notes = _cleaned(pages)
    if not any(page.fragments for page in pages):
        raise ImportRefused(_wordless(pages, name))
    unmarked, watermark = without_watermarks([page.fragments for page in pages])
    printed, address = without_prints(
        [(fragments, page.height) for fragments, page in zip(unmarked, pages, strict=True)]
    )
    turned = with_brackets_turned(printed)
    pages = [replace(page, fragments=fragments) for page, fragments in zip(pages, turned, strict=True)]
    kept = without_running([(page.fragments, page.height) for page in pages])
    if not any(kept.pages):
        kept = replace(kept, pages=tuple(page.fragments for page in pages), removed=0)
    paragraphs = paragraphs_of([_columns(fragments) for fragments in kept.pages])
    askew = {one.text for page in pages for one in page.fragments if not one.upright}
    is_scan = sum(page.is_recognised for page in pages) * 2 > sum(bool(page.fragments) for page in pages)
    stated = {} if is_scan else document.get_metadata_dict()
    title, confirmed = _title(stated.get("Title", ""), [one for one in paragraphs if one.text not in askew])
    blocks = [
        Block(one.text, PartRole.HEADLINE if title and " ".join(one.text.split()) == title else PartRole.BODY)
        for one in paragraphs
    ]
    assembled = assemble(blocks)
    attachments, left_out = _attachments(document)
    title = title or guessed_title(assembled.text, name)
    byline = byline_below(assembled.text, title)
    draft = Draft(
        text=assembled.text,
        title=title,
        title_confirmed=confirmed,
        author=byline.author or author_in_properties(stated.get("Author", "")),
        published=byline.published,
        url=address,
        language=language_in_properties(_language(document)),
        parts=assembled.parts,
        pages=_starts(paragraphs, assembled.starts, len(pages), len(assembled.text)),
    )
    warnings = [*notes]
    if is_scan:
        warnings.append(
            "This is a scan whose words were recognised by a machine; compare what you quote with the pages."
        )
    wordless = [number for number, page in enumerate(pages) if page.is_picture and not page.fragments]
    if wordless:
        warnings.append(f"{_numbered(wordless)} without text, so what is on it was not read.")
    if any(page.is_filled_in for page in pages):
        warnings.append("It is a form: what was filled in was not read; print it to a new PDF and import that.")
    if unreadable:
        warnings.append(f"{_numbered(unreadable, 'damaged')} and could not be read.")
    if kept.removed:
        example = f", such as “{shortened(kept.example, 80, at_word=True)}”" if kept.example else ""
        warnings.append(
            f"{counted(kept.removed, 'line')} of running heads, running feet and page numbers "
            f"{'was' if kept.removed == 1 else 'were'} left out{example}."
        )
    if watermark:
        warnings.append(watermark)
    if left_out:
        warnings.append("Files attached to it could not be taken out; save them from a PDF reader.")
    return Reading((draft,), tuple(warnings), attachments)


def _columns(fragments: Sequence[Fragment]) -> list[Column]:
    """The columns of a page as they are read; a box beside them comes last."""
    others, box = without_box(fragments)
    return [*reading_order(others), *([lines_of(box)] if box else [])]


def _cleaned(pages: list[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """The pages with canonical words, and notes on what had to change in all of them."""
    # No fragment has a line end in it, so all of them can be cleaned, and what was cleaned be counted, at once.
    cleaned = canonical("\n".join(one.text.replace("\ufeff", "") for page in pages for one in page.fragments))
    texts = iter(cleaned.text.split("\n"))
    return [
        replace(
            page,
            fragments=tuple(
                replace(one, text=text) for one, text in zip(page.fragments, texts, strict=False) if text.strip()
            ),
        )
        for page in pages
    ], cleaned.notes


def _wordless(pages: Sequence[Page], name: str) -> str:
    if any(page.is_picture for page in pages):
        return (
            f"{name} is a scan: it holds pictures of pages and no text. "
            "Have a program recognise its text (OCR) and import what that makes, or type its words into a text."
        )
    return f"{name} holds no words; there is nothing to import."


def _title(stated: str, paragraphs: Sequence[Paragraph]) -> tuple[str, bool]:
    """The title as the properties state it and the page shows it, as the largest type of the first page shows it, or as
    the properties state it alone: that is often a template's; "" where there is none."""
    first = list(_on_first_page(paragraphs))
    title, shown = title_in_properties(stated, (one.text for one in first))
    if shown:
        return title, True
    sizes: dict[float, int] = {}
    for one in paragraphs:
        sizes[one.size] = sizes.get(one.size, 0) + len(one.text)
    usual = max(sizes, key=lambda size: sizes[size])
    headlines = [
        one for one in first if len(one.text) > 1 and any(map(str.isalpha, one.text)) and not is_release(one.text)
    ]
    largest = max(headlines, key=lambda one: one.size, default=None)
    if largest is None or largest.size < _LARGER * usual or len(largest.text) > LONGEST:
        return title, False
    return " ".join(largest.text.split()), False


def _on_first_page(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for one in paragraphs:
        if one.pages and one.pages[0][0] > 0 and one.pages[0][1] == 0:
            return
        yield one


def _starts(paragraphs: Sequence[Paragraph], starts: Sequence[int], pages: int, length: int) -> tuple[int, ...]:
    """Where every page begins in the text; one without words where the next one does."""
    begins = {
        number: start + place for one, start in zip(paragraphs, starts, strict=True) for number, place in one.pages
    }
    found = [length] * (pages + 1)
    for number in reversed(range(pages)):
        found[number] = begins.get(number, found[number + 1])
    # What is read first of a page need not be on the first page with words.
    return (0, *found[1:pages])


def _language(document: PdfDocument) -> str:
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_ushort * 64)()
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= ctypes.sizeof(buffer) else ""


def _attachments(document: PdfDocument) -> tuple[tuple[Attachment, ...], bool]:
    """Files attached to the document, and whether some were left out."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    found: list[Attachment] = []
    left = LARGEST_ATTACHMENTS
    count = document.count_attachments()
    for number in range(min(count, MOST_ATTACHMENTS)):
        size = ctypes.c_ulong()
        attachment = document.get_attachment(number)
        if not pdfium.FPDFAttachment_GetFile(attachment.raw, None, 0, size) or size.value > left:
            continue
        try:
            found.append(Attachment(attachment.get_name(), bytes(attachment.get_data())))
        except pypdfium2.PdfiumError:
            continue
        left -= size.value
    return tuple(found), len(found) < count


def _numbered(numbers: Sequence[int], what: str = "a picture") -> str:
    """As in "Pages 3, 5 and 6 are pictures"; page numbers count from 0 here and from 1 there."""
    said = [f"{number + 1:,}" for number in numbers[:20]]
    if len(numbers) == 1:
        return f"Page {said[0]} is {what}"
    if len(numbers) > len(said):
        said.append(f"{len(numbers) - len(said):,} more")
    return f"Pages {', '.join(said[:-1])} and {said[-1]} are {'pictures' if what == 'a picture' else what}"
