"""Who says so: ties between claims and sources, by hand and as read from the sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from annotate.anchoring import anchored
from annotate.attribution import MentionReading, read_claim
from annotate.commands.annotations import insert_annotation, note_edited
from annotate.commands.sources import (
    find_source,
    insert_source,
    known_source,
    mention_at,
    read_source,
    same_saying,
    source_for,
    type_of_outlet,
)
from annotate.errors import NotAllowed
from annotate.model import Annotation, Article, Mention, Span
from annotate.project import Project
from annotate.source_words import SPEAKING_PRONOUNS
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries.annotations import SAYS_SO
from annotate.vocabulary import AttributionBasis, Kind, Mode, Stance


@dataclass(frozen=True, slots=True)
class OfferedSpeaker:
    """Who seems to say so, read from the same sentence; becomes an attribution when the analyst takes it."""

    span: Span
    reading: MentionReading
    name: str
    """Name of the register entry it would be tied to: a known one, or the one that would be made."""
    known: bool
    stance: Stance
    verb: str
    via: Span | None
    via_name: str


def attribute(
    project: Project,
    annotation_id: int,
    source_id: int,
    *,
    stance: Stance = Stance.ASSERTS,
    verb: str = "",
    basis: AttributionBasis = AttributionBasis.INFERRED,
    via_id: int | None = None,
    mention_id: int | None = None,
    join: int | None = None,
) -> int:
    """Tie a claim, or a figure that stands alone, to a source. Returns the attribution's id, also of one that says the
    same already (source, stance and via): it gains the verb and the mention it does not have yet.

    A claim that was taken for the outlet's own voice becomes a paraphrase once somebody else says so; one that
    somebody only denies or doubts stays the outlet's.
    """
    annotation = _attributable(project, annotation_id)
    source = find_source(project, source_id)
    with project.change(f"Attribute {annotation.label} to “{source.name}”", join=join) as transaction:
        return tie(
            project,
            transaction,
            annotation,
            source_id,
            stance=stance,
            verb=verb,
            basis=basis,
            via_id=via_id,
            mention_id=mention_id,
        )


def edit_attribution(project: Project, attribution_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change source, stance, verb, basis or via of an attribution.

    Raises NotAllowed where another attribution of the same claim says the same already.
    """
    with project.change("Edit attribution", join=join) as transaction:
        old = transaction.row(t.attributions, attribution_id)
        if old is None:
            return
        new = old | columns
        if new["via_id"] == new["source_id"]:
            columns["via_id"] = new["via_id"] = None
        others = [one for one in project.read.attributions([old["annotation_id"]]) if one.id != attribution_id]
        if any(same_saying(one, new["source_id"], new["stance"], new["via_id"]) for one in others):
            name = find_source(project, new["source_id"]).name
            raise NotAllowed(f"“{name}” is there already with that stance. Edit that one, or choose another source.")
        if transaction.update(t.attributions, attribution_id, **columns):
            note_edited(transaction, _attributable(project, old["annotation_id"]))
        if columns.keys() & {"source_id", "stance"} and new["stance"] in SAYS_SO:
            leave_own_voice(project, transaction, _attributable(project, old["annotation_id"]), new["source_id"])


def remove_attribution(project: Project, attribution_id: int) -> None:
    with project.change("Remove attribution") as transaction:
        old = transaction.row(t.attributions, attribution_id)
        if old is not None:
            transaction.delete(t.attributions, attribution_id)
            note_edited(transaction, _attributable(project, old["annotation_id"]))


def offered_speakers(project: Project, annotation_id: int) -> list[OfferedSpeaker]:
    """Whom the sentence of a claim names as its speakers, those left out that it is attributed to already."""
    annotation = project.read.annotation(annotation_id)
    if annotation is None or annotation.kind is not Kind.CLAIM or not annotation.spans:
        return []
    if not project.read.is_in_newest_text(annotation_id):  # its sentence may say something else by now
        return []
    body = project.read.body(annotation.text_id)
    reading = read_claim(body, annotation.spans)
    if reading.speaker is None:
        return []
    taken = {attribution.source_id for attribution in project.read.attributions([annotation_id])}
    via_name = "" if reading.via is None else _name_of(project, annotation, body, reading.via)
    offers = []
    for span in (reading.speaker, *reading.more_speakers):
        if span.exact.lower() in SPEAKING_PRONOUNS:
            continue  # whom "he" means is for the analyst to say
        mention = read_source(project, annotation.article_id, body, span)
        known = _source_of_mark(project, annotation, span) or known_source(project, mention, annotation.article_id)
        if known is not None and known.id in taken:
            continue
        name = mention.name if known is None else known.name
        offer = OfferedSpeaker(
            span, mention, name, known is not None, reading.stance, reading.verb, reading.via, via_name
        )
        offers.append(offer)
    return offers


def offered_mentions(project: Project, annotation_id: int) -> list[tuple[int, str]]:
    """The marked sources of an annotation's text that have no register entry yet, in text order, each with its name.

    `register_mention` makes the entry; of several mentions with one name the first stands for all.
    """
    annotation = project.read.annotation(annotation_id)
    if annotation is None:
        return []
    body = project.read.body(annotation.text_id)
    names: dict[str, int] = {}
    for mention in project.read.annotations(project.read.mentions_without_source(annotation.text_id)):
        if mention.spans:
            names.setdefault(read_source(project, annotation.article_id, body, mention.spans[0]).name, mention.id)
    return [(mention_id, name) for name, mention_id in names.items()]


def take_offer(project: Project, annotation_id: int, offer: OfferedSpeaker, *, join: int | None = None) -> int:
    """Attribute a claim to an offered speaker, in one step: its words are marked and its register entry made where
    they are not there yet, and so are those of the outlet it came through. Returns the attribution's id."""
    annotation = _attributable(project, annotation_id)
    with project.change(f"Attribute {annotation.label} to “{offer.name}”", join=join) as transaction:
        source_id, mention_id = _marked_source(project, transaction, annotation, offer.span)
        via_id = None if offer.via is None else _marked_source(project, transaction, annotation, offer.via)[0]
        return tie(
            project,
            transaction,
            annotation,
            source_id,
            stance=offer.stance,
            verb=offer.verb,
            basis=AttributionBasis.STATED,
            via_id=via_id,
            mention_id=mention_id,
        )


def attribute_to_outlet(
    project: Project, transaction: Transaction, article: Article, annotation_ids: Collection[int]
) -> None:
    """The outlet's own voice is attributed to the article's outlet, where that is known."""
    if not article.outlet or not annotation_ids:
        return
    known = project.read.sources_named(article.outlet, article.id)
    source_id = known[0].id if known else insert_source(transaction, article.outlet, type_of_outlet(article.outlet))
    said = {"source_id": source_id, "stance": Stance.ASSERTS, "basis": AttributionBasis.STATED}
    transaction.insert_many(t.attributions, [{"annotation_id": i, **said} for i in annotation_ids])


def _marked_source(project: Project, transaction: Transaction, annotation: Annotation, span: Span) -> tuple[int, int]:
    """Source and mention for words in the annotation's text, marked and registered where they are not yet."""
    body = project.read.body(annotation.text_id)
    reading = read_source(project, annotation.article_id, body, span)
    mention = mention_at(project, annotation.text_id, span)
    if mention is not None and mention.mention.source_id is not None:
        return mention.mention.source_id, mention.id
    source_id = source_for(project, transaction, reading, annotation.article_id)
    if mention is not None:
        transaction.update(t.mentions, mention.id, source_id=source_id)
        return source_id, mention.id
    record = Mention(source_id, reading.naming, reading.role)
    spans = (anchored(body, span.start, span.end),)
    mention_id = insert_annotation(transaction, annotation.article_id, annotation.text_id, Kind.SOURCE, spans, record)
    return source_id, mention_id


def _source_of_mark(project: Project, annotation: Annotation, span: Span) -> Any:
    mention = mention_at(project, annotation.text_id, span)
    if mention is None or mention.mention.source_id is None:
        return None
    return project.read.source(mention.mention.source_id)


def _name_of(project: Project, annotation: Annotation, body: str, span: Span) -> str:
    reading = read_source(project, annotation.article_id, body, span)
    known = known_source(project, reading, annotation.article_id)
    return reading.name if known is None else known.name


def tie(
    project: Project,
    transaction: Transaction,
    annotation: Annotation,
    source_id: int,
    *,
    stance: Stance,
    verb: str,
    basis: AttributionBasis,
    via_id: int | None,
    mention_id: int | None,
) -> int:
    """An attribution, or the one that says the same already; returns its id."""
    via_id = None if via_id == source_id else via_id
    if stance in SAYS_SO:
        leave_own_voice(project, transaction, annotation, source_id)
    for known in project.read.attributions([annotation.id]):
        if same_saying(known, source_id, stance, via_id):
            gained = {"verb": known.verb or verb, "mention_id": known.mention_id or mention_id}
            transaction.update(t.attributions, known.id, **gained)
            return known.id
    return transaction.insert(
        t.attributions,
        annotation_id=annotation.id,
        source_id=source_id,
        stance=stance,
        verb=verb,
        basis=basis,
        via_id=via_id,
        mention_id=mention_id,
    )


def leave_own_voice(project: Project, transaction: Transaction, annotation: Annotation, source_id: int) -> None:
    """Somebody says so: where it is not the outlet, the claim is a paraphrase, and no longer the outlet's."""
    if annotation.kind is not Kind.CLAIM or annotation.claim.mode is not Mode.VOICE:
        return
    article = project.read.article(annotation.article_id)
    named = [] if article is None or not article.outlet else project.read.sources_named(article.outlet, article.id)
    outlet = {source.id for source in named}
    if source_id in outlet:
        return
    transaction.update(t.claims, annotation.id, mode=Mode.PARAPHRASE)
    for attribution in project.read.attributions([annotation.id]):
        if attribution.source_id in outlet and attribution.stance in SAYS_SO:
            transaction.delete(t.attributions, attribution.id)


def _attributable(project: Project, annotation_id: int) -> Annotation:
    annotation = project.read.annotation(annotation_id)
    if annotation is None or annotation.kind is Kind.SOURCE:
        raise NotAllowed("Only claims and figures are attributed to sources. Select one first.")
    return annotation
