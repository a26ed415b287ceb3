"""The records an analyst works with, as immutable values.

Ids are row ids inside one project file; `uid` is the identity that survives exchange and merging. Offsets are
Unicode code points of a Text, end exclusive. Times of the machine are aware datetimes in UTC; dates that come from
a text keep the words they were made from. None means not known or not judged, never zero.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from annotate.references import Named, label_of
from annotate.vocabulary import (
    ArticleStatus,
    ArticleType,
    AttributionBasis,
    Bound,
    CarryOutcome,
    ClaimType,
    Credibility,
    DateBasis,
    Fate,
    FigureKind,
    Finding,
    Handling,
    Kind,
    Measure,
    MentionRole,
    Mode,
    Naming,
    Origin,
    PartRole,
    Precision,
    Primacy,
    Progress,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What every stored record has: row id, exchange identity, number of changes so far."""

    id: int
    uid: UUID
    revision: int


@dataclass(frozen=True, slots=True)
class Analyst(Row):
    name: str


@dataclass(frozen=True, slots=True)
class File(Row):
    """Bytes as imported; the bytes themselves are read with `Reader.file_bytes`."""

    name: str
    sha256: str
    size: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date as the input gives it; `words` as written, `on` what was made of them."""

    words: str | None = None
    on: date | None = None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Article(Row):
    """Metadata of one article; deleted means that it lies in the bin."""

    file_id: int | None
    place_in_file: str | None
    type: ArticleType
    title: str
    title_confirmed: bool
    outlet: str | None
    author: str | None
    published: Published
    url: str | None
    archive_url: str | None
    platform: str | None
    account: str | None
    language: str | None
    collected_at: datetime | None
    collected_by: str | None
    imported_at: datetime
    status: ArticleStatus
    note: str
    deleted: bool
    text_id: int
    """The newest version of its text."""

    @property
    def label(self) -> str:
        return label_of(Named.ARTICLE, self.id)


@dataclass(frozen=True, slots=True)
class Text(Row):
    """A version of an article's canonical text; `number` counts from 1. Immutable."""

    article_id: int
    file_id: int | None
    """The File it was read from."""
    number: int
    sha256: str
    length: int
    words: int
    importer: str
    importer_version: str
    pages: tuple[int, ...]
    """Start of every page in code points; empty where the input has no pages."""

    def page_of(self, place: int) -> int | None:
        """The page of the file, counted from 1, that a code point stands on; None where the input has no pages."""
        return max(1, bisect_right(self.pages, place)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Part(Row):
    text_id: int
    role: PartRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a Text, and the words that stand there and around it (32 code points each side)."""

    start: int
    end: int
    exact: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class DatedWords:
    """When something happened or was said: words as written, and what was made of them."""

    words: str | None = None
    on: date | None = None
    until: date | None = None
    precision: Precision | None = None
    basis: DateBasis | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The record of a claim. Credibility stays None until a person sets it."""

    mode: Mode | None = None
    type: ClaimType | None = None
    plain_words: str = ""
    translation: str = ""
    translated_by: str = ""
    event_id: int | None = None
    happened: DatedWords = DatedWords()
    said: DatedWords = DatedWords()
    place: str = ""
    credibility: Credibility | None = None
    progress: Progress = Progress.OPEN
    signed_off_by: str | None = None
    signed_off_at: datetime | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The record of a figure: only what the words state.

    exact and approx have a value alone; min has value = low, max value = high; a range has low and high and no
    value; vague has a low that was inferred from words such as "dozens", and no value.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    inferred: bool = False
    """The low was inferred from vague words."""
    counted: str = ""
    unit: str = ""
    bound: Bound | None = None
    qualifier: str = ""
    kind: FigureKind | None = None
    measure: Measure | None = None
    as_of: DatedWords = DatedWords()
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """The record of a source annotation: how the source is named there; it belongs to one Source."""

    source_id: int | None = None
    naming: Naming | None = None
    role: MentionRole | None = None


RECORD_TYPES: dict[Kind, type[Claim] | type[Figure] | type[Mention]] = {
    Kind.CLAIM: Claim,
    Kind.FIGURE: Figure,
    Kind.SOURCE: Mention,
}
"""What the record of an annotation is, by its kind."""


@dataclass(frozen=True, slots=True)
class Annotation(Row):
    """One mark with its record. Several spans are one annotation; none is an orphan that keeps its words."""

    article_id: int
    text_id: int
    kind: Kind
    number: int
    words: str
    """The exact words of all spans; several are joined with " […] "."""
    note: str
    handling: Handling
    origin: Origin
    rule: str | None
    engine: str | None
    analyst_id: int
    created_at: datetime
    changed_at: datetime
    spans: tuple[Span, ...]
    tag_ids: tuple[int, ...]
    record: Claim | Figure | Mention

    @property
    def label(self) -> str:
        """The ID that people use, for instance C-0004."""
        return label_of(self.kind, self.number)

    @property
    def claim(self) -> Claim:
        assert isinstance(self.record, Claim)
        return self.record

    @property
    def figure(self) -> Figure:
        assert isinstance(self.record, Figure)
        return self.record

    @property
    def mention(self) -> Mention:
        assert isinstance(self.record, Mention)
        return self.record


@dataclass(frozen=True, slots=True)
class ProjectInfo(Row):
    """What a project says about itself; marking is its TLP or other protective marking."""

    title: str
    marking: str
    note: str
    created_at: datetime
    columns: dict[str, list[str]]
    """Headings of the columns that exported sheets have, in their order, by the sheet's name; all where it is not in
    here."""


@dataclass(frozen=True, slots=True)
class Source(Row):
    """Entry of the register of sources. Reliability stays None until a person sets it."""

    number: int
    name: str
    aliases: tuple[str, ...]
    type: SourceType
    affiliation: str
    controlled_by: str
    handling: Handling
    reliability: Reliability | None
    reliability_basis: str
    reliability_on: date | None
    article_id: int | None
    """Set for unnamed sources, which start anew in each article."""
    note: str

    @property
    def label(self) -> str:
        return label_of(Named.SOURCE, self.number)


@dataclass(frozen=True, slots=True)
class Attribution(Row):
    """Who says so: a claim (or a figure that stands alone) and a source."""

    annotation_id: int
    source_id: int
    stance: Stance
    verb: str
    basis: AttributionBasis
    via_id: int | None
    """The source or outlet it came through."""
    mention_id: int | None
    """The source annotation it was read from."""


@dataclass(frozen=True, slots=True)
class Link(Row):
    from_id: int
    to_id: int
    relation: Relation
    note: str


@dataclass(frozen=True, slots=True)
class Event(Row):
    name: str
    happened: DatedWords
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Check(Row):
    """One look into a claim or figure."""

    annotation_id: int
    checked_on: date
    analyst_id: int
    looked_at: str
    url: str
    archive_url: str
    file_id: int | None
    primacy: Primacy | None
    shows: Shows | None
    limits: str
    note: str

    @property
    def label(self) -> str:
        return label_of(Named.CHECK, self.id)


@dataclass(frozen=True, slots=True)
class Tag(Row):
    """An entry of the analyst's own codebook; nested through `parent_id`."""

    name: str
    parent_id: int | None
    colour: str
    key: str | None
    meaning: str
    position: int


@dataclass(frozen=True, slots=True)
class Carrying(Row):
    """What became of a mark that an update of its article did not simply move: for a person to judge.

    changed: it stands at `spans` of the new text already. review: it still stands in the old text, and `spans` are
    proposed. lost: it is an orphan, and `spans` is empty. Spans have their words, `old_spans` in the old text.
    """

    annotation_id: int
    from_text_id: int
    to_text_id: int
    outcome: CarryOutcome
    old_spans: tuple[Span, ...]
    spans: tuple[Span, ...]
    similarity: float
    """Of the words, 0 to 1."""
    reason: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Suggestion(Row):
    text_id: int
    kind: Kind
    spans: tuple[Span, ...]
    record: dict[str, Any]
    engine: str
    engine_version: str
    rule: str
    confidence: float
    fate: Fate

    @property
    def place(self) -> tuple[int, int, int]:
        """The order of suggestions of one text: by their beginning, the longer first."""
        return self.spans[0].start, -self.spans[0].end, self.id

    @property
    def mark_id(self) -> int:
        """What its marks are called among those of annotations."""
        return -self.id
