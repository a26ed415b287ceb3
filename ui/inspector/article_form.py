"""What is known about the article in the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from annotate import commands
from annotate.model import Article, Published
from annotate.store.changes import Changes
from annotate.vocabulary import ArticleStatus, ArticleType, Precision
from ui.inspector.binding import Field, done
from ui.inspector.fields import ChoiceBox, DateLine, TextBox, TextLine, Tick
from ui.inspector.form import Form
from ui.inspector.layout import Said
from ui.inspector.parts import PartsRow
from ui.inspector.readings import OPTIONAL, read_date, show_date
from ui.inspector.segmented import Segmented
from ui.session import Session
from ui.theme import Theme

_HASH_SHOWN = 12
_DATE_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


class ArticleForm(Form):
    """Metadata of one article; `shown_id` is the article's."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._published = Published()
        self._what_it_is()
        self._where_from()
        self._work()
        self._custody()
        self.parts = PartsRow(session)
        self._custody_fields.wide(self.parts, name="Parts")
        self.column.addStretch(1)

    def show_article(self, article: Article) -> None:
        if article.id != self.shown_id:
            self.forget()
            self.shown_id = article.id
        self._published = article.published
        self.bindings.show(article)
        post = article.type in (ArticleType.POST, ArticleType.IMAGE) or bool(article.platform or article.account)
        for field in (self.platform, self.account):
            self._source.show_row(field, post)
        read = self.session.read
        file = None if article.file_id is None else read.file(article.file_id)
        text = read.text(article.text_id)
        place = f", {article.place_in_file}" if article.place_in_file else ""
        self.file.say("" if file is None else f"{file.name}{place}")
        self.sha256.say("" if file is None else file.sha256[:_HASH_SHOWN] + "…")
        self.sha256.setToolTip("" if file is None else f"SHA-256 of the file as imported: {file.sha256}")
        self.words.say("" if text is None else f"{text.words:,}")
        self.parts.show_article(article)
        local = article.imported_at.astimezone()
        self.imported.say(f"{show_date(local.date())}, {local:%H:%M}")
        self.collected.say("" if article.collected_at is None else show_date(article.collected_at.astimezone().date()))
        self._custody_fields.show_row(self.collected, article.collected_at is not None)

    def refresh(self) -> None:
        article = None if self.shown_id is None else self.session.read.article(self.shown_id)
        if article is not None:
            self.show_article(article)

    def concerns(self, changes: Changes) -> bool:
        return self.shown_id in changes.articles or changes.touches("parts")

    def focus_outlet(self) -> None:
        self.outlet.setFocus()
        self.outlet.selectAll()

    def _what_it_is(self) -> None:
        fields = self.group("What it is")
        self.title = self._bound("title", TextBox(lines=1))
        self.confirmed = self._bound("title_confirmed", Tick("title confirmed"))
        self.type = self._bound("type", ChoiceBox(tuple(ArticleType), empty=None))
        self.language = self._bound("language", TextLine(OPTIONAL, "en, ar, uk …"))
        fields.row("Title", self.title)
        fields.row("", self.confirmed, name="Title confirmed", tip="The title is the article’s own, not a guess")
        fields.row("Type", self.type)
        fields.row("Language", self.language)

    def _where_from(self) -> None:
        fields = self._source = self.group("Where it comes from")
        self.outlet = self._bound("outlet", TextLine(OPTIONAL))
        self.author = self._bound("author", TextLine(OPTIONAL))
        self.platform = self._bound("platform", TextLine(OPTIONAL))
        self.account = self._bound("account", TextLine(OPTIONAL, "@name"))
        self.published_words = TextLine(OPTIONAL, "as written")
        self.published_on = DateLine()
        self.precision = ChoiceBox(_DATE_PRECISIONS)
        for name, field in (("words", self.published_words), ("on", self.published_on), ("precision", self.precision)):
            self.bindings.add(field, _published(name), self._published_writer(name))
        self.url = self._bound("url", TextLine(OPTIONAL))
        self.archive_url = self._bound("archive_url", TextLine(OPTIONAL))
        fields.row("Outlet", self.outlet)
        fields.row("Author", self.author)
        fields.row("Platform", self.platform)
        fields.row("Account", self.account)
        fields.row("Published", self.published_words, name="Published, as written")
        fields.row("Published on", self.published_on)
        fields.row("Precision", self.precision, name="Precision of the publication date")
        fields.row("URL", self.url)
        fields.row("Archive link", self.archive_url)

    def _work(self) -> None:
        fields = self.group("Work")
        self.status = Segmented(tuple(ArticleStatus))
        self.bindings.add(self.status, lambda article: article.status, self._write_status)
        self.collected_by = self._bound("collected_by", TextLine(OPTIONAL))
        self.note = self._bound("note", TextBox(lines=2))
        fields.wide(self.status, name="Status of the article")
        fields.row("Collected by", self.collected_by)
        fields.row("Note", self.note)

    def _custody(self) -> None:
        fields = self._custody_fields = self.group("As imported")
        self.file, self.sha256, self.words, self.imported, self.collected = (Said() for _ in range(5))
        fields.row("File", self.file)
        fields.row("SHA-256", self.sha256)
        fields.row("Words", self.words)
        fields.row("Imported", self.imported)
        fields.row("Collected", self.collected)

    def _bound(self, name: str, field: Field) -> Any:
        def write(value: Any, step: int | None) -> bool:
            return self._write(step, **{name: value})

        self.bindings.add(field, lambda article: getattr(article, name), write)
        return field

    def _write(self, step: int | None, **columns: Any) -> bool:
        if self.shown_id is None:
            return False
        return done(self.session, commands.edit_article, self.shown_id, join=step, **columns)

    def _write_status(self, status: Any, _step: int | None) -> bool:
        return self.shown_id is not None and done(self.session, commands.set_status, [self.shown_id], status)

    def _published_writer(self, name: str) -> Callable[[Any, int | None], bool]:
        def write(value: Any, step: int | None) -> bool:
            published = replace(self._published, **{name: value})
            if name == "on":
                typed = read_date(self.published_on.text())
                published = replace(published, precision=None if typed is None else typed[1])
            return self._write(step, published=published)

        return write


def _published(name: str) -> Callable[[Article], Any]:
    return lambda article: getattr(article.published, name)
