"""What a project file of each version looks like inside, and what is odd in one that looks otherwise.

Why it exists: a project can come from a stranger, and SQLite runs what a file tells it to: triggers when something is
written, views and generated columns when something is read. So the whole schema is compared with the known one before
anything else is asked of the file. It is compared as words; where other words were used, as another version of the
library that writes them may, word by word and by what SQLite understood, so that nothing can hide in between.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Double, Integer, LargeBinary, Table, create_engine
from sqlalchemy.pool import StaticPool

from annotate.store.migrations import MIGRATIONS, NEWEST
from annotate.store.schema import metadata
from annotate.store.types import OneOf, Uid

_MOST_ENTRIES = 2_000
"""Of a file's schema that are looked at; ours has some sixty."""
_LONGEST_SQL = 20_000
"""Characters of one entry; ours are below 1,500."""
_KINDS = {"view": "a view", "trigger": "a trigger", "index": "an index", "table": "a table"}

Entry = tuple[str, str, str, str]
"""Type, name, table and words of one entry of sqlite_master; no words for an index that a UNIQUE makes."""


@cache
def known_entries(made_in: int, version: int) -> frozenset[Entry]:
    """The schema of a file that was made in one version and is of `version` now."""
    engine = create_engine("sqlite://", poolclass=StaticPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with engine.connect() as connection:
        _make(connection, made_in)
        for step in MIGRATIONS[made_in - 1 : version - 1]:
            step(connection)
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        entries = frozenset((str(k), str(n), str(t), " ".join(str(sql).split())) for k, n, t, sql in rows)
    engine.dispose()
    return entries


def oddity_of_schema(raw: sqlite3.Connection, version: int) -> str:
    """What is odd in the schema of an opened file, compared with projects of `version`: "holds a view “x”"; "" where
    nothing is.

    Nothing in the file is run. Raises sqlite3.DatabaseError for a file that is damaged.
    """
    found: dict[tuple[str, str], Entry] = {}
    listed = ", ".join(
        f"CAST({words} AS BLOB)" for words in ("type", "name", "tbl_name", f"substr(sql, 1, {_LONGEST_SQL})")
    )
    query = f"SELECT {listed}, rootpage FROM sqlite_master"
    pages: set[Any] = set()
    for number, (*words, page) in enumerate(raw.execute(query)):
        kind, name, table, sql = ((word or b"").decode("utf-8", "replace") for word in words)
        if number >= _MOST_ENTRIES or (kind, name) in found or (page and page in pages):
            return f"holds “{_short(name)}” twice" if number < _MOST_ENTRIES else "holds far too many tables"
        pages.add(page)
        found[kind, name] = (kind, name, table, " ".join(sql.split()))
    if not any(table == "projects" for _, _, table, _ in found.values()):
        return "lacks the table “projects”"
    entries = frozenset(found.values())
    if any(entries == known_entries(made_in, version) for made_in in range(version, 0, -1)):
        return ""
    return next(_differences(raw, found, version), "")


def oddity_of_values(raw: sqlite3.Connection) -> str:
    """Whether there are values that their columns never hold, said in the same way; "" where there are none.

    Only to be asked where the schema is the newest known one. Reads every row, but no long content.
    """
    for name, table in metadata.tables.items():
        if raw.execute(f'SELECT 1 FROM "{name}" NOT INDEXED WHERE {misfits(table)} LIMIT 1').fetchone():
            return f"holds values in “{name}” of another kind than stands there"
    return ""


def misfits(table: Table) -> str:
    """An SQL condition: a row of the table holds a value of a kind that never stands in its column."""
    return " OR ".join(_misfit(column) for column in table.c if column.name != "id" or column.foreign_keys)


def _make(connection: Connection, version: int) -> None:
    if version == NEWEST:
        metadata.create_all(connection)
        return
    words = (Path(__file__).with_name("old_schemas") / f"version-{version}.sql").read_text(encoding="utf-8")
    for statement in words.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _differences(raw: sqlite3.Connection, found: dict[tuple[str, str], Entry], version: int) -> Iterator[str]:
    made = known_entries(version, version)
    migrated = frozenset[Entry]().union(*(known_entries(made_in, version) for made_in in range(1, version)))
    known = {(entry[0], entry[1]): entry for entry in made}
    runs_first = sorted(found, key=lambda key: (list(_KINDS).index(key[0]) if key[0] in _KINDS else 9, key[1]))
    for kind, name in runs_first:
        if (kind, name) in known:
            continue
        entry = found[kind, name]
        place = f" on “{_short(entry[2])}”" if kind in ("trigger", "index") else ""
        thing = "a virtual table" if entry[3].upper().startswith("CREATE VIRTUAL") else _KINDS.get(kind, "something")
        yield f"holds {thing} “{_short(name)}”{place}"
    with closing(sqlite3.connect(":memory:")) as ours:
        for _, _, _, sql in sorted(made, key=lambda entry: (entry[0] != "table", entry[1])):
            if sql and "sqlite_sequence" not in sql:
                ours.execute(sql)
        for kind, name in sorted(known):
            if (kind, name) not in found:
                yield f"lacks the {kind} “{name}”"
            elif found[kind, name] in made or found[kind, name] in migrated:
                continue
            elif not _same(raw, ours, found[kind, name], known[kind, name]):
                yield f"holds {_KINDS[kind]} “{name}” that is made in another way"


def _same(raw: sqlite3.Connection, ours: sqlite3.Connection, found: Entry, known: Entry) -> bool:
    """Whether other words make the same table or index."""
    if found[2] != known[2] or bool(found[3]) != bool(known[3]):
        return False
    if _words(found[3]) - _words(known[3]) or found[1] == "sqlite_sequence":
        return False
    return _understood(raw, found) == _understood(ours, known)


def _words(sql: str) -> set[str]:
    """All that SQL is made of but brackets, commas and quotes round names."""
    return {word.upper().strip('"') for word in re.findall(r"\"[^\"]*\"|'[^']*'|\w+|[^\s\w(),]", sql)}


def _understood(raw: sqlite3.Connection, entry: Entry) -> list[Any]:
    """What SQLite takes a table or index for; the names are known ones."""
    kind, name, _, _ = entry
    if kind == "index":
        return [raw.execute(f"PRAGMA index_xinfo('{name}')").fetchall()]
    columns = raw.execute(f"PRAGMA table_xinfo('{name}')").fetchall()
    keys = sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list('{name}')"))
    listed = raw.execute(f"PRAGMA table_list('{name}')").fetchall()
    indexes = sorted(row[2:] for row in raw.execute(f"PRAGMA index_list('{name}')"))
    return [columns, keys, listed, indexes]


def _misfit(column: Column[Any]) -> str:
    """An SQL condition: the column holds what no project holds there."""
    kind = column.type
    name = f'"{column.name}"'
    if isinstance(kind, OneOf):
        listed = ", ".join(f"'{choice.value}'" for choice in kind.entries)
        empty = f"{name} IS NOT NULL AND " if column.nullable else ""
        return f"({empty}({name} IN ({listed})) IS NOT 1)"
    if isinstance(kind, Uid):
        return f"typeof({name}) <> 'blob' OR length({name}) <> 16"
    fitting = "'null', " if column.nullable else ""
    if isinstance(kind, LargeBinary):
        fitting += "'blob'"
    elif isinstance(kind, Integer | Boolean) or _points_to_id(column):
        fitting += "'integer'"
    elif isinstance(kind, Double):
        fitting += "'real', 'integer'"
    else:
        fitting += "'text'"
    return f"typeof({name}) NOT IN ({fitting})"


def _points_to_id(column: Column[Any]) -> bool:
    return any(key.column.name == "id" for key in column.foreign_keys)


def _short(name: str) -> str:
    shown = "".join(character if character.isprintable() else " " for character in name[:40])
    return shown if len(name) <= 40 else f"{shown}…"
