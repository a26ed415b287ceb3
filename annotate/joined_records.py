"""One record out of the records of marks that become one.

Why it exists: what a person wrote into either mark must be in the joined one, or at least be said, and two figures
must never become an amount that neither of them states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from annotate.figures import read_figure
from annotate.model import Annotation, Claim, DatedWords, Figure, Mention
from annotate.vocabulary import Progress

Record = TypeVar("Record", bound=Claim | Figure | Mention)

AMOUNT = ("value", "low", "high", "inferred", "bound", "qualifier")
"""Fields of a figure that state one amount together."""

OF_AMOUNT = ("counted", "unit", "kind")
"""What an amount is of; never taken from a figure with another amount."""

_TOGETHER = {"translation": ("translated_by",), "progress": ("signed_off_by", "signed_off_at")}
"""Fields that only make sense beside the one they are named under."""

_FOLLOWERS = frozenset(name for names in _TOGETHER.values() for name in names)
_READ_FROM_WORDS = frozenset({"mode", "type", "naming", "role", *AMOUNT, *OF_AMOUNT})


def joined_record(kept: Annotation, others: Sequence[Annotation], words: str) -> Claim | Figure | Mention:
    """The record of `kept` with its empty fields filled from `others`, in their order; all are of one kind.

    A figure that says exactly what its words state is read again from the joined `words`. An amount is taken whole,
    and only where there is none.
    """
    if isinstance(kept.record, Figure):
        figure = kept.figure
        known = [figure, *(other.figure for other in others)]
        if figure == read_figure(kept.words):
            figure = read_figure(words)
        return _joined_figure(figure, known)
    if isinstance(kept.record, Claim):
        return _filled(kept.record, [other.claim for other in others])
    return _filled(kept.record, [other.mention for other in others])


def left_out(
    record: Claim | Figure | Mention, annotations: Iterable[Annotation]
) -> Iterator[tuple[Annotation, str, Any]]:
    """What people have said in the records of `annotations` and the joined `record` does not say: annotation, name of
    the field, value.

    A progress stands for the sign-off that goes with it. What was only read from the words is still in the words and
    not told; an amount that a person has corrected is, under the name "value" and with the whole figure.
    """
    for annotation in annotations:
        other = annotation.record
        if isinstance(other, Figure) and isinstance(record, Figure):
            corrected = _amount(other) != _amount(read_figure(annotation.words))
            if corrected and _has_amount(other) and _amount(other) != _amount(record):
                yield annotation, "value", other
        for name in _fields(other, but=_READ_FROM_WORDS):
            value = getattr(other, name)
            group = (name, *_TOGETHER.get(name, ()))
            if not _is_empty(value) and any(getattr(other, each) != getattr(record, each) for each in group):
                yield annotation, name, value


def joined_notes(notes: Iterable[str]) -> str:
    """Notes below each other; none that stands in another word for word."""
    distinct = list(dict.fromkeys(note.strip() for note in notes if note.strip()))
    kept = [
        note for note in distinct if not any(note != other and f"\n{note}\n" in f"\n{other}\n" for other in distinct)
    ]
    return "\n".join(kept)


def _joined_figure(figure: Figure, others: Sequence[Figure]) -> Figure:
    for other in others:
        if not _has_amount(figure) and _has_amount(other):
            of = {name: getattr(other, name) or getattr(figure, name) for name in OF_AMOUNT}
            figure = replace(figure, **{name: getattr(other, name) for name in AMOUNT}, **of)
        elif not _has_amount(other):
            figure = _filled(figure, [other], but=frozenset(AMOUNT))
        figure = _filled(figure, [other], but=frozenset((*AMOUNT, *OF_AMOUNT)))
    return figure


def _filled(record: Record, others: Sequence[Record], but: frozenset[str] = frozenset()) -> Record:
    taken: dict[str, Any] = {}
    for name in _fields(record, but=but):
        said = [other for other in others if not _is_empty(getattr(other, name))]
        if said and _is_empty(getattr(record, name)):
            taken |= {each: getattr(said[0], each) for each in (name, *_TOGETHER.get(name, ()))}
    return replace(record, **taken)


def _fields(record: Claim | Figure | Mention, but: frozenset[str]) -> list[str]:
    return [field.name for field in fields(record) if field.name not in _FOLLOWERS | but]


def _amount(figure: Figure) -> tuple[Any, ...]:
    return tuple(getattr(figure, name) for name in (*AMOUNT, *OF_AMOUNT))


def _has_amount(figure: Figure) -> bool:
    return any(number is not None for number in (figure.value, figure.low, figure.high))


def _is_empty(value: Any) -> bool:
    """Whether nobody has said anything there; work that is open has not begun."""
    if isinstance(value, str) and not isinstance(value, Progress):
        return not value.strip()
    return value is None or value is Progress.OPEN or value == DatedWords()
