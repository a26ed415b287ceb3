"""The rows of a project written into a new file, without some of them and without some of their words.

Why it exists: that something is gone can be promised only of a file in which it never was. SQLite keeps what was
deleted in free pages, in the log, in the slack of pages that were moved, and says nowhere for certain which of its
settings clears which; so nothing is deleted at all. The new file holds what stays, is looked at as a whole, and then
takes the old one's place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Table, Text

from annotate.store.belonging import kept_contents, pointers
from annotate.store.engine import create_file
from annotate.store.queries import Reader
from annotate.store.schema import CONTENT_TABLES, JOURNALLED, analysts, changes, exports, metadata, spans, steps

Clean = Callable[[str], str]
"""Gives a text without words that must not stay."""

Progress = Callable[[int, int], object]

_AT_ONCE = 2_000
OF_TEXTS = {(spans.name, "exact"), (spans.name, "before"), (spans.name, "after"), ("annotations", "words")}
"""Columns that repeat an article's own text, table and name: they stay or go with it and are never written anew."""
OF_THE_TEAM = {"collected_by", "signed_off_by", "translated_by"}
"""Columns that name analysts, who are nobody's source; as the table of analysts, they are never written anew."""
_MACHINES = {"importer", "importer_version", "engine", "engine_version", "rule"}


def _as_it_is(words: str) -> str:
    return words


@dataclass(frozen=True)
class Leaving:
    """What does not come along."""

    gone: Mapping[str, set[int]]
    """Rows by table, present or only remembered."""
    clean: Clean = _as_it_is
    """For every free text of a record that comes along, and of the journal's."""
    clean_label: Clean = _as_it_is
    """For labels of steps that touched something of what is gone."""
    clean_export: Clean = _as_it_is
    """For names of what was exported."""
    history: bool = True
    """Whether journal and noted exports come along."""
    erased_label: str = "Erased"
    """What a step is called all of whose changes are gone."""


def word_columns(table: Table) -> list[str]:
    """The columns in which people's words stand."""
    return [
        column.name
        for column in table.c
        if isinstance(column.type, Text | JSON)
        and not column.foreign_keys
        and column.name not in _MACHINES
        and (table.name, column.name) not in OF_TEXTS
    ]


def copy_selected(reader: Reader, target: Path, leaving: Leaving, progress: Progress) -> None:
    """Make the project file `target` of everything that stays, with the ids and numbers that it has.

    `progress` is told rows read and rows in all, and may raise to stop. The file is there whole, or not at all.
    Raises ProjectError where it cannot be made.
    """

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # tags and steps point to rows of their own table
        _Copying(reader, connection, leaving, progress).all()
        connection.exec_driver_sql("COMMIT")

    connection = create_file(target, fill)
    connection.close()
    connection.engine.dispose()


class _Copying:
    def __init__(self, reader: Reader, target: Connection, leaving: Leaving, progress: Progress) -> None:
        self._source = reader.connection
        self._target = target
        self._leaving = leaving
        self._contents = kept_contents(reader, leaving.gone, journal=leaving.history)
        self._progress = progress
        self._done = 0
        self._total = sum(_count(self._source, table) for table in metadata.tables.values())
        self._touched: set[int] = set()
        """Steps with changes that are gone."""
        self._whole: set[int] = set()
        """Steps with changes that stay."""
        self._pointers = {name: pointers(table) for name, table in JOURNALLED.items()}
        self._words = {name: word_columns(table) for name, table in metadata.tables.items()}

    def all(self) -> None:
        kept = []
        if self._leaving.history:
            kept = list(self._journal())
        for table in metadata.sorted_tables:
            if table.name in CONTENT_TABLES:
                self._copy_contents(table)
            elif table is changes:
                self._insert(table, iter(kept))
            elif table in (steps, exports):
                if self._leaving.history:
                    self._insert(table, self._labelled(table))
            else:
                self._insert(table, self._rows(table))
        self._copy_sequences()

    def _copy_contents(self, table: Table) -> None:
        column = next(column.name for column in table.c if not column.primary_key)
        for sha256 in sorted(self._contents[table.name]):
            query = f'SELECT sha256, "{column}" FROM "{table.name}" WHERE sha256 = ?'
            for row in _raw(self._source, query, (sha256,)):
                _insert_raw(self._target, table, ["sha256", column], [row])
            self._tell(1)

    def _rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Rows as the database holds them, without those that go, their pointers to such, and their words."""
        names = [column.name for column in table.c]
        gone = self._leaving.gone.get(table.name, set())
        loose = [
            (names.index(name), self._leaving.gone[target])
            for name, target, must in self._pointers.get(table.name, ())
            if not must and self._leaving.gone.get(target)
        ]
        words = [(names.index(name), isinstance(table.c[name].type, JSON)) for name in self._cleaned_columns(table)]
        place = names.index("id") if "id" in names else -1
        for row in _raw(self._source, _select(table)):
            if place >= 0 and row[place] in gone:
                continue
            changed: list[Any] | None = None
            for at, ids in loose:
                if row[at] in ids:
                    changed = changed or list(row)
                    changed[at] = None
            for at, is_json in words:
                if row[at]:
                    cleaned = self._cleaned_json(row[at]) if is_json else self._leaving.clean(row[at])
                    if cleaned != row[at]:
                        changed = changed or list(row)
                        changed[at] = cleaned
            yield row if changed is None else tuple(changed)

    def _cleaned_columns(self, table: Table) -> list[str]:
        if self._leaving.clean is _as_it_is or table is analysts:
            return []
        return [name for name in self._words[table.name] if name not in OF_THE_TEAM]

    def _cleaned_json(self, words: str) -> str:
        value = json.loads(words)
        cleaned = cleaned_value(value, self._leaving.clean)
        return words if cleaned == value else json.dumps(cleaned)

    def _journal(self) -> Iterator[tuple[Any, ...]]:
        for row in _raw(self._source, _select(changes)):
            change_id, step_id, table, row_id, before, after = row
            self._tell(1)
            if row_id in self._leaving.gone.get(table, ()):
                self._touched.add(step_id)
                continue
            self._whole.add(step_id)
            yield change_id, step_id, table, row_id, self._values(table, before), self._values(table, after)

    def _values(self, table: str, words: str | None) -> str | None:
        if words is None or table not in JOURNALLED:
            return words
        loose = [
            (name, self._leaving.gone[target])
            for name, target, must in self._pointers[table]
            if not must and self._leaving.gone.get(target)
        ]
        if not loose and self._leaving.clean is _as_it_is:
            return words
        values = json.loads(words)
        changed = False
        for name, ids in loose:
            if values.get(name) in ids:
                values[name], changed = None, True
        for name in self._cleaned_columns(JOURNALLED[table]):
            if values.get(name):
                cleaned = cleaned_value(values[name], self._leaving.clean)
                changed = changed or cleaned != values[name]
                values[name] = cleaned
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if changed else words

    def _labelled(self, table: Table) -> Iterator[tuple[Any, ...]]:
        names = [column.name for column in table.c]
        word = names.index("label" if table is steps else "name")
        for row in _raw(self._source, _select(table)):
            changed = list(row)
            if table is steps and row[0] in self._touched - self._whole:
                changed[word] = self._leaving.erased_label
                if row[names.index("kind")] == "edit":
                    changed[names.index("kind")] = "erased"  # no edit that could be taken back
            elif table is exports:
                changed[word] = self._leaving.clean(self._leaving.clean_export(row[word]))
            elif row[0] in self._touched:
                changed[word] = self._leaving.clean(self._leaving.clean_label(row[word]))
            else:
                changed[word] = self._leaving.clean(row[word])
            yield tuple(changed)

    def _insert(self, table: Table, rows: Iterator[tuple[Any, ...]]) -> None:
        names = [column.name for column in table.c]
        some: list[tuple[Any, ...]] = []
        for row in rows:
            some.append(row)
            if len(some) == _AT_ONCE:
                _insert_raw(self._target, table, names, some)
                self._tell(0 if table is changes else len(some))
                some = []
        _insert_raw(self._target, table, names, some)
        self._tell(0 if table is changes else len(some))

    def _copy_sequences(self) -> None:
        """No id is given twice, also not one of what is gone."""
        for name, last in list(self._source.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")):
            self._target.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            self._target.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))

    def _tell(self, rows: int) -> None:
        self._done += rows
        self._progress(min(self._done, self._total), self._total)


def cleaned_value(value: Any, clean: Clean) -> Any:
    """A value of JSON with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned_value(one, clean) for one in value]
    if isinstance(value, dict):
        return {key: cleaned_value(one, clean) for key, one in value.items()}
    return value


def _select(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return f'SELECT {names} FROM "{table.name}" ORDER BY {order}'


def _raw(connection: Connection, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows as the database holds them: to make Python's values of them and back would take most of the time."""
    cursor: Any = connection.connection.cursor()
    cursor.execute(query, values)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield from rows
    cursor.close()


def _insert_raw(connection: Connection, table: Table, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" for _ in names)})', rows)
    cursor.close()


def _count(connection: Connection, table: Table) -> int:
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table.name}"').scalar_one())
