"""Which article of the project an incoming one is a changed version of."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from annotate import model as m
from annotate.names import name_key
from annotate.same_article import LIKE, RELATED, address_key, shared_words
from annotate.store.queries.articles import ArticleQueries
from annotate.store.schema import articles, files, texts

if TYPE_CHECKING:
    from annotate.importers.draft import Draft


class EarlierQueries(ArticleQueries):
    def likely_earlier(self, draft: Draft, file_name: str = "", *, but: Collection[int] = ()) -> m.Article | None:
        """The article outside the bin that a draft is likely to be a changed version of, or None.

        That is one with the same address; or of the same outlet with the same title and some of the same words; or
        one from a file of the same name with about half of the same words. `but` leaves out articles by id.
        """
        address, title, outlet = address_key(draft.url), name_key(draft.title), name_key(draft.outlet or "")
        about = select(articles.c.id, articles.c.url, articles.c.title, articles.c.outlet)
        about = about.where(articles.c.deleted.is_(False))
        titled: list[int] = []
        for article_id, url, its_title, its_outlet in self.connection.execute(
            about.where(articles.c.deleted.is_(False))
        ).all():
            if article_id in but:
                continue
            if address and address_key(url) == address:
                return self.article(article_id)
            if title and outlet and name_key(its_title) == title and name_key(its_outlet or "") == outlet:
                titled.append(article_id)
        found = self._most_alike(draft.text, titled, RELATED)
        if found is None and file_name:
            named = select(texts.c.article_id).join_from(texts, files).where(files.c.name == file_name).distinct()
            from_file = articles.c.id.in_(named) & articles.c.deleted.is_(False)
            ids = [i for i in self.connection.scalars(select(articles.c.id).where(from_file)) if i not in but]
            found = self._most_alike(draft.text, ids, LIKE)
        return found

    def _most_alike(self, text: str, article_ids: Collection[int], least: float) -> m.Article | None:
        """The one of some articles whose newest text shares most with a text, `least` at least."""
        best, most = None, least
        for article_id in article_ids:
            article = self.article(article_id)
            shared = 0.0 if article is None else shared_words(text, self.body(article.text_id))
            if shared >= most:
                best, most = article, shared
        return best
