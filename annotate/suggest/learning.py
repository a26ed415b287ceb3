"""What judging teaches about rules: how often each is right in this project, and which are not worth a look any more.

Why it exists: an analyst who refuses every duration should not be asked a hundred times. What a rule states about
itself counts as some judgements that were made before; those of the project outweigh it soon.
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHT = 10
"""Judgements that what a rule states about itself is worth."""
FEWEST = 8
"""Judgements before a rule may be muted: one bad article must not silence it."""
MUTED_UP_TO = 0.15
"""The share of accepted ones up to which a rule is muted."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often what one rule proposes for one kind was accepted in a project."""

    accepted: int = 0
    rejected: int = 0

    @property
    def judged(self) -> int:
        return self.accepted + self.rejected

    @property
    def is_muted(self) -> bool:
        return self.judged >= FEWEST and self.accepted <= MUTED_UP_TO * self.judged

    def confidence(self, stated: float) -> float:
        """From 0 to 1: how often such a proposal is right, from what is stated and from what was judged; the mean of a
        beta distribution whose prior is worth WEIGHT judgements."""
        return (stated * WEIGHT + self.accepted) / (WEIGHT + self.judged)

    def and_one(self, *, accepted: int = 0, rejected: int = 0) -> Rate:
        """With further judgements, or, negative, without some that were taken back."""
        return Rate(max(0, self.accepted + accepted), max(0, self.rejected + rejected))
