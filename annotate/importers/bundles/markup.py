"""Pieces of a saved page's source as paragraphs and elements; a bundle is split first, so that no tree is large."""

from __future__ import annotations

from typing import Any

from annotate.importers.visible_text import visible_blocks


def html_paragraphs(source: str) -> list[str]:
    """Paragraphs that a piece of a page shows, without empty ones."""
    return [block.text for block in visible_blocks(source) if block.text.strip()]


def elements(source: str) -> Any:
    """A piece of a page as an lxml element that holds all of it."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    return html.document_fromstring(f"<div>{source}</div>".encode(), parser=parser)


def source_of(element: Any) -> str:
    """The source of an element without what follows it."""
    from lxml import html

    return str(html.tostring(element, encoding="unicode", with_tail=False))


def shown(element: Any) -> list[str]:
    """Paragraphs of an element."""
    return html_paragraphs(source_of(element))


def of_class(element: Any, *names: str) -> list[Any]:
    """Elements that have one of the classes, in the order of the page."""
    tests = " or ".join(f'contains(concat(" ", normalize-space(@class), " "), " {name} ")' for name in names)
    return list(element.xpath(f".//*[{tests}]"))
