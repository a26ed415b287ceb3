"""All annotations of the article or the project as a table: sort by a column, click to jump."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from annotate.store.changes import Changes
from ui.annotation_model import AMOUNT, COLUMNS, WORDS, AnnotationModel
from ui.keys import Keys
from ui.later import Later
from ui.panel import PanelHeader
from ui.session import Session
from ui.theme import Theme

"""The column of the words."""
_LEAST_WORDS = 220
_WIDE_WORDS = 300
"""Pixels that words keep, however narrow the table, and above which amounts come first."""
_MOST_AMOUNT = 320


class AnnotationView(QTableView):
    """The words take the room that the other columns leave, and never less than can be read."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.give_room()

    def give_room(self) -> None:
        """Fit the words into what is left; where that is much, amounts in view are not cut."""
        head = self.horizontalHeader()
        others = sum(head.sectionSize(number) for number in range(head.count()) if number != WORDS)
        left = self.viewport().width() - others
        cut = min(self.sizeHintForColumn(AMOUNT), _MOST_AMOUNT) - head.sectionSize(AMOUNT)
        more = max(0, min(cut, left - _WIDE_WORDS))
        head.resizeSection(AMOUNT, head.sectionSize(AMOUNT) + more)
        head.resizeSection(WORDS, max(_LEAST_WORDS, left - more))


class AnnotationsPanel(QWidget):
    """The table with its scope; `jumped` asks the window to bring the reader to the selected annotation."""

    jumped = Signal()

    def __init__(self, session: Session, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys
        self._header: PanelHeader | None = None
        self._following = False
        self._renamed = False
        self._stale = False
        self._changed: set[int] = set()
        self._lent: int | None = None
        self.catching_up = Later(self._catch_up, self)
        self.model = AnnotationModel(theme, self)
        self.view = AnnotationView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Marks")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(28)
        head = self.view.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(COLUMNS):
            head.resizeSection(number, column.width)
        head.setMinimumSectionSize(48)
        head.setResizeContentsPrecision(0)  # what is in view is enough to measure
        self.view.setSortingEnabled(True)
        self.scope = QComboBox()
        self.scope.addItems(["this article", "whole project"])
        self.scope.setAccessibleName("Marks of")
        self.scope.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("kind", "secondary")
        self.empty.setContentsMargins(14, 10, 14, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty)
        column.addWidget(self.view)

        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        self.model.modelReset.connect(self._follow)
        keys.changed.connect(self._count)
        session.project_opened.connect(self._reload)
        session.article_chosen.connect(self._article_chosen)
        session.annotation_selected.connect(self._selected)
        session.filter_changed.connect(self._filter_changed)
        session.project_changed.connect(self._project_changed)

    def put_header(self, header: PanelHeader) -> None:
        """The dock's header shows the count and the scope."""
        self._header = header
        header.add(self.scope)

    def set_theme(self, theme: Theme) -> None:
        self.model.theme = theme
        self.view.viewport().update()

    def chosen_ids(self) -> list[int]:
        """The annotations selected in the table."""
        return [self.model.id_at(index.row()) for index in self.view.selectionModel().selectedRows()]

    def columns_state(self) -> QByteArray:
        return self.view.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        self.view.horizontalHeader().restoreState(state)

    @property
    def _whole_project(self) -> bool:
        return self.scope.currentIndex() == 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catching_up.ask()

    def _reload(self) -> None:
        """Show other annotations, once the article they may belong to is painted."""
        self._stale = True
        self._renamed, self._changed = False, set()
        self.catching_up.ask()
        self.model.clear()
        self.view.setColumnHidden(len(COLUMNS) - 1, not self._whole_project)
        self.view.give_room()

    def _scope_chosen(self) -> None:
        self._reload()
        self.catching_up.now()

    def _article_chosen(self) -> None:
        if not self._whole_project:
            self._reload()

    def _project_changed(self, changes: Changes) -> None:
        self._renamed |= changes.touches("sources", "tags", "articles")
        self._changed |= changes.annotations
        if changes.touches("attributions"):
            self._changed |= self._session.read.figures_of(changes.annotations)
        self._lent = self._session.shown_while_selected
        self.catching_up.ask()

    def _selected(self) -> None:
        """Make the row of the selected annotation current; one that the filter hides has a row while it is selected."""
        lent, self._lent = self._lent, self._session.shown_while_selected
        if lent != self._lent:
            self._changed |= {lent, self._lent} - {None}
            self.catching_up.ask()
        self._follow()

    def _filter_changed(self) -> None:
        self._lent = self._session.shown_while_selected
        self._stale = True
        self.catching_up.ask()

    def _catch_up(self) -> None:
        """Show what changed since; an article or a mark that was just made is painted first."""
        if not self.isVisible():
            return  # nobody looks; what is missed is caught up with when the panel is shown
        self._following = True  # rows that come and go choose nothing
        if self._stale:
            self._load()
        elif self._renamed:
            self.model.forget_lines()
        else:
            self.model.refresh(self._changed)
        self._stale, self._renamed, self._changed = False, False, set()
        self._following = False
        self.view.give_room()
        self._follow()

    def _load(self) -> None:
        if self._session.has_project and (self._session.article_id is not None or self._whole_project):
            self.model.show_annotations(self._session, None if self._whole_project else self._session.article_id)
        else:
            self.model.clear()

    def take_focus(self) -> bool:
        """Put the focus on the table, on the selected annotation; on what it lists where it is empty."""
        self.catching_up.now()
        if self.view.isHidden():
            self.scope.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if not self.view.currentIndex().isValid():
            self._following = True  # looking at the table selects no mark
            self.view.selectionModel().setCurrentIndex(
                self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self._following = False
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._session.select(self.model.id_at(index.row()))

    def _clicked(self, index: QModelIndex) -> None:
        self._session.select(self.model.id_at(index.row()))
        self.jumped.emit()

    def _follow(self) -> None:
        """Keep the row of the selected annotation current, without selecting it again."""
        if self.catching_up.due:
            return
        row = self.model.row_of(self._session.annotation_id)
        self._following = True
        if row < 0:
            self.view.selectionModel().clear()
        elif row != self.view.currentIndex().row() or not self.view.selectionModel().isRowSelected(row):
            # The view's own way would heed keys that are held, as Ctrl is in Ctrl+Z.
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), alone)
            self.view.scrollTo(self.model.index(row, 0))
        self._following = False
        self._count()

    def _count(self) -> None:
        if self._header is not None:
            note = "" if self._session.filter.is_open else "filtered"
            self._header.set_count(self.model.rowCount() if self._session.has_project else None, note)
        nothing = self._session.has_project and not self.model.rowCount()
        unmarked = f"Nothing is marked yet. Drag over words in the article and {self._keys.way_to_mark()}."
        unshown = f"The filter shows no marks here. To show all, {self._keys.way('show_all_marks')}."
        self.empty.setText(unmarked if self._session.filter.is_open else unshown)
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
