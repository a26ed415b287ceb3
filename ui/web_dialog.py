"""Articles from web addresses: which ones, what will happen, how far each is, and what became of it.

Nothing is fetched before the button is pressed, and nothing goes into the project before all addresses are done and
the analyst has seen which of them gave nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.fetching import FromWeb, Stage, addresses_in, read_addresses
from annotate.importers import ImportedFile
from ui.dialog_frame import column_of, size_of
from ui.jobs import Job
from ui.plain_tips import plain_tip
from ui.style import restyle

_HINT = (
    "Provenote will connect to these sites now; it never does so by itself. They see the address of your network, as "
    "they do with a browser. Pages that need a password or a click to be shown cannot be fetched: save those with your "
    "browser, and import the file."
)
_STAGES = {Stage.FETCHING: "Fetching…", Stage.FETCHED: "Fetched, waits to be read"}


class WebDialog(QDialog):
    """`files` is what was fetched and read, once the dialog was accepted."""

    def __init__(self, addresses: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import from the web")
        size_of(self, 640, 460)
        self.files: list[ImportedFile] = []
        self._job: Job | None = None
        self._rows: list[_Row] = []
        self._failed: list[str] = []
        self.addresses = QPlainTextEdit("\n".join(addresses))
        self.addresses.setPlaceholderText("One web address a line, for instance https://example.org/news/flood")
        self.addresses.setAccessibleName("Web addresses, one a line")
        self.addresses.setTabChangesFocus(True)
        self.addresses.setProperty("kind", "field")
        self.allow_private = QCheckBox("Also fetch from addresses inside my own network")
        self.allow_private.setToolTip("For a server of your organisation. A public site never leads to one.")
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("kind", "secondary")
        self.said = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.progress = QProgressBar(textVisible=False, accessibleName="Addresses that are done")
        self.pages = QStackedWidget()
        self._list = QScrollArea(widgetResizable=True, accessibleName="What became of each address")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.addWidget(self._asking())
        self.pages.addWidget(self._telling())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.back = buttons.addButton("Back to the addresses", QDialogButtonBox.ButtonRole.ActionRole)
        self.go = buttons.addButton("Fetch", QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._go)
        self.back.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)
        self.addresses.textChanged.connect(self._count)
        self._ask()

    def reject(self) -> None:
        """Give up what is being fetched; with nothing going on, close."""
        if self._job is not None:
            self._job.cancel()
            self.said.setText("Stopping…")
        else:
            super().reject()

    # -- building ------------------------------------------------------------------------------------------------

    def _asking(self) -> QWidget:
        page, column = _page()
        hint = QLabel(_HINT, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        column.addWidget(self.addresses, 1)
        column.addWidget(self.count)
        column.addWidget(hint)
        column.addWidget(self.allow_private)
        return page

    def _telling(self) -> QWidget:
        page, column = _page()
        column.addWidget(self.said)
        column.addWidget(self.progress)
        column.addWidget(self._list, 1)
        return page

    # -- going on ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Show the addresses to be fetched; after a try, those that gave nothing."""
        if self._failed:
            self.addresses.setPlainText("\n".join(self._failed))
            self._failed = []
        self.files = []
        self.pages.setCurrentIndex(0)
        self.back.hide()
        self.cancel.setText("Cancel")
        self.go.show()
        self.go.setText("Fetch")
        self._count()
        self.addresses.setFocus()

    def _count(self) -> None:
        found = len(addresses_in(self.addresses.toPlainText()))
        some = bool(self.addresses.toPlainText().strip())
        none = "There is no web address in this; one begins with https:// or http://." if some else ""
        self.count.setText(counted(found, "address", "addresses") if found else none)
        self.go.setEnabled(found > 0)

    def _go(self) -> None:
        if self.pages.currentIndex():
            self.accept()
        else:
            self._fetch(addresses_in(self.addresses.toPlainText()))

    def _fetch(self, addresses: Sequence[str]) -> None:
        self._rows = [_Row(address) for address in addresses]
        rows, column = _page()
        for row in self._rows:
            column.addWidget(row)
        column.addStretch(1)
        self._list.setWidget(rows)
        self.progress.setRange(0, 2 * len(addresses))
        self.progress.setValue(0)
        self.progress.show()
        self.said.setText(f"{counted(len(addresses), 'address is', 'addresses are')} being fetched.")
        self.pages.setCurrentIndex(1)
        self.go.setEnabled(False)
        self.cancel.setText("Stop")
        self.cancel.setFocus()
        allow_private = self.allow_private.isChecked()
        job = Job("Fetching", lambda job: _fetched(job, addresses, allow_private), self)
        job.delivered.connect(self._show)
        job.succeeded.connect(self._done)
        job.failed.connect(self._broken)
        job.cancelled.connect(self._ask)
        job.ended.connect(self._ended)
        self._job = job
        job.start()

    def _show(self, piece: tuple[int, Stage | ImportedFile | ImportRefused]) -> None:
        number, what = piece
        self._rows[number].show_stage(what)
        self.progress.setValue(self.progress.value() + (what is not Stage.FETCHING))

    def _done(self, pages: Sequence[FromWeb]) -> None:
        self.files = [page.result for page in pages if isinstance(page.result, ImportedFile)]
        self._failed = [page.address for page in pages if not isinstance(page.result, ImportedFile)]
        if not self._failed:
            self.accept()
            return
        come = counted(len(self.files), "address", "addresses")
        words = f"{come} of {len(pages):,} can be imported." if self.files else "Nothing could be fetched."
        self.said.setText(f"{words} See below what became of each.")
        self.go.setText(f"Import {len(self.files):,}")
        self.go.setVisible(bool(self.files))
        self.go.setEnabled(bool(self.files))
        self.progress.hide()
        self.back.show()
        self.cancel.setText("Cancel")
        (self.go if self.files else self.back).setFocus()

    def _broken(self, error: Exception) -> None:
        """A fault of the program; the addresses stay as they were typed."""
        self._ask()
        self.count.setText("Fetching ended early because of a fault in Provenote.")
        raise error

    def _ended(self) -> None:
        self._job = None


class _Row(QFrame):
    """An address, and below it how far it is."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        shown = QLabel(textFormat=Qt.TextFormat.PlainText)
        shown.setText(QFontMetrics(shown.font()).elidedText(address, Qt.TextElideMode.ElideMiddle, 540))
        shown.setToolTip(plain_tip(address))
        self.said = QLabel("Waits", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.said.setProperty("kind", "secondary")
        column = QVBoxLayout(self)
        column.setSpacing(2)
        for label in (shown, self.said):
            # An address has no place to be broken at, and would make the list as wide as itself.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)

    def show_stage(self, what: Stage | ImportedFile | ImportRefused) -> None:
        if isinstance(what, Stage):
            self.said.setText(_STAGES[what])
        elif isinstance(what, ImportedFile):
            articles = what.articles
            read = f"“{articles[0].title}”" if len(articles) == 1 else f"{len(articles):,} articles"
            self.said.setText(" ".join((f"Ready: {read}.", *what.warnings)))
        else:
            self.said.setText(str(what))
            self.said.setProperty("kind", "warning")
            restyle(self.said)


def _fetched(job: Job, addresses: Sequence[str], allow_private: bool) -> list[FromWeb]:
    """In the job's thread: what became of each address, told as it goes."""
    pages = read_addresses(
        addresses,
        workers=os.cpu_count() or 1,
        allow_private=allow_private,
        cancelled=job.stop_asked,
        told=lambda number, stage: job.deliver((number, stage)),
    )
    done = []
    with closing(pages):
        for number, page in enumerate(pages):
            job.deliver((number, page.result))
            done.append(page)
    return done


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    return page, column
