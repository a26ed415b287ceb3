"""What the edited cells of one row do to its record, by the rules that hold where it is edited in the window.

Values come by the names of exchange.readback.fields: a field of model.py, or "sources.asserts" (all who say so),
"happened.on" (the first day), "verb" of the only attribution, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from annotate.commands.annotations import find_annotation, find_article, note_edited
from annotate.commands.articles import edit_article_within
from annotate.commands.attributions import attribute_to_outlet, leave_own_voice, tie
from annotate.commands.marking import update_record
from annotate.commands.new_names import Named, NewNames
from annotate.commands.sources import find_source, renamed_columns, same_saying
from annotate.errors import NotAllowed
from annotate.exchange.readback.fields import (
    ARTICLES,
    ATTRIBUTIONS,
    CHECKS,
    CLAIMS,
    CODEBOOK,
    CROSS_CHECK,
    FIGURES,
    SOURCES,
)
from annotate.exchange.readback.values import Day
from annotate.figure_bounds import consistent
from annotate.model import Annotation, DatedWords, Published
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries.annotations import SAYS_SO
from annotate.store.rows import dated_columns
from annotate.vocabulary import AttributionBasis, DateBasis, Kind, Mode, Precision, Progress, Stance

Editor = Callable[[Project, Transaction, NewNames, int, Mapping[str, object]], None]
"""Writes the values of one record, by its row id. Raises NotAllowed."""

_SOURCES = {"sources.asserts": SAYS_SO, "sources.denies": (Stance.DENIES,)}
_DATED = ("happened", "said", "as_of")


def edit_annotation_row(
    project: Project, transaction: Transaction, names: NewNames, annotation_id: int, values: Mapping[str, object]
) -> None:
    """The cells of a claim or figure."""
    annotation = find_annotation(project, annotation_id)
    rest = dict(values)
    note, tags = rest.pop("note", None), rest.pop("tags", None)
    for field, stances in _SOURCES.items():
        if field in rest:
            wanted = names.sources(cast(tuple[Named, ...], rest.pop(field)))
            _set_sources(project, transaction, annotation, wanted, stances)
    if "via" in rest or "verb" in rest:
        _edit_only_attribution(project, transaction, names, annotation, rest)
    if note is not None and transaction.update(t.annotations, annotation_id, note=note):
        transaction.update(t.annotations, annotation_id, changed_at=transaction.now)
    if tags is not None:
        set_tags(project, transaction, annotation, [names.tag(tag) for tag in cast(tuple[Named, ...], tags)])
    if rest:
        annotation = find_annotation(project, annotation_id)
        update_record(transaction, annotation, record_values(project, transaction, names, annotation, rest))
        if rest.get("mode") is Mode.VOICE:
            _attribute_own_voice(project, transaction, annotation)


def record_values(
    project: Project, transaction: Transaction, names: NewNames, annotation: Annotation, values: Mapping[str, object]
) -> dict[str, Any]:
    """Columns of a claim's or figure's table for values by field."""
    record: Any = annotation.record
    columns: dict[str, Any] = {}
    plain = {name: value for name, value in values.items() if "." not in name}
    if "event_id" in plain:
        plain["event_id"] = names.event(cast(Named | None, plain["event_id"]))
    if annotation.kind is Kind.FIGURE:
        plain = consistent(annotation.figure, plain)
    for name in _DATED:
        parts = {key.partition(".")[2]: value for key, value in values.items() if key.startswith(f"{name}.")}
        if parts:
            columns |= dated_columns(name, _dated(getattr(record, name), parts))
    if "progress" in plain:
        signed = plain["progress"] is Progress.SIGNED_OFF
        analyst = project.read.analyst(transaction.analyst_id)
        columns["signed_off_by"] = analyst.name if signed and analyst is not None else None
        columns["signed_off_at"] = transaction.now if signed else None
    return {**columns, **plain}


def _dated(dated: DatedWords, parts: Mapping[str, object]) -> DatedWords:
    """A date a person has written in a sheet; the words that it was made from stay beside it."""
    if "on" in parts:
        day = parts["on"]
        if day is None:
            return DatedWords()
        assert isinstance(day, Day)
        until = dated.until if dated.until is not None and dated.until >= day.on else None
        dated = replace(dated, on=day.on, until=until, precision=day.precision, basis=DateBasis.ANALYST)
    if "until" in parts:
        dated = replace(dated, until=cast(date | None, parts["until"]), basis=DateBasis.ANALYST)
    if "precision" in parts:
        dated = replace(dated, precision=cast(Precision | None, parts["precision"]))
    return dated


def set_tags(project: Project, transaction: Transaction, annotation: Annotation, tag_ids: list[int]) -> None:
    """Give an annotation these tags and no others."""
    for tag_id in annotation.tag_ids:
        if tag_id not in tag_ids:
            transaction.delete_link(t.annotation_tags, annotation_id=annotation.id, tag_id=tag_id)
    known = {tag.id for tag in project.read.tags()}
    for tag_id in tag_ids:
        if tag_id not in annotation.tag_ids and tag_id in known:
            transaction.insert(t.annotation_tags, annotation_id=annotation.id, tag_id=tag_id)


def _set_sources(
    project: Project,
    transaction: Transaction,
    annotation: Annotation,
    source_ids: list[int],
    stances: tuple[Stance, ...],
) -> None:
    """Have exactly these sources say so (or deny it): attributions of the others go, those that stay keep all."""
    there = [one for one in project.read.attributions([annotation.id]) if one.stance in stances]
    for said in there:
        if said.source_id not in source_ids:
            transaction.delete(t.attributions, said.id)
    kept = {said.source_id for said in there}
    for source_id in source_ids:
        if source_id not in kept:
            tie(
                project,
                transaction,
                find_annotation(project, annotation.id),
                source_id,
                stance=stances[0],
                verb="",
                basis=AttributionBasis.INFERRED,
                via_id=None,
                mention_id=None,
            )
    note_edited(transaction, annotation)


def _edit_only_attribution(
    project: Project, transaction: Transaction, names: NewNames, annotation: Annotation, rest: dict[str, object]
) -> None:
    """Verb and channel of the one who says so."""
    values: dict[str, object] = {}
    if "verb" in rest:
        values["verb"] = rest.pop("verb")
    if "via" in rest:
        values["via_id"] = rest.pop("via")
    says_so = [one for one in project.read.attributions([annotation.id]) if one.stance in SAYS_SO]
    if len(says_so) != 1:
        raise NotAllowed(f"{annotation.label} has no single source any more that a verb or channel could belong to.")
    edit_attribution_row(project, transaction, names, says_so[0].id, values)


def edit_attribution_row(
    project: Project, transaction: Transaction, names: NewNames, attribution_id: int, values: Mapping[str, object]
) -> None:
    old = transaction.row(t.attributions, attribution_id)
    if old is None:
        raise NotAllowed("That attribution is not in the project any more.")
    columns: dict[str, Any] = dict(values)
    for name in ("source_id", "via_id"):
        if columns.get(name) is not None:
            columns[name] = names.source(columns[name])
    new = old | columns
    if new["via_id"] == new["source_id"]:
        columns["via_id"] = new["via_id"] = None
    others = [one for one in project.read.attributions([old["annotation_id"]]) if one.id != attribution_id]
    if any(same_saying(one, new["source_id"], new["stance"], new["via_id"]) for one in others):
        name = find_source(project, new["source_id"]).name
        raise NotAllowed(f"“{name}” is there already with that stance.")
    annotation = find_annotation(project, old["annotation_id"])
    if transaction.update(t.attributions, attribution_id, **columns):
        note_edited(transaction, annotation)
    if columns.keys() & {"source_id", "stance"} and new["stance"] in SAYS_SO:
        leave_own_voice(project, transaction, annotation, new["source_id"])


def _attribute_own_voice(project: Project, transaction: Transaction, annotation: Annotation) -> None:
    said = project.read.attributions([annotation.id])
    if not any(one.stance in SAYS_SO for one in said):
        article = find_article(project, annotation.article_id)
        attribute_to_outlet(project, transaction, article, [annotation.id])


def edit_source_row(
    project: Project, transaction: Transaction, _names: NewNames, source_id: int, values: Mapping[str, object]
) -> None:
    columns: dict[str, Any] = renamed_columns(find_source(project, source_id), values)
    if "reliability" in columns:  # a grade is dated when it is given; a cleared one has no date
        columns["reliability_on"] = None if columns["reliability"] is None else transaction.now.date()
    transaction.update(t.sources, source_id, **columns)


def edit_check_row(
    _project: Project, transaction: Transaction, _names: NewNames, check_id: int, values: Mapping[str, object]
) -> None:
    if transaction.row(t.checks, check_id) is None:
        raise NotAllowed("That check is not in the project any more.")
    transaction.update(t.checks, check_id, **values)


def edit_link_row(
    project: Project, transaction: Transaction, _names: NewNames, link_id: int, values: Mapping[str, object]
) -> None:
    old = transaction.row(t.links, link_id)
    if old is None:
        raise NotAllowed("That link is not in the project any more.")
    relation = values.get("relation", old["relation"])
    pair = {old["from_id"], old["to_id"]}
    for other in project.read.links([old["from_id"]]):
        if other.id != link_id and {other.from_id, other.to_id} == pair and other.relation is relation:
            raise NotAllowed("The two claims have that link already.")
    transaction.update(t.links, link_id, **values)


def edit_article_row(
    project: Project, transaction: Transaction, _names: NewNames, article_id: int, values: Mapping[str, object]
) -> None:
    """Empty cells are unknown; the outlet of a post is its platform and its author the account, where those stood."""
    article = find_article(project, article_id)
    columns: dict[str, Any] = dict(values)
    if "title" in columns:
        columns["title_confirmed"] = True
    if "published" in columns:
        day = cast(Day | None, columns["published"])
        words = article.published.words
        columns["published"] = Published() if day is None else Published(words, day.on, day.precision)
    for name, instead in (("outlet", "platform"), ("author", "account")):
        if name in columns and not getattr(article, name) and getattr(article, instead):
            columns[instead] = columns.pop(name)
    for name in ("outlet", "author", "platform", "account", "url", "archive_url"):
        if name in columns:
            columns[name] = columns[name] or None
    edit_article_within(project, transaction, article, columns)


def edit_tag_row(
    _project: Project, transaction: Transaction, _names: NewNames, tag_id: int, values: Mapping[str, object]
) -> None:
    transaction.update(t.tags, tag_id, **values)


EDITORS: dict[str, Editor] = {
    CLAIMS: edit_annotation_row,
    FIGURES: edit_annotation_row,
    ATTRIBUTIONS: edit_attribution_row,
    SOURCES: edit_source_row,
    CROSS_CHECK: edit_link_row,
    CHECKS: edit_check_row,
    ARTICLES: edit_article_row,
    CODEBOOK: edit_tag_row,
}
"""By sheet."""
