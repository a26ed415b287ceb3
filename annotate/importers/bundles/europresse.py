"""Web pages saved from Europresse, old (each article a table) and new (each one an <article>).

The elements that carry an outlet, a date and a title have had the same class names since 2012; text and author are
told by their place between these and the copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from annotate.importers.bundles.article import Bundle, BundledArticle, paragraph_blocks, stretches
from annotate.importers.bundles.dates import date_in
from annotate.importers.bundles.markup import elements, html_paragraphs, of_class, shown
from annotate.model import Published
from annotate.vocabulary import PartRole

_OUTLET = re.compile(r"""<\w+\b[^<>]{0,200}?\bclass\s*=\s*["'](?:[\w-]+ )*DocPublicationName\b[^<>]{0,200}>""")
_TITLE = re.compile(r"""\bclass\s*=\s*["'][^"'<>]{0,100}\b[tT]itreArticle(?:Visu)?\b""")
_ARTICLE = re.compile(r"<article\b[^<>]{0,400}>", re.IGNORECASE)
_STATED = re.compile(
    r"(?:Nombre de documents?(?:\(s\))?|Number of documents?(?:\(s\))?)\s*+:?+\s*+(?:<[^<>]{0,100}>\s*+)*+(\d{1,6})"
)
_ISSUE = re.compile(r",? +(?:no|n°|nº|vol)\.? ?\d.*", re.IGNORECASE | re.DOTALL)
_OLD_TITLE = re.compile(r"""<\w+\b[^<>]{0,100}?\bclass\s*=\s*["']TitreArticleVisu["'][^<>]{0,100}>""")
_RIGHTS = re.compile(r"\s*(?:©|&copy;)")
_DOCUMENT = re.compile(r"\s*(?:Numéro de document|Document number|Certificat|news[·.]\d)")
_AUTHOR_AT_MOST = 150
"""Code points."""


def recognises_html(page: str) -> bool:
    return "DocPublicationName" in page and _OUTLET.search(page) is not None and _TITLE.search(page) is not None


def split_html(page: str) -> Bundle:
    """Articles of a page's source."""
    outlets = [found.start() for found in _OUTLET.finditer(page)]
    starts = [found.start() for found in _ARTICLE.finditer(page)]
    new = bool(starts)
    starts = _holding(starts, outlets) if new else _apart(outlets, page)
    read = _new if new else _old
    stated = _STATED.search(page[: starts[0]]) if starts else None
    articles = tuple(read(page[start:end]) for start, end in stretches(starts, len(page)))
    return Bundle(articles, int(stated[1]) if stated else None)


def _holding(starts: Sequence[int], outlets: Sequence[int]) -> list[int]:
    """Of the starts of articles, those with an outlet before the next one."""
    held: list[int] = []
    waiting = iter([*outlets, None])
    outlet = next(waiting)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        while outlet is not None and outlet < start:
            outlet = next(waiting)
        if outlet is not None and (end is None or outlet < end):
            held.append(start)
    return held


def _apart(outlets: Sequence[int], page: str) -> list[int]:
    """Starts of outlets, each with a title before the next: an element inside another one may have the class, too."""
    return [start for start, end in stretches(outlets, len(page)) if _TITLE.search(page, start, end)]


def _new(source: str) -> BundledArticle:
    whole = elements(source)
    article = next(whole.iter("article"), whole)
    for element in [*article.iter("footer", "aside", "script", "style")]:
        element.drop_tree()
    header = next(article.iter("header"), article)
    title = _words(header, "titreArticle") or _words(article, "titreArticleVisu", "rdp__articletitle", "grandTitre")
    bodies = of_class(article, "docOcurrContainer") or of_class(article, "DocText")
    texts = [paragraph for body in bodies[:1] for paragraph in shown(body)]
    published, section = _dated(" ".join(_each(article, "DocHeader")))
    author = _words(article, "docAuthors") or _words(header, "sm-margin-bottomNews")
    outlet = _outlet(_each(article, "DocPublicationName"))
    subtitles = _each(header, "rdp__subtitle")
    if not bodies:
        if header is not article:
            header.drop_tree()
        texts = _without_rights(shown(article))
    return BundledArticle(
        blocks=(*paragraph_blocks(subtitles, PartRole.HEADLINE), *paragraph_blocks(texts)),
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        section=section,
    )


def _old(source: str) -> BundledArticle:
    whole = elements(source)
    published, section = _dated("".join("".join(each.itertext()) for each in of_class(whole, "DocHeader")))
    title = _OLD_TITLE.search(source)
    above = elements(source[: title.start()]) if title else whole
    for element in of_class(above, "DocPublicationName", "DocHeader"):
        element.drop_tree()
    headings = shown(above) if title else []
    texts = html_paragraphs(_after_title(source, title.start())) if title else shown(whole)
    author, texts = _author_above(_without_rights(texts))
    return BundledArticle(
        blocks=tuple(paragraph_blocks(texts)),
        above=tuple(paragraph_blocks(headings, PartRole.HEADLINE)),
        title=_words(whole, "TitreArticleVisu"),
        outlet=_outlet(_each(whole, "DocPublicationName")),
        author=author,
        published=published,
        section=section,
    )


def _after_title(source: str, start: int) -> str:
    """The source behind the title's element, which may hold others that mark what was searched for."""
    depth = 0
    for tag in re.finditer(r"<(/?)span\b[^<>]*>", source[start:], re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return source[start + tag.end() :]
    return source[start:]


def _author_above(paragraphs: Sequence[str]) -> tuple[str | None, list[str]]:
    """The author has a line of its own, ended by a break, before the first paragraph of the text."""
    if paragraphs and paragraphs[0].endswith("\n"):
        line = paragraphs[0].strip()
        if len(line) <= _AUTHOR_AT_MOST and "\n" not in line:
            return line, list(paragraphs[1:])
    return None, list(paragraphs)


def _without_rights(paragraphs: Sequence[str]) -> list[str]:
    """Without the copyright, the document's number and the certificate, which stand below the text."""
    number = next((index for index, each in enumerate(paragraphs) if _DOCUMENT.match(each)), len(paragraphs))
    rights = next(
        (index for index in range(number - 1, max(-1, number - 4), -1) if _RIGHTS.match(paragraphs[index])), number
    )
    return list(paragraphs[:rights])


def _dated(header: str) -> tuple[Published, str | None]:
    """Date and section from "Éditorial, jeudi 4 octobre 2012, p. 03"."""
    words = " ".join(header.split())
    dated = date_in(words)
    if dated is None:
        return Published(), None
    return dated.published, words[: dated.start].strip(" ,;•-") or None


def _outlet(names: Sequence[str]) -> str | None:
    """The outlet without the number of the issue."""
    return _ISSUE.sub("", names[0].strip().split("\n")[0]).strip(" ,") or None if names else None


def _words(element: Any, *names: str) -> str | None:
    return next((words for words in _each(element, *names) if words), None)


def _each(element: Any, *names: str) -> list[str]:
    return ["\n".join(shown(found)).strip() for found in of_class(element, *names)]
