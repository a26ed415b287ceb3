"""A sheet of the template as it was: read row by row, so that last month's 100,000 rows take no memory.

Of the rows that are refilled only what is the analyst's own is kept; all other cells are kept as they are. What
stands around the rows (rules, widths, links, print set-up) stays one tree with an empty sheetData in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotate.report.cells import shown_text
from annotate.report.template.found_tables import FoundTable
from annotate.report.template.package import Package, damaged, unsafe
from annotate.report.template.references import LAST_COLUMN, Area, area_of, column_of, row_of, translated
from annotate.report.template.shared_strings import shared_strings, words_of
from annotate.report.template.stated_numbers import whole

_DECLARATION = re.compile(r'\sxmlns(?::([\w.-]+))?="[^"]*"')
_NUMBER = re.compile(r">\s*([0-9]+)")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is kept: its look, its value as it stands in the file, its formula without what it shares."""

    row: int
    column: int
    attributes: tuple[tuple[str, str], ...]
    """All but its place, names with prefix."""
    formula: str | None
    formula_attributes: tuple[tuple[str, str], ...]
    content: str
    """XML of its value."""

    @property
    def look(self) -> int:
        return whole(dict(self.attributes).get("s", "0"))

    @property
    def shared_text(self) -> int | None:
        """The number of its text in the workbook's list; None where it has none there."""
        number = _NUMBER.search(self.content) if ("t", "s") in self.attributes else None
        return None if number is None else whole(number[1])

    @property
    def is_empty(self) -> bool:
        return self.formula is None and not self.content


@dataclass(slots=True)
class KeptRow:
    """A row with the cells of it that are kept, from left to right."""

    attributes: dict[str, str] = field(default_factory=dict)
    """All but its number, names with prefix."""
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class OldSheet:
    """Everything of the sheet that is needed to write it anew."""

    root: Any
    """The tree around the rows; its sheetData is empty."""
    rows: dict[int, KeptRow] = field(default_factory=dict)
    """Rows outside the table, and of the table's own rows what stands beside it."""
    first: KeptRow = field(default_factory=KeptRow)
    """The table's first row of data, which gives the looks."""
    own: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Cells of the analyst's own columns that hold something, by row and column."""
    typed: dict[int, list[str]] = field(default_factory=dict)
    """What the analyst has typed into those cells, as words, by row."""
    texts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What the columns that rows may be known by hold, by row, in the order they were asked for."""

    replaced: set[int] = field(default_factory=set)
    """Numbers of texts in the workbook's list that cells of our columns had."""

    def below(self, whole: Area) -> list[int]:
        """Rows below the table that hold cells between its first and its last column."""
        return sorted(
            number
            for number, row in self.rows.items()
            if number > whole.bottom and any(whole.left <= cell.column <= whole.right for cell in row.cells)
        )

    def beside(self, area: Area) -> bool:
        """Whether anything stands beside what is below the rows of data."""
        return any(
            number > area.bottom and any(not area.left <= cell.column <= area.right for cell in row.cells)
            for number, row in self.rows.items()
        )


def read_sheet(package: Package, found: FoundTable, known_by: list[int]) -> OldSheet:
    """Read the sheet; `known_by` are the columns (from 1) whose text is wanted of each row of the table.

    Raises ExportFailed where the sheet is damaged or unsafe.
    """
    reading = _Reading(package, found, known_by)
    return reading.sheet()


class _Reading:
    def __init__(self, package: Package, found: FoundTable, known_by: list[int]) -> None:
        self._package = package
        self._found = found
        self._known_by = known_by
        self._own = {found.area.left + place for place, column in enumerate(found.columns) if column.ours is None}
        self._strings: list[str] | None = None
        self._shared: dict[str, Cell] = {}
        self._prefixes: dict[str | None, str] = {}

    def sheet(self) -> OldSheet:
        from lxml import etree

        old = OldSheet(None)
        number = 0
        try:
            for row in self._rows():
                if not self._prefixes:
                    self._prefixes = {uri: prefix or "" for prefix, uri in row.nsmap.items()}
                number = row_of(row.get("r", str(number + 1)))
                self._take(old, number, row)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(self._package.name) from error
        old.root = self._root
        return old

    def _rows(self) -> Iterator[Any]:
        """Every row, which is gone when the next one is asked for."""
        from lxml import etree

        with self._package.stream(self._found.sheet.part) as part:
            parsing = etree.iterparse(
                part,
                events=("end",),
                tag="{*}row",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, row in parsing:
                data = row.getparent()
                if data is None or not data.tag.endswith("}sheetData"):
                    continue  # controls on a sheet have rows of another kind
                if row.getroottree().docinfo.doctype:
                    raise unsafe(self._package.name)
                yield row
                row.clear()
                while row.getprevious() is not None:
                    del data[0]
            self._root = parsing.root
        if self._root.getroottree().docinfo.doctype:
            raise unsafe(self._package.name)
        data = self._root.find("{*}sheetData")
        if data is None:
            raise ValueError("no rows")
        del data[:]

    def _take(self, old: OldSheet, number: int, row: Any) -> None:
        area = self._found.area
        inside = area.top <= number <= area.bottom
        kept = KeptRow()
        own: dict[int, Cell] = {}
        texts: dict[int, str] = {}
        column = 0
        for element in row:
            if not isinstance(element.tag, str) or not element.tag.endswith("}c"):
                continue
            name = element.get("r")
            column = column_of(name.rstrip(_DIGITS)) if name else column + 1
            if column > LAST_COLUMN:
                raise ValueError("more cells than a row has")
            if not inside or not area.left <= column <= area.right:
                kept.cells.append(self._cell(number, column, element))
                continue
            if number == area.top:
                old.first.cells.append(self._cell(number, column, element))
            if column not in self._own:
                self._leave_out(old, number, column, element)
            elif not (cell := self._cell(number, column, element)).is_empty:
                own[column] = cell
                if not cell.formula:
                    old.typed.setdefault(number, []).append(self._text(element))
            if column in self._known_by:
                texts[column] = self._text(element)
        if number == area.top or not inside or kept.cells:
            kept.attributes = self._named(row.attrib, {"r", "spans"})
        if number == area.top:
            old.first.attributes = kept.attributes
        if inside:
            old.texts[number] = tuple(texts.get(one, "") for one in self._known_by)
            if own:
                old.own[number] = own
        if not inside or kept.cells:
            old.rows[number] = kept

    def _leave_out(self, old: OldSheet, number: int, column: int, element: Any) -> None:
        """A cell that is refilled; cells elsewhere may share its formula."""
        if element.get("t") == "s":
            old.replaced.add(whole(element.findtext("{*}v") or "-1"))
        if len(element) and element[0].get("t") == "shared" and number != self._found.area.top:
            self._cell(number, column, element)

    def _cell(self, row: int, column: int, element: Any) -> Cell:
        formula: str | None = None
        formula_attributes: dict[str, str] = {}
        content = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag.endswith("}f"):
                formula, formula_attributes = child.text or "", self._named(child.attrib, set())
            else:
                content.append(self._xml(child))
        if formula_attributes.get("t") == "shared":
            formula = self._unshared(row, column, formula or "", formula_attributes)
            formula_attributes = {}
        attributes = self._named(element.attrib, {"r"})
        return Cell(
            row, column, tuple(attributes.items()), formula, tuple(formula_attributes.items()), "".join(content)
        )

    def _unshared(self, row: int, column: int, formula: str, attributes: dict[str, str]) -> str:
        number = attributes.get("si", "")
        if formula:
            self._shared[number] = Cell(row, column, (), formula, (), "")
            return formula
        first = self._shared.get(number)
        if first is None or first.formula is None:
            return ""
        return translated(first.formula, row - first.row, column - first.column)

    def _named(self, attributes: Any, without: set[str]) -> dict[str, str]:
        named = {}
        for name, value in attributes.items():
            if name in without:
                continue
            uri, _, local = name.rpartition("}")
            prefix = self._prefixes.get(uri[1:], "") if uri else ""
            if uri == "{http://www.w3.org/XML/1998/namespace":
                prefix = "xml"
            if not uri or prefix:
                named[f"{prefix}:{local}" if prefix else local] = value
        return named

    def _xml(self, element: Any) -> str:
        from lxml import etree

        xml = str(etree.tostring(element, encoding="unicode", with_tail=False))
        start, close, rest = xml.partition(">")
        declared = set(self._prefixes.values())
        start = _DECLARATION.sub(lambda one: "" if (one[1] or "") in declared else one[0], start)
        return start + close + rest

    def _text(self, element: Any) -> str:
        kind = element.get("t", "n")
        value = element.find("{*}v")
        if kind == "inlineStr":
            return shown_text(words_of(element.find("{*}is")))
        if value is None or value.text is None:
            return ""
        if kind != "s":
            return shown_text(str(value.text))
        if self._strings is None:
            self._strings = shared_strings(self._package)
        place = whole(value.text)
        return self._strings[place] if 0 <= place < len(self._strings) else ""


def touches(place: str, area: Area) -> bool:
    """Whether a place such as "B2:D9" has a cell of the area."""
    try:
        return area_of(place).touches(area)
    except ValueError:
        return False
