"""What stands beside a mark in a reading copy: its record in a few words, as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotate.figures import format_amount
from annotate.model import Annotation, DatedWords
from annotate.report import saying
from annotate.report.comparison import claims_with
from annotate.report.evidence import Evidence
from annotate.report.tables import from_value, until_value
from annotate.store.queries.annotations import SAYS_SO
from annotate.vocabulary import Kind, Mode, Origin, Relation, Stance

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

_OTHER_STANCES = (
    (Stance.DENIES, "denied by"),
    (Stance.DOUBTS, "doubted by"),
    (Stance.DECLINES, "no comment from"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A few words of a fact, and the ID of the annotation that they are about and lead to."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: "says so" Ines Duarte (B)."""

    name: str
    """In lower case; empty where the words need none."""
    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        """All of it in one line: "contradicted by: C-0003"."""
        said = "; ".join(" ".join(part for part in (one.text, one.label) if part) for one in self.words)
        return f"{self.name}: {said}" if self.name else said


@dataclass(frozen=True, slots=True)
class TagChip:
    name: str
    colour: str
    """#rrggbb, or empty."""


@dataclass(frozen=True, slots=True)
class Note:
    """The record of one mark. `label` is its ID, which is the same in the workbook."""

    label: str
    kind: Kind
    words: str
    """The marked words, for a note that no mark leads to."""
    facts: tuple[Fact, ...]
    plain_words: str
    """The analyst's sentence or translation; may be empty."""
    tags: tuple[TagChip, ...]
    remark: str
    """The analyst's note."""


def note_of(evidence: Evidence, annotation: Annotation) -> Note:
    """What a reader is told about a mark: nothing but what `evidence` holds."""
    makers = {Kind.CLAIM: _claim, Kind.FIGURE: _figure, Kind.SOURCE: _source}
    facts = [*makers[annotation.kind](evidence, annotation), *_standing(evidence, annotation)]
    return Note(
        label=annotation.label,
        kind=annotation.kind,
        words=annotation.words,
        facts=tuple(fact for fact in facts if fact.words),
        plain_words=_plain_words(annotation),
        tags=tuple(_chips(evidence, annotation)),
        remark=annotation.note.strip(),
    )


def _claim(evidence: Evidence, annotation: Annotation) -> Iterable[Fact]:
    claim = annotation.claim
    said_by = saying.speakers(evidence, annotation, *SAYS_SO, graded=True)
    if said_by:
        yield _fact("says so", said_by)
    elif claim.mode is Mode.VOICE:
        yield _fact("says so", "the outlet itself")
    for stance, name in _OTHER_STANCES:
        yield _fact(name, saying.speakers(evidence, annotation, stance, graded=True))
    yield _fact("", claim.mode.label if claim.mode and claim.mode is not Mode.VOICE else "")
    figures = evidence.linked(annotation.id, Relation.CONTAINS)
    yield Fact("holds", tuple(Words(format_amount(one.figure) or one.words, one.label) for one in figures))
    yield _fact("happened", _when(claim.happened))
    yield _fact("place", claim.place)
    event = evidence.events.get(claim.event_id) if claim.event_id else None
    yield _fact("event", event.name if event else "")
    yield _fact("grade", saying.grade(evidence, annotation))
    yield _fact("finding", claim.finding.label if claim.finding else "")
    yield _others("corroborated by", evidence.linked_either_way(annotation.id, Relation.CORROBORATES))
    yield _others("contradicted by", evidence.linked_either_way(annotation.id, Relation.CONTRADICTS))
    yield _others("repeats", evidence.linked(annotation.id, Relation.REPEATS))
    yield _others("superseded by", evidence.linked(annotation.id, Relation.UPDATES, backwards=True))


def _figure(evidence: Evidence, annotation: Annotation) -> Iterable[Fact]:
    figure = annotation.figure
    yield _fact("", format_amount(figure))
    yield _fact("as", f"“{figure.qualifier}”" if figure.qualifier else "")
    yield _fact("", figure.measure.label if figure.measure else "")
    yield _fact("as of", _when(figure.as_of))
    yield _fact("says so", saying.speakers(evidence, annotation, *SAYS_SO, graded=True))
    for stance, name in _OTHER_STANCES:
        yield _fact(name, saying.speakers(evidence, annotation, stance, graded=True))
    yield _others("in claim", claims_with(evidence, annotation))


def _source(evidence: Evidence, annotation: Annotation) -> Iterable[Fact]:
    mention = annotation.mention
    source = evidence.sources.get(mention.source_id) if mention.source_id is not None else None
    if source is not None:
        yield _fact("", f"{source.name} ({source.label})")
        yield _fact("", source.type.label)
        yield _fact("affiliation", source.affiliation)
    yield _fact("", mention.naming.label if mention.naming else "")
    yield _fact("", mention.role.label if mention.role else "")
    if source is not None and source.reliability is not None:
        yield _fact("reliability", f"{source.reliability.label}, {source.reliability.meaning.lower()}")


def _standing(evidence: Evidence, annotation: Annotation) -> Iterable[Fact]:
    yield _fact("since an update", evidence.standing(annotation))
    yield _fact("", "accepted in bulk, not reviewed" if annotation.origin is Origin.BULK else "")


def _plain_words(annotation: Annotation) -> str:
    if annotation.kind is not Kind.CLAIM:
        return ""
    claim = annotation.claim
    return "\n".join(words.strip() for words in (claim.plain_words, claim.translation) if words.strip())


def _chips(evidence: Evidence, annotation: Annotation) -> Iterable[TagChip]:
    for tag_id in annotation.tag_ids:
        tag = evidence.tags[tag_id]
        yield TagChip(tag.name, tag.colour if _COLOUR.fullmatch(tag.colour or "") else "")


def _when(dated: DatedWords) -> str:
    """A date or stretch as a person reads it, and the words as written."""
    days = "–".join(str(day) for day in (from_value(dated), until_value(dated)) if day is not None)
    if dated.words and dated.on is not None:
        return f"{days} (“{dated.words}”)"
    return days


def _fact(name: str, words: str) -> Fact:
    return Fact(name, (Words(words),) if words.strip() else ())


def _others(name: str, annotations: Iterable[Annotation]) -> Fact:
    return Fact(name, tuple(Words("", one.label) for one in annotations))
