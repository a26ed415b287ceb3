"""Files of LexisNexis as it was until 2019: articles between lines such as "3 of 12 DOCUMENTS".

    3 of 12 DOCUMENTS / outlet / date and edition / headline / BYLINE: … SECTION: … LENGTH: … / text / LOAD-DATE: …

Text files and web pages of it hold the same paragraphs in the same order; so do documents made from them. Older ones
have HEADLINE: and BODY: after LENGTH:, and the copyright on top.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from annotate.importers.bundles.article import Bundle, BundledArticle, address, paragraph_blocks, stretches
from annotate.importers.bundles.dates import is_date_line, names_a_year, published
from annotate.importers.bundles.labels import (
    COPYRIGHT,
    HEAD,
    Field,
    first_value,
    is_edition,
    labelled,
    tail_start,
    words_below,
)
from annotate.importers.bundles.languages import language_tag
from annotate.importers.bundles.markup import html_paragraphs
from annotate.vocabulary import PartRole

_SEPARATOR = (
    r"(?:(\d{1,6}) of (\d{1,6}) DOCUMENTS?|(?:Dokument|DOKUMENT) (\d{1,6}) von (\d{1,6})"
    r"|(?:Documento?|DOCUMENTO?) (\d{1,6}) (?:de|di) (\d{1,6})|Document (\d{1,6}) van (\d{1,6}))"
)
_SEPARATES = re.compile(rf"\s*{_SEPARATOR}\s*")
_RECOGNISED = re.compile(rf"^[ \t\u00a0]*{_SEPARATOR}[ \t\u00a0]*\r?$", re.MULTILINE)
_LABELS = re.compile(
    r"^[ \t]*(?:LENGTH|BYLINE|LOAD-DATE|LANGUAGE|LONGUEUR|L.?.?NGE|LANGUE|SPRACHE|HEADLINE):[ \u00a0]", re.MULTILINE
)
_SELECTED = re.compile(r"Selected Items: *([\d, -]+)")
_HTML_ARTICLE = re.compile(r"<!--[^<>]{0,80}<DOC NUMBER=\d+>", re.IGNORECASE)
_HTML_STATED = re.compile(r"""<META\b[^<>]{0,200}\bDOCUMENTS=["']?(\d{1,6})""", re.IGNORECASE)

_APPENDED = "Correction Appended"
"""Stands between date and headline; the correction itself comes below the text."""

_HEAD_AT_MOST = 40
"""Paragraphs above an article's text."""


def recognises_text(glimpse: str) -> bool:
    """Whether text (of a text file, or of a document's paragraphs) is such a bundle."""
    return _RECOGNISED.search(glimpse) is not None and _LABELS.search(glimpse) is not None


def recognises_html(page: str) -> bool:
    return _HTML_ARTICLE.search(page) is not None


def split(paragraphs: Sequence[str]) -> Bundle:
    """Articles of the paragraphs of a text file or document."""
    starts = [index for index, _ in _separators(paragraphs)]
    cover = "\n".join(paragraphs[: starts[0]]) if starts else ""
    articles = tuple(_article(paragraphs[start + 1 : end]) for start, end in stretches(starts, len(paragraphs)))
    return _bundle(articles, [paragraphs[start] for start in starts], _selected(cover))


def split_html(page: str) -> Bundle:
    """Articles of a page's source."""
    starts = [found.start() for found in _HTML_ARTICLE.finditer(page)]
    articles, numbers = [], []
    for start, end in stretches(starts, len(page)):
        paragraphs = html_paragraphs(page[start:end])
        numbered = bool(paragraphs) and _SEPARATES.fullmatch(paragraphs[0]) is not None
        numbers += paragraphs[:1] if numbered else []
        articles.append(_article(paragraphs[1 if numbered else 0 :]))
    stated = _HTML_STATED.search(page[: starts[0]]) if starts else None
    return _bundle(tuple(articles), numbers, int(stated[1]) if stated else None)


def _bundle(articles: tuple[BundledArticle, ...], separators: Sequence[str], stated: int | None) -> Bundle:
    numbers = [number for separator in separators if (number := _numbers(separator)) is not None]
    totals = Counter(total for _, total in numbers)
    if not totals:
        return Bundle(articles, stated)
    total = totals.most_common(1)[0][0]
    first, last = numbers[0][0], numbers[-1][0]
    whole = first == 1 and last == total
    return Bundle(articles, stated or total, "" if whole else f"numbered {first} to {last} of {total}")


def _separators(paragraphs: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where articles begin: a separator that is followed by the head of an article, not one that an article quotes.

    One that does not go on with the numbers must have a length below it.
    """
    candidates = [
        (index, numbers) for index, paragraph in enumerate(paragraphs) if (numbers := _numbers(paragraph)) is not None
    ]
    indexes = [index for index, _ in candidates]
    before = 0
    for (_, numbers), (index, end) in zip(candidates, stretches(indexes, len(paragraphs)), strict=False):
        head = paragraphs[index + 1 : min(end, index + 1 + _HEAD_AT_MOST)]
        goes_on = before in (0, numbers[0] - 1)
        if (goes_on and any(is_date_line(paragraph.split("\n")[0]) for paragraph in head[:6])) or any(
            label is not None and label.field is Field.LENGTH for label in (labelled(each, True) for each in head)
        ):
            yield index, numbers
            before = numbers[0]


def _numbers(paragraph: str) -> tuple[int, int] | None:
    found = _SEPARATES.fullmatch(paragraph) if len(paragraph) < 100 else None
    if found is None:
        return None
    number, total = (int(group) for group in found.groups() if group)
    return number, total


def _selected(cover: str) -> int | None:
    """How many articles "Selected Items: 1-10, 15" asks for."""
    found = _SELECTED.search(cover)
    ranges = re.findall(r"(\d{1,6})(?:-(\d{1,6}))?", found[1]) if found else []
    return sum(int(last or first) - int(first) + 1 for first, last in ranges) or None


def _article(paragraphs: Sequence[str]) -> BundledArticle:
    text = _text_start(paragraphs)
    tail = tail_start(paragraphs, text, capitals=True)
    head = [labelled(paragraph, True) for paragraph in paragraphs[:text]]
    top = [paragraph for paragraph, label in zip(paragraphs, head, strict=False) if label is None]
    outlet, date, headings = _top(top)
    labels = [label for label in [*head, *(labelled(each, True) for each in paragraphs[tail:])] if label is not None]
    title = first_value(labels, Field.HEADLINE)
    if title is None and headings:
        title = headings.pop(0)
    elif title is None:
        likes = (each for each, label in zip(paragraphs, head[:-1], strict=False) if label and label.field not in HEAD)
        title = next(likes, None)
    body = list(paragraphs[text:tail])
    inline = first_value([label for label in head[-1:] if label is not None], Field.BODY)
    return BundledArticle(
        blocks=(
            *paragraph_blocks(headings, PartRole.HEADLINE),
            *paragraph_blocks([first_value(labels, Field.HIGHLIGHT) or ""], PartRole.HEADLINE),
            *paragraph_blocks([inline or "", *body]),
            *words_below(paragraphs[tail:], capitals=True),
        ),
        title=title,
        outlet=outlet,
        author=first_value(labels, Field.BYLINE),
        published=published(date or ""),
        section=first_value(labels, Field.SECTION),
        language=language_tag(first_value(labels, Field.LANGUAGE)),
        url=address(first_value(labels, Field.URL)),
    )


def _text_start(paragraphs: Sequence[str]) -> int:
    """Index of the first paragraph of the text: after LENGTH and the labels that follow it, else after all labels."""
    labels = [labelled(paragraph, True) for paragraph in paragraphs[:_HEAD_AT_MOST]]
    lengths = [index for index, label in enumerate(labels) if label and label.field is Field.LENGTH]
    if not lengths:
        dated = next((index for index, each in enumerate(paragraphs[:6]) if is_date_line(each.split("\n")[0])), 0)
        start = min(dated + 2, len(paragraphs))
    else:
        start = lengths[0] + 1
    while start < len(labels) and (label := labels[start]) is not None and label.field in HEAD | {Field.BODY}:
        start += 1
        if label.field is Field.BODY:
            break
    return start


def _top(paragraphs: Sequence[str]) -> tuple[str | None, str | None, list[str]]:
    """Outlet, date and headings from the paragraphs without a label above the text, of which any may be missing."""
    lines = [
        "\n".join(line for line in paragraph.split("\n") if line.strip() and not COPYRIGHT.match(line))
        for paragraph in paragraphs
    ]
    lines = [line for line in lines if line and line.strip() != _APPENDED]
    dated = next((index for index, line in enumerate(lines) if is_date_line(line.split("\n")[0])), None)
    if dated is None and len(lines) > 2 and names_a_year(lines[1]):
        dated = 1
    if dated is None:
        return (lines[0] if lines else None), None, lines[1:]
    headings = lines[dated + 1 :]
    if len(headings) > 1 and is_edition(headings[0]):
        del headings[0]
    return (lines[0] if dated else None), lines[dated].split("\n")[0], headings
