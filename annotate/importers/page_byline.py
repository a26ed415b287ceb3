"""Author and date as a reader of a web page sees them: in the short lines around its headline.

Many sites, and most old pages, state neither in their source. Taken is only what says itself what it is: a line that
begins with "By", or that the page marks as the author's; a line with a date that is not the date of an update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from annotate.importers.bundles.dates import date_in
from annotate.model import Published
from annotate.vocabulary import Precision

_MOST_LINES = 20
_MOST_TEXTS = 300
"""Text nodes after the headline that are looked at; menus and share buttons may stand between it and the byline."""
_LONGEST_LINE = 120
"""Code points; a longer line is a paragraph, and with it the article has begun."""
_LONGEST_AUTHOR = 100
_INLINE = {
    *("a", "abbr", "address", "b", "bdi", "cite", "data", "em", "font", "i", "label", "small", "span", "strong"),
    *("time", "u"),
}
_UNSEEN = {"script", "style", "noscript", "template", "button", "nav", "select", "svg", "option"}
_MARKS_AUTHOR = re.compile(r"(?i)(?:^|[\s_-])(?:byline|author|autor|auteur|autore|reporter)s?(?:[\s_-]|$)")
_BY = re.compile(
    r"^(?:By|BY|Von|VON|Par|PAR|Por|POR|Door|DOOR|Di|DI|Af|Av|Автор:?|Author:|Autore?:|Auteur ?:|بقلم:?)\s+"
)
_ONLY_BY = re.compile(r"(?i)(?:written )?by:?|von:?|par|por:?|door:?|автор:?|بقلم:?")
_AFTER_AUTHOR = re.compile(
    r"\s*(?:[|·•/\n]|\s[–—-]\s|\d|(?:Published|Updated|Posted|Publié|Veröffentlicht)\b).*", re.DOTALL
)
_NAME = re.compile(r"[^\W\d_].*[^\W\d_]\.?")
_UPDATED = re.compile(
    r"(?:updated|modified|edited|mis(?:e)? à jour|modifié|aktualisiert|geändert|actualizado|actualizada|atualizado"
    r"|aggiornato|bijgewerkt|обновлено|изменено|تحديث)\W*(?:on|at|le|am|um|el|il|em|op)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """None, or a date without a day, where a reader sees none."""

    author: str | None = None
    published: Published = Published()


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    of_author: str
    """Those of its words that the page marks as the author's; empty where it marks none."""


def byline_of(page: Any, headline: str | None) -> Byline:
    """Read the lines around the heading of an lxml page whose words are the headline."""
    heading = next((element for element in page.iter("h1", "h2", "h3") if _squeezed(element) == headline), None)
    if heading is None:
        return Byline()
    lines: list[_Line] = []
    for line in _lines(islice(_texts_after(heading), _MOST_TEXTS)):
        if len(line.words) > _LONGEST_LINE or len(lines) == _MOST_LINES:
            break
        lines.append(line)
    above = [words for each in heading.itersiblings(preceding=True) if (words := _squeezed(each))]
    shown = [words for words in (*(line.words for line in lines), *above[:3]) if len(words) <= _LONGEST_LINE]
    dates = (found for words in shown if (found := _date(words)).on is not None)
    return Byline(_author(lines), next(dates, Published()))


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


def _lines(texts: Iterable[tuple[str, Any, Any]]) -> Iterator[_Line]:
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
            yield _Line(_joined(pieces), _joined(of_author))
            pieces, of_author = [], []
        pieces.append(text)
        before = block
        if any(map(_is_of_author, above[:4])):
            of_author.append(text)
    if pieces:
        yield _Line(_joined(pieces), _joined(of_author))


def _joined(pieces: list[str]) -> str:
    """Numbers are never joined: a date and a time may stand side by side with nothing but style between them."""
    return " ".join(re.sub(r"(?<=\d)\0(?=\d)", " ", "\0".join(pieces)).replace("\0", "").split())


def _is_of_author(element: Any) -> bool:
    marks = (element.get("class"), element.get("itemprop"), element.get("rel"))
    return element.tag not in ("article", "body", "main") and any(
        mark and _MARKS_AUTHOR.search(mark) is not None for mark in marks
    )


def _author(lines: list[_Line]) -> str | None:
    """What follows "By" is surer than what is marked: sites mark whole boxes about their authors."""
    marked: str | None = None
    for number, line in enumerate(lines):
        words = line.words
        if _ONLY_BY.fullmatch(words) and number + 1 < len(lines):
            said = _name(lines[number + 1].words)
        else:
            said = _name(_BY.sub("", words, count=1)) if _BY.match(words) else None
        if said:
            return said
        marked = marked or _name(_BY.sub("", re.sub(r"^by ", "By ", line.of_author), count=1))
    return marked


def _name(words: str) -> str | None:
    author = _AFTER_AUTHOR.sub("", words, count=1).strip(" ,;")
    named = len(author) <= _LONGEST_AUTHOR and _NAME.fullmatch(author) and _begins_like_a_name(author)
    return author if named else None


def _begins_like_a_name(words: str) -> bool:
    """Letters without case begin names, too."""
    return words[0] != words[0].lower() or words[0].upper() == words[0].lower()


def _date(line: str) -> Published:
    """The first date of a line that is not said to be one of an update, else one without a day."""
    start = 0
    while (dated := date_in(line[start:])) is not None:
        if dated.published.precision is Precision.DAY and not _UPDATED.search(line[: start + dated.start]):
            return dated.published
        start += dated.end
    return Published()


def _squeezed(element: Any) -> str:
    return " ".join(str(element.text_content()).split()) if isinstance(element.tag, str) else ""
