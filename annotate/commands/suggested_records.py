"""Records as an engine proposes them, in JSON, as the records of model.py; what cannot be read is left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from annotate.mentions import MentionReading
from annotate.model import Claim, Figure
from annotate.vocabulary import Bound, Choice, ClaimType, FigureKind, MentionRole, Mode, Naming, SourceType, Stance

C = TypeVar("C", bound=Choice)

Record = Mapping[str, Any]


def suggested_figure(record: Record) -> Figure:
    """The amount that a suggestion states."""
    return Figure(
        value=_number(record, "value"),
        low=_number(record, "low"),
        high=_number(record, "high"),
        inferred=bool(record.get("inferred")),
        counted=_words(record, "counted"),
        unit=_words(record, "unit"),
        bound=_one_of(Bound, record, "bound"),
        qualifier=_words(record, "qualifier"),
        kind=_one_of(FigureKind, record, "kind"),
    )


def suggested_claim(record: Record) -> Claim:
    """How a suggested claim is given, and its type where that is sure."""
    return Claim(mode=_one_of(Mode, record, "mode"), type=_one_of(ClaimType, record, "type"))


def suggested_stance(record: Record) -> Stance:
    """What the speakers of a suggested claim do with it."""
    return _one_of(Stance, record, "stance") or Stance.ASSERTS


def suggested_source(record: Record, words: str) -> MentionReading:
    """What a suggestion says of a source; `words` are its name where it says none."""
    return MentionReading(
        name=_words(record, "name") or " ".join(words.split()),
        naming=_one_of(Naming, record, "naming") or Naming.NAMED,
        role=_one_of(MentionRole, record, "role") or MentionRole.SPEAKER,
        type=_one_of(SourceType, record, "type") or SourceType.UNSPECIFIED,
        affiliation=_words(record, "affiliation"),
        is_person=False,
    )


def _number(record: Record, name: str) -> float | None:
    value = record.get(name)
    return float(value) if isinstance(value, int | float) else None


def _words(record: Record, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _one_of(choices: type[C], record: Record, name: str) -> C | None:
    value = record.get(name)
    return next((choice for choice in choices if choice.value == value), None)
