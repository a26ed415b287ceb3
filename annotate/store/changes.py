"""What a committed step changed: the message that views live on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotate.steps import Change

_ANNOTATION_ROWS = frozenset({"annotations", "claims", "figures", "mentions"})
_POINTS_TO_ANNOTATION = ("annotation_id", "from_id", "to_id", "mention_id")


@dataclass(frozen=True)
class Touched:
    """A change together with the foreign keys of its row, which an update does not list among its columns."""

    change: Change
    keys: dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """All row changes of one step or of one undo or redo; ids are row ids."""

    step_id: int
    label: str
    kind: str
    """edit, undo or redo; aside for what is no step, such as suggestions that came in (its step_id is 0)."""
    rows: tuple[Touched, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def is_aside(self) -> bool:
        """Whether this is no step of history, and nothing that anybody did."""
        return self.kind == "aside"

    def ids(self, table: str) -> frozenset[int]:
        """Rows of `table` that were inserted, updated or deleted."""
        return frozenset(row.change.row_id for row in self.rows if row.change.table == table)

    @property
    def only_add(self) -> bool:
        """Whether rows were inserted and none was changed or deleted."""
        return all(row.change.before is None for row in self.rows)

    def touches(self, *tables: str) -> bool:
        return any(row.change.table in tables for row in self.rows)

    @cached_property
    def annotations(self) -> frozenset[int]:
        """Annotations whose own row, record, spans, tags, attributions, links or checks changed."""
        found: set[int] = set()
        for row in self.rows:
            if row.change.table in _ANNOTATION_ROWS:
                found.add(row.change.row_id)
            else:
                found |= _values(row, _POINTS_TO_ANNOTATION)
        return frozenset(found)

    @cached_property
    def articles(self) -> frozenset[int]:
        """Articles whose own row changed or that gained or lost annotations."""
        return self.ids("articles") | frozenset(
            value
            for row in self.rows
            if row.change.table in ("annotations", "texts")
            for value in _values(row, ("article_id",))
        )


def _values(row: Touched, keys: Iterable[str]) -> set[int]:
    """Values of foreign keys now and, where the change moved them, before."""
    maps = (row.keys, row.change.before or {}, row.change.after or {})
    return {value for key in keys for mapping in maps if (value := mapping.get(key)) is not None}
