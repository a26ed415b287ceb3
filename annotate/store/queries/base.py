"""What every group of questions needs: a connection, and rows by many ids without asking one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, Connection, RowMapping, Select, Table, func, select

from annotate.errors import ProjectDamaged

_AT_ONCE = 500
"""Ids in one IN list, well below SQLite's limit of host parameters."""
_STREAMED = 2_000
"""Rows of a long answer that are held at once."""

T = TypeVar("T")


def there(found: T | None, what: str) -> T:
    """What other rows rest on. Raises ProjectDamaged where it is missing, as no command ever leaves it."""
    if found is None:
        raise ProjectDamaged(
            f"The project’s file is damaged (missing from it: {what}). Go back to a backup of it, or save what can "
            "be saved of it into a new project."
        )
    return found


class Queries:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, query: Select[Any]) -> Iterator[RowMapping]:
        return iter(self.connection.execute(query).mappings())

    def _first(self, query: Select[Any]) -> RowMapping | None:
        return self.connection.execute(query.limit(1)).mappings().first()

    def _rows_by(self, query: Select[Any], column: Column[Any], values: Collection[Any] | None) -> Iterator[RowMapping]:
        """Rows of `query` whose `column` holds one of `values`; None asks for all."""
        if values is None:
            yield from self._rows(query)
            return
        for some in self._batches(values):
            yield from self._rows(query.where(column.in_(some)))

    def _batches(self, values: Collection[Any]) -> Iterator[list[Any]]:
        """The values in order, as many at once as one statement may name."""
        wanted = sorted(values)
        for first in range(0, len(wanted), _AT_ONCE):
            yield wanted[first : first + _AT_ONCE]

    def _tuples(self, query: Select[Any]) -> Iterator[Any]:
        """Rows as plain tuples, a few at a time: for answers of 100,000 rows."""
        return iter(self.connection.execute(query).yield_per(_STREAMED))

    def ids_by_uid(self, table: Table) -> dict[UUID, int]:
        """The row ids of all records of a table by their identity in exchange, those in the bin among them."""
        return {row.uid: row.id for row in self.connection.execute(select(table.c.uid, table.c.id))}

    def _count(self, table: Table) -> int:
        return int(self.connection.scalar(select(func.count()).select_from(table)) or 0)
