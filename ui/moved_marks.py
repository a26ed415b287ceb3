"""Marks that an update of their article left to a person: old words, new words, why, and three ways to judge.

Only there while something waits. What moved by itself, in the same surroundings, is not worth a look and not listed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from annotate import commands
from annotate.anchoring import joined_words
from annotate.changed_words import told_apart
from annotate.counted import counted
from annotate.model import Carrying
from annotate.store.changes import Changes
from annotate.vocabulary import CarryOutcome
from ui.inspector.flow import FlowLayout
from ui.later import Later
from ui.panel import PanelHeader
from ui.plain_tips import plain_tip
from ui.reader import Reader
from ui.session import Notice, Session

_SHOWN_WORDS = 400
"""Characters of words in one entry of the list; the inspector has all of them."""
_MOST_SHOWN = 500
"""Entries in the list at a time; judging makes room for the next."""
_WAYS = {
    CarryOutcome.REVIEW: ("Accept the new place", "Leave without a place"),
    CarryOutcome.CHANGED: ("Accept", "Leave without a place"),
    CarryOutcome.LOST: ("Keep without a place", ""),
}


class MovedList(QListWidget):
    """Enter and Backspace judge what is chosen, as they do with everything that is proposed."""

    accepted = Signal()
    rejected = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.rejected.emit()
        else:
            super().keyPressEvent(event)


class MovedMarks(QWidget):
    """The list for the article in the reader; `wanted` says whether anything waits in it."""

    wanted = Signal(bool)

    def __init__(self, session: Session, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._header: PanelHeader | None = None
        self._carryings: list[Carrying] = []
        self._told: tuple[int | None, bool] | None = None
        self.catching_up = Later(self.refresh, self)
        self.list = MovedList()
        self.list.setAccessibleName("Moved marks")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setLayoutMode(QListWidget.LayoutMode.Batched)  # thousands of entries of several lines
        self.accept_button = QPushButton("Accept", toolTip="Enter")
        self.reject_button = QPushButton("Leave without a place", toolTip="Backspace")
        self.place_button = QPushButton(
            "Place by hand", toolTip="Select the words in the article first, then press this"
        )
        self._tips = {
            button: button.toolTip() for button in (self.accept_button, self.reject_button, self.place_button)
        }
        below = QWidget()
        row = FlowLayout(below, gap=6)  # in one row the buttons would make a small window wider than its screen
        for button in (self.accept_button, self.reject_button, self.place_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        around = QHBoxLayout()
        around.setContentsMargins(12, 6, 12, 8)
        around.addWidget(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(around)

        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemClicked.connect(lambda _item: self._show_place())
        self.list.accepted.connect(self.accept)
        self.list.rejected.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.reject_button.clicked.connect(self.reject)
        self.place_button.clicked.connect(self.place_by_hand)
        reader.words_selected.connect(self._offer_ways)
        session.project_opened.connect(self._project_opened)
        session.article_chosen.connect(self.catching_up.ask)
        session.annotation_selected.connect(self._follow_selection)
        session.project_changed.connect(self._follow)

    def put_header(self, header: PanelHeader) -> None:
        self._header = header

    def take_focus(self) -> bool:
        self.catching_up.now()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catching_up.now()

    @property
    def chosen(self) -> Carrying | None:
        """What the list has chosen."""
        row = self.list.currentRow()
        return self._carryings[row] if 0 <= row < len(self._carryings) else None

    def refresh(self) -> None:
        """Read anew what waits; the one after what was just judged is chosen."""
        self.catching_up.drop()
        article_id = self._session.article_id if self._session.has_project else None
        row, before = self.list.currentRow(), self.chosen
        self._carryings = [] if article_id is None else self._session.read.carryings(article_id)
        self.list.blockSignals(True)  # what is chosen is told once, below
        self.list.clear()
        labels = {} if article_id is None else self._labels()
        for carrying in self._carryings[:_MOST_SHOWN]:
            QListWidgetItem(_entry(labels[carrying.annotation_id], carrying), self.list)
        shown = self._carryings[:_MOST_SHOWN]
        same = next((n for n, one in enumerate(shown) if before is not None and one.id == before.id), -1)
        self.list.setCurrentRow(same if same >= 0 else min(max(row, 0), len(shown) - 1))
        self.list.blockSignals(False)
        if self._header is not None:
            self._header.set_count(len(self._carryings) or None)
        self._offer_ways()
        if self._told != (article_id, bool(self._carryings)):  # else a panel that was closed would come back by itself
            self._told = article_id, bool(self._carryings)
            self.wanted.emit(bool(self._carryings))

    def accept(self) -> None:
        """Take the new place of the chosen mark, or note that it was seen."""
        if self.chosen is not None:
            self._judge(commands.accept_carrying, self.chosen.id)

    def reject(self) -> None:
        """Leave the chosen mark with its old words and without a place; of a lost one, note that it was seen."""
        if self.chosen is not None:
            is_lost = self.chosen.outcome is CarryOutcome.LOST
            self._judge(commands.accept_carrying if is_lost else commands.reject_carrying, self.chosen.id)

    def place_by_hand(self) -> None:
        """Put the chosen mark on the words selected in the article."""
        words = self._reader.selection()
        if self.chosen is not None and words is not None:
            self._judge(commands.reanchor, self.chosen.annotation_id, [words])

    def _project_opened(self) -> None:
        self._told = None
        self.refresh()

    def _judge(self, command: object, *arguments: object) -> None:
        was_here = self.list.hasFocus()
        self._session.attempt(command, *arguments)
        self.catching_up.now()
        if was_here and not self._carryings:  # else the focus falls upon the next button that there is
            self._reader.take_focus()
        self._show_place()

    def _labels(self) -> dict[int, str]:
        ids = [carrying.annotation_id for carrying in self._carryings[:_MOST_SHOWN]]
        return {line.id: line.label for line in self._session.read.summaries(ids)}

    def _chosen(self) -> None:
        self._offer_ways()
        if self.list.hasFocus():
            self._show_place()

    def _show_place(self) -> None:
        """Select the mark, and the words in its proposed place, so that a hand can also choose others from there."""
        carrying = self.chosen
        if carrying is None:
            self._reader.clear_selection()
            return
        self._session.select(carrying.annotation_id)
        self._reader.clear_selection()
        if carrying.spans:
            self._reader.reveal(carrying.spans[0].start)
            if carrying.outcome is CarryOutcome.REVIEW:
                self._reader.view.select_words(carrying.spans[0])

    def _follow_selection(self, annotation_id: int | None) -> None:
        """Choose the entry of a mark that was selected elsewhere, and show the list if it was closed."""
        self.catching_up.now()
        rows = (row for row, one in enumerate(self._carryings[:_MOST_SHOWN]) if one.annotation_id == annotation_id)
        row = next(rows, -1)
        if row >= 0:
            self.list.setCurrentRow(row)
            self.wanted.emit(True)

    def _follow(self, changes: Changes) -> None:
        if changes.touches("carryings", "texts"):
            self.catching_up.ask()
        if changes.kind == "edit" and changes.touches("texts") and changes.touches("carryings"):
            self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        """Say what waits since an update, and lead there."""
        read = self._session.read
        waiting = {i: len(read.carryings(i)) for i in changes.articles if read.texts(i)[1:]}
        count = sum(waiting.values())
        if count:
            first = next(i for i, number in waiting.items() if number)
            what = counted(count, "mark waits", "marks wait")
            words = f"The article was updated: {what} to be judged."
            self._session.tell(Notice(words, action="Show", act=lambda: self.lead_to(first)))

    def lead_to(self, article_id: int) -> None:
        """Show an article and what waits in it."""
        self._session.choose_article(article_id)
        self.refresh()
        self.wanted.emit(True)
        self.take_focus()
        self._show_place()

    def _offer_ways(self) -> None:
        carrying = self.chosen
        accept, reject = _WAYS[carrying.outcome] if carrying is not None else ("Accept", "")
        self.accept_button.setText(accept)
        may = carrying is not None and not self._session.view_only
        self.accept_button.setEnabled(may)
        self.reject_button.setEnabled(may)
        self.reject_button.setVisible(bool(reject))
        self.place_button.setEnabled(may and self._reader.selection() is not None)
        for button, usual in self._tips.items():
            button.setToolTip(plain_tip(self._session.view_only) or usual)


def _entry(label: str, carrying: Carrying) -> str:
    """One mark in plain lines; what changed in its words stands in brackets."""
    was, now = told_apart(*(" ".join(joined_words(spans).split()) for spans in (carrying.old_spans, carrying.spans)))
    lines = [f"{label} · {carrying.outcome.label}. {carrying.reason}", f"was: {_short(was)}"]
    return "\n".join([*lines, f"now: {_short(now)}"] if now else lines)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN_WORDS else words[: _SHOWN_WORDS - 1] + "…"
