"""The sheet Over time: figures of the same event and thing by their days, as the charts of the summary show them."""

from __future__ import annotations

from datetime import date

from annotate.model import Annotation
from annotate.report.comparison import comparable_figures, day_of, saying_figure
from annotate.report.evidence import Evidence
from annotate.report.sheets.figures import amount_value
from annotate.report.sheets.rows import OVER_TIME, RowIndex
from annotate.report.tables import FIRST_REAL_DATE, INKS, Column, ColumnKind, Table, Value
from annotate.vocabulary import Bound, Kind

LEAST = 3
"""Dated figures of a thing from which on a row of days shows something."""

ABOUT, DAY = "About", "Date"
VALUE, AT_LEAST, AT_MOST, LOW, HIGH, BETWEEN = "Value", "At least", "At most", "Low", "High", "High minus low"

_COLUMNS = (
    Column("Figure", 10, ColumnKind.ID),
    Column(ABOUT, 34),
    Column(DAY, 11, ColumnKind.DATE),
    Column("Date is", 16, ColumnKind.CODE),
    Column(VALUE, 12, ColumnKind.NUMBER),
    Column(AT_LEAST, 12, ColumnKind.NUMBER),
    Column(AT_MOST, 12, ColumnKind.NUMBER),
    Column(LOW, 12, ColumnKind.NUMBER),
    Column(HIGH, 12, ColumnKind.NUMBER),
    Column(BETWEEN, 12, ColumnKind.NUMBER),
    Column("Attributed to", 26),
    Column("Outlet", 20),
)


def over_time_table(evidence: Evidence, index: RowIndex) -> Table:
    """A row for each figure with a known day, of things that have three of them or more, on two days at least; the
    rows of a thing stand together, by day."""
    rows: list[tuple[Value, ...]] = []
    for group in comparable_figures(evidence):
        dated = [(day, figure) for figure in group.figures if (day := day_of(evidence, figure)) is not None]
        dated = [(day, figure) for day, figure in dated if day >= FIRST_REAL_DATE]
        if len(dated) >= LEAST and len({day for day, _ in dated}) > 1:
            in_order = sorted(dated, key=lambda one: (one[0], one[1].number))
            rows += [_row(evidence, index, group.about, day, figure) for day, figure in in_order]
    return Table(OVER_TIME, "Figures of the same thing by their days", _COLUMNS, rows, INKS[Kind.FIGURE])


def _row(evidence: Evidence, index: RowIndex, about: str, day: date, annotation: Annotation) -> tuple[Value, ...]:
    is_own = annotation.figure.as_of.on is not None
    return (
        index.annotation(annotation.id),
        about,
        day,
        "as of" if is_own else "day of publication",
        *_amounts(annotation),
        evidence.names(saying_figure(evidence, annotation)),
        evidence.articles[annotation.article_id].outlet,
    )


def _amounts(annotation: Annotation) -> tuple[Value, ...]:
    """Value, at least, at most, low, high and their difference: each figure in the columns of its bound alone."""
    figure = annotation.figure
    value, low, high = figure.value, figure.low, figure.high
    amounts: tuple[float | None, ...]
    if low is not None and high is not None and figure.bound is not Bound.MIN and figure.bound is not Bound.MAX:
        amounts = (value, None, None, low, high, high - low)
    elif figure.bound is Bound.MAX or (value is None and low is None):
        amounts = (None, None, value if high is None else high, None, None, None)
    elif figure.bound in (Bound.MIN, Bound.VAGUE) or value is None:
        amounts = (None, value if low is None else low, None, None, None, None)
    else:
        amounts = (value, None, None, None, None, None)
    return tuple(amount_value(one, figure.kind) for one in amounts)
