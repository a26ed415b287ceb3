"""All annotations of the article or the project as a table: sort by a column, click to jump."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from annotate.amount_format import format_amount
from annotate.model import AnnotationSummary
from annotate.store.changes import Changes
from annotate.store.queries.annotations import OrderKey
from ui.keys import Keys
from ui.later import Later
from ui.panel import PanelHeader
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
    TableColumn("ID", "id", 72),
    TableColumn("Words", "words", 240),
    TableColumn("Attributed to", "attributed_to", 150),
    TableColumn("Amount", "value", 130),
    TableColumn("Grade", "grade", 54),
    TableColumn("Progress", "progress", 86),
    TableColumn("Tags", "tags", 100),
    TableColumn("Article", "article", 190),
)
_WORDS = 1
_LEAST_WORDS = 200
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
            return words if role == Qt.ItemDataRole.DisplayRole or len(words) > 20 else None
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
            return " ".join(line.words.split())
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


class AnnotationView(QTableView):
    """The words take the room that the other columns leave, and never less than can be read."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.give_room_to_words()

    def give_room_to_words(self) -> None:
        head = self.horizontalHeader()
        others = sum(head.sectionSize(number) for number in range(head.count()) if number != _WORDS)
        head.resizeSection(_WORDS, max(_LEAST_WORDS, self.viewport().width() - others))


class AnnotationsPanel(QWidget):
    """The table with its scope; `jumped` asks the window to bring the reader to the selected annotation."""

    jumped = Signal()

    def __init__(self, session: Session, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._header: PanelHeader | None = None
        self._following = False
        self._renamed = False
        self._stale = False
        self._changed: set[int] = set()
        self._lent: int | None = None
        self.catching_up = Later(self._catch_up, self)
        self.model = AnnotationModel(theme, self)
        self.view = AnnotationView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Annotations")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(28)
        head = self.view.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(COLUMNS):
            head.resizeSection(number, column.width)
        head.setMinimumSectionSize(48)
        self.view.setSortingEnabled(True)
        self.scope = QComboBox()
        self.scope.addItems(["this article", "whole project"])
        self.scope.setAccessibleName("Annotations of")
        self.scope.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("kind", "secondary")
        self.empty.setContentsMargins(14, 10, 14, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty)
        column.addWidget(self.view)

        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        self.model.modelReset.connect(self._follow)
        keys.changed.connect(self._count)
        session.project_opened.connect(self._reload)
        session.article_chosen.connect(self._article_chosen)
        session.annotation_selected.connect(self._selected)
        session.filter_changed.connect(self._filter_changed)
        session.project_changed.connect(self._project_changed)

    def put_header(self, header: PanelHeader) -> None:
        """The dock's header shows the count and the scope."""
        self._header = header
        header.add(self.scope)

    def set_theme(self, theme: Theme) -> None:
        self.model.theme = theme
        self.view.viewport().update()

    def chosen_ids(self) -> list[int]:
        """The annotations selected in the table."""
        return [self.model.id_at(index.row()) for index in self.view.selectionModel().selectedRows()]

    def columns_state(self) -> QByteArray:
        return self.view.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        self.view.horizontalHeader().restoreState(state)

    @property
    def _whole_project(self) -> bool:
        return self.scope.currentIndex() == 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catching_up.ask()

    def _reload(self) -> None:
        """Show other annotations, once the article they may belong to is painted."""
        self._stale = True
        self._renamed, self._changed = False, set()
        self.catching_up.ask()
        self.model.clear()
        self.view.setColumnHidden(len(COLUMNS) - 1, not self._whole_project)
        self.view.give_room_to_words()

    def _scope_chosen(self) -> None:
        self._reload()
        self.catching_up.now()

    def _article_chosen(self) -> None:
        if not self._whole_project:
            self._reload()

    def _project_changed(self, changes: Changes) -> None:
        self._renamed |= changes.touches("sources", "tags", "articles")
        self._changed |= changes.annotations
        self._lent = self._session.shown_while_selected
        self.catching_up.ask()

    def _selected(self) -> None:
        """Make the row of the selected annotation current; one that the filter hides has a row while it is selected."""
        lent, self._lent = self._lent, self._session.shown_while_selected
        if lent != self._lent:
            self._changed |= {lent, self._lent} - {None}
            self.catching_up.ask()
        self._follow()

    def _filter_changed(self) -> None:
        self._lent = self._session.shown_while_selected
        self._stale = True
        self.catching_up.ask()

    def _catch_up(self) -> None:
        """Show what changed since; an article or a mark that was just made is painted first."""
        if not self.isVisible():
            return  # nobody looks; what is missed is caught up with when the panel is shown
        self._following = True  # rows that come and go choose nothing
        if self._stale:
            self._load()
        elif self._renamed:
            self.model.forget_lines()
        else:
            self.model.refresh(self._changed)
        self._stale, self._renamed, self._changed = False, False, set()
        self._following = False
        self._follow()

    def _load(self) -> None:
        if self._session.has_project and (self._session.article_id is not None or self._whole_project):
            self.model.show_annotations(self._session, None if self._whole_project else self._session.article_id)
        else:
            self.model.clear()

    def take_focus(self) -> bool:
        """Put the focus on the table, on the selected annotation; on what it lists where it is empty."""
        self.catching_up.now()
        if self.view.isHidden():
            self.scope.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if not self.view.currentIndex().isValid():
            self._following = True  # looking at the table selects no mark
            self.view.selectionModel().setCurrentIndex(
                self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self._following = False
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._session.select(self.model.id_at(index.row()))

    def _clicked(self, index: QModelIndex) -> None:
        self._session.select(self.model.id_at(index.row()))
        self.jumped.emit()

    def _follow(self) -> None:
        """Keep the row of the selected annotation current, without selecting it again."""
        if self.catching_up.due:
            return
        row = self.model.row_of(self._session.annotation_id)
        self._following = True
        if row < 0:
            self.view.selectionModel().clear()
        elif row != self.view.currentIndex().row() or not self.view.selectionModel().isRowSelected(row):
            # The view's own way would heed keys that are held, as Ctrl is in Ctrl+Z.
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), alone)
            self.view.scrollTo(self.model.index(row, 0))
        self._following = False
        self._count()

    def _count(self) -> None:
        if self._header is not None:
            note = "" if self._session.filter.is_open else "filtered"
            self._header.set_count(self.model.rowCount() if self._session.has_project else None, note)
        nothing = self._session.has_project and not self.model.rowCount()
        unmarked = f"Nothing is marked yet. Drag over words in the article and {self._keys.way_to_mark()}."
        unshown = f"The filter shows no marks here. To show all, {self._keys.way('show_all_marks')}."
        self.empty.setText(unmarked if self._session.filter.is_open else unshown)
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
