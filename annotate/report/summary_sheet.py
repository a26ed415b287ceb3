"""The first page of the workbook: facts, counts, claims by source and mode, charts of them and of figures by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any

from annotate.report import layout
from annotate.report.cells import pieces
from annotate.report.charts import Cells, OverTime, claims_chart, over_time_chart, things_over_time
from annotate.report.page import fit_to, head_and_foot
from annotate.report.sheet_writer import SheetWriter
from annotate.report.sheets.rows import OVER_TIME
from annotate.report.sheets.summary import SourceModes, Summary
from annotate.report.styles import LINES, SECONDARY, WHOLE, Look
from annotate.report.tables import INKS, Link, Table, Value
from annotate.vocabulary import Kind

SUMMARY = "Summary"

_WIDTHS = (36, 11, 11, 11, 11, 11, 11, 11)
"""Together what A4 upright holds at 80 %, which is 8 points."""
_LINE = 105
"""Characters that the columns together hold on a line."""
_FACT_LINE = 75
"""Characters that the columns beside the first hold."""
_CHARTED = 12
"""Sources in the chart."""
_THINGS = 8
"""Charts of figures over time, those of the things with most figures."""
_SIDES = (0, 3)
"""Columns (from 0) that the charts of a row begin in."""
_CHARTS_BELOW = 26
"""Points that the words above the first charts take, in the same row, so that a page never ends between them."""
_CHART_ROW = 232
"""Points, a little more than a chart of this size in centimetres."""
_CHART_SIZE = (10.7, 7.8)
_COUNT_ROW = (layout.LINE + layout.PADDING) / 72 * 2.54
"""Centimetres of a row of counts."""
_INK = INKS[Kind.CLAIM].removeprefix("#").upper()

_TITLE = Look(bold=True, size=18, wrapped=False, vertical="center")
_MARKING = Look(bold=True, wrapped=False, colour="B42318")
_FACT = Look(wrapped=False, colour=SECONDARY)
_FACT_VALUE = Look(wrapped=False)
_SECTION = Look(bold=True, size=12, line=_INK, line_style="medium", wrapped=False, vertical="bottom")
_ABOVE_CHARTS = Look(bold=True, size=12, wrapped=False)
_NAME = Look(line=LINES, vertical="center")
_PART = Look(line=LINES, indent=2, colour=SECONDARY, vertical="center")
_NUMBER = Look(WHOLE, line=LINES, align="right", wrapped=False, vertical="center")
_PART_NUMBER = Look(WHOLE, line=LINES, align="right", wrapped=False, colour=SECONDARY, vertical="center")
_TOTAL = Look(WHOLE, line=LINES, bold=True, align="right", wrapped=False, vertical="center")
_HEADING = Look(bold=True, fill="EEF1F5", line="98A2B3", vertical="center")
_NUMBER_HEADING = Look(bold=True, fill="EEF1F5", line="98A2B3", vertical="center", align="right")
_REMARK = Look(wrapped=False, colour=SECONDARY, vertical="center")


class SummarySheet:
    """Writes the rows of the first page one after the other."""

    def __init__(self, writer: SheetWriter, sheet: Any) -> None:
        self._writer = writer
        self._sheet = sheet
        self._row = 0

    def write(self, summary: Summary, tables: Sequence[Table], warnings: list[str]) -> None:
        self._prepare(len(summary.by_source.headings) + 2)
        self._add([(summary.title, _TITLE)], height=30)
        if summary.marking:
            self._add([(summary.marking, _MARKING)])
        for fact, value in summary.facts:
            first_line, *others = wrap(value, _FACT_LINE) or [""]
            self._add([(fact, _FACT), (first_line, _FACT_VALUE)])
            for line in others:
                self._add([("", _FACT), (line, _FACT_VALUE)])
        self._add([])
        self._section("What is in it", 2)
        first_count = self._row
        for count in summary.counts:
            name, number = (_PART, _PART_NUMBER) if count.part else (_NAME, _NUMBER)
            self._add([(count.label, name), (count.number, number)])
        height = _claims_chart_height(summary.by_source)
        while (self._row - first_count + 1) * _COUNT_ROW < height:
            self._add([])  # the table below must not begin behind the chart
        self._add([])
        first, last = self._by_source(summary.by_source)
        if last >= first:
            self._claims_chart(summary.by_source, first, last, anchor=first_count)
        self._over_time([table for table in tables if table.name == OVER_TIME])
        if warnings:
            self._add([])
            self._section("Where Excel's limits were met", len(_WIDTHS))
            for warning in warnings:
                for line in wrap(warning, _LINE):
                    self._add([(line, _REMARK)])

    def _prepare(self, columns: int) -> None:
        from openpyxl.utils import get_column_letter

        for place in range(max(columns, len(_WIDTHS))):
            width = _WIDTHS[place] if place < len(_WIDTHS) else _WIDTHS[-1]
            self._sheet.column_dimensions[get_column_letter(place + 1)].width = width
        self._sheet.sheet_view.showGridLines = False
        fit_to(self._sheet, across=1, orientation="portrait")
        head_and_foot(self._sheet, self._writer.page, SUMMARY)

    def _by_source(self, by_source: SourceModes) -> tuple[int, int]:
        """The table of claims by source and mode; returns the first and last sheet row of its single sources."""
        columns = len(by_source.headings) + 2
        self._section("Claims by source and mode", columns)
        if not by_source.rows:
            self._add([("There are no claims yet.", _REMARK)])
            return 1, 0
        headings = [*by_source.headings, "Claims"]
        self._add([("Source", _HEADING), *((heading, _NUMBER_HEADING) for heading in headings)], height=32)
        first = self._row + 1
        for name, *numbers in by_source.rows:
            modes = [(number or None, _NUMBER) for number in numbers[:-1]]
            self._add([(name, _NAME), *modes, (numbers[-1], _TOTAL)])
        self._add([("A claim that several sources make counts for each of them.", _REMARK)])
        return first, first + by_source.named - 1

    def _section(self, words: str, columns: int) -> None:
        self._add([(words, _SECTION), *[("", _SECTION)] * (columns - 1)], height=24)

    def _add(self, cells: list[tuple[Value, Look]], height: float | None = None) -> None:
        self._row += 1
        wrapped = [layout.lines_needed(layout.shown(value), _WIDTHS[0]) for value, look in cells[:1] if look.wrapped]
        lines = max(wrapped, default=1)
        self._sheet.row_dimensions[self._row].height = height or lines * layout.LINE + layout.PADDING
        self._sheet.append([self._cell(value, look) for value, look in cells])

    def _cell(self, value: Value, look: Look) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.worksheet.hyperlink import Hyperlink

        if isinstance(value, Link):
            if not layout.fits_a_line(str(value.text), _WIDTHS[0]):
                return self._cell(value.text, look)  # not every program wraps links
            look = replace(look, linked=True)
            linked = self._cell(value.text, look)
            linked.hyperlink = Hyperlink(ref="", location=self._writer.location(value))
            return linked
        if isinstance(value, str):
            return self._writer.text_cell(self._sheet, pieces(value)[0], self._writer.styles.array(look))
        cell: Any = WriteOnlyCell(self._sheet)
        cell._style = self._writer.styles.array(look)
        cell.value = value
        return cell

    def _claims_chart(self, by_source: SourceModes, first: int, last: int, anchor: int) -> None:
        last = min(last, first + _CHARTED - 1)
        charted = by_source.rows[: last - first + 1]
        held = [place for place in range(len(by_source.headings)) if any(row[place + 1] for row in charted)]
        cells = [Cells(SUMMARY, place + 2, first, last) for place in held]
        modes = [(by_source.headings[place], one) for place, one in zip(held, cells, strict=True)]
        size = _CHART_SIZE[0], _claims_chart_height(by_source)
        chart = claims_chart(Cells(SUMMARY, 1, first, last), modes, held, size)
        self._sheet.add_chart(chart, f"D{anchor}")

    def _over_time(self, tables: Sequence[Table]) -> None:
        """Charts of figures by day, two side by side in a row as high as they are, since no row is cut in print."""
        things = [thing for table in tables for thing in things_over_time(table) if self._on_one_sheet(thing)]
        if not things:
            return
        self._add([])
        for place, thing in enumerate(things[:_THINGS]):
            side = place % len(_SIDES)
            if side == 0:
                heading: list[tuple[Value, Look]] = [] if place else [("Figures over time", _ABOVE_CHARTS)]
                below = _CHARTS_BELOW if heading else 0
                self._add(heading, height=_CHART_ROW + below)
            sheet = self._writer.sheet_name(OVER_TIME, thing.first)
            chart = over_time_chart(thing, sheet, thing.first % self._writer.most_rows + 2)
            chart.anchor = _anchor(_SIDES[side], self._row - 1, below)
            self._sheet.add_chart(chart)
        more = f" The sheet {OVER_TIME} has {len(things) - _THINGS:,} more things." if len(things) > _THINGS else ""
        self._add([(f"A point is a figure of one source; points of different sources are not joined.{more}", _REMARK)])

    def _on_one_sheet(self, thing: OverTime) -> bool:
        name = self._writer.sheet_name
        return name(OVER_TIME, thing.first) == name(OVER_TIME, thing.last)


def _claims_chart_height(by_source: SourceModes) -> float:
    """In centimetres; none where there is nothing to chart."""
    bars = min(by_source.named, _CHARTED)
    return max(5.0, 3.2 + 0.75 * bars) if bars else 0.0


def _anchor(column: int, row: int, below: float) -> Any:
    """A chart's place: a cell, both numbers from 0, and points below its top."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    width, height = (round(centimetres * 360_000) for centimetres in _CHART_SIZE)
    corner = AnchorMarker(col=column, row=row, rowOff=round(below * 12_700))  # English metric units
    return OneCellAnchor(_from=corner, ext=XDRPositiveSize2D(width, height))
