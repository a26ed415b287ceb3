"""The table of what was found: one row an article, read as they are shown; title, outlet, author, date by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from annotate.vocabulary import ArticleType
from ui.dates import published_label
from ui.plain_tips import plain_tip
from ui.review.found import Found
from ui.review.rows import Row, Shown, rows_of
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    heading: str
    width: int
    """In average letters."""
    show: Callable[[Row], str]
    key: Callable[[Row], Any]
    field: str = ""
    """The name in Draft of what can be typed."""


def _of_draft(read: Callable[[Any], str | None]) -> Callable[[Row], str]:
    return lambda row: (read(row.draft) or "") if row.draft is not None else ""


def _place(row: Row) -> str:
    place = row.draft.place_in_file if row.draft is not None else None
    return f"{row.found.name} · {place}" if place else row.found.name


def _column(heading: str, width: int, show: Callable[[Row], str], field: str = "") -> Column:
    return Column(heading, width, show, lambda row: show(row).casefold(), field)


_TITLE = _of_draft(lambda draft: draft.title)
COLUMNS = (
    _column("Title", 38, lambda row: _TITLE(row) or row.found.name, "title"),
    _column("What happens", 22, Row.happens),
    _column("Outlet", 16, _of_draft(lambda draft: draft.outlet), "outlet"),
    Column(
        "Published",
        13,
        _of_draft(lambda draft: published_label(draft.published)),
        lambda row: str(row.draft.published.on or "") if row.draft is not None else "",
        "published",
    ),
    _column("Author", 16, _of_draft(lambda draft: draft.author), "author"),
    Column("Words", 7, lambda row: f"{row.words:,}" if row.prospect is not None else "", lambda row: row.words),
    _column("File", 24, _place),
)
HAPPENS = 1


class ReviewModel(QAbstractTableModel):
    """Rows that match a filter, in the order of a column; all others are kept."""

    decided = Signal()
    """A tick or a correction changed what will happen."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.is_corrected = False
        """Whether a person has ticked, corrected or chosen anything."""
        self._shown: list[Row] = []
        self._theme = theme
        self._words = ""
        self._which = Shown.ALL
        self._sort: tuple[int, bool] | None = None
        self._guessed = QFont()
        self._guessed.setItalic(True)

    # -- what is there -----------------------------------------------------------------------------------------------

    def add(self, found: Iterable[Found]) -> None:
        """Further files, at the end; what came inside a mail stands behind it."""
        outside: list[Row] = []
        for one in found:
            rows = rows_of(one)
            if one.within:
                self._insert(rows, self._behind(self.rows, one), self._behind(self._shown, one))
            else:
                outside += rows
        self._insert(outside, len(self.rows), len(self._shown))

    def _insert(self, rows: Sequence[Row], place: int, shown_place: int) -> None:
        self.rows[place:place] = rows
        shown = [row for row in rows if self._matches(row)]
        if shown:
            self.beginInsertRows(QModelIndex(), shown_place, shown_place + len(shown) - 1)
            self._shown[shown_place:shown_place] = shown
            self.endInsertRows()

    @staticmethod
    def _behind(rows: Sequence[Row], found: Found) -> int:
        """The place behind the mail that a file came in, and behind what came in it before."""
        family = (number for number in range(len(rows) - 1, -1, -1) if rows[number].found.is_beside(found))
        return next(family, len(rows) - 1) + 1

    def replace(self, old: Found, new: Sequence[Found]) -> None:
        """A file read again takes the place of what it was before, and of what came inside it."""
        place = next((at for at, row in enumerate(self.rows) if row.found is old), len(self.rows))
        self.beginResetModel()
        kept = [row for row in self.rows if row.found is not old]
        self.rows = [*kept[:place], *(row for one in new for row in rows_of(one)), *kept[place:]]
        self._choose()
        self.endResetModel()
        self.decided.emit()

    def filter(self, words: str, which: Shown) -> None:
        self.beginResetModel()
        self._words, self._which = words.casefold(), which
        self._choose()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._choose()
        self.endResetModel()

    def count(self, which: Shown) -> int:
        return sum(row.is_in(which) for row in self.rows)

    def row_at(self, number: int) -> Row:
        return self._shown[number]

    def number_of(self, row: Row) -> int:
        """Where a row is shown, -1 where it is not."""
        return next((number for number, shown in enumerate(self._shown) if shown is row), -1)

    def numbers_of(self, rows: Iterable[Row]) -> list[int]:
        """Where those of some rows are shown that are, from top to bottom; looked for all at once."""
        wanted = set(rows)
        return [number for number, shown in enumerate(self._shown) if shown in wanted]

    # -- what is decided ---------------------------------------------------------------------------------------------

    def tick(self, rows: Sequence[Row], ticked: bool) -> None:
        for row in rows:
            row.ticked = ticked and row.prospect is not None
        self._tell()

    def take_as_version(self, rows: Sequence[Row], is_version: bool) -> None:
        for row in rows:
            row.is_version = is_version
        self._tell()

    def correct(self, rows: Sequence[Row], field: str, words: str) -> None:
        """Set a field of several articles by its name in Draft."""
        for row in rows:
            row.correct(field, words)
        self._tell()

    def set_type(self, rows: Sequence[Row], type_: ArticleType) -> None:
        for row in rows:
            if row.draft is not None:
                row.draft = replace(row.draft, type=type_)
        self._tell()

    def _tell(self) -> None:
        self.is_corrected = True
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))
        self.decided.emit()

    # -- Qt's side ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(section))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self._shown[index.row()].prospect is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else Qt.ItemFlag.NoItemFlags
            flags |= Qt.ItemFlag.ItemIsEditable if COLUMNS[index.column()].field else Qt.ItemFlag.NoItemFlags
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(column.show(row)[:300].split())
        if role == Qt.ItemDataRole.EditRole:
            return _typed(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and row.prospect is not None:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tip(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(index.column()))
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row, index.column())
        if role == Qt.ItemDataRole.FontRole and column.field == "title" and row.draft is not None:
            return None if row.draft.title_confirmed else self._guessed
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            tick = "cannot be read" if row.prospect is None else "ticked" if row.ticked else "not ticked"
            return f"{column.show(row)}, {tick}, {row.happens()}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        if row.prospect is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            self.tick([row], Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and column.field:
            if str(value) != _typed(row, column):
                self.correct([row], column.field, str(value))
            return True
        return False

    def _ink(self, row: Row, column: int) -> QColor | None:
        if row.prospect is None or (column == HAPPENS and row.wants_look()):
            return QColor(self._theme.warning)
        if not row.ticked or column == len(COLUMNS) - 1:
            return QColor(self._theme.secondary)
        return None

    def _choose(self) -> None:
        self._shown = [row for row in self.rows if self._matches(row)]
        if self._sort is not None:
            self._shown.sort(key=COLUMNS[self._sort[0]].key, reverse=self._sort[1])

    def _matches(self, row: Row) -> bool:
        return row.is_in(self._which) and all(word in row.searched for word in self._words.split())


def _typed(row: Row, column: Column) -> str:
    """What stands in a cell while it is typed in: of a date the words as written."""
    if column.field == "published" and row.draft is not None and row.draft.published.words:
        return row.draft.published.words
    return column.show(row)


def _tip(row: Row, column: Column) -> str:
    """A cell whole, and what is to be said of it."""
    said = [column.show(row)[:600]]
    if column.field == "title" and row.draft is not None and not row.draft.title_confirmed:
        said.append("(title guessed, not confirmed)")
    return "\n".join([*said, *(row.told() if column is COLUMNS[HAPPENS] else ())]).strip()


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].heading == "Words" else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
