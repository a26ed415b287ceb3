"""What an analyst wants erased, and what of the project that means: shown before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from annotate.erasing.names import Standing
from annotate.report.protected_names import ProtectedNames

OUT_OF_REACH = (
    "workbooks, documents and other files that were exported or handed on",
    "copies of the project elsewhere: other folders, sticks, mails, colleagues",
    "snapshots and copies that the system or a sync service makes of the folder",
    "blocks that a flash disk has put aside (SSD wear), which only the disk itself can clear",
)
"""What no program that erases from a project can erase."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to erase. Articles and a source may go together."""

    article_ids: tuple[int, ...] = ()
    source_id: int | None = None
    register: bool = True
    """Also sources and events of the register that nothing else names."""
    shared_files: bool = False
    """Also the bytes of imported files that other articles came from, too; those articles stay."""
    quotes: bool = True
    """Of a source: also marks in articles that stay in whose words its name stands."""
    parts: bool = True
    """Of a person: also parts of the name alone, "Doe"."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    name: str
    others: tuple[str, ...]
    """IDs of articles that stay and came from it, too."""


@dataclass(frozen=True, slots=True)
class Named:
    """An article that stays and names the source in its text."""

    article_id: int
    label: str
    title: str
    count: int
    words: str
    """Around the first place."""


@dataclass(frozen=True)
class Plan:
    """What would go, in the words and numbers of the project as it is now."""

    wish: Wish
    name: str
    """The title or the source's name; "3 articles" of several."""
    label: str
    """A-0003, SRC-014; empty of several."""
    answers: tuple[str, ...]
    """What an analyst may type to say that it is meant; the first is asked for."""
    counts: tuple[tuple[str, int], ...]
    """What goes, in the plural, and how much of it: ("claims", 12)."""
    register: tuple[str, ...]
    """Names of entries that nothing else uses; they go if `wish.register`."""
    files: tuple[str, ...]
    """Names of imported files whose bytes go."""
    shared_files: tuple[SharedFile, ...]
    """Imported files that hold what goes and other articles, too; their bytes go if `wish.shared_files`."""
    same_text: tuple[str, ...]
    """IDs and titles of other articles that have exactly the same text and stay."""
    named_in: tuple[Named, ...]
    """Articles that stay in whose text the source's name stands."""
    quotes: tuple[Standing, ...]
    """Marks in articles that stay in whose words it stands."""
    records: tuple[Standing, ...]
    """Words of records in which it stands; "[erased]" will stand there."""
    untouched: tuple[Standing, ...]
    """The same of what is left as it is: analysts' names, the name of the project's file."""
    uids: tuple[tuple[str, UUID], ...]
    """Tables and uids of rows by which a backup is known to hold it."""
    backups: tuple[Path, ...]
    """Those that hold it."""
    copies: tuple[Path, ...]
    """Other projects in the same folder that hold it; they stay."""
    service: str
    """Which keeps the project's folder in step with other computers; empty where none does."""
    exports: tuple[str, ...]
    """Names of what was exported while it was there."""
    gone: Mapping[str, set[int]]
    """Rows by table, present or only remembered by the journal."""
    names: tuple[str, ...]
    """Every title and name that what goes ever had."""
    titles: tuple[str, ...]
    """Of them, those of articles."""
    search: ProtectedNames | None
    """Finds the source's names."""
