"""The list of articles: a model of ids that fetches what is shown, and the three lines painted for each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotate.model import Article
from annotate.store.changes import Changes
from annotate.store.queries import Reader
from annotate.summaries import ArticleCounts
from annotate.vocabulary import ArticleStatus, Kind
from ui.bylines import byline
from ui.plain_tips import plain_tip
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


_LEAST_WIDTH = 40
"""Pixels; a title is never broken into narrower lines."""
_ENDLESS = 100_000
_UNKNOWN = "outlet and date not known"


class ArticleRole(IntEnum):
    ID = Qt.ItemDataRole.UserRole
    ARTICLE = Qt.ItemDataRole.UserRole + 1
    COUNTS = Qt.ItemDataRole.UserRole + 2


class ArticleModel(QAbstractListModel):
    """Articles that match a filter: words found in title, outlet or author, and a status or the bin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: Reader | None = None
        self._all: list[Article] = []
        self._shown: list[Article] = []
        self._counts: dict[int, ArticleCounts] = {}
        self._words = ""
        self._status: ArticleStatus | None = None
        self._bin = False

    @property
    def total(self) -> int:
        """Articles in the project outside the bin, or in it when the bin is shown."""
        return len(self._all)

    def show_project(self, reader: Reader | None) -> None:
        """All articles of another project, or none."""
        self._reader = reader
        self._words, self._status, self._bin = "", None, False
        self._load()

    def show_only(self, status: ArticleStatus | None = None, *, bin: bool = False) -> None:
        """Show one status, or the bin."""
        self._status, self._bin = status, bin
        self._load()

    def filter(self, words: str) -> None:
        self._words = words.casefold().strip()
        self._apply()

    def refresh(self, changed: Sequence[Changes]) -> None:
        """Rows whose counts or metadata changed are told one by one, and new articles put at the end; where an article
        went, or came back, all is read anew. Where the title is as it was, the roles told leave it out."""
        if self._reader is None:
            return
        ids = {article_id for changes in changed for article_id in changes.ids("articles")}
        counted = {article_id for changes in changed for article_id in changes.articles}
        newest = self._all[-1].id if self._all else 0
        new = {article_id for article_id in ids if article_id > newest}
        retitled: set[int] = set()
        rows = {article.id: row for row, article in enumerate(self._shown)} if counted - new else {}
        for article_id in ids - new:
            article = self._reader.article(article_id)
            row = rows.get(article_id)
            if article is None or row is None or article.deleted is not self._bin or not self._matches(article):
                self._load()
                return
            if article.title != self._shown[row].title:
                retitled.add(article_id)
            self._all[self._all.index(self._shown[row])] = article
            self._shown[row] = article
        self._append(self._reader.articles(new, deleted=self._bin))
        self._counts.update(dict.fromkeys(counted, ArticleCounts()))
        self._counts.update(self._reader.article_counts(counted))
        for article_id in counted & rows.keys():
            index = self.index(rows[article_id])
            self.dataChanged.emit(
                index, index, [] if article_id in retitled else [ArticleRole.ARTICLE, ArticleRole.COUNTS]
            )

    def row_of(self, article_id: int | None) -> int:
        """The row of an article, or -1."""
        return next((row for row, article in enumerate(self._shown) if article.id == article_id), -1)

    def article_at(self, row: int) -> Article:
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (the signature is Qt's)
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        article = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return article.title
        counts = self._counts.get(article.id, ArticleCounts())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                f"{article.title}, {byline(article) or _UNKNOWN}, {article.status.label}: {counts.claims:,} claims, "
                f"{counts.figures:,} figures, {counts.sources:,} sources"
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            guessed = "" if article.title_confirmed else "\n(title guessed, not confirmed)"
            return plain_tip(article.title + guessed)
        own: dict[int, object] = {ArticleRole.ID: article.id, ArticleRole.ARTICLE: article, ArticleRole.COUNTS: counts}
        return own.get(role)

    def _load(self) -> None:
        self.beginResetModel()
        self._all = [] if self._reader is None else self._reader.articles(deleted=self._bin)
        self._counts = {} if self._reader is None else self._reader.article_counts()
        self._shown = [article for article in self._all if self._matches(article)]
        self.endResetModel()

    def _append(self, articles: Sequence[Article]) -> None:
        self._all += articles
        shown = [article for article in articles if self._matches(article)]
        if shown:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()

    def _apply(self) -> None:
        self.beginResetModel()
        self._shown = [article for article in self._all if self._matches(article)]
        self.endResetModel()

    def _matches(self, article: Article) -> bool:
        if self._status is not None and article.status is not self._status:
            return False
        found_in = f"{article.title}\n{article.outlet or ''}\n{article.author or ''}".casefold()
        return all(word in found_in for word in self._words.split())


class ArticleDelegate(QStyledItemDelegate):
    """Title in bold over at most two lines, outlet and date, then counts in the inks of their kinds and the status."""

    PADDING = 11
    GAP = 3

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        # What the heights of rows follow from; a list is laid out whole whenever one row of it changes.
        self._font: QFont | None = None
        self._spacing = 0
        self._small_height = 0
        self._one_line: dict[str, tuple[float, float]] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        article: Article = index.data(ArticleRole.ARTICLE)
        counts: ArticleCounts = index.data(ArticleRole.COUNTS)
        theme = self.theme
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

        x, y = rect.left() + self.PADDING, rect.top() + self.PADDING - 2
        width = rect.width() - 2 * self.PADDING
        painter.setPen(QColor(theme.text))
        layout = self._title(article.title, option.font, width)
        layout.draw(painter, QPointF(x, y))
        y += self._title_height(article.title, option.font, width) + self.GAP

        small = _scaled(option.font, 0.92)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(QColor(theme.secondary))
        line = QRect(x, y, width, metrics.height())
        shown = metrics.elidedText(byline(article) or _UNKNOWN, Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        line.translate(0, metrics.height() + self.GAP)
        self._counts(painter, line, counts, article)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        room = view.viewport().width() if isinstance(view, QAbstractItemView) else 260
        width = room - 2 * self.PADDING
        title = self._title_height(index.data(), option.font, width)
        return QSize(width, title + 2 * self._small_height + 2 * self.GAP + 2 * self.PADDING - 2)

    def _title_height(self, title: str, font: QFont, width: int) -> int:
        """Height of a title over one line or two, told from how wide it is in one; each title is measured once."""
        if font != self._font:
            self._font = QFont(font)
            self._one_line.clear()
            self._small_height = QFontMetrics(_scaled(font, 0.92)).height()
            self._spacing = QFontMetrics(_bold(font)).lineSpacing()
        measured = self._one_line.get(title)
        if measured is None:
            layout = self._title(title, font, _ENDLESS)  # held, since its line lives no longer than it does
            line = layout.lineAt(0)
            measured = self._one_line[title] = (line.naturalTextWidth(), line.height())
        natural, height = measured
        return int(height if natural <= max(_LEAST_WIDTH, width) else self._spacing + height)

    def _title(self, title: str, font: QFont, width: int) -> QTextLayout:
        bold = _bold(font)
        layout = QTextLayout(" ".join(title.split())[:300], bold)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeading))
        metrics = QFontMetrics(bold)
        layout.beginLayout()
        for number in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(_LEAST_WIDTH, width))
            line.setPosition(QPointF(0, number * metrics.lineSpacing()))
        rest = layout.createLine() if layout.lineCount() == 2 else None
        layout.endLayout()
        if rest is not None and rest.isValid():
            start = layout.lineAt(1).textStart()
            second = metrics.elidedText(layout.text()[start:], Qt.TextElideMode.ElideRight, max(_LEAST_WIDTH, width))
            return self._title(layout.text()[:start] + second, font, width + 4)
        return layout

    def _counts(self, painter: QPainter, line: QRect, counts: ArticleCounts, article: Article) -> None:
        x = line.left()
        metrics = painter.fontMetrics()
        pieces = [
            (f"{kind.letter} {number:,}", self.theme.ink(kind))
            for kind, number in (
                (Kind.CLAIM, counts.claims),
                (Kind.FIGURE, counts.figures),
                (Kind.SOURCE, counts.sources),
            )
        ]
        if not (counts.claims or counts.figures or counts.sources):
            pieces = []
        for words, ink in [*pieces, (article.status.label, self.theme.secondary)]:
            painter.setPen(QColor(ink))
            painter.drawText(x, line.top() + metrics.ascent(), words)
            x += metrics.horizontalAdvance(words) + 10


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if font.pixelSize() > 0:
        scaled.setPixelSize(round(font.pixelSize() * factor))
    else:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    return scaled
