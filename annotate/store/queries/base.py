"""What every group of questions needs: a connection, and rows by many ids without asking one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, Table, func, select

_AT_ONCE = 500
"""Ids in one IN list, well below SQLite's limit of host parameters."""


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
        wanted = sorted(values)
        for first in range(0, len(wanted), _AT_ONCE):
            yield from self._rows(query.where(column.in_(wanted[first : first + _AT_ONCE])))

    def _count(self, table: Table) -> int:
        return int(self.connection.scalar(select(func.count()).select_from(table)) or 0)
