"""Records made of rows that somebody has added to a workbook."""

from __future__ import annotations

from typing import Any, cast

from annotate.commands.annotations import find_annotation, find_article
from annotate.commands.edited_cells import edit_annotation_row
from annotate.commands.new_names import Named, NewNames
from annotate.errors import NotAllowed
from annotate.exchange.readback.diff import Addition
from annotate.exchange.readback.fields import (
    ATTRIBUTIONS,
    CHECKS,
    CLAIMS,
    CODEBOOK,
    CROSS_CHECK,
    FIGURES,
    KINDS,
    SOURCES,
)
from annotate.model import Claim, Figure
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries.annotations import SAYS_SO
from annotate.store.rows import record_columns
from annotate.vocabulary import AttributionBasis, Handling, Kind, Origin, SourceType, Stance


def add_row(project: Project, transaction: Transaction, names: NewNames, addition: Addition) -> None:
    """Write a new row as what it says it is. Raises NotAllowed where what it belongs to is gone."""
    if addition.sheet in (CLAIMS, FIGURES):
        _add_annotation(project, transaction, names, addition)
    elif addition.sheet == ATTRIBUTIONS:
        _add_attribution(project, transaction, names, addition)
    elif addition.sheet == CROSS_CHECK:
        _add_link(project, transaction, addition)
    elif addition.sheet == CHECKS:
        _add_check(project, transaction, addition)
    elif addition.sheet == SOURCES:
        _add_source(transaction, addition)
    elif addition.sheet == CODEBOOK:
        parent_id = addition.home_id or None
        meaning = _joined(str(addition.fields.get("meaning", "")), addition.rest)
        names.tag(addition.words, parent_id=parent_id, meaning=meaning)
    else:
        info = project.read.project_info()
        transaction.update(t.projects, info.id, note=_joined(info.note, addition.rest))


def _add_annotation(project: Project, transaction: Transaction, names: NewNames, addition: Addition) -> None:
    """A claim or figure without a span: it keeps its words, and waits for somebody to place it."""
    article = find_article(project, addition.home_id)
    kind = KINDS[addition.sheet]
    fields = dict(addition.fields)
    annotation_id = transaction.insert(
        t.annotations,
        uid=addition.uid,
        article_id=article.id,
        text_id=article.text_id,
        kind=kind,
        number=transaction.next_number(kind.value),
        words=addition.words,
        note=_joined(str(fields.pop("note", "")), addition.rest),
        handling=Handling.OPEN,
        origin=Origin.HAND,
        analyst_id=transaction.analyst_id,
        created_at=transaction.now,
        changed_at=transaction.now,
    )
    record = Claim() if kind is Kind.CLAIM else Figure()
    transaction.insert(t.RECORD_TABLES[kind], id=annotation_id, **record_columns(record))
    verb, via = fields.pop("verb", ""), fields.pop("via", None)
    edit_annotation_row(project, transaction, names, annotation_id, fields)
    said = [one for one in project.read.attributions([annotation_id]) if one.stance in SAYS_SO]
    via_id = None if via is None or not said else names.source(cast(Named, via))
    for one in said:
        transaction.update(t.attributions, one.id, verb=verb, via_id=None if via_id == one.source_id else via_id)
    if (verb or via) and not said:  # nobody says so, and neither has anything to stand at
        rest = "\n".join(
            f"{heading}: {value}" for heading, value in (("Verb", verb), ("Via", _name(project, via))) if value
        )
        note = find_annotation(project, annotation_id).note
        transaction.update(t.annotations, annotation_id, note=_joined(note, rest))


def _name(project: Project, named: object) -> str:
    source = project.read.source(named) if isinstance(named, int) else None
    return source.name if source is not None else str(named or "")


def _add_attribution(project: Project, transaction: Transaction, names: NewNames, addition: Addition) -> None:
    annotation = find_annotation(project, addition.home_id)
    fields = addition.fields
    if addition.rest:  # an attribution has no note of its own
        transaction.update(t.annotations, annotation.id, note=_joined(annotation.note, addition.rest))
    via = fields.get("via_id")
    transaction.insert(
        t.attributions,
        uid=addition.uid,
        annotation_id=annotation.id,
        source_id=names.source(cast(Named, fields["source_id"])),
        stance=fields.get("stance", Stance.ASSERTS),
        verb=fields.get("verb", ""),
        basis=fields.get("basis", AttributionBasis.INFERRED),
        via_id=None if via is None else names.source(cast(Named, via)),
    )


def _add_link(project: Project, transaction: Transaction, addition: Addition) -> None:
    """Between the claim that the row belongs to and the one whose ID are its words."""
    first = find_annotation(project, addition.home_id)
    second = find_annotation(project, addition.other_id)
    fields: dict[str, Any] = dict(addition.fields)
    fields["note"] = _joined(str(fields.get("note", "")), addition.rest)
    transaction.insert(t.links, uid=addition.uid, from_id=first.id, to_id=second.id, **fields)


def _add_check(project: Project, transaction: Transaction, addition: Addition) -> None:
    annotation = find_annotation(project, addition.home_id)
    if annotation.kind is Kind.SOURCE:
        raise NotAllowed("Checks belong to claims and figures.")
    columns: dict[str, Any] = {"checked_on": transaction.now.date(), "analyst_id": transaction.analyst_id}
    columns |= dict(addition.fields)
    columns["note"] = _joined(str(columns.get("note", "")), addition.rest)
    transaction.insert(t.checks, uid=addition.uid, annotation_id=annotation.id, **columns)


def _add_source(transaction: Transaction, addition: Addition) -> None:
    columns: dict[str, Any] = {"type": SourceType.UNSPECIFIED, "aliases": [], "handling": Handling.OPEN}
    columns |= dict(addition.fields)
    columns["note"] = _joined(str(columns.get("note", "")), addition.rest)
    if columns.get("reliability") is not None:
        columns["reliability_on"] = transaction.now.date()
    transaction.insert(t.sources, uid=addition.uid, number=transaction.next_number("register"), **columns)


def _joined(note: str, rest: str) -> str:
    return "\n".join(part for part in (note.rstrip(), rest) if part)
