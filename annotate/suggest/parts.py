"""What a paragraph of an article is for: its headline, body, a caption, a credit, or what sites put around articles.

Told by the words alone, so that it holds for text from anywhere; where nothing tells, it is body. Credits and
boilerplate get no claims and no figures.
"""

from __future__ import annotations

import re

from annotate.source_words import AGENCIES
from annotate.vocabulary import PartRole
from annotate.word_lists import any_of

_AGENCY = rf"(?:{any_of(AGENCIES)}|[A-Z]{{2,6}})"
_CREDITED = re.compile(
    r"\s*(?:(?:Photo|Photograph|Picture|Image|Video|Graphic|Illustration|Credit|Source)s?"
    r"(?:\s+(?:by|credit|source|courtesy of))?\s*[:/]"
    r"|(?:Photo|Photograph|Picture|Image)s?\s+(?:by|courtesy of)\s|©|\(c\)\s)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\s*(?:By|Reporting by|Additional reporting by|Editing by|Words by)[:\s]+[A-Z][^.!?]{2,120}\.?\s*$"
)
_AGENCY_AT_END = re.compile(rf"(?:[A-Z][\w’'.-]+\s?){{1,4}}/\s?{_AGENCY}\s*$")
_POINTER = re.compile(
    r"\s*(?:[-•*▪►>]\s*)?(?:read more|also read|see also|related|more on this|sign up|subscribe|follow us|share this"
    r"|advertisement|click here|watch|listen|download|newsletter|comments?|©|copyright|all rights reserved"
    r"|this article (?:was|is|has)|updated?\s*:|published\s*:|last updated|correction|our standards|editing by"
    r"|reporting by|additional reporting|for (?:all|more) (?:the latest|news)|got a story|do you have)\b",
    re.IGNORECASE,
)
_CAPITAL_LABEL = re.compile(r"\s*(?:[-•*▪►]\s*)?[A-Z][A-Z &'’-]{3,40}:\s+\S")
_LONGEST_LINE = 200
_SENTENCE_END = re.compile(r"[.!?…]\s?[\"”’')\]»›]*\s*$")


def part_of(words: str, *, is_first: bool) -> PartRole:
    """The role of a paragraph by its words; `is_first` is the first with words in the article."""
    short = len(words) <= _LONGEST_LINE
    if short and (_CREDITED.match(words) or _BYLINE.match(words)):
        return PartRole.CREDIT
    if short and (_POINTER.match(words) or _CAPITAL_LABEL.match(words)):
        return PartRole.BOILERPLATE
    if short and _AGENCY_AT_END.search(words):
        return PartRole.CAPTION
    if short and not _SENTENCE_END.search(words):
        return PartRole.HEADLINE
    return PartRole.BODY if not (is_first and short and not _SENTENCE_END.search(words)) else PartRole.HEADLINE
