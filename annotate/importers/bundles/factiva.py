"""Articles saved from Factiva: web pages, text and documents, in the two ways in which Factiva shows them.

With field codes, one a line or table row: HD headline, BY author, PD date, SN outlet, LP and TD text, AN number. And
as read on the screen: headline, author, "295 words", date, outlet, code of the outlet, language, copyright, text.
Either way an article ends with its number, "Document TESTFR0020111229e7ct0001r".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotate.importers.bundles.article import BY, MOST_ARTICLES, Bundle, BundledArticle, paragraph_blocks, stretches
from annotate.importers.bundles.dates import is_date_line, published
from annotate.importers.bundles.labels import COPYRIGHT, WORDS
from annotate.importers.bundles.languages import is_language, language_tag
from annotate.importers.bundles.markup import elements, of_class, shown
from annotate.importers.headline import LONGEST
from annotate.model import Published
from annotate.vocabulary import PartRole

_NUMBER = (
    r"(?:Documento?|Dokument|DOCUMENT|Документ|文件|文書)[ \t\u00a0]+[A-Z0-9]{2,12}(?:19|20)\d{6}[a-z][0-9a-z]{5,11}"
)
_LAST_LINE = re.compile(rf"\s*(?:AN[\s|\u00a0]+)?{_NUMBER}[\s|]*")
_RECOGNISED = re.compile(rf"^[ \t\u00a0]*(?:AN[ \t|\u00a0]+)?{_NUMBER}[ \t|]*\r?$", re.MULTILINE)
_LENGTH_LINE = re.compile(
    rf"^[ \t\u00a0]{{0,200}}(?:WC[ \t|\u00a0]{{1,40}})?{WORDS.pattern}[ \t|]*\r?$", re.MULTILINE | re.IGNORECASE
)
_HTML_ARTICLE = re.compile(r"""<div\b[^<>]{0,200}?\bclass\s*=\s*["']article \w{2,5}Article\b[^<>]{0,200}>""")

_HEAD_CODES = {
    *("HD", "SE", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY", "CLM", "DLN"),
    *("LP", "TD", "CX"),
}
_TAIL_CODES = {*("TD", "LP", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CX", "DJI", "CR")}
_TEXT_CODES = {"LP", "TD", "CX", "ART"}
_CODE = re.compile(r"([A-Z]{2,3})(?:[\t|\u00a0]+[ \t|\u00a0]*| {2,}|[ \t|]*$)(.*)", re.DOTALL)
_CODE_AND_SPACE = re.compile(r"([A-Z]{2,3}) +(\S.*)", re.DOTALL)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,5})?")
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_FOOTER = re.compile(r"\s*(?:Page|Seite|Página) \d+ (?:of|de|von|sur) \d+\b.*|.*©\s*\d{4} Factiva, Inc\..*")
_CONTENTS_LINE = re.compile(r".*(?:\.{4,}|…{2,}|\t)\s*\d+\s*")
_NAME_AT_MOST = 6
"""Words of a line that is taken for an author though it does not say "by"."""


def recognises_text(glimpse: str) -> bool:
    return _RECOGNISED.search(glimpse) is not None and _LENGTH_LINE.search(glimpse) is not None


def recognises_html(page: str) -> bool:
    return _HTML_ARTICLE.search(page) is not None


def split(lines: Sequence[str]) -> Bundle:
    """Articles of the lines of a text file, or of the paragraphs and table rows of a document."""
    articles: list[BundledArticle] = []
    chunk: list[str] = []
    for line in lines:
        words = line.strip(" \t\n|\u00a0")
        if not words or _FOOTER.fullmatch(words):
            continue
        chunk.append(words)
        if _LAST_LINE.fullmatch(words):
            articles.append(_coded(_fields(chunk)) if _has_codes(chunk) else _displayed(chunk))
            chunk = []
        if len(articles) > MOST_ARTICLES:
            break
    return Bundle(tuple(articles))


def split_html(page: str) -> Bundle:
    """Articles of a page's source."""
    starts = [found.start() for found in _HTML_ARTICLE.finditer(page)]
    return Bundle(tuple(_html_article(page[start:end]) for start, end in stretches(starts, len(page))))


def _html_article(source: str) -> BundledArticle:
    whole = elements(source)
    element = next(iter(of_class(whole, "article")), whole)
    fields = list(_table_fields(element))
    if any(code == "HD" for code, _ in fields):
        return _coded(fields)
    lines = [line for line in shown(element) if not _FOOTER.fullmatch(line)]
    article = _displayed([line.strip() for line in lines])
    headings = element.xpath('.//*[@id="hd"]') or element.xpath('.//*[contains(@class, "Headline")]')
    title = " ".join(" ".join(shown(heading)) for heading in headings[:1])
    authors = [" ".join(shown(author)) for author in of_class(element, "author")]
    return replace(article, title=title or article.title, author=next(iter(authors), None) if title else article.author)


def _table_fields(element: Any) -> Iterator[tuple[str, list[str]]]:
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        code = "".join(cells[0].itertext()).strip() if len(cells) > 1 else ""
        if code.isupper() and 2 <= len(code) <= 3:
            yield code, [paragraph.strip() for cell in cells[1:] for paragraph in shown(cell)]


def _has_codes(lines: Sequence[str]) -> bool:
    codes = {found[1] for line in lines if (found := _CODE.fullmatch(line) or _CODE_AND_SPACE.fullmatch(line))}
    return {"HD", "WC", "PD"} <= codes


def _fields(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Codes with the paragraphs that belong to them. In the text only codes that may follow a text count, with more
    than a space behind them except in the run that ends the article."""
    fields: list[tuple[str, list[str]]] = []
    in_text = False
    ends = len(lines)
    while ends and (last := _CODE_AND_SPACE.fullmatch(lines[ends - 1])) and last[1] in _TAIL_CODES - _TEXT_CODES:
        ends -= 1
    for rank, line in enumerate(lines):
        spaced = _CODE_AND_SPACE.fullmatch(line) if not in_text or rank >= ends else None
        found = _CODE.fullmatch(line) or spaced
        if found is not None and found[1] in (_TAIL_CODES if in_text else _HEAD_CODES | _TAIL_CODES):
            in_text = in_text or found[1] in ("LP", "TD")
            fields.append((found[1], [found[2]] if found[2].strip() else []))
        elif fields:
            fields[-1][1].append(line)
    return fields


def _coded(fields: Sequence[tuple[str, list[str]]]) -> BundledArticle:
    def words(*codes: str) -> str | None:
        return next((" ".join(found) for code in codes for name, found in fields if name == code and found), None)

    def paragraphs(*codes: str) -> list[str]:
        return [paragraph for name, found in fields if name in codes for paragraph in found]

    return BundledArticle(
        blocks=(
            *paragraph_blocks(paragraphs("LP", "TD")),
            *paragraph_blocks(paragraphs("CX")),
            *paragraph_blocks(paragraphs("ART"), PartRole.CAPTION),
        ),
        title=words("HD"),
        outlet=words("SN"),
        author=words("BY"),
        published=published(words("PD") or ""),
        section=words("SE", "CLM"),
        language=language_tag(words("LA")),
    )


def _displayed(lines: Sequence[str]) -> BundledArticle:
    """An article as on the screen: its length is the one line above which there are only section, headline, author."""
    length = next((index for index, line in enumerate(lines) if WORDS.fullmatch(line)), None)
    if length is None:
        return BundledArticle(tuple(paragraph_blocks(lines[1:-1])), title=lines[0] if len(lines) > 1 else None)
    section, title, author = _above_length(lines[:length])
    date, outlet, language, start = _below_length(lines, length + 1)
    end = len(lines) - 1 if _LAST_LINE.fullmatch(lines[-1]) else len(lines)
    return BundledArticle(
        blocks=tuple(paragraph_blocks(lines[start:end])),
        title=title,
        outlet=outlet,
        author=author,
        published=date,
        section=section,
        language=language_tag(language),
    )


def _above_length(lines: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Section, headline and author; what stands before them is a table of contents."""
    own: list[str] = []
    for line in reversed(lines[-3:]):
        if len(line) > LONGEST * 2 or _CONTENTS_LINE.fullmatch(line):
            break
        own.insert(0, line)
    if not own:
        return None, None, None
    if len(own) == 1:
        return None, own[0], None
    if BY.match(own[-1]) or (len(own) == 3 and len(own[-1].split()) <= _NAME_AT_MOST):
        return (own[0] if len(own) == 3 else None), own[-2], own[-1]
    if len(own) == 2 and len(own[0].split()) > 3 and len(own[1].split()) <= _NAME_AT_MOST:
        return None, own[0], own[1]
    return own[-2], own[-1], None


def _below_length(lines: Sequence[str], index: int) -> tuple[Published, str | None, str | None, int]:
    """Date, outlet, language, and the index of the text."""
    date = Published()
    if index < len(lines) and is_date_line(lines[index]):
        date = published(lines[index])
        index += 1
    if index < len(lines) and _TIME.fullmatch(lines[index]):
        index += 1
    language = next((at for at in range(index, min(index + 8, len(lines))) if is_language(lines[at])), None)
    outlet = None
    if index < len(lines) and index != language and not COPYRIGHT.match(lines[index]):
        outlet = lines[index]
        index += 1
    if language is not None:
        index = language + 1
    elif index < len(lines) and _SOURCE_CODE.fullmatch(lines[index]):
        index += 1
    while index < len(lines) and COPYRIGHT.match(lines[index]):
        index += 1
    return date, outlet, lines[language] if language is not None else None, index
