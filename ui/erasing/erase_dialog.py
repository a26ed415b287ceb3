"""Before something is erased for good: what goes, what stays, what nothing reaches, and whether it is really meant.

The new file is made in a thread; the dialog keeps the window from changing anything meanwhile, and says at the end
where what was erased still stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dialog_frame import button_row, column_of, size_of
from ui.plain_tips import plain_tip
from ui.style import restyle

if TYPE_CHECKING:
    from annotate.erasing import Plan

_MOST_LINES = 60
"""Of one section; how many more there are is said."""
_LISTED = 5
"""Articles that are shown at once in the list of those that name a source."""


class EraseDialog(QDialog):
    """`planned` asks for another plan, `meant` for doing the present one; whoever opened it does both."""

    planned = Signal(object)
    """A Wish of which the plan is to be shown."""
    meant = Signal(object)
    """The Plan that was read and confirmed."""
    stop_asked = Signal()

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Erase for good")
        self.setModal(True)
        self.plan = plan
        self._running = self._planning = False
        self.title = _label("", "title")
        self.warning = _label("", "warning")
        self.options = QVBoxLayout()
        self.options.setSpacing(4)
        self.register = self._option("register", "")
        self.shared_files = self._option("shared_files", "")
        self.quotes = self._option("quotes", "")
        self.parts = self._option("parts", "Take out parts of the name that stand alone, too")
        self.naming = _label("These articles name the source in their text. Tick those to erase as well:")
        self.articles = QListWidget()
        self.articles.setAccessibleName("Articles that name the source")
        self.articles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.articles.itemChanged.connect(self._ask)
        self._sections = QScrollArea(widgetResizable=True)
        self._sections.setAccessibleName("What goes and what stays")
        self._sections.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sections.setProperty("kind", "row")
        self.confirming = _label("")
        self.typed = QLineEdit()
        self.progress = QProgressBar(visible=False)
        self.cancel = QPushButton("Cancel")
        self.erase = QPushButton("Erase for good")
        self.erase.setProperty("kind", "danger")
        for button in (self.cancel, self.erase):
            button.setAutoDefault(False)
        self._build()
        self.typed.textChanged.connect(self._typed)
        self.typed.returnPressed.connect(self._mean)
        self.erase.clicked.connect(self._mean)
        self.cancel.clicked.connect(self._give_up)
        size_of(self, 660, 700)
        self.show_plan(plan)
        self.typed.setFocus()

    def show_plan(self, plan: Plan) -> None:
        """Show what would go now."""
        from annotate.erasing.telling import CANNOT_BE_UNDONE, sections_of

        self.plan = plan
        self._planning = False
        wish = plan.wish
        label = f"{plan.label} " if plan.label else ""
        quoted = f"“{plan.name}”" if plan.label else plan.name
        self.title.setText(f"Erase {label}{quoted} for good?")
        self.warning.setText(CANNOT_BE_UNDONE)
        entries = ("an entry", "{:,} entries")
        words = "Erase {} of the register that nothing else names"
        self._show_option(self.register, words, entries, len(plan.register), on=wish.register)
        files = ("the file", "the {:,} files")
        words = "Erase {} that other articles came from, too"
        self._show_option(self.shared_files, words, files, len(plan.shared_files), on=wish.shared_files)
        of_source = wish.source_id is not None
        self.quotes.setVisible(of_source and (bool(plan.quotes) or bool(plan.named_in)))
        self.quotes.setText("Erase marks that have the name in their words")
        self.parts.setVisible(of_source)
        for box, on in ((self.quotes, wish.quotes), (self.parts, wish.parts)):
            _set(box, on=on)
        self._show_articles(plan)
        self._show_sections([(one.heading, one.lines, one.weight.value) for one in sections_of(plan)])
        self.confirming.setText(_asked(plan))
        self._typed()

    def wait_for_plan(self) -> None:
        """Another plan is being made; until it is shown, nothing can be erased."""
        self._planning = True
        self._typed()

    def show_progress(self, done: int, total: int) -> None:
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)

    def begin(self, words: str) -> None:
        """Work has begun; nothing can be changed until it ends."""
        self._running = True
        self.warning.setText(words)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._enable(on=False)

    def too_late(self, words: str) -> None:
        """It is erased; what follows cannot be cancelled."""
        self.warning.setText(words)
        self.progress.setRange(0, 0)
        self.cancel.setEnabled(False)

    def fail(self, words: str) -> None:
        """Nothing was erased; say why and let it be tried again."""
        self._running = self._planning = False
        self.progress.hide()
        self._enable(on=True)
        self.warning.setText(words)
        self._typed()

    def show_done(self, sentences: list[str]) -> None:
        """Say what was done and where it still stands."""
        self._running = False
        self.progress.hide()
        self.title.setText("Erased for good")
        self.warning.hide()
        for widget in (self.register, self.shared_files, self.quotes, self.parts, self.naming, self.articles):
            widget.hide()
        for widget in (self.confirming, self.typed, self.erase):
            widget.hide()
        self._show_sections([("What was done", tuple(sentences), "goes"), *self._out_of_reach()])
        self.cancel.setText("Close")
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def reject(self) -> None:
        """Escape gives up, too, but never in the middle."""
        if self._running:
            self.stop_asked.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._running:
            self.stop_asked.emit()
            event.ignore()
        else:
            super().closeEvent(event)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        frame = QFrame()
        frame.setProperty("kind", "panel")
        self._content = QVBoxLayout(frame)
        self._content.setContentsMargins(14, 10, 14, 12)
        self._content.setSpacing(2)
        self._sections.setWidget(frame)
        confirm = QHBoxLayout()
        confirm.addWidget(self.confirming, 1)
        confirm.addWidget(self.typed, 1)
        buttons = button_row(self.erase, self.cancel, at_left=(self.progress,))
        column = column_of(self)
        for widget in (self.title, self.warning):
            column.addWidget(widget)
        column.addWidget(self._sections, 1)
        column.addLayout(self.options)
        column.addWidget(self.naming)
        column.addWidget(self.articles)
        column.addLayout(confirm)
        column.addLayout(buttons)

    def _option(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(name)
        box.clicked.connect(self._ask)
        self.options.addWidget(box)
        return box

    def _show_option(self, box: QCheckBox, words: str, numbers: tuple[str, str], count: int, *, on: bool) -> None:
        box.setVisible(count > 0)
        box.setText(words.format(numbers[0] if count == 1 else numbers[1].format(count)))
        _set(box, on=on)

    def _show_articles(self, plan: Plan) -> None:
        """Those that name the source; once ticked they are no longer among those that stay."""
        known = {one.article_id: f"{one.label}  {one.title}" for one in plan.named_in}
        rows = range(self.articles.count())
        shown = {self.articles.item(row).data(Qt.ItemDataRole.UserRole) for row in rows}
        self.articles.blockSignals(True)
        for article_id, words in known.items():
            if article_id not in shown:
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, article_id)
                item.setToolTip(plain_tip(words))
                item.setCheckState(Qt.CheckState.Unchecked)
                self.articles.addItem(item)
        self.articles.blockSignals(False)
        there = self.articles.count() > 0
        self.naming.setVisible(there)
        self.articles.setVisible(there)
        if there:
            height = self.articles.sizeHintForRow(0) * min(_LISTED, self.articles.count()) + 8
            self.articles.setFixedHeight(height)

    def _show_sections(self, sections: list[tuple[str, tuple[str, ...], str]]) -> None:
        while (item := self._content.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for heading, lines, weight in sections:
            head = _label(heading.upper().replace("[ERASED]", "[erased]"), "heading")
            head.setContentsMargins(0, 8, 0, 2)
            if weight == "stays":
                head.setProperty("kind", "warning")
                bold = head.font()
                bold.setBold(True)
                head.setFont(bold)
            more = [f"and {len(lines) - _MOST_LINES:,} more"] if len(lines) > _MOST_LINES else []
            kind = "secondary" if weight == "out of reach" else ""
            for label in (head, *(_label(line, kind) for line in (*lines[:_MOST_LINES], *more))):
                self._content.addWidget(label)
                label.show()
        self._content.addStretch(1)

    def _out_of_reach(self) -> list[tuple[str, tuple[str, ...], str]]:
        from annotate.erasing.telling import Weight, sections_of

        return [
            (one.heading, one.lines, one.weight.value)
            for one in sections_of(self.plan)
            if one.weight is Weight.OUT_OF_REACH
        ]

    # -- deciding ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Another choice: have its plan shown."""
        items = (self.articles.item(row) for row in range(self.articles.count()))
        ticked = [one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() is Qt.CheckState.Checked]
        own = self.plan.wish.article_ids if self.plan.wish.source_id is None else ()
        self.planned.emit(
            replace(
                self.plan.wish,
                article_ids=(*own, *ticked),
                register=self.register.isChecked(),
                shared_files=self.shared_files.isChecked(),
                quotes=self.quotes.isChecked(),
                parts=self.parts.isChecked(),
            )
        )

    def _typed(self) -> None:
        self.erase.setEnabled(self._may_erase())

    def _may_erase(self) -> bool:
        return self._is_meant() and not (self._running or self._planning)

    def _is_meant(self) -> bool:
        typed = _plain(self.typed.text())
        return bool(typed) and typed in {_plain(answer) for answer in self.plan.answers}

    def _mean(self) -> None:
        if self._may_erase():
            self.meant.emit(self.plan)

    def _give_up(self) -> None:
        if self._running:
            self.stop_asked.emit()
        elif self.cancel.text() == "Close":
            self.accept()
        else:
            self.reject()

    def _enable(self, *, on: bool) -> None:
        for widget in (self.register, self.shared_files, self.quotes, self.parts, self.articles, self.typed):
            widget.setEnabled(on)
        self.erase.setEnabled(on and self._is_meant())
        restyle(self.erase)


def _asked(plan: Plan) -> str:
    if plan.label:
        what = "title" if plan.wish.source_id is None else "name"
        return f"Type {plan.label}, or the {what}, if you mean it:"
    return f"Type “{plan.answers[0]}” if you mean it:"


def _label(words: str, kind: str = "") -> QLabel:
    label = QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    if kind:
        label.setProperty("kind", kind)
    return label


def _set(box: QCheckBox, *, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
