"""Notes, links and sets: what is said about marks, and how they bear on each other.

A link has a name and two ends and nothing more, so what an attribution or link says beyond that is a note of the link.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from annotate.exchange.moments import written_moment
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.codebook_out import sets_of_keys
from annotate.exchange.refi.markup import Markup
from annotate.model import Annotation, Attribution, Check, Mention
from annotate.report.evidence import Evidence
from annotate.vocabulary import ArticleStatus

NAMES, ABOUT, MEMO = "names", "about", "memo"
"""The links from a mention to its source, from a mark to its event, from a note to what it is about."""


def note_guids(evidence: Evidence) -> dict[int, list[UUID]]:
    """The GUIDs of what is noted about annotations, by annotation: their notes and checks."""
    found: dict[int, list[UUID]] = {}
    for annotation in evidence.annotations.values():
        if annotation.note:
            found[annotation.id] = [identity.derived(annotation.uid, "note")]
    for check in evidence.checks:
        found.setdefault(check.annotation_id, []).append(check.uid)
    return found


def note_ref(guid: UUID) -> str:
    return f'<NoteRef targetGUID="{guid}"/>'


def notes(evidence: Evidence, markup: Markup) -> Iterator[str]:
    """A Note element for each note of a mark, check, and attribution or link with more to say."""
    for annotation in evidence.annotations.values():
        if annotation.note:
            user = identity.of_analyst(evidence.analysts[annotation.analyst_id])
            guid = identity.derived(annotation.uid, "note")
            made = f' creatingUser="{user}" creationDateTime="{written_moment(annotation.changed_at)}"'
            yield _note(guid, f"Note on {annotation.label}", annotation.note, "", markup, made)
    for check in evidence.checks:
        yield _check(evidence, check, markup)
    for said in evidence.attributions:
        values = _attribution_values(evidence, said, markup)
        if values:
            values.insert(0, a.RECORD.written("attribution", markup))
            words = _attribution_words(evidence, said)
            guid = identity.derived(said.uid, "note")
            yield _note(guid, f"{said.stance.label}: how", words, "".join(values), markup)
    for links_from in evidence.links_from.values():
        for link in links_from:
            if link.note:
                guid = identity.derived(link.uid, "note")
                yield _note(guid, f"Note on a link: {link.relation.label}", link.note, "", markup)


def _note(guid: UUID, name: str, words: str, values: str, markup: Markup, made: str = "") -> str:
    return (
        f'<Note guid="{guid}" name="{markup.attribute(name)}"{made}>'
        f"<PlainTextContent>{markup.text(words)}</PlainTextContent>{values}</Note>"
    )


def _check(evidence: Evidence, check: Check, markup: Markup) -> str:
    values = [a.RECORD.written("check", markup), *a.written(a.CHECK, check, markup)]
    lines = [
        f"Looked at: {check.looked_at}" if check.looked_at else "",
        check.url,
        check.archive_url,
        f"Evidence: {check.primacy.label}" if check.primacy is not None else "",
        f"Shows: {check.shows.label}" if check.shows is not None else "",
        f"Limits: {check.limits}" if check.limits else "",
        check.note,
    ]
    user = identity.of_analyst(evidence.analysts[check.analyst_id])
    words = "\n".join(filter(None, lines)) or "Checked"
    name = f"Check of {check.checked_on.isoformat()}"
    return _note(check.uid, name, words, "".join(values), markup, f' creatingUser="{user}"')


def _attribution_values(evidence: Evidence, said: Attribution, markup: Markup) -> list[str]:
    values = a.written(a.ATTRIBUTION, said, markup)
    via = evidence.sources.get(said.via_id) if said.via_id is not None else None
    if via is not None:
        values.append(a.VIA.written(via.uid, markup))
    mention = evidence.annotations.get(said.mention_id) if said.mention_id is not None else None
    if mention is not None:
        values.append(a.FROM_MENTION.written(mention.uid, markup))
    return values


def _attribution_words(evidence: Evidence, said: Attribution) -> str:
    source = evidence.sources.get(said.source_id)
    via = evidence.sources.get(said.via_id) if said.via_id is not None else None
    words = f"{source.name if source is not None else ''} {said.stance.label}"
    words += f" (“{said.verb}”)" if said.verb else ""
    words += f", via {via.name}" if via is not None else ""
    return f"{words.strip()}; {said.basis.label}"


def links(evidence: Evidence, markup: Markup) -> Iterator[str]:
    """A Link element for each attribution, link, named source and event of a mark."""
    noted = note_guids(evidence)
    for annotation in evidence.annotations.values():
        yield from _of_record(evidence, annotation)
        if not evidence.is_placed(annotation):  # no selection to refer to them
            for number, guid in enumerate(noted.get(annotation.id, ())):
                memo = identity.derived(annotation.uid, f"memo {number}")
                yield _link(memo, MEMO, guid, annotation.uid, direction="Associative")
    for said in evidence.attributions:
        source = evidence.sources.get(said.source_id)
        if source is not None:
            mark = evidence.annotations[said.annotation_id]
            note = identity.derived(said.uid, "note") if _attribution_values(evidence, said, markup) else None
            yield _link(said.uid, said.stance.value, mark.uid, source.uid, note)
    for links_from in evidence.links_from.values():
        for link in links_from:
            ends = evidence.annotations[link.from_id].uid, evidence.annotations[link.to_id].uid
            note = identity.derived(link.uid, "note") if link.note else None
            yield _link(link.uid, link.relation.value, *ends, note)


def _of_record(evidence: Evidence, annotation: Annotation) -> Iterator[str]:
    record = annotation.record
    if isinstance(record, Mention):
        source = evidence.sources.get(record.source_id) if record.source_id is not None else None
        if source is not None:
            yield _link(identity.derived(annotation.uid, NAMES), NAMES, annotation.uid, source.uid)
        return
    event = evidence.events.get(record.event_id) if record.event_id is not None else None
    if event is not None:
        yield _link(identity.derived(annotation.uid, ABOUT), ABOUT, annotation.uid, event.uid)


def _link(
    guid: UUID, name: str, origin: UUID, target: UUID, note: UUID | None = None, direction: str = "OneWay"
) -> str:
    start = f'<Link guid="{guid}" name="{name}" direction="{direction}" originGUID="{origin}" targetGUID="{target}"'
    return f"{start}/>" if note is None else f"{start}>{note_ref(note)}</Link>"


def sets(evidence: Evidence, markup: Markup) -> Iterator[str]:
    """Articles by how far they are, the checks, and the tags that have keys."""
    for status in ArticleStatus:
        members = [article.uid for article in evidence.articles.values() if article.status is status]
        yield from _set(f"status:{status.value}", f"Articles: {status.label}", "MemberSource", members)
    yield from _set("checks", "Checks", "MemberNote", [check.uid for check in evidence.checks])
    keys = sets_of_keys(evidence.tags, markup, in_project=True)
    if keys:
        yield keys


def _set(key: str, name: str, member: str, guids: list[UUID]) -> Iterator[str]:
    if guids:
        members = "".join(f'<{member} targetGUID="{guid}"/>' for guid in guids)
        yield f'<Set guid="{identity.fixed(f"set:{key}")}" name="{name}">{members}</Set>'
