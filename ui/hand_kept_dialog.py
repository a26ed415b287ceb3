"""What the columns of a claims list hold: a choice above each column, its first rows, and what would come of it.

Quotes are looked for again, in a thread, whenever a choice changes; what is shown as found is what goes in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotate.counted import counted
from annotate.errors import AnnotateError
from annotate.exchange.hand_kept import HandKeptSheet, ListColumns, Role, guess
from ui.columns_dialog import cell_label
from ui.dialog_frame import column_of, size_of
from ui.jobs import Job
from ui.style import restyle

if TYPE_CHECKING:
    from annotate.commands.hand_kept import ListPlan

INTO_THE_NOTE = "– into the note"
_MOST_COLUMNS = 60
"""That are shown; further ones go into the note."""
_ROWS_SHOWN = 12
_GUESSED_FROM = 100
"""Rows."""
_WIDTH, _WIDE, _WIDEST = 150, 260, 520
"""Of a column, of one with long cells, and of one with longer cells where others leave room for it."""
_ROOM = 1_020
"""For all columns beside each other, before any is scrolled away."""
_LONG = 300
"""Code points of a cell that are measured."""
_GAP = 14
_AFTER_MS = 250
"""Arrow keys pass every choice on their way."""

_ROLES = {role.value: role for role in Role}

Look = Callable[[Job, ListColumns], "ListPlan | None"]
"""Looks for the quotes of the list as its columns are chosen, in a job's thread."""


class HandKeptDialog(QDialog):
    """`plan` is what goes in, once the dialog was accepted; that cannot be before it was looked through."""

    encoding_asked = Signal()

    def __init__(self, sheet: HandKeptSheet, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Take in a claims list")
        self.sheet = sheet
        self.plan: ListPlan | None = None
        self.choices: list[QComboBox] = []
        """One for each column that is shown, in their order."""
        self._look = look
        self._job: Job | None = None
        self._cells: list[list[QLabel]] = []
        self._looking = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._looking.timeout.connect(self._start)
        self._guess = guess(sheet.headings, [row.cells for row in sheet.rows[:_GUESSED_FROM]])
        self._build()
        self._connect()
        size_of(self, 1080, 560)
        self._chosen()
        first = next((c for c in self.choices if _role(c) is Role.CLAIM), self.choices[0])
        first.setFocus()
        QTimer.singleShot(0, lambda: self._scrolled.ensureWidgetVisible(first))

    def columns(self) -> ListColumns:
        """What was chosen."""
        roles = [_role(choice) for choice in self.choices]
        return ListColumns((*roles, *[None] * (self.sheet.width - len(roles))))

    def stop(self) -> None:
        """Give up looking; nothing that is found later is shown."""
        self._looking.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        said = QLabel(f"What do the columns of {self.sheet.name} hold?", textFormat=Qt.TextFormat.PlainText)
        said.setProperty("kind", "title")
        about = QLabel(
            "Quotes are looked for in the articles and marked there. What stands nowhere becomes a claim without a "
            "place, and no cell is lost: columns without a use of their own go into the note.",
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        about.setProperty("kind", "secondary")
        self.told = QLabel("\n".join(self.sheet.said), textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.told.setProperty("kind", "warning")
        self.told.setVisible(bool(self.sheet.said))
        self._scrolled = QScrollArea(widgetResizable=True, focusPolicy=Qt.FocusPolicy.NoFocus)
        self._scrolled.setAccessibleName("First rows of the list")
        self._scrolled.setWidget(self._table())
        self.counts = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.counts.setAccessibleName("What would come of it")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Looking for the quotes")
        self.encoding_button = QPushButton("Encoding…", toolTip="Where letters are wrong: how the file is encoded")
        self.encoding_button.setVisible(bool(self.sheet.encoding_guessed))
        self.cancel_button = QPushButton("Cancel")
        self.take_button = QPushButton("Take in", toolTip="Ctrl+Enter")
        self.take_button.setProperty("kind", "primary")
        for button in (self.encoding_button, self.cancel_button, self.take_button):
            button.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.counts)
        words.addWidget(self.bar)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addLayout(words, 1)
        for button in (self.encoding_button, self.take_button, self.cancel_button):
            bottom.addWidget(button)
        column = column_of(self)
        for widget in (said, about, self.told):
            column.addWidget(widget)
        column.addWidget(self._scrolled, 1)
        column.addLayout(bottom)

    def _table(self) -> QWidget:
        """A grid and no item view: choices are reached with Tab, and come into view when they are."""
        table = QWidget()
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(6)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        rows = self.sheet.rows[:_ROWS_SHOWN]
        number = min(self.sheet.width, _MOST_COLUMNS)
        metrics = QFontMetrics(self.font())
        widths = _widths(
            [
                max((metrics.horizontalAdvance(" ".join(row.cells[column][:_LONG].split())) for row in rows), default=0)
                for column in range(number)
            ]
        )
        for column in range(number):
            cells = [row.cells[column] for row in rows]
            width = widths[column]
            heading = self.sheet.heading(column)
            choice = QComboBox()
            choice.setAccessibleName(f"What {heading} holds")
            choice.setAccessibleDescription("; ".join(filter(None, cells))[:300])
            choice.addItem(INTO_THE_NOTE, "")
            for role in Role:
                choice.addItem(role.label, role.value)
                choice.setItemData(choice.count() - 1, role.meaning, Qt.ItemDataRole.ToolTipRole)
            guessed = self._guess.roles[column]
            choice.setCurrentIndex(0 if guessed is None else choice.findData(guessed.value))
            choice.setFixedWidth(width)
            self.choices.append(choice)
            name = cell_label(heading, width)
            name.setFont(bold)
            grid.addWidget(choice, 0, column)
            grid.addWidget(name, 1, column)
            self._cells.append([cell_label(cell, width) for cell in cells])
            for at, label in enumerate(self._cells[-1], start=3):
                grid.addWidget(label, at, column)
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        grid.addWidget(line, 2, 0, 1, max(1, len(self.choices)))
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(grid.columnCount(), 1)
        return table

    def _connect(self) -> None:
        for choice in self.choices:
            choice.currentIndexChanged.connect(self._chosen)
        self.encoding_button.clicked.connect(self.encoding_asked)
        self.cancel_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self.take_button.isEnabled() and self.accept())

    # -- looking -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Nothing is taken from another column by itself: the arrow keys pass every choice on their way."""
        self.stop()
        self.plan = None
        for choice, cells in zip(self.choices, self._cells, strict=True):
            for label in cells:
                _put_kind(label, "" if _role(choice) is not None else "secondary")
        problem = self.columns().problem
        self._say(problem or "Looking for the quotes in the articles …", warns=bool(problem))
        self.bar.setVisible(not problem)
        self.bar.setRange(0, 0)
        self.take_button.setText("Take in")
        self.take_button.setEnabled(False)
        if not problem:
            self._looking.start()

    def _start(self) -> None:
        columns = self.columns()
        job = self._job = Job("Looking for quotes", lambda job: self._look(job, columns), self)
        job.progressed.connect(lambda done, total: self._progressed(job, done, total))
        job.succeeded.connect(lambda plan: self._found(job, plan))
        job.failed.connect(lambda error: self._failed(job, error))
        job.start()

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)

    def _found(self, job: Job, plan: ListPlan | None) -> None:
        if job is not self._job or plan is None:
            return
        self._job = None
        self.plan = plan
        self.bar.hide()
        more = f" {plan.ambiguous:,} stand in several articles; the first is taken." if plan.ambiguous else ""
        self._say(f"{plan.sentence}{more}", warns=False)
        number = sum(not row.is_done for row in plan.rows)
        self.take_button.setText(f"Take in {counted(number, 'row')}" if number else "Take in")
        self.take_button.setEnabled(bool(number))

    def _failed(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            self.bar.hide()
            why = f": {error}" if isinstance(error, AnnotateError) else " because of a fault in Provenote."
            self._say(f"The articles could not be looked through{why}", warns=True)
        if not isinstance(error, AnnotateError):
            raise error

    def _say(self, words: str, *, warns: bool) -> None:
        self.counts.setText(words)
        _put_kind(self.counts, "warning" if warns else "")


def _widths(wanted: list[int]) -> list[int]:
    """How wide columns are of which the longest cell wants so many pixels: the longest get what the others leave."""
    widths = [min(max(_WIDTH, want + 2), _WIDE) for want in wanted]
    left = _ROOM - sum(widths) - _GAP * (len(widths) - 1)
    for column in sorted(range(len(widths)), key=lambda column: -wanted[column]):
        more = max(0, min(left, min(wanted[column] + 2, _WIDEST) - widths[column]))
        widths[column] += more
        left -= more
    return widths


def _put_kind(label: QLabel, kind: str) -> None:
    """Have a label look like its kind (ui/style.py) from now on."""
    if label.property("kind") != kind:
        label.setProperty("kind", kind)
        restyle(label)


def _role(choice: QComboBox) -> Role | None:
    return _ROLES.get(choice.currentData())
