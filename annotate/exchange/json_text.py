"""JSON from strangers: read strictly, and given up with one sentence.

Why it exists: Python's reader takes "NaN", makes infinity of 1e999, keeps the last of two values of one name without a
word and lets halves of characters through that no database stores.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from annotate.canonical import REPLACEMENT
from annotate.errors import ImportRefused

MOST_BYTES = 512 * 1024 * 1024
_MOST_DIGITS = 30
"""Of a whole number; Python takes quadratic time for thousands."""
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class _Refused(ValueError):
    """What follows the file's name in the sentence."""


def read_json(name: str, data: bytes) -> tuple[Any, int]:
    """What JSON in UTF-8, -16 or -32 holds, and how many halves of characters (lone surrogates) were replaced in it.

    Raises ImportRefused with a sentence naming the file where it is no JSON, nests without end, gives a name twice
    in one object, or holds numbers that are none.
    """
    if len(data) > MOST_BYTES:
        raise ImportRefused(f"{name} is larger than {MOST_BYTES // 2**20} MB, more than can be read as JSON.")
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{name} cannot be read: it is not in UTF-8, as JSON has to be.") from error
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_number,
        )
        return _without_surrogates(value) if _ESCAPED_SURROGATE.search(data) else (value, 0)
    except RecursionError as error:
        raise ImportRefused(f"{name} cannot be read: it is nested deeper than any file of annotations.") from error
    except json.JSONDecodeError as error:
        raise ImportRefused(f"{name} is no JSON: line {error.lineno} cannot be read.") from error
    except _Refused as error:
        raise ImportRefused(f"{name} cannot be read: {error}.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _Refused(f"“{twice[:40]}” is given twice in one object, and which one counts is not known")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise _Refused(f"it holds a number of {len(digits):,} digits")
    return int(digits)


def _number(words: str) -> float:
    number = float(words)
    if not math.isfinite(number):
        raise _Refused(f"{words[:20]} stands in it for a number, and is none")
    return number


def _without_surrogates(value: Any) -> tuple[Any, int]:
    replaced = 0

    def mended(value: Any) -> Any:
        nonlocal replaced
        if isinstance(value, str):
            text, count = _SURROGATE.subn(REPLACEMENT, value)
            replaced += count
            return text
        if isinstance(value, list):
            return [mended(one) for one in value]
        if isinstance(value, dict):
            return {mended(name): mended(held) for name, held in value.items()}
        return value

    return mended(value), replaced
