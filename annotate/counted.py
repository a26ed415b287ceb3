"""How many of something, in words: "1 mark", "3,000 marks"."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """The number and what is counted; `several` where that is not `one` with an s: "entries", "steps of history"."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def counted_records(number: int, records: str) -> str:
    """The same by the plural that lists of numbers have: "articles", "mentions of sources"."""
    first, *rest = records.split(" ")
    one = f"{first[:-3]}y" if first.endswith("ies") else first.removesuffix("s")
    return counted(number, " ".join([one, *rest]), records)
