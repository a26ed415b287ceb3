"""The look of the workbook: quiet and flat, one set of styles shared by all cells.

Why it exists: openpyxl compares style objects for each cell that has one, which doubles the time of an export; here
every look is made once and its number put on the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from annotate.report.tables import ColumnKind

FONT = "Arial"
SIZE = 10
TEXT = "1C2430"
SECONDARY = "667085"
ACCENT = "2457D6"
LINES = "DFE3E8"
HEADING_FILL = "EEF1F5"

DAY = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"
WHOLE = "#,##0"
AS_TEXT = "@"
"""Keeps Excel from reading "007", "1/2" or "=…" as anything but text when a cell is edited."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything in which cells of the workbook differ."""

    number_format: str = AS_TEXT
    bold: bool = False
    linked: bool = False
    quoted: bool = False
    """Marked as text with Excel's own leading apostrophe, which is not shown."""
    wrapped: bool = True
    align: str = "left"
    vertical: str = "top"
    indent: int = 0
    size: int = SIZE
    colour: str = TEXT
    fill: str = ""
    line: str = ""
    """Colour of the line below; "" for none."""
    line_style: Literal["thin", "medium"] = "thin"


def heading_look(ink: str | None, align: str = "left") -> Look:
    """Bold on light grey above a line in the ink of the kind (such as #b35c00)."""
    line = ink.removeprefix("#").upper() if ink else "98A2B3"
    indent = int(align == "right")
    return Look(
        bold=True, align=align, indent=indent, vertical="center", fill=HEADING_FILL, line=line, line_style="medium"
    )


def value_look(kind: ColumnKind, number_format: str = AS_TEXT, *, linked: bool = False, quoted: bool = False) -> Look:
    """The look of a value in a column of this kind; the lines below rows are `row_lines`."""
    numbers = number_format != AS_TEXT and kind is ColumnKind.NUMBER
    bold = kind is ColumnKind.ID
    wrapped = kind in (ColumnKind.PROSE, ColumnKind.CODE, ColumnKind.DATE)
    align = "center" if kind is ColumnKind.GRADE else "right" if numbers else "left"
    return Look(number_format, bold, linked, quoted, wrapped, align, indent=int(numbers))


def row_lines(cells: str) -> tuple[str, Any]:
    """A rule that draws a thin line below every row of a range, also where no cell is: half of them are empty, and
    writing those as well would double the time."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Border, Side
    from openpyxl.styles.differential import DifferentialStyle

    below = DifferentialStyle(border=Border(bottom=Side("thin", color=f"FF{LINES}")))
    return cells, Rule(type="expression", formula=["TRUE"], dxf=below)


class Styles:
    """The looks in use in one openpyxl workbook."""

    def __init__(self, workbook: Any) -> None:
        from openpyxl.styles import Font

        self._sheet: Any = workbook.create_sheet("styles")  # cells must belong to a sheet to be given a style
        self._workbook = workbook
        self._arrays: dict[Look, Any] = {}
        self._numbers: dict[Look, int] = {}
        # Widths of columns are counted in digits of this style's font.
        workbook._named_styles["Normal"].font = Font(name=FONT, size=SIZE)
        workbook.remove(self._sheet)

    def number(self, look: Look) -> int:
        """The number that cells of this look have in the sheets' XML."""
        if look not in self._numbers:
            self._numbers[look] = self._workbook._cell_styles.add(self.array(look))
        return self._numbers[look]

    def array(self, look: Look) -> Any:
        """The compact form of a look; goes on a cell as `cell._style`."""
        if look not in self._arrays:
            self._arrays[look] = self._made(look)
        return self._arrays[look]

    def _made(self, look: Look) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell: Any = WriteOnlyCell(self._sheet)
        colour = ACCENT if look.linked else look.colour
        cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=f"FF{colour}")
        cell.alignment = Alignment(
            horizontal=look.align, vertical=look.vertical, wrap_text=look.wrapped, indent=look.indent
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=f"FF{look.fill}")
        if look.line:
            cell.border = Border(bottom=Side(look.line_style, color=f"FF{look.line}"))
        cell.number_format = look.number_format
        cell.quotePrefix = look.quoted
        return cell._style
