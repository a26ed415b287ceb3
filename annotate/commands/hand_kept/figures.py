"""The figures of a claims list: on the words of their claim that state them, else beside it in the words of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotate.anchoring import anchored, joined_words
from annotate.exchange.hand_kept import FigureCell, SqueezedText
from annotate.figures import figures_in, read_figure
from annotate.model import Figure, Span
from annotate.surroundings import whole_figures


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure that is to be made; without spans it has only the words of its cell."""

    words: str
    spans: tuple[Span, ...]
    record: Figure


def figures_of(body: str, claim: Sequence[Span], cells: Iterable[FigureCell]) -> list[NewFigure]:
    """The figures of a claim, each once; `claim` is where it stands in `body`, nothing where it has no place."""
    made: dict[object, NewFigure] = {}
    for cell in cells:
        spans = place_figures(body, claim, cell.words)
        words = joined_words(spans) if spans else cell.words
        record = read_figure(words)
        if not spans and cell.counted and not (record.counted or record.unit):
            record = replace(record, counted=cell.counted)
        made.setdefault(spans or (words, record.counted), NewFigure(words, spans, record))
    return list(made.values())


def place_figures(body: str, claim: Sequence[Span], words: str) -> tuple[Span, ...]:
    """Where a claim's words state a figure, with its qualifier and noun; nothing where they do not.

    By its words, else by its amount: "900" is in "nine hundred people".
    """
    for span in claim:
        for one in (SqueezedText(span.exact).find(words) or _by_amount(span.exact, words))[:1]:
            found = Span(span.start + one.start, span.start + one.end)
            [whole] = whole_figures(body, [found])
            start = max(span.start, min(found.start, whole.start) if whole else found.start)
            end = min(span.end, max(found.end, whole.end) if whole else found.end)
            if read_figure(body[start:end]).bound is not None:
                return (anchored(body, start, end),)
    return ()


def _by_amount(exact: str, words: str) -> tuple[Span, ...]:
    """The figure of some words that is the amount of a cell."""
    wanted = read_figure(words)
    numbers = (wanted.value, wanted.low, wanted.high)
    for place in figures_in(exact):
        found = read_figure(exact[place.start : place.end])
        same_amount = (found.value, found.low, found.high) == numbers
        bare = wanted.value is not None and wanted.value in (found.value, found.low, found.high)
        if same_amount or bare:
            return (Span(place.start, place.end),)
    return ()
