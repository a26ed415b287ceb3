"""The table of a workbook's changes: a heading line for each record, and below it a line for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from annotate.counted import counted
from annotate.exchange.readback.diff import What
from ui.plain_tips import plain_tip
from ui.readback.lines import Group, Line, Shown, lines_of
from ui.readback.words import EMPTY, GONE, Piece, on_one_line, pieces, read_out
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Shownable = Group | Line

HEADINGS = ("Record and column", "In the project", "In the workbook", "What happens")
LABEL, OLD, NEW, HAPPENS = range(4)
PIECES = Qt.ItemDataRole.UserRole + 1
"""The words of a cell in pieces, for painting."""
_LONGEST_TIP = 600


class ReadbackModel(QAbstractTableModel):
    """Groups that hold a change which matches the filter, with the changes that do; all others are kept."""

    decided = Signal()
    """A tick changed what will happen."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: list[Group] = []
        self.is_decided = False
        """Whether a person has ticked anything."""
        self._lines: list[Line] = []
        self._shown: list[Shownable] = []
        self._theme = theme
        self._words = ""
        self._which = Shown.ALL
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    # -- what is there -----------------------------------------------------------------------------------------------

    def fill(self, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self.groups = list(groups)
        self._lines = lines_of(groups)
        self._choose()
        self.endResetModel()
        self.decided.emit()

    def filter(self, words: str, which: Shown) -> None:
        self.beginResetModel()
        self._words, self._which = words.casefold(), which
        self._choose()
        self.endResetModel()

    def count(self, which: Shown) -> int:
        return len(self._lines) if which is Shown.ALL else sum(line.shown is which for line in self._lines)

    def at(self, number: int) -> Shownable:
        """What stands in a row of the table."""
        return self._shown[number]

    def number_of(self, shown: Shownable) -> int:
        """Where something is shown, -1 where it is not."""
        return next((number for number, one in enumerate(self._shown) if one is shown), -1)

    def headings(self) -> list[int]:
        """The rows that are headings of records."""
        return [number for number, shown in enumerate(self._shown) if isinstance(shown, Group)]

    def shown_lines(self) -> list[Line]:
        return [shown for shown in self._shown if isinstance(shown, Line)]

    # -- what is decided ---------------------------------------------------------------------------------------------

    def lines_in(self, shown: Iterable[Shownable]) -> list[Line]:
        """The changes that can go in among what is chosen; a heading stands for those of its record that are shown."""
        chosen: dict[Line, None] = {}
        for one in shown:
            lines = [line for line in one.lines if self._matches(line)] if isinstance(one, Group) else [one]
            chosen |= dict.fromkeys(line for line in lines if line.can_go_in)
        return list(chosen)

    def tick(self, lines: Iterable[Line], ticked: bool) -> None:
        for line in lines:
            line.ticked = ticked and line.can_go_in
        self.is_decided = True
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(HEADINGS) - 1))
        self.decided.emit()

    def toggle(self, shown: Sequence[Shownable]) -> None:
        """Take what is chosen, or leave it where all of it was to go in."""
        lines = self.lines_in(shown)
        if lines:
            self.tick(lines, not all(line.ticked for line in lines))

    # -- Qt's side ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == LABEL and self._check_state(self._shown[index.row()]) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        if not index.isValid():
            return None
        shown, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(shown) if column == LABEL else None
        if isinstance(shown, Group):
            return self._of_group(shown, column, role)
        return self._of_line(shown, column, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or index.column() != LABEL:
            return False
        lines = self.lines_in([self._shown[index.row()]])
        if not lines:
            return False
        self.tick(lines, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _of_group(self, group: Group, column: int, role: int) -> object | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return {LABEL: group.name, OLD: _short(group.words), HAPPENS: group.place}.get(column, "")
        if role == Qt.ItemDataRole.FontRole and column == LABEL:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and column != LABEL:
            return QColor(self._theme.secondary)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(self._theme.ground)
        if role == Qt.ItemDataRole.ToolTipRole and column == OLD:
            return plain_tip(group.words[:_LONGEST_TIP])
        if role == Qt.ItemDataRole.AccessibleTextRole and column == LABEL:
            number = len(group.lines)
            return f"{group.name}, {_short(group.words)}, {group.place}, {counted(number, 'change')}"
        return None

    def _of_line(self, line: Line, column: int, role: int) -> object | None:
        change = line.change
        if role == Qt.ItemDataRole.DisplayRole:
            values = {LABEL: line.label(), OLD: change.now, NEW: change.workbook, HAPPENS: line.happens()}
            return _short(values[column])
        if role == PIECES and column in (OLD, NEW):
            return on_one_line(cell_pieces(line)[column - OLD])
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = {LABEL: line.label(), OLD: change.now, NEW: change.workbook, HAPPENS: line.happens()}[column]
            return plain_tip(whole[:_LONGEST_TIP])
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read_out(line, column)
        return None

    def _read_out(self, line: Line, column: int) -> str:
        old, new = read_out(line.change.now, line.change.workbook)
        if column == LABEL:
            ticked = "ticked" if line.ticked else "not ticked" if line.can_go_in else "cannot go in"
            return f"{line.label()}, {ticked}, from {old} to {new}, {line.happens()}"
        return {OLD: old, NEW: new, HAPPENS: line.happens()}[column]

    def _ink(self, line: Line, column: int) -> QColor | None:
        if column == HAPPENS and line.change.what in (What.CONFLICT, What.NOT_ALLOWED):
            return QColor(self._theme.warning)
        if column == HAPPENS and line.change.what is What.DELETED and line.ticked:
            return QColor(self._theme.warning)
        if column == HAPPENS or not line.can_go_in:
            return QColor(self._theme.secondary)
        return None

    def _check_state(self, shown: Shownable) -> Qt.CheckState | None:
        """None where nothing of it can go in."""
        if isinstance(shown, Line):
            if not shown.can_go_in:
                return None
            return Qt.CheckState.Checked if shown.ticked else Qt.CheckState.Unchecked
        ticked = [line.ticked for line in shown.lines if line.can_go_in]
        if not ticked:
            return None
        if all(ticked):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if any(ticked) else Qt.CheckState.Unchecked

    def _choose(self) -> None:
        self._shown = []
        for group in self.groups:
            lines = [line for line in group.lines if self._matches(line)]
            if lines:
                self._shown += [group, *lines]

    def _matches(self, line: Line) -> bool:
        if self._which is not Shown.ALL and line.shown is not self._which:
            return False
        if not self._words:
            return True
        change, group = line.change, line.group
        searched = f"{group.name}\n{group.words}\n{change.column}\n{change.now}\n{change.workbook}".casefold()
        return all(word in searched for word in self._words.split())


def cell_pieces(line: Line) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The old and the new words of a change; for an empty cell the word that says so."""
    old, new = pieces(line.change.now, line.change.workbook)
    if line.change.what is What.NEW:
        return (), (Piece(line.change.workbook, is_changed=True),)
    nothing = GONE if line.change.what is What.DELETED else EMPTY
    return old or (Piece(EMPTY),), new or (Piece(nothing),)


def _short(words: str) -> str:
    return " ".join(words[:300].split())
