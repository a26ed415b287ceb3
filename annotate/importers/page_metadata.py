"""What a web page says about itself: title, outlet, author, date, address, language.

Only what the page states is taken, never what could be reasoned out: date finders once dated a page of 2018 to 2012
from a number in its footer. Stated means, in this order: schema.org JSON-LD of an article, meta elements that sites
and their crawlers agree on, microdata and <time> inside the article, and last a line that a reader sees and that is
labelled ("Date 23.05.2011", "Auteur : …").
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from typing import Any
from urllib.parse import urlsplit

from annotate.model import Published
from annotate.vocabulary import Precision

_ARTICLE_TYPES = re.compile(r"\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review")
_DATES = (
    *("article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date"),
    *("publication_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "pdate"),
    *("parsely-pub-date", "sailthru.date", "og:published_time", "cxenseparse:recs:publishtime", "citation_date"),
)
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
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
    article = next(_linked_articles(page), {})
    outlet = _one(metas, "og:site_name") or _names(article.get("publisher")) or _one(metas, "application-name")
    title, stated = _title(page, metas, article, outlet)
    if outlet is None and title is not None and stated:
        outlet = _outlet_after(title, _window_title(page))
    url = _attribute(page, '//link[translate(@rel, "CANOIL", "canoil")="canonical"]/@href')
    return PageMetadata(
        title=title,
        title_stated=stated,
        outlet=outlet,
        author=_author(page, metas, article, outlet),
        published=_published(page, metas, article),
        url=next(
            (found for found in (url, _one(metas, "og:url"), _text(article.get("url"))) if _is_address(found)), None
        ),
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


def _published(page: Any, metas: dict[str, list[str]], article: dict[str, Any]) -> Published:
    for words in (_text(article.get("datePublished")), *(_one(metas, name) for name in _DATES)):
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
        stated = [published_from(str(words)) for words in page.xpath(path)]
        stated = [published for published in stated if published.on is not None]
        if stated:
            return stated[0]
    visible = {published_from(words).on: words for words in _LABELLED_DATE.findall(_all_text(page))}
    return published_from(next(iter(visible.values()))) if len(visible) == 1 else Published()


def _title(
    page: Any, metas: dict[str, list[str]], article: dict[str, Any], outlet: str | None
) -> tuple[str | None, bool]:
    """The headline as the page shows it, confirmed by the page's own titles; else those."""
    window = _window_title(page)
    shared = _one(metas, "og:title") or _one(metas, "twitter:title")
    linked = _text(article.get("headline"))
    shown = [_squeezed(str(heading.text_content())) for heading in page.xpath("//h1")]
    shown = [heading for heading in shown if heading]
    for heading in shown:
        if len(heading) > 10 and any(heading in other for other in (window, shared or "", linked or "")):
            return heading, True
    stated = shared or linked
    if stated:
        return _without_outlet(stated, outlet), True
    if len(shown) == 1 and shown[0] != outlet:
        return shown[0], True
    return (_without_outlet(window, outlet) or None), False


def _window_title(page: Any) -> str:
    return _squeezed(_attribute(page, "//head/title/text()|//title/text()") or "")


def _outlet_after(title: str, window: str) -> str | None:
    """The outlet in "Headline - The Outlet", where nothing else stands there."""
    rest = re.fullmatch(r"\s+[|–—·-]\s+([^|–—·]{2,60})", window.removeprefix(title))
    return rest[1] if rest and window.startswith(title) else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """ "Headline - BBC News" and "Headline | Section | BBC" without what follows, where it names the outlet."""
    pieces = re.split(r"\s+[|–—·-]\s+", title)
    if len(pieces) < 2 or not outlet:
        return title
    short = outlet.casefold().split(".")[0]
    for index, piece in enumerate(pieces[1:], start=1):
        if piece.casefold() in (outlet.casefold(), short):
            return title[: title.find(piece, len(pieces[0]))].rstrip(" |–—·-") if index > 1 else pieces[0]
    return title


def _author(page: Any, metas: dict[str, list[str]], article: dict[str, Any], outlet: str | None) -> str | None:
    microdata = page.xpath(
        '//*[@itemprop="author"]//*[@itemprop="name"]|//article//*[@rel="author"]|//*[@itemprop="author"]'
    )
    candidates = [
        _names(article.get("author")),
        *(", ".join(dict.fromkeys(metas.get(name, ()))) for name in _AUTHORS),
        *(_squeezed(str(element.get("content") or element.text_content())) for element in microdata[:1]),
    ]
    outlets = [
        name.casefold() for name in (outlet, *metas.get("publisher", ()), _names(article.get("publisher"))) if name
    ]
    for candidate in candidates:
        author = _BY.sub("", _squeezed(candidate or ""))
        if author and len(author) <= 200 and "://" not in author and author.casefold() not in outlets:
            return author
    return None


def _language(page: Any, article: dict[str, Any]) -> str | None:
    stated = (
        _attribute(page, "/html/@lang"),
        _attribute(page, "/html/@*[local-name()='lang']"),
        _text(article.get("inLanguage")),
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


def _linked_articles(page: Any) -> Iterator[dict[str, Any]]:
    """schema.org articles in the page's JSON-LD, in order, however deep they lie."""
    for script in page.xpath('//script[contains(@type, "ld+json")]'):
        try:
            waiting: deque[Any] = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue  # Sites do write broken JSON; the meta elements are still there.
        while waiting:
            node = waiting.popleft()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                types = node.get("@type")
                if any(isinstance(type_, str) and _ARTICLE_TYPES.fullmatch(type_) for type_ in _listed(types)):
                    yield node
                waiting += [value for value in node.values() if isinstance(value, dict | list)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(value: Any) -> str | None:
    """Names of schema.org persons or organisations: a string, an object with a name, or a list of either."""
    names = [_text(entry.get("name")) if isinstance(entry, dict) else _text(entry) for entry in _listed(value)]
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name)) or None


def _text(value: Any) -> str | None:
    return (_squeezed(value) or None) if isinstance(value, str) else None


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
