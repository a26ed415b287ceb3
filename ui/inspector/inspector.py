"""The right-hand side of the window: the record of what is selected, to be read and corrected.

Shows the selected annotation, else the article, else a quiet sentence. Forms are made when they are first needed and
kept, so that the window is there at once and selecting is quick.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from ui.inspector.article_form import ArticleForm
from ui.inspector.claim_form import ClaimForm
from ui.inspector.figure_form import FigureForm
from ui.inspector.form import AnnotationForm, Form
from ui.inspector.header import Header
from ui.inspector.layout import MARGIN, Words
from ui.inspector.locking import lock
from ui.inspector.source_form import EntryForm, SourceForm
from ui.keys import Keys
from ui.later import Later
from ui.panel import PanelHeader
from ui.session import Notice, Session
from ui.tab_order import tab_stops
from ui.theme import Theme

_FORMS: dict[Kind, type[AnnotationForm]] = {
    Kind.CLAIM: ClaimForm,
    Kind.FIGURE: FigureForm,
    Kind.SOURCE: SourceForm,
}

F = TypeVar("F", bound=Form)


class Inspector(QWidget):
    """One form at a time, under a head that its dock can take for a title. Works from 280 pixels of width."""

    def __init__(self, session: Session, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._session = session
        self._keys = keys
        self._theme = theme
        self._pages: dict[type[Form], QScrollArea] = {}
        self._locked: set[Form] = set()
        self._catching_up = Later(self._catch_up, self)
        self._anew = self._stale = self._recounted = False
        self.header = Header(session)
        self.nothing = Words("Choose an article, or drop one on the window.", "secondary")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(MARGIN, 14, MARGIN, MARGIN)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        session.project_closing.connect(self._let_go)
        session.project_opened.connect(self._opened)
        session.article_chosen.connect(self._article_chosen)
        session.annotation_selected.connect(self._selected)
        session.project_changed.connect(self._changed)
        session.filter_changed.connect(self._filtered)
        self._show_selected()

    def put_header(self, header: PanelHeader) -> None:
        """The dock's header is the form's head: there is one and not two above each other."""
        header.show_instead(self.header)

    def sizeHint(self) -> QSize:
        return QSize(340, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 120)

    @property
    def form(self) -> Form | None:
        """The form of what is selected, or None."""
        self._catching_up.now()
        return self._shown_form()

    def _shown_form(self) -> Form | None:
        page = self._stack.currentWidget()
        form = page.widget() if isinstance(page, QScrollArea) else None
        return form if isinstance(form, Form) else None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for page in self._pages.values():
            form = page.widget()
            if isinstance(form, Form):
                form.set_theme(theme)
        self.refresh()

    def refresh(self) -> None:
        """Show everything as it is now; what is being typed stays."""
        form = self.form
        if form is not None and self._session.has_project:
            form.refresh()
            self._lock(form)
            self._head()

    def commit_pending(self) -> None:
        """Write what was typed and still rests: called before the project is closed or another record is shown."""
        form = self._shown_form()
        if form is None:
            return
        if self._session.has_project and self._still_there(form):
            form.commit()
        else:
            form.forget()

    def unsaved(self) -> list[str]:
        """Words of the shown form that could not be written, in its order."""
        form = self._shown_form()
        fields = [] if form is None else form.findChildren(QWidget)
        return [words for field in fields if (words := getattr(field, "unsaved", ""))]

    def _let_go(self) -> None:
        """Write what rests before something else is shown; what cannot be written can at least be copied."""
        self.commit_pending()
        if words := self.unsaved():
            told = (
                "What you typed last was not saved and is not shown any more. Copy it here, to paste it once it can be "
                "saved."
            )
            self._session.tell(Notice(told, trouble=True, details="\n\n".join(words)))

    def take_focus(self) -> bool:
        """Put the focus on the first stop of what is shown that takes nothing away; False where there is none."""
        first = next((stop for stop in tab_stops(self) if getattr(stop, "text", str)() != "×"), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return first is not None

    def focus_attribution(self) -> None:
        """Open the list of sources to attribute the selected claim or figure to."""
        form = self._form_of_selected()
        if form is not None and form.attributions.isVisible():
            self._pages[type(form)].ensureWidgetVisible(form.attributions.chips)
            form.attributions.open_picker()

    def focus_join(self) -> None:
        """Open the list of entries that the source which is shown may be the same as."""
        form = self.form
        if isinstance(form, SourceForm | EntryForm) and form.entry.join.isVisible():
            self._pages[type(form)].ensureWidgetVisible(form.entry.join)
            form.entry.open_join_picker()

    def focus_check(self) -> None:
        """Begin to log a check of the selected claim or figure."""
        form = self._form_of_selected()
        if form is not None:
            editor = form.checks.open_editor(None)
            form.adjustSize()
            self._pages[type(form)].ensureWidgetVisible(editor)

    def show_source(self, source_id: int) -> None:
        """Show an entry of the register in place of what is selected, with a way back."""
        self._let_go()
        form = self._form(EntryForm)
        form.shown_id = source_id
        form.refresh()
        self._turn_to(form, anew=True)
        form.entry.name.setFocus()

    def show_outlet(self) -> None:
        """Show the article's form, at the outlet."""
        self._session.select(None)
        form = self.form
        if isinstance(form, ArticleForm):
            form.focus_outlet()

    def _form_of_selected(self) -> ClaimForm | FigureForm | None:
        """The form of the selected claim or figure, also where a register entry is shown in its place."""
        if isinstance(self.form, EntryForm):
            self._selected()
        form = self.form
        return form if isinstance(form, ClaimForm | FigureForm) else None

    def _go(self, annotation_id: object) -> None:
        if annotation_id == self._session.annotation_id:
            self._selected()
        else:
            self._session.select(cast("int | None", annotation_id))

    def _opened(self) -> None:
        self._catching_up.drop()
        self.header.count_again()
        for page in self._pages.values():
            form = page.widget()
            if isinstance(form, Form):
                form.forget()
                form.shown_id = None
        self._show_selected()

    def _article_chosen(self, _id: object) -> None:
        self.header.count_again()
        self._selected()

    def _selected(self, _id: object = None) -> None:
        self._let_go()
        self._anew = True
        self._catching_up.ask()

    def _changed(self, changes: Changes) -> None:
        form = self._shown_form()
        self._stale |= form is not None and form.concerns(changes)
        if self._session.article_id in changes.articles:
            self.header.follow(changes)
            self._recounted = True
        if self._stale or self._recounted:
            self._catching_up.ask()

    def _filtered(self) -> None:
        self.header.count_again()
        self._recounted = True
        self._catching_up.ask()

    def _catch_up(self) -> None:
        """Show what was selected and changed since; a mark that was just made is painted first."""
        form = self._shown_form()
        if self._anew:
            self._show_selected()
        elif form is not None:
            if self._stale:
                form.refresh()
                self._lock(form)
            self._head()
        self._anew = self._stale = self._recounted = False

    def _show_selected(self) -> None:
        session = self._session
        annotation = session.annotation if session.has_project else None
        article = session.article if session.has_project else None
        if annotation is not None:
            form = self._form(_FORMS[annotation.kind])
            anew = form.shown_id != annotation.id
            form.show_annotation(annotation)
            self._turn_to(form, anew=anew)
        elif article is not None:
            form = self._form(ArticleForm)
            anew = form.shown_id != article.id
            form.show_article(article)
            self._turn_to(form, anew=anew)
        else:
            self._stack.setCurrentWidget(self.nothing)
            self._head()

    def _head(self) -> None:
        form = self._shown_form()
        annotation = self._session.annotation if self._session.has_project else None
        if isinstance(form, EntryForm):
            source = None if form.shown_id is None else self._session.read.source(form.shown_id)
            self.header.show_title("Source", "" if source is None else source.label)
        elif isinstance(form, AnnotationForm) and annotation is not None:
            self.header.show_annotation(annotation, self._theme)
        elif isinstance(form, ArticleForm):
            self.header.show_title("Article")
        else:
            self.header.show_title("Nothing selected")

    def _form(self, kind: type[F]) -> F:
        """The form of a kind, made when it is first asked for."""
        page = self._pages.get(kind)
        if page is None:
            form = kind(self._session, self._theme)
            page = self._pages[kind] = _page(form)
            self._stack.addWidget(page)
            form.source_wanted.connect(self.show_source)
            form.annotation_wanted.connect(self._go)
            form.outlet_wanted.connect(self.show_outlet)
            if isinstance(form, AnnotationForm):
                form.name_keys(self._keys)
                self._keys.changed.connect(partial(form.name_keys, self._keys))
            if isinstance(form, EntryForm):
                form.back.clicked.connect(lambda: self._selected())
        form = page.widget()
        assert isinstance(form, kind)
        return form

    def _turn_to(self, form: Form, *, anew: bool) -> None:
        page = self._pages[type(form)]
        self._lock(form)
        self._stack.setCurrentWidget(page)
        if anew:
            page.verticalScrollBar().setValue(0)
        self._head()

    def _lock(self, form: Form) -> None:
        """Of a project that is only looked at, nothing in the form can be changed, nor in what it has just made."""
        why = self._session.view_only
        if why or form in self._locked:
            lock(form, why)
            (self._locked.add if why else self._locked.discard)(form)

    def _still_there(self, form: Form) -> bool:
        if form.shown_id is None:
            return False
        read = self._session.read
        look: Callable[[int], object] = read.article_of
        if isinstance(form, ArticleForm):
            look = read.article
        elif isinstance(form, EntryForm):
            look = read.source
        return look(form.shown_id) is not None


def _page(form: Form) -> QScrollArea:
    page = QScrollArea()
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setWidgetResizable(True)
    page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.viewport().setAutoFillBackground(False)
    page.setWidget(form)
    form.setAutoFillBackground(False)
    return page
