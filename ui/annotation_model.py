"""The lines of the annotations table: which annotations, in which order, and what stands in each column.

The order is kept while annotations come, change and go, without reading all of them again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QWidget

from annotate.amount_format import format_amount
from annotate.store.queries.annotations import OrderKey
from annotate.summaries import AnnotationSummary
from ui.plain_tips import plain_tip
from ui.session import Session
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TableColumn:
    """A column: what it is called, by what it sorts (queries.annotations.SORTS), how wide it starts."""

    heading: str
    sort: str
    width: int


COLUMNS = (
    TableColumn("ID", "id", 66),
    TableColumn("Words", "words", 240),
    TableColumn("Attributed to", "attributed_to", 140),
    TableColumn("Amount", "value", 120),
    TableColumn("Grade", "grade", 58),
    TableColumn("Progress", "progress", 84),
    TableColumn("Tags", "tags", 90),
    TableColumn("Article", "article", 190),
)
WORDS, AMOUNT = 1, 3
_AT_ONCE = 64
_ONE_BY_ONE = 16
"""Changed annotations whose rows are moved one by one; for more the order of all is read again."""
_PROBES = 32


class AnnotationModel(QAbstractTableModel):
    """Ids in order; lines are fetched a few dozen at a time when they come into view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._session: Session | None = None
        self._article_id: int | None = None
        self._ids: list[int] = []
        self._lines: dict[int, AnnotationSummary | None] = {}
        self._sort, self._descending = "place", False

    def show_annotations(self, session: Session, article_id: int | None) -> None:
        """Those of an article, or with None of the whole project."""
        self._session, self._article_id = session, article_id
        self._load()

    def clear(self) -> None:
        self._session = None
        self._load()

    def refresh(self, annotation_ids: Collection[int]) -> None:
        """Annotations changed, came or went."""
        if self._session is None:
            return
        for annotation_id in annotation_ids:
            self._lines.pop(annotation_id, None)
        if len(annotation_ids) > _ONE_BY_ONE:
            self._load_anew()
            return
        shown = self._query(among=annotation_ids)
        self._take_out(set(annotation_ids), set(shown))
        for annotation_id in shown:
            row = self.row_of(annotation_id)
            if row < 0:
                row = self._row_for(annotation_id)
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, annotation_id)
                self.endInsertRows()
            else:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _load_anew(self) -> None:
        ids = self._query()
        if ids == self._ids:
            self._tell_all()
        else:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()

    def _take_out(self, changed: set[int], shown: set[int]) -> None:
        """Removes the rows of changed annotations that are not shown any more or do not stand in order."""
        rows = [row for row in map(self.row_of, changed) if row >= 0]
        while out := [row for row in rows if self._ids[row] not in shown or not self._in_order(row)]:
            for row in sorted(out, reverse=True):
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._ids[row]
                self.endRemoveRows()
            rows = [row for row in map(self.row_of, changed) if row >= 0]  # their neighbours may have been such, too

    def _in_order(self, row: int) -> bool:
        """Whether a row stands after the one before it and before the one after it."""
        near = self._ids[max(0, row - 1) : row + 2]
        found = self._keys(near)
        keys = [found[i] for i in near if i in found]
        return all(one.precedes(next_, descending=self._descending) for one, next_ in pairwise(keys))

    def _row_for(self, annotation_id: int) -> int:
        """Where an annotation belongs that is not in the list: few questions, each for rows evenly apart."""
        key = self._keys([annotation_id])[annotation_id]
        low, high = 0, len(self._ids)
        while low < high:
            rows = range(low, high, max(1, (high - low) // _PROBES))
            keys = self._keys([self._ids[row] for row in rows])
            before = bisect_left(
                rows, True, key=lambda row: not keys[self._ids[row]].precedes(key, descending=self._descending)
            )
            if before < len(rows):
                high = rows[before]
            if before:
                low = rows[before - 1] + 1
        return low

    def _keys(self, annotation_ids: Collection[int]) -> dict[int, OrderKey]:
        assert self._session is not None
        return self._session.read.order_keys(annotation_ids, sort=self._sort)

    def forget_lines(self) -> None:
        """Names that lines show (of sources, tags, articles) have changed."""
        self._lines.clear()
        if self._session is not None:
            self._load_anew()

    def _tell_all(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def row_of(self, annotation_id: int | None) -> int:
        """The row of an annotation, or -1."""
        # Searched for: a dictionary of 100,000 rows would have to be made again whenever one comes or goes.
        return -1 if annotation_id not in self._ids else self._ids.index(annotation_id)

    def id_at(self, row: int) -> int:
        return self._ids[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].heading
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._line(index.row())
        if line is None:
            return None
        column = COLUMNS[index.column()].sort
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = _cell(line, column)
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            return plain_tip(words) if len(words) > 20 else None
        if role == Qt.ItemDataRole.ForegroundRole and column == "id":
            return QBrush(QColor(self.theme.ink(line.kind)))
        if role == Qt.ItemDataRole.FontRole and column == "id":
            font = QFont()
            font.setBold(True)
            return font
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = COLUMNS[column].sort if column >= 0 else "place"
        self._descending = order == Qt.SortOrder.DescendingOrder and column >= 0
        self._load()

    def _load(self) -> None:
        self.beginResetModel()
        self._lines.clear()
        self._ids = [] if self._session is None else self._query()
        self.endResetModel()

    def _query(self, among: Collection[int] | None = None) -> list[int]:
        assert self._session is not None
        return self._session.read.annotation_ids(
            self._article_id, sort=self._sort, descending=self._descending, among=among, shown=self._session.shown
        )

    def _line(self, row: int) -> AnnotationSummary | None:
        annotation_id = self._ids[row]
        if annotation_id not in self._lines and self._session is not None:
            wanted = [i for i in self._ids[row : row + _AT_ONCE] if i not in self._lines]
            self._lines.update(dict.fromkeys(wanted))  # one that was just removed is not looked for again
            self._lines.update({line.id: line for line in self._session.read.summaries(wanted)})
        return self._lines.get(annotation_id)


def _cell(line: AnnotationSummary, column: str) -> str:
    match column:
        case "id":
            return line.label
        case "words":
            words = " ".join(line.words.split())
            return words if line.placed else f"[not placed] {words}"
        case "attributed_to":
            return line.attributed_to
        case "value":
            return "" if line.figure is None else format_amount(line.figure)
        case "grade":
            return line.grade
        case "progress":
            if line.finding is not None:
                return line.finding.label
            return line.progress.label if line.progress is not None else ""
        case "tags":
            return ", ".join(line.tags)
        case _:
            return line.article
