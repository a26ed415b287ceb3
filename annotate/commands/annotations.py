"""Rows of annotations inside a transaction: what marking, attributing and (later) accepting have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotate.anchoring import joined_words
from annotate.errors import NotAllowed
from annotate.model import Annotation, Article, Claim, Figure, Mention, Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import record_columns
from annotate.vocabulary import Handling, Kind, Origin

RECORD_TABLES = {Kind.CLAIM: t.claims, Kind.FIGURE: t.figures, Kind.SOURCE: t.mentions}


def find_article(project: Project, article_id: int) -> Article:
    """The article. Raises NotAllowed where it is not in the project any more."""
    article = project.read.article(article_id)
    if article is None:
        raise NotAllowed("That article is not in the project any more.")
    return article


def find_annotation(project: Project, annotation_id: int) -> Annotation:
    """The annotation. Raises NotAllowed where it has been removed."""
    annotation = project.read.annotation(annotation_id)
    if annotation is None:
        raise NotAllowed("That annotation has been removed.")
    return annotation


def insert_annotation(
    transaction: Transaction,
    article_id: int,
    text_id: int,
    kind: Kind,
    spans: Sequence[Span],
    record: Claim | Figure | Mention,
    *,
    tag_ids: Collection[int] = (),
    note: str = "",
    handling: Handling = Handling.OPEN,
    origin: Origin = Origin.HAND,
    rule: str | None = None,
    engine: str | None = None,
) -> int:
    """A new annotation with anchored spans, its record and its tags. Returns its id."""
    annotation_id = transaction.insert(
        t.annotations,
        article_id=article_id,
        text_id=text_id,
        kind=kind,
        number=transaction.next_number(kind.value),
        words=joined_words(spans),
        note=note,
        handling=handling,
        origin=origin,
        rule=rule,
        engine=engine,
        analyst_id=transaction.analyst_id,
        created_at=transaction.now,
        changed_at=transaction.now,
    )
    insert_spans(transaction, annotation_id, text_id, spans)
    transaction.insert(RECORD_TABLES[kind], id=annotation_id, **record_columns(record))
    for tag_id in tag_ids:
        transaction.insert(t.annotation_tags, annotation_id=annotation_id, tag_id=tag_id)
    return annotation_id


def insert_spans(transaction: Transaction, annotation_id: int, text_id: int, spans: Sequence[Span]) -> None:
    for position, span in enumerate(spans):
        transaction.insert(
            t.spans,
            annotation_id=annotation_id,
            text_id=text_id,
            position=position,
            start=span.start,
            end=span.end,
            exact=span.exact,
            before=span.before,
            after=span.after,
        )


def delete_annotations(transaction: Transaction, annotation_ids: Collection[int]) -> None:
    """Remove annotations and all that hangs on them: attributions, links, checks, tags, spans, records."""
    for table, column in (
        (t.attributions, t.attributions.c.annotation_id),
        (t.links, t.links.c.from_id),
        (t.links, t.links.c.to_id),
        (t.checks, t.checks.c.annotation_id),
        (t.annotation_tags, t.annotation_tags.c.annotation_id),
        (t.spans, t.spans.c.annotation_id),
    ):
        transaction.delete_where(table, column, annotation_ids)
    transaction.update_where(t.attributions, t.attributions.c.mention_id, annotation_ids, mention_id=None)
    for table in (*RECORD_TABLES.values(), t.annotations):
        transaction.delete_where(table, table.c.id, annotation_ids)
