"""Questions about files, articles and their texts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, func, select

from annotate import model as m
from annotate.store import rows
from annotate.store.engine import give_back_memory
from annotate.store.queries.base import Queries, there
from annotate.store.schema import (
    annotations,
    articles,
    file_contents,
    files,
    parts,
    projects,
    suggestions,
    text_bodies,
    texts,
)
from annotate.summaries import ArticleCounts
from annotate.vocabulary import Fate, Kind

_BODIES_KEPT = 3
_LONG = 1_000_000
"""Code points of a text that fills a good part of SQLite's memory while it is read."""


class ArticleQueries(Queries):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._bodies: dict[int, str] = {}

    def project_info(self) -> m.ProjectInfo:
        return rows.plain(m.ProjectInfo, there(self._first(select(projects)), "what the project is"))

    def articles(self, article_ids: Collection[int] | None = None, *, deleted: bool = False) -> list[m.Article]:
        """All articles, or those of `article_ids`, in the order of import; those in the bin with `deleted`."""
        query = _ARTICLES.where(articles.c.deleted.is_(deleted)).order_by(articles.c.id)
        return [rows.article(row) for row in self._rows_by(query, articles.c.id, article_ids)]

    def article(self, article_id: int) -> m.Article | None:
        row = self.connection.execute(_ARTICLE, {"its": article_id}).mappings().first()
        return None if row is None else rows.article(row)

    def article_counts(self, article_ids: Collection[int] | None = None) -> dict[int, ArticleCounts]:
        """Claims, figures, sources and open suggestions of each article that has any."""
        counts: dict[int, dict[str, int]] = {}
        for row in self._rows_by(_MARKS, annotations.c.article_id, article_ids):
            counts.setdefault(row["article_id"], {})[_COUNTED[row["kind"]]] = row["n"]
        for row in self._rows_by(_WAITING, texts.c.article_id, article_ids):
            counts.setdefault(row["article_id"], {})["suggestions"] = row["n"]
        return {article_id: ArticleCounts(**numbers) for article_id, numbers in counts.items()}

    def text(self, text_id: int) -> m.Text | None:
        row = self._first(select(texts).where(texts.c.id == text_id))
        return None if row is None else rows.text(row)

    def texts(self, article_id: int | None = None) -> list[m.Text]:
        """Versions of one article's text, or every text of the project, oldest first."""
        query = select(texts).order_by(texts.c.article_id, texts.c.number)
        if article_id is not None:
            query = query.where(texts.c.article_id == article_id)
        return [rows.text(row) for row in self._rows(query)]

    def body(self, text_id: int) -> str:
        """The canonical text itself. The newest few are kept: a body never changes, and every mark needs one."""
        if text_id not in self._bodies:
            query = select(text_bodies.c.body).join_from(texts, text_bodies).where(texts.c.id == text_id)
            while len(self._bodies) >= _BODIES_KEPT:
                del self._bodies[next(iter(self._bodies))]
            self._bodies[text_id] = str(there(self.connection.scalar(query), "the words of an article"))
            if len(self._bodies[text_id]) > _LONG:
                give_back_memory(self.connection)
        return self._bodies[text_id]

    def parts(self, text_id: int) -> list[m.Part]:
        query = select(parts).where(parts.c.text_id == text_id).order_by(parts.c.start)
        return [rows.plain(m.Part, row) for row in self._rows(query)]

    def file(self, file_id: int) -> m.File | None:
        row = self._first(select(files).where(files.c.id == file_id))
        return None if row is None else rows.plain(m.File, row)

    def files(self) -> list[m.File]:
        return [rows.plain(m.File, row) for row in self._rows(select(files).order_by(files.c.id))]

    def file_bytes(self, file_id: int) -> bytes:
        """The bytes as imported."""
        query = select(file_contents.c.data).join_from(files, file_contents).where(files.c.id == file_id)
        return bytes(there(self.connection.scalar(query), "a file as it was imported"))

    def articles_of_files(self, sha256s: Collection[str]) -> dict[str, list[m.Article]]:
        """Articles that came from files with these bytes or were updated by them, those in the bin among them, by the
        bytes' SHA-256."""
        return self._articles_by(_FROM_FILES, files.c.sha256, sha256s)

    def articles_of_texts(self, sha256s: Collection[str]) -> dict[str, list[m.Article]]:
        """Articles that have or had exactly these texts, by the texts' SHA-256."""
        return self._articles_by(_WITH_TEXTS, _HAD.c.sha256, sha256s)

    def _articles_by(
        self, query: Select[Any], column: Column[Any], sha256s: Collection[str]
    ) -> dict[str, list[m.Article]]:
        found: dict[str, list[m.Article]] = {}
        for row in self._rows_by(query, column, sha256s):
            found.setdefault(row["sha256"], []).append(rows.article(row))
        return found


NEWEST_TEXT = (
    select(texts.c.id)
    .where(texts.c.article_id == articles.c.id)
    .order_by(texts.c.number.desc())
    .limit(1)
    .correlate(articles)
    .scalar_subquery()
)
"""Id of the newest text of an article, in a select from articles."""

# Built once: building a statement again for every portion of an import costs more than SQLite does.
_ARTICLES = select(articles, NEWEST_TEXT.label("text_id"))
"""Articles with the id of their newest text."""
_ARTICLE = _ARTICLES.where(articles.c.id == bindparam("its"))
_HAD = texts.alias()
_WITH_TEXTS = (
    _ARTICLES.join(_HAD, _HAD.c.article_id == articles.c.id)
    .add_columns(_HAD.c.sha256)
    .distinct()
    .order_by(articles.c.id)
)
_FROM_FILES = (
    _ARTICLES.join(_HAD, _HAD.c.article_id == articles.c.id)
    .join(files, files.c.id == _HAD.c.file_id)
    .add_columns(files.c.sha256)
    .distinct()
    .order_by(articles.c.id)
)
_MARKS = select(annotations.c.article_id, annotations.c.kind, func.count().label("n")).group_by(
    annotations.c.article_id, annotations.c.kind
)
_OPEN = (
    select(suggestions.c.text_id, func.count().label("n"))
    .where(suggestions.c.fate == Fate.OPEN)
    .group_by(suggestions.c.text_id)
    .subquery()
)
_WAITING = (
    select(texts.c.article_id, _OPEN.c.n)
    .join_from(_OPEN, texts, texts.c.id == _OPEN.c.text_id)
    .join(articles, articles.c.id == texts.c.article_id)
    .where(texts.c.id == NEWEST_TEXT)
)
"""Open suggestions of the newest texts; those of older ones cannot be judged any more."""

_COUNTED = {Kind.CLAIM: "claims", Kind.FIGURE: "figures", Kind.SOURCE: "sources"}
