"""Rows as they stand in the file: our values in the template's looks, and the analyst's own cells.

Texts are written into their cells (inline), so that the workbook's list of texts stays as it is, and are text
whatever they look like: no value of ours is ever a formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from annotate.report import layout
from annotate.report.cells import CONTINUES, escaped, needs_quote_prefix, pieces
from annotate.report.styles import DAY, MOMENT
from annotate.report.tables import FIRST_REAL_DATE, Amount, Column, Link, Value
from annotate.report.template.around import column_looks, column_widths, line_height
from annotate.report.template.found_tables import FoundTable
from annotate.report.template.looks import Looks
from annotate.report.template.old_sheet import Cell, KeptRow, OldSheet
from annotate.report.template.references import Move, letters, translated

_FIRST_DAY_OF_1904 = date(1904, 1, 2)
_EXACT = "#,##0.######"

ContinueElsewhere = Callable[[str, int, Column, Sequence[str]], Link]
"""Keeps the rest of a text that is too long for a cell of the row of that name and number (from 0); gives the link that
leads there."""


class NewRows:
    """Writes the rows of one table; collects the links on its cells."""

    def __init__(
        self,
        found: FoundTable,
        old: OldSheet,
        move: Move,
        looks: Looks,
        *,
        from_1904: bool,
        continue_elsewhere: ContinueElsewhere,
    ) -> None:
        self._found = found
        self._move = move
        self._looks = looks
        self._from_1904 = from_1904
        self._continue = continue_elsewhere
        prefix = old.root.prefix
        self._p = f"{prefix}:" if prefix else ""
        self._place = 0
        self.links: list[tuple[str, Link]] = []
        """Where each stands, in the order of rows."""
        firsts = {cell.column: cell for cell in old.first.cells}
        default = column_looks(old.root, found.area)
        self._looks_of = [
            looks.as_text(firsts[column].look if column in firsts else default[place], quoted=False)
            for place, column in enumerate(range(found.area.left, found.area.right + 1))
        ]
        self._formulas = [
            self._formula_of(place, firsts.get(found.area.left + place)) for place in range(len(found.columns))
        ]
        self._formatted: dict[tuple[int, str], int | None] = {}
        self._marked_as_text: dict[int, int] = {}
        self._by_itself = {place for place in range(len(default)) if found.area.left + place not in firsts}
        """Columns that look as they do without a cell."""
        self._set_up_height(old)

    def row(
        self, place: int, number: int, values: Sequence[Value], own: Mapping[int, Cell], beside: Sequence[Cell]
    ) -> str:
        """Row `number` of the sheet (`place` of the table, from 0) with our values, the analyst's own cells by column,
        and what stands beside."""
        area = self._found.area
        self._place = place
        cells = [self.kept(cell, number) for cell in beside if cell.column < area.left]
        for at, column in enumerate(self._found.columns):
            where = area.left + at
            name = f"{letters(where)}{number}"
            if column.ours is not None:
                cells.append(self._ours(name, at, column.ours, values))
            else:
                cells.append(self._own(name, at, number, own.get(where)))
        cells += [self.kept(cell, number) for cell in beside if cell.column > area.right]
        height = self._height(values)
        return f'<{self._p}row r="{number}"{self._attributes}{height}>{"".join(cells)}</{self._p}row>'

    def kept_row(self, number: int, row: KeptRow) -> str:
        """A row that has nothing of the table's data."""
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in row.attributes.items())
        cells = "".join(self.kept(cell, self._move.row(cell.row, cell.column)) for cell in row.cells)
        return f'<{self._p}row r="{number}"{attributes}>{cells}</{self._p}row>'

    def kept(self, cell: Cell, row: int) -> str:
        """A cell as it was, in the row where it is from now on."""
        attributes, formula, content = dict(cell.attributes), "", cell.content
        if cell.formula or cell.formula_attributes:
            text = self._move.formula(cell.formula or "", self._move.sheet, cell.row)
            in_table = self._found.area.has(cell.row, cell.column)
            more = dict(cell.formula_attributes)
            content = ""  # what it came to before may no longer be so
            attributes.pop("t", None)
            if in_table:
                text = translated(text, row - cell.row)
                more = {"t": "array", "ref": f"{letters(cell.column)}{row}"} if more.get("t") == "array" else {}
            elif "ref" in more:
                more["ref"] = self._move.places(more["ref"])
            formula = self._formula(text, more)
        name = f"{letters(cell.column)}{row}"
        stated = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f'<{self._p}c r="{name}"{stated}>{formula}{content}</{self._p}c>'

    def _formula(self, text: str, attributes: Mapping[str, str]) -> str:
        more = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return f"<{self._p}f{more}>{escape(text)}</{self._p}f>"

    def _formula_of(self, place: int, first: Cell | None) -> tuple[str, bool, bool] | None:
        """What every row of a column reckons, as it reads in the table's first row; whether it is an array; whether it
        reads otherwise in other rows."""
        column = self._found.columns[place]
        if column.ours is not None:
            return None
        formula, is_array = column.formula, column.is_array
        if first is not None and first.formula and (not formula or translated(formula, 1) != formula):
            formula = first.formula  # sure to be as it reads in that row
            is_array = is_array or dict(first.formula_attributes).get("t") == "array"
        formula = self._move.formula(formula, self._move.sheet, self._found.area.top)
        return (formula, is_array, translated(formula, 1) != formula) if formula else None

    def _own(self, name: str, place: int, number: int, cell: Cell | None) -> str:
        """A cell of an own column: what the analyst put into that row, or what the column reckons."""
        formula = self._formulas[place]
        if cell is not None and (formula is None or not cell.formula):
            return self.kept(cell, number)
        look = _look(self._looks_of[place])
        if formula is None:
            return f'<{self._p}c r="{name}"{look}/>' if look and place not in self._by_itself else ""
        text = formula[0]
        if formula[2]:
            text = translated(text, number - self._found.area.top)
        written = self._formula(text, {"t": "array", "ref": name} if formula[1] else {})
        return f'<{self._p}c r="{name}"{look}>{written}</{self._p}c>'

    def _ours(self, name: str, place: int, ours: int, values: Sequence[Value]) -> str:
        value = values[ours]
        look = self._looks_of[place]
        if value is None or value == "":
            return f'<{self._p}c r="{name}"{_look(look)}/>' if look and place not in self._by_itself else ""
        if isinstance(value, Link):
            self.links.append((name, value))
            value = value.text
        number_format = _EXACT
        if isinstance(value, Amount):
            number_format, value = value.number_format, value.value
        if isinstance(value, date):
            return self._date(name, look, value)
        if isinstance(value, int | float):
            if math.isfinite(value):
                if value != int(value):
                    look = self._with_format(look, number_format, self._looks.hides_fractions) or look
                return f'<{self._p}c r="{name}"{_look(look)}><{self._p}v>{value!r}</{self._p}v></{self._p}c>'
            value = str(value)
        first, *rest = pieces(value)
        written = escaped(first)
        if rest:
            onward = self._continue(layout.shown(values[0]), self._place, self._found.table.columns[ours], rest)
            if not isinstance(values[ours], Link):
                self.links.append((name, onward))
            written += CONTINUES
        return self._text(name, look, written, quoted=needs_quote_prefix(first))

    def _text(self, name: str, look: int, written: str, *, quoted: bool) -> str:
        if quoted:
            look = self._quoted(look)
        space = ' xml:space="preserve"' if written != written.strip() or "\n" in written or "  " in written else ""
        text = f"<{self._p}is><{self._p}t{space}>{escape(written)}</{self._p}t></{self._p}is>"
        return f'<{self._p}c r="{name}"{_look(look)} t="inlineStr">{text}</{self._p}c>'

    def _date(self, name: str, look: int, value: date) -> str:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

        with_time = isinstance(value, datetime)
        day = value.date() if isinstance(value, datetime) else value
        dated = self._with_format(look, MOMENT if with_time else DAY, lambda look: not self._looks.is_date(look))
        if dated is None or day < (_FIRST_DAY_OF_1904 if self._from_1904 else FIRST_REAL_DATE):
            return self._text(name, look, str(value), quoted=False)
        if isinstance(value, datetime):
            value = value.replace(tzinfo=None)
        serial: float = to_excel(  # type: ignore[no-untyped-call]
            value, CALENDAR_MAC_1904 if self._from_1904 else CALENDAR_WINDOWS_1900
        )
        shown = int(serial) if serial == int(serial) else serial
        return f'<{self._p}c r="{name}"{_look(dated)}><{self._p}v>{shown!r}</{self._p}v></{self._p}c>'

    def _with_format(self, look: int, code: str, is_needed: Callable[[int], bool]) -> int | None:
        """The look, with another number format where that is needed; None where the workbook has no looks."""
        key = (look, code)
        if key not in self._formatted:
            self._formatted[key] = self._looks.with_format(look, code) if is_needed(look) else look
        return self._formatted[key]

    def _quoted(self, look: int) -> int:
        if look not in self._marked_as_text:
            self._marked_as_text[look] = self._looks.as_text(look, quoted=True)
        return self._marked_as_text[look]

    def _set_up_height(self, old: OldSheet) -> None:
        """Rows are as high as their wrapped texts need; where no column wraps, as high as the template's first one."""
        area = self._found.area
        dropped = {"ht", "customHeight", "hidden", "collapsed"}
        kept = {name: value for name, value in old.first.attributes.items() if name not in dropped}
        self._line = line_height(old.root)
        widths = column_widths(old.root, area)
        self._wrapped: list[tuple[int, float]] = [
            (column.ours, widths[place])
            for place, column in enumerate(self._found.columns)
            if column.ours is not None and widths[place] and self._looks.wraps(self._looks_of[place])
        ]
        if not self._wrapped:
            kept |= {name: value for name, value in old.first.attributes.items() if name in ("ht", "customHeight")}
        self._attributes = "".join(f" {name}={quoteattr(value)}" for name, value in kept.items())

    def _height(self, values: Sequence[Value]) -> str:
        if not self._wrapped:
            return ""
        texts = ((layout.shown(values[ours]), width) for ours, width in self._wrapped if values[ours])
        lines = max((layout.lines_needed(text, width) for text, width in texts), default=1)
        if lines <= 1:
            return ""
        height = min(layout.HIGHEST, lines * self._line)
        return f' ht="{height:.2f}" customHeight="1"'


def _look(look: int) -> str:
    return f' s="{look}"' if look else ""
