"""The sheet Figures: every amount with what it counts, as real numbers that a colleague can sort and reckon with."""

from __future__ import annotations

from fractions import Fraction

from annotate.model import Annotation, Figure
from annotate.report.comparison import claims_with, event_of, saying_figure
from annotate.report.evidence import Evidence
from annotate.report.sheets.cell_notes import inferred_notes, reckoned_notes
from annotate.report.sheets.rows import FIGURES, RowIndex
from annotate.report.tables import (
    IDENTITY,
    INKS,
    Amount,
    Column,
    ColumnKind,
    Table,
    Value,
    date_value,
    from_value,
    identity,
    label,
    number_value,
)
from annotate.vocabulary import Bound, FigureKind, Kind, Measure, Relation

_COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Article", 10, ColumnKind.CODE),
    Column("Title", 28),
    Column("Published", 11, ColumnKind.DATE),
    Column("Outlet", 16),
    Column("Figure", 34),
    Column("Value", 13, ColumnKind.NUMBER),
    Column("Low", 13, ColumnKind.NUMBER),
    Column("High", 13, ColumnKind.NUMBER),
    Column("Unit", 14),
    Column("Counted", 20),
    Column("Bound", 12, ColumnKind.CODE, Bound),
    Column("Qualifier", 14),
    Column("Kind", 11, ColumnKind.CODE, FigureKind),
    Column("Measure", 14, ColumnKind.CODE, Measure),
    Column("As of", 11, ColumnKind.DATE),
    Column("Event", 24),
    Column("Attributed to", 24),
    Column("Claim", 10),
    Column("Superseded by", 12),
    Column("Tags", 18),
    Column("Note", 36),
    Column("Page", 8, ColumnKind.NUMBER),
    Column("Context", 70),
    Column("After update", 34, folded=True),
    *IDENTITY,
)


def figures_table(evidence: Evidence, index: RowIndex) -> Table:
    """Every figure; it is attributed as itself, or else as the claims that contain it."""
    figures = evidence.of_kind(Kind.FIGURE)
    rows = [_row(evidence, index, figure) for figure in figures]
    notes = inferred_notes(figures, "Low") | reckoned_notes(figures, [("As of", lambda one: one.figure.as_of)])
    return Table(FIGURES, "Which amounts are given", _COLUMNS, rows, INKS[Kind.FIGURE], notes)


def amount_value(number: float | None, kind: FigureKind | None) -> Value:
    """A number shown as exactly as it is known and no more exactly; fractions as fractions."""
    value = number_value(number)
    if not isinstance(value, int | float):
        return value
    if isinstance(value, int):
        return Amount(value, "#,##0")
    if kind is FigureKind.FRACTION:
        near = Fraction(value).limit_denominator(99)
        if abs(float(near) - value) < 1e-9:
            return Amount(value, "# ??/??")
    return Amount(value, "#,##0.######")


def _row(evidence: Evidence, index: RowIndex, annotation: Annotation) -> tuple[Value, ...]:
    figure = annotation.figure
    article = evidence.articles[annotation.article_id]
    claims = claims_with(evidence, annotation)
    event_id = event_of(evidence, annotation)
    says_so = saying_figure(evidence, annotation)
    place = evidence.places.get(annotation.id)
    return (
        index.own_id(annotation.label),
        index.article(article.id),
        article.title,
        date_value(article.published.on, article.published.precision, article.published.words),
        article.outlet,
        annotation.words,
        amount_value(figure.value, figure.kind),
        amount_value(figure.low, figure.kind),
        amount_value(figure.high, figure.kind),
        figure.unit,
        figure.counted,
        label(figure.bound),
        figure.qualifier,
        label(figure.kind),
        label(figure.measure),
        from_value(figure.as_of),
        evidence.events[event_id].name if event_id else None,
        index.who(evidence.names(says_so), says_so),
        index.annotations(claims),
        index.annotations(_superseding(evidence, figure, claims)),
        evidence.tag_names(annotation),
        annotation.note,
        evidence.page_of(annotation),
        place.context if place else None,
        evidence.standing(annotation),
        *identity(annotation),
    )


def _superseding(evidence: Evidence, figure: Figure, claims: list[Annotation]) -> list[Annotation]:
    """What newer claims put in the figure's place: their figures of the same thing, else those claims."""
    newer = [new for claim in claims for new in evidence.linked(claim.id, Relation.UPDATES, backwards=True)]
    found: list[Annotation] = []
    for claim in newer:
        contained = evidence.linked(claim.id, Relation.CONTAINS)
        found += [new for new in contained if _same_thing(new.figure, figure)] or [claim]
    return list({one.id: one for one in found}.values())


def _same_thing(new: Figure, old: Figure) -> bool:
    """Whether two figures of a claim and its update count the same, as far as is known: the missing are not replaced by
    the moved."""
    counted = {" ".join(one.counted.casefold().split()) for one in (new, old)} - {""}
    return (new.kind, new.unit) == (old.kind, old.unit) and len(counted) < 2
