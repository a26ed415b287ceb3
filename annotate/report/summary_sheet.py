"""The first page of the workbook: facts, counts, claims by source and mode, and a chart of the last."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import Any

from annotate.report import layout
from annotate.report.cells import pieces
from annotate.report.page import fit_to, head_and_foot
from annotate.report.sheet_writer import SheetWriter
from annotate.report.sheets.summary import SourceModes, Summary
from annotate.report.styles import LINES, SECONDARY, WHOLE, Look
from annotate.report.tables import INKS, Link, Value
from annotate.vocabulary import Kind

SUMMARY = "Summary"

_WIDTHS = (40, 12, 12, 12, 12, 12, 12, 12)
_LINE = 110
"""Characters that the columns together hold on a line."""
_CHARTED = 12
"""Sources in the chart."""
_INK = INKS[Kind.CLAIM].removeprefix("#").upper()

_TITLE = Look(bold=True, size=18, wrapped=False, vertical="center")
_MARKING = Look(bold=True, wrapped=False, colour="B42318")
_FACT = Look(wrapped=False, colour=SECONDARY)
_FACT_VALUE = Look(wrapped=False)
_SECTION = Look(bold=True, size=12, line=_INK, line_style="medium", wrapped=False, vertical="bottom")
_NAME = Look(line=LINES)
_PART = Look(line=LINES, indent=2, colour=SECONDARY)
_NUMBER = Look(WHOLE, line=LINES, align="right", wrapped=False)
_PART_NUMBER = Look(WHOLE, line=LINES, align="right", wrapped=False, colour=SECONDARY)
_TOTAL = Look(WHOLE, line=LINES, bold=True, align="right", wrapped=False)
_HEADING = Look(bold=True, fill="EEF1F5", line="98A2B3", vertical="center")
_NUMBER_HEADING = Look(bold=True, fill="EEF1F5", line="98A2B3", vertical="center", align="right")
_REMARK = Look(wrapped=False, colour=SECONDARY)


class SummarySheet:
    """Writes the rows of the first page one after the other."""

    def __init__(self, writer: SheetWriter, sheet: Any) -> None:
        self._writer = writer
        self._sheet = sheet
        self._row = 0

    def write(self, summary: Summary, warnings: list[str]) -> None:
        self._prepare(len(summary.by_source.headings) + 2)
        self._add([(summary.title, _TITLE)], height=30)
        if summary.marking:
            self._add([(summary.marking, _MARKING)])
        for fact, value in summary.facts:
            self._add([(fact, _FACT), (value, _FACT_VALUE)])
        self._add([])
        self._section("What is in it", 2)
        first_count = self._row
        for count in summary.counts:
            name, number = (_PART, _PART_NUMBER) if count.part else (_NAME, _NUMBER)
            self._add([(count.label, name), (count.number, number)])
        self._add([])
        first, last = self._by_source(summary.by_source)
        if warnings:
            self._add([])
            self._section("Where Excel's limits were met", len(_WIDTHS))
            for warning in warnings:
                for line in wrap(warning, _LINE):
                    self._add([(line, _REMARK)])
        if last >= first:
            self._chart(summary.by_source, first, last, anchor=first_count)

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

    def _chart(self, by_source: SourceModes, first: int, last: int, anchor: int) -> None:
        from openpyxl.chart import BarChart, Reference
        from openpyxl.chart.data_source import AxDataSource, StrRef
        from openpyxl.chart.label import DataLabelList
        from openpyxl.chart.shapes import GraphicalProperties

        last = min(last, first + _CHARTED - 1)
        total = len(by_source.headings) + 2
        chart: Any = BarChart()
        chart.type = "bar"
        chart.style = 10
        chart.title = _chart_title("Claims by source")
        chart.add_data(Reference(self._sheet, min_col=total, min_row=first, max_row=last))
        names = Reference(self._sheet, min_col=1, min_row=first, max_row=last)
        chart.series[0].cat = AxDataSource(strRef=StrRef(f=str(names)))  # set_categories would call them numbers
        chart.legend = None
        chart.gapWidth = 45
        chart.series[0].graphicalProperties = GraphicalProperties(solidFill=_INK)
        chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
        chart.x_axis.delete = False
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.delete = True
        chart.y_axis.majorGridlines = None
        chart.y_axis.scaling.min = 0
        chart.width, chart.height = 13.0, max(4.5, min(9.5, 1.8 + 0.7 * (last - first + 1)))
        self._sheet.add_chart(chart, f"D{anchor}")


def _chart_title(words: str) -> Any:
    """A title in the size of the page's own headings; charts make theirs much larger."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    letters = CharacterProperties(sz=1100, b=True, solidFill="1C2430")
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=words)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
