"""The log of checks: what somebody looked at, and what it shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from annotate.errors import NotAllowed
from annotate.project import Project
from annotate.store import schema as t
from annotate.vocabulary import Kind, Primacy, Shows


def add_check(
    project: Project,
    annotation_id: int,
    *,
    checked_on: date,
    looked_at: str,
    url: str = "",
    archive_url: str = "",
    primacy: Primacy | None = None,
    shows: Shows | None = None,
    limits: str = "",
    note: str = "",
) -> int:
    """Log a look into a claim or figure by this analyst. Returns the check's id."""
    annotation = project.read.annotation(annotation_id)
    if annotation is None or annotation.kind is Kind.SOURCE:
        raise NotAllowed("Checks belong to claims and figures. Select one first.")
    if not (looked_at.strip() or url.strip()):
        raise NotAllowed("Say what was looked at: a few words or an address.")
    with project.change(f"Add check to {annotation.label}") as transaction:
        return transaction.insert(
            t.checks,
            annotation_id=annotation_id,
            checked_on=checked_on,
            analyst_id=transaction.analyst_id,
            looked_at=looked_at.strip(),
            url=url.strip(),
            archive_url=archive_url.strip(),
            primacy=primacy,
            shows=shows,
            limits=limits.strip(),
            note=note.strip(),
        )


def edit_check(project: Project, check_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change fields of a check, by the names of model.Check."""
    with project.change("Edit check", join=join) as transaction:
        transaction.update(t.checks, check_id, **columns)


def remove_check(project: Project, check_id: int) -> None:
    with project.change("Remove check") as transaction:
        transaction.delete(t.checks, check_id)
