"""The main window: puts the panels around the reader, and turns actions into commands.

What is shown where is the panels' business; this module only carries facts between the reader, the session and the
actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QMessageBox, QStackedWidget

from annotate import __version__, commands, history
from annotate.model import Span, Step
from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from ui.actions import ActionSet, Needs
from ui.annotations_table import AnnotationsPanel
from ui.articles_panel import ArticlesPanel
from ui.dates import published_label
from ui.exporting import Exporting
from ui.importing import Importing
from ui.inspector import Inspector
from ui.later import Later
from ui.notices import Bars
from ui.palette import CommandPalette
from ui.panel import Panel
from ui.project_files import ProjectFiles
from ui.reader import Reader
from ui.session import Session
from ui.settings import Settings
from ui.shortcut_sheet import show_shortcuts
from ui.tab_order import move_focus
from ui.tags_panel import TagsPanel
from ui.theme import Theme
from ui.toolbar import MainToolBar
from ui.verbs import Verbs
from ui.welcome import WelcomePage

_USUAL_TEXT_SIZE = 11.5
MARK_MENU = (
    "tag", "attribute", "take_speaker", "register_source", "add_check",
    "become_claim", "become_figure", "become_source", "remove_mark",
)  # fmt: skip
"""Actions on a mark, in the order of a menu at the pointer."""


class MainWindow(QMainWindow):
    theme_asked = Signal(str)
    """light, dark or system was chosen in the menu."""

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.importing = Importing(session, self)
        self.exporting = Exporting(session, self)
        self.files = ProjectFiles(self)
        self.setAcceptDrops(True)
        self._undoable: Step | None = None
        self._redoable: Step | None = None
        self._catching_up = Later(self._catch_up, self)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self._build(theme)
        self._connect()
        self.resize(QSize(1400, 880).boundedTo(self.screen().availableSize() * 0.95))
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)
        if settings.layout is not None:
            self.restoreState(settings.layout)
        if settings.table_columns is not None:
            self.annotations.restore_columns(settings.table_columns)
        self._project_opened()

    def set_theme(self, theme: Theme) -> None:
        panels = (self.articles, self.tags, self.annotations, self.inspector)
        for part in (self.reader, *panels, self.toolbar, self.palette_):
            part.set_theme(theme)

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.reader = Reader(theme)
        self.reader.set_point_size(self.settings.text_size)
        self.reader.describe = self._describe
        self.welcome = WelcomePage(self.settings)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.reader)
        self.setCentralWidget(self.stack)
        self.bars = Bars(self.stack)
        self.pointer_menu = QMenu(self)

        self.articles = ArticlesPanel(self.session, theme)
        self.tags = TagsPanel(self.session, theme)
        self.inspector = Inspector(self.session, theme)
        self.annotations = AnnotationsPanel(self.session, theme)
        self._build_docks()
        self.verbs = Verbs(self.session, self.reader, self.annotations, self.tags, self.inspector, self.panels)
        self.actions_ = ActionSet(self, self._handlers())
        self.palette_ = CommandPalette(self.actions_, self.session, theme, self)
        self.toolbar = MainToolBar(self.actions_, theme, self)
        self.addToolBar(self.toolbar)
        self._build_bars()

    def _build_docks(self) -> None:
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, left),
            (Qt.Corner.TopLeftCorner, left),
            (Qt.Corner.BottomRightCorner, right),
            (Qt.Corner.TopRightCorner, right),
        ):
            self.setCorner(corner, area)
        self.panels = {
            "articles": Panel("articles", "Articles", self.articles, self),
            "tags": Panel("tags", "Tags", self.tags, self),
            "inspector": Panel("inspector", "Inspector", self.inspector, self),
            "annotations": Panel("annotations", "Annotations", self.annotations, self),
        }
        for name, area in (("articles", left), ("tags", left), ("inspector", right), ("annotations", bottom)):
            self.addDockWidget(area, self.panels[name])
        for name in ("articles", "tags", "inspector", "annotations"):
            getattr(self, name).put_header(self.panels[name].header)
        self.resizeDocks([self.panels["articles"], self.panels["inspector"]], [270, 340], Qt.Orientation.Horizontal)
        self.resizeDocks([self.panels["articles"], self.panels["tags"]], [500, 250], Qt.Orientation.Vertical)
        self.resizeDocks([self.panels["annotations"]], [210], Qt.Orientation.Vertical)

    def _build_bars(self) -> None:
        menus = self.actions_.fill(self.menuBar())
        self.recent_menu = self.files.recent_menu(menus["File"], before=self.actions_["open_sample"])
        view = menus["View"]
        view.addSeparator()
        for panel in self.panels.values():
            view.addAction(panel.toggleViewAction())
        self.status = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.hint = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.totals = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.statusBar().addWidget(self.status)
        self.statusBar().addWidget(self.hint, 1)
        self.statusBar().addPermanentWidget(self.totals)
        self.statusBar().setSizeGripEnabled(False)

    def _handlers(self) -> dict[str, object]:
        session, reader, verbs = self.session, self.reader, self.verbs
        return {
            "new_project": self.files.new,
            "open_project": self.files.open,
            "open_sample": self.files.sample,
            "import_files": self.files.choose_articles,
            "import_folder": self.files.choose_folder,
            "paste_article": self.files.paste,
            "export_workbook": self.files.export,
            "project_details": self.files.details,
            "close_project": session.close,
            "quit": self.close,
            "undo": lambda: verbs.through_history(session.undo),
            "redo": lambda: verbs.through_history(session.redo),
            "copy_words": lambda: reader.view.copy(),
            "find": reader.find_bar.open,
            "set_name": self.files.ask_name,
            "mark_claim": lambda: verbs.mark(Kind.CLAIM),
            "mark_figure": lambda: verbs.mark(Kind.FIGURE),
            "mark_source": lambda: verbs.mark(Kind.SOURCE),
            "add_words": verbs.add_words,
            "start_earlier": lambda: reader.nudge_edge("start", -1, "word"),
            "start_later": lambda: reader.nudge_edge("start", 1, "word"),
            "end_earlier": lambda: reader.nudge_edge("end", -1, "word"),
            "end_later": lambda: reader.nudge_edge("end", 1, "word"),
            "become_claim": lambda: verbs.become(Kind.CLAIM),
            "become_figure": lambda: verbs.become(Kind.FIGURE),
            "become_source": lambda: verbs.become(Kind.SOURCE),
            "remove_mark": verbs.remove_marks,
            "tag": verbs.focus_tags,
            "attribute": verbs.attribute,
            "take_speaker": verbs.take_speaker,
            "register_source": verbs.register_source,
            "add_check": verbs.add_check,
            "next_mark": lambda: verbs.step_mark(1),
            "previous_mark": lambda: verbs.step_mark(-1),
            "next_article": lambda: self.articles.step(1),
            "previous_article": lambda: self.articles.step(-1),
            "deselect": verbs.deselect,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "zoom_reset": lambda: self._zoom(0),
            "theme_system": lambda: self.theme_asked.emit("system"),
            "theme_light": lambda: self.theme_asked.emit("light"),
            "theme_dark": lambda: self.theme_asked.emit("dark"),
            "command_palette": lambda: self.palette_.open(),
            "shortcuts": lambda: show_shortcuts(session, self),
            "about": self._about,
        }

    def _connect(self) -> None:
        session, reader = self.session, self.reader
        session.project_closing.connect(self._remember_layout)
        session.project_opened.connect(self._project_opened)
        session.article_chosen.connect(self._show_article)
        session.annotation_selected.connect(self._annotation_selected)
        session.project_changed.connect(self._project_changed)
        for happened in (session.project_changed, session.project_opened):
            happened.connect(lambda *_what: self.bars.notices.withdraw())
        session.noticed.connect(self.bars.notices.tell)
        reader.mark_clicked.connect(session.select)
        reader.background_clicked.connect(lambda: session.select(None))
        reader.words_selected.connect(self._refresh_actions)
        reader.edge_moved.connect(lambda i, old, new: session.run(commands.move_edge, i, old, new))
        for view, menu in ((reader.view, self.menu_of_words), (self.annotations.view, self.menu_of_rows)):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(menu)
        self.annotations.jumped.connect(lambda: reader.select(session.annotation_id, reveal=True))
        self.importing.started.connect(self.bars.job.follow)
        self.exporting.started.connect(self.bars.job.follow)
        self.welcome.new_asked.connect(self.files.new)
        self.welcome.open_asked.connect(self.files.open)
        self.welcome.sample_asked.connect(self.files.sample)
        self.welcome.recent_asked.connect(self.files.open_path)
        self.welcome.named.connect(self.files.take_name)
        self.actions_[f"theme_{self.settings.theme}"].setChecked(True)

    # -- menus at the pointer --------------------------------------------------------------------------------------

    def menu_of_words(self, at: QPoint) -> None:
        """What can be done with the selected words, and with the mark under the pointer."""
        hit = self.reader.marks_under(at)
        if hit and self.session.annotation_id not in hit:
            self.session.select(hit[0])
        self.reader.view.setFocus(Qt.FocusReason.PopupFocusReason)
        self._refresh_actions()
        names = ["mark_claim", "mark_figure", "mark_source", "add_words", "copy_words"]
        self._menu(self.reader.view.viewport().mapToGlobal(at), [names if self.reader.selection() else [], MARK_MENU])

    def menu_of_rows(self, at: QPoint) -> None:
        """What can be done with the annotations of the selected rows."""
        self._menu(self.annotations.view.viewport().mapToGlobal(at), [MARK_MENU])

    def _menu(self, at: QPoint, groups: Sequence[Sequence[str]]) -> None:
        self.pointer_menu.clear()
        menu = self.pointer_menu
        for names in groups:
            usable = [self.actions_[name] for name in names if self.actions_[name].isEnabled()]
            if usable and not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(usable)
        if not menu.isEmpty():
            menu.popup(at)

    # -- events --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else has taken: those of tags."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and self.session.has_project and event.text() and self.tags.toggle_by_key(event.text().upper()):
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event)
        event.acceptProposedAction()
        if len(paths) == 1 and paths[0].suffix == ".pnote":
            self.files.open_path(paths[0])
        elif paths:
            self.files.take_dropped(paths)
        elif self.session.has_project:
            self.importing.take_text(event.mimeData().text())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.session.close()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Put Tab in the order in which the eye goes: down the left, the article, its record, the table below."""
        panels = [self.panels[name] for name in ("articles", "tags", "inspector", "annotations")]
        beside = [part for panel in panels for part in (panel.header, panel.widget())]
        return move_focus([self.toolbar, *beside[:4], self.centralWidget(), *beside[4:]], forward=forward)

    # -- following the session -----------------------------------------------------------------------------------

    def _remember_layout(self) -> None:
        """Panels are hidden without a project, so how they stand is remembered while one is open."""
        self.settings.layout = self.saveState()
        self.settings.table_columns = self.annotations.columns_state()

    def _project_opened(self) -> None:
        has = self.session.has_project
        self.stack.setCurrentWidget(self.reader if has else self.welcome)
        for panel in self.panels.values():
            if not has:
                panel.setProperty("open", panel.isVisibleTo(self))
                panel.hide()
            elif panel.property("open") is not False:
                panel.show()
            panel.toggleViewAction().setEnabled(has)
        self.toolbar.setVisible(has)
        title = self.session.project.path.stem if has else ""
        self.setWindowTitle(f"{title} – Provenote" if title else "Provenote")
        if has:
            self.settings.remember(self.session.project.path)
            articles = self.session.read.articles()
            if articles:
                self.session.choose_article(articles[0].id)
            else:
                self._show_article(None)
        else:
            self.welcome.refresh()
        self._catching_up.drop()
        self._refresh_status()
        self._refresh_history()
        self._refresh_actions()

    def _show_article(self, _article_id: int | None) -> None:
        article = self.session.article
        if article is None:
            empty = self.session.has_project and not self.session.read.articles()
            words = "Drop articles here, or press Ctrl+I." if empty else "Choose an article on the left."
            self.reader.clear(words)
        else:
            read = self.session.read
            self.reader.show_article(
                article.title, self._byline(), read.body(article.text_id), read.marks(article.text_id)
            )
        self._refresh_actions()

    def _annotation_selected(self, annotation_id: int | None) -> None:
        self.reader.select(annotation_id, reveal=True)
        self._catching_up.ask()

    def _project_changed(self, changes: Changes) -> None:
        article = self.session.article
        if article is not None:
            if changes.touches("tags"):  # any mark may have another colour now
                marks = self.session.read.marks(article.text_id)
                self.reader.replace_marks({mark.annotation_id for mark in marks}, marks)
            elif changes.touches("annotations", "spans", "annotation_tags"):
                touched = changes.annotations
                marks = self.session.read.marks_of(touched, text_id=article.text_id)
                self.reader.replace_marks(touched, marks)
            if article.id in changes.ids("articles"):
                self.reader.set_header(article.title, self._byline())
        self._catching_up.ask()

    def _refresh_actions(self, _words: Span | None = None) -> None:
        session = self.session
        met = {Needs.NOTHING}
        words = self.reader.selection() is not None and session.article_id is not None
        if session.has_project:
            met.add(Needs.PROJECT)
            annotation = session.annotation
            met |= {Needs.ARTICLE} if session.article_id is not None else set()
            met |= {Needs.WORDS} if words else set()
            met |= {Needs.ANNOTATION} if annotation is not None else set()
            if annotation is not None and annotation.kind is not Kind.SOURCE:
                met.add(Needs.ATTRIBUTABLE)
            elif annotation is not None and annotation.mention.source_id is None:
                met.add(Needs.UNREGISTERED)
            met |= {Needs.WORDS_AND_ANNOTATION} if words and annotation is not None else set()
            met |= {Needs.UNDOABLE} if self._undoable else set()
            met |= {Needs.REDOABLE} if self._redoable else set()
        self.actions_.enable(frozenset(met))
        hint = ""
        if Needs.WORDS_AND_ANNOTATION in met and session.annotation is not None:
            hint = f"C, F or S marks the words; A adds them to {session.annotation.label}"
        elif words:
            hint = "C, F or S marks the words"
        self.hint.setText(hint)

    def _catch_up(self) -> None:
        """What may follow once a mark that was just made is on screen."""
        self._refresh_status()
        self._refresh_history()
        self._refresh_actions()

    def _refresh_history(self) -> None:
        """Name what would be undone and redone."""
        project = self.session.project if self.session.has_project else None
        self._undoable = None if project is None else history.next_undo(project)
        self._redoable = None if project is None else history.next_redo(project)
        for name, step in (("undo", self._undoable), ("redo", self._redoable)):
            action = self.actions_[name]
            action.setText(f"{name.capitalize()}: {step.label}" if step else name.capitalize())
            action.setToolTip(f"{action.text()} ({action.shortcut().toString()})")

    def _refresh_status(self) -> None:
        if not self.session.has_project:
            self.status.clear()
            self.totals.clear()
            return
        saved = "all changes saved" if self.session.file_is_there else "not in its place any more"
        self.status.setText(f"{self.session.project.path.name}     {saved}")
        totals = self.session.read.totals()
        self.totals.setText(f"C {totals['claims']:,} · F {totals['figures']:,} · S {totals['mentions']:,}")

    # -- small things --------------------------------------------------------------------------------------------

    def _byline(self) -> str:
        article = self.session.article
        if article is None:
            return ""
        text = self.session.read.text(article.text_id)
        file = self.session.read.file(article.file_id) if article.file_id is not None else None
        pieces = (
            article.outlet,
            article.author,
            published_label(article.published, short=False),
            f"{text.words:,} words" if text is not None else "",
            f"imported from {file.name}" if file is not None else "",
        )
        return " · ".join(filter(None, pieces))

    def _describe(self, annotation_id: int) -> str:
        """What the tooltip of a mark says."""
        line = next(iter(self.session.read.summaries([annotation_id])), None)
        if line is None:
            return ""
        from annotate.amount_format import format_amount

        amount = format_amount(line.figure) if line.figure is not None else ""
        pieces = (f"{line.kind.label} {line.label}", amount, line.attributed_to, ", ".join(line.tags))
        return " · ".join(filter(None, pieces))

    def _zoom(self, direction: int) -> None:
        size = _USUAL_TEXT_SIZE if direction == 0 else self.settings.text_size * (1.1**direction)
        self.settings.text_size = min(max(size, 7.0), 40.0)
        self.reader.set_point_size(self.settings.text_size)

    def _about(self) -> None:
        words = (
            f"Provenote {__version__}\n\nMark claims, figures and sources in articles; hand on an evidence workbook."
            f"\n\nMIT licence. Nothing leaves this computer."
        )
        QMessageBox.about(self, "About Provenote", words)


def _local_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
