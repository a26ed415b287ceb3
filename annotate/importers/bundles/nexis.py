"""Documents of Nexis Uni and Lexis+, with one article or many, each closed by "End of Document".

a page with the search and the titles / title / outlet / date / copyright / Section: … Length: … Byline: …
/ Body / text / Graphic / captions / Classification / Language: … Load-Date: … / End of Document
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.importers.bundles.article import MOST_ARTICLES, Bundle, BundledArticle, address, paragraph_blocks
from annotate.importers.bundles.dates import is_date_line, names_a_year, published
from annotate.importers.bundles.labels import (
    COPYRIGHT,
    HEAD,
    Field,
    Labelled,
    first_value,
    labelled,
    line_of_label,
    tail_start,
    words_below,
)
from annotate.importers.bundles.languages import language_tag
from annotate.vocabulary import PartRole

_END = (
    r"End of Document|Ende des Dokuments?|Fin du document|Fin del documento|Fine del documento|Fim do documento"
    r"|Einde van (?:het )?document"
)
_ENDS = re.compile(rf"\s*(?:{_END})\s*", re.IGNORECASE)
_BODY = re.compile(r"\s*(?:Body|Body Text|Text|Textkörper|Haupttext|Corps|Corps du texte|Cuerpo|Corpo|Hoofdtekst)\s*")
_RECOGNISED = re.compile(rf"^[ \t\u00a0]{{0,200}}(?:{_END})[ \t\u00a0]*\r?$", re.MULTILINE | re.IGNORECASE)
_LABELS = re.compile(line_of_label(r"\d", Field.LENGTH) + "|" + line_of_label(r"\w", Field.LOAD_DATE), re.MULTILINE)
_STATED = re.compile(r"\s*(?:Documents?|Dokumente?|Documentos?|Documenten|Documenti) \((\d{1,6})\)\s*")
_INDEX = re.compile(
    r"\s*(?:Classification|Klassifizierung|Klassifikation|Clasificación|Classificatie|Classificazione|Classificação)\s*"
)
_CAPTIONS = re.compile(r"\s*(?:Graphic|Graphics|Grafik|Graphique|Gráfico|Grafico)\s*")
_LINK = re.compile(r"\s*Link to (?:Image|PDF|Original).*|\s*\(?https?://\S+\)?\s*", re.IGNORECASE)
_PROGRAMME = "SHOW:"
"""Begins the line that names the programme of a transcript, between outlet and date."""
_FAILED = "We are sorry but there is an error in this document"

_CAPTIONS_AT_MOST = 40
"""Paragraphs of captions below a text."""


def recognises_text(glimpse: str) -> bool:
    return _RECOGNISED.search(glimpse) is not None and _LABELS.search(glimpse) is not None


def split(paragraphs: Sequence[str]) -> Bundle:
    """Articles of a document's paragraphs."""
    words = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
    cover = _cover_end(words)
    stated = next((int(found[1]) for each in words[:cover] if (found := _STATED.fullmatch(each))), None)
    chunks = _chunks(words)[: MOST_ARTICLES + 1]
    articles = [_article(chunk, with_cover=cover > 0 and number == 0) for number, chunk in enumerate(chunks)]
    return Bundle(tuple(articles), stated)


def _cover_end(paragraphs: Sequence[str]) -> int:
    """Index behind the line that counts the documents, 0 where there is no cover: it stands above any article."""
    for index, paragraph in enumerate(paragraphs[:200]):
        if _STATED.fullmatch(paragraph):
            return index + 1
        if _BODY.fullmatch(paragraph) or _ENDS.fullmatch(paragraph):
            break
    return 0


def _chunks(paragraphs: Sequence[str]) -> list[list[str]]:
    """Paragraphs of each article; the words "End of Document" inside an article do not end it."""
    chunks: list[list[str]] = []
    chunk: list[str] = []
    for paragraph in paragraphs:
        if not _ENDS.fullmatch(paragraph):
            chunk.append(paragraph)
            continue
        if _begins_article(chunk):
            chunks.append(chunk)
        elif chunks and chunk and not any(_FAILED in each for each in chunk):
            chunks[-1] += [paragraph, *chunk]
        chunk = []
    if _begins_article(chunk):
        chunks.append(chunk)
    return chunks


def _begins_article(chunk: Sequence[str]) -> bool:
    return any(is_date_line(each) for each in chunk[:6]) or any(
        _BODY.fullmatch(each) or ((label := labelled(each, False)) and label.field is Field.LENGTH) for each in chunk
    )


def _article(paragraphs: Sequence[str], with_cover: bool) -> BundledArticle:
    start = _text_start(paragraphs)
    head, rest = paragraphs[:start], paragraphs[start:]
    index = max((number for number, each in enumerate(rest) if _INDEX.fullmatch(each)), default=len(rest))
    tail = tail_start(rest[:index], 0, capitals=False)
    captions = next(
        (number for number in range(max(0, tail - _CAPTIONS_AT_MOST), tail) if _CAPTIONS.fullmatch(rest[number])), tail
    )
    dated = max((number for number, each in enumerate(head) if is_date_line(each)), default=None)
    if dated is None:
        dated = _vaguely_dated(head)
    labels_from = dated + 1 if dated is not None else _labels_start(head)
    title, outlet, headings = _top(head[: labels_from if dated is None else dated], with_cover)
    labels = [label for each in (*head[labels_from:], *rest[tail:]) if (label := labelled(each, False)) is not None]
    return BundledArticle(
        blocks=(
            *paragraph_blocks([first_value(labels, Field.HIGHLIGHT) or ""], PartRole.HEADLINE),
            *paragraph_blocks(rest[:captions]),
            *paragraph_blocks(rest[captions + 1 : tail], PartRole.CAPTION),
            *words_below(rest[tail:index], capitals=False),
        ),
        above=tuple(paragraph_blocks(headings, PartRole.HEADLINE)),
        title=title,
        outlet=outlet,
        author=first_value(labels, Field.BYLINE),
        published=published(head[dated]) if dated is not None else published(""),
        section=first_value(labels, Field.SECTION),
        language=language_tag(first_value(labels, Field.LANGUAGE)),
        url=address(first_value(labels, Field.URL)),
    )


def _text_start(paragraphs: Sequence[str]) -> int:
    """Index behind the heading "Body", or where that is missing behind the length and the labels after it."""
    for index, paragraph in enumerate(paragraphs):
        if _BODY.fullmatch(paragraph):
            return index + 1
    length = next(
        (index for index, each in enumerate(paragraphs) if (found := labelled(each, False)) and _is_length(found)), None
    )
    if length is None:
        dated = next((index for index, each in enumerate(paragraphs[:6]) if is_date_line(each)), -1)
        return dated + 1
    start = length + 1
    while start < len(paragraphs) and (label := labelled(paragraphs[start], False)) and label.field in HEAD:
        start += 1
    return start


def _is_length(label: Labelled) -> bool:
    return label.field is Field.LENGTH


def _labels_start(head: Sequence[str]) -> int:
    """Index of the first of the labels that stand together at the end of the head."""
    start = len(head)
    while start and (_BODY.fullmatch(head[start - 1]) or labelled(head[start - 1], False)):
        start -= 1
    return start


def _vaguely_dated(head: Sequence[str]) -> int | None:
    """Index of words such as "Winter 2010" below title and outlet."""
    last = _labels_start(head) - 1
    while last >= 0 and COPYRIGHT.match(head[last]):
        last -= 1
    return last if last >= 2 and names_a_year(head[last]) else None


def _top(paragraphs: Sequence[str], with_cover: bool) -> tuple[str | None, str | None, list[str]]:
    """Title, outlet and what stands above the title; the cover of the file is no part of it."""
    lines = [
        each
        for each in paragraphs
        if not (COPYRIGHT.match(each) or _LINK.fullmatch(each) or each.startswith(_PROGRAMME))
    ]
    if len(lines) < 2:
        return (lines[0] if lines else None), None, []
    return lines[-2], lines[-1], [] if with_cover else lines[:-2]
