"""Which way words run, so that what is painted around them stands on the right side."""

from __future__ import annotations

from unicodedata import bidirectional

_STRONG = {"L": False, "R": True, "AL": True}
_LOOKED_AT = 500
"""Code points; a text whose first letters have no direction so long has none that matters."""


def begins_right_to_left(words: str) -> bool:
    """By the first letter that has a direction of its own, as the Unicode bidirectional algorithm has it."""
    kinds = map(bidirectional, words[:_LOOKED_AT])
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)
