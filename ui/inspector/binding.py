"""Ties fields to a record: shows its values in them, and writes what a person gives through a command.

What is typed into one field without leaving it is one step of history, however often it commits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol

from PySide6.QtCore import QObject

from annotate.project import Project
from ui.session import Session

P = ParamSpec("P")
Write = Callable[[Any, int | None], bool]
"""Writes a value, into the step given if it can be; returns whether it was written."""


class Field(Protocol):
    """The face of the controls in ui.inspector.fields; `committed` and `left` are their signals."""

    committed: Any
    left: Any

    def show_value(self, value: Any) -> None: ...
    def commit(self) -> None: ...
    def forget(self) -> None: ...
    def refuse(self) -> None: ...


def done(
    session: Session, command: Callable[Concatenate[Project, P], object], *args: P.args, **options: P.kwargs
) -> bool:
    """Run a command and say whether it went through; what went wrong has been told."""
    went_through = False

    def attempt(project: Project) -> None:
        nonlocal went_through
        command(project, *args, **options)
        went_through = True

    session.run(attempt)
    return went_through


class Bindings(QObject):
    """The fields of one record. `parent` is the form they stand in."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._fields: list[tuple[Field, Callable[[Any], Any]]] = []
        self._steps: dict[int, int | None] = {}

    def add(self, field: Field, get: Callable[[Any], Any], write: Write) -> None:
        """Show `get(record)` in the field, and `write` what it commits."""
        self._fields.append((field, get))
        key = len(self._fields)

        def committed(value: Any) -> None:
            before = self._session.project.last_step_id
            try:
                written = write(value, self._steps.get(key))
            except Exception:
                field.refuse()  # a fault of the program: what was typed stays, and can be tried again
                raise
            if not written:
                field.refuse()
            elif self._session.project.last_step_id != before and hasattr(field, "troubled"):
                self._steps[key] = self._session.project.last_step_id

        field.committed.connect(committed)
        field.left.connect(lambda: self._steps.pop(key, None))

    def show(self, record: Any) -> None:
        for field, get in self._fields:
            field.show_value(get(record))

    def commit(self) -> None:
        """Write what was typed and still rests."""
        for field, _get in self._fields:
            field.commit()

    def forget(self) -> None:
        """Drop what was typed: another record will be shown."""
        self._steps.clear()
        for field, _get in self._fields:
            field.forget()
