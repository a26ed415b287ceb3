"""What the journal remembers: changes, the steps they make up, and the moments at which the project was handed on.

Ids are row ids inside one project file; times are aware datetimes in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One journal entry: the columns an edit changed, or a whole row for insert and delete."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    """None for an insert."""
    after: dict[str, Any] | None
    """None for a delete."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one Ctrl+Z takes back."""

    id: int
    label: str
    kind: str
    """edit, undo or redo; erase where something was erased for good, erased for an edit of which nothing is left."""
    state: str
    """done, undone (can be redone) or dropped (undone, then something else was done)."""
    analyst_id: int
    made_at: datetime
    target_id: int | None = None
    """For undo and redo: the step taken back or done again."""


@dataclass(frozen=True, slots=True)
class HistoryOf:
    """Whose history: that of one article, of one mark, or with neither that of the whole project."""

    article_id: int | None = None
    annotation_id: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.article_id is None and self.annotation_id is None


WHOLE = HistoryOf()


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as it lies in the journal, also where what it holds cannot be read any more."""

    id: int
    step_id: int
    change: Change
    """Without values where the entry is damaged."""
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a project's journal stood: what a workbook is known to be exported from.

    The step's uid tells copies of a project apart that went different ways since.
    """

    step: UUID | None
    """The step of the newest change; None where nothing was ever done."""
    change_id: int

    def __str__(self) -> str:
        return f"{self.step or '-'} {self.change_id}"

    @classmethod
    def read(cls, words: str) -> Moment | None:
        """The inverse of `str`; None for what is no moment."""
        step, _, change_id = words.partition(" ")
        if not change_id.isdecimal():
            return None
        try:
            return cls(None if step == "-" else UUID(step), int(change_id))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Export:
    """One time that the project was handed on."""

    id: int
    uid: UUID
    name: str
    """Of the file, without its folder."""
    made_at: datetime
    analyst_id: int
    last_change: int
    """Id of the newest change that it holds."""
