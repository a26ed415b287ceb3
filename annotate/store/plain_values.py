"""Values of rows as JSON can hold them, and back.

Why it exists: the journal keeps them so, and so does a project that goes out as JSON.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Table
from sqlalchemy.types import TypeEngine

from annotate.store.types import Moment, OneOf, Uid


def plain_values(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row: uids as 32 hexadecimal digits, moments as ISO 8601 in UTC, bytes as Base64."""
    known = _revivers(table)
    return {
        name: value if type(value) in _AS_THEY_ARE else _plain(value) for name, value in values.items() if name in known
    }


def revived_values(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `plain_values`. Raises KeyError, TypeError or ValueError for what no such row holds."""
    revivers = _revivers(table)
    return {
        name: value if value is None or (revive := revivers[name]) is None else revive(value)
        for name, value in values.items()
    }


_AS_THEY_ARE = frozenset({int, float, bool, str, type(None)})
"""Not what is made of them: an entry of a closed list is a str too."""


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return list(value) if isinstance(value, tuple) else value


@cache
def _revivers(table: Table) -> dict[str, Callable[[Any], Any] | None]:
    """What makes of a plain value what a column holds; None where that is the same."""
    return {column.name: _reviver(column.type) for column in table.c}


def _reviver(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(kind, Uid):
        return UUID
    if isinstance(kind, Moment):
        return datetime.fromisoformat
    if isinstance(kind, OneOf):
        return kind.choices
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return partial(b64decode, validate=True)
    return None
