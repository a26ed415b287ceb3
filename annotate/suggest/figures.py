"""Proposes figures: amounts with their number, unit, bound and what is counted."""

from __future__ import annotations

import re
from typing import Any

from annotate.figures import figures_in, read_figure
from annotate.model import Span
from annotate.offsets import snap_to_graphemes
from annotate.sentences import PARAGRAPH_ENDS
from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Kind

_FIELDS = ("value", "low", "high", "inferred", "counted", "unit", "bound", "qualifier", "kind")
_PARAGRAPH = re.compile(f"[^{PARAGRAPH_ENDS}]+")


def propose_figures(text: str) -> list[Proposal]:
    """Every figure of a text as an analyst would mark it, in the order of the numbers; linear."""
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        left = paragraph.start()
        for one in figures_in(paragraph.group()):
            start, end = snap_to_graphemes(text, left + one.start, left + one.end)
            figure = read_figure(text[start:end])
            record: dict[str, Any] = {name: getattr(figure, name) for name in _FIELDS}
            record |= {name: record[name] and record[name].value for name in ("bound", "kind")}
            record["number"] = [left + one.number_start, left + one.number_end]
            found.append(Proposal(Kind.FIGURE, (Span(start, end),), record, "amount", 0.9))
    return found
