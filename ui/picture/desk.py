"""Reader and picture side by side: the words of a picture are typed beside it, then marked like any other text.

What was typed is kept when it is finished, and also when another article is chosen or the project closed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate import commands
from annotate.canonical import canonical
from annotate.importers.picture import FORMAT as PICTURE
from annotate.model import Article
from annotate.store.changes import Changes
from ui.jobs import Job
from ui.picture.decoding import decoded
from ui.picture.view import PictureView
from ui.plain_tips import plain_tip
from ui.session import Session

_TYPE = "Type what the picture says, word for word. Then it can be marked."
_NO_TEXT = "What the picture says has not been typed yet."

_NARROW = 640
"""Pixels below which picture and text stand one above the other."""


class _Field(QPlainTextEdit):
    finished = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.key() == Qt.Key.Key_Escape:  # else it would go to the marks behind
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """The text as it was typed; a widget's own text would have lost odd spaces."""
        return self.document().toRawText().replace("\u2029", "\n")


class PictureDesk(QWidget):
    def __init__(self, session: Session, reader: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._article_id: int | None = None
        """The picture that is shown."""
        self._job: Job | None = None
        self.view = PictureView()
        self.trouble = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setProperty("kind", "secondary")
        self.field = _Field()
        self.field.setAccessibleName("Text of the picture")
        self.field.setProperty("kind", "field")
        self.field.setTabChangesFocus(True)
        self.done_button = QPushButton("Keep the text")
        self.done_button.setProperty("kind", "primary")
        self.give_up_button = QPushButton("Cancel", toolTip="Escape")
        self.edit_button = QPushButton("Edit text")
        self._reader = reader
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(reader)
        self._pages.addWidget(self._typing_page())
        self._picture = self._picture_page()
        self._split.addWidget(self._picture)
        self._split.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)
        self._split.setSizes([1000, 1000])
        self._picture.hide()
        self.field.finished.connect(self.keep)
        self.field.given_up.connect(self._give_up)
        self.field.textChanged.connect(self._offer)
        self.done_button.clicked.connect(self.keep)
        self.give_up_button.clicked.connect(self._give_up)
        self.edit_button.clicked.connect(self.edit)
        session.article_chosen.connect(self._article_chosen)
        session.project_changed.connect(self._follow)
        session.project_closing.connect(self._leave)
        session.project_opened.connect(self._article_chosen)

    @property
    def is_typing(self) -> bool:
        return self._pages.currentIndex() == 1

    def edit(self) -> None:
        """Show the text for typing."""
        article = self._session.article
        if article is None or article.id != self._article_id:
            return
        self.field.setPlainText(self._session.read.body(article.text_id))
        self._pages.setCurrentIndex(1)
        self._offer()
        self.field.setFocus()

    def keep(self) -> None:
        """Make what was typed the article's text, and show it for marking."""
        if self._article_id is None or not self.is_typing:
            return
        kept = self._session.run(commands.type_text, self._article_id, self.field.words())
        if kept is not None and self.field.words().strip():
            self._pages.setCurrentIndex(0)
            self._reader.setFocus()

    def _give_up(self) -> None:
        """Leave the text as it was; where there is none, there is nothing else to show."""
        article = self._session.article
        if article is not None and self._session.read.body(article.text_id):
            self._pages.setCurrentIndex(0)
            self._reader.setFocus()
        else:
            self.field.clear()

    def _leave(self) -> bool:
        """Another article is chosen, or the project closes: what was typed is kept. Whether there was anything."""
        typed = self._article_id is not None and self.is_typing and self._is_changed()
        if self._article_id is not None and typed:
            self._session.run(commands.type_text, self._article_id, self.field.words())
        self._article_id = None
        self._pages.setCurrentIndex(0)
        return typed

    def _is_changed(self) -> bool:
        article = None if self._article_id is None else self._session.read.article(self._article_id)
        if article is None or article.deleted:
            return False
        return canonical(self.field.words()).text != self._session.read.body(article.text_id)

    def _article_chosen(self) -> None:
        article = self._session.article if self._session.has_project else None
        if article is not None and article.id == self._article_id:
            return
        if self._session.has_project and self._leave():
            self._session.tell_undoable("What was typed is the picture’s text now; Edit text above it corrects that.")
        self._article_id = None
        if self._job is not None:
            self._job.cancel()
        if article is None or not self._is_picture(article):
            self._picture.hide()
            return
        self._article_id = article.id
        self._show_picture(article)
        if not self._session.read.body(article.text_id):
            self.field.clear()
            self._pages.setCurrentIndex(1)
        self._offer()

    def _is_picture(self, article: Article) -> bool:
        return self._session.read.texts(article.id)[0].importer == PICTURE.name

    def _show_picture(self, article: Article) -> None:
        self._picture.show()
        self.view.show_image(QImage())
        self._say("Opening the picture …")
        if article.file_id is None:
            return
        data = self._session.read.file_bytes(article.file_id)
        job = self._job = Job("Opening a picture", lambda _job: decoded(data), self)
        job.succeeded.connect(self._decoded)
        job.failed.connect(self._failed)
        job.ended.connect(lambda: self._job_ended(job))
        job.start()

    def _decoded(self, found: QImage | str) -> None:
        if isinstance(found, QImage):
            self._say("")
            self.view.show_image(found)
        else:
            self._say(found)

    def _failed(self, error: Exception) -> None:
        self._say("This picture cannot be shown because of a fault in Provenote.")
        raise error

    def _job_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.view.setVisible(not words)

    def _follow(self, changes: Changes) -> None:
        """An undo may have taken the text away, or brought it back."""
        article = self._session.article
        if article is None or article.id != self._article_id or not changes.touches("texts"):
            return
        empty = not self._session.read.body(article.text_id)
        if empty and not self.is_typing:
            self.edit()
        elif not empty and changes.kind != "edit":
            self._pages.setCurrentIndex(0)
        self._offer()

    def _offer(self) -> None:
        article = self._session.article if self._session.has_project else None
        has_text = article is not None and bool(self._session.read.body(article.text_id))
        view_only = self._session.view_only
        self.field.setReadOnly(bool(view_only))
        self.field.setPlaceholderText(_NO_TEXT if view_only else _TYPE)
        self.done_button.setEnabled(bool(self.field.words().strip()) and not view_only)
        self.done_button.setToolTip(plain_tip(view_only) or "Ctrl+Enter")
        self.edit_button.setToolTip(plain_tip(view_only) or "Correct what was typed; marks are carried over")
        self.edit_button.setEnabled(not view_only)
        self.give_up_button.setVisible(has_text)
        self.edit_button.setVisible(has_text)

    def _picture_page(self) -> QWidget:
        page = QWidget()
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 6)
        bar.setSpacing(4)
        for words, name, direction in (("−", "Smaller", -1), ("+", "Larger", 1), ("Fit", "Fit the width", 0)):
            button = QToolButton(text=words, toolTip=name)
            button.setAccessibleName(name)
            button.setProperty("kind", "quiet")
            button.clicked.connect(lambda _checked=False, direction=direction: self.view.zoom(direction))
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.edit_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.trouble, 1)
        column.addWidget(self.view, 1)
        page.setMinimumWidth(200)
        return page

    def _typing_page(self) -> QWidget:
        page = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.give_up_button)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 6, 16, 12)
        column.setSpacing(8)
        column.addLayout(buttons)  # above, since notices come up from below
        column.addWidget(self.field, 1)
        return page

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wanted = Qt.Orientation.Vertical if self.width() < _NARROW else Qt.Orientation.Horizontal
        if wanted != self._split.orientation():
            self._split.setOrientation(wanted)
            self._split.setSizes([1000, 1000])
