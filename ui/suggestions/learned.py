"""What was judged in this project, rule by rule: how sure a suggestion is by now, and whether its rule is muted.

Counted once for each project, when something is first suggested in it, and kept in step with every judgement.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotate.model import Suggestion
from annotate.store.changes import Changes
from annotate.suggest.learning import Rate
from annotate.vocabulary import Fate, Kind
from ui.session import Session

_ONE_BY_ONE = 64
"""Judgements that are followed one by one; after more of them all are counted again."""

Rule = tuple[Kind, str]


class Learned(QObject):
    muting_changed = Signal()
    """Other suggestions are muted, or shown although they are."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rates: dict[Rule, Rate] | None = None
        self._shows_muted = False
        session.project_opened.connect(self._forget)
        session.project_changed.connect(self._follow)

    def show_muted(self, shown: bool) -> None:
        if shown != self._shows_muted:
            self._shows_muted = shown
            self.muting_changed.emit()

    def rate(self, suggestion: Suggestion) -> Rate:
        """What became of the suggestions of its rule in this project."""
        return self._counted().get((suggestion.kind, suggestion.rule), Rate())

    def confidence(self, suggestion: Suggestion) -> float:
        """From 0 to 1, with what was judged here."""
        return self.rate(suggestion).confidence(suggestion.confidence)

    def is_muted(self, suggestion: Suggestion) -> bool:
        return self.rate(suggestion).is_muted

    def hides(self, suggestion: Suggestion) -> bool:
        """Whether it is neither dotted nor listed: its kind is hidden, or its rule muted."""
        if suggestion.kind in self._session.filter.hidden_kinds:
            return True
        return not self._shows_muted and self.is_muted(suggestion)

    def why_muted(self, suggestion: Suggestion) -> str:
        rate = self.rate(suggestion)
        return f"{suggestion.rule or 'proposed'}: {rate.accepted:,} of {rate.judged:,} accepted in this project"

    def _counted(self) -> dict[Rule, Rate]:
        if self._rates is None:
            counts = self._session.read.judged_by_rule() if self._session.has_project else {}
            self._rates = {rule: Rate(*count) for rule, count in counts.items()}
        return self._rates

    def _forget(self) -> None:
        self._rates = None
        self._shows_muted = False

    def _follow(self, changes: Changes) -> None:
        judged = [
            row.change
            for row in changes.rows
            if row.change.table == "suggestions"
            and "fate" in (row.change.before or {})
            and "fate" in (row.change.after or {})
        ]
        if not judged or self._rates is None:
            return
        muted = {rule for rule, rate in self._rates.items() if rate.is_muted}
        if len(judged) > _ONE_BY_ONE:
            self._rates = None
        else:
            for change in judged:
                self._count(change.row_id, change.before or {}, change.after or {})
        if {rule for rule, rate in self._counted().items() if rate.is_muted} != muted:
            self.muting_changed.emit()

    def _count(self, suggestion_id: int, before: dict[str, object], after: dict[str, object]) -> None:
        suggestion = self._session.read.suggestion(suggestion_id)
        if suggestion is None or self._rates is None:
            return
        steps = {fate: (after["fate"] == fate) - (before["fate"] == fate) for fate in (Fate.ACCEPTED, Fate.REJECTED)}
        rule = suggestion.kind, suggestion.rule
        changed = self._rates.get(rule, Rate()).and_one(accepted=steps[Fate.ACCEPTED], rejected=steps[Fate.REJECTED])
        self._rates[rule] = changed
