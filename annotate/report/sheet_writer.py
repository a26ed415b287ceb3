"""A table as one sheet of a streamed workbook, or several: cells, links, notes, dropdowns, widths, print set-up.

Write-only mode wants panes, widths and heights before the first row and tables with their column names; validations
and hyperlinks follow the rows. Nothing here decides what a sheet holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from annotate.canonical import canonical
from annotate.report import layout
from annotate.report.cells import CONTINUES, cell_text, escaped, needs_quote_prefix, pieces
from annotate.report.names import LONGEST_SHEET_NAME, legal_name
from annotate.report.notes_xml import Notes
from annotate.report.page import Page, set_up_page
from annotate.report.sheet_xml import SheetStream
from annotate.report.sheets.codebook import ENTRY_COLUMN, entries_at
from annotate.report.signals import signal_rules
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

NOTES_BY = "Provenote"
_SHORT = 60
"""Code points."""

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
    most_rows: int = MOST_ROWS
    warnings: list[str] = field(default_factory=list)
    notes: list[Notes] = field(default_factory=list)
    """Those of each sheet; who packs the workbook writes them."""
    _overflow: list[tuple[Value, ...]] = field(default_factory=list)
    _cut: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _unlinked: list[str] = field(default_factory=list)

    def write(self, table: Table) -> Iterator[int]:
        """Write a table on a new sheet, and on further ones where it has more rows than fit; gives the number of rows
        written so far after each."""
        names = [self.sheet_name(table.name, first) for first in range(0, max(1, len(table.rows)), self.most_rows)]
        for part, name in enumerate(names):
            yield from self._write_part(table, name, part * self.most_rows)
        if len(names) > 1:
            self.warnings.append(
                f"{table.name}: {len(table.rows):,} rows are more than a sheet of Excel holds "
                f"({self.most_rows:,}); they go on on the sheet{'s' if len(names) > 2 else ''} {', '.join(names[1:])}."
            )

    def sheet_name(self, table: str, row: int) -> str:
        """The sheet that a row (from 0) of a table stands on: "Claims (2)" where the first is full."""
        part = row // self.most_rows
        ending = f" ({part + 1})" if part else ""
        return table[: LONGEST_SHEET_NAME - len(ending)] + ending

    def location(self, link: Link) -> str:
        """Where the row that a link leads to begins, for instance 'To do'!A2."""
        return f"'{self.sheet_name(link.table, link.row)}'!A{link.row % self.most_rows + 2}"

    def _write_part(self, table: Table, name: str, first: int) -> Iterator[int]:
        rows = table.rows[first : first + self.most_rows]
        widths = layout.column_widths(replace(table, rows=rows))
        sheet = self.workbook.create_sheet(name)
        self._prepare(sheet, table, widths)
        self.notes.append(Notes(len(self.notes) + 1, NOTES_BY))
        row_writer = _RowWriter(self, SheetStream(sheet, self.notes[-1]), table, widths, first)
        row_writer.headings()
        for number, row in enumerate(rows, first):
            row_writer.row(number, row)
            yield number + 1
        if not rows:
            row_writer.row(0, (None,) * len(table.columns))
        if row_writer.links_left < 0:
            self._unlinked.append(name)
        self._finish(sheet, table, max(1, len(rows)) + 1)

    def overflow_table(self) -> Table | None:
        """The continuation of texts that were too long for their cells, if there were any."""
        if not self._overflow:
            return None
        return Table(OVERFLOW, "What was too long for one cell", _OVERFLOW_COLUMNS, tuple(self._overflow))

    def continue_elsewhere(self, home: Link, column: Column, rest: Sequence[str]) -> None:
        """Put the rest of a text on the overflow sheet, in pieces that rows show whole."""
        parts = (part for piece in rest for part in layout.pieces_of_rows(piece, layout.WIDEST))
        for number, text in enumerate(parts, 2):
            self._overflow.append((home, home.table, column.heading, number, text))
        self.warnings.append(
            f"{home.text}, {column.heading}: the text is longer than a cell of Excel holds (32,767 characters) and "
            f"continues on the sheet {OVERFLOW}."
        )

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

    def text_cell(self, sheet: Any, text: str, style: Any) -> Any:
        """A cell that is text whatever it looks like."""
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(sheet)
        cell._style = style
        cell.value = cell_text(text)
        cell.data_type = "s"
        return cell

    def _finish(self, sheet: Any, table: Table, last: int) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.table import Table as ExcelTable

        name = legal_name(sheet.title)
        excel_table: Any = ExcelTable(displayName=name, ref=f"A1:{get_column_letter(len(table.columns))}{last}")
        excel_table._initialise_columns()
        for excel_column, column in zip(excel_table.tableColumns, table.columns, strict=True):
            excel_column.name = column.heading
        sheet.tables.add(excel_table)  # add_table warns in write-only mode that columns must be named, as they are
        for place, column in enumerate(table.columns, 1):
            letter = get_column_letter(place)
            cells = f"{letter}2:{letter}{last}"
            for rule in signal_rules(column.heading, f"{letter}2"):
                sheet.conditional_formatting.add(cells, rule)
            if column.choices is not None:
                sheet.data_validations.append(_dropdown(self.codebook, column.choices, cells))
        sheet.conditional_formatting.add(*row_lines(f"A2:{get_column_letter(len(table.columns))}{last}"))


class _RowWriter:
    """Rows of one sheet; numbers of rows are those of the table, from 0."""

    def __init__(self, writer: SheetWriter, stream: SheetStream, table: Table, widths: Sequence[float], first: int):
        from openpyxl.utils import get_column_letter

        self._writer = writer
        self._stream = stream
        self._notes = writer.notes[-1]
        self._table = table
        self._first = first
        self._letters = [get_column_letter(place + 1) for place in range(len(table.columns))]
        self._styles: dict[tuple[int, str, bool, bool], int] = {}
        self._seen = [place for place, column in enumerate(table.columns) if not (column.hidden or column.folded)]
        self._widths = widths
        self._seen_widths = [widths[place] for place in self._seen]
        self._continued: set[int] = set()
        """Places of the cells of this row that continue elsewhere."""
        self.links_left = MOST_LINKS

    def headings(self) -> None:
        """The first row of the sheet."""
        cells = []
        for letter, column in zip(self._letters, self._table.columns, strict=True):
            align = {ColumnKind.NUMBER: "right", ColumnKind.GRADE: "center"}.get(column.kind, "left")
            style = self._writer.styles.number(heading_look(self._table.colour, align))
            cells.append(self._stream.text(f"{letter}1", style, cell_text(column.heading)))
        self._stream.row(1, layout.HEADING_HEIGHT, cells)

    def row(self, number: int, row: Sequence[Value]) -> None:
        """One row, as high as its words need."""
        texts = [_wrapping(row[place]) for place in self._seen]
        height, cut = layout.row_height(texts, self._seen_widths)
        self._continued.clear()
        sheet_row = number - self._first + 2
        cells = [
            self._cell(f"{self._letters[place]}{sheet_row}", number, row, place)
            for place, value in enumerate(row)
            if value is not None and value != ""
        ]
        self._stream.row(sheet_row, height, cells)
        for place in cut:
            if self._seen[place] not in self._continued:
                self._writer.note_cut(self._table, self._table.columns[self._seen[place]], layout.shown(row[0]))

    def _cell(self, at: str, number: int, row: Sequence[Value], place: int) -> str:
        value = row[place]
        if self._table.notes and (note := self._table.notes.get((number, self._table.columns[place].heading))):
            self._notes.add(at, cell_text(note))
        if isinstance(value, str):
            return self._text(at, value, number, row, place)
        if isinstance(value, Link):
            if isinstance(value.text, str):
                return self._text(at, value.text, number, row, place, value)
            linked = self._may_link()
            if linked:
                self._lead(at, value)
            return self._stream.number(at, self._style(place, WHOLE, linked=linked), value.text)
        if isinstance(value, Amount):
            return self._stream.number(at, self._style(place, value.number_format), value.value)
        if isinstance(value, datetime):
            return self._stream.day(at, self._style(place, MOMENT), value)
        if isinstance(value, date):
            return self._stream.day(at, self._style(place, DAY), value)
        assert value is not None
        return self._stream.number(at, self._style(place, WHOLE), value)

    def _style(self, place: int, number_format: str, *, linked: bool = False, quoted: bool = False) -> int:
        key = (place, number_format, linked, quoted)
        if key not in self._styles:
            look = value_look(self._table.columns[place].kind, number_format, linked=linked, quoted=quoted)
            self._styles[key] = self._writer.styles.number(look)
        return self._styles[key]

    def _text(self, at: str, text: str, number: int, row: Sequence[Value], place: int, link: Link | None = None) -> str:
        rest: list[str] = []
        if len(text) <= _SHORT:
            written, quoted = _as_written(text)
        else:
            first, *rest = pieces(text)
            written, quoted = escaped(first), needs_quote_prefix(first)
        column = self._table.columns[place]
        if rest:
            home = Link(layout.shown(row[0]), self._table.name, number)
            self._writer.continue_elsewhere(home, column, rest)
            self._continued.add(place)
            written += CONTINUES
        # LibreOffice shows the first line of a link alone, and a click on a long text in Excel is meant to read it.
        wraps = link is not None and not link.url and not layout.fits_a_line(text, self._widths[place])
        linked = link is not None and not wraps and self._may_link()
        if link is not None and linked:
            self._lead(at, link)
        return self._stream.text(at, self._style(place, AS_TEXT, linked=linked, quoted=quoted), written)

    def _lead(self, at: str, link: Link) -> None:
        if link.url:
            self._stream.link_out(at, link.url)
        else:
            self._stream.link_within(at, self._writer.location(link))

    def _may_link(self) -> bool:
        self.links_left -= 1
        return self.links_left >= 0


@lru_cache(maxsize=20_000)
def _as_written(text: str) -> tuple[str, bool]:
    """Short text as it is written, and whether Excel would make something else of it; most of it comes many times."""
    return cell_text(text), needs_quote_prefix(canonical(text).text)


def _wrapping(value: Value) -> str:
    """The text of a value that may take several lines; numbers and dates take one."""
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Link) and isinstance(value.text, str) else ""


def _format_of_empty(column: Column) -> str:
    """What is typed into an empty cell becomes a date or a number only where the column holds such."""
    of_kind = {ColumnKind.NUMBER: WHOLE, ColumnKind.GRADE: WHOLE, ColumnKind.DATE: DAY, ColumnKind.MOMENT: MOMENT}
    return of_kind.get(column.kind, AS_TEXT)


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
