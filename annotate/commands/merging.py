"""Several marks become one, with all that hangs on them.

What was marked in pieces, or twice by two people, is one claim: the record, the ties and the checks of each piece
must end up on the one that stays, and nothing that a person has judged may vanish on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from annotate.amount_format import format_amount
from annotate.anchoring import joined_words
from annotate.commands.annotations import delete_annotations, find_placed
from annotate.commands.attributions import leave_own_voice
from annotate.commands.links import MUTUAL
from annotate.commands.marking import anchored_words, link_nested, replace_spans, update_record
from annotate.commands.sources import same_saying
from annotate.errors import NotAllowed
from annotate.joined_records import joined_notes, joined_record, left_out
from annotate.model import Annotation, Attribution, Check, Claim, DatedWords, Figure, Link
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries.annotations import SAYS_SO
from annotate.store.rows import record_columns
from annotate.vocabulary import Choice, Handling, Kind, Mode, Progress, Relation


def merge_annotations(project: Project, annotation_ids: Collection[int], *, into: int | None = None) -> int:
    """Make annotations of one kind in one text one annotation, in one step. Returns the id of the one that stays.

    That is `into`, or else the one that stands first in the text; it keeps its number. Its words are those of all:
    what overlaps or touches is joined, a gap stays a gap. Empty fields of its record are filled from the others (see
    joined_records), and judgements that differ become lines of its note. Tags, attributions, links and checks move to
    it, none of them twice; the stricter handling holds. Raises NotAllowed for fewer than two annotations, different
    kinds or texts, and annotations without a place in their text.
    """
    kept, others = _to_merge(project, annotation_ids, into)
    with project.change(f"Merge {_named([kept, *others])}") as transaction:
        if kept.kind is Kind.CLAIM:
            kept, *others = _without_own_voice(project, transaction, [kept, *others])
        merged, removed = [kept, *others], [other.id for other in others]
        spans = anchored_words(project.read.body(kept.text_id), [span for one in merged for span in one.spans])
        record = joined_record(kept, others, joined_words(spans))
        said = [_line(project, *left) for left in left_out(record, others)]
        transaction.update(
            t.annotations,
            kept.id,
            note=joined_notes([*(one.note for one in merged), *said]),
            handling=max((one.handling for one in merged), key=list(Handling).index),
            changed_at=transaction.now,
        )
        if spans != kept.spans:
            replace_spans(transaction, kept, spans)
        update_record(transaction, kept, record_columns(record))
        for tag_id in dict.fromkeys(tag_id for other in others for tag_id in other.tag_ids):
            if tag_id not in kept.tag_ids:
                transaction.insert(t.annotation_tags, annotation_id=kept.id, tag_id=tag_id)
        transaction.update_where(t.attributions, t.attributions.c.mention_id, removed, mention_id=kept.id)
        _move_attributions(project, transaction, kept.id, removed)
        _move_links(project, transaction, kept.id, removed)
        _move_checks(project, transaction, kept.id, removed)
        delete_annotations(transaction, removed)  # and what would have said the same twice
        if kept.kind is not Kind.SOURCE:
            tied = {(link.from_id, link.to_id) for link in project.read.links([kept.id])}
            link_nested(project, transaction, kept.text_id, kept.id, kept.kind, spans, tied)
    return kept.id


def _to_merge(
    project: Project, annotation_ids: Collection[int], into: int | None
) -> tuple[Annotation, list[Annotation]]:
    """The annotation that stays and the others, in text order."""
    ids = frozenset(annotation_ids)
    found = project.read.annotations(ids)
    if len(found) < len(ids):
        raise NotAllowed("Some of these marks have been removed already. Choose those to merge again.")
    if len(found) < 2:
        raise NotAllowed("Choose at least two marks to merge.")
    if len({one.kind for one in found}) > 1:
        raise NotAllowed("Only marks of one kind can be merged. Choose claims, figures or sources alone.")
    if len({one.article_id for one in found}) > 1:
        raise NotAllowed("Only marks in the same article can be merged. Link claims of different articles instead.")
    if len({one.text_id for one in found}) > 1:
        raise NotAllowed("These marks stand in different versions of the article's text, so they cannot be merged.")
    for one in found:
        find_placed(project, one.id)
        if not one.spans:
            raise NotAllowed(f"{one.label} has no place in the text. Add words of the article to it first.")
    kept = found[0] if into is None else next((one for one in found if one.id == into), None)
    if kept is None:
        raise NotAllowed("The mark that stays must be one of those that are merged.")
    return kept, [one for one in found if one.id != kept.id]


def _named(annotations: Sequence[Annotation]) -> str:
    """ "C-0001 and C-0002"; of many only the first by name."""
    labels = [one.label for one in annotations]
    if len(labels) > 4:
        return f"{labels[0]} and {len(labels) - 1} others"
    return f"{', '.join(labels[:-1])} and {labels[-1]}"


def _without_own_voice(project: Project, transaction: Transaction, claims: Sequence[Annotation]) -> list[Annotation]:
    """The claims, none of them the outlet's own voice where somebody else says one of them: what is merged is one
    claim, and then the rule of attributing holds."""
    said = project.read.attributions([claim.id for claim in claims])
    for claim in claims:
        if claim.claim.mode is Mode.VOICE:
            for one in said:
                if one.stance in SAYS_SO:
                    leave_own_voice(project, transaction, claim, one.source_id)
    again = {claim.id: claim for claim in project.read.annotations([claim.id for claim in claims])}
    return [again[claim.id] for claim in claims]


def _move_attributions(project: Project, transaction: Transaction, kept_id: int, removed: Sequence[int]) -> None:
    known: list[Attribution] = project.read.attributions([kept_id])
    for said in project.read.attributions(removed):
        same = next((one for one in known if same_saying(one, said.source_id, said.stance, said.via_id)), None)
        if same is None:
            transaction.update(t.attributions, said.id, annotation_id=kept_id)
            known.append(said)
        else:
            gained = replace(same, verb=same.verb or said.verb, mention_id=same.mention_id or said.mention_id)
            transaction.update(t.attributions, same.id, verb=gained.verb, mention_id=gained.mention_id)
            known[known.index(same)] = gained


def _move_links(project: Project, transaction: Transaction, kept_id: int, removed: Sequence[int]) -> None:
    """Links of the others become the kept one's; those between annotations that are one now say nothing more."""
    known = {_meaning(link): link for link in project.read.links([kept_id])}
    for link in project.read.links(removed):
        from_id, to_id = (kept_id if end in removed else end for end in (link.from_id, link.to_id))
        if from_id == to_id:
            continue
        moved = replace(link, from_id=from_id, to_id=to_id)
        same = known.get(_meaning(moved))
        if same is None:
            known[_meaning(moved)] = moved
            transaction.update(t.links, link.id, from_id=from_id, to_id=to_id)
        else:
            same = known[_meaning(moved)] = replace(same, note=joined_notes([same.note, link.note]))
            transaction.update(t.links, same.id, note=same.note)


def _meaning(link: Link) -> tuple[Relation, tuple[int, ...]]:
    """What two links that say the same have in common."""
    ends = (link.from_id, link.to_id)
    return link.relation, tuple(sorted(ends)) if link.relation in MUTUAL else ends


def _move_checks(project: Project, transaction: Transaction, kept_id: int, removed: Sequence[int]) -> None:
    known = {_content(check) for check in project.read.checks([kept_id])}
    for check in project.read.checks(removed):
        if _content(check) not in known:
            known.add(_content(check))
            transaction.update(t.checks, check.id, annotation_id=kept_id)


def _content(check: Check) -> tuple[Any, ...]:
    """A check without what makes it a row of its own."""
    own = {"id", "uid", "revision", "annotation_id"}
    return tuple(getattr(check, name) for name in Check.__dataclass_fields__ if name not in own)


_FIELD_LABELS = {
    "plain_words": "in plain words",
    "translation": "translation",
    "event_id": "event",
    "happened": "happened",
    "said": "said on",
    "place": "place",
    "credibility": "credibility",
    "progress": "progress",
    "finding": "finding",
    "value": "amount",
    "measure": "measure",
    "as_of": "as of",
    "source_id": "source",
}


def _line(project: Project, annotation: Annotation, field: str, value: Any) -> str:
    """What a merged annotation said otherwise, as a line of a note."""
    if value is Progress.SIGNED_OFF:
        assert isinstance(annotation.record, Claim)
        return f"{annotation.label}: {_signed_off(annotation.record)}"
    shown = str(value)
    if isinstance(value, Figure):
        shown = format_amount(value)
    elif isinstance(value, Choice):
        shown = value.label
    elif isinstance(value, DatedWords):
        days = " to ".join(str(day) for day in (value.on, value.until) if day is not None)
        shown = f"{value.words} ({days})" if value.words and days else value.words or days
    elif field == "event_id":
        shown = next((event.name for event in project.read.events() if event.id == value), shown)
    elif field == "source_id":
        source = project.read.source(value)
        shown = shown if source is None else source.name
    return f"{annotation.label}: {_FIELD_LABELS[field]} {' '.join(shown.split())}"


def _signed_off(claim: Claim) -> str:
    by = f" by {claim.signed_off_by}" if claim.signed_off_by else ""
    on = f" on {claim.signed_off_at:%Y-%m-%d}" if claim.signed_off_at is not None else ""
    return f"signed off{by}{on}"
