"""Backups of a project as they lie in their folder, and how a file is damaged."""

import os
from datetime import UTC, datetime
from pathlib import Path

from annotate.backups import backups_folder

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def in_folder(project: Path) -> list[str]:
    return sorted(path.name for path in backups_folder(project).iterdir())


def scramble(path: Path) -> None:
    """Overwrite pages in the middle of a database."""
    data = bytearray(path.read_bytes())
    data[4096:40_960] = os.urandom(36_864)
    path.write_bytes(data)
