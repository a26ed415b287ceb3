"""Undo and redo over the journal; they survive a restart because the journal does.

Undo takes this analyst's newest step, and is itself written down as a step with its changes, so that nothing that
happened is ever erased. A step is refused by name where something it touched has been changed since by somebody else.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from annotate.errors import CannotUndo, DamagedHistory
from annotate.project import Project
from annotate.steps import Step
from annotate.store.changes import Changes
from annotate.store.replaying import replay


def next_undo(project: Project) -> Step | None:
    """The step that `undo` would take back, or None."""
    return project.read.step_to_undo(project.analyst_id)


def next_redo(project: Project) -> Step | None:
    """The step that `redo` would do again, or None."""
    return project.read.step_to_redo(project.analyst_id)


def undo(project: Project) -> Changes | None:
    """Take back this analyst's newest step. Raises CannotUndo, with nothing changed."""
    step = next_undo(project)
    return None if step is None else _replay(project, step, backwards=True)


def redo(project: Project) -> Changes | None:
    """Do again what was undone last. Raises CannotUndo, with nothing changed."""
    step = next_redo(project)
    return None if step is None else _replay(project, step, backwards=False)


def _replay(project: Project, step: Step, *, backwards: bool) -> Changes:
    kind = "undo" if backwards else "redo"
    with project.transaction() as transaction:
        try:
            journal = project.read.changes_of(step.id)
        except DamagedHistory as error:
            raise CannotUndo(f"“{step.label}” cannot be taken back: its entry in the history is damaged.") from error
        try:
            replayed = replay(transaction, journal, backwards=backwards)
        except IntegrityError:
            replayed = False  # something made since points to a row
        if not replayed:
            raise CannotUndo(f"“{step.label}” cannot be taken back: what it touched has been changed since.")
        transaction.set_state(step.id, "undone" if backwards else "done")
        step_id = transaction.write_step(step.label, kind, step.id)
    project.last_step_id = None
    changes = Changes(step_id, step.label, kind, tuple(transaction.touched))
    project.tell(changes)
    return changes
