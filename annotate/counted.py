"""How many of something, in words: "1 mark", "3,000 marks"."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """The number and what is counted; `several` where that is not `one` with an s: "entries", "versions of texts"."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
