"""The history panel: the lines of a project, of the article or of the mark, what each changed, and the way back.

It is read when it is looked at, and anew after every change while it is; a hidden one costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotate import going_back
from annotate.going_back import Point
from annotate.steps import WHOLE, HistoryOf
from annotate.store.changes import Changes
from annotate.timeline import Happened, Timeline
from annotate.told_changes import Told
from ui.history.details import DetailsText
from ui.history.going_back import GoingBack
from ui.history.model import NOBODY, HistoryModel
from ui.history.view import HistoryView
from ui.inspector.flow import FlowLayout
from ui.later import Later
from ui.panel import PanelHeader
from ui.session import Notice, Session
from ui.theme import Theme

_MOST_AGAIN = 1_000
"""Lines that are read again after a change, so that a place that was scrolled to stays."""
_SIDE_BY_SIDE = 560
"""Pixels from which details stand beside the lines, and below them otherwise."""
_ROOM_BELOW = 250
"""Pixels of height from which details find room below the lines; in less there are the lines alone."""
_SHARE = 0.6
"""Of the lines; the rest is for details."""
_AROUND_WAYS = 14
_WIDE_SWITCH = 330
_AROUND_FILTERS = (10, 6, 10, 6)
_WIDEST_FILTERS, _ANY = 320, 16_777_215


class Whose(Enum):
    PROJECT = "Project"
    ARTICLE = "This article"
    MARK = "This mark"


_NOTHING = {
    Whose.PROJECT: "Nothing was done in this project yet.",
    Whose.ARTICLE: "Show an article to see what was done in it.",
    Whose.MARK: "Select a mark to see what was done with it.",
}


class HistoryPanel(QWidget):
    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header: PanelHeader | None = None
        self._timeline: Timeline | None = None
        self._stale = True
        self._lines: tuple[Told, ...] = ()
        self.whose = Whose.PROJECT
        self.catching_up = Later(self._catch_up, self)
        self.going_back = GoingBack(session, self)
        self.model = HistoryModel(theme, self)
        self.view = HistoryView(self.model)
        self.details = DetailsText(theme)
        self._build()
        self._connect()

    def put_header(self, header: PanelHeader) -> None:
        self._header = header
        header.add(self.switch)
        dock = header.parent()
        assert isinstance(dock, QDockWidget)
        dock.visibilityChanged.connect(lambda seen: seen and self.catching_up.ask())

    def set_theme(self, theme: Theme) -> None:
        self.model.theme = self.details.theme = theme
        self.view.viewport().update()
        self._chosen()

    def take_focus(self) -> bool:
        self.catching_up.now()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catching_up.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE
        was = self.split.orientation()
        self.split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        if self.split.orientation() != was or event.oldSize().isEmpty():
            room = self.width() if beside else self.height()
            self.split.setSizes([round(room * _SHARE), room - round(room * _SHARE)])
        has_details = beside or self.height() >= _ROOM_BELOW
        self.details.setVisible(has_details)
        below = self.ways_below.heightForWidth(self.width() - 20) + _AROUND_WAYS
        self.beside.setMaximumHeight(_ANY if has_details else below)
        for whose, button in self._buttons.items():  # "This article" says more, and "Article" is better than a piece
            button.setText(whose.value if self.width() >= _WIDE_SWITCH else whose.value.removeprefix("This ").title())
        self._place_filters(in_header=beside)
        self._count()

    def _place_filters(self, *, in_header: bool) -> None:
        """Beside the switch where there is room, to leave it to the lines; else above these."""
        if self._header is None or in_header == (self.filters.parentWidget() is self._header):
            return
        if in_header:
            self._header.add(self.filters)
            self._above.setContentsMargins(0, 0, 0, 0)
        else:
            self._above.addWidget(self.filters)
            self._above.setContentsMargins(*_AROUND_FILTERS)
        self.filters.show()
        self.filters.setMaximumWidth(_WIDEST_FILTERS if in_header else _ANY)

    @property
    def of(self) -> HistoryOf | None:
        """Whose history is shown; None where nothing is selected that could have one."""
        session = self._session
        if self.whose is Whose.PROJECT:
            return WHOLE
        if self.whose is Whose.ARTICLE:
            return None if session.article_id is None else HistoryOf(article_id=session.article_id)
        return None if session.annotation_id is None else HistoryOf(annotation_id=session.annotation_id)

    @property
    def chosen(self) -> Happened | None:
        line = self.model.at(self.view.currentIndex().row())
        return line if isinstance(line, Happened) else None

    def show_history_of(self, whose: Whose) -> None:
        """Work the switch."""
        self.whose = whose
        self._buttons[whose].setChecked(True)
        self._reload()
        self.catching_up.now()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.switch = QFrame()
        self.switch.setProperty("kind", "segments")
        row = QHBoxLayout(self.switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[Whose, QPushButton] = {}
        group = QButtonGroup(self)
        for whose, place in zip(Whose, ("first", "middle", "last"), strict=True):
            button = self._buttons[whose] = QPushButton(whose.value, checkable=True, checked=whose is self.whose)
            button.setProperty("kind", "segment")
            button.setProperty("place", place)
            button.setAccessibleName(f"History of: {whose.value}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, whose=whose: self.show_history_of(whose))
            row.addWidget(button)
        self.search = QLineEdit(placeholderText="Find a step", clearButtonEnabled=True)
        self.search.setAccessibleName("Find a step by its words")
        self.search.setProperty("kind", "search")
        self.analyst = QComboBox()
        self.analyst.setAccessibleName("Done by")
        self.analyst.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.analyst.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filters = QWidget()
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        row.addWidget(self.analyst)
        self._above = QHBoxLayout()
        self._above.setContentsMargins(*_AROUND_FILTERS)
        self._above.addWidget(self.filters)
        self.empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("kind", "secondary")
        self.empty.setContentsMargins(14, 10, 14, 10)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(self._above)
        lines.addWidget(self.empty, 1)
        lines.addWidget(self.view, 1)
        self.go_button = QPushButton("Go to it", toolTip="Double click or Enter")
        self.back_button = QPushButton("Go back to before this…")
        self.ways_below = QWidget()
        row = FlowLayout(self.ways_below, gap=6)  # in one row they would make a small window wider than its screen
        for button in (self.go_button, self.back_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        below = QHBoxLayout()
        below.setContentsMargins(10, 6, 10, _AROUND_WAYS - 6)
        below.addWidget(self.ways_below)
        self.beside = QWidget()
        told = QVBoxLayout(self.beside)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(0)
        told.addWidget(self.details, 1)
        told.addLayout(below)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(left)
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.view.asked.connect(self.go_to_it)
        self.view.customContextMenuRequested.connect(self._offer_ways)
        self.search.textChanged.connect(self._reload)
        self.analyst.activated.connect(self._reload)
        self.go_button.clicked.connect(self.go_to_it)
        self.back_button.clicked.connect(self.go_back_to_before)
        session = self._session
        session.project_opened.connect(self._project_opened)
        session.article_chosen.connect(lambda _id: self.whose is Whose.ARTICLE and self._reload())
        session.annotation_selected.connect(lambda _id: self.whose is Whose.MARK and self._reload())
        session.project_changed.connect(self._follow)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def _project_opened(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.analyst.clear()
        self.model.show(None)
        self._timeline = None
        self._reload()

    def _reload(self) -> None:
        """Show another history, from its newest line on."""
        self._stale = True
        self.catching_up.ask()

    def _follow(self, changes: Changes) -> None:
        if not changes.is_aside:
            self.catching_up.ask_after(changes)

    def refresh(self) -> None:
        """Something happened that is no change, such as an export."""
        self.catching_up.ask()

    def _catch_up(self) -> None:
        if not self.isVisible() or self.visibleRegion().isEmpty():
            return  # it is closed, or lies behind another panel: nobody looks, and it is read when somebody does
        chosen, key = self.chosen, None
        again = 0
        if not self._stale and chosen is not None:
            key, again = chosen.key, min(self.model.rowCount(), _MOST_AGAIN)
        elif not self._stale:
            again = min(self.model.rowCount(), _MOST_AGAIN)
        scrolled = 0 if self._stale else self.view.verticalScrollBar().value()
        self._stale = False
        self._fill_analysts()
        self._timeline = self._read()
        self.view.blockSignals(True)
        self.model.show(self._timeline, again)
        self.view.blockSignals(False)
        self._count()
        number = -1 if key is None else self.model.number_of(key)
        self.view.go_to(number if number >= 0 else self.model.first())
        self.view.verticalScrollBar().setValue(scrolled)
        self._chosen()

    def _read(self) -> Timeline | None:
        of = self.of
        if not self._session.has_project or of is None:
            return None
        return Timeline(self._session.read, of, analyst_id=self.analyst.currentData(), words=self.search.text().strip())

    def _fill_analysts(self) -> None:
        """Everybody who ever worked on the project; where that is one person there is nothing to choose."""
        known = self._session.read.analysts() if self._session.has_project else []
        wanted = [(None, "Everybody"), *((one.id, one.name or NOBODY) for one in known)]
        shown = [(self.analyst.itemData(n), self.analyst.itemText(n)) for n in range(self.analyst.count())]
        if wanted != shown:
            chosen = self.analyst.currentData()
            self.analyst.clear()
            for analyst_id, name in wanted:
                self.analyst.addItem(name, analyst_id)
            self.analyst.setCurrentIndex(max(0, self.analyst.findData(chosen)) if chosen is not None else 0)
        self.analyst.setVisible(len(known) > 1)
        self.view.show_who(len(known) > 1)

    def _count(self) -> None:
        filtered = bool(self.search.text().strip()) or self.analyst.currentData() is not None
        if self._header is not None:
            beside = self.split.orientation() is Qt.Orientation.Horizontal
            count = self._timeline.count if self._timeline is not None and beside else None
            self._header.set_count(count, "filtered" * filtered)
        nothing = self.model.rowCount() == 0
        if nothing and self._timeline is not None and filtered:
            self.empty.setText("Nothing like that was done.")
        elif nothing:
            self.empty.setText(_NOTHING[self.whose])
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        for button in (self.go_button, self.back_button):
            button.setVisible(not nothing)

    def _chosen(self) -> None:
        """Show what the chosen line changed."""
        line = self.model.at(self.view.currentIndex().row()) if self._timeline is not None else None
        self._lines = ()
        if isinstance(line, Happened) and self._timeline is not None:
            if line.step_id is None:
                self.details.show_export(line)
            else:
                details = self._timeline.details(line.step_id)
                self._lines = details.lines
                self.details.show_line(line, details)
        elif isinstance(line, date):
            self.details.show_day(line)
        else:
            self.details.show_nothing("")
        where = self._target()
        self.go_button.setText(f"Go to {where[0]}" if where else "Go to it")
        self.go_button.setEnabled(where is not None)
        why_not = self._session.project.view_only if self._session.has_project else ""
        self.back_button.setEnabled(isinstance(line, Happened) and not why_not)
        self.back_button.setToolTip(why_not or "What would change is shown first")
        words = "Go back to this…" if isinstance(line, Happened) and line.step_id is None else "Go back to before this…"
        self.back_button.setText(words)

    # -- ways from here ----------------------------------------------------------------------------------------------

    def go_to_it(self) -> None:
        """Show the record that the chosen line is about first, and is still there."""
        if self.chosen is None:
            return
        where = self._target()
        if where is None:
            self._session.tell(Notice("What this was about is gone, or was no mark and no article."))
            return
        _, annotation_id, article_id = where
        if annotation_id is not None:
            self._session.select(annotation_id)
            self._session.went_to.emit(annotation_id)
        elif article_id is not None:
            self._session.choose_article(article_id)

    def go_back_to_before(self) -> None:
        """Ask whether to go back to before the chosen line; of an export, to what was handed on."""
        line = self.chosen
        if line is not None and line.step_id is not None:
            self._ask(lambda: going_back.before(self._session.read, line.step_id or 0))
        elif line is not None:
            self._ask(lambda: self._exported(line))

    def go_back_to_here(self) -> None:
        """Ask whether to go back to right after the chosen line."""
        line = self.chosen
        if line is not None and line.step_id is not None:
            self._ask(lambda: going_back.after(self._session.read, line.step_id or 0))
        else:
            self.go_back_to_before()

    def _exported(self, line: Happened) -> Point:
        return going_back.exported(next(one for one in self._session.read.exports() if one.id == line.key[1]))

    def _ask(self, point_of: Callable[[], Point]) -> None:
        point = self._session.run(lambda _project: point_of())
        if point is not None:
            line = self.chosen
            about = "" if line is None else f"{line.what} ({line.analyst or NOBODY})"
            self.going_back.ask(point, self.of or WHOLE, about)

    def _target(self) -> tuple[str, int | None, int | None] | None:
        """The ID, the annotation and the article that the chosen line leads to."""
        if not self._session.has_project:
            return None
        read = self._session.read
        there = set(read.existing({line.annotation_id for line in self._lines if line.annotation_id is not None}))
        for own_articles_only in (True, False):  # the article of a mark that is gone is better than nothing
            for line in self._lines:
                if line.annotation_id in there:
                    return line.record.rpartition(" of ")[2], line.annotation_id, None
                article = None if line.article_id is None else read.article(line.article_id)
                is_meant = line.annotation_id is None or not own_articles_only
                if article is not None and not article.deleted and is_meant:
                    return article.label, None, article.id
        return None

    def _offer_ways(self, place: QPoint) -> None:
        index: QModelIndex = self.view.indexAt(place)
        if not isinstance(self.model.at(index.row()), Happened):
            return
        self.view.go_to(index.row())
        menu = QMenu(self)
        for words, act, enabled in self.ways():
            action = QAction(words, menu)
            action.triggered.connect(act)
            action.setEnabled(enabled)
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def ways(self) -> list[tuple[str, Callable[[], None], bool]]:
        """What the menu of the chosen line offers."""
        ways = [(self.go_button.text(), self.go_to_it, self.go_button.isEnabled())]
        if self.chosen is not None and self.chosen.step_id is not None:
            ways.append(("Go back to before this…", self.go_back_to_before, self.back_button.isEnabled()))
            ways.append(("Go back to here…", self.go_back_to_here, self.back_button.isEnabled()))
        elif self.chosen is not None:
            ways.append(("Go back to this…", self.go_back_to_before, self.back_button.isEnabled()))
        return ways
