"""Rows of annotations inside a transaction: what marking, attributing and (later) accepting have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from annotate.anchoring import joined_words
from annotate.errors import NotAllowed
from annotate.model import Annotation, Article, Claim, Figure, Mention, Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import record_columns
from annotate.vocabulary import Handling, Kind, Origin


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


def find_placed(project: Project, annotation_id: int) -> Annotation:
    """The annotation, where it stands in the newest text of its article; NotAllowed where it does not, or is gone.

    Places that a hand shows are places in the newest text, and mean nothing in an older one.
    """
    annotation = find_annotation(project, annotation_id)
    if not project.read.is_in_newest_text(annotation_id):
        raise NotAllowed(
            f"{annotation.label} has no place in the newest text of its article yet. "
            "Accept the place that is proposed, or select its words and place it by hand."
        )
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
    marked = [(spans, record)]
    (annotation_id,) = insert_annotations(
        transaction,
        article_id,
        text_id,
        kind,
        marked,
        note=note,
        handling=handling,
        origin=origin,
        rule=rule,
        engine=engine,
    )
    for tag_id in tag_ids:
        transaction.insert(t.annotation_tags, annotation_id=annotation_id, tag_id=tag_id)
    return annotation_id


def insert_annotations(
    transaction: Transaction,
    article_id: int,
    text_id: int,
    kind: Kind,
    marked: Sequence[tuple[Sequence[Span], Claim | Figure | Mention]],
    *,
    note: str = "",
    handling: Handling = Handling.OPEN,
    origin: Origin = Origin.HAND,
    rule: str | None = None,
    engine: str | None = None,
) -> list[int]:
    """New annotations of one kind, each of anchored spans and a record, with few statements. Returns their ids."""
    first = transaction.next_number(kind.value, len(marked))
    same = {
        "article_id": article_id,
        "text_id": text_id,
        "kind": kind,
        "note": note,
        "handling": handling,
        "origin": origin,
        "rule": rule,
        "engine": engine,
        "analyst_id": transaction.analyst_id,
        "created_at": transaction.now,
        "changed_at": transaction.now,
    }
    ids = transaction.insert_many(
        t.annotations,
        [
            {**same, "number": number, "words": joined_words(spans)}
            for number, (spans, _record) in enumerate(marked, first)
        ],
    )
    insert_spans(transaction, text_id, {i: spans for i, (spans, _record) in zip(ids, marked, strict=True)})
    records = [{"id": i, **record_columns(record)} for i, (_spans, record) in zip(ids, marked, strict=True)]
    transaction.insert_many(t.RECORD_TABLES[kind], records)
    return ids


def insert_spans(transaction: Transaction, text_id: int, spans_of: Mapping[int, Sequence[Span]]) -> None:
    """The anchored spans of annotations, by the annotations' ids."""
    transaction.insert_many(
        t.spans,
        [
            {
                "annotation_id": annotation_id,
                "text_id": text_id,
                "position": position,
                "start": span.start,
                "end": span.end,
                "exact": span.exact,
                "before": span.before,
                "after": span.after,
            }
            for annotation_id, spans in spans_of.items()
            for position, span in enumerate(spans)
        ],
    )


def note_edited(transaction: Transaction, annotation: Annotation) -> None:
    """A person has corrected an annotation: one that a rule suggested counts as edited, and as reviewed."""
    if annotation.origin in (Origin.SUGGESTED, Origin.BULK):
        transaction.update(t.annotations, annotation.id, origin=Origin.EDITED)


def delete_annotations(transaction: Transaction, annotation_ids: Collection[int]) -> None:
    """Remove annotations and all that hangs on them: attributions, links, checks, tags, spans, records."""
    for table, column in (
        (t.carryings, t.carryings.c.annotation_id),
        (t.attributions, t.attributions.c.annotation_id),
        (t.links, t.links.c.from_id),
        (t.links, t.links.c.to_id),
        (t.checks, t.checks.c.annotation_id),
        (t.annotation_tags, t.annotation_tags.c.annotation_id),
        (t.spans, t.spans.c.annotation_id),
    ):
        transaction.delete_where(table, column, annotation_ids)
    transaction.update_where(t.attributions, t.attributions.c.mention_id, annotation_ids, mention_id=None)
    for table in (*t.RECORD_TABLES.values(), t.annotations):
        transaction.delete_where(table, table.c.id, annotation_ids)
