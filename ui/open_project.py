"""Which project is open: it is opened, looked at, replaced and closed here, and commands are run on it.

What goes wrong for expected reasons is told in here as a notice, so nobody else has to catch it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QMetaMethod, QObject, QTimer, Signal

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
from annotate.project import Project
from annotate.store.changes import Changes
from annotate.store.faults import telling_damage
from annotate.store.queries import Reader
from annotate.view_only import may_be_left
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


class OpenProject(QObject):
    """Signals are facts: what they tell has happened and is on disk."""

    project_closing = Signal()
    """The open project will be closed next: the last moment to write to it."""
    project_releasing = Signal()
    """The open project is given free next: nothing is written to it any more."""
    project_opened = Signal()
    """A project was opened, created or closed; everything else is stale."""
    project_changed = Signal(object)
    """Changes of one committed step, undo or redo."""
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
    def view_only(self) -> str:
        """Why the open project is only looked at, as one sentence; empty where it may be changed, or none is open."""
        return "" if self._project is None else self._project.view_only

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

    def create(self, path: Path, title: str = "") -> bool:
        return self._attempt_to_replace(lambda: Project.create(path, self.analyst, title), path)

    def copy_project(self, target: Path) -> bool:
        """Write the open project as it is to another file; whether that went well."""
        try:
            with waiting():
                self.project.save_copy(target)
        except AnnotateError as error:
            self.tell(Notice(str(error), trouble=True))
            return False
        return True

    def close(self) -> None:
        """Close the project, if one is open."""
        self._close_project()
        self._forget()
        self.project_opened.emit()

    def replace_file(self, replace: Callable[[Project], T]) -> T:
        """Have the open project's file replaced by `replace`: everybody lets go of what they read before, and reads
        anew afterwards, whether it went well or not; where it cannot be opened again, none is open. Raises what
        `replace` raises."""
        self.project_closing.emit()
        try:
            return replace(self.project)
        finally:
            if self.project.is_closed:
                self._project = None
                self._missing = self.is_behind = False
            self._forget()
            self.project_opened.emit()

    def become(self, analyst: str) -> None:
        """Work on under this name."""
        self.analyst = analyst
        if self._project is not None:
            self._project.become(analyst)

    def may_change(self) -> bool:
        """Whether the open project may be changed; if not, that is told."""
        if self.view_only:
            self.tell(Notice(self.view_only))
        return not self.view_only

    @property
    def file_is_there(self) -> bool:
        """Whether the project's file is still where it was opened."""
        return self.has_project and self.project.path.exists()

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

    def tell(self, notice: Notice) -> None:
        self.noticed.emit(notice)

    def tell_fault(self, words: str, error: BaseException) -> None:
        """Tell that a fault of the program stopped something; the error is logged and can be looked at.

        Raises the error where nobody listens, as in a script.
        """
        if not self.isSignalConnected(QMetaMethod.fromSignal(self.faulted)):
            raise error
        self.faulted.emit(words, error)

    # -- for the session, which knows what is shown of the project ----------------------------------------------------

    def _forget(self) -> None:
        """Let go of everything that was the project's; another one is open now, the same one anew, or none."""

    def _follow(self, changes: Changes) -> None:
        """Let go of what went by a change, before anybody else hears of it."""

    # -- inner workings ----------------------------------------------------------------------------------------------

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

    def _changed(self, changes: Changes) -> None:
        self.is_behind = False
        try:
            self._follow(changes)
        finally:  # whatever fails in that, everybody hears of a change that is on disk
            self.project_changed.emit(changes)
        self._miss_file()
        self._resting.start()

    def _miss_file(self) -> None:
        """Warn once when the file was taken away: some systems let a program go on writing to what nobody can find."""
        missing, self._missing = self._missing, not self.file_is_there
        if self._missing and not missing:
            words = (
                f"{self.project.path.name} was moved or deleted while it is open, so what you do now may be lost. "
                "Put the file back in its place, or export what you have."
            )
            self.tell(Notice(words, trouble=True))
