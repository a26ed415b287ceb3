"""Figures that can be set side by side: of the same event and thing, counted in the same way.

Why it exists: two numbers contradict each other, or show a change, only where both are about the same thing. A figure
without an event is about its own article and is compared with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import TypeAlias

from annotate.model import Annotation, Attribution, DatedWords, Published
from annotate.report.evidence import Evidence
from annotate.vocabulary import Bound, FigureKind, Kind, Measure, Precision, Relation

_ABOUT = 0.1


@dataclass(frozen=True, slots=True)
class Comparable:
    """Figures about the same thing, two at least."""

    about: str
    """In a few words, for instance "Dam failure: people (new in period)"."""
    figures: tuple[Annotation, ...]


def comparable_figures(evidence: Evidence) -> list[Comparable]:
    """Figures with an amount, by event, kind, counted thing, unit and measure; the largest groups first."""
    groups: dict[_Thing, list[Annotation]] = defaultdict(list)
    for annotation in evidence.of_kind(Kind.FIGURE):
        thing = _thing(evidence, annotation)
        if thing is not None and amounts_of(annotation) != (None, None, None):
            groups[thing].append(annotation)
    found = [
        Comparable(_about(evidence, thing, figures[0]), tuple(figures))
        for thing, figures in groups.items()
        if len(figures) > 1
    ]
    return sorted(found, key=lambda group: (-len(group.figures), group.about.casefold()))


def amounts_of(annotation: Annotation) -> tuple[float | None, float | None, float | None]:
    """Value, low and high of a figure."""
    return annotation.figure.value, annotation.figure.low, annotation.figure.high


def range_of(annotation: Annotation) -> tuple[float, float]:
    """The amounts a figure leaves possible: what is said as "at least" has no end, "about" is a tenth either way."""
    figure = annotation.figure
    known = [one for one in amounts_of(annotation) if one is not None]
    low, high = min(known), max(known)
    if figure.bound is Bound.APPROX:
        low, high = low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    elif figure.bound in (Bound.MIN, Bound.VAGUE):
        high = inf
    elif figure.bound is Bound.MAX:
        low = -inf
    return low, high


def claims_with(evidence: Evidence, figure: Annotation) -> list[Annotation]:
    """The claims that contain a figure."""
    return evidence.linked(figure.id, Relation.CONTAINS, backwards=True)


def event_of(evidence: Evidence, figure: Annotation) -> int | None:
    """The event a figure is about: its own, else that of the first of its claims that has one."""
    if figure.figure.event_id:
        return figure.figure.event_id
    return next((one.claim.event_id for one in claims_with(evidence, figure) if one.claim.event_id), None)


def saying_figure(evidence: Evidence, figure: Annotation) -> list[Attribution]:
    """Who gives a figure: those it is attributed to itself, else those who make its claims."""
    if evidence.said_of.get(figure.id):
        return evidence.saying(figure.id)
    return [said for claim in claims_with(evidence, figure) for said in evidence.saying(claim.id)]


def day_of(evidence: Evidence, figure: Annotation) -> date | None:
    """The day a figure is for: its as-of date, else the day its article came out; None where no day is known."""
    own = figure.figure.as_of
    if own.on is not None or own.words:
        return _day(own)
    return _day(evidence.articles[figure.article_id].published)


def _day(dated: DatedWords | Published) -> date | None:
    return None if dated.precision in (Precision.YEAR, Precision.MONTH) else dated.on


_Thing: TypeAlias = tuple[int, FigureKind | None, str, str, Measure | None]
"""Event, kind, counted and unit in small letters, measure: what has to be the same."""


def _thing(evidence: Evidence, annotation: Annotation) -> _Thing | None:
    figure = annotation.figure
    event_id = event_of(evidence, annotation)
    counted, unit = (" ".join(words.casefold().split()) for words in (figure.counted, figure.unit))
    if event_id is None or not (counted or unit):
        return None
    return event_id, figure.kind, counted, unit, figure.measure


def _about(evidence: Evidence, thing: _Thing, annotation: Annotation) -> str:
    figure = annotation.figure
    what = " ".join(part for part in (figure.unit, figure.counted) if part)
    measure = f" ({figure.measure.label})" if figure.measure else ""
    return f"{evidence.events[thing[0]].name}: {what}{measure}"
