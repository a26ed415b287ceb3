"""A title for an article that states none: its first line where that looks like a headline.

What says that a text is a press release, to whom to turn and until when to hold it back stands above the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

LONGEST = 200
"""Code points; headlines of news sites stay well below, opening paragraphs seldom do."""

_SENTENCE_ENDS = (".", "…", "。", "।", "۔", ",", ";", ":", "،")

_RELEASE = re.compile(
    r"\W*(?:for immediate release|(?:press|news|media)[ -](?:release|statement|notice|information)|press|news"
    r"|(?:joint )?statement|pressemitteilung|medienmitteilung|presseinformation|presseaussendung"
    r"|communiqué(?: de presse)?|nota de prensa|comunicado(?: de (?:prensa|imprensa))?|comunicato stampa"
    r"|persbericht|pressmeddelande|пресс-релиз|прес-реліз|بيان صحفي|新闻稿|プレスリリース|memorandum|memo)"
    r"\W*(?:(?:no|nr|n°|№)\.?\s*)?[\d/. -]*\W*",
    re.IGNORECASE,
)
_BESIDE_RELEASE = re.compile(
    r"\W*(?:(?:media |press )?contacts?|(?:under |strictly )?embargo(?:ed)?|for (?:more|further) information|not for"
    r"|hold for|for release|date|ref(?:erence)?|tel|phone|e-?mail|from|to|cc|issued|kontakt|sperrfrist|datum)\b.{0,80}"
    r"|.{0,40}\b(?:19|20)\d\d\W*|.*@[\w-]+\.\w+.{0,20}",
    re.IGNORECASE,
)
_LINES_OF_RELEASE = 8
"""Above the headline of a press release, at most."""


def is_release(line: str) -> bool:
    """Whether a line only says what kind of text it is: "PRESS RELEASE", "For immediate release"."""
    return len(line) < 60 and _RELEASE.fullmatch(line) is not None


def first_line(text: str) -> str:
    """The first line with words in it, without white space around it; empty where there is none."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def headline_of(text: str) -> str | None:
    """The first line, if it has letters or digits, is short and does not end like a sentence of the body."""
    line = _without_release(text)
    if not any(map(str.isalnum, line)) or len(line) > LONGEST or line.endswith(_SENTENCE_ENDS):
        return None
    return line


def _without_release(text: str) -> str:
    """The first line with words; of a press release the first below what stands above its headline."""
    lines = _lines(text)
    first = next(lines, "")
    if not is_release(first):
        return first
    for line, _ in zip(lines, range(_LINES_OF_RELEASE), strict=False):
        if not (is_release(line) or (len(line) <= 120 and _BESIDE_RELEASE.fullmatch(line))):
            return line
    return first


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def guessed_title(text: str, name: str) -> str:
    """The headline, or else the file's name without its ending."""
    return headline_of(text) or PurePath(name).stem or name


def shortened(line: str, longest: int = 80) -> str:
    """A line cut at a space, with an ellipsis, to at most so many code points."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip() + "…"
