"""Which actions make sense now: what is selected, and what could be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotate import history
from annotate.model import Annotation
from annotate.steps import Step
from annotate.vocabulary import Kind, Origin
from ui.actions import ActionSet, Needs
from ui.keys import either
from ui.reader import Reader
from ui.session import Session
from ui.suggestions import Waiting

_OF_ALL_HITS = {"mark_all_claims": "claims", "mark_all_figures": "figures", "mark_all_sources": "sources"}


class Availability(QObject):
    hinted = Signal(str)
    """What the letters would do now, in a few words; empty where they would do nothing."""

    def __init__(
        self, session: Session, reader: Reader, waiting: Waiting, actions: ActionSet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._waiting = waiting
        self._actions = actions
        self._undoable: Step | None = None
        self._redoable: Step | None = None
        reader.words_selected.connect(self.refresh)
        waiting.changed.connect(self.refresh)
        session.suggestion_selected.connect(self.refresh)
        reader.find_bar.offer([actions[name] for name in _OF_ALL_HITS])
        reader.find_bar.hits_shown.connect(self._refresh_found)

    def refresh(self) -> None:
        """Switch actions on and off."""
        met = self._met()
        self._actions.enable(met, self._session.view_only)
        self._name_last_tag()
        for kind in Kind:
            verb = "Show" if kind in self._session.filter.hidden_kinds else "Hide"
            self._actions.rename(f"switch_{kind.value}s", f"{verb} {kind.label.lower()}s")
        hint = ""
        annotation = self._session.annotation
        if self._session.view_only:
            pass
        elif Needs.WORDS_AND_ANNOTATION in met and annotation is not None:
            hint = "; ".join(filter(None, (self._marking(), self._adding(annotation))))
        elif Needs.WORDS in met:
            hint = self._marking()
        elif Needs.JUDGEABLE in met:
            hint = self._judging(is_suggestion=Needs.SUGGESTION in met)
        self._actions.rename("accept_suggestion", "Accept" if annotation is None else "Note as reviewed")
        self.hinted.emit(hint)

    def refresh_history(self) -> None:
        """Name what would be undone and redone; `refresh` must follow."""
        project = self._session.project if self._session.has_project and not self._session.view_only else None
        self._undoable = None if project is None else history.next_undo(project)
        self._redoable = None if project is None else history.next_redo(project)
        for name, step in (("undo", self._undoable), ("redo", self._redoable)):
            self._actions.rename(name, f"{name.capitalize()}: {step.label}" if step else name.capitalize())

    def _marking(self) -> str:
        keys = list(filter(None, map(self._actions.key, ("mark_claim", "mark_figure", "mark_source"))))
        return f"{either(keys)} marks the words" if keys else ""

    def _judging(self, *, is_suggestion: bool) -> str:
        accept, reject = self._actions.key("accept_suggestion"), self._actions.key("reject_suggestion")
        if not is_suggestion:
            return f"{accept} notes it as reviewed" if accept else ""
        return "; ".join([f"{accept} accepts"] * bool(accept) + [f"{reject} rejects"] * bool(reject))

    def _adding(self, annotation: Annotation) -> str:
        key, article = self._actions.key("add_words"), self._session.article
        if not key:
            return ""
        is_placed = article is None or annotation.text_id == article.text_id
        return f"{key} adds them to {annotation.label}" if is_placed else f"{key} places {annotation.label} on them"

    def _name_last_tag(self) -> None:
        tag = self._session.last_tag
        self._actions.rename("repeat_tag", f"Tag again: {tag.name}" if tag else "Tag again")

    def _refresh_found(self) -> None:
        """Name how many hits would be marked."""
        count = len(self._reader.find_bar.hits.starts)
        for name, kinds in _OF_ALL_HITS.items():
            self._actions[name].setText(f"Mark {f'all {count:,}' if count else 'all hits'} as {kinds}")
        self.refresh()

    def _met(self) -> frozenset[Needs]:
        session = self._session
        met = {Needs.NOTHING}
        if not session.has_project:
            return frozenset(met)
        annotation = session.annotation
        words = self._reader.selection() is not None and session.article_id is not None
        kind = None if annotation is None else annotation.kind
        for need, is_met in (
            (Needs.PROJECT, True),
            (Needs.ARTICLE, session.article_id is not None),
            (Needs.WORDS, words),
            (Needs.ANNOTATION, annotation is not None),
            (Needs.ATTRIBUTABLE, kind in (Kind.CLAIM, Kind.FIGURE)),
            (Needs.UNREGISTERED, kind is Kind.SOURCE and annotation.mention.source_id is None),
            (Needs.REGISTERED, kind is Kind.SOURCE and annotation.mention.source_id is not None),
            (Needs.WORDS_AND_ANNOTATION, words and annotation is not None),
            (Needs.FILTER, not session.filter.is_open),
            (Needs.UNDOABLE, self._undoable is not None),
            (Needs.FOUND, bool(self._reader.find_bar.hits.starts)),
            (Needs.REDOABLE, self._redoable is not None),
            (Needs.SUGGESTIONS, bool(self._waiting.suggestions)),
            (Needs.MUTED, bool(self._waiting.muted)),
            (Needs.SUGGESTION, session.suggestion_id is not None),
            (Needs.JUDGEABLE, session.suggestion_id is not None or _is_unreviewed(annotation)),
            (Needs.EDGES, session.suggestion_id is not None or annotation is not None),
            (Needs.VIEWED, bool(session.view_only)),
        ):
            if is_met:
                met.add(need)
        return frozenset(met)


def _is_unreviewed(annotation: Annotation | None) -> bool:
    return annotation is not None and annotation.origin is Origin.BULK
