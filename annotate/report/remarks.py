"""What is to be known before something is handed on, as lines that window and command line show alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotate.report.evidence import Evidence
from annotate.report.leftovers import Leftover, Why
from annotate.report.preflight import Severity, Surprise, Surprising, preflight
from annotate.report.searched_records import LEFT_OUT, Replacement
from annotate.report.sharing import Shared
from annotate.shortened import shortened

_UNSURE = (Why.MAIL, Why.PHONE, Why.HANDLE, Why.FRAGMENT, Why.EVERYDAY, Why.INITIALS)
"""Reasons that more often than not mean nothing."""
_ALWAYS = (Surprising.EMPTY, Surprising.PROTECTED)
_LONGEST = 60
"""Code points of words that a remark repeats."""


@dataclass(frozen=True, slots=True)
class RemarkPlace:
    """Where something is that a remark is about: the ID of a record, and words that say more."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know before it is handed on; remarks of a `group` belong together."""

    group: str
    words: str
    places: tuple[RemarkPlace, ...] = ()
    urgent: bool = False
    """Whether somebody could come to harm, or a reader would stumble over it."""


def remarks_of_sharing(shared: Shared) -> tuple[Remark, ...]:
    """What may still give somebody away, then what was replaced, then what was left out."""
    return (*_leftovers(shared.leftovers), *_replaced(shared.replacements), *_left_out(shared.replacements))


def _leftovers(leftovers: Iterable[Leftover]) -> Iterator[Remark]:
    for one in sorted(leftovers, key=lambda one: one.why in _UNSURE):
        unsure = one.why in _UNSURE
        group = "May give somebody away, or mean nothing" if unsure else "May give somebody away"
        about = f" ({one.about})" if one.about else ""
        places = tuple(RemarkPlace(record, f"{record}, {field}") for record, field in one.places)
        yield Remark(group, f"{shortened(one.words, _LONGEST)}: {one.why.label}{about}", places, urgent=not unsure)


def _replaced(replacements: Iterable[Replacement]) -> Iterator[Remark]:
    grouped: dict[tuple[str, str], list[Replacement]] = defaultdict(list)
    for one in replacements:
        if one.by != LEFT_OUT:
            grouped[one.what, one.by].append(one)
    for (what, by), several in grouped.items():
        yield Remark("Replaced", f"{shortened(what, _LONGEST)} → {by}{_times(several)}", _places(several))


def _left_out(replacements: Iterable[Replacement]) -> Iterator[Remark]:
    grouped: dict[str, list[Replacement]] = defaultdict(list)
    for one in replacements:
        if one.by == LEFT_OUT:
            grouped[one.field].append(one)
    for field, several in grouped.items():
        yield Remark("Left out", f"{field}{_times(several)}", _places(several))


def _places(several: Iterable[Replacement]) -> tuple[RemarkPlace, ...]:
    return tuple(RemarkPlace(one.record, f"{one.record}, {one.field}") for one in several)


def _times(several: Iterable[Replacement]) -> str:
    number = sum(one.count for one in several)
    return f", {number:,} times" if number > 1 else ""


def remarks_of_surprises(evidence: Evidence, *, for_people: bool = True) -> tuple[Remark, ...]:
    """What would surprise whoever reads it, the worst first; for a program only what is empty or not open."""
    return tuple(
        Remark(
            surprise.severity.label.capitalize(),
            surprise.sentence.rstrip("."),
            tuple(_records(evidence, surprise)),
            urgent=surprise.severity is Severity.SURPRISE,
        )
        for surprise in preflight(evidence)
        if for_people or surprise.kind in _ALWAYS
    )


def _records(evidence: Evidence, surprise: Surprise) -> Iterator[RemarkPlace]:
    """The records it is about, each by its ID and first words."""
    for annotation_id in surprise.annotation_ids:
        annotation = evidence.annotations[annotation_id]
        yield RemarkPlace(annotation.label, f"{annotation.label}  {shortened(annotation.words, _LONGEST)}")
    for article_id in surprise.article_ids:
        article = evidence.articles[article_id]
        yield RemarkPlace(article.label, f"{article.label}  {shortened(article.title, _LONGEST)}")
    for source_id in surprise.source_ids:
        source = evidence.sources[source_id]
        yield RemarkPlace(source.label, f"{source.label}  {shortened(source.name, _LONGEST)}")
