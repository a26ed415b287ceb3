"""The filter of marks as SQL: conditions for any select from annotations, and what there is to hide in an article."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, exists, func, or_, select

from annotate import model as m
from annotate.mark_filter import MarkCounts, MarkFilter
from annotate.store import rows
from annotate.store.queries.base import Queries
from annotate.store.queries.bin import IN_BIN
from annotate.store.schema import analysts, annotation_tags, annotations


def shown_by(shown: MarkFilter) -> list[ColumnElement[bool]]:
    """Conditions that leave what a filter shows, for `where` of a select that has the table of annotations."""
    if shown.is_open:
        return []
    conditions: list[ColumnElement[bool]] = []
    if shown.hidden_kinds:
        conditions.append(annotations.c.kind.not_in(shown.hidden_kinds))
    if shown.hidden_analyst_ids:
        conditions.append(annotations.c.analyst_id.not_in(shown.hidden_analyst_ids))
    if shown.hidden_tag_ids:
        with_shown_tag = _has_tag(annotation_tags.c.tag_id.not_in(shown.hidden_tag_ids))
        conditions.append(with_shown_tag if shown.hides_untagged else or_(with_shown_tag, ~_has_tag()))
    elif shown.hides_untagged:
        conditions.append(_has_tag())
    return [or_(annotations.c.id.in_(shown.always), and_(*conditions))]


class FilterQueries(Queries):
    def mark_counts(self, article_id: int) -> MarkCounts:
        """How many annotations of an article each kind, tag and analyst has."""
        here = annotations.c.article_id == article_id
        tagged = select(annotation_tags.c.tag_id, func.count())
        tagged = tagged.join_from(annotation_tags, annotations).where(here).group_by(annotation_tags.c.tag_id)
        untagged = select(func.count()).select_from(annotations).where(here, ~_has_tag())
        return MarkCounts(
            kinds=self._counted(annotations.c.kind, here),
            tags=self._pairs(tagged),
            untagged=int(self.connection.scalar(untagged) or 0),
            analysts=self._counted(annotations.c.analyst_id, here),
        )

    def hidden_marks(self, article_id: int, shown: MarkFilter) -> int:
        """How many annotations of an article a filter hides."""
        conditions = shown_by(shown)
        if not conditions:
            return 0
        query = select(func.count()).select_from(annotations)
        query = query.where(annotations.c.article_id == article_id, ~and_(*conditions))
        return int(self.connection.scalar(query) or 0)

    def marking_analysts(self) -> list[m.Analyst]:
        """Analysts with an annotation outside the bin, in the order in which they came to the project."""
        marked = select(annotations.c.analyst_id).where(annotations.c.id.not_in(IN_BIN))
        query = select(analysts).where(analysts.c.id.in_(marked)).order_by(analysts.c.id)
        return [rows.plain(m.Analyst, row) for row in self._rows(query)]

    def _counted(self, column: Column[Any], where: ColumnElement[bool]) -> dict[Any, int]:
        return self._pairs(select(column, func.count()).where(where).group_by(column))

    def _pairs(self, query: Select[tuple[Any, int]]) -> dict[Any, int]:
        return {row[0]: row[1] for row in self.connection.execute(query)}


def _has_tag(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    carried = select(annotation_tags.c.id).where(annotation_tags.c.annotation_id == annotations.c.id, *where)
    return exists(carried.correlate(annotations))
