"""Saved web pages: the article without menus, the page's statements about it, nothing fetched and nothing executed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.assembly import CELL_GAP, Assembled, Block, assemble
from annotate.importers.decoding import Decoded, decode, mark_of
from annotate.importers.draft import Draft
from annotate.importers.format import Format, Reading
from annotate.importers.headline import guessed_title
from annotate.importers.options import ReadOptions
from annotate.importers.page_cleaning import CAPTION, make_ready
from annotate.importers.page_metadata import labelled_author, metadata_of
from annotate.importers.page_spaces import hide_spaces, with_spaces
from annotate.importers.visible_text import visible_blocks
from annotate.vocabulary import PartRole

LARGEST = 20 * 1024 * 1024
"""Bytes of a page: finding the article costs several times its size in memory, and seconds a megabyte."""

MOST_ELEMENTS = 50_000
"""Pages of news sites have a few thousand; with half a million trafilatura takes minutes and gigabytes."""

MOST_ATTRIBUTES = 1_000
"""Of one element; libxml2 takes quadratic time for them."""

_ENDINGS = (".html", ".htm", ".xhtml")
# Possessive: a comment could end at any of the following ones, and all ways to split a row of them would be tried.
_START = re.compile(
    r"(?:\ufeff|\s++|(?><!--.{0,4000}?-->)|<\?xml[^>]{0,200}+>)*+<(?:!doctype\s+html|html|head|body|title)\b[^<]*?(?:>|$)",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(rb"<(?:p|div|br|h[1-6]|span|table|article|a|img|meta|title)\b[^<>]*+>", re.IGNORECASE)
_MANY_ATTRIBUTES = re.compile(
    rf"""<[a-z](?:[^\s<>"'=/]*+[\s/]++[^\s<>"'=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']++))?+){{{MOST_ATTRIBUTES}}}""",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
_BLOCKS = {"p", "head", "quote", "list", "table", "div", "code", "article", "section", "main", "body"}
_WHITE_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*+| [ \t\n\r\f]++")
"""All but what is one space already, as nearly all of it is."""

_FEW = 2
_NEARLY_ALL = 0.6


def recognises(data: bytes, name: str) -> bool:
    """By how the text begins; with a page's ending, a tag near the beginning is enough."""
    marked = mark_of(data)
    encoding = marked[1] if marked else "latin-1"
    if _START.match(data[:8192].decode(encoding, "ignore")):
        return True
    return name.lower().endswith(_ENDINGS) and b"\0" not in data[:512] and _ANY_TAG.search(data[:65536]) is not None


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for a page that is too large, has no words or cannot be decoded."""
    return read_page(data, name, options, charset=options.charset)


def read_page(
    data: bytes,
    name: str,
    options: ReadOptions,
    *,
    charset: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """One article; `charset`, `title` and `url` are what stood around a page that came inside another file.

    Title and address hold where the page states none. Raises ImportRefused as `read` does.
    """
    if len(data) > LARGEST:
        raise ImportRefused(
            f"{name} is a web page of {len(data) / 1024**2:,.0f} MB; pages of up to {LARGEST // 1024**2} MB are read. "
            "Copy and paste the words."
        )
    decoded = decoded_page(data, name, options.encoding, charset)
    cleaned = canonical(decoded.text)
    warnings = [*decoded.warnings, *cleaned.notes]
    if _MANY_ATTRIBUTES.search(cleaned.text):
        raise ImportRefused(
            f"{name} is damaged: an element in it has over {MOST_ATTRIBUTES:,} attributes. Copy and paste its words."
        )
    page, searchable = _parsed(cleaned.text)
    metadata = metadata_of(page)
    found = _article(page, metadata.title, cleaned.text) if searchable else None
    if found is None:
        found = assemble(visible_blocks(cleaned.text))
        if not found.text:
            raise ImportRefused(f"{name} holds no words; there is nothing to import.")
        warnings.append(f"No article could be made out in {name}; all words of the page were taken, menus included.")
    warnings += [note for note in found.notes if note not in warnings]
    draft = Draft(
        text=found.text,
        title=metadata.title or title or guessed_title(found.text, name),
        title_confirmed=metadata.title is not None and metadata.title_stated,
        outlet=metadata.outlet,
        author=metadata.author or labelled_author(found.text),
        published=metadata.published,
        url=metadata.url or url,
        language=metadata.language,
        parts=found.parts,
    )
    return Reading((draft,), tuple(warnings))


FORMAT = Format("html", "2", "web page", _ENDINGS, recognises, read)


def decoded_page(data: bytes, name: str, encoding: str | None, charset: str | None = None) -> Decoded:
    """The source of a page; `encoding` is the analyst's choice, `charset` what it came with, before its own word."""
    declared = _XML_DECLARED.match(data[:200]) or _DECLARED.search(data[:8192])
    return decode(data, name, encoding, charset or (declared[1].decode("ascii") if declared else None))


def _parsed(text: str) -> tuple[Any, bool]:
    """The page as lxml elements, and whether an article can be looked for in them.

    It cannot where libxml2 has lost what is nested too deep, nor in pages of excessive size.
    """
    from lxml import etree, html

    # Always UTF-8 here, whatever the page declares: it has been decoded already.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    # lxml's own parser for pages asks a function for the class of every element, since forms have some of their own.
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=html.HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction
        )
    )
    page = html.document_fromstring(text.encode("utf-8"), parser=parser)
    whole = not any(entry.type_name == "ERR_NAME_TOO_LONG" or "depth" in entry.message for entry in parser.error_log)
    return page, whole and page.xpath("count(//*) + count(//comment())") <= MOST_ELEMENTS


def _article(page: Any, title: str | None, source: str) -> Assembled | None:
    """The article as trafilatura finds it; None where it finds none. The page is used up."""
    for library in ("trafilatura", "htmldate", "courlan"):
        if not logging.getLogger(library).handlers:
            # What it has to say about a page is said here in the analyst's words; logging would print it as well.
            logging.getLogger(library).addHandler(logging.NullHandler())
    shows_title = title is not None and any(_words_of(heading) == title for heading in page.iter("h1"))
    make_ready(page)
    spaces = hide_spaces(page)
    blocks = _extracted(page)
    if len(blocks) <= _FEW:
        # Where trafilatura finds little it returns the page's text as one run, its paragraphs lost.
        again, _ = _parsed(source)
        make_ready(again)
        hide_spaces(again)
        apart = _extracted(again, MIN_EXTRACTED_SIZE="1")
        if len(apart) > len(blocks) and _size(apart) > _NEARLY_ALL * _size(blocks):
            blocks = apart
    blocks = [Block(with_spaces(block.text, spaces), block.role, block.follows) for block in blocks]
    blocks = list(map(_with_role, _trimmed(blocks, title)))
    assembled = assemble(_with_headline(blocks, title) if title and shows_title else blocks)
    return assembled if assembled.text else None


def _with_role(block: Block) -> Block:
    """A caption without what marked it while the article was looked for."""
    if block.text.lstrip().startswith(CAPTION):
        return Block(block.text.replace(CAPTION, ""), PartRole.CAPTION, block.follows)
    return Block(block.text.replace(CAPTION, ""), block.role, block.follows)


def _with_headline(blocks: list[Block], title: str) -> list[Block]:
    """With the headline that the page shows, where it stands outside of what trafilatura takes for the article."""
    if not any(block.text.strip() for block in blocks):
        return blocks
    if any(title in " ".join(block.text.split()) for block in blocks):
        return blocks
    return [Block(title, PartRole.HEADLINE), *blocks]


def _words_of(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _extracted(tree: Any, **settings: str) -> list[Block]:
    """The blocks of the article; the tree is used up."""
    with _no_socket_is_tried():
        from trafilatura import bare_extraction
        from trafilatura.settings import Document

    document = bare_extraction(
        tree,
        output_format="txt",  # of "python", the default, the words are put together as well; the elements are enough
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
        include_formatting=False,
        config=_config(**settings),
    )
    if not isinstance(document, Document) or document.body is None:
        return []
    return [block for block in _blocks(document.body) if block.text.strip()]


@contextmanager
def _no_socket_is_tried() -> Iterator[None]:
    """trafilatura could fetch pages, with a library that opens a socket when it is imported, to find out whether this
    system knows IPv6. Nothing is fetched here."""
    import socket

    known = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = known


@cache
def _config(**settings: str) -> Any:
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"].update(settings)
    return config


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _blocks(element: Any) -> Iterator[Block]:
    """Paragraphs, headings, list items and table rows of trafilatura's body, which has only few kinds of elements."""
    role = PartRole.HEADLINE if element.tag == "head" else PartRole.BODY
    pieces = [_collapsed(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield Block(_paragraph(pieces), role)
            pieces = []
            if child.tag in ("list", "table"):
                for number, line in enumerate(child.iter("item", "row")):
                    yield Block(_line(line), follows=number > 0)
            else:
                yield from _blocks(child)
        else:
            pieces += _inline(child)
        pieces.append(_collapsed(child.tail))
    yield Block(_paragraph(pieces), role)


def _line(element: Any) -> str:
    """A list item or table row as one line, without the items of a list inside it, which are lines of their own."""
    if element.tag == "row":
        return CELL_GAP.join(" ".join("".join(cell.itertext()).split()) for cell in element.iter("cell")).rstrip()
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in ("list", "table"):
            pieces += [" ", _line(child)] if child.tag in _BLOCKS else _inline(child)
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _inline(element: Any) -> list[str]:
    if element.tag == "lb":
        return ["\n"]
    if not isinstance(element.tag, str):
        return []
    pieces = [_collapsed(element.text)]
    for child in element:
        pieces += [*_inline(child), _collapsed(child.tail)]
    return pieces


def _collapsed(text: str | None) -> str:
    return _WHITE_SPACE.sub(" ", text or "")


def _paragraph(pieces: list[str]) -> str:
    return re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(pieces)))


def _trimmed(blocks: list[Block], title: str | None) -> list[Block]:
    """Without headings at the end, which head something that is no part of the article ("More on this").

    Headings above the headline name the section of the site and go too.
    """
    words = [index for index, block in enumerate(blocks) if block.role is not PartRole.HEADLINE]
    if not words:
        return blocks
    headline = next((index for index in range(words[0]) if blocks[index].text.strip() == title), 0)
    return blocks[headline : words[-1] + 1]
