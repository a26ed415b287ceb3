"""The list of backups as a table: when, how long ago, why, how much each holds; one row a backup, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotate.ages_and_sizes import age_in_words, size_in_words
from annotate.backups import Backup
from annotate.store.comparing import Holdings
from ui.dates import moment_label

Index = QModelIndex | QPersistentModelIndex

HEADINGS = ("Made", "How long ago", "Occasion", "Articles", "Marks", "Size")
_ARTICLES, _MARKS = 3, 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BackupsModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.backups: list[Backup] = []
        self._held: dict[Path, Holdings | str] = {}
        self._now = datetime.now(UTC)

    def show(self, backups: Sequence[Backup]) -> None:
        """Show these; what is known of those shown before is kept."""
        self.beginResetModel()
        self.backups = list(backups)
        self._now = datetime.now(UTC)
        self._held = {path: held for path, held in self._held.items() if path in {each.path for each in backups}}
        self.endResetModel()

    def unread(self) -> list[Path]:
        """Those of which it is not known yet what they hold."""
        return [backup.path for backup in self.backups if backup.path not in self._held]

    def is_damaged(self, path: Path) -> bool:
        """Whether it is known that a backup cannot be read."""
        return isinstance(self._held.get(path), str)

    def take(self, path: Path, held: Holdings | str) -> None:
        """What a backup holds, or in a sentence why it cannot be told."""
        self._held[path] = held
        for row, backup in enumerate(self.backups):
            if backup.path == path:
                self.dataChanged.emit(self.index(row, _ARTICLES), self.index(row, _MARKS))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self.backups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _ARTICLES:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(self.backups[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _ARTICLES:
            return _RIGHT
        return None

    def _words(self, backup: Backup, column: int) -> str:
        held = self._held.get(backup.path)
        counted = ("", "") if held is None else ("damaged", "") if isinstance(held, str) else None
        articles, marks = counted or (f"{held.articles:,}", f"{held.marks:,}")  # type: ignore[union-attr]
        return (
            moment_label(backup.made_at),
            age_in_words(backup.made_at, self._now),
            backup.occasion or "",
            articles,
            marks,
            size_in_words(backup.size),
        )[column]
