"""The sheets Sources, Checks and Articles: who speaks, what was looked at, and what was read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from annotate.model import Article
from annotate.report.evidence import Evidence
from annotate.report.sheets.rows import ARTICLES, CHECKS, SOURCES, RowIndex
from annotate.report.tables import (
    IDENTITY,
    INKS,
    Column,
    ColumnKind,
    Table,
    Value,
    date_value,
    identity,
    label,
    web_link,
)
from annotate.vocabulary import ArticleStatus, ArticleType, Kind, Mode, Primacy, Reliability, Shows, SourceType

_SOURCE_COLUMNS = (
    Column("ID", 10, ColumnKind.ID),
    Column("Source", 34),
    Column("Type", 18, ColumnKind.CODE, SourceType),
    Column("Affiliation", 24),
    Column("Controlled by", 20),
    Column("Mentions", 11, ColumnKind.NUMBER),
    Column("Claims", 9, ColumnKind.NUMBER),
    Column("Direct quotes", 9, ColumnKind.NUMBER),
    Column("Articles", 10, ColumnKind.NUMBER),
    Column("Reliability", 11, ColumnKind.GRADE, Reliability),
    Column("Basis", 30),
    Column("Note", 36),
    *IDENTITY,
)

_CHECK_COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Claim", 10),
    Column("In words", 36),
    Column("Date", 11, ColumnKind.DATE),
    Column("Analyst", 16),
    Column("Looked at", 34),
    Column("URL", 30),
    Column("Archive link", 30),
    Column("Primary/ secondary", 12, ColumnKind.CODE, Primacy),
    Column("Shows", 12, ColumnKind.CODE, Shows),
    Column("Limits", 30),
    Column("Note", 30),
    *IDENTITY,
)

_ARTICLE_COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Type", 12, ColumnKind.CODE, ArticleType),
    Column("Title", 40),
    Column("Outlet", 20),
    Column("Author", 20),
    Column("Published", 11, ColumnKind.DATE),
    Column("URL", 34),
    Column("Archive link", 30),
    Column("Collected", 16, ColumnKind.MOMENT),
    Column("Imported", 16, ColumnKind.MOMENT),
    Column("Status", 12, ColumnKind.CODE, ArticleStatus),
    Column("Words", 9, ColumnKind.NUMBER),
    Column("Claims", 9, ColumnKind.NUMBER),
    Column("Figures", 9, ColumnKind.NUMBER),
    Column("Mentions", 11, ColumnKind.NUMBER),
    Column("File", 24),
    Column("SHA-256", 34),
    *IDENTITY,
)


@dataclass(slots=True)
class SourceUse:
    """What a source is found in, by ids of annotations and articles."""

    mentions: set[int] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    direct_quotes: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)


def source_uses(evidence: Evidence) -> dict[int, SourceUse]:
    """Use by source id; a claim counts for the sources that say so."""
    uses: dict[int, SourceUse] = defaultdict(SourceUse)
    for mention in evidence.of_kind(Kind.SOURCE):
        if mention.mention.source_id is not None:
            use = uses[mention.mention.source_id]
            use.mentions.add(mention.id)
            use.articles.add(mention.article_id)
    for said in evidence.attributions:
        annotation = evidence.annotations[said.annotation_id]
        uses[said.source_id].articles.add(annotation.article_id)
    for claim in evidence.of_kind(Kind.CLAIM):
        for said in evidence.saying(claim.id):
            uses[said.source_id].claims.add(claim.id)
            if claim.claim.mode is Mode.DIRECT:
                uses[said.source_id].direct_quotes.add(claim.id)
    return uses


def sources_table(evidence: Evidence, index: RowIndex) -> Table:
    """The register of sources, by ID."""
    uses = source_uses(evidence)
    rows: list[tuple[Value, ...]] = []
    for source in evidence.sources.values():
        use = uses.get(source.id, SourceUse())
        row = (
            source.label,
            source.name,
            source.type.label,
            source.affiliation,
            source.controlled_by,
            len(use.mentions),
            index.said_by(source.id, len(use.claims)),
            len(use.direct_quotes),
            len(use.articles),
            label(source.reliability),
            source.reliability_basis,
            source.note,
            *identity(source),
        )
        rows.append(row)
    return Table(SOURCES, "Who speaks, and how reliable they are", _SOURCE_COLUMNS, rows, INKS[Kind.SOURCE])


def checks_table(evidence: Evidence, index: RowIndex) -> Table:
    """The log of checks, by date."""
    rows: list[tuple[Value, ...]] = [
        (
            check.label,
            index.annotation(check.annotation_id),
            evidence.annotations[check.annotation_id].words,
            date_value(check.checked_on, None),
            evidence.analysts[check.analyst_id],
            check.looked_at,
            web_link(check.url),
            web_link(check.archive_url),
            label(check.primacy),
            label(check.shows),
            check.limits,
            check.note,
            *identity(check),
        )
        for check in evidence.checks
    ]
    return Table(CHECKS, "What was looked at, and what it shows", _CHECK_COLUMNS, rows)


def articles_table(evidence: Evidence, index: RowIndex) -> Table:
    """The articles in the order of import, with the hash of the bytes they came from."""
    counts = _counts(evidence)
    rows = [_article_row(evidence, index, article, counts) for article in evidence.articles.values()]
    return Table(ARTICLES, "What was read", _ARTICLE_COLUMNS, rows)


def _counts(evidence: Evidence) -> dict[tuple[int, Kind], int]:
    counts: dict[tuple[int, Kind], int] = defaultdict(int)
    for annotation in evidence.annotations.values():
        counts[annotation.article_id, annotation.kind] += 1
    return counts


def _article_row(
    evidence: Evidence, index: RowIndex, article: Article, counts: dict[tuple[int, Kind], int]
) -> tuple[Value, ...]:
    file = evidence.files.get(article.file_id) if article.file_id else None
    place = f" ({article.place_in_file})" if article.place_in_file else ""
    return (
        index.own_id(article.label),
        article.type.label,
        article.title,
        article.outlet or article.platform,
        article.author or article.account,
        date_value(article.published.on, article.published.precision, article.published.words),
        web_link(article.url),
        web_link(article.archive_url),
        _utc(article.collected_at),
        _utc(article.imported_at),
        article.status.label,
        evidence.texts[article.text_id].words,
        *(index.first_in(article.id, kind, counts.get((article.id, kind), 0)) for kind in (Kind.CLAIM, Kind.FIGURE)),
        counts.get((article.id, Kind.SOURCE), 0),
        f"{file.name}{place}" if file else None,
        file.sha256 if file else None,
        *identity(article),
    )


def _utc(moment: datetime | None) -> datetime | None:
    """Without the zone, which sheets cannot hold, and without what nobody reads: to the minute, in UTC."""
    return None if moment is None else moment.replace(tzinfo=None, second=0, microsecond=0)
