"""Backups of a project that still hold what is erased: which these are, and a new one in their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from annotate.backups import Occasion, backups_folder, backups_of, make_backup
from annotate.store.peeking import holds_any
from annotate.store.replacing import remove_for_good


def present_backups(path: Path) -> list[Path]:
    """The backups of a project, the newest first."""
    return [backup.path for backup in backups_of(path)]


def backups_holding(path: Path, rows: Sequence[tuple[str, UUID]], *, asked: Collection[Path] = ()) -> list[Path]:
    """Backups in which one of the rows is, or was; also those that cannot be read, of which nobody knows. Those that
    were `asked` already are left out."""
    return [backup for backup in present_backups(path) if backup not in asked and holds_any(backup, rows)]


def copies_holding(path: Path, rows: Sequence[tuple[str, UUID]]) -> list[Path]:
    """Other projects beside this one in which one of the rows is, or was: what was set aside, copied or renamed."""
    others = sorted(other for other in path.parent.glob(f"*{path.suffix}") if other.name != path.name)
    return [other for other in others if not other.name.startswith(".") and holds_any(other, rows, unknown=False)]


def remove_begun(path: Path) -> None:
    """Remove for good what backups have left that were never finished; whoever calls makes none at the moment."""
    for left in backups_folder(path).glob(".*.part*"):
        with suppress(OSError):
            remove_for_good(left)


def new_backup(path: Path) -> Path:
    """A verified backup of the project as it is now. Raises BackupFailed."""
    return make_backup(path, Occasion.ERASING).backup.path
