"""Interviews and transcripts: paragraphs that begin with who speaks ("Sara Lund: …", "MEYER, HOST: …", "Q: …", "A: …").

Why it exists: such a text names its speakers by labels and not by verbs, so that nothing said there would be found.
A single label is no interview ("Note: …"); several are, where one of them comes again. Offsets are code points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.sentences import sentences
from annotate.suggest.claims import Said
from annotate.vocabulary import Mode, Stance

Bounds = tuple[int, int]

_LABEL = re.compile(
    r"\s*(?P<name>(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*+\s?){1,4})(?:,\s[^:.!?\n]{2,60}|\s\([^:)\n]{2,60}\))?\s?:\s+(?=\S)"
)
_NO_SPEAKERS = frozenset(
    {"note", "update", "updated", "correction", "photo", "picture", "source", "sources", "credit", "caption", "video"}
    | {"related", "more", "read more", "graphic", "image", "by", "watch", "listen", "published", "summary", "title"}
)
_ASKS = frozenset({"q", "question"})
_ANSWERS = frozenset({"a", "answer"})
_FEWEST_TURNS = 3
_LEAST_SHARE = 0.4
"""Of the paragraphs between the first turn and the last; where fewer have a label, those are no turns."""
_FEWEST_WORDS = 4
"""Of a sentence; fewer say nothing that could be true or false."""
_ENDS_QUESTION = re.compile(r"\?[\"”’»)]*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph, or one that goes on behind it, with the words that name its speaker."""

    speaker: Bounds
    start: int
    """Where what is said begins."""
    end: int


def turns_in(text: str, paragraphs: Sequence[Bounds], people: Sequence[Bounds]) -> Mapping[int, Turn]:
    """Turns by the start of their paragraphs; empty where the text is no interview. `people` are the persons that the
    text names before the first turn: behind "A:" the first of them answers. A turn goes on over paragraphs where labels
    are in capitals, as in transcripts; elsewhere the paragraphs between are the author's."""
    labels = {start: found for start, end in paragraphs[1:] if (found := _label(text, start, end)) is not None}
    times = Counter(_key(found) for found in labels.values())
    labels = {start: found for start, found in labels.items() if times[_key(found)] > 1 or _is_sure(found)}
    if len(labels) < _FEWEST_TURNS or max(times.values()) < 2 or not any(map(_is_sure, labels.values())):
        return {}
    within = [start for start, _ in paragraphs if min(labels) <= start <= max(labels)]
    if len(labels) < _LEAST_SHARE * len(within):
        return {}
    goes_on = all(found["name"].isupper() and _key(found) not in _ASKS | _ANSWERS for found in labels.values())
    turns: dict[int, Turn] = {}
    speaker: Bounds | None = None
    for start, end in paragraphs:
        found = labels.get(start)
        if found is not None:
            speaker = _speaker(found, people)
        elif not goes_on:
            speaker = None
        if speaker is not None:
            turns[start] = Turn(speaker, found.end() if found is not None else start, end)
    return turns


def said_in_turn(text: str, turn: Turn, reported: Sequence[Said]) -> Iterator[Said]:
    """What a speaker claims in a turn: its sentences, run by run, without questions and what is told of others'
    words (`reported`)."""
    runs: list[list[int]] = []
    last = -1
    for rank, (start, end) in enumerate(sentences(text, turn.start, turn.end)):
        others = any(first < end and start < stop for said in reported for first, stop in said.spans)
        few = len(text[start:end].split()) < _FEWEST_WORDS
        if others or few or _ENDS_QUESTION.search(text, start, end):
            continue
        if runs and last == rank - 1:
            runs[-1][1] = end
        else:
            runs.append([start, end])
        last = rank
    for start, end in runs:
        yield Said(((start, end),), Mode.DIRECT, (turn.speaker,), "", Stance.ASSERTS, None, "turn of a speaker", 0.8)


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _LABEL.match(text, start, end)
    return None if found is None or _key(found) in _NO_SPEAKERS else found


def _is_sure(found: re.Match[str]) -> bool:
    """Whether a label that stands there once is one of a speaker: a full name, "Q", "A"."""
    return " " in found["name"].strip() or _key(found) in _ASKS | _ANSWERS


def _key(found: re.Match[str]) -> str:
    """Who a label names: the last word, by which full names and surnames are the same."""
    name = found["name"].strip(" .").lower()
    return name if name in _NO_SPEAKERS else name.split()[-1]


def _speaker(found: re.Match[str], people: Sequence[Bounds]) -> Bounds | None:
    key = _key(found)
    if key in _ASKS:
        return None
    if key in _ANSWERS:
        return people[0] if people else None
    return found.start("name"), found.start("name") + len(found["name"].rstrip())
