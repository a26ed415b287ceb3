"""What is kept about handing a project on: which columns its sheets have, and what was exported when."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from annotate.canonical import canonical
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import insert_row


def choose_columns(project: Project, sheet: str, headings: Sequence[str] | None, *, join: int | None = None) -> None:
    """Give an exported sheet these columns in this order; None gives it all of them again, as they come."""
    info = project.read.project_info()
    chosen = {name: shown for name, shown in info.columns.items() if name != sheet}
    if headings is not None:
        chosen[sheet] = list(headings)
    with project.change(f"Choose columns of {sheet}", join=join) as transaction:
        transaction.update(t.projects, info.id, columns=chosen)


def note_export(project: Project, name: str, last_change: int) -> None:
    """Remember that the project was handed on as a file of this name, holding all changes up to one, by its id.

    It is no step of history: what was handed on stays so, whatever is undone.
    """
    with project.aside("Note an export") as transaction:
        row = {
            "uid": uuid4(),
            "name": canonical(name).text,
            "made_at": transaction.now,
            "analyst_id": transaction.analyst_id,
            "last_change": last_change,
        }
        insert_row(transaction.connection, t.exports, row)
