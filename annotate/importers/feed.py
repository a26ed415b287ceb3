"""Feeds (RSS, Atom): every entry an article.

feedparser reads the structure of what has been decoded here already. It is given a stream and never a name, which it
would open, nor a declaration of entities, which it would expand; addresses and markup of the words are left as they
are, since the words alone are taken, through the same reading as those of web pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.assembly import Assembled, Block, assemble
from annotate.importers.decoding import decode, mark_of
from annotate.importers.draft import Draft
from annotate.importers.format import Format, Reading
from annotate.importers.headline import first_line_as_title, headline_of
from annotate.importers.one_line import one_line
from annotate.importers.options import ReadOptions
from annotate.importers.stated_date import published_in
from annotate.importers.visible_text import visible_blocks
from annotate.model import Published

LARGEST = 10 * 1024 * 1024
"""Bytes; feedparser takes a second a megabyte, two if the feed is damaged. Feeds of sites have less than one."""

MOST_ENTRIES = 20_000
"""Of one feed; feedparser takes a tenth of a millisecond for the shortest. Feeds of sites have a hundred."""

_ENDINGS = (".rss", ".atom", ".rdf", ".xml")
# Possessive throughout: what stands before the first element is gone through once.
_BEFORE_ROOT = (
    r"(?:\ufeff|\s++|(?><\?.{0,4000}?\?>)|(?><!--.{0,4000}?-->)"
    r"|(?><!DOCTYPE\s[^<>\[]{0,1000}+(?:>|\[.{0,12000}?\]\s*>)))*+"
)
_ROOT = re.compile(_BEFORE_ROOT + r"<(?:(?:\w+:)?feed|rss|(?:\w+:)?RDF)(?=[\s>])", re.DOTALL)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_RSS_IN_RDF = re.compile(
    r"http://(?:purl\.org/rss/1\.0/|my\.netscape\.com/rdf/|channel\.netscape\.com/rdf/|purl\.org/net/rss)"
)
_DECLARED = re.compile(rb"""\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""")
# The standard library's reader of XML takes quadratic time for the attributes of an element.
_MANY_ATTRIBUTES = re.compile(r"""<\w(?:[^<>=]*+=\s*+(?:"[^"<]*+"|'[^'<]*+')){1000}+""")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Letters of a reference that is none are kept as they stand; what a CDATA section holds is no reference.
_BARE_AMPERSAND = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,31});)", re.DOTALL)
# feedparser takes the caption of a picture for the summary of its entry.
_DESCRIPTION_OF_MEDIA = re.compile(r"(</?media:)description\b")
_WORDS_ELSEWHERE = ("yandex_full-text", "media_about")
"""Where the whole text of an entry stands for some readers of feeds, and the words on what is only seen or heard."""
_ESCAPED_TWICE = re.compile(r"\s*<(?:p|div|br|span|a|b|strong|em|i|img|h[1-6])(?:\s[^<>]{0,500})?/?>")
_SHORT = 200
"""Code points of a content that may only point to the page ("Read more") while the summary has the words."""
# RSS has the address first; feedparser knows the ends of few of them.
_NAMED_ADDRESS = re.compile(r"\S{1,200}@\S{1,200} \(([^()]{1,200})\)")
_MARKUP = ("text/html", "application/xhtml+xml")


def recognises(data: bytes, _name: str) -> bool:
    """By the first element of the XML."""
    start = _start_of(data)
    found = _ROOT.match(start)
    if found is None:
        return False
    return not found[0].endswith("RDF") or _RSS_IN_RDF.search(start) is not None


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article an entry; raises ImportRefused for a feed that is too large or has no entry with words."""
    import feedparser

    if len(data) > LARGEST:
        raise ImportRefused(
            f"{name} is a feed of {len(data) / 1024**2:,.0f} MB; feeds of up to {LARGEST // 1024**2} MB are read. "
            "Split it."
        )
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:300])
    decoded = decode(data, name, options.encoding, declared[1].decode("ascii") if declared else options.charset)
    cleaned = canonical(decoded.text)
    if _MANY_ATTRIBUTES.search(cleaned.text):
        raise ImportRefused(f"{name} is damaged: an element in it has over a thousand attributes. Get the feed again.")
    entries = sum(1 for _ in _ENTRY.finditer(cleaned.text))
    if entries > MOST_ENTRIES:
        raise ImportRefused(
            f"{name} is a feed of {entries:,} entries; feeds of up to {MOST_ENTRIES:,} are read. Split it."
        )
    found = feedparser.parse(
        BytesIO(_as_feedparser_reads_it(_without_doctype(cleaned.text, name)).encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.entries:
        raise ImportRefused(f"{name} is a feed without entries; there is nothing to import.")
    return _reading(found, name, (*decoded.warnings, *cleaned.notes))


FORMAT = Format("feed", "2", "feed", _ENDINGS, recognises, read)


def _start_of(data: bytes) -> str:
    marked = mark_of(data)
    if marked is not None:
        return data[:16384].decode(marked[1], "ignore")
    if data[:2] == b"<\0":
        return data[:16384].decode("utf-16-le", "ignore")
    if data[:2] == b"\0<":
        return data[:16384].decode("utf-16-be", "ignore")
    return data[:16384].decode("latin-1")


def _without_doctype(text: str, name: str) -> str:
    """The feed from its first element on: a DOCTYPE of feeds has nothing but entities to declare."""
    start = _ROOT.match(text)
    if start is None:
        raise ImportRefused(f"{name} is damaged or not a feed; get the feed again.")
    return text[start[0].rfind("<") :]


def _as_feedparser_reads_it(source: str) -> str:
    escaped = _BARE_AMPERSAND.sub(lambda found: "&amp;" if found[0] == "&" else found[0], source)
    return _DESCRIPTION_OF_MEDIA.sub(r"\1about", escaped)


def _reading(found: Any, name: str, warnings: tuple[str, ...]) -> Reading:
    drafts: list[Draft] = []
    notes = dict.fromkeys(warnings)
    summaries = titles = 0
    total = len(found.entries)
    for place, entry in enumerate(found.entries, start=1):
        title = _title(entry)
        words, held = _words(entry)
        text = words.text or title or ""
        if not text:
            continue
        summaries += held == "summary"
        titles += held == "title"
        notes.update(dict.fromkeys(words.notes))
        draft = Draft(
            text=text,
            title=title or headline_of(text) or first_line_as_title(text),
            title_confirmed=title is not None,
            outlet=_outlet(entry, found.feed),
            author=_author(entry) or (_author(found.feed) if str(found.version).startswith("atom") else None),
            published=_published(entry, str(found.version)),
            url=_address(entry.get("link")),
            language=_language(entry, found.feed),
            parts=words.parts,
        )
        drafts.append(replace(draft, place_in_file=f"{place} of {total}") if total > 1 else draft)
    if not drafts:
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    if summaries:
        notes[f"{_of(summaries, total)} a summary only; get the article itself from its address."] = None
    if titles:
        notes[f"{_of(titles, total)} a title only; get the article itself from its address."] = None
    if len(drafts) < total:
        notes[f"{_of(total - len(drafts), total)} no words; what has none was left out."] = None
    return Reading(tuple(drafts), tuple(notes))


def _of(count: int, total: int) -> str:
    if total == 1:
        return "The entry holds"
    return f"{count:,} of {total:,} entries {'holds' if count == 1 else 'hold'}"


def _words(entry: Any) -> tuple[Assembled, str]:
    """The entry's words, and whether they are its content, its summary, or its title because there is nothing else."""
    short: Assembled | None = None
    full, about = ({"value": entry.get(key), "type": "text/html"} for key in _WORDS_ELSEWHERE)
    content = [*(entry.get("content") or ()), full]
    for held, offers in (("content", content), ("summary", [entry.get("summary_detail")]), ("summary", [about])):
        offers = [offer for offer in offers if isinstance(offer, Mapping) and offer.get("value")]
        offers.sort(key=lambda offer: offer.get("type") not in _MARKUP)
        for offer in offers:
            found = _visible(str(offer["value"]), str(offer.get("type")))
            if found.text and held == "content" and len(found.text) < _SHORT:
                short = short or found
            elif found.text and (short is None or len(found.text) > 3 * len(short.text)):
                return found, held
    if short is not None:
        return short, "content"
    return Assembled("", (), ()), "title"


def _visible(words: str, type_: str) -> Assembled:
    if type_ not in _MARKUP:
        return assemble((Block(words),))
    found = assemble(visible_blocks(words))
    return assemble(visible_blocks(found.text)) if _ESCAPED_TWICE.match(found.text) else found


def _title(entry: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    return one_line(_visible(str(entry.get("title") or ""), str(detail.get("type"))).text)


def _outlet(entry: Any, feed: Any) -> str | None:
    """The feed an entry was taken over from, where it says so, else this feed."""
    source = entry.get("source")
    stated = _title(source) if isinstance(source, Mapping) else None
    return stated if stated and "://" not in stated else _title(feed)


def _author(stated: Any) -> str | None:
    named = _NAMED_ADDRESS.fullmatch(str(stated.get("author") or ""))
    if named:
        return one_line(named[1])
    people = [person for person in stated.get("authors") or () if isinstance(person, Mapping)]
    names = [one_line(person.get("name") or person.get("email")) for person in people]
    return one_line(", ".join(dict.fromkeys(name for name in names if name))) or one_line(stated.get("author"))


def _published(entry: Any, version: str) -> Published:
    """As written; a date of RSS 1.0 (dc:date) goes by the name of an update, which in Atom it really is."""
    words = entry.get("published") if "published" in entry else None
    if not words and not version.startswith("atom") and "updated" in entry:
        words = entry.get("updated")
    words = one_line(words)
    return published_in(words[:100]) if words else Published()


def _language(entry: Any, feed: Any) -> str | None:
    stated = [offer.get("language") for offer in entry.get("content") or () if isinstance(offer, Mapping)]
    tags = (str(tag).strip().replace("_", "-") for tag in (*stated, feed.get("language")) if tag)
    return next((tag for tag in tags if _LANGUAGE_TAG.fullmatch(tag)), None)


def _address(link: Any) -> str | None:
    address = one_line(link) if isinstance(link, str) else None
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None
