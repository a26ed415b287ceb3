"""What Excel would call damaged in one sheet of a workbook: see lint.py. The sheet is read as a stream."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from annotate.report.cells import LONGEST, shown_text, utf16_units

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_LINKS = 65_530
MOST_VALIDATIONS = 65_534
HIGHEST_ROW = 409.5
WIDEST_COLUMN = 255
LONGEST_URL = 2_079
LONGEST_LIST = 255
LONGEST_HEADER = 255
FIRST_AGREED_DAY = 61
"""1 March 1900: spreadsheets disagree on the days before it."""

_TOLD = 20
"""Sentences of one kind about one sheet; the others are counted."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ORDER = (  # noqa: SIM905  (forty strings are harder to read)
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
).split()
"""Parts of a sheet in the only order that Excel takes (ECMA-376 part 1, 18.3.1.99)."""


class Relation(Protocol):
    """What a part leads to."""

    @property
    def type(self) -> str: ...

    @property
    def target(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet may refer to in the rest of its workbook."""

    sheets: frozenset[str]
    date_styles: frozenset[int]
    styles: int
    rules: int
    strings: Sequence[str]
    formulas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of cells, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def columns(self) -> int:
        return self.right - self.left + 1

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    def first_row(self) -> list[str]:
        """The places of the cells of its first row."""
        return [f"{_letters(column)}{self.top}" for column in range(self.left, self.right + 1)]


@dataclass(slots=True)
class Found:
    """What was found in a sheet."""

    problems: list[str] = field(default_factory=list)
    text_at: dict[str, str] = field(default_factory=dict)
    """Text of the cells of the rows that hold headings, as it is shown."""
    merged: list[Span] = field(default_factory=list)
    has_legacy_drawing: bool = False


def check_sheet(
    name: str, file: IO[bytes], known: Known, relations: Mapping[str, Relation], heading_rows: Collection[int]
) -> Found:
    """Read a sheet's XML from beginning to end; rows (from 1) that hold headings of tables are kept."""
    return _Sheet(name, known, relations, heading_rows).read(file)


def span_of(reference: str) -> Span:
    """The range that a reference such as A1:C7 names; raises ValueError for anything else."""
    ends = [_CELL.fullmatch(end) for end in reference.split(":")]
    if not 1 <= len(ends) <= 2 or None in ends:
        raise ValueError(f"{reference} is no range of cells")
    places = [(_number(end[1]), int(end[2])) for end in ends if end]
    return Span(places[0][0], places[0][1], places[-1][0], places[-1][1])


def overlap(spans: Sequence[Span]) -> bool:
    """Whether any two of the ranges share a cell."""
    return any(
        one.left <= other.right and other.left <= one.right and one.top <= other.bottom and other.top <= one.bottom
        for place, one in enumerate(spans)
        for other in spans[:place]
    )


class _Sheet:
    def __init__(
        self, name: str, known: Known, relations: Mapping[str, Relation], heading_rows: Collection[int]
    ) -> None:
        self._heading_rows = heading_rows
        self._name = name
        self._known = known
        self._relations = relations
        self._found = Found()
        self._told: Counter[str] = Counter()
        self._last_row = 0
        self._links: Counter[str] = Counter()
        self._validations = 0
        self._checks: dict[str, Callable[[Any], None]] = {
            "row": self._row,
            "col": self._column,
            "mergeCell": lambda one: self._found.merged.append(span_of(one.get("ref", ""))),
            "hyperlink": self._link,
            "dataValidation": self._validation,
            "cfRule": self._rule,
            "headerFooter": self._header,
            "drawing": self._related,
            "legacyDrawing": self._related,
            "tablePart": self._related,
        }

    def read(self, file: IO[bytes]) -> Found:
        from lxml import etree

        order: list[int] = []
        depth = 0
        options: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        for event, element in etree.iterparse(file, events=("start", "end"), **options):
            tag = str(element.tag).removeprefix(_MAIN)
            if event == "start":
                depth += 1
                if depth == 2 and tag in _ORDER:
                    order.append(_ORDER.index(tag))
                continue
            depth -= 1
            if tag in self._checks:
                self._checks[tag](element)
            if tag == "row":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        if order != sorted(order):
            self._tell("order", "the parts of the sheet are not in the order that Excel takes")
        self._close()
        return self._found

    def _close(self) -> None:
        links = sum(self._links.values())
        if links > MOST_LINKS:
            self._tell("links", f"there are {links:,} links; Excel takes {MOST_LINKS:,}")
        for place, times in self._links.items():
            if times > 1:
                self._tell("two links", f"{place} has two links")
        if self._validations > MOST_VALIDATIONS:
            self._tell("dropdowns", f"there are {self._validations:,} dropdowns; Excel takes {MOST_VALIDATIONS:,}")
        for kind, times in self._told.items():
            if times > _TOLD:
                self._found.problems.append(f"{self._name}: {times - _TOLD:,} more of this kind ({kind}).")

    def _tell(self, kind: str, words: str) -> None:
        self._told[kind] += 1
        if self._told[kind] <= _TOLD:
            self._found.problems.append(f"{self._name}: {words}.")

    def _row(self, row: Any) -> None:
        number = int(row.get("r", self._last_row + 1))
        if not self._last_row < number <= MOST_ROWS:
            self._tell("rows", f"row {number:,} is out of order or past {MOST_ROWS:,}")
        self._last_row = number
        if float(row.get("ht", 0)) > HIGHEST_ROW:
            self._tell("heights", f"row {number:,} is higher than {HIGHEST_ROW} points")
        last = 0
        for cell in row.iterchildren(f"{_MAIN}c"):
            match = _CELL.fullmatch(cell.get("r", ""))
            column = _number(match[1]) if match and int(match[2]) == number else 0
            if not last < column <= MOST_COLUMNS:
                self._tell("cells", f"the cell {cell.get('r')} of row {number:,} is out of order or out of the sheet")
            last = column
            self._cell(cell)

    def _cell(self, cell: Any) -> None:
        place, kind = cell.get("r", ""), cell.get("t", "n")
        style = int(cell.get("s", 0))
        if style >= self._known.styles:
            self._tell("styles", f"{place} has a style that there is not")
        formula = cell.find(f"{_MAIN}f")
        if formula is not None and (formula.text or "") not in self._known.formulas:
            self._tell("formulas", f"{place} has the formula {(formula.text or '')[:60]}, which is none of ours")
        if kind == "e":
            self._tell("errors", f"{place} is an error")
        value = cell.findtext(f"{_MAIN}v") or ""
        if kind in ("s", "inlineStr", "str"):
            self._text(place, self._text_of(cell, kind, value))
        elif kind == "n" and value and style in self._known.date_styles and float(value) < FIRST_AGREED_DAY:
            self._tell("dates", f"{place} is a date before March 1900")

    def _text_of(self, cell: Any, kind: str, value: str) -> str:
        if kind == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
        if kind == "s":
            if not value.isdigit() or int(value) >= len(self._known.strings):
                self._tell("strings", f"{cell.get('r')} has a text that there is not")
                return ""
            return self._known.strings[int(value)]
        return value

    def _text(self, place: str, written: str) -> None:
        length = utf16_units(written)
        if length > LONGEST:
            self._tell("lengths", f"{place} has {length:,} characters; a cell of Excel holds {LONGEST:,}")
        shown = shown_text(written)
        if _CONTROL.search(shown):
            self._tell("control characters", f"{place} holds a control character")
        if self._last_row in self._heading_rows:
            self._found.text_at[place] = shown

    def _column(self, column: Any) -> None:
        first, last = int(column.get("min", 1)), int(column.get("max", 1))
        if not 1 <= first <= last <= MOST_COLUMNS:
            self._tell("columns", f"columns {first} to {last} are not in the sheet")
        if float(column.get("width", 0)) > WIDEST_COLUMN:
            self._tell("widths", f"column {first} is wider than {WIDEST_COLUMN} characters")

    def _link(self, link: Any) -> None:
        place = link.get("ref", "")
        self._links[place] += 1
        self._inside(place)
        relation_id = link.get(_RELATION_ID)
        if relation_id is not None:
            relation = self._relations.get(relation_id)
            if relation is None:
                self._tell("links", f"the link of {place} leads nowhere")
            elif utf16_units(relation.target) > LONGEST_URL:
                self._tell("links", f"the link of {place} is longer than {LONGEST_URL:,} characters")
        location = link.get("location")
        if location and "!" in location:
            sheet, _, cells = location.rpartition("!")
            sheet = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
            if sheet not in self._known.sheets:
                self._tell("links", f"the link of {place} leads to the sheet {sheet}, which is not there")
            self._inside(cells)
        elif relation_id is None and not location:
            self._tell("links", f"the link of {place} leads nowhere")

    def _inside(self, cells: str) -> None:
        try:
            span = span_of(cells)
        except ValueError:
            self._tell("ranges", f"“{cells}” is no range of cells")
            return
        if not (1 <= span.left <= span.right <= MOST_COLUMNS and 1 <= span.top <= span.bottom <= MOST_ROWS):
            self._tell("ranges", f"{cells} is not in the sheet")

    def _validation(self, rule: Any) -> None:
        self._validations += 1
        for cells in rule.get("sqref", "").split():
            self._inside(cells)
        for tag in ("formula1", "formula2"):
            formula = (rule.findtext(f"{_MAIN}{tag}") or "").removeprefix('"').removesuffix('"')
            if utf16_units(formula) > LONGEST_LIST:
                self._tell("dropdowns", f"the list for {rule.get('sqref')} is longer than {LONGEST_LIST} characters")
        for name, most in (("errorTitle", 32), ("error", 255), ("promptTitle", 32), ("prompt", 255)):
            if utf16_units(rule.get(name, "")) > most:
                self._tell("dropdowns", f"the {name} for {rule.get('sqref')} is longer than {most} characters")

    def _rule(self, rule: Any) -> None:
        number = rule.get("dxfId")
        if number is not None and int(number) >= self._known.rules:
            self._tell("formats", "a conditional format has a look that there is not")

    def _header(self, header: Any) -> None:
        for part in header:
            if utf16_units(part.text or "") > LONGEST_HEADER:
                self._tell("headers", f"what is printed on every page is longer than {LONGEST_HEADER} characters")

    def _related(self, part: Any) -> None:
        tag = str(part.tag).removeprefix(_MAIN)
        wanted = {"drawing": "drawing", "legacyDrawing": "vmlDrawing", "tablePart": "table"}[tag]
        relation = self._relations.get(part.get(_RELATION_ID, ""))
        if relation is None or relation.type != wanted:
            self._tell("relations", f"a {wanted} leads nowhere")
        if tag == "legacyDrawing":
            self._found.has_legacy_drawing = True


def _number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
