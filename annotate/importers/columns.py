"""Which column of a list holds what: told by its headings, and without known ones by what stands in its cells.

Headings are those that databases, news interfaces and people write; the text column may be told by its length alone,
since nothing else in a list of articles is as long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotate.importers.bundles.dates import date_in
from annotate.importers.options import Columns
from annotate.importers.page_metadata import published_from
from annotate.model import Published
from annotate.vocabulary import Precision

# In each the surer words first; folded as `_folded` does: no accents, no case, nothing but letters and digits.
_HEADINGS = {
    "text": (
        *("fulltext", "fullcontent", "articletext", "articlebody", "articlecontent", "maintext", "bodytext", "text"),
        *("body", "content", "contents", "article", "story", "message", "post", "tweet", "posttext"),
        *("volltext", "artikeltext", "haupttext", "inhalt", "texteintegral", "texte", "contenu", "corps"),
        *("textocompleto", "texto", "contenido", "cuerpo", "conteudo", "corpo", "testo", "contenuto", "tekst"),
        *("inhoud", "tresc", "innehall", "metin", "текст", "содержание", "النص", "نص", "正文", "内容", "本文"),
        *("openingtext", "hitsentence", "description", "summary", "abstract", "snippet", "excerpt", "lead"),
        *("beschreibung", "zusammenfassung", "resume", "resumen", "resumo", "riassunto", "описание"),
    ),
    "title": (
        *("title", "headline", "articletitle", "heading", "subject", "titel", "schlagzeile", "uberschrift", "titre"),
        *("titulo", "titular", "titolo", "kop", "tytul", "rubrik", "baslik", "заголовок", "название", "العنوان"),
        *("عنوان", "标题", "標題", "見出し", "タイトル"),
    ),
    "outlet": (
        *("outlet", "outletname", "sourcename", "source", "publication", "publicationname", "publisher", "medianame"),
        *("newspaper", "journal", "medium", "media", "quelle", "zeitung", "medio", "fuente", "periodico", "veiculo"),
        *("fonte", "testata", "bron", "krant", "zrodlo", "kalla", "kaynak", "издание", "источник", "المصدر", "来源"),
        *("sitename", "site", "website", "pagename", "domain", "sourcedomain"),
    ),
    "author": (
        *("author", "authors", "byline", "authorname", "writer", "journalist", "reporter", "creator", "auteur"),
        *("auteurs", "autor", "autoren", "verfasser", "autora", "autores", "autore", "autori", "forfatter"),
        *("forfattare", "yazar", "автор", "авторы", "المؤلف", "الكاتب", "作者", "著者", "username", "screenname"),
    ),
    "published": (
        *("published", "publishedat", "publishedon", "publisheddate", "datepublished", "publicationdate"),
        *("publishdate", "publishedtime", "pubdate", "date", "datum", "datedepublication", "datedeparution"),
        *("veroffentlicht", "veroffentlichtam", "erscheinungsdatum", "fecha", "fechadepublicacion", "data"),
        *("datadipubblicazione", "datapubblicazione", "datadepublicacao", "dato", "tarih", "дата"),
        *("датапубликации", "التاريخ", "تاريخ", "日期", "日付", "datetime", "postcreated", "createdat", "seendate"),
        *("timestamp", "time"),
    ),
    "url": (
        *("url", "articleurl", "sourceurl", "weburl", "link", "articlelink", "permalink", "href", "uri", "adresse"),
        *("webadresse", "lien", "enlace", "ссылка", "الرابط", "رابط", "链接", "webaddress", "address"),
    ),
}
_ROLES_BY_WORD = ("url", "published", "title", "author", "outlet")
"""For headings of several words ("Date of issue"), the most telling first; text is not among them ("text length")."""
_NUMBERS_OF_THINGS = {"id", "ids", "count", "length", "number", "no", "image", "language", "country", "type", "reach"}
_LONGEST_HEADING = 60
_SHORTEST_TEXT = 80
"""Code points that texts have on average in a column without a heading that names them."""
_MOST = 0.8
"""Share of the cells that hold anything, by which a column is one of addresses or dates."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?=$|[T ])|(\d{4})(\d\d)(\d\d)\d{6}$")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(1[3-9]|2\d|3[01])/(\d{4})(?=$|,? )")


@dataclass(frozen=True, slots=True)
class Guess:
    """`headed`: the first row holds headings; `named`: they name the text column; `columns` None where none does."""

    columns: Columns | None
    headed: bool
    named: bool


def guess_of(rows: Sequence[Sequence[str]]) -> Guess:
    """Guess from the first rows of a list."""
    if not rows:
        return Guess(None, headed=False, named=False)
    found = _by_headings(rows[0])
    headed = bool(found) or _is_unlike_the_others(rows)
    below = rows[1:] if headed else rows
    named = "text" in found
    cells: dict[int, list[str]] = {}
    for row in below:
        for index, cell in enumerate(row):
            if cell.strip() and index not in found.values():
                cells.setdefault(index, []).append(cell)
    for role, is_one in (("url", is_address), ("published", _is_day)):
        alike = [index for index, values in cells.items() if _share(values, is_one) >= _MOST]
        if role not in found and alike:
            found[role] = alike[0]
            del cells[alike[0]]
    if not named:
        prose = {i: _mean_length(values) for i, values in cells.items() if _share(values, is_address) < 0.5}
        longest = max(prose, key=lambda index: prose[index], default=None)
        if longest is None or prose[longest] < _SHORTEST_TEXT:
            return Guess(None, headed, named=False)
        found["text"] = longest
        left = [i for i in prose if i < longest and 15 <= prose[i] <= 200]
        if "title" not in found and left and not headed:
            found["title"] = max(left, key=lambda index: prose[index])
    return Guess(Columns(**found), headed, named)


def known_headings(row: Sequence[str]) -> frozenset[str]:
    """The fields of Columns that a row names, if it is one of headings."""
    return frozenset(_by_headings(row))


def is_address(words: str) -> bool:
    return _ADDRESS.fullmatch(words.strip()) is not None


def published_in(words: str) -> Published:
    """The date that a cell holds, its words as written; "03/04/2012" stays words (see bundles.dates)."""
    words = " ".join(words[:200].split())
    if not words:
        return Published()
    published = published_from(words)
    if published.on is not None:
        return published
    year_first, month_first = _YEAR_FIRST.match(words), _MONTH_FIRST.match(words)
    if year_first:
        year, month, day = (group for group in year_first.groups() if group)
        published = published_from(f"{year}-{month:0>2}-{day:0>2}")
    elif month_first:
        published = published_from(f"{month_first[3]}-{month_first[1]:0>2}-{month_first[2]}")
    else:
        dated = date_in(words)
        published = dated.published if dated is not None else Published()
    return Published(words, published.on, published.precision)


def folded(heading: str) -> str:
    """A heading without case, accents and whatever is neither a letter nor a digit."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


_BY_NAME = {
    folded(name): (role, rank) for role, names in _HEADINGS.items() for rank, name in reversed(list(enumerate(names)))
}


def _by_headings(row: Sequence[str]) -> dict[str, int]:
    """Columns by role, from whole headings first and then from words in those that are left."""
    if any(len(cell) > _LONGEST_HEADING or is_address(cell) for cell in row):
        return {}
    best: dict[str, tuple[int, int]] = {}
    for index, heading in enumerate(row):
        role, rank = _BY_NAME.get(folded(heading), ("", 0))
        if role and (role not in best or rank < best[role][0]):
            best[role] = (rank, index)
    found = {role: index for role, (_, index) in best.items()}
    if not found:
        return found
    for index, heading in enumerate(row):
        words = [folded(word) for word in re.split(r"[\W_]+", heading)]
        if index in found.values() or len(words) < 2 or _NUMBERS_OF_THINGS.intersection(words):
            continue
        named = {_BY_NAME[word][0] for word in words if word in _BY_NAME}
        role = next((role for role in _ROLES_BY_WORD if role in named), "")
        if role and role not in found:
            found[role] = index
    return found


def _is_unlike_the_others(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is short words, each once, above a column of long texts: headings in any language."""
    first = [cell.strip() for cell in rows[0]]
    if len(rows) < 2 or not all(first) or len(set(first)) < len(first):
        return False
    if any(len(cell) > _LONGEST_HEADING or is_address(cell) or any(map(str.isdigit, cell)) for cell in first):
        return False
    return any(
        _mean_length([row[index] for row in rows[1:] if index < len(row)]) >= max(_SHORTEST_TEXT, 5 * len(cell))
        for index, cell in enumerate(first)
    )


def _is_day(words: str) -> bool:
    return len(words) <= 60 and published_in(words).precision is Precision.DAY


def _share(values: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, values)) / len(values)


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / max(1, len(values))
