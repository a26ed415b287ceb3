"""All that a project can hand to another one, as `Incoming` with uids for keys: what round trips are compared by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotate.exchange import incoming as i
from annotate.importers.draft import Draft, DraftPart
from annotate.model import Article, Mention
from annotate.project import Project
from annotate.report.evidence import Evidence, gather


def carried(project: Project, name: str = "other.qdpx", tool: str = "Provenote") -> i.Incoming:
    """What is outside the bin; of texts the newest version, of marks those in it (the others without a place)."""
    evidence = gather(project.read, "")
    keys: dict[Any, str] = {}
    for kind in ("articles", "annotations", "sources", "events", "tags"):
        keys |= {(kind, row.id): str(row.uid) for row in getattr(evidence, kind).values()}

    def key(kind: str, row_id: int | None) -> str | None:
        return None if row_id is None else keys.get((kind, row_id))

    return i.Incoming(
        name,
        tool,
        articles=tuple(_article(project, evidence, article) for article in evidence.articles.values()),
        tags=tuple(
            i.IncomingTag(str(tag.uid), tag.name, key("tags", tag.parent_id), tag.colour, tag.key, tag.meaning, tag.uid)
            for tag in evidence.tags.values()
        ),
        events=tuple(
            i.IncomingEvent(str(one.uid), one.name, one.happened, one.place, one.note, one.uid)
            for one in evidence.events.values()
        ),
        sources=tuple(
            i.IncomingSource(
                str(one.uid),
                one.name,
                one.aliases,
                one.type,
                one.affiliation,
                one.controlled_by,
                one.handling,
                one.reliability,
                one.reliability_basis,
                one.reliability_on,
                key("articles", one.article_id),
                one.note,
                one.number,
                one.uid,
            )
            for one in evidence.sources.values()
        ),
        annotations=tuple(
            i.IncomingAnnotation(
                key=str(one.uid),
                article=keys["articles", one.article_id],
                kind=one.kind,
                spans=one.spans if evidence.is_placed(one) else (),
                words=one.words,
                record=replace(one.record, source_id=None)
                if isinstance(one.record, Mention)
                else replace(one.record, event_id=None),
                event=None if isinstance(one.record, Mention) else key("events", one.record.event_id),
                source=key("sources", one.record.source_id) if isinstance(one.record, Mention) else None,
                tags=tuple(sorted(keys["tags", tag_id] for tag_id in one.tag_ids)),
                note=one.note,
                handling=one.handling,
                origin=one.origin,
                rule=one.rule,
                engine=one.engine,
                analyst=evidence.analysts[one.analyst_id],
                created_at=one.created_at,
                changed_at=one.changed_at,
                number=one.number,
                uid=one.uid,
            )
            for one in sorted(evidence.annotations.values(), key=lambda one: str(one.uid))
        ),
        attributions=tuple(
            i.IncomingAttribution(
                keys["annotations", said.annotation_id],
                keys["sources", said.source_id],
                said.stance,
                said.verb,
                said.basis,
                key("sources", said.via_id),
                key("annotations", said.mention_id),
                said.uid,
            )
            for said in sorted(evidence.attributions, key=lambda said: str(said.uid))
        ),
        links=tuple(
            i.IncomingLink(
                keys["annotations", link.from_id], keys["annotations", link.to_id], link.relation, link.note, link.uid
            )
            for link in sorted(
                (link for links in evidence.links_from.values() for link in links), key=lambda link: str(link.uid)
            )
        ),
        checks=tuple(
            i.IncomingCheck(
                keys["annotations", check.annotation_id],
                check.checked_on,
                check.looked_at,
                check.url,
                check.archive_url,
                check.primacy,
                check.shows,
                check.limits,
                check.note,
                evidence.analysts[check.analyst_id],
                check.uid,
            )
            for check in sorted(evidence.checks, key=lambda check: str(check.uid))
        ),
    )


def _article(project: Project, evidence: Evidence, article: Article) -> i.IncomingArticle:
    text = evidence.texts[article.text_id]
    file_id = text.file_id or article.file_id
    assert file_id is not None
    return i.IncomingArticle(
        str(article.uid),
        Draft(
            project.read.body(text.id),
            article.title,
            article.title_confirmed,
            article.type,
            article.outlet,
            article.author,
            article.published,
            article.url,
            article.language,
            article.platform,
            article.account,
            article.place_in_file,
            tuple(DraftPart(part.role, part.start, part.end) for part in project.read.parts(text.id)),
            text.pages,
        ),
        evidence.files[file_id].name,
        project.read.file_bytes(file_id),
        article.uid,
        article.archive_url,
        article.collected_at,
        article.collected_by,
        article.status,
        article.note,
    )
