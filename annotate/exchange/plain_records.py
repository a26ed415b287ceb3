"""Frozen dataclasses as what JSON can hold, and back.

Why it exists: records of `incoming` and `model` are written into files of other formats whole, and must come back
equal. What stands at its default is left out, an entry of a closed list is its value, dates are ISO 8601. Reading
believes nothing: a value of another type than the field's is told by where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from annotate.exchange.moments import moment_of, written_moment

T = TypeVar("T")

_LARGEST = 2**63 - 1
"""Whole numbers beyond it cannot be stored."""
_NOT_FINITE = {"Infinity": math.inf, "-Infinity": -math.inf}


class NotReadable(ValueError):
    """A value cannot be what it should be; the message ends a sentence: "“handling” is no …"."""


def to_plain(value: Any) -> Any:
    """A record or one of its values as dicts, lists, strings, numbers, booleans and None."""
    if is_dataclass(value):
        return {
            field.name: to_plain(held)
            for field in fields(value)
            if (held := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return next((name for name, number in _NOT_FINITE.items() if number == value), None)
    return value


def from_plain(kind: type[T], value: object, **given: object) -> T:
    """The record of the dataclass `kind` that a dict describes; fields in `given` are taken from there.

    Names that the class does not have are passed over. Raises NotReadable.
    """
    if not isinstance(value, Mapping):
        raise NotReadable(f"a {kind.__name__} is no object")
    hints = _hints(kind)  # type: ignore[arg-type]
    found: dict[str, object] = dict(given)
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in given:
            continue
        if field.name in value:
            found[field.name] = _value(hints[field.name], value[field.name], field.name)
        elif _default(field) is MISSING:
            raise NotReadable(f"a {kind.__name__} has no “{field.name}”")
    return kind(**found)


def _default(field: Field[Any]) -> object:
    return field.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: object, name: str) -> object:
    origin = get_origin(hint)
    if origin is UnionType:
        if value is None and type(None) in get_args(hint):
            return None
        return _value(next(one for one in get_args(hint) if one is not type(None)), value, name)
    if origin is tuple:
        if not isinstance(value, list):
            raise NotReadable(f"“{name}” is no list")
        return tuple(_value(get_args(hint)[0], one, name) for one in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain(hint, value)
    read = _READERS.get(hint)
    if read is not None:
        found = read(value)
        if found is None:
            raise NotReadable(f"“{name}” is {_shown(value)}, which is no {_KINDS[hint]}")
        return found
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError as error:
            raise NotReadable(f"“{name}” is {_shown(value)}, which is not in its list") from error
    raise TypeError(f"{name}: values of {hint} are not kept in files")


def _float(value: object) -> float | None:
    if isinstance(value, str):
        return _NOT_FINITE.get(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1.7e308:
        return None
    return float(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST else None


def _uid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


_READERS: dict[Any, Any] = {
    str: lambda value: value if isinstance(value, str) else None,
    bool: lambda value: value if isinstance(value, bool) else None,
    int: _whole,
    float: _float,
    UUID: _uid,
    date: _date,
    datetime: moment_of,
}
_KINDS = {
    str: "text", bool: "yes or no", int: "whole number", float: "number", UUID: "uid", date: "date", datetime: "time",
}  # fmt: skip


def _shown(value: object) -> str:
    words = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else type(value).__name__
    return f"“{words[:30]}{'…' if len(words) > 30 else ''}”"
