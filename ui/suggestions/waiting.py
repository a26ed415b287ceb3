"""The suggestions that wait in the article that is shown: which is next, and what judging one does.

Accepting and rejecting go on to the next one, so that a page is judged with a key a suggestion.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, insort

from PySide6.QtCore import QObject, Signal

from annotate import commands
from annotate.model import Suggestion
from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from ui.announcing import announce
from ui.reader import Reader
from ui.session import Session
from ui.suggestions.learned import Learned

_ONE_BY_ONE = 64
"""Changed suggestions that are asked for by their ids; for more all are read again."""


class Waiting(QObject):
    """In the order of the text; kinds that the filter hides are left out, and what is muted."""

    changed = Signal()
    """Others wait than before."""

    def __init__(self, session: Session, reader: Reader, learned: Learned, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._learned = learned
        self.suggestions: list[Suggestion] = []
        self.judged = self.total = 0
        """Of all suggestions for the text, those of hidden kinds among them."""
        self.muted: list[Suggestion] = []
        """Those of rules that were nearly always refused here, whether they are shown or not."""
        learned.muting_changed.connect(self.refresh)
        session.article_chosen.connect(self.refresh)
        session.project_opened.connect(self.refresh)
        session.filter_changed.connect(self.refresh)
        session.project_changed.connect(self._follow)
        session.history_stepped.connect(self._select_what_is_back)

    @property
    def selected(self) -> Suggestion | None:
        return next((one for one in self.suggestions if one.id == self._session.suggestion_id), None)

    def refresh(self) -> None:
        """Read what waits anew."""
        article = self._session.article if self._session.has_project else None
        found = [] if article is None else self._session.read.suggestions(article.text_id)
        self.suggestions = [one for one in found if not self._learned.hides(one)]
        self.muted = [one for one in found if self._learned.is_muted(one)]
        self._count()

    def step(self, direction: int) -> None:
        """Select the next suggestion (1) or the one before (-1), round from the last to the first.

        Counted from the selected one, else from the selected mark, else from the caret.
        """
        if not self.suggestions:
            return
        selected, mark = self.selected, self._session.annotation
        if selected is not None:
            self._select(self.suggestions.index(selected) + direction)
            return
        at = self._reader.caret()
        place = (at, -sys.maxsize)
        if mark is not None and mark.spans and self._reader.start_of(mark.id) == mark.spans[0].start:
            place = mark.spans[0].start, -mark.spans[0].end
        self._select(bisect_left(self.suggestions, place, key=lambda one: one.place[:2]) - (direction < 0))

    def accept(self) -> None:
        """Accept the selected suggestion and go to the next; of a mark accepted in bulk, note that it was looked at."""
        suggestion = self.selected
        if suggestion is not None:
            self._session.attempt(commands.accept_suggestion, suggestion.id)
            self._go_on(suggestion)
        elif self._session.annotation is not None:
            reviewed = self._session.annotation
            if self._session.attempt(commands.review_annotations, [reviewed.id]):
                announce(self._reader.view, f"{reviewed.label} noted as reviewed")

    def accept_and_edit(self) -> None:
        """Accept the selected suggestion and select the mark that it has become."""
        suggestion = self.selected
        if suggestion is not None:
            self._session.select(self._session.attempt(commands.accept_suggestion, suggestion.id))
            self._reader.paint_now()

    def reject(self) -> None:
        """Refuse the selected suggestion and go to the next."""
        suggestion = self.selected
        if suggestion is not None:
            self._session.attempt(commands.reject_suggestion, suggestion.id)
            self._go_on(suggestion)

    def accept_all(self, kind: Kind, above: float) -> None:
        """Accept all that wait of a kind with at least this confidence, in one step that can be taken back."""
        article_id = self._session.article_id
        if article_id is None:
            return
        made = self._session.attempt(commands.accept_all, article_id, kind, self._reached(kind, above))
        if made:
            what = f"1 {kind.value}" if len(made) == 1 else f"{len(made):,} {kind.value}s"
            self._session.tell_undoable(f"Accepted {what}, not reviewed one by one yet.")

    def in_reach(self, kind: Kind, above: float) -> int:
        """How many `accept_all` would accept."""
        return len(self._reached(kind, above))

    def _reached(self, kind: Kind, above: float) -> list[int]:
        return [one.id for one in self.suggestions if one.kind is kind and self._learned.confidence(one) >= above]

    def _go_on(self, judged: Suggestion) -> None:
        if judged in self.suggestions:  # refused
            return
        if self.suggestions:
            later = bisect_left(self.suggestions, judged.place, key=lambda one: one.place)
            self._select(later if later < len(self.suggestions) else 0)
        else:
            self._session.select_suggestion(None)
            every = "The only suggestion" if self.total == 1 else f"All {self.total:,} suggestions"
            if self.judged == self.total:
                self._session.tell_undoable(f"{every} for this article {'is' if self.total == 1 else 'are'} judged.")
        self._reader.paint_now()

    def _select(self, number: int) -> None:
        self._reader.clear_selection()
        self._session.select_suggestion(self.suggestions[number % len(self.suggestions)].id)

    def _follow(self, changes: Changes) -> None:
        if changes.touches("texts", "articles"):
            self.refresh()
            return
        changed = changes.ids("suggestions")
        article = self._session.article
        if len(changed) > _ONE_BY_ONE or article is None:
            self.refresh()
        elif changed:
            self.suggestions = [one for one in self.suggestions if one.id not in changed]
            self.muted = [one for one in self.muted if one.id not in changed]
            for one in self._session.read.open_suggestions(changed, article.text_id):
                if not self._learned.hides(one):
                    insort(self.suggestions, one, key=lambda one: one.place)
                if self._learned.is_muted(one):
                    insort(self.muted, one, key=lambda one: one.place)
            self._count()

    def _select_what_is_back(self, changes: Changes) -> None:
        """An undo that opens one suggestion again leads to it."""
        changed = changes.ids("suggestions") if changes.kind == "undo" else frozenset()
        back = [one for one in self.suggestions if one.id in changed]
        if back:
            self._session.select_suggestion(back[0].id)

    def _count(self) -> None:
        article = self._session.article if self._session.has_project else None
        self.judged, self.total = (0, 0) if article is None else self._session.read.suggestions_judged(article.text_id)
        self.changed.emit()
