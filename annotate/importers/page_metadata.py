"""What a web page says about itself: title, outlet, author, date, address, language.

Only what the page states is taken, never what could be reasoned out: date finders once dated a page of 2018 to 2012
from a number in its footer. Stated means, in this order: schema.org JSON-LD of an article, meta elements that sites
and their crawlers agree on, microdata and <time> inside the article, and last what a reader sees: the byline around the
headline, and lines that are labelled ("Date 23.05.2011", "Auteur : …").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from annotate.importers.byline import Byline
from annotate.importers.linked_data import LinkedArticle, linked_article
from annotate.importers.page_byline import byline_of
from annotate.model import Published
from annotate.vocabulary import Precision

_DATES = (
    *("article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "pubdate"),
    *("publishdate", "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued"),
    *("cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "date", "dc.date", "dcterms.date"),
    *("dcterms.created", "pdate"),
)
"""The surer first: "date" is on some sites that of the last change."""
_AUTHORS = (
    *("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"),
    "citation_author",
)
_TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
)
_OUTLETS = ("dc.publisher", "dcterms.publisher", "citation_journal_title")
_LOGIN = re.compile(r"[a-z0-9._-]+")
_SAVED_FROM = re.compile(r"saved from url=\(\d{1,6}\)(\S{1,2000})|Page saved with SingleFile\s+url: (\S{1,2000})")
_SEPARATOR = r"\s+[|–—·•»›/:-]\s+"
_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        start=1,
    )
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])|(\d{4})(\d{2})(\d{2})(?=$|T)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_LABELLED_DATE = re.compile(
    r"(?:^|\n)[ \t]*+(?:Date|Datum|Data|Fecha|Дата)\s*:?\s*(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})\s*(?=\n|$)"
)
_LABELLED_AUTHOR = re.compile(
    r"(?:^|\n)[ \t]*(?:Author|Auteur|Autor|Autora|Autore|Автор)[ \t]*:[ \t]*([^\n]{3,80}?)[ \t]*(?=\n|$)"
)
_BY = re.compile(r"(?i)^(?:by|von|par|por|di)\s+(?=\S)")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EARLIEST_YEAR = 1700
"""Systems without a date write the year 1 or 1601."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """None where the page states nothing; `title_stated` is False where only the window's title was there to go by."""

    title: str | None
    title_stated: bool
    outlet: str | None
    author: str | None
    published: Published
    url: str | None
    language: str | None


def metadata_of(page: Any) -> PageMetadata:
    """Read the metadata of an lxml page."""
    metas = _metas(page)
    article = linked_article(page)
    outlet = _outlet(page, metas, article)
    title, stated = _title(page, metas, article, outlet)
    if outlet is None and title is not None and stated:
        outlet = _outlet_beside(title, _window_title(page))
    byline = byline_of(page, title)
    return PageMetadata(
        title=title,
        title_stated=stated,
        outlet=outlet,
        author=_author(page, metas, article, outlet, byline),
        published=_published(page, metas, article, byline),
        url=_url(page, metas, article),
        language=_language(page, article),
    )


def published_from(words: str) -> Published:
    """A date as written, with the day, month or year that its words surely give."""
    words = _squeezed(words)
    year, month, day = _numbers_in(words)
    if year is None or year < _EARLIEST_YEAR:
        return Published(words=words or None)
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    try:
        return Published(words, date(year, month or 1, day or 1), precision)
    except (ValueError, OverflowError):
        return Published(words=words)


def labelled_author(body: str) -> str | None:
    """The author that a line of the article's own text names with a label, such as "Auteur : …"."""
    found = _LABELLED_AUTHOR.search(body)
    return found[1] if found else None


def _numbers_in(words: str) -> tuple[int | None, int | None, int | None]:
    iso = _ISO.match(words)
    if iso:
        year, month, day = iso.group(1, 2, 3) if iso[1] else iso.group(4, 5, 6)
        return int(year), int(month) if month else None, int(day) if day else None
    dotted = _DOTTED.fullmatch(words)
    if dotted:
        return int(dotted[3]), int(dotted[2]), int(dotted[1])
    mail = parsedate(words) if "," in words else None
    if mail and re.match(r"[A-Za-z]{3,9}, \d", words):
        return mail[0], mail[1], mail[2]
    for pattern, name, day_group in ((_DAY_FIRST, 2, 1), (_MONTH_FIRST, 1, 2)):
        found = pattern.search(words)
        number = _month_number(found[name]) if found else None
        if found and number:
            return int(found[3]), number, int(found[day_group])
    return None, None, None


def _month_number(word: str) -> int | None:
    """From a month's English name or its beginning of three letters or more ("Aug", "Sept")."""
    return next((number for name, number in _MONTHS.items() if len(word) > 2 and name.startswith(word.lower())), None)


def _published(page: Any, metas: dict[str, list[str]], article: LinkedArticle, byline: Byline) -> Published:
    stated = [article.words("datePublished"), *(_one(metas, name) for name in _DATES), _parsely(metas, "pub_date")]
    for words in stated:
        if words:
            published = published_from(words)
            if published.on is not None:
                return published
    timed = (
        '//*[@itemprop="datePublished"]/@content|//*[@itemprop="datePublished"]/@datetime',
        "//time[@pubdate]/@datetime|//article//header//time/@datetime|//article//time/@datetime",
        "//main//time/@datetime",
    )
    for path in timed:
        dates = [published_from(str(words)) for words in page.xpath(path)]
        dates = [published for published in dates if published.on is not None]
        if dates:
            return dates[0]
    if byline.published.on is not None:
        return byline.published
    visible = {published_from(words).on: words for words in _LABELLED_DATE.findall(_all_text(page))}
    if len(visible) == 1:
        return published_from(next(iter(visible.values())))
    times = {published_from(str(words)).on: str(words) for words in page.xpath("//time/@datetime")}
    if len(times) == 1:
        return published_from(next(iter(times.values())))
    # Words that name no certain day ("07/05/2024") are still what the page says.
    return next((published_from(words) for words in stated if words and any(map(str.isdigit, words))), Published())


def _outlet(page: Any, metas: dict[str, list[str]], article: LinkedArticle) -> str | None:
    return (
        _one(metas, "og:site_name")
        or ", ".join(article.names("publisher"))
        or _one(metas, "application-name")
        or next((name for key in _OUTLETS if (name := _one(metas, key))), None)
        or _outlet_in_microdata(page)
    )


def _outlet_in_microdata(page: Any) -> str | None:
    path = '//*[@itemprop="publisher"]//*[@itemprop="name"]/@content|//*[@itemprop="publisher"][not(*)]/@content'
    return _squeezed(_attribute(page, path) or "") or None


def _url(page: Any, metas: dict[str, list[str]], article: LinkedArticle) -> str | None:
    """The address that the page gives itself, else the one that the program wrote into it that saved it."""
    canonical = (link.get("href") for link in page.iter("link") if (link.get("rel") or "").lower() == "canonical")
    stated = (
        next((address for address in canonical if address and address.strip()), None),
        *(_one(metas, "og:url"), article.words("url"), _one(metas, "parsely-link")),
    )
    return next((found for found in chain(stated, _saved_from(page)) if _is_address(found)), None)


def _saved_from(page: Any) -> Iterator[str]:
    for comment in page.getroottree().xpath("//comment()[position() <= 5]"):
        saved = _SAVED_FROM.search(str(comment.text))
        if saved:
            yield saved[1] or saved[2]


def _parsely(metas: dict[str, list[str]], name: str) -> str | None:
    """A value of the object that an older way of telling a crawler holds."""
    try:
        stated = json.loads(_one(metas, "parsely-page") or "{}")
    except (ValueError, RecursionError):
        return None
    value = stated.get(name) if isinstance(stated, dict) else None
    return _squeezed(value) or None if isinstance(value, str) else None


def _title(
    page: Any, metas: dict[str, list[str]], article: LinkedArticle, outlet: str | None
) -> tuple[str | None, bool]:
    """The headline as the page shows it, confirmed by the page's own titles; else those."""
    window = _window_title(page)
    linked = article.words("headline")
    metadata = next((title for name in _TITLES if (title := _one(metas, name))), None)
    shown = [_squeezed(str(heading.text_content())) for heading in page.xpath("//h1")]
    shown = [heading for heading in shown if heading and heading.casefold() != (outlet or "").casefold()]
    for heading in shown:
        if len(heading) > 10 and any(heading in other for other in (window, metadata or "", linked or "")):
            return heading, True
    stated = metadata or linked
    if stated:
        return _without_outlet(stated, outlet), True
    if len(shown) == 1:
        return shown[0], True
    return (_without_outlet(window, outlet) or None), False


def _window_title(page: Any) -> str:
    return _squeezed(_attribute(page, "//head/title/text()|//title/text()") or "")


def _outlet_beside(title: str, window: str) -> str | None:
    """The outlet in "Headline - The Outlet" or "The Outlet - Headline", where nothing else stands there."""
    headline = re.escape(title)
    found = re.fullmatch(
        rf"{headline}{_SEPARATOR}([^|–—·]{{2,60}})|([^|–—·]{{2,60}})(?:{_SEPARATOR}|: ){headline}", window
    )
    return (found[1] or found[2]).strip() if found else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """ "Headline - BBC News" and "Headline | Section | BBC" without what follows, where it names the outlet."""
    pieces = re.split(_SEPARATOR, title)
    if len(pieces) < 2 or not outlet:
        return title
    short = outlet.casefold().split(".")[0]
    for index, piece in enumerate(pieces[1:], start=1):
        if piece.casefold() in (outlet.casefold(), short):
            return title[: title.find(piece, len(pieces[0]))].rstrip(" |–—·•»›/:-") if index > 1 else pieces[0]
    return title


def _author(
    page: Any, metas: dict[str, list[str]], article: LinkedArticle, outlet: str | None, byline: Byline
) -> str | None:
    outlets = {name.casefold() for name in (outlet, *metas.get("publisher", ()), *article.names("publisher")) if name}
    candidates = [
        article.names("author"),
        *(metas.get(name, []) for name in _AUTHORS),
        [_parsely(metas, "author") or ""],
    ]
    for stated in chain(candidates, _author_in_microdata(page)):
        people = dict.fromkeys(_BY.sub("", _squeezed(name)) for name in stated)
        author = ", ".join(name for name in people if name and name.casefold() not in outlets)
        if author and len(author) <= 200 and "://" not in author and author.casefold() not in outlets:
            # Some sites give the name that an author logs in with, and show the real one.
            return byline.author if byline.author and _LOGIN.fullmatch(author) else author
    return byline.author if byline.author and byline.author.casefold() not in outlets else None


def _author_in_microdata(page: Any) -> Iterator[list[str]]:
    """Looked for only once it is asked for: that takes longer than all the rest."""
    path = '//*[@itemprop="author"]//*[@itemprop="name"]|//article//*[@rel="author"]|//*[@itemprop="author"]'
    yield from ([str(element.get("content") or element.text_content())] for element in page.xpath(path)[:1])


def _language(page: Any, article: LinkedArticle) -> str | None:
    stated = (
        _attribute(page, "/html/@lang"),
        _attribute(page, "/html/@*[local-name()='lang']"),
        article.words("inLanguage"),
    )
    tags = (tag.strip().replace("_", "-") for tag in stated if tag)
    return next((tag for tag in tags if _LANGUAGE_TAG.fullmatch(tag)), None)


def _metas(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        content = _squeezed(meta.get("content") or "")
        for key in ("property", "name", "itemprop"):
            if content and meta.get(key):
                found.setdefault(meta.get(key).strip().lower(), []).append(content)
    return found


def _one(metas: dict[str, list[str]], name: str) -> str | None:
    return next(iter(metas.get(name, ())), None)


def _attribute(page: Any, path: str) -> str | None:
    found: Iterable[Any] = page.xpath(path)
    return next((str(value) for value in found if str(value).strip()), None)


def _all_text(page: Any) -> str:
    return "\n".join(text.strip() for text in page.itertext() if text.strip())


def _is_address(url: str | None) -> bool:
    try:
        return url is not None and urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _squeezed(text: str) -> str:
    return " ".join(text.split())
