"""The list of what is suggested for the article that is shown: the words, what they would become, and why.

Only there while something waits. The selected suggestion is outlined in the article, and the other way round; the keys
are those of the article.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.anchoring import GAP
from annotate.counted import counted
from annotate.model import Suggestion
from annotate.vocabulary import Kind
from ui.inspector.flow import FlowLayout
from ui.keys import Keys
from ui.later import Later
from ui.panel import PanelHeader
from ui.plain_tips import plain_tip
from ui.session import Session
from ui.suggestions.learned import Learned
from ui.suggestions.waiting import Waiting
from ui.suggestions.words import told
from ui.swatches import letter
from ui.theme import Theme

_MOST_SHOWN = 500
"""Entries in the list at a time; judging makes room for the next."""
_SHOWN_WORDS = 110
"""Characters of words in one entry."""
_LEAST = {"any": 0.0, "from 70 %": 0.7, "from 80 %": 0.8, "from 90 %": 0.9, "from 95 %": 0.95}


class SuggestionsPanel(QWidget):
    """`wanted` says whether anything waits in it."""

    wanted = Signal(bool)

    def __init__(
        self,
        session: Session,
        waiting: Waiting,
        learned: Learned,
        theme: Theme,
        keys: Keys,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting = waiting
        self._learned = learned
        self._theme = theme
        self._keys = keys
        self._shown: list[Suggestion] = []
        self._told: tuple[int | None, bool] | None = None
        self.catching_up = Later(self.refresh, self)
        self.progress = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.progress.setProperty("kind", "secondary")
        self.list = SuggestionList()
        self.accept_button = QPushButton("Accept")
        self.reject_button = QPushButton("Reject")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind to accept")
        for kind in Kind:
            self.kind.addItem(f"{kind.label}s")
        self.kind.setCurrentIndex(list(Kind).index(Kind.FIGURE))
        self.least = QComboBox()
        self.least.setAccessibleName("Least confidence")
        for words, confidence in _LEAST.items():
            self.least.addItem(words, confidence)
        self.least.setCurrentIndex(list(_LEAST.values()).index(0.9))
        self.all_button = QPushButton()
        self._lay_out()

        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemClicked.connect(lambda _item: self._chosen())
        self.accept_button.clicked.connect(waiting.accept)
        self.reject_button.clicked.connect(waiting.reject)
        self.all_button.clicked.connect(self._accept_all)
        self.kind.currentIndexChanged.connect(self._offer_all)
        self.least.currentIndexChanged.connect(self._offer_all)
        keys.changed.connect(self._name_keys)
        waiting.changed.connect(self.catching_up.ask)
        session.project_opened.connect(self._project_opened)
        session.suggestion_selected.connect(self._follow_selection)
        self._name_keys()
        self._offer_ways()

    def put_header(self, header: PanelHeader) -> None:
        header.add(self.progress)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.refresh()

    def take_focus(self) -> bool:
        self.catching_up.now()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._waiting.selected is None:
            self._waiting.step(1)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catching_up.now()

    def refresh(self) -> None:
        """Show anew what waits."""
        self.catching_up.drop()
        article = self._session.article if self._session.has_project else None
        waiting = self._waiting
        body = "" if article is None or not waiting.suggestions else self._session.read.body(article.text_id)
        self._shown = waiting.suggestions[:_MOST_SHOWN]
        self.list.blockSignals(True)  # what is selected is the session's to say
        self.list.clear()
        icons = {kind: letter(kind.letter, self._theme.ink(kind)) for kind in Kind}
        for one in self._shown:
            item = QListWidgetItem(icons[one.kind], entry(one, body, self._learned), self.list)
            item.setToolTip(plain_tip(item.text()))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.kind.label}: {item.text()}")
        self.list.blockSignals(False)
        muted = f" · {len(waiting.muted):,} muted" if waiting.muted else ""
        self.progress.setText(f"{waiting.judged:,} of {waiting.total:,} judged{muted}" if waiting.total else "")
        whys = dict.fromkeys(map(self._learned.why_muted, waiting.muted))
        self.progress.setToolTip(
            "\n".join([*whys, *(["Show them with Suggestions ▸ Show what is muted."] if whys else [])])
        )
        self._follow_selection()
        self._offer_all()
        state = (None if article is None else article.text_id), bool(waiting.suggestions)
        if self._told != state and self.list.currentRow() < 0:
            self.list.scrollToTop()
        if self._told != state:  # else a panel that was closed would come back by itself
            self._told = state
            self.wanted.emit(bool(waiting.suggestions))

    @property
    def _kind(self) -> Kind:
        return list(Kind)[self.kind.currentIndex()]

    def _project_opened(self) -> None:
        self._told = None
        self._name_keys()
        self.refresh()

    def _chosen(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self._session.select_suggestion(self._shown[row].id)

    def _follow_selection(self) -> None:
        self.list.blockSignals(True)
        ids = [one.id for one in self._shown]
        selected = self._session.suggestion_id
        self.list.setCurrentRow(ids.index(selected) if selected in ids else -1)
        self.list.blockSignals(False)
        self._offer_ways()

    def _offer_ways(self) -> None:
        for button in (self.accept_button, self.reject_button):
            button.setEnabled(self._session.suggestion_id is not None and not self._session.view_only)

    def _offer_all(self) -> None:
        kind = self._kind
        count = self._waiting.in_reach(kind, self.least.currentData())
        self.all_button.setText(f"Accept all {count:,}" if count else "Accept all")
        what = counted(count, kind.value)
        usual = f"Accept {what} that are right so often; they count as not reviewed until looked at"
        self.all_button.setToolTip(plain_tip(self._session.view_only) or usual)
        self.all_button.setEnabled(count > 0 and not self._session.view_only)

    def _accept_all(self) -> None:
        self._waiting.accept_all(self._kind, self.least.currentData())

    def _name_keys(self) -> None:
        for button, name in ((self.accept_button, "accept_suggestion"), (self.reject_button, "reject_suggestion")):
            button.setToolTip(plain_tip(self._session.view_only) or self._keys.shown(name))

    def _lay_out(self) -> None:
        below = QWidget()
        row = FlowLayout(below, gap=6)  # in one row the buttons would make a small window wider than its screen
        for widget in (self.accept_button, self.reject_button, self.all_button, self.kind, self.least):
            row.addWidget(widget)
        for widget in (self.accept_button, self.reject_button, self.all_button, self.kind, self.least):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.least.setToolTip("How often such a suggestion is right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        around = QHBoxLayout()
        around.setContentsMargins(12, 6, 12, 8)
        around.addWidget(below)
        column.addLayout(around)


class SuggestionList(QListWidget):
    """Letters go to the window, and do not look for entries."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Suggestions")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setIconSize(QSize(16, 16))

    def keyboardSearch(self, _search: str) -> None:
        """Nothing is looked for."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


def entry(suggestion: Suggestion, body: str, learned: Learned) -> str:
    """One suggestion in two lines: its words, then what they would become and why."""
    words = GAP.join(" ".join(body[span.start : span.end].split()) for span in suggestion.spans)
    shown = words if len(words) <= _SHOWN_WORDS else words[: _SHOWN_WORDS - 1] + "…"
    return f"{shown}\n{' · '.join(told(suggestion, body, learned=learned))}"
