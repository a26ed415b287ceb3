"""Author and date as they stand in the short lines around a headline, whatever the format of the file.

Taken is only what says itself what it is: a line that begins with "By", a line with a date that is not the date of an
update. In a text without markup the line must hold hardly more than that, since a first sentence may begin "By Monday".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.importers.bundles.dates import date_in
from annotate.model import Published
from annotate.vocabulary import Precision

LONGEST_LINE = 120
"""Code points; a longer line is a paragraph, and with it the article has begun."""
_LONGEST_AUTHOR = 100
_MOST_LINES = 5
"""Lines below the headline of a text that are looked at."""
_BEGINNING = 1_000
"""Code points in which these lines stand."""
_YEAR_SIGN = re.compile(r"\s[гр]\.$")
"""What Russian and Ukrainian put behind a year: "3 марта 2026 г."."""
_BESIDE_DATE = 4
"""Words beside the date in a line that only tells it: "City Wire / 8 March 2026"."""
_PARTICLES = frozenset(
    ("de", "van", "von", "der", "den", "la", "le", "al", "bin", "and", "und", "et", "y", "e", "da", "di", "du", "dos")
)
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
class Line:
    words: str
    of_author: str
    """Those of its words that the page marks as the author's; empty where it marks none."""


def byline_below(text: str, title: str) -> Byline:
    """Read the lines of a text that follow its title, where it begins with that."""
    lines = [" ".join(line.split()) for line in text[:_BEGINNING].split("\n")]
    lines = [line for line in lines if line]
    if lines and lines[0] == " ".join(title.split()):
        lines = lines[1:]
    short: list[str] = []
    for line in lines[:_MOST_LINES]:
        if len(line) > LONGEST_LINE:
            break
        short.append(line)
    author = author_in([Line(line, "") for line in short if _is_only_names(line)])
    dates = (found for line in short if (found := date_of(line)).on is not None and _is_only_date(line, found))
    return Byline(author, next(dates, Published()))


def _is_only_names(line: str) -> bool:
    words = _AFTER_AUTHOR.sub("", _BY.sub("", line, count=1), count=1).replace(",", " ").split()
    named = all(word[0] != word[0].lower() or word in _PARTICLES or not word[0].isascii() for word in words)
    return named and len(words) <= 12 and not line.endswith((".", "!", "?", ":"))


def _is_only_date(line: str, found: Published) -> bool:
    rest = line.replace(found.words or "", " ")
    if _BY.match(line) and _is_only_names(line):  # "By Ana Ruiz | 3 May 2026"
        rest = rest.replace(_AFTER_AUTHOR.sub("", line, count=1), " ")
    beside = [word for word in re.split(r"[\s|·•/,–—-]+", rest) if any(map(str.isalpha, word))]
    return len(beside) <= _BESIDE_DATE and not _YEAR_SIGN.sub("", line).endswith((".", "!", "?", ";"))


def author_in(lines: Sequence[Line]) -> str | None:
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


def date_of(line: str) -> Published:
    """The first date of a line that is not said to be one of an update, else one without a day."""
    start = 0
    while (dated := date_in(line[start:])) is not None:
        if dated.published.precision is Precision.DAY and not _UPDATED.search(line[: start + dated.start]):
            return dated.published
        start += dated.end
    return Published()
