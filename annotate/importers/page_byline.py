"""Author and date as a reader of a web page sees them: in the short lines around its headline.

Many sites, and most old pages, state neither in their source. Beside what annotate.importers.byline reads, a line
counts that the page marks as the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from annotate.importers.byline import LONGEST_LINE, Byline, Line, author_in, date_of
from annotate.model import Published

_MOST_LINES = 20
_MOST_TEXTS = 300
"""Text nodes after the headline that are looked at; menus and share buttons may stand between it and the byline."""
_INLINE = {
    *("a", "abbr", "address", "b", "bdi", "cite", "data", "em", "font", "i", "label", "small", "span", "strong"),
    *("time", "u"),
}
_UNSEEN = {"script", "style", "noscript", "template", "button", "nav", "select", "svg", "option"}
_MARKS_AUTHOR = re.compile(r"(?i)(?:^|[\s_-])(?:byline|author|autor|auteur|autore|reporter)s?(?:[\s_-]|$)")


def byline_of(page: Any, headline: str | None) -> Byline:
    """Read the lines around the heading of an lxml page whose words are the headline."""
    heading = next((element for element in page.iter("h1", "h2", "h3") if _squeezed(element) == headline), None)
    if heading is None:
        return Byline()
    lines: list[Line] = []
    for line in _lines(islice(_texts_after(heading), _MOST_TEXTS)):
        if len(line.words) > LONGEST_LINE or len(lines) == _MOST_LINES:
            break
        lines.append(line)
    above = [words for each in heading.itersiblings(preceding=True) if (words := _squeezed(each))]
    shown = [words for words in (*(line.words for line in lines), *above[:3]) if len(words) <= LONGEST_LINE]
    dates = (found for words in shown if (found := date_of(words)).on is not None)
    return Byline(author_in(lines), next(dates, Published()))


def _texts_after(heading: Any) -> Iterator[tuple[str, Any, Any]]:
    """Texts in their order, each with the element that it stands in and the one that it follows there, if any.

    One at a time, since the lines end soon: XPath would collect all that follow in the page first.
    """
    element = heading
    while element is not None:
        if element.tail:
            yield element.tail, element.getparent(), element
        for sibling in element.itersiblings():
            if isinstance(sibling.tag, str):
                yield from _texts_from(sibling)
            elif sibling.tail:
                yield sibling.tail, sibling.getparent(), sibling
        element = element.getparent()


def _texts_from(element: Any) -> Iterator[tuple[str, Any, Any]]:
    """Those in an element, and the one that follows it."""
    from lxml import etree

    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start" and inner.text:
            yield inner.text, inner, None
        elif event != "start" and inner.tail:
            yield inner.tail, inner.getparent(), inner


def _lines(texts: Iterable[tuple[str, Any, Any]]) -> Iterator[Line]:
    """Text that stands in one block is one line; a line break ends it."""
    pieces: list[str] = []
    of_author: list[str] = []
    before: Any = None
    for text, holder, follows in texts:
        if not text.strip():
            continue
        above = [] if holder is None else [holder, *holder.iterancestors()]
        if any(element.tag in _UNSEEN for element in above):
            continue
        block = next((element for element in above if element.tag not in _INLINE), None)
        if pieces and (block is not before or (follows is not None and follows.tag == "br")):
            yield Line(_joined(pieces), _joined(of_author))
            pieces, of_author = [], []
        pieces.append(text)
        before = block
        if any(map(_is_of_author, above[:4])):
            of_author.append(text)
    if pieces:
        yield Line(_joined(pieces), _joined(of_author))


def _joined(pieces: list[str]) -> str:
    """Numbers are never joined: a date and a time may stand side by side with nothing but style between them."""
    return " ".join(re.sub(r"(?<=\d)\0(?=\d)", " ", "\0".join(pieces)).replace("\0", "").split())


def _is_of_author(element: Any) -> bool:
    marks = (element.get("class"), element.get("itemprop"), element.get("rel"))
    return element.tag not in ("article", "body", "main") and any(
        mark and _MARKS_AUTHOR.search(mark) is not None for mark in marks
    )


def _squeezed(element: Any) -> str:
    return " ".join(str(element.text_content()).split()) if isinstance(element.tag, str) else ""
