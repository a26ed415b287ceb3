"""The main window: puts the panels around the reader, and turns actions into commands.

What is shown where is the panels' business, and which action does what stands in handlers.py.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotate.fault_log import FaultLog, LastUsed, state_folder
from annotate.fetching import is_address, only_addresses
from ui.actions import ActionSet
from ui.annotations_table import AnnotationsPanel
from ui.articles_panel import ArticlesPanel
from ui.availability import Availability
from ui.backups import Keeping
from ui.claims_lists import ClaimsLists
from ui.docks import Docks
from ui.erasing import Erasing
from ui.exporting import Exporting
from ui.faults import Faults
from ui.handlers import find_everywhere, handlers_of
from ui.history import HistoryPanel
from ui.importing import Importing
from ui.inspector import Inspector
from ui.keymap import pressed
from ui.keys import Keys
from ui.later import Later
from ui.mark_filter_button import MarkFilterButton
from ui.marking_elsewhere import MarkingElsewhere
from ui.mending import Mending
from ui.moved_marks import MovedMarks
from ui.notices import Bars
from ui.opening_notice import opening_notice
from ui.palette import CommandPalette
from ui.palette_rows import panel_rows, project_rows, reference_rows, tag_rows, words_row
from ui.picture import PictureDesk
from ui.pointer_menus import PointerMenus
from ui.project_files import ProjectFiles
from ui.readback import ReadingBack
from ui.reader import Reader
from ui.reading import Reading
from ui.searching import SearchPanel
from ui.session import Notice, Session
from ui.settings import Settings
from ui.status_line import StatusLine
from ui.suggestions import Learned, Proposing, SuggestionsPanel, Waiting
from ui.tags_panel import TagsPanel
from ui.taking_in import TakingIn
from ui.theme import Theme
from ui.toolbar import MainToolBar
from ui.verbs import Verbs
from ui.view_line import ViewLine
from ui.welcome import WelcomePage


class MainWindow(QMainWindow):
    theme_asked = Signal(str)
    """light, dark or system was chosen in the menu."""

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.keys = Keys(settings, self)
        self.used = LastUsed()
        self.faults = Faults(session, FaultLog(state_folder()), self.used, self)
        self.importing = Importing(session, theme, self)
        self.exporting = Exporting(session, self)
        self.reading_back = ReadingBack(session, theme, self)
        self.claims_lists = ClaimsLists(session, self)
        self.taking_in = TakingIn(session, self)
        self.erasing = Erasing(session, self, lambda: self.keeping.busy)
        self.keeping = Keeping(session, settings, self, lambda: self.erasing.busy)
        self.mending = Mending(session, self)
        self.files = ProjectFiles(self)
        self.setAcceptDrops(True)
        self._catching_up = Later(self._catch_up, self)
        self._warned_of: list[str] = []
        self._build(theme)
        self._connect()
        self.resize(QSize(1400, 880).boundedTo(self.screen().availableSize() * 0.95))
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)
        self.docks.restore(settings)
        if settings.table_columns is not None:
            self.annotations.restore_columns(settings.table_columns)
        self._project_opened()

    def set_theme(self, theme: Theme) -> None:
        panels = (
            self.articles,
            self.tags,
            self.annotations,
            self.inspector,
            self.suggestions,
            self.history,
            self.searching,
        )
        for part in (
            self.importing,
            self.reading_back,
            self.reader,
            self.mark_filter,
            *panels,
            self.searching,
            self.toolbar,
            self.palette_,
        ):
            part.set_theme(theme)

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.reader = Reader(theme)
        self.welcome = WelcomePage(self.settings)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.desk = PictureDesk(self.session, self.reader)
        self.stack.addWidget(self.desk)
        self.view_line = ViewLine(self.session)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view_line)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.bars = Bars(self.stack)

        self.articles = ArticlesPanel(self.session, theme, self.keys)
        self.tags = TagsPanel(self.session, theme, self.keys)
        self.inspector = Inspector(self.session, theme, self.keys)
        self.annotations = AnnotationsPanel(self.session, theme, self.keys)
        self.history = HistoryPanel(self.session, theme)
        self.searching = SearchPanel(self.session, theme)
        self.docks = Docks(
            self,
            self.reader,
            {
                "articles": self.articles,
                "tags": self.tags,
                "inspector": self.inspector,
                "annotations": self.annotations,
                "history": self.history,
                "searching": self.searching,
            },
        )
        self.panels = self.docks.panels
        self.moved_marks = MovedMarks(self.session, self.reader)
        self.moved_panel = self.docks.add_on_demand("moved_marks", "Moved marks", self.moved_marks)
        self.moved_marks.wanted.connect(lambda on: self.docks.show_in_front(self.moved_panel, wanted=on))
        self.learned = Learned(self.session, self)
        self.waiting = Waiting(self.session, self.reader, self.learned)
        self.suggestions = SuggestionsPanel(self.session, self.waiting, self.learned, theme, self.keys)
        self.suggestions_panel = self.docks.add_on_demand("suggestions", "Suggestions", self.suggestions)
        self.suggestions.wanted.connect(self.suggestions_panel.setVisible)
        self.proposing = Proposing(self.session, self.settings, self)
        self.mark_filter = MarkFilterButton(self.session, self.keys, theme)
        self.reader.header.add(self.mark_filter)
        self.reading = Reading(self.session, self.reader, self.learned, self.settings, self.keys, self)
        self.marking_elsewhere = MarkingElsewhere(self.session, self)
        self.verbs = Verbs(
            self.session,
            self.reader,
            self.annotations,
            self.tags,
            self.inspector,
            self.panels,
            self.keys,
            self.marking_elsewhere,
        )
        self.actions_ = ActionSet(self, handlers_of(self), self.keys.keymap, self.used.note)
        self.actions_.work_in(self.reader.view, self.suggestions.list)
        self.view_line.use(self.actions_)
        self.availability = Availability(self.session, self.reader, self.waiting, self.actions_, self)
        self.pointer_menus = PointerMenus(
            self.session, self.reader, self.annotations, self.actions_, self.availability, self
        )
        self.palette_ = CommandPalette(self.actions_, self.session, theme, self)
        for rows in (
            lambda: panel_rows(self.panels),
            lambda: tag_rows(self.session, self.tags.tags(), self.tags.put, self.keys),
            lambda: project_rows(self.session, self.settings.recent, self.files.open_path),
        ):
            self.palette_.offer_also(rows)
        self.palette_.find_also(lambda typed: reference_rows(self.session, typed))
        look_for = partial(find_everywhere, self)
        self.palette_.find_last(lambda typed: words_row(self.session, typed, look_for, self.keys))
        self.toolbar = MainToolBar(self.actions_, theme, self)
        self.addToolBar(self.toolbar)
        self._build_bars()

    def _build_bars(self) -> None:
        menus = self.actions_.fill(self.menuBar())
        self.recent_menu = self.files.recent_menu(menus["File"], before=self.actions_["open_sample"])
        menus["View"].addSeparator()
        toggles = menus["View"].addMenu("Panels")
        for panel in self.panels.values():
            toggles.addAction(panel.toggleViewAction())
        toggles.addAction(self.moved_panel.toggleViewAction())
        self.moved_marks.wanted.connect(self.moved_panel.toggleViewAction().setEnabled)
        toggles.addAction(self.suggestions_panel.toggleViewAction())
        self.suggestions.wanted.connect(self.suggestions_panel.toggleViewAction().setEnabled)
        self.status_line = StatusLine(self.session, self.statusBar())
        self.availability.hinted.connect(self.status_line.hint.setText)

    def _connect(self) -> None:
        session, reader = self.session, self.reader
        session.project_closing.connect(self._remember_layout)
        session.project_opened.connect(self._project_opened)
        for happened in (session.project_opened, session.annotation_selected):
            happened.connect(lambda *_what: self.bars.notices.withdraw())
        session.project_changed.connect(lambda changes: changes.is_aside or self.bars.notices.withdraw())
        self.keys.changed.connect(lambda: self.actions_.set_keymap(self.keys.keymap))
        self.keys.changed.connect(self.availability.refresh)
        session.noticed.connect(self.bars.notices.tell)
        session.article_chosen.connect(self.availability.refresh)
        session.annotation_selected.connect(self._catching_up.ask)
        session.project_changed.connect(self._catching_up.ask_after)
        session.filter_changed.connect(self.availability.refresh)
        session.went_to.connect(lambda annotation_id: reader.select(annotation_id, reveal=True))
        self.searching.went.connect(lambda wanted, hit: reader.find_bar.look_for(wanted, hit.span.start))
        self.annotations.jumped.connect(lambda: reader.select(session.annotation_id, reveal=True))
        self.importing.started.connect(self.bars.job.follow)
        self.importing.finished.connect(self.articles.catching_up.now)
        self.exporting.started.connect(self.bars.job.follow)
        self.exporting.finished.connect(self.history.refresh)
        self.reading_back.started.connect(self.bars.job.follow)
        self.claims_lists.started.connect(self.bars.job.follow)
        self.taking_in.started.connect(self.bars.job.follow)
        self.erasing.started.connect(self.bars.job.follow)
        self.erasing.began.connect(self.inspector.commit_pending)
        self.articles.erase_asked.connect(self.erasing.ask_articles)
        self.keeping.started.connect(self.bars.job.follow)
        self.mending.started.connect(self.bars.job.follow)
        self.welcome.new_asked.connect(self.files.new)
        self.welcome.open_asked.connect(self.files.open)
        self.welcome.sample_asked.connect(self.files.sample)
        self.welcome.recent_asked.connect(self.files.open_path)
        self.welcome.named.connect(self.files.take_name)
        self.actions_[f"theme_{self.settings.theme}"].setChecked(True)
        self.actions_["suggest_by_itself"].setChecked(self.settings.suggests)

    # -- events --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else has taken: those of tags, and of actions that cannot be used now."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and self.session.has_project and event.text() and self.tags.toggle_by_key(event.text().upper()):
            return
        name = self.keys.keymap.owner(pressed(event))
        if name is None:
            super().keyPressEvent(event)
        elif (missing := self.actions_.missing(name)) and self.actions_.works_in(name, QApplication.focusWidget()):
            self.session.tell(Notice(f"{self.keys.label(name)}: {missing}."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event) or _web_addresses(event) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event)
        event.acceptProposedAction()
        if len(paths) == 1 and paths[0].suffix == ".pnote":
            self.files.open_path(paths[0])
        elif not self.session.may_change():
            return
        elif paths:
            self.files.take_dropped(paths)
        elif addresses := _web_addresses(event):
            self.files.take_dropped_addresses(addresses)
        elif self.session.has_project:
            self.importing.take_text(event.mimeData().text())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        for step in (self.keeping.quit, self.session.close):
            try:
                step()
            except Exception as error:  # out of here it would break Qt's bindings, and crash the next window
                self.faults.note(error, "at closing")
        super().closeEvent(event)

    def _may_close(self) -> bool:
        """Whether what was typed is saved; where it cannot be, the window stays once, and goes when closed again."""
        warned = self._warned_of
        try:
            self.inspector.commit_pending()
            self._warned_of = self.inspector.unsaved()
        except Exception as error:  # of a damaged project that cannot be read any more; who wants to go may go
            self.faults.note(error, "at closing")
            return True
        if self._warned_of and self._warned_of != warned:
            words = "What you typed last was not saved. Copy it, or make room and close the window again."
            self.session.tell(Notice(words, trouble=True, details="\n\n".join(self._warned_of)))
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.docks.move_focus(self.toolbar, forward=forward)

    # -- following the session -----------------------------------------------------------------------------------

    def _remember_layout(self) -> None:
        """Panels are hidden without a project, so how they stand is remembered while one is open."""
        self.docks.remember(self.settings)
        self.settings.table_columns = self.annotations.columns_state()

    def _project_opened(self) -> None:
        has = self.session.has_project
        self.stack.setCurrentWidget(self.desk if has else self.welcome)
        self.docks.follow_project(is_open=has)
        self.toolbar.setVisible(has)
        title = self.session.project.path.stem if has else ""
        title += " (only looked at)" if self.session.view_only else ""
        self.setWindowTitle(f"{title} – Provenote" if title else "Provenote")
        if has:
            self.settings.remember(self.session.project.path)
            articles = self.session.read.articles()
            if articles:
                self.session.choose_article(articles[0].id)
            else:
                self.reading.show_article()
        else:
            self.welcome.refresh()
        self._catching_up.drop()
        self._catch_up()
        if has and (notice := opening_notice(self.session.project, self.settings)) is not None:
            self.session.tell(notice)

    def _catch_up(self) -> None:
        """What may follow once a mark that was just made is on screen."""
        self.status_line.refresh()
        self.availability.refresh_history()
        self.availability.refresh()


def _local_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _web_addresses(event: QDropEvent) -> tuple[str, ...]:
    """Links that are dropped, or a text of nothing but web addresses."""
    links = [url.toString() for url in event.mimeData().urls()]
    return tuple(filter(is_address, links)) or only_addresses(event.mimeData().text())
