"""What a mark is tied to: whose claim it is, which figures it contains, and which other claims it may bear on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, case, func, or_, select

from annotate.store.queries.base import Queries
from annotate.store.schema import annotations, articles, attributions, claims, links, mentions, spans
from annotate.summaries import OtherClaim, Tie
from annotate.vocabulary import Kind, Relation, Stance

_WORDS_SHOWN = 300

VIA = "via"
PASSED_ON = "passed on by it"

SAYS = {stance: stance.label for stance in Stance} | {Stance.ASSERTS: "says so"}
"""What a source does with the selected claim or figure."""

SAID = {
    Stance.ASSERTS: "said by it",
    Stance.CONFIRMS: "confirmed by it",
    Stance.DENIES: "denied by it",
    Stance.DOUBTS: "doubted by it",
    Stance.DECLINES: "not commented on",
}
"""What a claim or figure is to the selected source."""

TO_SELECTED = {relation: relation.label for relation in Relation}
"""What an annotation does with the selected one, to which its link leads."""

FROM_SELECTED = TO_SELECTED | {
    Relation.CONTAINS: "is in it",
    Relation.REPEATS: "repeated by it",
    Relation.UPDATES: "updated by it",
}
"""What an annotation is to the selected one, from which the link leads to it."""


@dataclass(frozen=True, slots=True)
class _Selected:
    id: int
    kind: Kind
    text_id: int
    source_id: int | None
    """Of a mention: its entry in the register."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    annotation_id: int
    words: str
    rank: int
    """What answers the first questions of the trade comes first: whose, through whom, what is in it, what else."""
    start: int


class TieQueries(Queries):
    def ties_of(self, annotation_id: int) -> list[Tie]:
        """What other marks of the same text are to this one: who says so first, each mark once, else in text order.

        Where an attribution names no mention in the text, the one of its source stands for it that is nearest.
        """
        selected = self._selected(annotation_id)
        if selected is None:
            return []
        found = self._ties_of_mention(selected) if selected.kind is Kind.SOURCE else self._ties_of_content(selected)
        words: dict[int, dict[str, None]] = {}
        for one in sorted(found, key=lambda one: (one.rank, one.start, one.annotation_id)):
            if one.annotation_id != annotation_id:
                words.setdefault(one.annotation_id, {})[one.words] = None
        return [Tie(other, ", ".join(said)) for other, said in words.items()]

    def other_claims(self, annotation_id: int) -> list[OtherClaim]:
        """All other claims outside the bin: those of its article first, then those about its event, then by article."""
        asked = select(annotations.c.article_id, claims.c.event_id).outerjoin_from(
            annotations, claims, claims.c.id == annotations.c.id
        )
        this = self.connection.execute(asked.where(annotations.c.id == annotation_id)).first()
        if this is None:
            return []
        is_here = annotations.c.article_id == this.article_id
        of_event = [] if this.event_id is None else [(claims.c.event_id == this.event_id).desc()]
        query = (
            select(annotations.c.id, annotations.c.number, func.substr(annotations.c.words, 1, _WORDS_SHOWN))
            .add_columns(claims.c.plain_words, articles.c.title, articles.c.outlet, is_here)
            .join_from(annotations, claims, claims.c.id == annotations.c.id)
            .join(articles, articles.c.id == annotations.c.article_id)
            .where(annotations.c.id != annotation_id, articles.c.deleted.is_(False))
            .order_by(is_here.desc(), *of_event, annotations.c.article_id, annotations.c.number)
        )
        return [
            OtherClaim(id_, number, words, plain, title, outlet or "", bool(here))
            for id_, number, words, plain, title, outlet, here in self._tuples(query)
        ]

    def _selected(self, annotation_id: int) -> _Selected | None:
        query = (
            select(annotations.c.id, annotations.c.kind, annotations.c.text_id, mentions.c.source_id)
            .add_columns(func.min(spans.c.start).label("start"), func.max(spans.c.end).label("end"))
            .join_from(annotations, spans, spans.c.annotation_id == annotations.c.id)
            .outerjoin(mentions, mentions.c.id == annotations.c.id)
            .where(annotations.c.id == annotation_id, spans.c.text_id == annotations.c.text_id)
            .group_by(annotations.c.id, annotations.c.kind, annotations.c.text_id, mentions.c.source_id)
        )
        row = self._first(query)
        return None if row is None else _Selected(**row)

    def _ties_of_mention(self, selected: _Selected) -> Iterator[_Found]:
        """Claims and figures of the mention's source, those that were read from this mention first."""
        of_source: list[ColumnElement[bool]] = [attributions.c.mention_id == selected.id]
        if selected.source_id is not None:
            of_source += [column == selected.source_id for column in (attributions.c.source_id, attributions.c.via_id)]
        query = (
            select(attributions, func.min(spans.c.start).label("start"))
            .join_from(attributions, spans, spans.c.annotation_id == attributions.c.annotation_id)
            .where(_in_text(selected), or_(*of_source))
            .group_by(attributions.c.id)
        )
        for row in self._rows(query):
            from_here = row["mention_id"] == selected.id
            if from_here or row["source_id"] == selected.source_id:
                yield _Found(row["annotation_id"], SAID[row["stance"]], 0 if from_here else 1, row["start"])
            else:
                yield _Found(row["annotation_id"], PASSED_ON, 1, row["start"])

    def _ties_of_content(self, selected: _Selected) -> Iterator[_Found]:
        """Sources and figures of a claim and the claims it bears on; claims around a figure and whose they are."""
        linked = list(self._linked(selected))
        yield from linked
        around = [one.annotation_id for one in linked if one.words == TO_SELECTED[Relation.CONTAINS]]
        said = list(self._rows_by(select(attributions), attributions.c.annotation_id, [selected.id, *around]))
        read_from = self._starts(selected, {row["mention_id"] for row in said if row["mention_id"] is not None})
        elsewhere = {row["source_id"] for row in said if row["mention_id"] not in read_from}
        nearest = self._nearest(selected, elsewhere | {row["via_id"] for row in said if row["via_id"] is not None})
        for row in said:
            words = SAYS[row["stance"]]
            if row["mention_id"] in read_from:
                yield _Found(row["mention_id"], words, 0, read_from[row["mention_id"]])
            elif row["source_id"] in nearest:
                mention = nearest[row["source_id"]]
                yield _Found(mention["id"], words, 0, mention["start"])
            if row["via_id"] in nearest:
                channel = nearest[row["via_id"]]
                yield _Found(channel["id"], VIA, 1, channel["start"])

    def _linked(self, selected: _Selected) -> Iterator[_Found]:
        """What links tie to a claim or figure in the same text, at either end."""
        ways = ((links.c.from_id, links.c.to_id, FROM_SELECTED), (links.c.to_id, links.c.from_id, TO_SELECTED))
        for own, other, words in ways:
            query = (
                select(other.label("other"), links.c.relation, func.min(spans.c.start).label("start"))
                .join_from(links, spans, spans.c.annotation_id == other)
                .where(own == selected.id, _in_text(selected))
                .group_by(links.c.id)
            )
            for row in self._rows(query):
                rank = 2 if row["relation"] is Relation.CONTAINS else 3
                yield _Found(row["other"], words[row["relation"]], rank, row["start"])

    def _starts(self, selected: _Selected, annotation_ids: Collection[int]) -> dict[int, int]:
        """Where those annotations begin that stand in the selected one's text."""
        query = select(spans.c.annotation_id, spans.c.start).where(_in_text(selected))
        query = query.order_by(spans.c.start.desc())
        return {
            row["annotation_id"]: row["start"] for row in self._rows_by(query, spans.c.annotation_id, annotation_ids)
        }

    def _nearest(self, selected: _Selected, source_ids: Iterable[int]) -> dict[int, RowMapping]:
        """The mention of each source that stands nearest to the selected annotation; of two, the one before it."""
        wanted = set(source_ids)
        if not wanted:
            return {}
        way = case(
            (spans.c.end <= selected.start, selected.start - spans.c.end),
            (spans.c.start >= selected.end, spans.c.start - selected.end),
            else_=0,
        )
        order = (way, spans.c.start, mentions.c.id)
        ranked = (
            select(mentions.c.source_id, mentions.c.id, spans.c.start)
            .add_columns(func.row_number().over(partition_by=mentions.c.source_id, order_by=order).label("rank"))
            .join_from(mentions, spans, spans.c.annotation_id == mentions.c.id)
            .where(_in_text(selected), mentions.c.source_id.in_(wanted))
            .subquery()
        )
        return {row["source_id"]: row for row in self._rows(select(ranked).where(ranked.c.rank == 1))}


def _in_text(selected: _Selected) -> ColumnElement[bool]:
    # Reckoned with, so that no database walks all spans of the text by their index, where a handful is asked for.
    return spans.c.text_id + 0 == selected.text_id
