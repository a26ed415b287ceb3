"""What an engine proposes: words, of which kind, with the record that would be filled in. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotate.model import Span
from annotate.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """One mark that could be made; offsets in code points of the text, spans in order and apart from each other.

    `record` holds, by kind, JSON values only (what an enumeration holds as its value):

    - figure: the fields of model.Figure that the words state: value, low, high, inferred, counted, unit, bound,
      qualifier, kind; and number, the start and end of the number with its unit;
    - source: name (as the register should have it), naming, role, type, affiliation;
    - claim: mode, type, verb, stance, speakers (a list of [start, end], each the span of a proposed source, or a
      pronoun that stands for one), source (the name of the first speaker in the register's form, also behind a
      pronoun), via ([start, end] or None). A claim in the outlet's own voice has no speakers.
    """

    kind: Kind
    spans: tuple[Span, ...]
    record: dict[str, Any] = field(default_factory=dict)
    rule: str = ""
    """Which rule proposed it, in the words of the engine's table of rules: "reported speech"."""
    confidence: float = 1.0
    """From 0 to 1: how often such a proposal is right, as far as is known."""
