"""What an analyst chose for a file that cannot tell it by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a list of articles holds what, counted from 0; None where none does."""

    text: int
    title: int | None = None
    outlet: int | None = None
    author: int | None = None
    published: int | None = None
    url: int | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """All None: what the bytes say, and the best guess where they say nothing."""

    encoding: str | None = None
    """Name of a text encoding, for instance windows-1256."""
    columns: Columns | None = None


AS_FOUND = ReadOptions()
"""Nothing chosen."""
