"""The panel that finds words in all articles: what is typed, how it is meant, and where it stands.

A line leads to its article, with the bar of the reader open on the same words, so that the next key can mark them.
Nothing is looked for while the panel is closed or lies behind another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDockWidget, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotate.counted import counted
from annotate.errors import AnnotateError
from annotate.finding import Wanted
from annotate.searching import Hits, search_articles
from annotate.store.changes import Changes
from ui.jobs import Job
from ui.lines_view import LinesView
from ui.one_job import OneJob
from ui.panel import PanelHeader
from ui.reader.how_to_find import LONGEST_WORDS, HowToFind
from ui.searching.line import LineDelegate
from ui.searching.model import ARTICLE, LINE, HitsModel
from ui.session import Session
from ui.theme import Theme

_REST_MS = 200
"""After the last letter: each search reads every article."""
_AGAIN_MS = 1_000
"""After articles came, went or changed; an import does that many times."""
_ARTICLE, _WIDEST_ARTICLE = 0.32, 240
"""Share of the width that the title of an article gets, and pixels that are enough for it."""
_IN_ONE_ROW = 460
"""Pixels from which what is typed and how it is meant stand beside each other."""
_FEWEST_LETTERS = 2
_EMPTY = "Type words to see where they stand in all articles."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Hits = Hits()
    trouble: str = ""


class SearchPanel(QWidget):
    went = Signal(object, object)
    """Wanted and Hit: the place that was asked for, whose article is shown now."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = _Looking(session, self)
        self._header: PanelHeader | None = None
        self._stale = False
        self._is_awaited = False
        self._answer = _Answer()
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._look)
        self.words = QLineEdit(placeholderText="Find in all articles", maxLength=LONGEST_WORDS, clearButtonEnabled=True)
        self.words.setAccessibleName("Words to find in all articles")
        self.words.setProperty("kind", "search")
        self.how = HowToFind()
        self.empty = QLabel(_EMPTY, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("kind", "secondary")
        self.empty.setContentsMargins(14, 10, 14, 10)
        self.model = HitsModel(theme, self)
        self.view = _HitsView(self.model, LineDelegate(theme))
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.how.changed.connect(self._ask)
        self._looking.finished.connect(self._given_up)
        self.words.textChanged.connect(lambda _words: self._ask())
        self.view.asked.connect(self.go_to_it)
        session.project_opened.connect(self._project_opened)
        session.project_changed.connect(self._project_changed)

    def put_header(self, header: PanelHeader) -> None:
        self._header = header
        dock = header.parent()
        assert isinstance(dock, QDockWidget)
        dock.visibilityChanged.connect(lambda seen: seen and self._catch_up())

    def set_theme(self, theme: Theme) -> None:
        self.model.theme = self.view.line.theme = theme
        self.view.viewport().update()

    def take_focus(self) -> bool:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        return True

    def look_for(self, words: str) -> None:
        """Look for other words at once, with the switches as they are; nothing is asked by empty ones."""
        words = " ".join(words.split())[:LONGEST_WORDS]
        if words and words != self.words.text():
            self.how.expression.setChecked(False)
            self.words.setText(words)
        if self._rest.isActive():
            self._rest.stop()
            self._look()

    @property
    def wanted(self) -> Wanted:
        return self.how.wanted(self.words.text())

    @property
    def busy(self) -> bool:
        return self._rest.isActive() or self._looking.busy

    def go_to_it(self) -> None:
        """Show the article of the chosen line, with what was found there selected."""
        hit = self.model.at(self.view.currentIndex().row())
        if hit is None:
            return
        self._session.choose_article(hit.article.id)
        self.went.emit(self.wanted, hit)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        in_one_row = self.width() >= _IN_ONE_ROW
        self._above.setDirection(QBoxLayout.Direction.LeftToRight if in_one_row else QBoxLayout.Direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field, Enter and the down arrow lead to the lines."""
        if self.words.hasFocus() and event.key() in (*_ENTER, Qt.Key.Key_Down) and self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            self.view.go_to(max(0, self.view.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    # -- inner workings ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._above.setSpacing(6)
        self._above.setContentsMargins(10, 6, 10, 6)
        self._above.addWidget(self.words, 1)
        self._above.addWidget(self.how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above)
        column.addWidget(self.empty, 1)
        column.addWidget(self.view, 1)
        self._show(_Answer())

    def _project_opened(self) -> None:
        self._rest.stop()
        self._stale = False
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._show(_Answer())

    def _project_changed(self, changes: Changes) -> None:
        if changes.touches("articles", "texts"):
            self._ask(_AGAIN_MS)

    def _ask(self, rest: int = _REST_MS) -> None:
        """Look once the typing rests; what is still being looked for is of no use any more."""
        self._is_awaited = False
        self._looking.give_up()
        self._stale = True
        if self.isVisible():
            self._rest.start(rest)

    def _catch_up(self) -> None:
        if self._stale and not self._rest.isActive():
            self._rest.start(0)

    def _look(self) -> None:
        if not self.isVisible():
            return
        self._stale = False
        if len(self.words.text().strip()) < _FEWEST_LETTERS or not self._session.has_project:
            self._show(_Answer())
        else:
            self._is_awaited = True
            self._looking.look(self.wanted, self._show)
            self._tell("Looking…" if not self.model.rowCount() else "")

    def _given_up(self) -> None:
        """Nothing came of it, which was told as the fault it is."""
        if self._is_awaited:
            self._show(_Answer(trouble="The articles could not be searched."))

    def _show(self, answer: _Answer) -> None:
        chosen = self.model.at(self.view.currentIndex().row())
        self._answer, self._is_awaited = answer, False
        self.model.show(answer.found)
        if chosen is not None:
            self.view.go_to(self.model.row_of(chosen))
        self._tell("")

    def _tell(self, words: str) -> None:
        found, asked = self._answer.found, len(self.words.text().strip()) >= _FEWEST_LETTERS
        if not words:
            words = self._answer.trouble or ("These words stand in no article." if asked else _EMPTY)
        has = bool(found.hits)
        self.empty.setText(words)
        self.empty.setVisible(not has)
        self.view.setVisible(has)
        if self._header is not None:
            first = "" if found.are_all else "the first "
            where = f"in {counted(found.articles, 'article')}"
            self._header.tell(f"{first}{len(found.hits):,} {where}" if has else "")


class _Looking(OneJob):
    """One search at a time; another one takes its place."""

    def look(self, wanted: Wanted, done: Callable[[_Answer], object]) -> None:
        project = self._session.project

        def work(job: Job) -> _Answer:
            with project.reading_elsewhere() as reader:
                try:
                    return _Answer(search_articles(reader, wanted, lambda: not job.stop_asked.is_set()))
                except AnnotateError as error:
                    return _Answer(trouble=str(error))

        self._drop()
        self._start("Find in all articles", work, done, at_fault="The articles could not be searched", in_bar=False)

    def give_up(self) -> None:
        self._drop()


class _HitsView(LinesView):
    """A click asks for the place, too."""

    def __init__(self, model: HitsModel, line: LineDelegate) -> None:
        super().__init__(model, "Where the words stand")
        self.line = line
        self.setItemDelegateForColumn(LINE, line)
        self.clicked.connect(lambda _index: self.asked.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(ARTICLE, min(_WIDEST_ARTICLE, round(self.viewport().width() * _ARTICLE)))
