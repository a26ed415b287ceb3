"""One mark becomes two, each with all that hung on it.

What was marked in one sweep and turns out to be two statements is taken apart without doing the work again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from annotate.anchoring import joined_words
from annotate.commands.annotations import find_placed, insert_annotation
from annotate.commands.marking import (
    amount_columns,
    anchored_words,
    link_nested,
    replace_spans,
    update_record,
    within,
)
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.model import Annotation, Attribution, Check, Link, Row, Span
from annotate.offsets import grapheme_start
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import Kind, Relation


def split_annotation(project: Project, annotation_id: int, at: int) -> int:
    """Take an annotation apart at a code point of its text; returns the id of the new, second part.

    `at` lies inside its words, or between two of its spans; inside a grapheme it counts as before it. What stands
    before stays with the annotation; what stands after becomes one of the same kind with the next number. Record,
    tags, note, handling, attributions and checks are the same in both, but a figure that says exactly what its words
    state is read anew. A figure that a claim contains goes with the part its words are in; other links are in both.
    Raises NotAllowed where one part would have no words.
    """
    annotation = find_placed(project, annotation_id)
    body = project.read.body(annotation.text_id)
    at = grapheme_start(body, at)
    before = [Span(span.start, min(span.end, at)) for span in annotation.spans if span.start < at]
    after = [Span(max(span.start, at), span.end) for span in annotation.spans if span.end > at]
    if not (_has_words(body, before) and _has_words(body, after)):
        raise NotAllowed(f"{annotation.label} can only be split between two of its words. Put the caret there first.")
    first, second = anchored_words(body, before), anchored_words(body, after)
    with project.change(f"Split {annotation.label}") as transaction:
        replace_spans(transaction, annotation, first)
        record = annotation.record
        if annotation.kind is Kind.FIGURE and record == read_figure(annotation.words):
            update_record(transaction, annotation, amount_columns(read_figure(joined_words(first))))
            record = read_figure(joined_words(second))
        second_id = insert_annotation(
            transaction,
            annotation.article_id,
            annotation.text_id,
            annotation.kind,
            second,
            record,
            tag_ids=annotation.tag_ids,
            note=annotation.note,
            handling=annotation.handling,
            origin=annotation.origin,
            rule=annotation.rule,
            engine=annotation.engine,
        )
        for said in project.read.attributions([annotation_id]):
            _copy(transaction, t.attributions, said, annotation_id=second_id)
        for check in project.read.checks([annotation_id]):
            _copy(transaction, t.checks, check, annotation_id=second_id)
        _share_links(project, transaction, annotation, second_id, first, second)
        if annotation.kind is Kind.FIGURE:  # a part can lie in a claim that the whole reached out of
            for part_id, spans in ((annotation_id, first), (second_id, second)):
                tied = {(link.from_id, link.to_id) for link in project.read.links([part_id])}
                link_nested(project, transaction, annotation.text_id, part_id, Kind.FIGURE, spans, tied)
    return second_id


def _has_words(body: str, spans: Sequence[Span]) -> bool:
    return any(body[span.start : span.end].strip() for span in spans)


def _share_links(
    project: Project,
    transaction: Transaction,
    annotation: Annotation,
    second_id: int,
    first: Sequence[Span],
    second: Sequence[Span],
) -> None:
    links = project.read.links([annotation.id])
    linked = {one.id: one.spans for one in project.read.annotations({link.to_id for link in links})}
    for link in links:
        of_claim = link.relation is Relation.CONTAINS and link.from_id == annotation.id
        words = linked[link.to_id] if of_claim else ()
        end = "from_id" if link.from_id == annotation.id else "to_id"
        if words and within(words, second):
            transaction.update(t.links, link.id, **{end: second_id})
        elif not (words and within(words, first)):
            _copy(transaction, t.links, link, **{end: second_id})


def _copy(transaction: Transaction, table: Table, row: Attribution | Check | Link, **changed: Any) -> None:
    own = Row.__dataclass_fields__.keys()
    columns = {name: getattr(row, name) for name in type(row).__dataclass_fields__ if name not in own}
    transaction.insert(table, **columns | changed)
