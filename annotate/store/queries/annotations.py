"""Questions about annotations: slim marks for the reader, lines for tables, whole records for forms and reports."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, RowMapping, Select, String, bindparam, func, select, type_coerce
from sqlalchemy.types import NullType

from annotate import model as m
from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.store import rows
from annotate.store.queries.articles import NEWEST_TEXT
from annotate.store.queries.base import Queries, there
from annotate.store.queries.bin import IN_BIN
from annotate.store.queries.filters import shown_by
from annotate.store.schema import (
    RECORD_TABLES,
    annotation_tags,
    annotations,
    articles,
    attributions,
    claims,
    figures,
    links,
    mentions,
    sources,
    spans,
    tags,
    texts,
)
from annotate.summaries import AnnotationSummary, Mark
from annotate.vocabulary import Kind, Relation, Stance

SAYS_SO = (Stance.ASSERTS, Stance.CONFIRMS)
"""Stances that make a source one of those a claim is attributed to."""


class OrderKey(NamedTuple):
    """Where an annotation stands in a column's order; compares as the database does, in ascending order."""

    value: tuple[bool, Any]
    article_id: int
    start: tuple[bool, Any]
    end: tuple[bool, Any]
    """Of the first stretch, counted downwards: where two begin together, the longer comes first."""
    id: int

    def precedes(self, other: "OrderKey", *, descending: bool) -> bool:
        """Whether it comes before another; only the column itself is ever ordered downwards."""
        if self.value != other.value:
            return bool(self.value > other.value if descending else self.value < other.value)
        return self[1:] < other[1:]


class AnnotationQueries(Queries):
    def count_marked(self, kind: Kind, words: str) -> int:
        """How many marks of a kind, outside of articles in the bin, have exactly these words."""
        marked = (annotations.c.kind == kind) & (annotations.c.words == words) & articles.c.deleted.is_(False)
        query = select(func.count()).select_from(annotations.join(articles)).where(marked)
        return int(self.connection.scalar(query) or 0)

    def marks(self, text_id: int, *, shown: MarkFilter = SHOW_ALL) -> list[Mark]:
        """The marks in a text that a filter shows, in the order of their starts."""
        article = select(texts.c.article_id).where(texts.c.id == text_id).scalar_subquery()
        here = annotations.c.article_id == article
        # From three indexes: joined by the database, the rows of 100,000 annotations would be read from all over.
        kinds = dict(map(tuple, self._tuples(select(annotations.c.id, _KIND).where(here, *shown_by(shown)))))
        tagged = _TAGS.join(annotations, annotations.c.id == annotation_tags.c.annotation_id).where(here)
        colours = self._first_colours([self._tuples(tagged)])
        placed = select(spans.c.annotation_id, spans.c.start, spans.c.end).where(spans.c.text_id == text_id)
        return [
            Mark(annotation_id, _KINDS[kinds[annotation_id]], start, end, colours.get(annotation_id))
            for annotation_id, start, end in self._tuples(placed.order_by(spans.c.start))
            if annotation_id in kinds
        ]

    def marks_of(self, annotation_ids: Collection[int], *, text_id: int, shown: MarkFilter = SHOW_ALL) -> list[Mark]:
        """The marks that some annotations have in a text, as far as a filter shows them."""
        some = list(self._batches(annotation_ids))
        tagged = (self.connection.execute(_THEIR_TAGS, {"some": ids}) for ids in some)
        colours = self._first_colours(tagged)
        asked = _THEIR_MARKS if shown.is_open else _of_some(_marks(shown))
        return [
            Mark(annotation_id, _KINDS[kind], start, end, colours.get(annotation_id))
            for ids in some
            for annotation_id, kind, start, end in self.connection.execute(asked, {"text": text_id, "some": ids})
        ]

    def _first_colours(self, tagged: Iterable[Iterable[Any]]) -> dict[int, str]:
        """The colour of each annotation's first tag, from rows of `_TAGS`; marks of a tag share one string."""
        first: dict[int, int] = {}
        for found in tagged:
            for annotation_id, tag_id in found:
                first.setdefault(annotation_id, tag_id)
        colours = dict(map(tuple, self._tuples(_COLOURS))) if first else {}
        return {annotation_id: colours[tag_id] for annotation_id, tag_id in first.items() if tag_id in colours}

    def article_of(self, annotation_id: int) -> int | None:
        """The article an annotation stands in; None where the annotation is not there any more."""
        return self.connection.scalar(select(annotations.c.article_id).where(annotations.c.id == annotation_id))

    def existing(self, annotation_ids: Collection[int]) -> list[int]:
        """Those of some annotations that are there, in the order of their ids."""
        asked = (select(annotations.c.id).where(annotations.c.id.in_(some)) for some in self._batches(annotation_ids))
        return [annotation_id for query in asked for annotation_id in sorted(self.connection.scalars(query))]

    def ids_in_articles(self, article_ids: Collection[int]) -> list[int]:
        """The annotations of articles, also of those in the bin."""
        asked = (
            select(annotations.c.id).where(annotations.c.article_id.in_(some)) for some in self._batches(article_ids)
        )
        return [annotation_id for query in asked for annotation_id in self.connection.scalars(query)]

    def annotation(self, annotation_id: int) -> m.Annotation | None:
        its = {"its": annotation_id}
        row = self.connection.execute(_ONE, its).mappings().first()
        if row is None:
            return None
        record = self.connection.execute(_ITS_RECORD[row["kind"]], its).mappings().first()
        return rows.annotation(
            row,
            rows.RECORD_READERS[row["kind"]](there(record, "the record of a mark")),
            [rows.span(span) for span in self.connection.execute(_ITS_SPANS, its).mappings()],
            self.connection.scalars(_ITS_TAGS, its),
        )

    def annotations(self, annotation_ids: Collection[int] | None = None) -> list[m.Annotation]:
        """Whole annotations by ids (None: all outside the bin), ordered by article, place and number."""
        query = select(annotations).join_from(annotations, articles).where(articles.c.deleted.is_(False))
        if annotation_ids is not None:
            query = select(annotations)
        found = list(self._rows_by(query, annotations.c.id, annotation_ids))
        ids = None if annotation_ids is None else [row["id"] for row in found]
        span_rows = self._grouped(select(spans).order_by(spans.c.position), spans.c.annotation_id, ids)
        tag_rows = self._grouped(
            select(annotation_tags).order_by(annotation_tags.c.id), annotation_tags.c.annotation_id, ids
        )
        records: dict[int, m.Claim | m.Figure | m.Mention] = {}
        for kind, table in RECORD_TABLES.items():
            of_kind = None if ids is None else [row["id"] for row in found if row["kind"] is kind]
            for row in self._rows_by(select(table), table.c.id, of_kind):
                records[row["id"]] = rows.RECORD_READERS[kind](row)
        there(records if all(row["id"] in records for row in found) else None, "the record of a mark")
        made = [
            rows.annotation(
                row,
                records[row["id"]],
                [rows.span(span) for span in span_rows.get(row["id"], ())],
                [tag["tag_id"] for tag in tag_rows.get(row["id"], ())],
            )
            for row in found
        ]
        return sorted(made, key=_place)

    def annotation_ids(
        self,
        article_id: int | None = None,
        *,
        sort: str = "place",
        descending: bool = False,
        tag_id: int | None = None,
        shown: MarkFilter = SHOW_ALL,
        among: Collection[int] | None = None,
    ) -> list[int]:
        """Ids of an article's annotations, or of all outside the bin, in the order of a column (see SORTS).

        `among` leaves only these, few enough to be named in one statement.
        """
        query = select(annotations.c.id).join_from(annotations, articles)
        query = query.where(articles.c.deleted.is_(False), *shown_by(shown))
        query = query.outerjoin(claims, claims.c.id == annotations.c.id)
        query = query.outerjoin(figures, figures.c.id == annotations.c.id)
        if article_id is not None:
            query = query.where(annotations.c.article_id == article_id)
        if among is not None:
            query = query.where(annotations.c.id.in_(sorted(among)))
        if tag_id is not None:
            tagged = select(annotation_tags.c.annotation_id).where(annotation_tags.c.tag_id == tag_id)
            query = query.where(annotations.c.id.in_(tagged))
        order: list[ColumnElement[Any]] = [SORTS[sort], annotations.c.article_id, _START, _END_DOWN, annotations.c.id]
        if descending:
            order[0] = SORTS[sort].desc()
        return list(self.connection.scalars(query.order_by(*order)))

    def order_keys(self, annotation_ids: Collection[int], *, sort: str = "place") -> dict[int, OrderKey]:
        """What `annotation_ids` orders by, to find the row of one annotation without reading the order of all."""
        value = type_coerce(SORTS[sort], NullType())  # as the database compares it, not as a Kind or a Grade
        query = select(annotations.c.id, value, annotations.c.article_id, _START, _END_DOWN).join_from(
            annotations, articles
        )
        query = query.outerjoin(claims, claims.c.id == annotations.c.id)
        query = query.outerjoin(figures, figures.c.id == annotations.c.id)
        return {
            annotation_id: OrderKey(_null_first(value), article_id, _null_first(start), _null_first(end), annotation_id)
            for some in self._batches(annotation_ids)
            for annotation_id, value, article_id, start, end in self._tuples(query.where(annotations.c.id.in_(some)))
        }

    def summaries(self, annotation_ids: Collection[int]) -> list[AnnotationSummary]:
        """Lines for a table, in the order of `annotation_ids`."""
        query = (
            select(annotations, articles.c.title, _PLACED.label("placed"), *_FIGURE_COLUMNS, *_CLAIM_COLUMNS)
            .join_from(annotations, articles)
            .outerjoin(figures, figures.c.id == annotations.c.id)
            .outerjoin(claims, claims.c.id == annotations.c.id)
        )
        found = {row["id"]: row for row in self._rows_by(query, annotations.c.id, annotation_ids)}
        said_by = self._said_by(found)
        tagged = select(annotation_tags.c.annotation_id, tags.c.name).join_from(annotation_tags, tags)
        tag_rows = self._grouped(tagged.order_by(tags.c.position, tags.c.id), annotation_tags.c.annotation_id, found)
        return [
            _summary(found[i], said_by.get(i, []), tuple(row["name"] for row in tag_rows.get(i, ())))
            for i in annotation_ids
            if i in found
        ]

    def overlapping(self, text_id: int, start: int, end: int) -> list[int]:
        """Annotations with a span that shares a code point with start..end, in text order."""
        where = {"text": text_id, "from": start, "until": end}
        return list(dict.fromkeys(self.connection.scalars(_OVERLAPPING, where)))

    def _grouped(self, query: Select[Any], column: Any, values: Collection[int] | None) -> dict[int, list[RowMapping]]:
        grouped: dict[int, list[RowMapping]] = defaultdict(list)
        for row in self._rows_by(query, column, values):
            grouped[row[column.name]].append(row)
        return grouped

    def speakers(self, annotation_ids: Collection[int]) -> dict[int, list[str]]:
        """The names of those who say so, each once; of a figure that nobody is named for, those of its claims; of a
        mention, its source."""
        return {i: _unique(row["name"] for row in said) for i, said in self._said_by(annotation_ids).items()}

    def _said_by(self, annotation_ids: Collection[int]) -> dict[int, list[RowMapping]]:
        """Names and reliabilities of the sources that say so; of a mention, of its source."""
        named: dict[int, list[RowMapping]] = defaultdict(list)
        said = select(attributions.c.annotation_id, sources.c.name, sources.c.reliability)
        said = said.join_from(attributions, sources, attributions.c.source_id == sources.c.id)
        said = said.where(attributions.c.stance.in_(SAYS_SO)).order_by(attributions.c.id)
        for row in self._rows_by(said, attributions.c.annotation_id, annotation_ids):
            named[row["annotation_id"]].append(row)
        mentioned = select(mentions.c.id, sources.c.name, sources.c.reliability).join_from(mentions, sources)
        for row in self._rows_by(mentioned, mentions.c.id, annotation_ids):
            named[row["id"]].append(row)
        through = select(links.c.to_id, sources.c.name, sources.c.reliability).join_from(links, attributions, _THROUGH)
        through = through.join(sources, attributions.c.source_id == sources.c.id)
        through = through.order_by(links.c.id, attributions.c.id)
        for row in self._rows_by(through, links.c.to_id, [i for i in annotation_ids if i not in named]):
            named[row["to_id"]].append(row)
        return named


_FIGURE_COLUMNS = [column.label(f"figure_{column.name}") for column in figures.c]
_CLAIM_COLUMNS = [claims.c.credibility, claims.c.progress, claims.c.finding]

_TAGS = select(annotation_tags.c.annotation_id, annotation_tags.c.tag_id).order_by(annotation_tags.c.id)
_COLOURS = select(tags.c.id, tags.c.colour)
_KIND = type_coerce(annotations.c.kind, String)
_KINDS = {kind.value: kind for kind in Kind}
"""For `_KIND`: to have SQLAlchemy make a Kind of every row takes longer than reading it."""

_PLACED = (
    select(spans.c.id)
    .where(spans.c.annotation_id == annotations.c.id, spans.c.text_id == NEWEST_TEXT)
    .correlate(annotations, articles)
    .exists()
)
_START = select(func.min(spans.c.start)).where(spans.c.annotation_id == annotations.c.id).scalar_subquery()
_END_DOWN = (
    select(-spans.c.end)
    .where(spans.c.annotation_id == annotations.c.id)
    .order_by(spans.c.start)
    .limit(1)
    .scalar_subquery()
)
_SPEAKER = (
    select(func.min(func.lower(sources.c.name)))
    .join_from(attributions, sources, attributions.c.source_id == sources.c.id)
    .where(attributions.c.annotation_id == annotations.c.id, attributions.c.stance.in_(SAYS_SO))
    .scalar_subquery()
)
_THROUGH = (
    (attributions.c.annotation_id == links.c.from_id)
    & (links.c.relation == Relation.CONTAINS)
    & attributions.c.stance.in_(SAYS_SO)
    & links.c.from_id.not_in(IN_BIN)
)
"""A figure that nobody is named for is said by those who say its claims."""
_CLAIMS_SPEAKER = (
    select(func.min(func.lower(sources.c.name)))
    .join_from(links, attributions, _THROUGH)
    .join(sources, attributions.c.source_id == sources.c.id)
    .where(links.c.to_id == annotations.c.id)
    .scalar_subquery()
)
_NAMED = (
    select(func.lower(sources.c.name))
    .join_from(mentions, sources)
    .where(mentions.c.id == annotations.c.id)
    .scalar_subquery()
)
_TAGGED = (
    select(func.min(func.lower(tags.c.name)))
    .join_from(annotation_tags, tags)
    .where(annotation_tags.c.annotation_id == annotations.c.id)
    .scalar_subquery()
)

SORTS: dict[str, ColumnElement[Any]] = {
    "place": func.coalesce(_START, -1),
    "id": annotations.c.kind + func.printf("%08d", annotations.c.number),
    "words": func.lower(annotations.c.words),
    "attributed_to": func.coalesce(_SPEAKER, _NAMED, _CLAIMS_SPEAKER, ""),
    "value": func.coalesce(figures.c.value, figures.c.low, figures.c.high),
    "counted": func.lower(func.coalesce(figures.c.counted, "") + func.coalesce(figures.c.unit, "")),
    "grade": func.coalesce(claims.c.credibility, ""),
    "progress": func.coalesce(claims.c.progress, ""),
    "tags": func.coalesce(_TAGGED, ""),
    "article": func.lower(articles.c.title),
}
"""Columns by which annotations can be ordered; ties go by article and place."""


def _marks(shown: MarkFilter) -> Select[Any]:
    query = select(annotations.c.id, _KIND, spans.c.start, spans.c.end)
    query = query.join_from(spans, annotations, spans.c.annotation_id == annotations.c.id)
    return query.where(*shown_by(shown))


def _of_some(marks: Select[Any]) -> Select[Any]:
    """Those of the annotations `some` in the text `text`."""
    here = spans.c.annotation_id.in_(bindparam("some", expanding=True))
    return marks.where(spans.c.text_id == bindparam("text"), here)


# Asked at every edit, and so built once: to build a statement again takes SQLAlchemy longer than SQLite to answer it.
_ONE = select(annotations).where(annotations.c.id == bindparam("its"))
_ITS_RECORD = {kind: select(table).where(table.c.id == bindparam("its")) for kind, table in RECORD_TABLES.items()}
_ITS_SPANS = select(spans).where(spans.c.annotation_id == bindparam("its")).order_by(spans.c.position)
_ITS_TAGS = (
    select(annotation_tags.c.tag_id)
    .where(annotation_tags.c.annotation_id == bindparam("its"))
    .order_by(annotation_tags.c.id)
)
_THEIR_MARKS = _of_some(_marks(SHOW_ALL))
_THEIR_TAGS = _TAGS.where(annotation_tags.c.annotation_id.in_(bindparam("some", expanding=True)))
_OVERLAPPING = (
    select(spans.c.annotation_id)
    .where(spans.c.text_id == bindparam("text"), spans.c.start < bindparam("until"), spans.c.end > bindparam("from"))
    .order_by(spans.c.start)
)


def _place(annotation: m.Annotation) -> tuple[int, int, int, int]:
    start = annotation.spans[0].start if annotation.spans else -1
    return annotation.article_id, start, -annotation.spans[0].end if annotation.spans else 0, annotation.id


def _summary(row: RowMapping, said_by: list[RowMapping], tag_names: tuple[str, ...]) -> AnnotationSummary:
    figure = None
    if row["kind"] is Kind.FIGURE:
        figure = rows.figure({column.name: row[f"figure_{column.name}"] for column in figures.c})
    return AnnotationSummary(
        id=row["id"],
        kind=row["kind"],
        number=row["number"],
        article_id=row["article_id"],
        article=row["title"],
        words=row["words"],
        attributed_to="; ".join(_unique(said["name"] for said in said_by)),
        figure=figure,
        grade=_grade(said_by, row["credibility"]),
        progress=row["progress"],
        finding=row["finding"],
        tags=tag_names,
        placed=bool(row["placed"]),
    )


def _grade(said_by: list[RowMapping], credibility: str | None) -> str:
    reliability = said_by[0]["reliability"] if said_by else None
    return f"{reliability or ''}{credibility or ''}"


def _null_first(value: Any) -> tuple[bool, Any]:
    return value is not None, value if value is not None else 0


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
