"""Print set-up: landscape, as wide as stays readable, headings on every page, marking above and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotate.offsets import previous_grapheme
from annotate.report.cells import cell_text, utf16_units

PAGE_WIDTH = 172.0
"""Characters of the standard font across A4 landscape at 80 %, which is 8 points; measured with LibreOffice."""

_LONGEST = 70
"""UTF-16 units of one part of a header; Excel refuses a file with a whole one of more than 255, codes included."""

_A4 = 9
_SIZE = 10
"""Points before a page is made smaller, as its rows are: 8 at least in print."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on every printed page."""

    title: str
    marking: str
    made: str
    """By whom and when, in a few words."""


def set_up_page(sheet: Any, page: Page, sheet_title: str, widths: Sequence[float]) -> None:
    """Landscape pages with the headings on each; a table too wide to be read on one page goes over several, side by
    side, with its first column repeated."""
    across = pages_across(widths)
    if across > 1:
        sheet.print_title_cols = "A:A"
    sheet.print_title_rows = "1:1"
    fit_to(sheet, across=across, orientation="landscape")
    head_and_foot(sheet, page, sheet_title)


def pages_across(widths: Sequence[float]) -> int:
    """Pages side by side that columns of these widths take, the first one repeated on each; none is cut."""
    pages, used = 1, 0.0
    for width in widths:
        if used + width > PAGE_WIDTH and used > widths[0]:
            pages, used = pages + 1, widths[0]
        used += width
    return pages


def fit_to(sheet: Any, *, across: int, orientation: str) -> None:
    """A4, `across` pages wide and as many long as it takes."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth = across
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for side, inches in (
        ("left", 0.4),
        ("right", 0.4),
        ("top", 0.7),
        ("bottom", 0.65),
        ("header", 0.3),
        ("footer", 0.3),
    ):
        setattr(sheet.page_margins, side, inches)


def head_and_foot(sheet: Any, page: Page, sheet_title: str) -> None:
    """Title, marking and sheet above; maker, marking and page number below."""
    for part, left, right in (
        (sheet.oddHeader, _plain(page.title), _plain(sheet_title)),
        (sheet.oddFooter, _plain(page.made), "Page &P of &N"),
    ):
        part.left.text = left
        part.right.text = right
        part.left.size = part.right.size = _SIZE
        if page.marking:
            part.center.text = _plain(page.marking)
            part.center.font = "Arial,Bold"
            part.center.size = _SIZE


def _plain(text: str) -> str:
    """Text without line ends, short enough, and with no sign that a header takes as a code."""
    line = " ".join(cell_text(text).split())
    if utf16_units(_coded(line)) <= _LONGEST:
        return _coded(line)
    while utf16_units(_coded(line)) >= _LONGEST:
        line = line[: previous_grapheme(line, len(line))]
    return f"{_coded(line)}…"


def _coded(line: str) -> str:
    return line.replace("&", "&&")
