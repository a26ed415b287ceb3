"""The filter of marks in the reader's header: opens the list, says how many marks are hidden, and shows them again.

A mark that the filter hides is shown all the same while it is selected; the first time that happens, and whenever
marks are made that go out of sight at once, a notice says why.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.model import Annotation
from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from ui.keys import Keys
from ui.later import Later
from ui.mark_filter_popup import MarkFilterPopup, with_key
from ui.mark_filter_rows import filter_rows, hidden_values, hiding
from ui.session import Notice, Session
from ui.style import restyle
from ui.theme import Theme


class MarkFilterButton(QWidget):
    def __init__(self, session: Session, keys: Keys, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._theme = theme
        self._explained: MarkFilter | None = None
        self._recounting = Later(self._count, self)
        self.popup: MarkFilterPopup | None = None
        self.button = QToolButton(text="Filter")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.open)
        self.all_button = QToolButton(text="Show all")
        self.all_button.setProperty("kind", "link")
        self.all_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all_button.clicked.connect(self.show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.all_button)
        row.addWidget(self.button)
        keys.changed.connect(self._show_keys)
        session.filter_changed.connect(self._count)
        session.article_chosen.connect(self._recounting.ask)
        session.project_opened.connect(self._count)
        session.project_changed.connect(self._project_changed)
        session.annotation_selected.connect(self._explain_selected)
        self._show_keys()
        self._count()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def open(self) -> None:
        """Open the list of what can be hidden in the article."""
        session = self._session
        if session.article_id is None:
            return
        read = session.read
        counts = read.mark_counts(session.article_id)
        rows = filter_rows(counts, read.tags(), read.marking_analysts(), session.filter, self._theme)
        if self.popup is not None:
            self.popup.deleteLater()
        self.popup = MarkFilterPopup(self.button, self._keys, self._theme, session.set_filter)
        self.popup.open(rows, session.filter)

    def show_all(self) -> None:
        self._session.set_filter(SHOW_ALL)

    def switch_kind(self, kind: Kind) -> None:
        """Hide a kind, or show it again."""
        shown = self._session.filter
        self._session.set_filter(hiding(shown, "Kinds", hidden_values(shown, "Kinds") ^ {kind}))

    def _show_keys(self) -> None:
        self.button.setToolTip(with_key("Filter marks", self._keys.shown("filter_marks")))
        self.all_button.setToolTip(with_key("Show all marks", self._keys.shown("show_all_marks")))

    def _project_changed(self, changes: Changes) -> None:
        if self._session.filter.is_open:
            return
        if changes.touches("annotations", "annotation_tags", "tags"):
            self._recounting.ask()
        made = (row.change for row in changes.rows if row.change.table == "annotations" and row.change.before is None)
        first = next(made, None)
        self._explain(self._session.annotation if first is None else self._session.read.annotation(first.row_id))

    def _explain_selected(self) -> None:
        if not self._session.filter.is_open:
            self._explain(self._session.annotation)

    def _explain(self, annotation: Annotation | None) -> None:
        """Say once why a mark that was made or selected will not stay in sight."""
        shown = self._session.filter
        if annotation is not None and not shown.shows(annotation) and self._explained != shown:
            self._explained = shown
            words = f"{_what_is_hidden(shown, annotation)} by the filter."
            self._session.tell(Notice(words, action="Show all", act=self.show_all))

    def _count(self) -> None:
        """Say how many marks of the article are hidden."""
        self._recounting.drop()
        session = self._session
        shown = session.filter
        words = "Filter"
        if not shown.is_open and session.article_id is not None:
            hidden = session.read.hidden_marks(session.article_id, shown)
            words = f"{hidden:,} hidden" if hidden else "None hidden here"
        self.button.setText(words)
        self.button.setAccessibleName("Filter marks" if shown.is_open else f"Filter marks: {words}")
        self.button.setProperty("kind", "quiet" if shown.is_open else "filtering")
        restyle(self.button)
        self.all_button.setVisible(not shown.is_open)
        if shown.is_open:
            self._explained = None
        if self.popup is not None and self.popup.isVisible():
            self.popup.show_state(shown)


def _what_is_hidden(shown: MarkFilter, annotation: Annotation) -> str:
    if annotation.kind in shown.hidden_kinds:
        return f"{annotation.kind.label}s are hidden"
    if annotation.analyst_id in shown.hidden_analyst_ids:
        return "Marks of this analyst are hidden"
    return "Marks with these tags are hidden" if annotation.tag_ids else "Marks without a tag are hidden"
