"""Which rows go with others: what belongs to an article or a source now, and what did at any time.

Why it exists: what is to be gone for good stands in rows and, as it was before, in the journal. Which row needs which
is read from the schema itself, so that no table is ever forgotten: a row that cannot be without another goes with it,
one that can loses the pointer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, select

from annotate.store.queries import Reader
from annotate.store.schema import CONTENT_TABLES, JOURNALLED, changes, metadata

Ids = dict[str, set[int]]
"""Row ids by table."""

_AT_ONCE = 500


def pointers(table: Table) -> list[tuple[str, str, bool]]:
    """The columns of a table that point to journalled rows: name, table pointed to, whether it must point."""
    return [
        (column.name, target, not column.nullable) for column in table.c if (target := _target(column)) in JOURNALLED
    ]


def _target(column: Column[Any]) -> str:
    return next((key.column.table.name for key in column.foreign_keys), "")


class Belonging:
    """Answers for one project, reading its journal once for each table."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def with_all_that_needs_them(self, seeds: Mapping[str, Iterable[int]]) -> Ids:
        """The rows and every row, present or only remembered by the journal, that cannot be without them."""
        gone: Ids = defaultdict(set, {name: set(ids) for name, ids in seeds.items()})
        for table in metadata.sorted_tables:  # those that others point to come first
            needed = [(name, target) for name, target, must in pointers(table) if must and gone.get(target)]
            if table.name not in JOURNALLED or not needed:
                continue
            for name, target in needed:
                gone[table.name] |= self._pointing(table, name, gone[target])
            for row_id, values in self.remembered(table):
                if any(values.get(name) in gone[target] for name, target in needed):
                    gone[table.name].add(row_id)
        return {name: ids for name, ids in gone.items() if ids}

    def _pointing(self, table: Table, column: str, ids: set[int]) -> set[int]:
        wanted, found = sorted(ids), set[int]()
        for first in range(0, len(wanted), _AT_ONCE):
            query = select(table.c.id).where(table.c[column].in_(wanted[first : first + _AT_ONCE]))
            found.update(self._reader.connection.scalars(query))
        return found

    def remembered(self, table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
        """Ids of rows of a table with values that the journal remembers of them, before and after each change."""
        query = select(changes.c.row_id, changes.c.before, changes.c.after).where(changes.c.table_name == table.name)
        for row_id, before, after in self._reader.connection.execute(query):
            for values in (before, after):
                if values is not None:
                    yield row_id, json.loads(values)

    def present(self, table: Table) -> set[int]:
        """The ids of the rows that are there."""
        return set(self._reader.connection.scalars(select(table.c.id)))

    def users(self, target: str, *, past: bool = False) -> dict[int, set[tuple[str, int]]]:
        """By row of a table, the rows (table and id) that point to it; with `past`, also those that ever did."""
        found: dict[int, set[tuple[str, int]]] = defaultdict(set)
        for table in JOURNALLED.values():
            names = [name for name, to, _must in pointers(table) if to == target and name != "article_id"]
            for name in names:
                query = select(table.c.id, table.c[name]).where(table.c[name].is_not(None))
                for row_id, to_id in self._reader.connection.execute(query):
                    found[to_id].add((table.name, row_id))
            if past and names:
                for row_id, values in self.remembered(table):
                    for name in names:
                        if values.get(name) is not None:
                            found[values[name]].add((table.name, row_id))
        return found

    def used_only_by(self, gone: Mapping[str, set[int]], target: str) -> tuple[set[int], set[int]]:
        """Rows of a table that `gone` uses and nothing else does: those that are there, and those that were."""
        there = self.present(JOURNALLED[target])

        def only(users: Mapping[int, set[tuple[str, int]]]) -> set[int]:
            return {
                row_id for row_id, by in users.items() if all(one in gone.get(table, ()) for table, one in by)
            } - gone.get(target, set())

        return only(self.users(target)) & there, only(self.users(target, past=True)) - there


def kept_contents(reader: Reader, gone: Mapping[str, set[int]], *, journal: bool) -> dict[str, set[str]]:
    """The SHA-256 of contents, by table, that a row which stays has; with `journal`, also one that can come back."""
    kept: dict[str, set[str]] = {name: set() for name in CONTENT_TABLES}
    belonging = Belonging(reader)
    for table in JOURNALLED.values():
        for column in table.c:
            content = _target(column)
            if content not in CONTENT_TABLES:
                continue
            leaving = gone.get(table.name, set())
            for row_id, sha256 in reader.connection.execute(select(table.c.id, column)):
                if row_id not in leaving:
                    kept[content].add(sha256)
            if journal:
                remembered = belonging.remembered(table)
                kept[content] |= {
                    values[column.name]
                    for row_id, values in remembered
                    if row_id not in leaving and column.name in values
                }
    return kept
