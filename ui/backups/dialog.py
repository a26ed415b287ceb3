"""The backups of the open project: when each was made and what it holds, what was changed since, and the way back.

What each holds, and what differs, is read in threads: a backup may be as large as the project.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QWidget,
)

from annotate.backup_preview import Preview, holdings_of, preview
from annotate.backups import Backup, backups_folder, backups_of
from annotate.errors import AnnotateError, BackupFailed
from annotate.store.comparing import Holdings
from ui.backups.details import COMPARING, Details
from ui.backups.keeping import Keeping
from ui.backups.model import HEADINGS, BackupsModel
from ui.dialog_frame import button_row, column_of, size_of
from ui.jobs import Job
from ui.session import Session

_COMPARE_AFTER_MS = 120
"""The arrow keys pass many rows on their way."""
_PATIENCE_SECONDS = 10
_WIDTHS = (20, 17, 20, 9, 8, 9)
"""Of the columns, in average letters."""
NONE_YET = (
    "There are no backups yet.\n\nOne is made by itself after 500 changes, after half an hour of work, and when the "
    "project is closed."
)
RESTORING = "What is there now becomes a backup first, so this can be taken back."


class BackupsDialog(QDialog):
    def __init__(self, session: Session, keeping: Keeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._keeping = keeping
        self._project = session.project.path
        self._reading: Job | None = None
        self._comparing: Job | None = None
        self._wanted: Path | None = None
        self.setWindowTitle(f"Backups of {self._project.stem}")
        self.model = BackupsModel(self)
        self.table = self._table()
        self.details = Details()
        self.none_yet = QLabel(
            NONE_YET, textFormat=Qt.TextFormat.PlainText, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter
        )
        self.none_yet.setProperty("kind", "secondary")
        self.make = QPushButton("Make a backup now")
        self.folder = QPushButton("Show folder")
        self.restore = QPushButton("Restore this backup")
        self.restore.setProperty("kind", "primary")
        self.close_button = QPushButton("Close")
        self.hint = QLabel(RESTORING, textFormat=Qt.TextFormat.PlainText)
        self.hint.setProperty("kind", "secondary")
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_COMPARE_AFTER_MS)
        self._pause.timeout.connect(self._compare)
        self.make.clicked.connect(self._make)
        self.folder.clicked.connect(self._show_folder)
        self.restore.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._stop)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        keeping.finished.connect(self.refresh)
        session.project_closing.connect(self.reject)
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Show the backups there are now; the selected one stays selected, or else the newest is."""
        if not self._session.has_project:  # it is being restored
            return
        chosen = self.chosen()
        self.model.show(backups_of(self._project))
        rows = {backup.path: row for row, backup in enumerate(self.model.backups)}
        self.pages.setCurrentIndex(bool(rows))
        if rows:
            self.table.selectRow(rows.get(chosen.path, 0) if chosen is not None else 0)
        self.folder.setEnabled(backups_folder(self._project).is_dir())
        self._selected()
        self._read()

    def chosen(self) -> Backup | None:
        """The selected backup."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.backups[rows[0].row()] if rows else None

    # -- building ------------------------------------------------------------------------------------------------

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("Backups")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        metrics = QFontMetrics(table.font())
        table.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, width in enumerate(_WIDTHS):
            table.setColumnWidth(number, width * metrics.averageCharWidth() + 16)
        header.setSectionResizeMode(HEADINGS.index("Occasion"), QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.addWidget(self.table)
        beside.addWidget(self.details)
        beside.setChildrenCollapsible(False)
        beside.setSizes([700, 400])
        beside.setStretchFactor(0, 9)
        beside.setStretchFactor(1, 4)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none_yet)
        self.pages.addWidget(beside)
        buttons = button_row(self.restore, self.close_button, at_left=(self.make, self.folder))
        for button in (self.make, self.folder, self.restore, self.close_button):
            button.setAutoDefault(False)
        column = column_of(self)
        column.addWidget(self.pages, 1)
        column.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(buttons)
        size_of(self, 1120, 540)

    # -- what is read in threads ---------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read what the backups hold, the newest first."""
        if self._reading is not None or not (paths := self.model.unread()):
            return

        def work(job: Job) -> None:
            for path in paths:
                try:
                    held: Holdings | str = holdings_of(path)
                except BackupFailed as error:
                    held = str(error)
                if not job.deliver((path, held)):
                    return

        self._reading = Job("Reading backups", work, self)
        self._reading.delivered.connect(lambda piece: self._take(*piece))
        self._reading.ended.connect(self._have_read)
        self._reading.start()

    def _take(self, path: Path, held: Holdings | str) -> None:
        self.model.take(path, held)
        self._allow()

    def _have_read(self) -> None:
        self._reading = None
        if self.isVisible():
            self._read()  # of those that were made meanwhile

    def _selected(self) -> None:
        chosen = self.chosen()
        self._wanted = None if chosen is None else chosen.path
        self._allow()
        self.hint.setVisible(chosen is not None and not self._session.project.view_only)
        if chosen is None:
            self.details.say("Select a backup to see what was changed since." if self.model.backups else "")
        else:
            self._pause.start()

    def _allow(self) -> None:
        chosen = self.chosen()
        may = not (self._keeping.busy or self._session.project.view_only)
        self.make.setEnabled(may)
        self.restore.setEnabled(may and chosen is not None and not self.model.is_damaged(chosen.path))

    def _compare(self) -> None:
        """Compare the selected backup with the project; one at a time, then the one that is selected by then."""
        path = self._wanted
        if path is None or self._comparing is not None:
            return
        self.details.say(COMPARING)
        project = self._session.project

        def work(_job: Job) -> Preview:
            with project.reading_elsewhere() as reader:
                return preview(reader.connection, path)

        job = self._comparing = Job("Comparing", work, self)
        job.succeeded.connect(lambda seen: path == self._wanted and self.details.show_preview(seen))
        job.failed.connect(lambda error: path == self._wanted and self.details.say(_reason(error)))
        job.ended.connect(lambda: self._have_compared(path))
        job.start()

    def _have_compared(self, path: Path) -> None:
        self._comparing = None
        if path != self._wanted:
            self._compare()

    def _stop(self) -> None:
        self._wanted = None
        self._pause.stop()
        for job in (self._reading, self._comparing):
            if job is not None:
                job.stop(_PATIENCE_SECONDS)

    # -- what is done --------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self._keeping.make_now()
        self._allow()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(backups_folder(self._project))))

    def _restore(self) -> None:
        if (chosen := self.chosen()) is not None:
            self.accept()
            self._keeping.restore(chosen.path)


def _reason(error: Exception) -> str:
    if isinstance(error, AnnotateError):
        return str(error)
    raise error
