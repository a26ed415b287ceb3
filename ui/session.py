"""What the window is working on: the open project, the article in the reader, the selected annotation.

Panels hold a Session and nothing of each other. They ask `session.read`, change things with `session.run`, and hear
of every committed change, whoever made it, through `project_changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotate import commands, history
from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.model import Annotation, Article, Tag
from annotate.project import Project
from annotate.references import Named, Reference
from annotate.steps import Step
from annotate.store.changes import Changes
from annotate.view_only import is_free
from ui.open_project import Notice, OpenProject
from ui.waiting_pointer import waiting

T = TypeVar("T")

_CHANGES_AT_ONCE = 2_000
"""What undo takes back within a tenth of a second; over more, the pointer says that it is at work."""


class Session(OpenProject):
    """The open project, and what is shown and selected of it."""

    history_stepped = Signal(object)
    """Changes of an undo or redo, once what they touched is shown and selected; project_changed came before."""
    article_chosen = Signal(object)
    """Id of the article that the reader shows now, or None."""
    annotation_selected = Signal(object)
    """Id of the selected annotation, or None."""
    suggestion_selected = Signal(object)
    """Id of the selected suggestion, or None; while one is selected no annotation is."""
    went_to = Signal(int)
    """Id of an annotation that was asked for by its ID, and is selected now: its words are to be seen."""
    filter_changed = Signal()
    """Other marks are hidden than before."""

    def __init__(self, analyst: str = "", parent: QObject | None = None) -> None:
        super().__init__(analyst, parent)
        self.article_id: int | None = None
        self.annotation_id: int | None = None
        self.suggestion_id: int | None = None
        self.filter: MarkFilter = SHOW_ALL
        # What was asked last, until the next change: every panel asks for the same two.
        self._article: Article | None = None
        self._annotation: Annotation | None = None
        self._last_tag_id: int | None = None

    @property
    def article(self) -> Article | None:
        """The article in the reader."""
        if self.article_id is None:
            return None
        if self._article is None or self._article.id != self.article_id:
            self._article = self.read.article(self.article_id)
        return self._article

    @property
    def annotation(self) -> Annotation | None:
        """The selected annotation."""
        if self.annotation_id is None:
            return None
        if self._annotation is None or self._annotation.id != self.annotation_id:
            self._annotation = self.read.annotation(self.annotation_id)
        return self._annotation

    @property
    def shown(self) -> MarkFilter:
        """Which marks are shown: those of the filter, and the selected one whatever the filter hides."""
        if self.filter.is_open or self.annotation_id is None:
            return self.filter
        return replace(self.filter, always=frozenset({self.annotation_id}))

    @property
    def shown_while_selected(self) -> int | None:
        """The selected annotation where the filter hides it once another is selected."""
        if self.filter.is_open or self.annotation is None or self.filter.shows(self.annotation):
            return None
        return self.annotation_id

    def set_filter(self, shown: MarkFilter) -> None:
        """Look at these marks only, in every article, until another filter is set or the project is closed."""
        if shown != self.filter:
            self.filter = shown
            self.filter_changed.emit()

    def look_again(self) -> None:
        """Show a project that is only looked at as it is by now, at the same place."""
        path, article_id, annotation_id = self.project.path, self.article_id, self.annotation_id
        shown = self.filter
        if not self.view(path):
            return
        self.set_filter(shown)
        if annotation_id is not None and self.read.article_of(annotation_id) is not None:
            self.select(annotation_id)
        elif article_id is not None and (article := self.read.article(article_id)) is not None and not article.deleted:
            self.choose_article(article_id)
        if is_free(path):
            words = f"Nobody has {path.name} open any more."
            self.tell(Notice(words, action="Work on it", act=lambda: self.open(path)))

    def replace_file(self, replace: Callable[[Project], T]) -> T:
        shown = self.article_id
        try:
            return super().replace_file(replace)
        finally:
            article = self.read.article(shown) if self.has_project and shown is not None else None
            if article is not None and not article.deleted:
                self.choose_article(article.id)

    def choose_article(self, article_id: int | None) -> None:
        """Show an article in the reader; nothing in it is selected then."""
        if article_id == self.article_id:
            return
        self.article_id = article_id
        self.annotation_id = self.suggestion_id = None
        self.article_chosen.emit(article_id)
        self.annotation_selected.emit(None)
        self.suggestion_selected.emit(None)

    def select(self, annotation_id: int | None) -> None:
        """Select an annotation, and show its article if another one is shown."""
        if annotation_id is not None and annotation_id != self.annotation_id:
            article_id = self.read.article_of(annotation_id)
            if article_id is None:
                annotation_id = None
            else:
                self.choose_article(article_id)
        self._let_go_of_suggestion()
        if annotation_id != self.annotation_id:
            self.annotation_id = annotation_id
            self.annotation_selected.emit(annotation_id)

    def select_suggestion(self, suggestion_id: int | None) -> None:
        """Select a suggestion for the article that is shown, in place of the selected annotation."""
        if suggestion_id is None:
            self._let_go_of_suggestion()
            return
        if self.annotation_id is not None:
            self.annotation_id = None
            self.annotation_selected.emit(None)
        if suggestion_id != self.suggestion_id:
            self.suggestion_id = suggestion_id
            self.suggestion_selected.emit(suggestion_id)

    def go_to(self, reference: Reference) -> None:
        """Show what an ID or a link leads to; where it leads nowhere, that is told."""
        if reference.project is not None and reference.project != self.read.project_info().uid:
            self.tell(Notice(f"The link to {reference} is of another project. Open that project first."))
            return
        annotation_id = self.read.annotation_named(reference)
        article = self.read.article(reference.number) if reference.of is Named.ARTICLE else None
        if annotation_id is not None:
            self.select(annotation_id)
            self.went_to.emit(annotation_id)
        elif article is not None and not article.deleted:
            self.choose_article(article.id)
        else:
            self.tell(Notice(f"There is no {reference} in this project, or it is in the bin."))

    def toggle_tag(self, annotation_ids: Collection[int], tag_id: int, *, join: int | None = None) -> None:
        """Put a tag on annotations, or take it off where all have it: the one way, so that it can be repeated."""
        if self.run(commands.toggle_tag, annotation_ids, tag_id, join=join):
            self._last_tag_id = tag_id

    @property
    def last_tag(self) -> Tag | None:
        """The tag that was put on a mark of this project last, while it is in the codebook."""
        if self._project is None or self._last_tag_id is None:
            return None
        return next((tag for tag in self.read.tags() if tag.id == self._last_tag_id), None)

    def undo(self) -> None:
        """Take back the newest step, and go where it was made."""
        self._step_through_history(history.next_undo, history.undo)

    def redo(self) -> None:
        self._step_through_history(history.next_redo, history.redo)

    def tell_undoable(self, words: str) -> None:
        """Tell what was just done, with a button that takes it back while it is the last thing done."""
        self.tell(Notice(words, action="Undo", act=self.undo))

    def _forget(self) -> None:
        self.article_id = self.annotation_id = self.suggestion_id = None
        self._article = self._annotation = None
        self._last_tag_id = None
        self.filter = SHOW_ALL

    def _follow(self, changes: Changes) -> None:
        if self.suggestion_id in changes.ids("suggestions"):
            self._let_go_of_suggestion()
        if self.article_id in changes.ids("articles") or changes.touches("texts"):
            self._article = None
        if self.annotation_id in changes.annotations:
            self._annotation = None
        if self.annotation_id in changes.ids("annotations") and self.read.article_of(self.annotation_id) is None:
            self.annotation_id = None
            self.annotation_selected.emit(None)
        if self.article_id in changes.ids("articles"):
            article = self.article
            if article is None or article.deleted:
                self.choose_article(None)

    def _let_go_of_suggestion(self) -> None:
        if self.suggestion_id is not None:
            self.suggestion_id = None
            self.suggestion_selected.emit(None)

    def _step_through_history(
        self, which: Callable[[Project], Step | None], step: Callable[[Project], Changes | None]
    ) -> None:
        ahead = which(self.project) if self.has_project else None
        takes_long = ahead is not None and self.read.change_count(ahead.id) > _CHANGES_AT_ONCE
        with waiting() if takes_long else nullcontext():
            changes = self.run(step)
        if changes is None:
            return
        of_article = changes.ids("articles") and not changes.ids("annotations")
        touched = frozenset() if of_article else changes.annotations
        annotations = self.read.existing(touched)
        if len(annotations) == 1 or self.annotation_id in annotations:
            self.select(self.annotation_id if self.annotation_id in annotations else min(annotations))
        elif changes.articles and self.article_id not in changes.articles:
            article = self.read.article(min(changes.articles))
            if article is not None and not article.deleted:
                self.choose_article(article.id)
        self.history_stepped.emit(changes)
