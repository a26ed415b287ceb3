"""Values of rows as JSON can hold them, and back.

Why it exists: the journal keeps them so, and so does a project that goes out as JSON.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, LargeBinary, Table

from annotate.store.types import Moment, OneOf, Uid


def plain_values(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row: uids as 32 hexadecimal digits, moments as ISO 8601 in UTC, bytes as Base64."""
    return {name: _plain(value) for name, value in values.items() if name in table.c}


def revived_values(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `plain_values`. Raises KeyError, TypeError or ValueError for what no such row holds."""
    return {name: _revived(table.c[name], value) for name, value in values.items()}


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


def _revived(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Uid):
        return UUID(hex=value)
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    if isinstance(column.type, OneOf):
        return column.type.choices(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return b64decode(value, validate=True)
    return value
