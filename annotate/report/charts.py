"""Native charts of the workbook: claims by source and mode, figures of a thing over time.

Why it exists: a chart that is made of cells follows when they are edited, and prints sharply. Bars are stacked in
shades that also differ in grey. Figures over time are points that are not joined, since different people counted them;
what is said as "at least" or "at most" points up or down, and a range is a bar from low to high.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil, floor, log10
from typing import Any

from annotate.report.cells import cell_text
from annotate.report.layout import shown
from annotate.report.letters import text_width
from annotate.report.sheets.over_time import ABOUT, AT_LEAST, AT_MOST, BETWEEN, DAY, HIGH, LOW, VALUE
from annotate.report.styles import FONT, LINES, SECONDARY, TEXT
from annotate.report.tables import Amount, Table
from annotate.shortened import shortened

_SHADES = ("8A4700", "CC7A1E", "EBB26B", "5B7A9D", "A9BBCD", "DADFE5")
"""Of the modes in their order: quotations dark, the outlet's own voice in blue grey, unknown light."""
_INK = "0062A8"
_LIGHT = frozenset({"EBB26B", "A9BBCD", "DADFE5"})
_DATES_SHOWN = 4
_ROOM = 0.06
"""Of the days on both sides of the points."""
_WHOLE_FROM = 10
"""Amounts from which on the numbers along the side have no fractions."""
_NAMES = 0.42
"""Of the chart's width, for names of sources: what most of them need on one line."""
_LEGEND_LINE = 0.55
"""Centimetres."""
_MODES_ON_A_LINE = 3
"""Of the legend; more take two lines, and the bars must end above both."""
_LONGEST_TITLE = 90
_TITLE_LINE = 38
"""Characters that a chart is wide enough for."""
_SIZE, _TITLE_SIZE = 1000, 1100
"""Hundredths of a point; the page is printed at 80 %."""

_POINTS = ((VALUE, "value", "circle"), (AT_LEAST, "at least", "triangle"), (AT_MOST, "at most", "diamond"))


@dataclass(frozen=True, slots=True)
class Cells:
    """A stretch of cells on a sheet, rows and columns from 1."""

    sheet: str
    column: int
    first: int
    last: int

    @property
    def reference(self) -> str:
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(self.column)
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.last}"


@dataclass(frozen=True, slots=True)
class OverTime:
    """The rows of one thing in the table Over time, `first` and `last` from 0."""

    about: str
    first: int
    last: int
    columns: dict[str, int]
    """Places (from 0) of the headings that a chart takes its data from, those with a number in them."""
    days: tuple[date, ...]
    lowest: float
    highest: float


def things_over_time(table: Table) -> list[OverTime]:
    """What can be charted of the table; nothing where its columns were chosen without the day or the thing."""
    places = {column.heading: place for place, column in enumerate(table.columns)}
    if ABOUT not in places or DAY not in places:
        return []
    found = []
    for about, rows in groupby(enumerate(table.rows), lambda one: one[1][places[ABOUT]]):
        several = list(rows)
        columns: dict[str, int] = {}
        numbers: list[float] = []
        for heading in (VALUE, AT_LEAST, AT_MOST, LOW, HIGH, BETWEEN):
            held = [row[places[heading]] for _, row in several] if heading in places else []
            amounts = [one.value for one in held if isinstance(one, Amount)]
            if amounts:
                columns[heading] = places[heading]
                numbers += amounts if heading != BETWEEN else []
        days = tuple(day for _, row in several if isinstance(day := row[places[DAY]], date))
        if days and numbers:
            columns[DAY] = places[DAY]
            found.append(
                OverTime(shown(about), several[0][0], several[-1][0], columns, days, min(numbers), max(numbers))
            )
    return found


def claims_chart(
    names: Cells, modes: Sequence[tuple[str, Cells]], shades: Sequence[int], size: tuple[float, float]
) -> Any:
    """Stacked bars of claims by source, a colour for each mode.

    `shades` are the modes' places in their list, `size` is width and height in centimetres.
    """
    from openpyxl.chart import BarChart
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.layout import Layout, ManualLayout
    from openpyxl.chart.series import Series, SeriesLabel
    from openpyxl.chart.shapes import GraphicalProperties

    chart: Any = BarChart()
    chart.width, chart.height = size
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title = _title("Claims by source")
    for place, ((mode, cells), shade) in enumerate(zip(modes, shades, strict=True)):
        colour = _SHADES[min(shade, len(_SHADES) - 1)]
        series: Any = Series(idx=place, order=place, tx=SeriesLabel(v=mode))
        series.cat = AxDataSource(strRef=StrRef(f=names.reference))
        series.val = NumDataSource(numRef=NumRef(f=cells.reference))
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        letters = TEXT if colour in _LIGHT else "FFFFFF"
        series.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, txPr=_letters(_SIZE, letters)
        )
        chart.series.append(series)
    chart.legend.position = "b"
    chart.legend.txPr = _letters(_SIZE, TEXT)
    chart.gapWidth = 45
    chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblSkip = 1  # every source has its name
    chart.x_axis.txPr = _letters(_SIZE, TEXT)
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    high = 0.86 - _LEGEND_LINE * (2 if len(modes) > _MODES_ON_A_LINE else 1) / size[1]
    inner = ManualLayout(layoutTarget="inner", x=_NAMES, y=0.12, w=0.95 - _NAMES, h=high, xMode="edge", yMode="edge")
    chart.layout = Layout(manualLayout=inner)
    return chart


def over_time_chart(thing: OverTime, sheet: str, first_row: int) -> Any:
    """Figures of one thing by their days; `first_row` is the sheet's row, from 1, of the thing's first figure."""
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.layout import Layout, ManualLayout

    last_row = first_row + thing.last - thing.first
    cells = {
        heading: Cells(sheet, place + 1, first_row, last_row).reference for heading, place in thing.columns.items()
    }
    chart: Any = ScatterChart()
    chart.scatterStyle = "lineMarker"
    title = shortened(thing.about, _LONGEST_TITLE)
    chart.title = _title(title)
    if LOW in cells and BETWEEN in cells:
        chart.series.append(_points(chart, "low to high", cells[DAY], cells[LOW], "dash", cells[BETWEEN]))
    for heading, name, symbol in _POINTS:
        if heading in cells:
            chart.series.append(_points(chart, name, cells[DAY], cells[heading], symbol))
    chart.legend.position = "b"
    chart.legend.txPr = _letters(_SIZE, TEXT)
    _days_along(chart.x_axis, thing.days)
    chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0" if thing.highest >= _WHOLE_FROM else "General"
    chart.y_axis.majorGridlines.spPr = _line(LINES)
    chart.y_axis.txPr = _letters(_SIZE, SECONDARY)
    if thing.lowest >= 0:
        chart.y_axis.scaling.min = 0  # a change looks no larger than it is
    if thing.highest > 0:
        chart.y_axis.scaling.max = _round_above(thing.highest)  # programs leave the bars out when they choose it
    top = 0.13 if text_width(title) <= _TITLE_LINE else 0.2
    chart.layout = Layout(manualLayout=ManualLayout(x=0.03, y=top, w=0.94, h=0.85 - top, xMode="edge", yMode="edge"))
    return chart


def _points(chart: Any, name: str, days: str, amounts: str, symbol: Any, between: str | None = None) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef
    from openpyxl.chart.error_bar import ErrorBars
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.series import SeriesLabel, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties

    place = len(chart.series)
    series: Any = XYSeries(idx=place, order=place, tx=SeriesLabel(v=name))
    series.xVal = AxDataSource(numRef=NumRef(f=days))
    series.yVal = NumDataSource(numRef=NumRef(f=amounts))
    series.marker = Marker(symbol=symbol, size=7)
    series.marker.graphicalProperties = GraphicalProperties(solidFill=_INK)
    series.marker.graphicalProperties.line.solidFill = _INK
    series.graphicalProperties = GraphicalProperties()
    series.graphicalProperties.line.noFill = True
    series.smooth = False
    if between is not None:
        bars: Any = ErrorBars(
            errDir="y",
            errBarType="plus",
            errValType="cust",
            noEndCap=False,
            plus=NumDataSource(numRef=NumRef(f=between)),
            spPr=_line(_INK, width=19_050),
        )
        series.errBars = bars
    return series


def _days_along(axis: Any, days: Sequence[date]) -> None:
    first, last = (day.toordinal() - date(1899, 12, 30).toordinal() for day in (min(days), max(days)))
    room = max(1, ceil((last - first) * _ROOM))
    axis.delete = False
    axis.number_format = "yyyy-mm-dd"
    axis.majorUnit = max(1, ceil((last - first + 2 * room) / _DATES_SHOWN))
    axis.scaling.min, axis.scaling.max = first - room, last + room
    axis.majorGridlines = None
    axis.txPr = _letters(_SIZE, SECONDARY)


def _round_above(number: float) -> float:
    """The next round number, so that the topmost point has some room above it."""
    magnitude: float = 10.0 ** floor(log10(number))
    return next(step * magnitude for step in (1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12) if step * magnitude > number)


def _line(colour: str, width: int = 9_525) -> Any:
    """A line; its width in EMU, of which a point has 12,700."""
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=width))


def _letters(size: int, colour: str) -> Any:
    """Letters in hundredths of a point."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties

    letters = CharacterProperties(sz=size, solidFill=colour, latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    return RichText(bodyPr=RichTextProperties(rot=0), p=[paragraph])  # LibreOffice else leaves names out


def _title(words: str) -> Any:
    """A title in the size of the page's own headings; charts make theirs much larger."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

    letters = CharacterProperties(sz=_TITLE_SIZE, b=True, solidFill=TEXT, latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=cell_text(words))])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
