"""A title for an article that states none: its first line where that looks like a headline.

What says that a text is a press release, to whom to turn and until when to hold it back stands above the headline.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from pathlib import PurePath

from annotate.importers.release_lines import is_release
from annotate.shortened import shortened

LONGEST = 200
"""Code points; headlines of news sites stay well below, opening paragraphs seldom do."""

_SENTENCE_ENDS = (".", "…", "。", "।", "۔", ",", ";", ":", "،")

_BESIDE_RELEASE = re.compile(
    r"\W*(?:(?:(?:media |press )?contacts?|for (?:more|further) information|kontakt|cc|issued)\b"
    r"|(?:(?:under |strictly )?embargo(?:ed)?|(?:hold |not )?for (?:release|publication)|sperrfrist)"
    r"(?: ?:| until\b)(?=.*\d)|(?:ref(?:erence)?|tel|phone)\b(?=.*[\d:])"
    r"|(?:date|e-?mail|from|to|datum|von|an|de|à)(?: ?:|\t| \d)).{0,80}"
    r"|.{0,40}\b\d{1,2}(?:\W{1,2}\d{1,2}\W{1,2}|\.?\s(?:de |of )?[^\W\d_]+\W{1,2}(?:de )?)(?:19|20)\d\d\W*"
    r"|.{0,40}\b[^\W\d_]+ \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\W*|(?:19|20)\d\d\W{1,2}\d\d?\W{1,2}\d\d?\W*"
    r"|(?:[^\W\d_]+, )?[^\W\d_]+ (?:19|20)\d\d\W*|\w{0,6}[.°]?\s?[\d/. 年月日-]+\W*|.*@[\w-]+\.\w+.{0,20}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:subject|re|betreff|betrifft|objet|asunto|assunto|oggetto|onderwerp|тема) ?:\s*", re.IGNORECASE
)
"""What a memo puts before its title."""
_LINES_OF_RELEASE = 8
"""Above the headline of a press release, at most."""


def first_line(text: str) -> str:
    """The first line with words in it, without white space around it; empty where there is none."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def headline_of(text: str, headings: Collection[str] = ()) -> str | None:
    """The first line, if it has letters or digits, is short and does not end like a sentence of the body.

    Of a press release, the first line below what stands above its headline, or one of its headings that follows there
    before the body begins: the first may be the sender's name.
    """
    line = _without_release(text, headings)
    return line if _may_be_headline(line) else None


def _may_be_headline(line: str) -> bool:
    return any(map(str.isalnum, line)) and len(line) <= LONGEST and not line.endswith(_SENTENCE_ENDS)


def _without_release(text: str, headings: Collection[str]) -> str:
    lines = _lines(text)
    first = next(lines, "")
    if not is_release(first):
        return first
    below = [
        _SUBJECT.sub("", line, count=1)
        for line, _ in zip(lines, range(_LINES_OF_RELEASE), strict=False)
        if not (is_release(line) or (len(line) <= 120 and _BESIDE_RELEASE.fullmatch(line)))
    ]
    below = [line for line in below if line]
    above_body = takewhile(_may_be_headline, below)
    return next((line for line in above_body if line in headings), below[0] if below else first)


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def guessed_title(text: str, name: str) -> str:
    """The headline, or else the file's name without its ending."""
    return headline_of(text) or PurePath(name).stem or name


def first_line_as_title(text: str) -> str:
    """What stands for the title of a text without a headline: its first line, cut between words where it is long."""
    return shortened(first_line(text), 80, at_word=True)
