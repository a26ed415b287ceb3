"""What the rules read in a text: paragraphs with their roles, claims with who makes them, where sources are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from annotate.sentences import PARAGRAPH_ENDS
from annotate.source_words import SPEAKING_PRONOUNS
from annotate.speakers import Cue
from annotate.speech_words import OF_ENGLISH
from annotate.suggest.claims import Said, said_in
from annotate.suggest.credits import credits_in
from annotate.suggest.parts import part_of
from annotate.suggest.people import people_before, persons
from annotate.suggest.turns import Turn, said_in_turn, turns_in
from annotate.vocabulary import MentionRole, PartRole, Stance

Bounds = tuple[int, int]

_PARAGRAPH = re.compile(f"[^{PARAGRAPH_ENDS}]+")
_LAST_NAMED = 50
"""How many sources back it is looked who spoke last."""
_BEGINNING = 3_000
"""Code points by which the language is told."""
_FEW_WORDS = 60
_ENGLISH = 0.1
"""Of the words; in English news a quarter are among the commonest, in Spanish or Italian a few in a hundred."""
_FIRST = 12
"""Paragraphs in which an interview tells whom it is with."""
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
    people: list[Bounds] = []
    is_english = _is_english(text)
    turns = _turns(text, found)
    for one in found:
        for start, end in credits_in(text, one.start, one.end):
            named.setdefault((start, end), Named(start, end, MentionRole.CREDIT))
        turn = turns.get(one.start)
        if one.role in (PartRole.CREDIT, PartRole.BOILERPLATE) and (turn is None or turn.start == one.start):
            continue
        people = [*people[-1:], *(persons(text, one.start, one.end) if is_english else ())]
        earlier = people_before(people, one.start)
        if last is None and earlier is not None:
            last = Cue(*earlier, "", Stance.ASSERTS, (earlier,))
        is_headline = one.role is PartRole.HEADLINE
        said, speaker, cues = said_in(text, one.start, one.end, None if is_headline else last, people)
        last = last if is_headline else speaker
        claims += said
        if turn is not None:
            claims += said_in_turn(text, turn, said)
            named.setdefault(turn.speaker, Named(*turn.speaker, MentionRole.SPEAKER))
        for mention in _named_by(text, cues):
            named.setdefault((mention.start, mention.end), mention)
        for mention in list(_named_for(text, said, people, named)):
            named.setdefault((mention.start, mention.end), mention)
    return Read(tuple(found), tuple(claims), tuple(sorted(named.values(), key=lambda each: (each.start, each.end))))


def _is_english(text: str) -> bool:
    """Whether the rules for persons hold; told by the beginning, and taken for granted of few words."""
    found = text[:_BEGINNING].lower().split()
    return len(found) < _FEW_WORDS or sum(word in OF_ENGLISH for word in found) > _ENGLISH * len(found)


def _turns(text: str, found: Sequence[Paragraph]) -> Mapping[int, Turn]:
    """The turns of an interview; who answers in it is whom the text tells of first."""
    bounds = [(one.start, one.end) for one in found]
    told = (each for one in found[:_FIRST] for each in persons(text, one.start, one.end))
    return turns_in(text, bounds, list(islice(told, 1)))


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


def _named_for(
    text: str, said: Sequence[Said], people: Sequence[Bounds], named: dict[Bounds, Named]
) -> Iterator[Named]:
    """Who makes claims without being named by a verb: a person told of, whom "he" or "she" then stands for."""
    spoke = [one.end for one in islice(reversed(named.values()), _LAST_NAMED) if one.role is MentionRole.SPEAKER]
    for claim in said:
        for start, end in claim.speakers:
            words = text[start:end].lower()
            if words not in SPEAKING_PRONOUNS:
                yield Named(start, end, MentionRole.SPEAKER)
            elif words in ("he", "she"):
                person = people_before(people, start)
                if person is not None and not any(person[0] < place <= start for place in spoke):
                    yield Named(*person, MentionRole.SPEAKER)
