"""What differs between a project and a workbook that came back, one change at a time, for a person to tick.

Everything is told as words that can be shown as they are. `Change.key` stays the same as long as the workbook and the
record do, so that ticks survive a second comparing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from annotate.exchange.readback.workbook import ReadWorkbook
from annotate.steps import Moment


class What(Enum):
    """The value is what a person reads."""

    EDIT = "edited"
    CONFLICT = "changed on both sides"
    NEW = "new row"
    DELETED = "row deleted"
    NOT_ALLOWED = "not allowed"
    NOT_READ = "not read back"


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of one record is to hold something else. What `value` is depends on the field: see fields.py."""

    sheet: str
    row_id: int
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that is to become a record, or lines of the project's note where `sheet` is empty."""

    sheet: str
    uid: UUID
    """The same each time the workbook is read, so that it comes in once."""
    home_id: int
    """The article of a claim or figure, the claim or figure of an attribution or check; 0 for none."""
    words: str
    fields: Mapping[str, object]
    """As the values of Edit."""
    rest: str
    """What has no field, as lines of a note."""
    other_id: int = 0
    """The second claim of a link; 0 for all else."""


@dataclass(frozen=True, slots=True)
class Removal:
    sheet: str
    row_id: int


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was edited, or one row that came or went."""

    key: str
    what: What
    sheet: str
    row: int | None
    """Its number in the workbook, from 1; None for a deleted row."""
    record: str
    """The ID that people use, C-0004; empty for a new row."""
    column: str
    """The heading; empty for a whole row."""
    exported: str
    """What the workbook held when it was exported."""
    now: str
    """What the project holds now."""
    workbook: str
    """What the workbook holds now."""
    said: str = ""
    """Why it cannot go in, or what else comes with it."""
    action: Edit | Addition | Removal | None = None
    """None where it cannot go in."""
    tab: str = ""
    """What the sheet is called in the workbook; empty for a deleted row."""

    @property
    def can_go_in(self) -> bool:
        return self.action is not None

    @property
    def goes_in_by_itself(self) -> bool:
        """Whether nobody need decide: no conflict, and nothing is taken away."""
        return self.action is not None and self.what in (What.EDIT, What.NEW)


@dataclass(frozen=True, slots=True)
class Diff:
    """All of it, in the order of sheets and rows."""

    workbook: ReadWorkbook
    moment: Moment
    """Where the project's journal stood when it was compared."""
    exported_at: datetime | None
    changes: tuple[Change, ...]
    said: tuple[str, ...] = ()
    """Sentences about the workbook as a whole."""

    @property
    def name(self) -> str:
        return self.workbook.name

    def counted(self) -> dict[What, int]:
        """How many changes there are of each kind that there is, in the order of What."""
        numbers = {what: sum(1 for change in self.changes if change.what is what) for what in What}
        return {what: number for what, number in numbers.items() if number}

    def with_keys(self, keys: Sequence[str] | frozenset[str]) -> tuple[Change, ...]:
        """The changes with these keys, in their order."""
        wanted = frozenset(keys)
        return tuple(change for change in self.changes if change.key in wanted)
