"""A new project filled with rows of a file that cannot be trusted: what fits goes in, what is lost is said.

Why it exists: a row can be broken in one place and whole in another, for the journal holds every value that a row ever
had. So history goes in first, and what a row cannot say any more, or rows that are gone, are taken from there. What
rows point to, and what must agree between them, is looked after in kinship.py and agreement.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Column, Table

from annotate.field_labels import field_label
from annotate.shortened import shortened
from annotate.store.fitting import fallback, fits, from_plain, is_change, mended, value_fits
from annotate.store.schema import CONTENT_TABLES, JOURNALLED, metadata
from annotate.writing import Progress, report

_AT_ONCE = 500
_FIRST = ("analysts", "steps", "changes")
_RENUMBERED = {"annotations": "kind", "sources": None, "texts": "article_id"}
"""Tables with numbers that no two rows share, and within what."""

Row = dict[str, Any]


class RowSource(Protocol):
    """Where rows come from: store/pages.py or store/odd_rows.py."""

    def rows(self, table: str) -> Iterator[tuple[Row, bool]]: ...

    def stray_rows(self, belongs: Any) -> Iterator[tuple[str, Row, bool]]: ...

    def spans_by_place(self) -> Iterator[Row]: ...

    def sequence(self) -> dict[str, int]: ...


@dataclass
class Findings:
    """What happened to rows: table, id and what is to be said of it; named once everything is in its place."""

    lost: list[tuple[str, Any, str]] = field(default_factory=list)
    changed: list[tuple[str, Any, str]] = field(default_factory=list)


class Refill:
    """Fills the tables of a new file through the driver's own connection, without its foreign keys being looked at."""

    def __init__(self, raw: sqlite3.Connection, source: RowSource, findings: Findings, name: str) -> None:
        self._raw, self._source, self._findings, self._name = raw, source, findings, name
        self._in = {table: _insertion(metadata.tables[table]) for table in metadata.tables}
        self._dropped_steps: set[int] = set()

    def fill(self, progress: Progress) -> None:
        """Take over all rows. Raises ExportCancelled where `progress` says to stop."""
        order = [*_FIRST, *(table.name for table in metadata.sorted_tables if table.name not in _FIRST)]
        for done, name in enumerate(order):
            waiting: list[tuple[Any, ...]] = []
            for row, is_whole in self._source.rows(name):
                if (values := self._fitted(name, row, is_whole=is_whole)) is not None:
                    waiting.append(values)
                if len(waiting) >= (1 if name in CONTENT_TABLES else _AT_ONCE):
                    self._insert(name, waiting)
                    report(progress, done, len(order) + 2, self._name)
            self._insert(name, waiting)
            report(progress, done + 1, len(order) + 2, self._name)
        for name, row, is_whole in self._source.stray_rows(_belongs):
            if name not in JOURNALLED or self._may_be_there(name, row):
                values = self._fitted(name, row, is_whole=is_whole)
                self._insert(name, [values] if values is not None else [])
        self._drop_steps()
        self._bring_back_missing()
        self._spans_from_index()

    def _fitted(self, name: str, row: Row, *, is_whole: bool) -> tuple[Any, ...] | None:
        """The values of a row in the order of its columns; None where it cannot be kept."""
        table = metadata.tables[name]
        if name == "changes" and not is_change(row):
            step = row.get("step_id")
            if isinstance(step, int):
                self._dropped_steps.add(step)
            return None
        if is_whole and fits(table, row) and len(row) == len(table.c):
            return tuple(row[column.name] for column in table.c)
        return self._mended(table, row, is_whole=is_whole)

    def _mended(self, table: Table, row: Row, *, is_whole: bool) -> tuple[Any, ...] | None:
        key = next(iter(table.primary_key.columns))
        row_id = row.get(key.name)
        if not value_fits(key, row_id):
            self._findings.lost.append((table.name, None, "A row whose number could not be read"))
            return None
        known = self._last_known(table.name, row_id) if table.name in JOURNALLED else None
        values: Row = {}
        for column in table.c:
            name, value = column.name, row.get(column.name)
            if name in row and is_whole and value_fits(column, value):
                values[name] = value
            elif known is not None and name in known and value_fits(column, known[name]):
                values[name] = known[name]
            elif name in row and value_fits(column, value):
                values[name] = value
            elif name not in row and is_whole:
                values[name] = _default(column)
            else:
                values[name] = mended(column, value)
                self._findings.changed.append((table.name, row_id, _said_of(column, values[name])))
        if any(not value_fits(column, values[column.name]) for column in table.c):
            self._findings.lost.append((table.name, row_id, "What it says could not be read"))
            return None
        return tuple(values[column.name] for column in table.c)

    def _insert(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        try:
            self._raw.execute("SAVEPOINT some")
            self._raw.executemany(self._in[name], rows)
        except sqlite3.IntegrityError:
            self._raw.execute("ROLLBACK TO some")
            for row in rows:
                self._insert_one(name, dict(zip(metadata.tables[name].c.keys(), row, strict=True)))
        finally:
            self._raw.execute("RELEASE some")
            rows.clear()

    def _insert_one(self, name: str, row: Row) -> None:
        """A row that may stand in another one's way: the newer of two with one id, another number for a number given
        twice."""
        table = metadata.tables[name]
        key = next(iter(table.primary_key.columns)).name
        there = self._raw.execute(f'SELECT * FROM "{name}" WHERE "{key}" = ?', (row[key],)).fetchone()
        if there is not None:
            present = dict(zip(table.c.keys(), there, strict=True))
            if row.get("revision", 0) <= present.get("revision", 0):
                return
            self._raw.execute(f'DELETE FROM "{name}" WHERE "{key}" = ?', (row[key],))
        try:
            self._raw.execute(self._in[name], tuple(row.values()))
        except sqlite3.IntegrityError:
            if name not in _RENUMBERED:
                self._findings.lost.append((name, row[key], "The same was there already"))
                return
            within = _RENUMBERED[name]
            place, values = (f'WHERE "{within}" = ?', (row[within],)) if within else ("", ())
            [(number,)] = self._raw.execute(f'SELECT max(number) + 1 FROM "{name}" {place}', values)
            self._findings.changed.append((name, row[key], f"Its number, {row['number']}, was given twice"))
            self._raw.execute(self._in[name], tuple((row | {"number": number}).values()))

    def _last_known(self, name: str, row_id: Any) -> Row | None:
        """A row as the journal leaves it, as SQLite holds it; None where it was removed or never there."""
        query = "SELECT before, after FROM changes WHERE table_name = ? AND row_id = ? ORDER BY id"
        state: Row | None = None
        for before, after in self._raw.execute(query, (name, row_id)).fetchall():
            if after is None:
                state = None
            elif before is None:
                state = json.loads(after)
            else:
                state = (state or {}) | json.loads(after)
        if state is None:
            return None
        return {key: from_plain(metadata.tables[name].c[key], value) for key, value in state.items()}

    def _may_be_there(self, name: str, row: Row) -> bool:
        """Whether a row on a page that nothing leads to was not removed, as far as history knows."""
        query = "SELECT after FROM changes WHERE table_name = ? AND row_id = ? ORDER BY id DESC LIMIT 1"
        last = self._raw.execute(query, (name, row.get("id"))).fetchone()
        return last is None or last[0] is not None

    def _bring_back_missing(self) -> None:
        """Rows that history knows and the tables do not have."""
        for name, table in JOURNALLED.items():
            query = (
                f"SELECT DISTINCT row_id FROM changes WHERE table_name = ? AND row_id NOT IN (SELECT id FROM {name})"
            )
            for (row_id,) in self._raw.execute(query, (name,)).fetchall():
                state = self._last_known(name, row_id)
                if state is None or "uid" not in state:  # removed, or its beginning is not told
                    continue
                row = {column.name: _default(column) for column in table.c} | state | {"id": row_id}
                values = self._fitted(name, row, is_whole=True)
                if values is not None:
                    self._insert(name, [values])
                    self._findings.changed.append((name, row_id, "It was brought back from the history"))

    def _spans_from_index(self) -> None:
        """Spans that are in no page of their table any more, without their words: agreement.py takes those from the
        text, where they are the words of the annotation."""
        table = metadata.tables["spans"]
        there = {row_id for (row_id,) in self._raw.execute("SELECT id FROM spans")}
        found: list[int] = []
        for place in self._source.spans_by_place():
            if place["id"] in there or not self._may_be_there("spans", place):
                continue
            row = {column.name: _default(column) for column in table.c} | place
            if fits(table, row):
                there.add(place["id"])
                found.append(place["id"])
                self._insert("spans", [tuple(row[column.name] for column in table.c)])
        earlier = "SELECT count(*) FROM spans AS other WHERE other.annotation_id = spans.annotation_id"
        for row_id in found:  # as a rule they stand in the order of the text
            self._raw.execute(
                f"UPDATE spans SET position = ({earlier} AND other.start < spans.start) WHERE id = ?", (row_id,)
            )

    def _drop_steps(self) -> None:
        """A step of which a change is lost cannot be undone: half of it would be taken back."""
        for step in sorted(self._dropped_steps):
            self._raw.execute("UPDATE steps SET state = 'dropped' WHERE id = ?", (step,))
            self._findings.changed.append(
                ("steps", step, "A part of what it did could not be read, so it cannot be undone")
            )


def _insertion(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" for _ in table.c)})'


def _belongs(name: str, row: Row) -> bool:
    table = metadata.tables[name]
    missing = [column for column in table.c if column.name not in row]
    return fits(table, row) and all(column.server_default is not None for column in missing)


def _default(column: Column[Any]) -> Any:
    """What stands in a column of a row that was written before there was such a column."""
    return None if column.nullable else fallback(column)


def _said_of(column: Column[Any], now: Any) -> str:
    what = field_label(column.table.name, column.name)
    if now in (None, "", 0, 1, "[]", "{}") or isinstance(now, bytes):
        return f"“{what}” could not be read"
    return f"“{what}” could not be read whole; it is “{shortened(str(now))}” now"
