"""Questions about sources, events, tags, attributions, links and checks."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, func, or_, select

from annotate import model as m
from annotate.names import name_key
from annotate.store import rows
from annotate.store.queries.base import Queries
from annotate.store.schema import (
    annotation_tags,
    annotations,
    articles,
    attributions,
    checks,
    events,
    links,
    mentions,
    sources,
    suggestions,
    tags,
)
from annotate.vocabulary import Fate, Kind, Relation


class RegisterQueries(Queries):
    def sources(self) -> list[m.Source]:
        query = select(sources).order_by(func.lower(sources.c.name), sources.c.id)
        return [rows.source(row) for row in self._rows(query)]

    def source(self, source_id: int) -> m.Source | None:
        row = self._first(select(sources).where(sources.c.id == source_id))
        return None if row is None else rows.source(row)

    def sources_named(self, name: str, article_id: int) -> list[m.Source]:
        """Sources that have this name or alias; unnamed ones of other articles are other people."""
        wanted = name_key(name)
        names = select(sources.c.id, sources.c.name, sources.c.aliases)
        names = names.where(or_(sources.c.article_id.is_(None), sources.c.article_id == article_id))
        found = [
            row["id"] for row in self._rows(names) if wanted in map(name_key, (row["name"], *row["aliases"])) and wanted
        ]
        return [rows.source(row) for row in self._rows_by(select(sources), sources.c.id, found)]

    def mentions_of(self, source_id: int) -> list[int]:
        """Annotations in which the source is named, in the order of the articles and of the text."""
        query = select(mentions.c.id).where(mentions.c.source_id == source_id).order_by(mentions.c.id)
        return list(self.connection.scalars(query))

    def attributions_to(self, source_id: int) -> list[m.Attribution]:
        """Attributions to a source, those in which it is only the channel among them."""
        this = or_(attributions.c.source_id == source_id, attributions.c.via_id == source_id)
        return [rows.plain(m.Attribution, row) for row in self._rows(select(attributions).where(this))]

    def attributions(self, annotation_ids: Collection[int] | None = None) -> list[m.Attribution]:
        query = select(attributions).order_by(attributions.c.id)
        found = self._rows_by(query, attributions.c.annotation_id, annotation_ids)
        return [rows.plain(m.Attribution, row) for row in found]

    def links(self, annotation_ids: Collection[int] | None = None) -> list[m.Link]:
        """Links from or to the annotations, each once."""
        query = select(links).order_by(links.c.id)
        found = {row["id"]: row for row in self._rows_by(query, links.c.from_id, annotation_ids)}
        if annotation_ids is not None:
            found |= {row["id"]: row for row in self._rows_by(query, links.c.to_id, annotation_ids)}
        return [rows.plain(m.Link, found[link_id]) for link_id in sorted(found)]

    def figures_in(self, claim_id: int) -> list[int]:
        """Annotations of the figures a claim contains."""
        contained = (links.c.from_id == claim_id) & (links.c.relation == Relation.CONTAINS)
        return list(self.connection.scalars(select(links.c.to_id).where(contained).order_by(links.c.id)))

    def claims_with(self, figure_id: int) -> list[int]:
        """Annotations of the claims that contain a figure."""
        containing = (links.c.to_id == figure_id) & (links.c.relation == Relation.CONTAINS)
        return list(self.connection.scalars(select(links.c.from_id).where(containing).order_by(links.c.id)))

    def checks(self, annotation_ids: Collection[int] | None = None) -> list[m.Check]:
        query = select(checks).order_by(checks.c.checked_on, checks.c.id)
        return [rows.plain(m.Check, row) for row in self._rows_by(query, checks.c.annotation_id, annotation_ids)]

    def events(self) -> list[m.Event]:
        return [rows.event(row) for row in self._rows(select(events).order_by(func.lower(events.c.name)))]

    def tags(self) -> list[m.Tag]:
        """The codebook in the analyst's order."""
        return [rows.plain(m.Tag, row) for row in self._rows(select(tags).order_by(tags.c.position, tags.c.id))]

    def tag_counts(self) -> dict[int, int]:
        """How many annotations carry each tag."""
        query = select(annotation_tags.c.tag_id, func.count().label("n")).group_by(annotation_tags.c.tag_id)
        return {row["tag_id"]: row["n"] for row in self._rows(query)}

    def suggestions(self, text_id: int) -> list[m.Suggestion]:
        """Suggestions for a text that wait for a judgement."""
        waiting = (suggestions.c.text_id == text_id) & (suggestions.c.fate == Fate.OPEN)
        return [rows.suggestion(row) for row in self._rows(select(suggestions).where(waiting))]

    def totals(self) -> dict[str, int]:
        """How much the project holds outside the bin, by the names `info` prints."""
        kept = select(articles.c.id).where(articles.c.deleted.is_(False))
        by_kind = select(annotations.c.kind, func.count().label("n"))
        by_kind = by_kind.where(annotations.c.article_id.in_(kept)).group_by(annotations.c.kind)
        kinds = {row["kind"]: row["n"] for row in self._rows(by_kind)}
        waiting = select(func.count()).select_from(suggestions).where(suggestions.c.fate == Fate.OPEN)
        return {
            "articles": int(self.connection.scalar(select(func.count()).select_from(kept.subquery())) or 0),
            "claims": kinds.get(Kind.CLAIM, 0),
            "figures": kinds.get(Kind.FIGURE, 0),
            "mentions": kinds.get(Kind.SOURCE, 0),
            "sources": self._count(sources),
            "attributions": self._of_kept(attributions, "annotation_id", kept),
            "links": self._of_kept(links, "from_id", kept),
            "checks": self._of_kept(checks, "annotation_id", kept),
            "tags": self._count(tags),
            "suggestions": int(self.connection.scalar(waiting) or 0),
        }

    def _of_kept(self, table: Table, column: str, kept: Any) -> int:
        annotated = select(annotations.c.id).where(annotations.c.article_id.in_(kept))
        query = select(func.count()).select_from(table).where(table.c[column].in_(annotated))
        return int(self.connection.scalar(query) or 0)
