"""A row whose claim is in the project already: the claim gains what it does not have yet, and its place where its words
stand in an article by now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotate.commands.annotations import find_annotation
from annotate.commands.attributions import attribute_to_outlet, tie
from annotate.commands.hand_kept.figures import figures_of, place_figures
from annotate.commands.hand_kept.plan import PlannedRow
from annotate.commands.hand_kept.writing import Writing, contradiction, gained, joined_notes
from annotate.commands.marking import put_on_words, read_record
from annotate.exchange.hand_kept import squeezed
from annotate.model import Annotation, Claim, DatedWords
from annotate.store import schema as t
from annotate.store.rows import dated_columns
from annotate.vocabulary import AttributionBasis, Kind, Mode, Relation, Stance


def join(writing: Writing, row: PlannedRow, list_name: str) -> tuple[bool, bool]:
    """Give a claim what a row says and it does not have yet. Returns whether it came to a place, and if it gained
    anything at all."""
    assert row.known_id is not None
    transaction, before = writing.transaction, len(writing.transaction.touched)
    claim = find_annotation(writing.project, row.known_id)
    is_placed = bool(row.spans) and not claim.spans
    if is_placed or (not claim.spans and row.article_id not in (None, claim.article_id)):
        claim = _move(writing, claim, row)
    columns: dict[str, Any] = {}
    for name, value in gained(claim.claim, row.entry).items():
        columns |= dated_columns(name, value) if isinstance(value, DatedWords) else {name: value}
    transaction.update(t.claims, claim.id, **columns)
    note = joined_notes(claim.note, row.note, contradiction(claim.claim, row.entry, list_name))
    transaction.update(t.annotations, claim.id, note=note)
    for tag_id in writing.tag_ids(row.entry.tags):
        if tag_id not in claim.tag_ids:
            transaction.insert(t.annotation_tags, annotation_id=claim.id, tag_id=tag_id)
    for name in row.entry.sources:
        tie(
            writing.project,
            transaction,
            claim,
            writing.source(name, claim.article_id),
            stance=Stance.ASSERTS,
            verb="",
            basis=AttributionBasis.INFERRED,
            via_id=None,
            mention_id=None,
        )
    _add_figures(writing, claim, row)
    has_gained = len(transaction.touched) > before
    if has_gained:
        transaction.update(t.annotations, claim.id, changed_at=transaction.now)
    return is_placed, has_gained


def _move(writing: Writing, claim: Annotation, row: PlannedRow) -> Annotation:
    """Put a claim without a place, and its figures, into the article of its row, on its words where they stand
    there."""
    assert row.article_id is not None
    assert row.text_id is not None
    transaction, figure_ids = writing.transaction, writing.project.read.figures_in(claim.id)
    transaction.update(t.annotations, claim.id, article_id=row.article_id, text_id=row.text_id)
    _move_unnamed_sources(writing, claim, row.article_id)
    moved = find_annotation(writing.project, claim.id)
    if row.spans:
        put_on_words(writing.project, transaction, moved, row.spans)
        read = read_record(writing.project, writing.article(row.article_id), Kind.CLAIM, row.spans)
        assert isinstance(read, Claim)
        named = writing.project.read.attributions([claim.id])
        mode = Mode.PARAPHRASE if read.mode is Mode.VOICE and named else read.mode
        transaction.update(t.claims, claim.id, mode=moved.claim.mode or mode, type=moved.claim.type or read.type)
        if mode is Mode.VOICE and moved.claim.mode is None:
            attribute_to_outlet(writing.project, transaction, writing.article(row.article_id), [claim.id])
    for figure in writing.project.read.annotations(figure_ids):
        if not figure.spans:
            transaction.update(t.annotations, figure.id, article_id=row.article_id, text_id=row.text_id)
            spans = place_figures(writing.project.read.body(row.text_id), row.spans, figure.words)
            if spans:
                moved_figure = find_annotation(writing.project, figure.id)
                put_on_words(writing.project, transaction, moved_figure, spans)
    return find_annotation(writing.project, claim.id)


def _move_unnamed_sources(writing: Writing, claim: Annotation, article_id: int) -> None:
    """Unnamed sources are those of one article: "a witness" in the list is one in the article that the claim is in."""
    for said in writing.project.read.attributions([claim.id]):
        source = writing.project.read.source(said.source_id)
        if source is not None and source.article_id == claim.article_id != article_id:
            own = writing.source(source.name, article_id)
            writing.transaction.update(t.attributions, said.id, source_id=own)
            if not (writing.project.read.attributions_to(source.id) or writing.project.read.mentions_of(source.id)):
                writing.transaction.delete(t.sources, source.id)


def _add_figures(writing: Writing, claim: Annotation, row: PlannedRow) -> None:
    """The figures of a row that its claim does not have yet."""
    have = writing.project.read.annotations(writing.project.read.figures_in(claim.id))
    records = [replace(one.figure, as_of=DatedWords(), event_id=None) for one in have]
    keys = {squeezed(one.words) for one in have}
    body = writing.project.read.body(claim.text_id) if claim.spans else ""
    for figure in figures_of(body, claim.spans, row.entry.figures):
        if squeezed(figure.words) in keys or figure.record in records or writing.is_marked(claim.text_id, figure):
            continue
        place = (claim.article_id, claim.text_id, figure.words, "")
        [figure_id] = writing.insert(Kind.FIGURE, [place], [figure.record], [figure.spans])
        if figure.spans:
            writing.link([figure_id], [claim.text_id])
        else:
            writing.transaction.insert(t.links, from_id=claim.id, to_id=figure_id, relation=Relation.CONTAINS)
