"""How SQLite writes a row down: numbers of variable length, and values of any kind one after the other.

Why it exists: see pages.py. The format is that of https://www.sqlite.org/fileformat2.html#record_format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

_BYTES_OF = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_REAL, _ZERO, _ONE = 7, 8, 9
_LOWEST_LONG = 12
_MOST_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A value of which only the beginning, or nothing, is there."""

    part: Any


def varint(data: bytes, offset: int) -> tuple[int, int]:
    """A number and where it ends. Raises IndexError where the bytes end before it does."""
    value = 0
    for _ in range(8):
        byte = data[offset]
        offset += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset
    value = value << 8 | data[offset]
    return value - (1 << 64) if value >> 63 else value, offset + 1


def decoded(payload: bytes) -> list[Any]:
    """The values of a row: None, int, float, str, bytes, or Cut. Raises ValueError or IndexError for what is none."""
    length, offset = varint(payload, 0)
    if not 0 < length <= len(payload):
        raise ValueError("no row begins like this")
    kinds: list[int] = []
    while offset < length:
        kind, offset = varint(payload, offset)
        if kind < 0 or kind in (10, 11) or len(kinds) > _MOST_COLUMNS:
            raise ValueError("no value is of this kind")
        kinds.append(kind)
    values = []
    for kind in kinds:
        size = _BYTES_OF[kind] if kind < _LOWEST_LONG else (kind - _LOWEST_LONG) // 2
        values.append(_value(kind, payload[offset : offset + size], size))
        offset += size
    return values


def _value(kind: int, data: bytes, size: int) -> Any:
    if kind == 0:
        return None
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    if kind >= _LOWEST_LONG:
        value = data.decode("utf-8", "surrogateescape") if kind % 2 else data
        return value if len(data) == size else Cut(value)
    if len(data) < size:
        return Cut(None)
    return struct.unpack(">d", data)[0] if kind == _REAL else int.from_bytes(data, "big", signed=True)
