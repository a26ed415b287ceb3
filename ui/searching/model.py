"""The places where words were found, a row each: which article, and the line around them."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from annotate.searching import Hit, Hits
from ui.bylines import byline
from ui.plain_tips import plain_tip
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

HEADINGS = ("Article", "Where it stands")
ARTICLE, LINE = range(2)


class HitRole(IntEnum):
    HIT = Qt.ItemDataRole.UserRole


class HitsModel(QAbstractTableModel):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._hits: tuple[Hit, ...] = ()

    def show(self, found: Hits) -> None:
        """Show other places from the first on."""
        self.beginResetModel()
        self._hits = found.hits
        self.endResetModel()

    def at(self, row: int) -> Hit | None:
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def row_of(self, hit: Hit) -> int:
        """Where the same place stands now, -1 where it was not found again."""
        wanted = hit.article.id, hit.span
        return next((row for row, one in enumerate(self._hits) if (one.article.id, one.span) == wanted), -1)

    # -- Qt's side ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._hits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section] if 0 <= section < len(HEADINGS) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        hit = self.at(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == HitRole.HIT:
            return hit
        if index.column() == ARTICLE:
            return self._of_article(hit, index.row(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.before}{hit.words}{hit.after}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{hit.before}{hit.words}{hit.after}".strip())
        return None

    def _of_article(self, hit: Hit, row: int, role: int) -> object | None:
        """An article is named where its first place stands; a screen reader hears it at each."""
        article = hit.article
        title = " ".join(article.title.split())
        if role == Qt.ItemDataRole.DisplayRole:
            above = self.at(row - 1)
            return "" if above is not None and above.article.id == article.id else title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (title, byline(article)))))
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.theme.secondary)
        return None
