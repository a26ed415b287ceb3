"""The sheets Claims, one row a claim, and Attributions, one row for each source that says something about one."""

from __future__ import annotations

from annotate.figures import format_amount
from annotate.model import Annotation
from annotate.report.evidence import Evidence, joined
from annotate.report.sheets.cell_notes import reckoned_notes
from annotate.report.sheets.rows import ATTRIBUTIONS, CLAIMS, RowIndex, attributions_in_order
from annotate.report.tables import (
    IDENTITY,
    INKS,
    Column,
    ColumnKind,
    Table,
    Value,
    date_value,
    from_value,
    identity,
    label,
    until_value,
)
from annotate.vocabulary import (
    AttributionBasis,
    ClaimType,
    Credibility,
    Finding,
    Kind,
    Mode,
    Precision,
    Progress,
    Relation,
    Reliability,
    Stance,
)

_CLAIM_COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Article", 10, ColumnKind.CODE),
    Column("Title", 28),
    Column("Published", 11, ColumnKind.DATE),
    Column("Outlet", 16),
    Column("Claim", 52),
    Column("In plain words", 38),
    Column("Attributed to", 22),
    Column("Denied by", 18),
    Column("Via", 16),
    Column("Mode", 14, ColumnKind.CODE, Mode),
    Column("Verb", 13),
    Column("Type", 11, ColumnKind.CODE, ClaimType),
    Column("Event", 24),
    Column("Happened from", 12, ColumnKind.DATE),
    Column("Happened to", 12, ColumnKind.DATE),
    Column("Precision", 10, ColumnKind.CODE, Precision),
    Column("Place", 24),
    Column("Said on", 11, ColumnKind.DATE),
    Column("Figures", 24),
    Column("Reliability", 11, ColumnKind.GRADE),
    Column("Credibility", 11, ColumnKind.GRADE, Credibility),
    Column("Grade", 8, ColumnKind.GRADE),
    Column("Progress", 12, ColumnKind.CODE, Progress),
    Column("Finding", 14, ColumnKind.CODE, Finding),
    Column("Checks", 9, ColumnKind.NUMBER),
    Column("Corroborated by", 14),
    Column("Contradicted by", 14),
    Column("Tags", 18),
    Column("Note", 36),
    Column("Translation", 38, folded=True),
    Column("Page", 8, ColumnKind.NUMBER, folded=True),
    Column("Paragraph", 10, ColumnKind.NUMBER, folded=True),
    Column("Context", 60, folded=True),
    Column("Start", 9, ColumnKind.NUMBER, folded=True),
    Column("End", 9, ColumnKind.NUMBER, folded=True),
    Column("After update", 34, folded=True),
    Column("Origin", 14, ColumnKind.CODE, folded=True),
    Column("Analyst", 16, folded=True),
    *IDENTITY,
)

_ATTRIBUTION_COLUMNS = (
    Column("Claim", 9, ColumnKind.ID),
    Column("In words", 60),
    Column("Source", 32),
    Column("Stance", 18, ColumnKind.CODE, Stance),
    Column("Verb", 18),
    Column("Basis", 20, ColumnKind.CODE, AttributionBasis),
    Column("Via", 24),
    Column("Reliability", 11, ColumnKind.GRADE, Reliability),
    *IDENTITY,
)


def claims_table(evidence: Evidence, index: RowIndex) -> Table:
    """Every claim with who says so, what it holds and how good it is."""
    claims = evidence.of_kind(Kind.CLAIM)
    rows = [_claim_row(evidence, index, claim) for claim in claims]
    dates = ("Happened from", lambda claim: claim.claim.happened), ("Said on", lambda claim: claim.claim.said)
    notes = reckoned_notes(claims, dates)
    return Table(CLAIMS, "What is claimed, and by whom", _CLAIM_COLUMNS, rows, INKS[Kind.CLAIM], notes)


def attributions_table(evidence: Evidence, index: RowIndex) -> Table:
    """Every tie between a claim (or a figure that stands alone) and a source, in the order of the claims."""
    rows: list[tuple[Value, ...]] = []
    for said in attributions_in_order(evidence):
        source = evidence.sources[said.source_id]
        row = (
            index.annotation(said.annotation_id),
            evidence.annotations[said.annotation_id].words,
            index.source(source.id),
            said.stance.label,
            said.verb,
            said.basis.label,
            None if said.via_id is None else index.source(said.via_id),
            label(source.reliability),
            *identity(said),
        )
        rows.append(row)
    return Table(ATTRIBUTIONS, "Who says what about which claim", _ATTRIBUTION_COLUMNS, rows, INKS[Kind.CLAIM])


def via_names(evidence: Evidence, annotation_id: int) -> str:
    """The names of the outlets and sources a claim came through."""
    said = evidence.said_of.get(annotation_id, ())
    return joined(evidence.sources[one.via_id].name for one in said if one.via_id is not None)


def _claim_row(evidence: Evidence, index: RowIndex, annotation: Annotation) -> tuple[Value, ...]:
    claim = annotation.claim
    article = evidence.articles[annotation.article_id]
    event = evidence.events.get(claim.event_id) if claim.event_id else None
    says_so = evidence.saying(annotation.id)
    reliability = evidence.sources[says_so[0].source_id].reliability if says_so else None
    denies = evidence.saying(annotation.id, Stance.DENIES)
    place = evidence.places.get(annotation.id)
    figures = evidence.linked(annotation.id, Relation.CONTAINS)
    amounts = joined(format_amount(one.figure) or one.words for one in figures)
    return (
        index.own_id(annotation.label),
        index.article(article.id),
        article.title,
        date_value(article.published.on, article.published.precision, article.published.words),
        article.outlet,
        annotation.words,
        claim.plain_words,
        index.who(evidence.names(says_so), says_so),
        index.who(evidence.names(denies), denies),
        via_names(evidence, annotation.id),
        label(claim.mode),
        joined(said.verb for said in says_so),
        label(claim.type),
        event.name if event else None,
        from_value(claim.happened),
        until_value(claim.happened),
        label(claim.happened.precision),
        claim.place,
        from_value(claim.said),
        index.annotations(figures, amounts),
        label(reliability),
        None if claim.credibility is None else int(claim.credibility.value),
        f"{reliability or ''}{claim.credibility or ''}",
        claim.progress.label,
        label(claim.finding),
        index.checks(annotation.id),
        index.annotations(evidence.linked_either_way(annotation.id, Relation.CORROBORATES)),
        index.annotations(evidence.linked_either_way(annotation.id, Relation.CONTRADICTS)),
        evidence.tag_names(annotation),
        annotation.note,
        claim.translation,
        evidence.page_of(annotation),
        place.paragraph if place else None,
        place.context if place else None,
        annotation.spans[0].start if evidence.is_placed(annotation) else None,
        annotation.spans[-1].end if evidence.is_placed(annotation) else None,
        evidence.standing(annotation),
        annotation.origin.label,
        evidence.analysts[annotation.analyst_id],
        *identity(annotation),
    )
