"""Questions about the bin: what lies in it, since when and through whom."""

from sqlalchemy import func, select

from annotate.store.queries.articles import ArticleQueries
from annotate.store.schema import analysts, annotations, articles, changes, steps
from annotate.summaries import Binned

_BIN = select(articles.c.id).where(articles.c.deleted)
IN_BIN = select(annotations.c.id).where(annotations.c.article_id.in_(_BIN))
"""Ids of the annotations of articles in the bin, for conditions of other questions."""


class BinQueries(ArticleQueries):
    def binned(self) -> list[Binned]:
        """The articles in the bin, what was moved there last first."""
        moved = (
            select(changes.c.row_id, steps.c.made_at, analysts.c.name)
            .join_from(changes, steps, steps.c.id == changes.c.step_id)
            .join(analysts, analysts.c.id == steps.c.analyst_id)
            .where(changes.c.table_name == articles.name, changes.c.row_id.in_(_BIN))
            .where(func.json_extract(changes.c.after, "$.deleted") == 1)
            .order_by(changes.c.id)
        )
        when = {row_id: (made_at, name) for row_id, made_at, name in self.connection.execute(moved)}
        counted = select(annotations.c.article_id, func.count()).where(annotations.c.article_id.in_(_BIN))
        marks = {row[0]: int(row[1]) for row in self.connection.execute(counted.group_by(annotations.c.article_id))}
        found = [
            Binned(one, *when.get(one.id, (None, "")), marks.get(one.id, 0)) for one in self.articles(deleted=True)
        ]
        return sorted(found, key=lambda one: (one.moved_at.timestamp() if one.moved_at else 0.0, one.article.id))[::-1]
