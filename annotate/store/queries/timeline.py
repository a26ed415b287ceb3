"""Questions about who did what when: a page of steps at a time, of the project, of an article or of a mark.

Nothing here fails over an entry of the journal that cannot be read: it is handed out as damaged, so that it is told.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Table, func, select, type_coerce

from annotate.steps import Change, Entry, HistoryOf, Step
from annotate.store import schema as t
from annotate.store.plain_values import plain_values
from annotate.store.queries.base import Queries
from annotate.store.schema import JOURNALLED, changes, steps
from annotate.vocabulary import Kind

_RECORDS = ("claims", "figures", "mentions")
_BY_MARK: tuple[tuple[str, str], ...] = tuple(
    (table.name, column.name)
    for table in JOURNALLED.values()
    for column in table.c
    if column.name in ("annotation_id", "from_id", "to_id")
)
"""Tables and their columns by which rows belong to a mark."""
_NAMING = {"annotations": ("id", "kind", "number", "article_id"), "articles": ("id", "title")}
_LARGEST_ROW_ID = 2**63 - 1
_GIVEN_AWAY = ("links", "attributions", "checks")
"""Tables whose rows are given to another mark where marks are joined or split."""
_Earlier = dict[str, list[tuple[int, str]]]


_STEPS = select(
    *(
        type_coerce(steps.c.made_at, String).label("made_at") if name == "made_at" else steps.c[name]
        for name in Step.__dataclass_fields__
    )
)


class TimelineQueries(Queries):
    def timeline(
        self,
        *,
        before: int | None = None,
        limit: int = 100,
        among: Sequence[int] | None = None,
        analyst_id: int | None = None,
        words: str = "",
    ) -> list[Step]:
        """Steps, newest first, at most `limit` of them: those with ids below `before`, with ids `among` these (newest
        first, as `steps_of` gives them), by one analyst, with all these words in their labels."""
        searched = words.casefold().split()
        wanted: list[int] = []
        query = select(steps.c.id, steps.c.label, steps.c.analyst_id).order_by(steps.c.id.desc())
        if before is not None:
            query = query.where(steps.c.id < before)
        if among is None and not searched:
            if analyst_id is not None:
                query = query.where(steps.c.analyst_id == analyst_id)
            wanted = [row.id for row in self.connection.execute(query.limit(limit))]
        else:
            wanted = self._found(query, before, limit, among, analyst_id, searched)
        found = {row["id"]: _step(row) for row in self._rows_by(_STEPS, steps.c.id, wanted)}
        return [found[step_id] for step_id in wanted if step_id in found]

    def _found(
        self,
        query: Any,
        before: int | None,
        limit: int,
        among: Sequence[int] | None,
        analyst_id: int | None,
        searched: Collection[str],
    ) -> list[int]:
        """Ids of steps; read until there are enough, and labels compared here: SQLite folds the case of ASCII only."""
        found: list[int] = []
        if among is None:
            rows = self._tuples(query)
        else:
            earlier = [i for i in among if before is None or i < before]
            if not searched and analyst_id is None:
                return earlier[:limit]
            columns = select(steps.c.id, steps.c.label, steps.c.analyst_id)
            pieces = (earlier[first : first + limit] for first in range(0, len(earlier), limit))
            rows = (
                tuple(row.values())
                for some in pieces
                for row in sorted(self._rows_by(columns, steps.c.id, some), key=lambda one: -one["id"])
            )
        for step_id, label, by in rows:
            folded = label.casefold() if searched else ""
            if (analyst_id is None or by == analyst_id) and all(word in folded for word in searched):
                found.append(step_id)
                if len(found) == limit:
                    break
        return found

    def step_count(self) -> int:
        return self._count(steps)

    def step(self, step_id: int) -> Step | None:
        row = self._first(_STEPS.where(steps.c.id == step_id))
        return None if row is None else _step(row)

    def entry_counts(self, step_ids: Collection[int]) -> dict[int, int]:
        """How many changes steps have."""
        query = select(changes.c.step_id, func.count().label("number")).group_by(changes.c.step_id)
        return {row["step_id"]: row["number"] for row in self._rows_by(query, changes.c.step_id, step_ids)}

    def entries(self, step_ids: Collection[int], *, limit: int | None = None) -> list[Entry]:
        """The changes of steps in the order in which they were made, the first `limit` of them."""
        found: list[Entry] = []
        for some in self._batches(step_ids):
            query = select(changes).where(changes.c.step_id.in_(some)).order_by(changes.c.id)
            found += [_entry(row) for row in self._rows(query if limit is None else query.limit(limit))]
        return found[:limit]

    def entries_of_rows(self, step_id: int, rows: dict[str, set[int]], *, limit: int) -> list[Entry]:
        """The changes of a step in rows of an article or a mark, as `rows_of` gives them; the first `limit`."""
        ids: list[int] = []
        query = select(changes.c.id, changes.c.table_name, changes.c.row_id).where(changes.c.step_id == step_id)
        for change_id, table, row_id in self._tuples(query.order_by(changes.c.id)):
            if row_id in rows.get(table, ()):
                ids.append(change_id)
                if len(ids) == limit:
                    break
        return sorted(
            (_entry(row) for row in self._rows_by(select(changes), changes.c.id, ids)), key=lambda entry: entry.id
        )

    def span_of_step(self, step_id: int) -> tuple[int, int] | None:
        """The first and the last change of a step; None for a step without any."""
        query = select(func.min(changes.c.id), func.max(changes.c.id)).where(changes.c.step_id == step_id)
        first, last = self.connection.execute(query).one()
        return None if first is None else (int(first), int(last))

    def last_change_before(self, step_id: int) -> int:
        """The newest change of the steps before one; 0 where there is none."""
        query = select(func.max(changes.c.id)).where(changes.c.step_id < step_id)
        return int(self.connection.scalar(query) or 0)

    # -- an article or a mark ----------------------------------------------------------------------------------------

    def steps_of(self, rows: dict[str, set[int]]) -> list[int]:
        """Ids of the steps that touched any of these rows, newest first."""
        found: set[int] = set()
        for table, ids in rows.items():
            for some in self._batches(ids):
                query = select(changes.c.step_id).where(changes.c.table_name == table, changes.c.row_id.in_(some))
                found.update(self.connection.scalars(query.distinct()))
        return sorted(found, reverse=True)

    def rows_of(self, of: HistoryOf) -> dict[str, set[int]]:
        """The rows that an article or a mark consists of, or did once, by table; those that are gone among them.

        Sources that are not named belong to their article; those of the register to none.
        """
        found: dict[str, set[int]] = defaultdict(set)
        earlier = self._earlier()
        if of.annotation_id is not None:
            found[t.annotations.name].add(of.annotation_id)
        elif of.article_id is not None:
            found[t.articles.name].add(of.article_id)
            for table in (t.annotations, t.texts):
                found[table.name] |= self._pointing(earlier, table.name, "article_id", {of.article_id})
            for table_name in ("parts", "suggestions"):
                found[table_name] |= self._pointing(earlier, table_name, "text_id", found[t.texts.name])
            found[t.sources.name] |= self._pointing(earlier, t.sources.name, "article_id", {of.article_id})
        for table_name in _RECORDS:
            found[table_name] |= found[t.annotations.name]
        for table_name, column in _BY_MARK:
            found[table_name] |= self._pointing(earlier, table_name, column, found[t.annotations.name])
        return dict(found)

    def annotation_ever(self, kind: Kind, number: int) -> int | None:
        """The id of the annotation that has or had this number of its kind, also of one in the bin or long gone."""
        of = t.annotations
        found = self.connection.scalar(select(of.c.id).where(of.c.kind == kind, of.c.number == number))
        if found is not None:
            return int(found)
        for row_id, before in self._earlier().get(of.name, ()):
            row = _read(before) or {}
            if (row.get("kind"), row.get("number")) == (kind.value, number):
                return int(row_id)
        return None

    def _pointing(self, earlier: _Earlier, table: str, column: str, ids: Collection[int]) -> set[int]:
        """Rows whose column holds one of these ids, or did before it was changed or the row was deleted."""
        of: Table = JOURNALLED[table]
        found: set[int] = set()
        for some in self._batches(ids):
            found.update(self.connection.scalars(select(of.c.id).where(of.c[column].in_(some))))
        if earlier.get(table) and ids:
            held = re.compile(rf'"{column}":(\d+)')
            for row_id, before in earlier[table]:
                match = held.search(before)  # in words of a row the quotation marks would be escaped
                if match is not None and int(match[1]) in ids:
                    found.add(row_id)
        return found

    def _earlier(self) -> _Earlier:
        """What the journal says of rows before they were deleted or given to another mark or article, by table.

        One walk through the journal: by the index, table for table, it takes twice as long.
        """
        given_away = changes.c.table_name.in_(_GIVEN_AWAY) | (
            (changes.c.table_name == t.annotations.name) & changes.c.before.contains('"article_id":')
        )
        query = select(changes.c.table_name, changes.c.row_id, changes.c.before).where(changes.c.before.is_not(None))
        found: _Earlier = defaultdict(list)
        for table, row_id, before in self._tuples(query.where(changes.c.after.is_(None) | given_away)):
            if isinstance(before, str):
                found[table].append((row_id, before))
        return found

    def rows_or_last(self, table: str, ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """Rows as the journal holds values: as they are, and those that are gone as they were last. What the journal
        does not remember is left out. Of large rows that are there, only what names them."""
        of = JOURNALLED[table]
        ids = [row_id for row_id in ids if 0 <= row_id <= _LARGEST_ROW_ID]
        columns = [of.c[name] for name in _NAMING.get(table, of.c.keys())]
        try:
            found = {row["id"]: plain_values(of, dict(row)) for row in self._rows_by(select(*columns), of.c.id, ids)}
        except (ValueError, LookupError):  # a damaged row; what the journal says of it is as good as there is
            found = {}
        missing = [row_id for row_id in ids if row_id not in found]
        deleted = select(changes.c.row_id, changes.c.before).where(changes.c.table_name == table)
        deleted = deleted.where(changes.c.after.is_(None)).order_by(changes.c.id)
        for row in self._rows_by(deleted, changes.c.row_id, missing):
            values = _read(row["before"])
            if values:
                found[row["row_id"]] = values
        return found


def _step(row: Any) -> Step:
    """A step whose time cannot be read was made at the beginning of all times."""
    values = {name: row[name] for name in Step.__dataclass_fields__}
    try:
        made_at = datetime.fromisoformat(values["made_at"])
    except (ValueError, TypeError):
        made_at = datetime(1970, 1, 1, tzinfo=UTC)
    return Step(**values | {"made_at": made_at if made_at.tzinfo is not None else made_at.replace(tzinfo=UTC)})


def _entry(row: Any) -> Entry:
    before, after = _read(row["before"]), _read(row["after"])
    damaged = (before is None and row["before"] is not None) or (after is None and row["after"] is not None)
    damaged = damaged or row["table_name"] not in JOURNALLED or (before is None and after is None)
    change = Change(row["table_name"], row["row_id"], None if damaged else before, None if damaged else after)
    return Entry(row["id"], row["step_id"], change, damaged)


def _read(words: object) -> dict[str, Any] | None:
    """The values of an entry; None for none, and for what is not readable."""
    try:
        values = json.loads(words) if isinstance(words, str) else None
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None
