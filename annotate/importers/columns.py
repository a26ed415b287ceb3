"""Which column of a list holds what: told by its headings, and without known ones by what stands in its cells.

Headings are those that databases, news interfaces and people write; the text column may be told by its length alone,
since nothing else in a list of articles is as long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotate.importers.options import Columns
from annotate.importers.stated_date import published_in
from annotate.vocabulary import Precision

# In each the surer words first; folded as `_folded` does: no accents, no case, nothing but letters and digits.
_HEADINGS = {
    "text": (
        *("fulltext", "fullcontent", "articletext", "articlebody", "articlecontent", "maintext", "bodytext", "text"),
        *("body", "content", "contents", "article", "story", "message", "post", "tweet", "posttext"),
        *("volltext", "artikeltext", "haupttext", "inhalt", "texteintegral", "texte", "contenu", "corps"),
        *("textocompleto", "texto", "contenido", "cuerpo", "conteudo", "corpo", "testo", "contenuto", "tekst"),
        *("inhoud", "tresc", "innehall", "metin", "текст", "содержание", "النص", "نص", "正文", "内容", "本文"),
        *("текстстатьи", "полныйтекст", "текстстатті", "повнийтекст", "зміст", "نصالمقال", "متن", "متنخبر", "全文"),
        *("본문", "내용", "기사내용", "기사본문", "cuerpodelanoticia", "newstext", "artikel", "plnytext", "szoveg"),
        *("κείμενο", "טקסט", "पाठ", "td"),
        *("openingtext", "hitsentence", "description", "summary", "abstract", "snippet", "excerpt", "lead"),
        *("beschreibung", "zusammenfassung", "resume", "resumen", "resumo", "riassunto", "описание"),
    ),
    "title": (
        *("title", "headline", "articletitle", "heading", "subject", "titel", "schlagzeile", "uberschrift", "titre"),
        *("titulo", "titular", "titolo", "kop", "tytul", "rubrik", "baslik", "заголовок", "название", "العنوان"),
        *("عنوان", "标题", "標題", "見出し", "タイトル", "제목", "기사제목", "naglowek", "nadpis", "cim", "otsikko"),
        *("τίτλος", "כותרת", "शीर्षक", "hd"),
        *("newsheadline", "documentname", "documenttitle", "posttitle"),
    ),
    "outlet": (
        *("outlet", "outletname", "sourcename", "source", "publication", "publicationname", "publisher", "medianame"),
        *("newspaper", "journal", "medium", "media", "quelle", "zeitung", "medio", "fuente", "periodico", "veiculo"),
        *("fonte", "testata", "bron", "krant", "zrodlo", "kalla", "kaynak", "издание", "источник", "المصدر", "来源"),
        *(
            "сми",
            "джерело",
            "видання",
            "الصحيفة",
            "الجريدة",
            "المصدر",
            "منبع",
            "رسانه",
            "언론사",
            "매체",
            "출처",
            "媒体",
        ),
        *(
            "媒体名",
            "媒體",
            "報社",
            "新聞",
            "redakcja",
            "forras",
            "πηγή",
            "מקור",
            "स्रोत",
            "sn",
            "pubtitle",
            "publicationtitle",
            "medianame",
        ),
        *("sitename", "site", "website", "pagename", "domain", "sourcedomain"),
    ),
    "author": (
        *("author", "authors", "byline", "authorname", "writer", "journalist", "reporter", "creator", "auteur"),
        *("auteurs", "autor", "autoren", "verfasser", "autora", "autores", "autore", "autori", "forfatter"),
        *("forfattare", "yazar", "автор", "авторы", "المؤلف", "الكاتب", "作者", "著者", "username", "screenname"),
        *("periodista", "journaliste", "giornalista", "redakteur", "dziennikarz", "نویسنده", "기자", "기자명", "記者"),
        *("记者", "influencer", "jornalista", "szerzo", "συντάκτης", "כתב", "लेखक"),
    ),
    "published": (
        *("published", "publishedat", "publishedon", "publisheddate", "datepublished", "publicationdate"),
        *("publishdate", "publishedtime", "pubdate", "date", "datum", "datedepublication", "datedeparution"),
        *("veroffentlicht", "veroffentlichtam", "erscheinungsdatum", "fecha", "fechadepublicacion", "data"),
        *("datadipubblicazione", "datapubblicazione", "datadepublicacao", "dato", "tarih", "дата"),
        *(
            "датапубликации",
            "التاريخ",
            "تاريخ",
            "日期",
            "日付",
            "일자",
            "날짜",
            "датапублікації",
            "تاریخ",
            "datetime",
            "postcreated",
            "createdat",
            "seendate",
        ),
        *("timestamp", "time"),
    ),
    "url": (
        *("url", "articleurl", "sourceurl", "weburl", "link", "articlelink", "permalink", "href", "uri", "adresse"),
        *(
            "webadresse",
            "lien",
            "enlace",
            "ссылка",
            "الرابط",
            "رابط",
            "链接",
            "webaddress",
            "address",
            "посилання",
            "لینک",
            "주소",
        ),
        *("documenturl", "tweeturl", "posturl"),
    ),
}
_WITHOUT_STROKE = str.maketrans("łøđı", "lodi")
"""Letters that a person would write without their stroke, and that Unicode does not take apart."""
_ROLES_BY_WORD = ("url", "published", "title", "author", "outlet")
"""For headings of several words ("Date of issue"), the most telling first; text is not among them ("text length")."""
_NUMBERS_OF_THINGS = {"id", "ids", "count", "length", "number", "no", "image", "language", "country", "type", "reach"}
_LONGEST_HEADING = 60
_SHORTEST_TEXT = 80
"""Code points that texts have on average in a column without a heading that names them."""
_MOST_ABOVE = 12
"""First rows among which that of the headings is looked for."""
_MOST = 0.8
"""Share of the cells that hold anything, by which a column is one of addresses or dates."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


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
    named, known = "text" in found, bool(found)
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
        if "title" not in found and left and not known:
            found["title"] = max(left, key=lambda index: prose[index])
    return Guess(Columns(**found), headed, named)


def rows_above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above that of the headings: the title of a report, headings over groups of headings."""
    numbers = [len(_by_whole_headings(row)) for row in rows[:_MOST_ABOVE]]
    most = max(numbers, default=0)
    return numbers.index(most) if most > 1 else 0


def may_be_headings(row: Sequence[str]) -> bool:
    """Whether nothing in a row but its meaning speaks against its being one of headings: short words and no values."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) < 2 or len(cells) < 0.5 * len(row) or len(set(cells)) < 0.7 * len(cells):
        return False
    return not any(
        len(cell) > _LONGEST_HEADING
        or cell[0].isdigit()
        or (len(cell) > 4 and cell.endswith((".", "!", "?", "…", "。")))
        or is_address(cell)
        or _is_day(cell)
        for cell in cells
    )


def known_headings(row: Sequence[str]) -> frozenset[str]:
    """The fields of Columns that a row names, if it is one of headings."""
    return frozenset(_by_headings(row))


def is_address(words: str) -> bool:
    return _ADDRESS.fullmatch(words.strip()) is not None


def folded(heading: str) -> str:
    """A heading without case, accents and whatever is neither a letter nor a digit."""
    letters = unicodedata.normalize("NFKD", heading.casefold().translate(_WITHOUT_STROKE))
    return "".join(letter for letter in letters if letter.isalnum())


_BY_NAME = {
    folded(name): (role, rank) for role, names in _HEADINGS.items() for rank, name in reversed(list(enumerate(names)))
}


def _by_headings(row: Sequence[str]) -> dict[str, int]:
    """Columns by role, from whole headings first and then from words in those that are left."""
    found = _by_whole_headings(row)
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


def _by_whole_headings(row: Sequence[str]) -> dict[str, int]:
    if any(len(cell) > _LONGEST_HEADING or is_address(cell) for cell in row):
        return {}
    best: dict[str, tuple[int, int]] = {}
    for index, heading in enumerate(row):
        role, rank = _BY_NAME.get(folded(heading), ("", 0))
        if role and (role not in best or rank < best[role][0]):
            best[role] = (rank, index)
    return {role: index for role, (_, index) in best.items()}


def _is_unlike_the_others(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is short words above a column of long texts: headings in any language."""
    if len(rows) < 2 or not may_be_headings(rows[0]):
        return False
    return any(
        _mean_length([row[index] for row in rows[1:] if index < len(row)]) >= max(_SHORTEST_TEXT, 5 * len(cell.strip()))
        for index, cell in enumerate(rows[0])
    )


def _is_day(words: str) -> bool:
    return len(words) <= 60 and published_in(words).precision is Precision.DAY


def _share(values: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, values)) / len(values)


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / max(1, len(values))
