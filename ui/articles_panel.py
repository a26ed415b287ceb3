"""The articles of the project: filter, choose, set the status, move to the bin and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate import commands
from annotate.store.changes import Changes
from annotate.vocabulary import ArticleStatus
from ui.article_list import ArticleDelegate, ArticleModel, ArticleRole, Index
from ui.keys import Keys
from ui.later import Later
from ui.panel import PanelHeader
from ui.session import Session
from ui.theme import Theme
from ui.view_line import switch_off

_MOST_ASKED = 200
"""Chosen articles whose status is looked up for the menu."""


class ArticleView(QListView):
    """Rows are as wide as the view, so titles wrap anew when it is resized."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Focus alone chooses nothing; Qt would make the first row current."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            self.viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """With its title a row stays as high as it was: it is painted anew, where Qt's list would lay out all rows."""
        if not roles or Qt.ItemDataRole.DisplayRole in roles:
            super().dataChanged(first, last, list(roles))
        else:
            QAbstractItemView.dataChanged(self, first, last, list(roles))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class ArticlesPanel(QWidget):
    erase_asked = Signal(object)
    """Ids of articles in the bin that are to be erased for good."""

    def __init__(self, session: Session, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._header: PanelHeader | None = None
        self._following = False
        self._changed: list[Changes] = []
        self.catching_up = Later(self._catch_up, self)
        self.filter = QLineEdit(placeholderText="Filter by title, outlet or author", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter articles")
        self.model = ArticleModel(self)
        self._delegate = ArticleDelegate(theme, self)
        self.view = ArticleView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName("Articles")
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setMouseTracking(True)
        self.empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("kind", "secondary")
        self.empty.setContentsMargins(12, 8, 12, 8)
        self.which = QToolButton(text="All", toolTip="Which articles are shown")
        self.which.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.which.setMenu(self._which_menu())
        self.which.setProperty("kind", "quiet")

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(12, 8, 12, 8)
        above.addWidget(self.filter)
        column.addLayout(above)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)

        self.filter.textChanged.connect(self._filtered)
        keys.changed.connect(self._count)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.model.modelReset.connect(self._follow)
        session.project_opened.connect(self._project_opened)
        session.project_changed.connect(self._project_changed)
        session.article_chosen.connect(self._follow)

    def put_header(self, header: PanelHeader) -> None:
        """The dock's header shows the count and the choice of what is listed."""
        self._header = header
        header.add(self.which)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) article of the list."""
        if self.model.rowCount():
            row = self.model.row_of(self._session.article_id)
            row = min(max(row + direction, 0), self.model.rowCount() - 1)
            self._session.choose_article(self.model.article_at(row).id)

    def take_focus(self) -> bool:
        """Put the focus on the list, on the article that is shown; on the filter where the list is empty."""
        if self.model.rowCount():
            if not self.view.currentIndex().isValid():
                self._make_current(max(0, self.model.row_of(self._session.article_id)))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def chosen_ids(self) -> list[int]:
        """The articles selected in the list."""
        return [index.data(ArticleRole.ID) for index in self.view.selectionModel().selectedIndexes()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self.view.hasFocus():
            self._move_to_bin()
        else:
            super().keyPressEvent(event)

    def _project_opened(self) -> None:
        self.catching_up.drop()
        self._changed.clear()
        self.model.show_project(self._session.read if self._session.has_project else None)
        self.filter.clear()
        self.which.setText("All")

    def _project_changed(self, changes: Changes) -> None:
        if changes.articles:
            self._changed.append(changes)
            if self.catching_up.ask_after(changes) and changes.ids("articles"):
                self.catching_up.now()

    def _catch_up(self) -> None:
        """Show what changed since: articles at once, their counts when a mark that was just made is painted."""
        changed, self._changed = self._changed, []
        self.model.refresh(changed)
        self._follow()

    def _filtered(self, words: str) -> None:
        self.model.filter(words)

    def _current_changed(self) -> None:
        index = self.view.currentIndex()
        if index.isValid() and not self._following and not index.data(ArticleRole.ARTICLE).deleted:
            self._session.choose_article(index.data(ArticleRole.ID))

    def _follow(self) -> None:
        """Keep the row of the article in the reader current, without choosing it again."""
        row = self.model.row_of(self._session.article_id)
        self._following = True
        if row < 0:
            self.view.selectionModel().clear()
        elif self.view.currentIndex().row() != row or not self.view.selectionModel().selectedIndexes():
            self._make_current(row)
        self._following = False
        self._count()

    def _make_current(self, row: int) -> None:
        """Select this row alone; the view's own way would heed keys that are held, as Ctrl is in Ctrl+Z."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(row), alone)

    @property
    def _bin_is_shown(self) -> bool:
        return self.which.text() == "Bin"

    def _count(self) -> None:
        if self._header is not None:
            self._header.set_count(self.model.total if self._session.has_project else None)
        words = ""
        if self._session.has_project and not self.model.rowCount():
            words = (
                "No article matches."
                if self.model.total
                else f"Drop files on the window, or {self._keys.way('import_files')}."
            )
            if self._bin_is_shown and not self.model.total:
                words = "The bin is empty."
        self.empty.setText(words)
        self.empty.setVisible(bool(words))

    def _which_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("All articles", lambda: self._show(None, label="All"))
        for status in ArticleStatus:
            label = status.label.capitalize()
            menu.addAction(label, lambda status=status, label=label: self._show(status, label=label))
        menu.addSeparator()
        menu.addAction("Bin", lambda: self._show(None, label="Bin", bin=True))
        return menu

    def _show(self, status: ArticleStatus | None, *, label: str, bin: bool = False) -> None:
        self.which.setText(label)
        self.model.show_only(status, bin=bin)

    def _show_menu(self, position: QPoint) -> None:
        menu = self.menu_of(self.chosen_ids())
        if not menu.isEmpty():
            menu.exec(self.view.viewport().mapToGlobal(position))
        menu.deleteLater()

    def menu_of(self, ids: Sequence[int]) -> QMenu:
        """What can be done with articles; the work on them is named as in their record, with a dot at how it stands."""
        menu = QMenu(self)
        run = self._session.run
        if not ids:
            return menu
        if self._bin_is_shown:
            menu.addAction("Restore", lambda: run(commands.restore_from_bin, ids))
            menu.addSeparator()
            menu.addAction("Erase for good…", lambda: self.erase_asked.emit(ids))
        else:
            found = {
                article.status for i in ids[:_MOST_ASKED] if (article := self._session.read.article(i)) is not None
            }
            group = QActionGroup(menu)
            for status in ArticleStatus:
                action = menu.addAction(status.label.capitalize())
                action.setCheckable(True)
                action.setChecked(found == {status})
                action.triggered.connect(lambda _on, status=status: run(commands.set_status, ids, status))
                group.addAction(action)
            menu.addSeparator()
            menu.addAction("Move to bin", self._move_to_bin)
        switch_off(menu, self._session.view_only)
        return menu

    def _move_to_bin(self) -> None:
        ids = self.chosen_ids()
        if not ids or self._bin_is_shown or not self._session.may_change():
            return
        self._session.run(commands.move_to_bin, ids)
        what = "The article is" if len(ids) == 1 else f"{len(ids):,} articles are"
        self._session.tell_undoable(f"{what} in the bin; exports leave {'it' if len(ids) == 1 else 'them'} out.")
