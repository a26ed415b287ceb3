"""The verbs of the reader: mark, add words to a mark, move its edges, change its kind, remove it.

Marking fills the record in from the words. Nothing is graded by itself; who says so is offered, not set, except the
outlet's own voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from annotate.anchoring import anchored, in_order, joined_words
from annotate.attribution import read_claim
from annotate.commands.annotations import (
    delete_annotations,
    find_annotation,
    find_article,
    find_placed,
    insert_annotation,
    insert_spans,
    note_edited,
)
from annotate.commands.attributions import attribute_to_outlet
from annotate.commands.sources import known_source, read_source
from annotate.counted import counted
from annotate.errors import NotAllowed
from annotate.figure_bounds import consistent
from annotate.figures import read_figure
from annotate.model import Annotation, Article, Claim, DatedWords, Figure, Mention, Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries.annotations import SAYS_SO
from annotate.store.rows import dated_columns
from annotate.summaries import Mark
from annotate.vocabulary import ArticleStatus, Fate, Handling, Kind, Mode, Relation


def mark(project: Project, article_id: int, kind: Kind, spans: Sequence[Span], *, tag_ids: Collection[int] = ()) -> int:
    """Mark words of an article's newest text; only start and end of `spans` count. Returns the annotation's id.

    A figure inside a claim's words is linked to it, and the other way round. An unread article is in progress now.
    """
    article = find_article(project, article_id)
    with project.change(f"Mark {kind.label.lower()}") as transaction:
        annotation_id = _mark(project, transaction, article, kind, spans, tag_ids=tag_ids)
        if article.status is ArticleStatus.UNREAD:
            transaction.update(t.articles, article_id, status=ArticleStatus.IN_PROGRESS)
    return annotation_id


def mark_once(project: Project, article_id: int, kind: Kind, spans: Sequence[Span]) -> tuple[int, bool]:
    """Mark words unless an annotation of this kind has exactly these. Returns the annotation's id, and if it is new.

    Programs may mark words twice; a person who does has only not seen the mark.
    """
    article = find_article(project, article_id)
    words = anchored_words(project.read.body(article.text_id), spans)
    near = project.read.annotations(project.read.overlapping(article.text_id, words[0].start, words[0].end))
    known = next((one.id for one in near if one.kind is kind and one.spans == words), None)
    return (mark(project, article_id, kind, words), True) if known is None else (known, False)


def change_kind(project: Project, annotation_id: int, kind: Kind) -> int:
    """Make an annotation one of another kind, with a new number: its tags and note stay, its record is read anew.

    Returns the id of what it is now; the same where it is of that kind already.
    """
    old = find_annotation(project, annotation_id)
    if old.kind is kind:
        return annotation_id
    article = find_article(project, find_placed(project, annotation_id).article_id)
    with project.change(f"Change {old.label} to {kind.label.lower()}") as transaction:
        delete_annotations(transaction, [old.id])
        return _mark(
            project, transaction, article, kind, old.spans, tag_ids=old.tag_ids, note=old.note, handling=old.handling
        )


def set_spans(project: Project, annotation_id: int, spans: Sequence[Span], label: str = "Change words of") -> None:
    """Give an annotation other words. A figure's amount is read again while nobody has corrected it.

    Figures that lie in a claim's words now are linked to it; links that are there stay.
    """
    annotation = find_placed(project, annotation_id)
    new = anchored_words(project.read.body(annotation.text_id), spans)
    if new == annotation.spans:
        return
    with project.change(f"{label} {annotation.label}") as transaction:
        put_on_words(project, transaction, annotation, new)
        note_edited(transaction, annotation)


def put_on_words(project: Project, transaction: Transaction, annotation: Annotation, spans: Sequence[Span]) -> None:
    """Put an annotation on other anchored words of the text `annotation.text_id`; its amount and links follow them."""
    replace_spans(transaction, annotation, spans)
    if annotation.kind is Kind.FIGURE and annotation.figure == read_figure(annotation.words):
        update_record(transaction, annotation, amount_columns(read_figure(joined_words(spans))))
    if annotation.kind is not Kind.SOURCE:
        tied = {(link.from_id, link.to_id) for link in project.read.links([annotation.id])}
        link_nested(project, transaction, annotation.text_id, annotation.id, annotation.kind, spans, tied)


def add_span(project: Project, annotation_id: int, span: Span) -> None:
    """Add words to an annotation: an interrupted quotation is one claim with several spans."""
    annotation = find_placed(project, annotation_id)
    set_spans(project, annotation_id, (*annotation.spans, span), "Add words to")


def move_edge(project: Project, annotation_id: int, old: Span, new: Span) -> None:
    """Move the edges of one of an annotation's spans."""
    annotation = find_annotation(project, annotation_id)
    kept = [span for span in annotation.spans if (span.start, span.end) != (old.start, old.end)]
    set_spans(project, annotation_id, (*kept, new), "Move edge of")


def remove_annotations(project: Project, annotation_ids: Collection[int]) -> None:
    """Remove annotations with their records, attributions, links and checks; undo brings all of it back."""
    ids = frozenset(annotation_ids)
    there = project.read.annotations(ids) if len(ids) > 1 else [find_annotation(project, i) for i in ids]
    if len(there) < len(ids):
        raise NotAllowed("Some of these marks have been removed already.")
    named = there[0].label if len(there) == 1 else counted(len(there), "mark")
    with project.change(f"Remove {named}") as transaction:
        delete_annotations(transaction, ids)


def edit_annotation(
    project: Project,
    annotation_id: int,
    *,
    note: str | None = None,
    handling: Handling | None = None,
    join: int | None = None,
) -> None:
    """Change the note or the handling of an annotation."""
    annotation = find_annotation(project, annotation_id)
    columns: dict[str, Any] = {"note": note, "handling": handling}
    with project.change(f"Edit {annotation.label}", join=join) as transaction:
        changed = {name: value for name, value in columns.items() if value is not None}
        if transaction.update(t.annotations, annotation_id, **changed):
            transaction.update(t.annotations, annotation_id, changed_at=transaction.now)


def edit_record(project: Project, annotation_id: int, *, join: int | None = None, **fields: Any) -> None:
    """Change fields of a claim, figure or mention by their names in model.py; DatedWords are given whole.

    A claim that becomes the outlet's own voice is attributed to the outlet, where nobody says so yet.
    """
    annotation = find_annotation(project, annotation_id)
    if annotation.kind is Kind.FIGURE:
        fields = consistent(annotation.figure, fields)
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        columns |= dated_columns(name, value) if isinstance(value, DatedWords) else {name: value}
    with project.change(f"Edit {annotation.label}", join=join) as transaction:
        update_record(transaction, annotation, columns)
        if columns.get("mode") is Mode.VOICE and annotation.claim.mode is not Mode.VOICE:
            said = project.read.attributions([annotation_id])
            if not any(one.stance in SAYS_SO for one in said):
                article = find_article(project, annotation.article_id)
                attribute_to_outlet(project, transaction, article, [annotation_id])


def toggle_tag(project: Project, annotation_ids: Collection[int], tag_id: int, *, join: int | None = None) -> bool:
    """Put a tag on annotations, or take it off where all of them have it. Returns whether it was put on."""
    tag = next((tag for tag in project.read.tags() if tag.id == tag_id), None)
    if tag is None:
        raise NotAllowed("That tag is not in the codebook any more.")
    found = project.read.annotations(annotation_ids)
    off = all(tag_id in annotation.tag_ids for annotation in found)
    with project.change(f"{'Untag' if off else 'Tag'} “{tag.name}”", join=join) as transaction:
        for annotation in found:
            if off:
                transaction.delete_link(t.annotation_tags, annotation_id=annotation.id, tag_id=tag_id)
            elif tag_id not in annotation.tag_ids:
                transaction.insert(t.annotation_tags, annotation_id=annotation.id, tag_id=tag_id)
    return not off


def read_record(project: Project, article: Article, kind: Kind, spans: Sequence[Span]) -> Claim | Figure | Mention:
    """The record as the words state it; `spans` must be anchored."""
    body = project.read.body(article.text_id)
    if kind is Kind.FIGURE:
        return read_figure(joined_words(spans))
    if kind is Kind.CLAIM:
        reading = read_claim(body, spans)
        return Claim(mode=reading.mode, type=reading.claim_type)
    mention = read_source(project, article.id, body, spans[0])
    known = known_source(project, mention, article.id)
    return Mention(None if known is None else known.id, mention.naming, mention.role)


def _mark(
    project: Project,
    transaction: Transaction,
    article: Article,
    kind: Kind,
    spans: Sequence[Span],
    *,
    tag_ids: Collection[int] = (),
    note: str = "",
    handling: Handling = Handling.OPEN,
) -> int:
    words = anchored_words(project.read.body(article.text_id), spans)
    record = read_record(project, article, kind, words)
    annotation_id = insert_annotation(
        transaction, article.id, article.text_id, kind, words, record, tag_ids=tag_ids, note=note, handling=handling
    )
    if isinstance(record, Claim) and record.mode is Mode.VOICE:
        attribute_to_outlet(project, transaction, article, [annotation_id])
    if kind is not Kind.SOURCE:
        link_nested(project, transaction, article.text_id, annotation_id, kind, words)
    settle_suggestion(project, transaction, article.text_id, kind, words)
    return annotation_id


def settle_suggestion(
    project: Project, transaction: Transaction, text_id: int, kind: Kind, words: Sequence[Span]
) -> None:
    """A mark of the kind stands on exactly these words now: what was suggested there has nothing more to judge."""
    suggestion_id = project.read.suggestion_on(text_id, kind, words)
    if suggestion_id is not None:
        transaction.update(t.suggestions, suggestion_id, fate=Fate.ACCEPTED)


def anchored_words(body: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order with their words; blanks at the ends, which a hand takes along, are left out."""
    anchored_spans = []
    for span in in_order(body, (anchored(body, span.start, span.end) for span in spans)):  # whole graphemes can touch
        words = anchored(body, span.start, span.end)
        start = words.start + len(words.exact) - len(words.exact.lstrip())
        end = start + len(words.exact.strip())
        if start < end:
            anchored_spans.append(anchored(body, start, end))
    if not anchored_spans:
        raise NotAllowed("Only spaces are selected there. Select the words first.")
    return tuple(anchored_spans)


def link_nested(
    project: Project,
    transaction: Transaction,
    text_id: int,
    annotation_id: int,
    kind: Kind,
    spans: Sequence[Span],
    tied: Collection[tuple[int, int]] = (),
) -> None:
    """Tie a figure to the claims whose words contain it, or a claim to the figures in its words, unless `tied`."""
    near = {i for span in spans for i in project.read.overlapping(text_id, span.start, span.end)} - {annotation_id}
    marks: dict[tuple[Kind, int], list[Mark]] = defaultdict(list)
    for other in project.read.marks_of(near, text_id=text_id):
        marks[other.kind, other.annotation_id].append(other)
    for (other_kind, other_id), words in sorted(marks.items(), key=lambda found: found[0][1]):
        if kind is Kind.FIGURE and other_kind is Kind.CLAIM and within(spans, words):
            claim_id, figure_id = other_id, annotation_id
        elif kind is Kind.CLAIM and other_kind is Kind.FIGURE and within(words, spans):
            claim_id, figure_id = annotation_id, other_id
        else:
            continue
        if (claim_id, figure_id) not in tied:
            transaction.insert(t.links, from_id=claim_id, to_id=figure_id, relation=Relation.CONTAINS)


def within(inner: Sequence[Span | Mark], outer: Sequence[Span | Mark]) -> bool:
    """Whether every inner stretch lies in one of the outer ones."""
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def replace_spans(transaction: Transaction, annotation: Annotation, spans: Sequence[Span]) -> None:
    """Put an annotation on other anchored words of the text `annotation.text_id`; its record stays."""
    transaction.delete_where(t.spans, t.spans.c.annotation_id, [annotation.id])
    insert_spans(transaction, annotation.text_id, {annotation.id: spans})
    words = joined_words(spans)
    transaction.update(
        t.annotations, annotation.id, text_id=annotation.text_id, words=words, changed_at=transaction.now
    )


def update_record(transaction: Transaction, annotation: Annotation, columns: dict[str, Any]) -> None:
    """Change columns of a record; one that a rule suggested counts as edited then."""
    if transaction.update(t.RECORD_TABLES[annotation.kind], annotation.id, **columns):
        transaction.update(t.annotations, annotation.id, changed_at=transaction.now)
        note_edited(transaction, annotation)


def amount_columns(figure: Figure) -> dict[str, Any]:
    """What is read from a figure's words, by the names of model.Figure."""
    names = ("value", "low", "high", "inferred", "counted", "unit", "bound", "qualifier", "kind")
    return {name: getattr(figure, name) for name in names}
