"""Questions about sources, events, tags, attributions, links and checks."""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, ScalarSelect, String, Table, func, or_, select, type_coerce, union

from annotate import model as m
from annotate.names import name_key
from annotate.references import Named, Reference
from annotate.store import rows
from annotate.store.queries.articles import NEWEST_TEXT
from annotate.store.queries.base import Queries
from annotate.store.queries.bin import IN_BIN
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


@lru_cache(maxsize=1 << 15)
def _name_keys(name: str, aliases: str) -> frozenset[str]:
    """The keys of a name and of aliases in JSON, kept: every mark of a source asks for those of the whole register."""
    return frozenset(map(name_key, (name, *json.loads(aliases))))


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
        names = select(sources.c.id, sources.c.name, type_coerce(sources.c.aliases, String))
        names = names.where(or_(sources.c.article_id.is_(None), sources.c.article_id == article_id))
        found = [row[0] for row in self.connection.execute(names) if wanted and wanted in _name_keys(row[1], row[2])]
        return [rows.source(row) for row in self._rows_by(select(sources), sources.c.id, found)]

    def annotation_named(self, reference: Reference) -> int | None:
        """The annotation outside the bin that an ID leads to: of a check what it looks into, of a source of the
        register where it is named or what it says first; None where there is none, and for articles."""
        query = select(annotations.c.id).join_from(annotations, articles).where(articles.c.deleted.is_(False))
        if isinstance(reference.of, Kind):
            query = query.where(annotations.c.kind == reference.of, annotations.c.number == reference.number)
        elif reference.of is Named.CHECK:
            query = query.join(checks, checks.c.annotation_id == annotations.c.id).where(
                checks.c.id == reference.number
            )
        elif reference.of is Named.SOURCE:
            named = select(mentions.c.id).join_from(mentions, sources).where(sources.c.number == reference.number)
            says = select(attributions.c.annotation_id)
            says = says.join_from(attributions, sources, attributions.c.source_id == sources.c.id)
            says = says.where(sources.c.number == reference.number)
            query = query.where(annotations.c.id.in_(named) | annotations.c.id.in_(says))
            query = query.order_by(annotations.c.kind != Kind.SOURCE, annotations.c.id)
        else:
            return None
        return self.connection.scalar(query.limit(1))

    def mentions_of(self, source_id: int, *, with_bin: bool = True) -> list[int]:
        """Annotations in which the source is named, in the order of the articles and of the text."""
        query = select(mentions.c.id).where(mentions.c.source_id == source_id).order_by(mentions.c.id)
        return list(self.connection.scalars(query if with_bin else query.where(mentions.c.id.not_in(IN_BIN))))

    def sources_in(self, article_id: int) -> set[int]:
        """Register entries that an article names, or that say something in it."""
        here = annotations.c.article_id == article_id
        named = select(mentions.c.source_id).join_from(mentions, annotations, annotations.c.id == mentions.c.id)
        saying = select(attributions.c.source_id).join_from(
            attributions, annotations, annotations.c.id == attributions.c.annotation_id
        )
        found = {*self.connection.scalars(named.where(here)), *self.connection.scalars(saying.where(here))}
        return {source_id for source_id in found if source_id is not None}

    def mentions_without_source(self, text_id: int) -> list[int]:
        """Source annotations of a text that name no register entry yet."""
        query = select(annotations.c.id).join_from(annotations, mentions, mentions.c.id == annotations.c.id)
        query = query.where(annotations.c.text_id == text_id, mentions.c.source_id.is_(None))
        return list(self.connection.scalars(query))

    def attributions_to(self, source_id: int, *, with_bin: bool = True) -> list[m.Attribution]:
        """Attributions to a source, those in which it is only the channel among them."""
        query = select(attributions).where(
            or_(attributions.c.source_id == source_id, attributions.c.via_id == source_id)
        )
        query = query if with_bin else query.where(attributions.c.annotation_id.not_in(IN_BIN))
        return [rows.plain(m.Attribution, row) for row in self._rows(query)]

    def attributions(self, annotation_ids: Collection[int] | None = None) -> list[m.Attribution]:
        query = select(attributions).order_by(attributions.c.id)
        found = self._rows_by(query, attributions.c.annotation_id, annotation_ids)
        return [rows.plain(m.Attribution, row) for row in found]

    def links(self, annotation_ids: Collection[int] | None = None, *, with_bin: bool = True) -> list[m.Link]:
        """Links from or to the annotations, each once; without those that have an end in the bin, if not `with_bin`."""
        query = select(links).order_by(links.c.id)
        if not with_bin:
            query = query.where(links.c.from_id.not_in(IN_BIN), links.c.to_id.not_in(IN_BIN))
        found = {row["id"]: row for row in self._rows_by(query, links.c.from_id, annotation_ids)}
        if annotation_ids is not None:
            found |= {row["id"]: row for row in self._rows_by(query, links.c.to_id, annotation_ids)}
        return [rows.plain(m.Link, found[link_id]) for link_id in sorted(found)]

    def figures_in(self, claim_id: int) -> list[int]:
        """Annotations of the figures a claim contains, outside the bin."""
        contained = (
            (links.c.from_id == claim_id) & (links.c.relation == Relation.CONTAINS) & links.c.to_id.not_in(IN_BIN)
        )
        return list(self.connection.scalars(select(links.c.to_id).where(contained).order_by(links.c.id)))

    def figures_of(self, claim_ids: Collection[int]) -> set[int]:
        """Annotations of the figures that some claims contain: who says these says those."""
        query = select(links.c.to_id, links.c.from_id).where(links.c.relation == Relation.CONTAINS)
        return {row["to_id"] for row in self._rows_by(query, links.c.from_id, claim_ids)}

    def claims_with(self, figure_id: int) -> list[int]:
        """Annotations of the claims that contain a figure, outside the bin."""
        containing = links.c.to_id == figure_id
        containing &= (links.c.relation == Relation.CONTAINS) & links.c.from_id.not_in(IN_BIN)
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
        """How many annotations outside the bin carry each tag."""
        query = select(annotation_tags.c.tag_id, func.count().label("n")).group_by(annotation_tags.c.tag_id)
        query = query.where(annotation_tags.c.annotation_id.not_in(IN_BIN))
        return {row["tag_id"]: row["n"] for row in self._rows(query)}

    def totals(self, names: Collection[str] | None = None) -> dict[str, int]:
        """How much the project holds outside the bin, by the names `info` prints; all, or only what is asked for."""
        wanted = [name for name in _TOTALS if names is None or name in names]
        columns: list[ColumnElement[Any]] = [_TOTALS[name].label(name) for name in wanted]
        counted = self.connection.execute(select(*columns)).one()
        return dict(zip(wanted, map(int, counted), strict=True))


def _number(table: Table, *where: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*where).scalar_subquery()


def _outside_bin(table: Table, *where: ColumnElement[bool], ends: Sequence[Column[Any]]) -> ColumnElement[int]:
    """Rows none of whose ends lies in the bin; those in the bin are few, so they are counted and taken off."""
    in_bin = or_(*(end.in_(IN_BIN) for end in ends))
    return _number(table, *where) - _number(table, *where, in_bin)


_NEWEST_TEXTS = select(NEWEST_TEXT).select_from(articles).where(articles.c.deleted.is_(False))

_NAMED = union(
    select(mentions.c.source_id, mentions.c.id.label("by")),
    select(attributions.c.source_id, attributions.c.annotation_id),
    select(attributions.c.via_id, attributions.c.annotation_id),
).subquery()
_ONLY_IN_BIN = (
    select(_NAMED.c.source_id)
    .where(_NAMED.c.source_id.is_not(None))
    .group_by(_NAMED.c.source_id)
    .having(func.max(_NAMED.c.by.not_in(IN_BIN)) == 0)
)
"""Entries of the register that are named in the bin and nowhere else."""

_TOTALS: dict[str, ColumnElement[int]] = {
    "articles": _number(articles) - _number(articles, articles.c.deleted),
    "claims": _outside_bin(annotations, annotations.c.kind == Kind.CLAIM, ends=[annotations.c.id]),
    "figures": _outside_bin(annotations, annotations.c.kind == Kind.FIGURE, ends=[annotations.c.id]),
    "mentions": _outside_bin(annotations, annotations.c.kind == Kind.SOURCE, ends=[annotations.c.id]),
    "sources": _number(sources, sources.c.id.not_in(_ONLY_IN_BIN)),
    "attributions": _outside_bin(attributions, ends=[attributions.c.annotation_id]),
    "links": _outside_bin(links, ends=[links.c.from_id, links.c.to_id]),
    "checks": _outside_bin(checks, ends=[checks.c.annotation_id]),
    "tags": _number(tags),
    "suggestions": _number(suggestions, suggestions.c.fate == Fate.OPEN, suggestions.c.text_id.in_(_NEWEST_TEXTS)),
}
