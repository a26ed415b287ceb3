"""Notes on cells whose value the words do not give as it stands there: reckoned dates, lows read from vague words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate.model import Annotation, DatedWords
from annotate.vocabulary import DateBasis

DatesOf = tuple[str, Callable[[Annotation], DatedWords]]
"""A heading, and the date that its column takes from a row's annotation."""

Notes = dict[tuple[int, str], str]


def reckoned_notes(annotations: Sequence[Annotation], columns: Sequence[DatesOf]) -> Notes:
    """A note on each date that was reckoned from the day of publication, or set by the analyst against words."""
    notes: Notes = {}
    for row, annotation in enumerate(annotations):
        for heading, date_of in columns:
            dated = date_of(annotation)
            if dated.on is None:
                continue
            if dated.basis is DateBasis.RECKONED:
                words = f", from the words “{dated.words}”" if dated.words else ""
                notes[row, heading] = f"Reckoned from the day of publication{words}."
            elif dated.basis is DateBasis.ANALYST and dated.words:
                notes[row, heading] = f"Set by the analyst; the words are “{dated.words}”."
    return notes


def inferred_notes(annotations: Sequence[Annotation], heading: str) -> Notes:
    """A note on each low that was read from vague words."""
    return {
        (row, heading): f"Low read from the words “{annotation.words}”; no number is given there."
        for row, annotation in enumerate(annotations)
        if annotation.figure.inferred and annotation.figure.low is not None
    }
