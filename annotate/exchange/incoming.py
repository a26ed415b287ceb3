"""What another tool's file holds, in the words of model.py, before any of it is written.

Why it exists: every format that comes in (REFI-QDA, Web Annotations, other tools' databases) is read into these values
by a pure function, and one command (commands/taking_in.py) writes them, so that each format is only read and the rules
of a project are kept in one place. Records name each other by `key`, any string that the file tells them apart by (a
GUID, a row number); a uid is given where the file states one, so that what this program wrote comes back as itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from annotate.importers.draft import Draft
from annotate.model import Claim, DatedWords, Figure, Mention, Span
from annotate.vocabulary import (
    ArticleStatus,
    AttributionBasis,
    Handling,
    Kind,
    Origin,
    Primacy,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One article; `draft.text` is canonical, and spans of annotations are code points in it."""

    key: str
    draft: Draft
    file_name: str
    """Under which its bytes are kept; shown to the analyst."""
    data: bytes
    """The bytes it came as, for custody: the file the other tool kept, or else its text in UTF-8."""
    uid: UUID | None = None
    archive_url: str | None = None
    collected_at: datetime | None = None
    collected_by: str | None = None
    status: ArticleStatus = ArticleStatus.IN_PROGRESS
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomingTag:
    """An entry of the codebook; `parent` is the key of the tag above it. One of the same name and parent is joined."""

    key: str
    name: str
    parent: str | None = None
    colour: str | None = None
    """#rrggbb; None takes the next free one."""
    shortcut: str | None = None
    """Its key on the keyboard, 1 to 9; left out where another tag of the project has it."""
    meaning: str = ""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    key: str
    name: str
    happened: DatedWords = DatedWords()
    place: str = ""
    note: str = ""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingSource:
    """An entry of the register of sources; `article` is set for unnamed ones, which start anew in each article."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    type: SourceType = SourceType.UNSPECIFIED
    affiliation: str = ""
    controlled_by: str = ""
    handling: Handling = Handling.OPEN
    reliability: Reliability | None = None
    reliability_basis: str = ""
    reliability_on: date | None = None
    article: str | None = None
    note: str = ""
    number: int | None = None
    """The number of its ID (14 of SRC-014), kept where it was never given out."""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingAnnotation:
    """One mark. `spans` need only start and end; without any it is an orphan that keeps its `words`.

    In the record event_id and source_id stay None; `event` and `source` are keys. A record that is None is read from
    the words, as marking by hand does. Spans that split a grapheme are kept as they are and counted.
    """

    key: str
    article: str
    kind: Kind
    spans: tuple[Span, ...]
    words: str = ""
    """Of an orphan; of a placed one the words stand in the text."""
    record: Claim | Figure | Mention | None = None
    event: str | None = None
    source: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    handling: Handling = Handling.OPEN
    origin: Origin = Origin.HAND
    rule: str | None = None
    engine: str | None = None
    analyst: str = ""
    """Who made it; empty for whoever takes it in."""
    created_at: datetime | None = None
    changed_at: datetime | None = None
    number: int | None = None
    """The number of its ID (4 of C-0004), kept where it was never given out."""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingAttribution:
    annotation: str
    source: str
    stance: Stance = Stance.ASSERTS
    verb: str = ""
    basis: AttributionBasis = AttributionBasis.STATED
    via: str | None = None
    mention: str | None = None
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingLink:
    from_key: str
    to_key: str
    relation: Relation
    note: str = ""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingCheck:
    annotation: str
    checked_on: date
    looked_at: str = ""
    url: str = ""
    archive_url: str = ""
    primacy: Primacy | None = None
    shows: Shows | None = None
    limits: str = ""
    note: str = ""
    analyst: str = ""
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything that one file holds, and sentences for the analyst about how it was read and what had no place."""

    name: str
    """The file's name, for the step of history and for messages."""
    tool: str
    """What wrote it, as far as the file says: "QualCoder", "REFI-QDA"."""
    articles: Sequence[IncomingArticle] = ()
    tags: Sequence[IncomingTag] = ()
    events: Sequence[IncomingEvent] = ()
    sources: Sequence[IncomingSource] = ()
    annotations: Sequence[IncomingAnnotation] = ()
    attributions: Sequence[IncomingAttribution] = ()
    links: Sequence[IncomingLink] = ()
    checks: Sequence[IncomingCheck] = ()
    note: str = ""
    """What the file says about the whole of it, and memos that belong to nothing in it: for the project's note."""
    said: tuple[str, ...] = ()
