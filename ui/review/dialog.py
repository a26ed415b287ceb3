"""The review before an import: everything that was found, corrected and chosen before any of it goes in.

Rows come while files are still being read, and nothing is written to the project before Import is pressed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotate.commands import DecidedFile
from annotate.importers import ImportedFile, ReadOptions, name_of
from annotate.vocabulary import ArticleType
from ui.columns_dialog import ColumnsDialog
from ui.dialog_frame import column_of, size_of
from ui.jobs import Job
from ui.pace import Pace
from ui.review.details import Details
from ui.review.encoding_dialog import EncodingDialog, sample_of
from ui.review.found import Found
from ui.review.model import ReviewModel
from ui.review.rows import Row, Shown, decided, summary
from ui.review.table import ReviewTable
from ui.theme import Theme

_MOST_HELD = 64 * 1024 * 1024
"""Bytes of files that are kept in memory; of the rest they are read again when they are written."""
_KEYS = "Space: take or leave what is selected. Enter: change a title. Ctrl+Enter: import"
_COUNT_AFTER_MS = 60
"""Counts follow rows and ticks with this delay: there may be thousands."""


class ImportReview(QDialog):
    """`decided()` is what is to go in, once the dialog was accepted."""

    read_again = Signal(object, object)
    """A Found, and the ReadOptions it is to be read with."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self._job: Job | None = None
        self._pace = Pace()
        self._held = 0
        self._is_decided = False
        self.model = ReviewModel(theme, self)
        self.table = ReviewTable(self.model)
        self.details = Details()
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._counting.timeout.connect(self.count)
        self._build()
        self._connect()
        size_of(self, 1180, 720)
        self.count()

    # -- what is found -----------------------------------------------------------------------------------------------

    def follow(self, job: Job) -> None:
        """Show what a job finds, while it does; its pieces are lists of Found."""
        self._job = job
        self._bar.setRange(0, 0)
        self._progress.setText("Looking for files …")
        self._reading.show()
        job.progressed.connect(self._progressed)
        job.delivered.connect(self.take)
        job.ended.connect(self._ended)
        self.count()

    def take(self, found: Sequence[Found]) -> None:
        """Further files."""
        kept = []
        for one in found:
            self._held += one.size
            kept.append(one if self._held <= _MOST_HELD else one.without_bytes())
        first = not self.model.rows
        self.model.add(kept)
        if first and self.model.rows and not self.table.selected():
            self.table.select(self.model.rows[:1])
        self._counting.start()

    def take_again(self, old: Found, new: Sequence[Found]) -> None:
        """A file that was read again."""
        self.model.replace(old, new)
        self.table.select([row for row in self.model.rows if new and row.found is new[0]])

    def tell(self, words: str) -> None:
        """Say what went wrong, where what will happen is said."""
        self.trouble.setText(words)
        self.trouble.show()

    @property
    def is_reading(self) -> bool:
        return self._job is not None

    def decided(self) -> list[tuple[Found, DecidedFile]]:
        """The files of which something goes in, and what an analyst decided for their articles."""
        return decided(self.model.rows)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Say what will happen, and how many rows each filter has."""
        self._counting.stop()
        self.summary.setText(summary(self.model.rows) if self.model.rows or not self.is_reading else "")
        number = sum(row.ticked for row in self.model.rows)
        noun = "article" if number == 1 else "articles"
        self.import_button.setText(f"Import {number:,} {noun}" if number else "Import")
        self.import_button.setEnabled(bool(number) and not self.is_reading)
        for shown, button in self.filters.items():
            count = self.model.count(shown)
            button.setText(f"{shown.value} {count:,}")
            button.setVisible(shown is Shown.ALL or bool(count) or button.isChecked())

    def done(self, result: int) -> None:
        self._is_decided = True
        super().done(result)

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was found, but no work: once something was corrected here, only Cancel does."""
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Escape and self.model.is_corrected:
            self._point_to_cancel()
        else:
            super().keyPressEvent(event)

    def _point_to_cancel(self) -> None:
        self.tell("Something was corrected or chosen here. Press Cancel to give it up.")
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The × of its frame does what Escape does; what has been decided before is not asked again."""
        if not self._is_decided and self.model.is_corrected:
            self._point_to_cancel()
            event.ignore()
            return
        self.reject()
        super().closeEvent(event)

    def _build(self) -> None:
        self._progress = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("Reading files")
        self.stop_button = QPushButton("Stop reading", toolTip="Go on with what was found so far")
        self._reading = QFrame()
        reading = QHBoxLayout(self._reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(12)
        reading.addWidget(self._progress)
        reading.addWidget(self._bar, 1)
        reading.addWidget(self.stop_button)
        self._reading.hide()

        self.search = QLineEdit(placeholderText="Find a title, outlet, author or file", clearButtonEnabled=True)
        self.search.setAccessibleName("Find in what was found")
        self.search.setProperty("kind", "search")
        self.search.setMaximumWidth(300)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.search, 1)
        top.addSpacing(6)
        self.filters: dict[Shown, QPushButton] = {}
        group = QButtonGroup(self)
        for shown in Shown:
            button = self.filters[shown] = QPushButton(shown.value, checkable=True, checked=shown is Shown.ALL)
            button.setAutoDefault(False)
            group.addButton(button)
            top.addWidget(button)
        top.addStretch(1)

        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        beside = QScrollArea(widgetResizable=True)  # on a low screen it scrolls, and the buttons below stay in sight
        beside.setWidget(self.details)
        beside.setFrameShape(QFrame.Shape.NoFrame)
        beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setAccessibleName("About what is selected")
        beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside.setMinimumWidth(self.details.minimumWidth() + 20)
        split.addWidget(beside)
        split.setStretchFactor(0, 1)
        split.setSizes([820, 320])

        self.summary = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.trouble = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.trouble.setProperty("kind", "warning")
        self.trouble.hide()
        self.hint = QLabel(_KEYS, textFormat=Qt.TextFormat.PlainText)
        self.hint.setProperty("kind", "secondary")
        self.cancel_button = QPushButton("Cancel")
        self.import_button = QPushButton("Import", toolTip="Ctrl+Enter")
        self.import_button.setProperty("kind", "primary")
        for button in (self.stop_button, self.cancel_button, self.import_button):
            button.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.trouble)
        words.addWidget(self.summary)
        words.addWidget(self.hint)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addLayout(words, 1)
        bottom.addWidget(self.import_button)
        bottom.addWidget(self.cancel_button)
        column = column_of(self)
        column.addLayout(top)
        column.addWidget(self._reading)
        column.addWidget(split, 1)
        column.addLayout(bottom)
        self.table.setFocus()

    def _connect(self) -> None:
        self.stop_button.clicked.connect(lambda: self._job is not None and self._job.cancel())
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self.import_button.isEnabled() and self.accept())
        self.search.textChanged.connect(self._filter)
        for button in self.filters.values():
            button.toggled.connect(lambda on: on and self._filter())
        self.model.decided.connect(self._counting.start)
        self.model.decided.connect(self._show_selected)
        self.table.rows_selected.connect(self._show_selected)
        self.details.corrected.connect(self._correct)
        self.details.version_chosen.connect(lambda is_version: self.model.take_as_version(self._articles(), is_version))
        self.details.columns_asked.connect(self._choose_columns)
        self.details.encoding_asked.connect(self._choose_encoding)

    def _filter(self) -> None:
        selected = self.table.selected()
        which = next((shown for shown, button in self.filters.items() if button.isChecked()), Shown.ALL)
        self.model.filter(self.search.text(), which)
        self.table.select(selected)
        self.count()

    def _show_selected(self) -> None:
        self.details.show_rows(self.table.selected())

    def _articles(self) -> list[Row]:
        return [row for row in self.table.selected() if row.prospect is not None]

    def _correct(self, field: str, value: object) -> None:
        self.trouble.hide()
        if isinstance(value, ArticleType):
            self.model.set_type(self._articles(), value)
        else:
            self.model.correct(self._articles(), field, str(value))

    def _choose_columns(self) -> None:
        [row] = self.table.selected()
        heads = row.found.heads
        if heads is None:
            return
        dialog = ColumnsDialog(row.found.name, heads, self)
        dialog.accepted.connect(lambda: self._again(row.found, columns=dialog.columns()))
        dialog.open()

    def _choose_encoding(self) -> None:
        [row] = self.table.selected()
        result = row.found.result
        chosen = row.found.options.encoding
        guessed = result.encoding_guessed if isinstance(result, ImportedFile) else ""
        guessed = name_of(chosen) if chosen else guessed
        dialog = EncodingDialog(row.found.name, sample_of(row.found.source), guessed, self)
        dialog.accepted.connect(lambda: self._again(row.found, encoding=dialog.encoding() or None))
        dialog.open()

    def _again(self, found: Found, **chosen: object) -> None:
        options = {"encoding": found.options.encoding, "columns": found.options.columns} | chosen
        self.read_again.emit(found, ReadOptions(**options))  # type: ignore[arg-type]

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._progress.setText(f"Reading · {self._pace.words(done, total, time.monotonic())}")

    def _ended(self) -> None:
        self._job = None
        self._reading.hide()
        self.count()
