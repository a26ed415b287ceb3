"""What the window is working on: the open project, the article in the reader, the selected annotation.

Panels hold a Session and nothing of each other. They ask `session.project.read`, change things with `session.run`,
and hear of every committed change, whoever made it, through `project_changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QMetaMethod, QObject, QTimer, Signal

from annotate import commands, history
from annotate.errors import (
    AnnotateError,
    CanBeViewed,
    NotAllowed,
    NotSaved,
    ProjectDamaged,
    ReadOnlyPlace,
    StrangeProject,
    ViewOnly,
)
from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.model import Annotation, Article, Tag
from annotate.project import Project
from annotate.references import Named, Reference
from annotate.store.changes import Changes
from annotate.store.faults import telling_damage
from annotate.store.queries import Reader
from annotate.view_only import is_free, may_be_left
from ui.waiting_pointer import waiting

P = ParamSpec("P")
T = TypeVar("T")


REST_MS = 1_500
"""After so long without a change the file alone holds everything: people copy it while it is open."""


@dataclass(frozen=True)
class Notice:
    """A sentence for the analyst, shown without stopping the work."""

    words: str
    trouble: bool = False
    details: str = ""
    """More to read or copy, on request."""
    action: str = ""
    """Label of a button that does `act`."""
    act: Callable[[], object] | None = None
    other: str = ""
    """Label of a second button, which does `act_other`."""
    act_other: Callable[[], object] | None = None
    returns: bool = False
    """What is told after it covers it for a while only; it is there again until somebody has dismissed it."""


class Session(QObject):
    """Signals are facts: what they tell has happened and is on disk."""

    project_closing = Signal()
    """The open project will be closed next: the last moment to write to it."""
    project_releasing = Signal()
    """The open project is given free next: nothing is written to it any more."""
    project_opened = Signal()
    """A project was opened, created or closed; everything else is stale."""
    project_changed = Signal(object)
    """Changes of one committed step, undo or redo."""
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
    noticed = Signal(object)
    """A Notice."""
    refused = Signal(object, object)
    """Path of a project that is damaged or strange, and the ProjectError that says so."""
    faulted = Signal(str, object)
    """What an unexpected error that somebody has caught means for the work, as a sentence, and the error."""

    def __init__(self, analyst: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(lambda: self._project and self._project.fold_in())
        self.analyst = analyst
        self._project: Project | None = None
        self._missing = False
        self.is_behind = False
        """Whether the change that was made last could not be saved."""
        self.article_id: int | None = None
        self.annotation_id: int | None = None
        self.suggestion_id: int | None = None
        self.filter: MarkFilter = SHOW_ALL
        # What was asked last, until the next change: every panel asks for the same two.
        self._article: Article | None = None
        self._annotation: Annotation | None = None
        self._last_tag_id: int | None = None

    @property
    def has_project(self) -> bool:
        return self._project is not None

    @property
    def project(self) -> Project:
        """The open project; only ask for it where there is one."""
        assert self._project is not None, "no project is open"
        return self._project

    @property
    def read(self) -> Reader:
        return self.project.read

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

    def open(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a project in place of the present one, which stays where this one cannot be opened.

        What cannot be written is only looked at; of what somebody has open, that is offered. `take_over` says that it
        is not open on the other computer that says so.
        """
        if self._project is not None and self._project.path == path.resolve() and not self._project.view_only:
            return True
        try:
            return self._replace(Project.open(path, self.analyst, take_over=take_over))
        except ReadOnlyPlace as error:
            return self.view(path, error.because)
        except CanBeViewed as error:
            because = error.because
            self.tell(Notice(str(error), trouble=True, action="View it", act=lambda: self.view(path, because)))
        except AnnotateError as error:
            self._tell_refused(path, error)
        return False

    def view(self, path: Path, because: str = "") -> bool:
        """Only look at a project, as it is now, in place of the present one; `because` is what opening it said."""

        def looked_at() -> Project:
            with waiting():  # all of it is copied
                return Project.view(path, self.analyst, because)

        return self._attempt_to_replace(looked_at, path)

    @property
    def may_take_over(self) -> bool:
        """Whether the open project is only looked at since somebody left word of having it open, but no lock."""
        return bool(self.view_only) and may_be_left(self.project.path)

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

    def copy_project(self, target: Path) -> bool:
        """Write the open project as it is to another file; whether that went well."""
        try:
            with waiting():
                self.project.save_copy(target)
        except AnnotateError as error:
            self.tell(Notice(str(error), trouble=True))
            return False
        return True

    @property
    def view_only(self) -> str:
        """Why the open project is only looked at, as one sentence; empty where it may be changed, or none is open."""
        return "" if self._project is None else self._project.view_only

    def may_change(self) -> bool:
        """Whether the open project may be changed; if not, that is told."""
        if self.view_only:
            self.tell(Notice(self.view_only))
        return not self.view_only

    def create(self, path: Path, title: str = "") -> bool:
        return self._attempt_to_replace(lambda: Project.create(path, self.analyst, title), path)

    def close(self) -> None:
        """Close the project, if one is open."""
        self._close_project()
        self.article_id = self.annotation_id = self.suggestion_id = None
        self._forget()
        self.project_opened.emit()

    def replace_file(self, replace: Callable[[Project], T]) -> T:
        """Have the open project's file replaced by `replace`: everybody lets go of what they read before, and reads
        anew afterwards, whether it went well or not; where it cannot be opened again, none is open. Raises what
        `replace` raises."""
        shown = self.article_id
        self.project_closing.emit()
        try:
            return replace(self.project)
        finally:
            self.article_id = self.annotation_id = self.suggestion_id = None
            if self.project.is_closed:
                self._project = shown = None
                self._missing = self.is_behind = False
            self._forget()
            self.project_opened.emit()
            article = None if shown is None else self.read.article(shown)
            if article is not None and not article.deleted:
                self.choose_article(article.id)

    def become(self, analyst: str) -> None:
        """Work on under this name."""
        self.analyst = analyst
        if self._project is not None:
            self._project.become(analyst)

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

    def run(self, command: Callable[Concatenate[Project, P], T], *args: P.args, **options: P.kwargs) -> T | None:
        """Run a command of annotate.commands on the project; what goes wrong for expected reasons is told."""
        try:
            with telling_damage(self.project.path.name):
                return command(self.project, *args, **options)
        except ViewOnly as error:
            self.tell(Notice(str(error)))
            return None
        except AnnotateError as error:
            self.is_behind = isinstance(error, NotSaved)
            self.tell(Notice(str(error), trouble=True))
            return None

    def attempt(self, command: Callable[Concatenate[Project, P], T], *args: P.args, **options: P.kwargs) -> T | None:
        """Run a command that a key or menu asked for: a refusal is told quietly, since nothing typed is lost by it."""

        def quietly(project: Project) -> T | None:
            try:
                return command(project, *args, **options)
            except NotAllowed as refusal:
                self.tell(Notice(str(refusal)))
                return None

        return self.run(quietly)

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
        self._step_through_history(history.undo)

    def redo(self) -> None:
        self._step_through_history(history.redo)

    def tell(self, notice: Notice) -> None:
        self.noticed.emit(notice)

    def tell_fault(self, words: str, error: BaseException) -> None:
        """Tell that a fault of the program stopped something; the error is logged and can be looked at.

        Raises the error where nobody listens, as in a script.
        """
        if not self.isSignalConnected(QMetaMethod.fromSignal(self.faulted)):
            raise error
        self.faulted.emit(words, error)

    def tell_undoable(self, words: str) -> None:
        """Tell what was just done, with a button that takes it back while it is the last thing done."""
        self.tell(Notice(words, action="Undo", act=self.undo))

    @property
    def file_is_there(self) -> bool:
        """Whether the project's file is still where it was opened."""
        return self.has_project and self.project.path.exists()

    def _let_go_of_suggestion(self) -> None:
        if self.suggestion_id is not None:
            self.suggestion_id = None
            self.suggestion_selected.emit(None)

    def _attempt_to_replace(self, opening: Callable[[], Project], path: Path) -> bool:
        try:
            return self._replace(opening())
        except AnnotateError as error:
            self._tell_refused(path, error)
            return False

    def _tell_refused(self, path: Path, error: AnnotateError) -> None:
        """Whoever can do something about a project tells of it, with what that is."""
        can_be_helped = isinstance(error, ProjectDamaged | StrangeProject)
        if can_be_helped and self.isSignalConnected(QMetaMethod.fromSignal(self.refused)):
            self.refused.emit(path, error)
        else:
            self.tell(Notice(str(error), trouble=True))

    def _replace(self, project: Project) -> bool:
        self._close_project()
        self._project = project
        self.article_id = self.annotation_id = self.suggestion_id = None
        self._forget()
        project.subscribe(self._changed)
        self.project_opened.emit()
        return True

    def _close_project(self) -> None:
        if self._project is not None:
            self.project_closing.emit()
            self.project_releasing.emit()
            self._project.close()
            self._project = None
            self._missing = self.is_behind = False

    def _miss_file(self) -> None:
        """Warn once when the file was taken away: some systems let a program go on writing to what nobody can find."""
        missing, self._missing = self._missing, not self.file_is_there
        if self._missing and not missing:
            words = (
                f"{self.project.path.name} was moved or deleted while it is open, so what you do now may be lost. "
                "Put the file back in its place, or export what you have."
            )
            self.tell(Notice(words, trouble=True))

    def _forget(self) -> None:
        self._article = self._annotation = None
        self._last_tag_id = None
        self.filter = SHOW_ALL

    def _changed(self, changes: Changes) -> None:
        self.is_behind = False
        try:
            self._let_go_of_what_went(changes)
        finally:  # whatever fails in that, everybody hears of a change that is on disk
            self.project_changed.emit(changes)
        self._miss_file()
        self._resting.start()

    def _let_go_of_what_went(self, changes: Changes) -> None:
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

    def _step_through_history(self, step: Callable[[Project], Changes | None]) -> None:
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
