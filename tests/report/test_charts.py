"""Figures of the same thing by their days: the table, and the charts that are made of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands
from annotate.exchange.readback.compare import compare
from annotate.exchange.readback.workbook import read_workbook
from annotate.model import DatedWords, Published, Span
from annotate.report.charts import Cells, claims_chart, things_over_time
from annotate.report.evidence import gather
from annotate.report.sheets.over_time import AT_LEAST, AT_MOST, BETWEEN, HIGH, LOW, VALUE
from annotate.report.tables import Table
from annotate.report.workbook import workbook_tables, write_workbook
from annotate.store import schema
from annotate.vocabulary import Bound, FigureKind, Kind, Precision
from tests.report.flood import Flood, column, take_in, values

Known = dict[str, Any]

EXACT: Known = {"value": 40.0, "bound": Bound.EXACT}
LEAST: Known = {"value": 30.0, "low": 30.0, "bound": Bound.MIN}
MOST: Known = {"value": 60.0, "high": 60.0, "bound": Bound.MAX}
RANGE: Known = {"low": 20.0, "high": 50.0, "bound": Bound.RANGE}
VAGUE: Known = {"low": 12.0, "inferred": True, "bound": Bound.VAGUE}


def boats(flood: Flood, day: int, known: Known, *, about: str = "boats 🚤", as_of: DatedWords | None = None) -> int:
    """A figure of an article of this day of June."""
    article = take_in(
        flood.project,
        f"{day}-{known}.txt",
        f"Some boats sank. {day} {known}",
        outlet="Wire",
        published=Published(None, date(2024, 6, day), Precision.DAY),
    )
    figure = commands.mark(flood.project, article, Kind.FIGURE, [Span(0, 10)])
    event_id = flood.project.read.events()[0].id
    commands.edit_record(flood.project, figure, event_id=event_id, **({"as_of": as_of} if as_of else {}))
    empty: Known = {"value": None, "low": None, "high": None, "counted": about, "unit": "", "kind": None}
    with flood.project.change("As it would stand there") as transaction:
        transaction.update(schema.figures, figure, **empty | known)
    return figure


def over_time(flood: Flood) -> Table | None:
    tables = workbook_tables(gather(flood.project.read, ""))
    return next((table for table in tables if table.name == "Over time"), None)


def amounts(table: Table) -> list[Known]:
    headings = [column.heading for column in table.columns]
    wanted = (VALUE, AT_LEAST, AT_MOST, LOW, HIGH, BETWEEN)
    rows = [dict(zip(headings, row, strict=True)) for row in table.rows]
    return [{heading: row[heading].value for heading in wanted if row[heading] is not None} for row in rows]


def test_each_figure_stands_in_the_columns_of_its_bound_and_in_the_order_of_days(flood: Flood) -> None:
    for day, known in ((9, VAGUE), (8, RANGE), (7, MOST), (6, LEAST), (5, EXACT)):
        boats(flood, day, known)
    table = over_time(flood)
    assert table is not None
    assert amounts(table) == [
        {VALUE: 40},
        {AT_LEAST: 30},
        {AT_MOST: 60},
        {LOW: 20, HIGH: 50, BETWEEN: 30},
        {AT_LEAST: 12},
    ]
    assert [row[2] for row in table.rows] == [date(2024, 6, day) for day in range(5, 10)]
    assert {row[1] for row in table.rows} == {"Dam failure: boats 🚤"}


def test_an_as_of_date_goes_before_the_day_of_publication(flood: Flood) -> None:
    for day in (5, 6):
        boats(flood, day, EXACT)
    boats(flood, 7, EXACT, as_of=DatedWords("on 1 June", date(2024, 6, 1), None, Precision.DAY))
    table = over_time(flood)
    assert table is not None
    assert [row[2:4] for row in table.rows] == [
        (date(2024, 6, 1), "as of"),
        (date(2024, 6, 5), "day of publication"),
        (date(2024, 6, 6), "day of publication"),
    ]


def test_a_month_is_no_day_and_one_day_is_no_row_of_days(flood: Flood) -> None:
    for _ in range(3):
        boats(flood, 5, EXACT)
    boats(flood, 7, EXACT, as_of=DatedWords("in May", date(2024, 5, 1), None, Precision.MONTH))
    assert over_time(flood) is None


def test_two_figures_are_no_row_of_days(flood: Flood) -> None:
    boats(flood, 5, EXACT)
    boats(flood, 6, EXACT)
    assert over_time(flood) is None


def test_what_can_be_charted_is_read_from_the_table_whatever_columns_were_chosen(flood: Flood) -> None:
    for day, known in ((5, EXACT), (6, RANGE), (7, LEAST)):
        boats(flood, day, known)
        boats(flood, day, known, about="barges")
    headings = ["Date", "Low", "About", "Value"]
    commands.edit_project(flood.project, columns={"Over time": headings})
    table = over_time(flood)
    assert table is not None
    things = things_over_time(table)
    assert [(thing.about, thing.first, thing.last) for thing in things] == [
        ("Dam failure: barges", 0, 2),
        ("Dam failure: boats 🚤", 3, 5),
    ]
    places = [column.heading for column in table.columns]
    assert {heading: places[place] for heading, place in things[0].columns.items()} == {
        "Date": "Date",
        "Low": "Low",
        "Value": "Value",
    }
    commands.edit_project(flood.project, columns={"Over time": ["Value"]})
    table = over_time(flood)
    assert table is not None
    assert things_over_time(table) == []


def charts_of(path: Path) -> list[Any]:
    import openpyxl

    return list(openpyxl.load_workbook(path)["Summary"]._charts)


def test_the_summary_charts_the_points_and_the_bars_of_the_table(flood: Flood, tmp_path: Path) -> None:
    import openpyxl

    for day, known in ((5, EXACT), (6, RANGE), (7, MOST), (8, LEAST)):
        boats(flood, day, known)
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "charts.xlsx").path
    claims, figures = charts_of(path)
    modes = [series.tx.v for series in claims.series]
    assert modes == ["direct quote", "paraphrase", "outlet's own voice"]
    assert claims.x_axis.tickLblSkip == 1
    assert all(series.cat.strRef.f.startswith("'Summary'!$A$") for series in claims.series)
    assert [series.tx.v for series in figures.series] == ["low to high", "value", "at least", "at most"]
    bars = figures.series[0].errBars
    assert (bars.errBarType, bars.errValType) == ("plus", "cust")
    sheet = openpyxl.load_workbook(path)["Over time"]
    for series, heading in zip(figures.series, (LOW, VALUE, AT_LEAST, AT_MOST), strict=True):
        name, _, cells = series.yVal.numRef.f.partition("!")
        assert name == "'Over time'"
        assert [row[0].value for row in sheet[cells.replace("$", "")]] == values(sheet, heading)
    assert (figures.y_axis.scaling.min, figures.y_axis.scaling.max) == (0, 80)


def test_thirds_and_millions_show_as_what_they_are(flood: Flood, tmp_path: Path) -> None:
    import openpyxl

    third: Known = {"value": 1 / 3, "bound": Bound.EXACT, "kind": FigureKind.FRACTION}
    millions: Known = {"low": 3_000_000.0, "high": 5_000_000.0, "bound": Bound.RANGE}
    for day in (5, 6, 7):
        boats(flood, day, third, about="homes")
        boats(flood, day, millions, about="litres")
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "charts.xlsx").path
    sheet = openpyxl.load_workbook(path)["Over time"]
    assert column(sheet, VALUE)[0].number_format == "# ??/??"
    for heading in (LOW, HIGH, BETWEEN):
        shown = column(sheet, heading)[-1]
        assert sheet.column_dimensions[shown.column_letter].width > len("5,000,000")
    _, homes, litres = charts_of(path)
    formats = [chart.y_axis.number_format.formatCode for chart in (homes, litres)]
    assert formats == ["General", "#,##0"]


def test_the_sheet_of_figures_by_their_days_is_no_sheet_of_somebodys_own(flood: Flood, tmp_path: Path) -> None:
    for day in (5, 6, 7):
        boats(flood, day, EXACT)
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "out.xlsx").path
    diff = compare(flood.project.read, read_workbook(path))
    assert (diff.changes, diff.said) == ((), ())


def test_the_table_below_begins_where_the_chart_of_sources_has_ended(flood: Flood, tmp_path: Path) -> None:
    import openpyxl

    for number in range(12):
        claim = flood.mark(f"claim {number}", Kind.CLAIM, "The dam held all night")
        commands.attribute(flood.project, claim, commands.add_source(flood.project, f"Witness {number}"))
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "charts.xlsx").path
    sheet = openpyxl.load_workbook(path)["Summary"]
    chart = sheet._charts[0].anchor
    section = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "Claims by source and mode")
    points = sum(sheet.row_dimensions[row].height for row in range(chart._from.row + 1, section))
    assert chart.ext.height / 12_700 <= points


def test_a_chart_of_sources_has_no_mode_that_none_of_them_speaks_in(flood: Flood, tmp_path: Path) -> None:
    for attribution in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, attribution.id)
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "charts.xlsx").path
    assert [series.tx.v for series in charts_of(path)[0].series] == ["direct quote", "paraphrase"]


def test_a_title_of_two_lines_leaves_the_points_less_room(flood: Flood, tmp_path: Path) -> None:
    for day in (5, 6, 7):
        boats(flood, day, EXACT)
        boats(flood, day, LEAST, about="boats of fishermen who were at sea that night")
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "charts.xlsx").path
    _, long, short = charts_of(path)
    assert short.layout.manualLayout.y < long.layout.manualLayout.y


@pytest.mark.parametrize(("most_rows", "charts"), [(4, 2), (3, 1)])
def test_a_chart_is_made_of_one_sheet(flood: Flood, tmp_path: Path, most_rows: int, charts: int) -> None:
    for day in (5, 6, 7, 8):
        boats(flood, day, EXACT)
    path = write_workbook(gather(flood.project.read, ""), tmp_path / "parts.xlsx", most_rows=most_rows).path
    assert len(charts_of(path)) == charts


@pytest.mark.parametrize(("modes", "lines"), [(1, 1), (3, 1), (4, 2), (6, 2)])
def test_bars_end_above_every_line_of_the_legend(modes: int, lines: int) -> None:
    cells = [(f"mode {place}", Cells("Summary", place + 2, 5, 8)) for place in range(modes)]
    height = 5.0
    inner = claims_chart(Cells("Summary", 1, 5, 8), cells, range(modes), (10.7, height)).layout.manualLayout
    assert height * (1 - inner.y - inner.h) >= 0.5 * lines
    assert height * inner.h >= 0.7 * 4, "and four of them have room"
