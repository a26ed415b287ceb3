"""What an analyst chose for a file, or what it came with, where the file cannot tell it by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a list of articles holds what, counted from 0 or by its heading; None where none does."""

    text: int | str
    title: int | str | None = None
    outlet: int | str | None = None
    author: int | str | None = None
    published: int | str | None = None
    url: int | str | None = None


@dataclass(frozen=True, slots=True)
class Heads:
    """What a list begins with, and the best guess of its columns; no headings where it has none."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: Columns | None
    """None where no column looks like texts."""
    named: bool
    """Whether the headings name the text column; otherwise an analyst should look."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """All None: what the bytes say, and the best guess where they say nothing."""

    encoding: str | None = None
    """Name of a text encoding, for instance windows-1256."""
    columns: Columns | None = None
    charset: str | None = None
    """Encoding that a server declared for what was fetched from it: no choice, and text that is UTF-8 stays UTF-8."""


AS_FOUND = ReadOptions()
"""Nothing chosen."""
