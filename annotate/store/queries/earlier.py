"""Which article of the project an incoming one is a changed version of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from annotate import model as m
from annotate.names import name_key
from annotate.same_article import LIKE, RELATED, address_key, shared_words
from annotate.store.queries.articles import ArticleQueries
from annotate.store.schema import articles, files, texts

if TYPE_CHECKING:
    from annotate.importers.draft import Draft


MOST_OF_A_TITLE = 20
"""Articles without a known outlet that may bear a title for it to tell anything: "Weekly report" does not."""


@dataclass(frozen=True, slots=True)
class EarlierIndex:
    """Articles outside the bin by what tells a version of them: ids, lowest first."""

    by_address: Mapping[str, Sequence[int]]
    by_title: Mapping[str, Sequence[tuple[str, int]]]
    """By the key of the title: the key of the outlet, empty where none is known, and the id."""
    by_file: Mapping[str, Sequence[int]]
    """By the names of the files that any of their texts came from."""


class EarlierQueries(ArticleQueries):
    def earlier_index(self) -> EarlierIndex:
        """What `likely_earlier` looks up, made once for many drafts."""
        by_address, by_file = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        by_title = defaultdict[str, list[tuple[str, int]]](list)
        shown = articles.c.deleted.is_(False)
        about = select(articles.c.id, articles.c.url, articles.c.title, articles.c.outlet).where(shown)
        for article_id, url, title, outlet in self.connection.execute(about.order_by(articles.c.id)):
            if address := address_key(url):
                by_address[address].append(article_id)
            if name_key(title):
                by_title[name_key(title)].append((name_key(outlet or ""), article_id))
        came = select(files.c.name, articles.c.id).join_from(texts, files).join(articles).where(shown).distinct()
        for name, article_id in self.connection.execute(came.order_by(articles.c.id)):
            by_file[name].append(article_id)
        return EarlierIndex(by_address, by_title, by_file)

    def likely_earlier(
        self, draft: Draft, file_name: str = "", *, but: Collection[int] = (), index: EarlierIndex | None = None
    ) -> m.Article | None:
        """The article outside the bin that a draft is likely to be a changed version of, or None.

        That is one with the same address; or of the same outlet with the same title and some of the same words; or,
        where an outlet is not known, with the same title and about half of the same words; or one from a file of the
        same name with about half of them. `but` leaves out articles by id.
        """
        index = index or self.earlier_index()
        addressed = [i for i in index.by_address.get(address_key(draft.url), ()) if i not in but]
        if addressed:
            return self.article(addressed[0])
        outlet = name_key(draft.outlet or "")
        titled = [(its, i) for its, i in index.by_title.get(name_key(draft.title), ()) if i not in but]
        found = self._most_alike(draft.text, [i for its, i in titled if outlet and its == outlet], RELATED)
        unsure = [i for its, i in titled if not (outlet and its)]
        if found is None and len(unsure) <= MOST_OF_A_TITLE:
            found = self._most_alike(draft.text, unsure, LIKE)
        if found is None and file_name:
            from_file = [i for i in index.by_file.get(file_name, ()) if i not in but]
            found = self._most_alike(draft.text, from_file, LIKE)
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
