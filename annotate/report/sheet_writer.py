"""A table as a sheet of a streamed openpyxl workbook: cells, links, dropdowns, widths, print set-up.

Write-only mode wants panes, widths and heights before the first row and tables with their column names; validations
and hyperlinks follow the rows. Nothing here decides what a sheet holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from annotate.report import layout
from annotate.report.cells import CONTINUES, cell_text, escaped, needs_quote_prefix, pieces
from annotate.report.names import legal_name
from annotate.report.page import Page, set_up_page
from annotate.report.sheets.codebook import ENTRY_COLUMN, entries_at
from annotate.report.styles import AS_TEXT, DAY, MOMENT, WHOLE, Styles, heading_look, row_lines, value_look
from annotate.report.tables import Amount, Column, ColumnKind, Link, Table, Value
from annotate.vocabulary import Choice

MOST_LINKS = 65_530
"""Excel calls a file damaged that has more links on one sheet."""

MOST_ROWS = 1_048_575
"""Rows of an Excel sheet, without the headings."""

OVERFLOW = "Overflow"

_LONGEST_LIST = 255
"""Characters of a dropdown's own list; longer ones are taken from the codebook."""

_OVERFLOW_COLUMNS = (
    Column("Continues", 14, ColumnKind.ID),
    Column("Sheet", 14, ColumnKind.CODE),
    Column("Column", 18, ColumnKind.CODE),
    Column("Part", 8, ColumnKind.NUMBER),
    Column("Text", layout.WIDEST),
)


@dataclass(slots=True)
class SheetWriter:
    """Writes tables into one workbook and collects what did not fit."""

    workbook: Any
    styles: Styles
    page: Page
    codebook: Table
    warnings: list[str] = field(default_factory=list)
    _overflow: list[tuple[Value, ...]] = field(default_factory=list)
    _cut: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _unlinked: list[str] = field(default_factory=list)

    def write(self, table: Table) -> Iterator[int]:
        """Write a table on a new sheet; gives the number of rows written so far after each."""
        sheet = self.workbook.create_sheet(table.name)
        widths = layout.column_widths(table)
        self._prepare(sheet, table, widths)
        sheet.append([self._heading(sheet, table, column) for column in table.columns])
        row_writer = _RowWriter(self, sheet, table, widths)
        for number, row in enumerate(table.rows):
            sheet.append(row_writer.cells(number, row))
            yield number + 1
        if not table.rows:
            sheet.append(row_writer.cells(0, (None,) * len(table.columns)))
        if row_writer.links_left < 0:
            self._unlinked.append(table.name)
        self._finish(sheet, table)

    def overflow_table(self) -> Table | None:
        """The continuation of texts that were too long for their cells, if there were any."""
        if not self._overflow:
            return None
        return Table(OVERFLOW, "What was too long for one cell", _OVERFLOW_COLUMNS, tuple(self._overflow))

    def continue_elsewhere(self, home: Link, column: Column, rest: Sequence[str]) -> Link:
        """Put the rest of a text on the overflow sheet; the link leads there."""
        target = Link("", OVERFLOW, len(self._overflow))
        for part, text in enumerate(rest, 2):
            self._overflow.append((home, home.table, column.heading, part, text))
        self.warnings.append(
            f"{home.text}, {column.heading}: the text is longer than a cell of Excel holds (32,767 characters) and "
            f"continues on the sheet {OVERFLOW}."
        )
        return target

    def note_cut(self, table: Table, column: Column, row_label: str) -> None:
        """Remember a cell that the highest possible row does not show whole."""
        self._cut[table.name, column.heading].append(row_label)

    def closing_warnings(self) -> list[str]:
        """Everything that did not fit, as sentences for the analyst."""
        sentences = list(self.warnings)
        for (table, heading), labels in self._cut.items():
            named = ", ".join(labels[:5]) + (f" and {len(labels) - 5:,} more" if len(labels) > 5 else "")
            sentences.append(
                f"{table}, {heading}: the text of {named} is whole in its cell but higher than a row of Excel can "
                "be. Click the cell to read all of it."
            )
        sentences += [
            f"{name}: Excel allows {MOST_LINKS:,} links on a sheet; the rows after that have plain IDs."
            for name in self._unlinked
        ]
        return sentences

    def _prepare(self, sheet: Any, table: Table, widths: Sequence[float]) -> None:
        from openpyxl.utils import get_column_letter

        sheet.freeze_panes = "B2"
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.outlinePr.summaryRight = False
        if table.colour:
            sheet.sheet_properties.tabColor = table.colour.removeprefix("#")
        folded = any(column.folded for column in table.columns)
        sheet.column_dimensions.max_outline = 1 if folded else None
        for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            dimension = sheet.column_dimensions[get_column_letter(place + 1)]
            dimension.width = width
            dimension._style = self.styles.array(value_look(column.kind, _format_of_empty(column)))
            dimension.hidden = column.hidden or column.folded
            dimension.outlineLevel = int(column.folded)
            if not column.folded and place + 1 < len(widths) and table.columns[place + 1].folded:
                dimension.collapsed = True  # the "+" that unfolds stands on this column
        sheet.row_dimensions[1].height = layout.HEADING_HEIGHT
        visible = [
            width for column, width in zip(table.columns, widths, strict=True) if not (column.hidden or column.folded)
        ]
        set_up_page(sheet, self.page, table.title, visible)

    def _heading(self, sheet: Any, table: Table, column: Column) -> Any:
        align = {ColumnKind.NUMBER: "right", ColumnKind.GRADE: "center"}.get(column.kind, "left")
        return self.text_cell(sheet, column.heading, self.styles.array(heading_look(table.colour, align)))

    def text_cell(self, sheet: Any, text: str, style: Any) -> Any:
        """A cell that is text whatever it looks like."""
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(sheet)
        cell._style = style
        cell.value = cell_text(text)
        cell.data_type = "s"
        return cell

    def _finish(self, sheet: Any, table: Table) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.table import Table as ExcelTable

        last = max(1, len(table.rows)) + 1
        excel_table: Any = ExcelTable(
            displayName=legal_name(table.name), ref=f"A1:{get_column_letter(len(table.columns))}{last}"
        )
        excel_table._initialise_columns()
        for excel_column, column in zip(excel_table.tableColumns, table.columns, strict=True):
            excel_column.name = column.heading
        sheet.tables.add(excel_table)  # add_table warns in write-only mode that columns must be named, as they are
        sheet.conditional_formatting.add(*row_lines(f"A2:{get_column_letter(len(table.columns))}{last}"))
        for place, column in enumerate(table.columns, 1):
            if column.choices is not None:
                letter = get_column_letter(place)
                sheet.data_validations.append(_dropdown(self.codebook, column.choices, f"{letter}2:{letter}{last}"))


class _RowWriter:
    """Cells of the rows of one sheet."""

    def __init__(self, writer: SheetWriter, sheet: Any, table: Table, widths: Sequence[float]) -> None:
        from openpyxl.cell import Cell
        from openpyxl.worksheet.hyperlink import Hyperlink

        self._new_cell: Any = Cell
        self._styles: dict[tuple[ColumnKind, str, bool, bool], Any] = {}
        self._new_link: Any = Hyperlink
        self._writer = writer
        self._sheet = sheet
        self._table = table
        self._widths = widths
        self._seen = [place for place, column in enumerate(table.columns) if not (column.hidden or column.folded)]
        self._seen_widths = [widths[place] for place in self._seen]
        self.links_left = MOST_LINKS

    def cells(self, number: int, row: Sequence[Value]) -> list[Any]:
        """One row; sets its height too."""
        self._set_height(number, row)
        return [self._cell(number, row, place) for place in range(len(row))]

    def _set_height(self, number: int, row: Sequence[Value]) -> None:
        texts = [layout.shown(row[place]) for place in self._seen]
        height, cut = layout.row_height(texts, self._seen_widths)
        self._sheet.row_dimensions[number + 2].height = height
        for place in cut:
            self._writer.note_cut(self._table, self._table.columns[self._seen[place]], layout.shown(row[0]))

    def _cell(self, number: int, row: Sequence[Value], place: int) -> Any:
        value, column = row[place], self._table.columns[place]
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return self._text(value, number, row, column)
        if isinstance(value, Link):
            return self._linked(value, number, row, column)
        if isinstance(value, Amount):
            cell = self._styled(column.kind, value.number_format)
            cell.value = value.value
            return cell
        number_format = MOMENT if isinstance(value, datetime) else DAY if isinstance(value, date) else WHOLE
        cell = self._styled(column.kind, number_format)
        cell.value = value
        return cell

    def _styled(self, kind: ColumnKind, number_format: str, *, linked: bool = False, quoted: bool = False) -> Any:
        key = (kind, number_format, linked, quoted)
        if key not in self._styles:
            self._styles[key] = self._writer.styles.array(value_look(*key[:2], linked=linked, quoted=quoted))
        cell = self._new_cell(self._sheet, 1, 1)  # row and column are set when the row is appended
        cell._style = self._styles[key]
        return cell

    def _text(self, text: str, number: int, row: Sequence[Value], column: Column, link: Link | None = None) -> Any:
        first, *rest = pieces(text)
        written = escaped(first)
        if rest:
            home = Link(layout.shown(row[0]), self._table.name, number)
            onward = self._writer.continue_elsewhere(home, column, rest)
            link = link or onward
            written += CONTINUES
        linked = link is not None and self._may_link()
        cell = self._styled(column.kind, AS_TEXT, linked=linked, quoted=needs_quote_prefix(first))
        cell.value = written
        cell.data_type = "s"
        if link is not None and linked:
            cell.hyperlink = self._new_link(ref="", **_target(link))
        return cell

    def _linked(self, link: Link, number: int, row: Sequence[Value], column: Column) -> Any:
        return self._text(link.text, number, row, column, link)

    def _may_link(self) -> bool:
        self.links_left -= 1
        return self.links_left >= 0


def _format_of_empty(column: Column) -> str:
    """What is typed into an empty cell becomes a date or a number only where the column holds such."""
    of_kind = {ColumnKind.NUMBER: WHOLE, ColumnKind.GRADE: WHOLE, ColumnKind.DATE: DAY, ColumnKind.MOMENT: MOMENT}
    return of_kind.get(column.kind, AS_TEXT)


def _target(link: Link) -> dict[str, str]:
    return {"target": link.url} if link.url else {"location": f"'{link.table}'!A{link.row + 2}"}


def _dropdown(codebook: Table, choices: type[Choice], cells: str) -> Any:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    entries = ",".join(entry.label for entry in choices)
    if len(entries) <= _LONGEST_LIST and '"' not in entries and entries.count(",") == len(choices) - 1:
        formula = f'"{entries}"'
    else:
        first, last = entries_at(codebook, choices)
        letter = get_column_letter(ENTRY_COLUMN + 1)
        formula = f"'{codebook.name}'!${letter}${first + 2}:${letter}${last + 2}"
    return DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        sqref=cells,
        showErrorMessage=True,
        errorTitle="Not on the list",
        error="Choose an entry of the list, or leave the cell empty. The sheet Codebook says what each means.",
    )
