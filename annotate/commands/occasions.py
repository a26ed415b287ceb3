"""Offers for when and where the event of a claim was: from its words, then from its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.commands.annotations import find_annotation
from annotate.model import DatedWords
from annotate.occasions import occasions_in, places_in
from annotate.project import Project
from annotate.sentences import sentence_at
from annotate.vocabulary import Kind, Precision

_MOST = 3
"""Offers of each kind."""


@dataclass(frozen=True, slots=True)
class OfferedOccasions:
    """What a claim's fields may be filled in with, the likeliest first."""

    happened: tuple[DatedWords, ...] = ()
    places: tuple[str, ...] = ()


def offered_occasions(project: Project, annotation_id: int) -> OfferedOccasions:
    """Dates and places for a claim whose own are empty; nothing for a field that is filled in. Only reads."""
    annotation = find_annotation(project, annotation_id)
    article = project.read.article(annotation.article_id)
    if annotation.kind is not Kind.CLAIM or article is None or not annotation.spans:
        return OfferedOccasions()
    body = project.read.body(annotation.text_id)
    published = article.published.on if article.published.precision in (Precision.DAY, Precision.TIME) else None
    stretches = [(span.start, span.end) for span in annotation.spans]
    stretches.append(sentence_at(body, annotation.spans[0].start, annotation.spans[-1].end))
    claim = annotation.claim
    dates: dict[str, DatedWords] = {}
    places: dict[str, None] = {}
    for start, end in stretches:
        if claim.happened == DatedWords():
            for occasion in occasions_in(body, start, end, published):
                dates.setdefault(occasion.happened.words or "", occasion.happened)
        if not claim.place:
            places |= dict.fromkeys(places_in(body, start, end))
    return OfferedOccasions(tuple(dates.values())[:_MOST], tuple(places)[:_MOST])
