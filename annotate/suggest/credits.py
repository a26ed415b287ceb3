"""Sources that are credited: for a picture ("Ana Ruiz / Reuters"), for data ("Source: WHO"), for the words ("By …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.source_words import AGENCIES
from annotate.vocabulary import MentionRole
from annotate.word_lists import any_of

Bounds = tuple[int, int]

_NAME = r"[A-ZÀ-Ý][\w’'.-]+(?:\s(?:de|van|von|al|bin|el|la)?\s?[A-ZÀ-Ý][\w’'.-]+){0,3}"
_AGENCY = rf"(?:{any_of(AGENCIES)}|[A-Z]{{2,6}})"
_SLASHED = re.compile(rf"(?P<name>{_NAME})\s?/\s?(?P<agency>{_AGENCY})(?:\s?/\s?(?P<second>{_AGENCY}))?(?=[\s.,)]|$)")
_IN_BRACKETS = re.compile(rf"\((?P<agency>[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)\s?/\s?(?P<name>{_NAME})\)")
_BY = re.compile(
    r"\b(?:Photo(?:graph)?s?|Pictures?|Portraits?|Photography|Illustrations?|Graphics?|Words|Reporting"
    rf"|Additional reporting)\sby\s(?P<name>{_NAME})(?:\sand\s(?P<second>{_NAME}))?"
)
_LABELLED = re.compile(
    r"(?:^|[.(]\s*)(?:Photo(?:graph)?|Picture|Image|Video|Graphic|Illustration|Portrait|Credit|Source)s?"
    r"(?:\s+(?:by|credit|copyright|courtesy of))?\s*:\s*(?P<names>[^\n]{2,160})",
    re.IGNORECASE | re.MULTILINE,
)
_DIVIDED = re.compile(r"\s*(?:[,;/]|\sand\s|\svia\s)\s*")
_MONTH = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+", re.IGNORECASE
)


def credits_in(text: str, left: int, right: int) -> Iterator[Bounds]:
    """The names in the credits of a paragraph, in code points of the text."""
    labelled = _LABELLED.search(text, left, right)
    if labelled is not None:
        start = labelled.start("names")
        yield from _pieces(text, start, labelled.end("names"))
        return
    for found in _SLASHED.finditer(text, left, right):
        start, end = found.span("name")
        month = _MONTH.match(text[start:end])
        yield (start + (month.end() if month else 0), end)
        for group in ("agency", "second"):
            if found[group]:
                yield found.span(group)
    for pattern, groups in ((_IN_BRACKETS, ("agency", "name")), (_BY, ("name", "second"))):
        for found in pattern.finditer(text, left, right):
            yield from (found.span(group) for group in groups if found[group])


def _pieces(text: str, start: int, end: int) -> Iterator[Bounds]:
    at = start
    for divider in [*_DIVIDED.finditer(text, start, end), None]:
        stop = divider.start() if divider else end
        words = text[at:stop]
        first = at + len(words) - len(words.lstrip())
        last = at + len(words.rstrip(" .)"))
        if first < last and text[first : first + 1].isupper() and len(text[first:last].split()) <= 8:
            yield first, last
        at = divider.end() if divider else end


ROLE = MentionRole.CREDIT
