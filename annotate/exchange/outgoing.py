"""A project as another one would take it in: `incoming` values made of what is read for a report.

Why it exists: a format that is written from these values and read into them needs no rules of its own about what
belongs to what, and that what went out comes back equal can be tested. Keys are the uids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from annotate import model as m
from annotate.exchange.incoming import (
    Incoming,
    IncomingAnnotation,
    IncomingArticle,
    IncomingAttribution,
    IncomingCheck,
    IncomingEvent,
    IncomingLink,
    IncomingSource,
    IncomingTag,
)
from annotate.importers.draft import Draft, DraftPart
from annotate.report.evidence import Evidence

TOOL = "Provenote"

BodyOf = Callable[[int], str]
"""The body of a text by its id, for instance `reader.body`."""
PartsOf = Callable[[int], Sequence[m.Part]]
"""The parts of a text by its id, for instance `reader.parts`."""


def outgoing(evidence: Evidence, body_of: BodyOf, parts_of: PartsOf | None = None) -> Incoming:
    """Everything of `evidence` that Incoming has a place for; `said` tells of the rest.

    Annotations that do not stand in the newest text of their article are orphans with their words. Evidence for
    sharing has texts of its own, so it goes with the `body_of` made with it, and parts are left out.
    """
    if evidence.shared:
        parts_of = None
    return Incoming(
        name=evidence.project.title,
        tool=TOOL,
        articles=[_article(evidence, article, body_of, parts_of) for article in evidence.articles.values()],
        tags=_tags(evidence),
        events=[
            IncomingEvent(str(one.uid), one.name, one.happened, one.place, one.note, one.uid)
            for one in evidence.events.values()
        ],
        sources=[_source(evidence, source) for source in evidence.sources.values()],
        annotations=[_annotation(evidence, one) for one in evidence.annotations.values()],
        attributions=[_attribution(evidence, one) for one in evidence.attributions],
        links=[_link(evidence, one) for links in evidence.links_from.values() for one in links],
        checks=[_check(evidence, one) for one in evidence.checks],
        said=_left_out(evidence),
        note=evidence.project.note,
    )


def _article(evidence: Evidence, article: m.Article, body_of: BodyOf, parts_of: PartsOf | None) -> IncomingArticle:
    body = body_of(article.text_id)
    text = evidence.texts[article.text_id]
    file = evidence.files.get(article.file_id) if article.file_id is not None else None
    name = file.name if file is not None else "article"
    return IncomingArticle(
        key=str(article.uid),
        draft=Draft(
            text=body,
            title=article.title,
            title_confirmed=article.title_confirmed,
            type=article.type,
            outlet=article.outlet,
            author=article.author,
            published=article.published,
            url=article.url,
            language=article.language,
            platform=article.platform,
            account=article.account,
            place_in_file=article.place_in_file,
            parts=tuple(
                DraftPart(part.role, part.start, part.end) for part in (parts_of(article.text_id) if parts_of else ())
            ),
            pages=text.pages,
        ),
        file_name=name if name.endswith(".txt") else f"{name}.txt",
        data=body.encode("utf-8"),
        uid=article.uid,
        archive_url=article.archive_url,
        collected_at=article.collected_at,
        collected_by=article.collected_by,
        status=article.status,
        note=article.note,
    )


def _tags(evidence: Evidence) -> list[IncomingTag]:
    """The codebook, a tag before those below it, in its order."""
    found: list[IncomingTag] = []

    def add(parent: m.Tag | None) -> None:
        below = [tag for tag in evidence.tags.values() if tag.parent_id == (parent.id if parent else None)]
        for tag in sorted(below, key=lambda tag: tag.position):
            above = str(parent.uid) if parent else None
            found.append(IncomingTag(str(tag.uid), tag.name, above, tag.colour, tag.key, tag.meaning, tag.uid))
            add(tag)

    add(None)
    return found


def _source(evidence: Evidence, source: m.Source) -> IncomingSource:
    article = evidence.articles.get(source.article_id) if source.article_id is not None else None
    return IncomingSource(
        key=str(source.uid),
        name=source.name,
        aliases=source.aliases,
        type=source.type,
        affiliation=source.affiliation,
        controlled_by=source.controlled_by,
        handling=source.handling,
        reliability=source.reliability,
        reliability_basis=source.reliability_basis,
        reliability_on=source.reliability_on,
        article=str(article.uid) if article else None,
        note=source.note,
        uid=source.uid,
        number=source.number,
    )


def _annotation(evidence: Evidence, one: m.Annotation) -> IncomingAnnotation:
    record = one.record
    event = source = None
    if isinstance(record, m.Mention):
        source, record = _uid_of(evidence.sources, record.source_id), replace(record, source_id=None)
    else:
        event, record = _uid_of(evidence.events, record.event_id), replace(record, event_id=None)
    placed = evidence.is_placed(one)
    return IncomingAnnotation(
        key=str(one.uid),
        article=str(evidence.articles[one.article_id].uid),
        kind=one.kind,
        spans=tuple(m.Span(span.start, span.end) for span in one.spans) if placed else (),
        words="" if placed else one.words,
        record=record,
        event=event,
        source=source,
        tags=tuple(str(evidence.tags[tag_id].uid) for tag_id in one.tag_ids),
        note=one.note,
        handling=one.handling,
        origin=one.origin,
        rule=one.rule,
        engine=one.engine,
        analyst=evidence.analysts.get(one.analyst_id, ""),
        created_at=one.created_at,
        changed_at=one.changed_at,
        number=one.number,
        uid=one.uid,
    )


def _attribution(evidence: Evidence, one: m.Attribution) -> IncomingAttribution:
    return IncomingAttribution(
        annotation=str(evidence.annotations[one.annotation_id].uid),
        source=str(evidence.sources[one.source_id].uid),
        stance=one.stance,
        verb=one.verb,
        basis=one.basis,
        via=_uid_of(evidence.sources, one.via_id),
        mention=_uid_of(evidence.annotations, one.mention_id),
        uid=one.uid,
    )


def _link(evidence: Evidence, one: m.Link) -> IncomingLink:
    ends = evidence.annotations[one.from_id], evidence.annotations[one.to_id]
    return IncomingLink(str(ends[0].uid), str(ends[1].uid), one.relation, one.note, one.uid)


def _check(evidence: Evidence, one: m.Check) -> IncomingCheck:
    return IncomingCheck(
        annotation=str(evidence.annotations[one.annotation_id].uid),
        checked_on=one.checked_on,
        looked_at=one.looked_at,
        url=one.url,
        archive_url=one.archive_url,
        primacy=one.primacy,
        shows=one.shows,
        limits=one.limits,
        note=one.note,
        analyst=evidence.analysts.get(one.analyst_id, ""),
        uid=one.uid,
    )


def _uid_of(rows: dict[int, m.Annotation] | dict[int, m.Source] | dict[int, m.Event], row_id: int | None) -> str | None:
    row = rows.get(row_id) if row_id is not None else None
    return None if row is None else str(row.uid)


def _left_out(evidence: Evidence) -> tuple[str, ...]:
    newest = {article.text_id for article in evidence.articles.values()}
    older = sum(text.article_id in evidence.articles and text.id not in newest for text in evidence.texts.values())
    elsewhere = sum(not evidence.is_placed(one) and bool(one.spans) for one in evidence.annotations.values())
    with_files = sum(check.file_id is not None for check in evidence.checks)
    told = (
        (older, "earlier version of a text is", "earlier versions of texts are", "left out"),
        (elsewhere, "mark that does not stand in the newest text of its article is", "marks that do not stand in the "
         "newest text of their article are", "written with the words alone, without a place"),
        (with_files, "file that a check looked at is", "files that checks looked at are", "left out"),
    )  # fmt: skip
    return tuple(f"{count:,} {one if count == 1 else many} {done}." for count, one, many, done in told if count)
