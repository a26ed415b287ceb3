"""Whether a value can stand in a column, and what stands there instead where it cannot.

Why it exists: rows from a damaged file, or a stranger's, hold values of any kind. What goes into a new project must be
what the program can read, and words that a person wrote are kept even where a letter of them is gone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Boolean, Column, Date, Double, Integer, LargeBinary, String, Table

from annotate.canonical import canonical
from annotate.store.schema import JOURNALLED
from annotate.store.types import Moment, OneOf, Uid
from annotate.vocabulary import Handling, Progress

_LARGEST = 2**63 - 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LISTS = frozenset({"pages", "aliases", "spans", "old_spans"})
"""Columns whose JSON is a list; that of all others is an object."""
_NOT_GUESSED = frozenset({"number", "start", "end", "step_id", "row_id"})
"""Columns without which a row says nothing."""
_SAFE: Mapping[str, str] = {"handling": Handling.PROTECT, "progress": Progress.OPEN}
"""By column: what does no harm where the value is lost. Who was to be protected must not be shown by a damaged file."""


def fits(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether every value can stand in its column."""
    checks = _checks_of(table)
    return all(name in checks and checks[name](value) for name, value in row.items())


def value_fits(column: Column[Any], value: Any) -> bool:
    """Whether a value, as SQLite holds it, can stand in a column."""
    return _check_of(column)(value)


@cache
def _checks_of(table: Table) -> Mapping[str, Callable[[Any], bool]]:
    return {column.name: _check_of(column) for column in table.c}


@cache
def _check_of(column: Column[Any]) -> Callable[[Any], bool]:
    """Made once for each column: millions of values are asked of."""
    check = _check_of_kind(column)
    if column.nullable:
        return lambda value: value is None or check(value)
    return lambda value: value is not None and check(value)


def _check_of_kind(column: Column[Any]) -> Callable[[Any], bool]:
    kind = column.type
    if isinstance(kind, LargeBinary):
        return lambda value: isinstance(value, bytes)
    if isinstance(kind, Uid):
        return lambda value: isinstance(value, bytes) and len(value) == 16
    if isinstance(kind, Boolean):
        return lambda value: isinstance(value, int) and 0 <= value <= 1
    if points_to_id(column) or isinstance(kind, Integer):
        least = 1 if column.primary_key or points_to_id(column) else -_LARGEST
        return lambda value: isinstance(value, int) and least <= value <= _LARGEST
    if isinstance(kind, Double):
        return lambda value: isinstance(value, int | float) and math.isfinite(value)
    if isinstance(kind, OneOf):
        entries = frozenset(entry.value for entry in kind.entries)
        return lambda value: isinstance(value, str) and value in entries
    return lambda value: isinstance(value, str) and _is_text(value) and _text_fits(column, value)


def mended(column: Column[Any], value: Any) -> Any:
    """What can stand in a column in place of a value that cannot: its words, where it has any; None where nothing
    can."""
    kind = column.type
    if isinstance(kind, Uid):
        return uuid4().bytes
    if isinstance(kind, String) and not column.foreign_keys and not column.primary_key:
        words = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
        if isinstance(words, bytes):
            readable = canonical(words.decode("utf-8", "replace")).text
            if value_fits(column, readable):
                return readable
    if column.nullable:
        return None
    return fallback(column)


def fallback(column: Column[Any]) -> Any:
    """What does no harm in a column whose value is lost; None where nothing can stand there."""
    kind = column.type
    if column.foreign_keys or column.primary_key:
        return None
    if isinstance(kind, Uid):
        return uuid4().bytes
    if isinstance(kind, OneOf):
        return None if column.name == "kind" else _SAFE.get(column.name, kind.entries[0].value)
    if isinstance(kind, Moment):
        return datetime.now(UTC).isoformat(timespec="microseconds")
    if isinstance(kind, Date):
        return date.today().isoformat()
    if isinstance(kind, JSON):
        return "[]" if column.name in _LISTS else "{}"
    if isinstance(kind, LargeBinary):
        return b""
    if isinstance(kind, Integer | Boolean | Double):
        return None if column.name in _NOT_GUESSED else int(column.name == "revision")
    return {"colour": "#808080"}.get(column.name, "")


def from_plain(column: Column[Any], value: Any) -> Any:
    """A value of the journal, as SQLite holds it. It need not fit."""
    if isinstance(column.type, JSON):
        return None if value is None and column.nullable else json.dumps(value, ensure_ascii=False)
    if isinstance(column.type, Uid) and isinstance(value, str):
        try:
            return bytes.fromhex(value)
        except ValueError:
            return value
    return int(value) if isinstance(value, bool) else value


def is_change(row: Mapping[str, Any]) -> bool:
    """Whether a row of the journal can be undone: a table of ours, columns of that table, values that fit."""
    table = JOURNALLED.get(str(row.get("table_name")))
    if table is None or (row.get("before") is None and row.get("after") is None):
        return False
    for words in (row.get("before"), row.get("after")):
        try:
            values = {} if words is None else json.loads(words)
            if not isinstance(values, dict) or not fits(
                table, {name: from_plain(table.c[name], value) for name, value in values.items()}
            ):
                return False
        except (ValueError, TypeError, KeyError, RecursionError):
            return False
    return True


def points_to_id(column: Column[Any]) -> bool:
    return any(key.column.name == "id" for key in column.foreign_keys)


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def _text_fits(column: Column[Any], value: str) -> bool:
    kind = column.type
    try:
        if isinstance(kind, Moment):
            return datetime.fromisoformat(value).tzinfo is not None
        if isinstance(kind, Date):
            return date.fromisoformat(value).isoformat() == value
        if isinstance(kind, JSON):
            return isinstance(json.loads(value), list if column.name in _LISTS else dict)
    except (ValueError, RecursionError):
        return False
    if column.name == "sha256":
        return _SHA256.fullmatch(value) is not None
    return kind.length is None or len(value) <= kind.length if isinstance(kind, String) else True
