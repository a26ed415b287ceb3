"""Persons whom an article tells of before it quotes them: "a fisherman, Augusto Reyes, who lost his boat".

Why it exists: "he said" stands for the person named last, who need not have spoken yet. Only names are taken that a
title stands before, or an apposition, an age or a clause behind; other capitals are mostly places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from annotate.mentions import read_mention
from annotate.model import Span
from annotate.source_words import ROLE_NOUNS
from annotate.speech_words import ADVERBIAL_STARTS, LEADING_CONJUNCTIONS, TIME_WORDS
from annotate.vocabulary import Naming

Bounds = tuple[int, int]

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_NAMES = re.compile(
    rf"(?<![\w.’'-]){_CAPITAL}(?:\s(?:(?:de|van|von|der|al|bin|el|la|da|di|of|[A-Z]\.)\s)?{_CAPITAL}){{1,5}}"
)
_AFTER = re.compile(
    r",\s(?:aged\s)?\d{1,3}\b|,\s(?:an?|the|who|whose|which|then|now|head|chief|mayor|director|professor|from|also|one"
    r"|another)\s"
    r"|\s\(\d{1,3}\)|,\s[a-z-]+(?:\s[a-z-]+){0,2}\s(?:of|at|for|with)\s"
)
_SUBJECT = re.compile(
    r"\s(?:spoke|speaks|stood|stands|sat|sits|was|is|had|has|lost|lives|lived|works|worked|knew|knows|remembers|watched"
    r"|walked|came|does|did|apologi[sz]ed|resigned|appeared|addressed|arrived|shook|smiled|nodded"
    r"|are|were|thinks|feels|agrees|disagrees|wept|cried|laughed|shrugged|pointed|looked)\b"
)
_VERB = re.compile(r"\s(?!(?:and|or|of|in|on|at|for|to|from|with)\b)[a-z]{3,}\b")
_NO_PERSON_BEFORE = re.compile(
    r"(?i)\b(?:the|in|at|of|from|near|to|outside|across|inside|on|by|around|into|through|against|between|under|than"
    r"|(?:met|meet|meets|meeting|meetings|talks|negotiates|negotiated) with)\s$"
)
_ROLE_BEFORE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s(?:(?!(?:when|that|who|which|as|he|she|they|it|was|had|and"
    r"|is|were|where|while|if)\s)[a-z-]+\s){0,4}(?![a-z]+ed\b)[a-z-]+,?\s$"
)


def persons(text: str, left: int, right: int) -> list[Bounds]:
    """Where persons are told of in a stretch, in order; code points of the text."""
    found = []
    for names in _NAMES.finditer(text, left, right):
        bounds = _person(text, left, *names.span(), right)
        if bounds is not None:
            found.append(bounds)
    return found


def people_before(people: Sequence[Bounds], place: int) -> Bounds | None:
    """The last of some persons, in order, before a place."""
    at = bisect_right(people, place, key=lambda one: one[1])
    return people[at - 1] if at else None


def _person(text: str, left: int, start: int, end: int, right: int) -> Bounds | None:
    first = text[start:end].split(maxsplit=1)[0].lower()
    if first in TIME_WORDS or first in ADVERBIAL_STARTS or first in LEADING_CONJUNCTIONS:
        start += len(first) + 1
    if end - start > 60 or len(text[start:end].split()) < 2:
        return None
    if _NO_PERSON_BEFORE.search(text, max(left, start - 20), start):
        return None
    reading = read_mention(text, Span(start, end))
    if reading.naming is not Naming.NAMED or not reading.is_person:
        return None
    role = text[max(left, start - 24) : start].split()[-1:]
    told = (
        _AFTER.match(text, end, right)
        or _ROLE_BEFORE.search(text, max(left, start - 60), start)
        or (role and role[0].lower() in ROLE_NOUNS)
    )
    is_titled = reading.name != text[start:end]
    begins = start == left or text[max(left, start - 2) : start] in (". ", "” ", '" ')
    acts = _SUBJECT.match(text, end, right) or (begins and _VERB.match(text, end, right))
    return (start, end) if told or is_titled or acts else None
