"""What the rules read in a text: paragraphs with their roles, claims with who makes them, where sources are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.sentences import PARAGRAPH_ENDS
from annotate.speakers import Cue
from annotate.speech_words import SPEAKING_PRONOUNS
from annotate.suggest.claims import Said, said_in
from annotate.suggest.credits import credits_in
from annotate.suggest.parts import part_of
from annotate.vocabulary import MentionRole, PartRole

Bounds = tuple[int, int]

_PARAGRAPH = re.compile(f"[^{PARAGRAPH_ENDS}]+")
_LONGEST_PARAGRAPH = 20_000
"""Code points; what is longer is read in stretches of about so many, so that reading stays linear."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a source is named."""

    start: int
    end: int
    role: MentionRole


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    role: PartRole


@dataclass(frozen=True, slots=True)
class Read:
    """In the order of the words."""

    paragraphs: tuple[Paragraph, ...]
    claims: tuple[Said, ...]
    named: tuple[Named, ...]


def read_text(text: str) -> Read:
    """Read a text once, paragraph by paragraph; linear in its length."""
    claims: list[Said] = []
    named: dict[Bounds, Named] = {}
    found = list(paragraphs(text))
    last: Cue | None = None
    for one in found:
        for start, end in credits_in(text, one.start, one.end):
            named.setdefault((start, end), Named(start, end, MentionRole.CREDIT))
        if one.role in (PartRole.CREDIT, PartRole.BOILERPLATE):
            continue
        said, last, cues = said_in(text, one.start, one.end, last)
        claims += said
        for mention in _named_by(text, cues):
            named.setdefault((mention.start, mention.end), mention)
    return Read(tuple(found), tuple(claims), tuple(sorted(named.values(), key=lambda each: (each.start, each.end))))


def paragraphs(text: str) -> Iterator[Paragraph]:
    """All paragraphs with words in them, each with its role; very long ones in stretches."""
    first = True
    for found in _PARAGRAPH.finditer(text):
        start, last = found.span()
        while start < last:
            end = last if last - start <= _LONGEST_PARAGRAPH else _break(text, start, last)
            words = text[start:end]
            if words.strip():
                yield Paragraph(start, end, part_of(words, is_first=first))
                first = False
            start = end


def _break(text: str, start: int, last: int) -> int:
    """Where a very long paragraph is broken: at the end of a sentence or a word where there is one."""
    limit = start + _LONGEST_PARAGRAPH
    for sign in (". ", " "):
        at = text.rfind(sign, start + _LONGEST_PARAGRAPH // 2, limit)
        if at > 0:
            return at + len(sign)
    return min(limit, last)


def _named_by(text: str, cues: Sequence[Cue]) -> Iterator[Named]:
    for cue in cues:
        for start, end in cue.speakers:
            if text[start:end].lower() not in SPEAKING_PRONOUNS:
                yield Named(start, end, MentionRole.SPEAKER)
        if cue.via is not None:
            yield Named(*cue.via, MentionRole.CHANNEL)
