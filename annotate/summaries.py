"""What the window shows of records without holding them whole: marks and ties in the reader, lines and counts in lists.

Ids, offsets and labels are those of model.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotate.model import Article, Figure, Suggestion
from annotate.references import label_of
from annotate.vocabulary import Finding, Kind, Progress


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader needs of an annotation's span, and no more: 100,000 of them must fit."""

    annotation_id: int
    """Of a suggestion, its id made negative, so that no annotation has it: Suggestion.mark_id."""
    kind: Kind
    start: int
    end: int
    colour: str | None = None
    """Colour of its first tag, or None."""
    suggested: bool = False
    """Whether it is proposed only, and drawn so that nobody takes it for a mark."""


def marks_of(suggestion: Suggestion) -> list[Mark]:
    """What the reader draws of a suggestion."""
    return [
        Mark(suggestion.mark_id, suggestion.kind, span.start, span.end, suggested=True) for span in suggestion.spans
    ]


@dataclass(frozen=True, slots=True)
class Tie:
    """What another mark of the same text is to the selected one."""

    annotation_id: int
    """Of the other mark."""
    words: str
    """A few, said of the other mark: "says so", "is in it"; several are joined with ", "."""


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """What is shown of a claim to set another one against it, without the whole record: a project has 20,000."""

    id: int
    number: int
    words: str
    """At most its first 300 code points."""
    plain_words: str
    article: str
    """The title of its article."""
    outlet: str
    is_here: bool
    """Whether it stands in the article of the other."""

    @property
    def label(self) -> str:
        """What people call it: C-0004."""
        return label_of(Kind.CLAIM, self.number)


@dataclass(frozen=True, slots=True)
class AnnotationSummary:
    """One line of the annotations table: an annotation with the names of what it is tied to."""

    id: int
    kind: Kind
    number: int
    article_id: int
    article: str
    words: str
    attributed_to: str
    """Names of the sources that assert or confirm it, of a mention its source; joined with "; "."""
    figure: Figure | None
    grade: str
    """Reliability and credibility, as far as set: B2, B, 2 or empty."""
    progress: Progress | None
    finding: Finding | None
    tags: tuple[str, ...]
    placed: bool = True
    """Whether it stands in the newest text of its article."""

    @property
    def label(self) -> str:
        return label_of(self.kind, self.number)


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """What an article holds, counted; suggestions are those not judged yet."""

    claims: int = 0
    figures: int = 0
    sources: int = 0
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Binned:
    """An article in the bin."""

    article: Article
    moved_at: datetime | None
    """When it was moved there, in UTC; None where the history does not say."""
    moved_by: str
    """The analyst's name; empty where it is not known."""
    marks: int
