"""The sheet Cross-check: claims that are tied to each other, and figures of the same thing that differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from annotate.figures import format_amount
from annotate.model import Annotation, Link
from annotate.report.comparison import amounts_of, comparable_figures, day_of, range_of, saying_figure
from annotate.report.evidence import Evidence
from annotate.report.sheets.rows import CROSS_CHECK, RowIndex
from annotate.report.tables import IDENTITY, INKS, Column, ColumnKind, Table, Value, identity
from annotate.vocabulary import Kind, Relation

SAME_DAY, OTHER_DAY, BOTH_POSSIBLE = "differs, same day", "differs, other day", "differs, both possible"
"""How a figure stands to another one of the same thing; the order of their rows."""

NOTHING_SHARED = "nothing shared is known"

_RELATIONS = (Relation.CONTRADICTS, Relation.CORROBORATES, Relation.REPEATS, Relation.UPDATES)

_COLUMNS = (
    Column("A", 10, ColumnKind.ID),
    Column("A in words", 40),
    Column("Source of A", 26),
    Column("Relation", 24),
    Column("B", 10, ColumnKind.CODE),
    Column("B in words", 40),
    Column("Source of B", 26),
    Column("Independent?", 24),
    Column("Note", 32),
    *IDENTITY,
)


def cross_check_table(evidence: Evidence, index: RowIndex) -> Table:
    """A row for each linked pair of claims, contradictions first; then one wherever a figure of the same event and
    thing differs from the one before it, by day and size."""
    rows = [_pair_row(evidence, index, link) for link in _links(evidence)]
    differing = [
        (_difference(evidence, before[0], after[0]), group.about, before, after)
        for group in comparable_figures(evidence)
        for before, after in pairwise(_steps(evidence, group.figures))
    ]
    differing.sort(key=lambda one: (SAME_DAY, OTHER_DAY, BOTH_POSSIBLE).index(one[0]))
    rows += [_figures_row(evidence, index, *one) for one in differing]
    return Table(CROSS_CHECK, "What agrees, what contradicts", _COLUMNS, rows, INKS[Kind.CLAIM])


def independence(evidence: Evidence, link: Link) -> str:
    """What two linked claims share, and so why they are not independent; else that nothing shared is known."""
    if link.relation is Relation.REPEATS:
        return "no: the one repeats the other"
    ours, theirs = evidence.saying(link.from_id), evidence.saying(link.to_id)
    if not ours or not theirs:
        return "not known: who says so is missing"
    sources = {said.source_id for said in theirs}
    shared = [said for said in ours if said.source_id in sources]
    if shared:
        return f"no: both say {evidence.names(shared)}"
    channels = {said.via_id for said in theirs if said.via_id is not None} | sources
    through = [said.via_id for said in ours if said.via_id in channels]
    through += [said.source_id for said in ours if said.source_id in channels]
    if through:
        names = [evidence.sources[source_id].name for source_id in through if source_id is not None]
        return f"no: both through {names[0]}"
    controllers = {evidence.sources[said.source_id].controlled_by.casefold() for said in theirs} - {""}
    for said in ours:
        controller = evidence.sources[said.source_id].controlled_by
        if controller.casefold() in controllers:
            return f"no: both controlled by {controller}"
    article, other = (evidence.articles[evidence.annotations[one].article_id] for one in (link.from_id, link.to_id))
    if article.id == other.id:
        return "in part: the same article"
    if article.outlet and article.outlet == other.outlet:
        return f"in part: both in {article.outlet}"
    return NOTHING_SHARED


def _links(evidence: Evidence) -> list[Link]:
    links = [link for several in evidence.links_from.values() for link in several if link.relation in _RELATIONS]
    return sorted(
        links,
        key=lambda link: (
            _RELATIONS.index(link.relation),
            evidence.annotations[link.from_id].number,
            evidence.annotations[link.to_id].number,
        ),
    )


def _pair_row(evidence: Evidence, index: RowIndex, link: Link) -> tuple[Value, ...]:
    first, second = evidence.annotations[link.from_id], evidence.annotations[link.to_id]
    return (
        index.annotation(first.id),
        first.claim.plain_words or first.words,
        _source(evidence, [first]),
        link.relation.label,
        index.annotation(second.id),
        second.claim.plain_words or second.words,
        _source(evidence, [second]),
        independence(evidence, link),
        link.note,
        *identity(link),
    )


def _steps(evidence: Evidence, figures: Sequence[Annotation]) -> list[list[Annotation]]:
    """Figures in the order of their days, those of one day by size; equal ones of one day together."""

    def key(figure: Annotation) -> tuple[str, tuple[float, ...]]:
        day = day_of(evidence, figure)
        return day.isoformat() if day else "", tuple(-1.0 if one is None else one for one in amounts_of(figure))

    in_order = sorted(figures, key=lambda figure: (key(figure), figure.number))
    steps = [list(equal) for _, equal in groupby(in_order, key)]
    return [step for place, step in enumerate(steps) if place == 0 or key(step[0])[1] != key(steps[place - 1][0])[1]]


def _difference(evidence: Evidence, before: Annotation, after: Annotation) -> str:
    (low, high), (other_low, other_high) = range_of(before), range_of(after)
    if low <= other_high and other_low <= high:
        return BOTH_POSSIBLE
    return SAME_DAY if day_of(evidence, before) == day_of(evidence, after) else OTHER_DAY


def _figures_row(
    evidence: Evidence,
    index: RowIndex,
    difference: str,
    about: str,
    before: list[Annotation],
    after: list[Annotation],
) -> tuple[Value, ...]:
    days = [day_of(evidence, step[0]) for step in (before, after)]
    when = " and ".join(day.isoformat() if day else "no day known" for day in dict.fromkeys(days))
    return (
        index.annotations(before),
        _amount(before[0]),
        _source(evidence, before),
        difference,
        index.annotations(after),
        _amount(after[0]),
        _source(evidence, after),
        None,
        f"{about}; {when}",
        None,
        None,
    )


def _amount(figure: Annotation) -> str:
    amount = format_amount(figure.figure)
    return f"{amount}: “{figure.words}”" if amount else figure.words


def _source(evidence: Evidence, annotations: list[Annotation]) -> str:
    """Who says so, and in which outlet."""
    found = []
    for annotation in annotations:
        is_claim = annotation.kind is Kind.CLAIM
        said = evidence.saying(annotation.id) if is_claim else saying_figure(evidence, annotation)
        outlet = evidence.articles[annotation.article_id].outlet
        names = evidence.names(said) or "no source"
        found.append(f"{names} (in {outlet})" if outlet and outlet != names else names)
    return "; ".join(dict.fromkeys(found))
