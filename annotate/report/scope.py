"""Which part of a project a report is made of: chosen articles, what a filter shows, a stretch of time, what is new.

Why it exists: what is handed on is seldom everything. A scope says what was asked for; `Scope.keeps` decides for each
annotation, and the words of it stand on the first page, so that nobody takes a part for the whole.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.model import Annotation, Article, Attribution, Link
from annotate.steps import Export
from annotate.vocabulary import Choice, Kind, Precision, Relation


class PeriodOf(Choice):
    """What must lie in the period."""

    PUBLISHED = "published", "published", "When the article was published"
    HAPPENED = "happened", "happened", "When it happened, as the claim says; of a figure, its as-of date"
    SAID = "said", "said", "When the claim was made"

    @property
    def words(self) -> str:
        """What lies in it, for a sentence: "only what …"."""
        return "happened" if self is PeriodOf.HAPPENED else f"was {self.label}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None where it is open. What has no date lies in no period."""

    of: PeriodOf
    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None, until: date | None, precision: Precision | None) -> bool:
        """Whether a date, or any day of what is only known as a month or year, lies in it."""
        if on is None:
            return False
        first, last = days_of(on, precision)
        if until is not None:
            last = max(last, days_of(until, precision)[1])
        return (self.last is None or first <= self.last) and (self.first is None or last >= self.first)

    @property
    def words(self) -> str:
        if self.first is not None and self.last is not None:
            return f"{self.of.words} {self.first} to {self.last}"
        return f"{self.of.words} from {self.first}" if self.first is not None else f"{self.of.words} up to {self.last}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is asked to hold; by default everything outside the bin."""

    article_ids: frozenset[int] | None = None
    shown: MarkFilter = SHOW_ALL
    period: Period | None = None
    since: Export | None = None
    """Only what is new or was revised since this export, and what was withdrawn."""

    @property
    def is_everything(self) -> bool:
        return self.article_ids is None and self.shown.is_open and self.period is None and self.since is None

    @property
    def narrows_marks(self) -> bool:
        """Whether annotations of an article may be left out while others are kept."""
        by_time = self.period is not None and self.period.of is not PeriodOf.PUBLISHED
        return by_time or not self.shown.is_open or self.since is not None

    def keeps_article(self, article: Article) -> bool:
        if self.article_ids is not None and article.id not in self.article_ids:
            return False
        if self.period is None or self.period.of is not PeriodOf.PUBLISHED:
            return True
        return self.period.holds(article.published.on, None, article.published.precision)


EVERYTHING = Scope()


def kept_annotations(
    scope: Scope,
    annotations: Mapping[int, Annotation],
    links: Iterable[Link],
    attributions: Iterable[Attribution],
    fresh: Collection[int],
) -> set[int]:
    """Ids of the annotations that a scope keeps, of those in articles that it keeps.

    `fresh` are those that are new or revised since the export it names. A figure stays with a claim that holds it,
    and under a period of claims a mention with a claim that its source makes in the same article.
    """
    kept = {one.id for one in annotations.values() if scope.shown.shows(one)}
    period = scope.period if scope.period and scope.period.of is not PeriodOf.PUBLISHED else None
    if period is None and scope.since is None:
        return kept
    wanted = {i for i in kept if (period is None or _in_period(period, annotations[i]))}
    if scope.since is not None:
        wanted &= set(fresh)
    held = {link.to_id for link in links if link.relation is Relation.CONTAINS and link.from_id in wanted}
    wanted |= held & kept
    if period is not None:
        saying = {
            (annotations[said.annotation_id].article_id, source_id)
            for said in attributions
            if said.annotation_id in wanted
            for source_id in (said.source_id, said.via_id)
        }
        mentions = (annotations[i] for i in kept if annotations[i].kind is Kind.SOURCE)
        wanted |= {one.id for one in mentions if (one.article_id, one.mention.source_id) in saying}
    return wanted


def _in_period(period: Period, annotation: Annotation) -> bool:
    if annotation.kind is Kind.CLAIM:
        when = annotation.claim.happened if period.of is PeriodOf.HAPPENED else annotation.claim.said
    elif annotation.kind is Kind.FIGURE and period.of is PeriodOf.HAPPENED:
        when = annotation.figure.as_of
    else:
        return False
    return period.holds(when.on, when.until, when.precision)


def days_of(on: date, precision: Precision | None) -> tuple[date, date]:
    """The first and the last day that a date of this precision may mean."""
    if precision is Precision.YEAR:
        return on.replace(month=1, day=1), on.replace(month=12, day=31)
    if precision is Precision.MONTH:
        return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
    return on, on
