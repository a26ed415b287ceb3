"""The articles of another tool's file: which are in the project already, and the rows of those that are not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from annotate import __version__
from annotate.canonical import canonical, sha256_of
from annotate.commands.texts import NewText, insert_files, insert_texts
from annotate.importers.draft import ImportedFile
from annotate.model import Article
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction

if TYPE_CHECKING:
    from annotate.exchange.incoming import Incoming, IncomingArticle


@dataclass(slots=True)
class KnownArticles:
    """The articles of a file as they stand in the project, by the file's keys."""

    ids: dict[str, int] = field(default_factory=dict)
    articles: dict[int, Article] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    new: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def of(self, key: str) -> Article | None:
        return self.articles.get(self.ids.get(key, 0))

    def body(self, article: Article) -> str:
        """The canonical text that the file has of an article."""
        return self.bodies[article.id]


def take_in_articles(project: Project, transaction: Transaction, incoming: Incoming) -> KnownArticles:
    """Write the articles that the project does not have with exactly this text outside the bin.

    An article that is in the project with another text goes in as one of its own, and that is said: marks stand in
    the text they were made in.
    """
    known = KnownArticles()
    texts = {article.key: sha256_of(article.draft.text) for article in incoming.articles}
    uids = project.read.ids_by_uid(t.articles) if any(article.uid for article in incoming.articles) else {}
    same_text = project.read.articles_of_texts(set(texts.values()))
    newest = {text.id: text.sha256 for text in project.read.texts()} if same_text else {}
    new: dict[str, IncomingArticle] = {}
    for article in incoming.articles:
        like = [one for one in same_text.get(texts[article.key], ()) if not one.deleted]
        like = [one for one in like if newest.get(one.text_id) == texts[article.key]]
        like.sort(key=lambda one: (one.uid != article.uid, one.outlet != article.draft.outlet, one.id))
        if like:
            known.ids[article.key] = like[0].id
        else:
            new[article.key] = article
            if article.uid in uids:
                known.said.append(
                    f"“{article.draft.title}” is in the project with another text, or in its bin; the one of "
                    f"{incoming.name} was taken in as an article of its own."
                )
    ids = _write(transaction, incoming, list(new.values()), set(uids))
    known.ids |= dict(zip(new, ids, strict=True))
    known.new = ids
    known.articles = {article.id: article for article in project.read.articles(set(known.ids.values()))}
    known.bodies = {known.ids[article.key]: article.draft.text for article in incoming.articles}
    return known


def _write(
    transaction: Transaction, incoming: Incoming, articles: Sequence[IncomingArticle], taken: set[Any]
) -> list[int]:
    """The bytes, articles and texts; ids of the articles."""
    files: dict[tuple[str, str], ImportedFile] = {}
    names: list[tuple[str, str]] = []
    for article in articles:
        sha256 = hashlib.sha256(article.data).hexdigest()
        name = (article.file_name, sha256)
        files.setdefault(name, ImportedFile(article.file_name, article.data, sha256, incoming.tool, __version__, ()))
        names.append(name)
    file_ids = dict(zip(files, insert_files(transaction, list(files.values())), strict=True))
    rows = [_row(transaction, article, file_ids[name], taken) for article, name in zip(articles, names, strict=True)]
    ids = transaction.insert_many(t.articles, [cleaned(row) for row in rows])
    texts = [
        NewText(article_id, 1, article.draft, files[name], file_ids[name], sha256_of(article.draft.text))
        for article_id, article, name in zip(ids, articles, names, strict=True)
    ]
    insert_texts(transaction, texts)
    return ids


def cleaned(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose words are canonical: another tool's file may hold what neither SQLite nor XML takes."""
    return {name: _cleaned(value) for name, value in row.items()}


def _cleaned(value: Any) -> Any:
    if type(value) is str:  # entries of closed lists are strings, too
        return canonical(value).text
    return [_cleaned(one) for one in value] if type(value) is list else value


def _row(transaction: Transaction, article: IncomingArticle, file_id: int, taken: set[Any]) -> dict[str, Any]:
    draft = article.draft
    return {
        "uid": article.uid if article.uid and article.uid not in taken else uuid4(),
        "file_id": file_id,
        "place_in_file": draft.place_in_file,
        "type": draft.type,
        "title": draft.title,
        "title_confirmed": draft.title_confirmed,
        "outlet": draft.outlet,
        "author": draft.author,
        "published_words": draft.published.words,
        "published_on": draft.published.on,
        "published_precision": draft.published.precision,
        "url": draft.url,
        "archive_url": article.archive_url,
        "platform": draft.platform,
        "account": draft.account,
        "language": draft.language,
        "collected_at": article.collected_at,
        "collected_by": article.collected_by,
        "imported_at": transaction.now,
        "status": article.status,
        "note": article.note,
    }
