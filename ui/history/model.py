"""The lines of history under the days on which they happened, newest first; earlier ones are read as they are scrolled
to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from annotate.field_labels import day_words
from annotate.timeline import Happened, Timeline
from ui.plain_tips import plain_tip
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Line = Happened | date
"""A day stands above what happened on it."""

HEADINGS = ("Time", "Who", "What", "What changed")
TIME, WHO, WHAT, CHANGED = range(4)
NOBODY = "(no name)"
_LONGEST_TIP = 600
FIRST = 50
"""Lines that are read to begin with: more than are seen at once, and no more than that, so that nobody waits."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class HistoryModel(QAbstractTableModel):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._timeline: Timeline | None = None
        self._lines: list[Line] = []
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    # -- what is there -----------------------------------------------------------------------------------------------

    def show(self, timeline: Timeline | None, least: int = 0) -> None:
        """Show another history, or the same one after a change; `least` lines of it, where there are as many."""
        self.beginResetModel()
        self._timeline = timeline
        self._lines = []
        if timeline is not None:
            self._lines = self._under_days(timeline.more(max(least, FIRST)))
        self.endResetModel()

    def at(self, number: int) -> Line | None:
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def number_of(self, key: tuple[str, int]) -> int:
        """Where a line stands, -1 where it is not shown."""
        found = (n for n, line in enumerate(self._lines) if isinstance(line, Happened) and line.key == key)
        return next(found, -1)

    def first(self) -> int:
        """The row of the newest line, -1 without any."""
        return 1 if self._lines else -1

    def days(self, start: int = 0) -> list[int]:
        """The rows that are days, from one on."""
        return [n for n in range(start, len(self._lines)) if isinstance(self._lines[n], date)]

    # -- Qt's side ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._timeline is not None and not self._timeline.is_at_the_beginning

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._timeline is None:
            return
        more = self._under_days(self._timeline.more())
        if more:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(more) - 1)
            self._lines += more
            self.endInsertRows()

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
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self._lines[index.row()], Happened):
            flags |= Qt.ItemFlag.ItemIsSelectable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        line = self.at(index.row()) if index.isValid() else None
        if isinstance(line, date):
            return self._of_day(line, index.column(), role)
        return None if line is None else self._of_line(line, index.column(), role)

    def _of_day(self, day: date, column: int, role: int) -> object | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_DAYS[day.weekday()]}, {day_words(day)}" if column == TIME else ""
        if role == Qt.ItemDataRole.FontRole:
            return self._bold
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(self.theme.ground)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.theme.secondary)
        return None

    def _of_line(self, line: Happened, column: int, role: int) -> object | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, column)
        if role == Qt.ItemDataRole.FontRole and column == WHAT and line.is_taken_back:
            return self._struck
        if role == Qt.ItemDataRole.ForegroundRole and (column != WHAT or line.is_taken_back):
            return QColor(self.theme.secondary)
        if role == Qt.ItemDataRole.ToolTipRole and column in (WHAT, CHANGED):
            undone = "\n(undone)" if line.is_taken_back else ""
            return plain_tip(
                "\n".join(filter(None, (f"{line.what[:_LONGEST_TIP]}{undone}", *line.summary.split(" · "))))
            )
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TIME:
            undone = "undone" if line.is_taken_back else ""
            return ", ".join(filter(None, (_clock(line.made_at), line.analyst, line.what, undone, line.summary)))
        return None

    @staticmethod
    def _words(line: Happened, column: int) -> str:
        if column == TIME:
            return _clock(line.made_at)
        if column == WHO:
            return line.analyst or NOBODY
        if column == WHAT:
            return line.what
        return line.summary or (f"{line.changes:,} changes" if line.changes > 1 else "")

    def _under_days(self, happened: Sequence[Happened]) -> list[Line]:
        """With a day before the first line of each; the newest lines that are shown already have theirs."""
        made: list[Line] = []
        last = next((line for line in reversed(self._lines) if isinstance(line, Happened)), None)
        day = None if last is None else last.made_at.astimezone().date()
        for line in happened:
            if line.made_at.astimezone().date() != day:
                day = line.made_at.astimezone().date()
                made.append(day)
            made.append(line)
        return made


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
