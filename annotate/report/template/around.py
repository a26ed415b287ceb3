"""What lies around the rows of a sheet: rules, dropdowns, joined cells, links, sparklines, carried along with the rows.

The tree is the sheet's own with an empty sheetData; the order of its elements is that of CT_Worksheet (ECMA-376 part
1, 18.3.1.99).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from annotate.report.template.found_tables import FoundTable
from annotate.report.template.old_sheet import touches
from annotate.report.template.references import Area, Move, area_of, letters, translated
from annotate.report.template.stated_numbers import number, whole

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AFTER_LINKS = frozenset(
    {
        *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties"),
        *("cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture"),
        *("oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent", "drawingHF"),
    }
)
_DEFAULT_WIDTH = 9.14


def carry_around(root: Any, found: FoundTable, move: Move, kept: Mapping[int, int], last_row: int) -> None:
    """Bring the tree in line with the rows to come. `kept` says for old rows of the table that are still there which
    row they are from now on; `last_row` is the last one with a cell."""
    _dimension(root, move, last_row)
    for name in ("mergeCells/mergeCell", "autoFilter", "sortState", "sortState/sortCondition"):
        for element in root.iterfind("/".join(f"{{*}}{step}" for step in name.split("/"))):
            if element.get("ref"):
                element.set("ref", move.places(element.get("ref")))
    for name in ("conditionalFormatting", "dataValidations/dataValidation"):
        for element in root.iterfind("/".join(f"{{*}}{step}" for step in name.split("/"))):
            _ruled(element, element.get("sqref", ""), move)
            element.set("sqref", move.places(element.get("sqref", "")))
    for name in ("ignoredErrors/ignoredError", "protectedRanges/protectedRange"):
        for element in root.iterfind("/".join(f"{{*}}{step}" for step in name.split("/"))):
            element.set("sqref", move.places(element.get("sqref", "")))
    _breaks(root, move)
    _links(root, found, move, kept)
    for extension in root.iterfind("{*}extLst"):
        _extensions(extension, found, move)


def add_links(root: Any, links: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Links on cells: where each stands, and its attributes."""
    namespace = root.tag.partition("}")[0] + "}"
    every = root.find("{*}hyperlinks")
    if every is None:
        every = root.makeelement(f"{namespace}hyperlinks")
        after = (child for child in root if str(child.tag).rpartition("}")[2] in _AFTER_LINKS)
        first = next(after, None)
        root.insert(len(root) if first is None else root.index(first), every)
    for place, attributes in links:
        link = every.makeelement(f"{namespace}hyperlink", {"ref": place})
        for name, value in attributes.items():
            link.set(name, value)
        every.append(link)
    if not len(every):
        root.remove(every)


def link_count(root: Any) -> int:
    """Links that the sheet has."""
    every = root.find("{*}hyperlinks")
    return 0 if every is None else len(every)


def column_widths(root: Any, area: Area) -> list[float]:
    """The widths of the columns of an area in characters; 0 for hidden ones."""
    form = root.find("{*}sheetFormatPr")
    usual = _DEFAULT_WIDTH if form is None else number(form.get("defaultColWidth", str(_DEFAULT_WIDTH)))
    widths = [usual] * (area.right - area.left + 1)
    for column in _columns(root):
        for place in range(max(area.left, whole(column.get("min"))), min(area.right, whole(column.get("max"))) + 1):
            hidden = column.get("hidden") in ("1", "true")
            widths[place - area.left] = 0.0 if hidden else number(column.get("width", str(usual)))
    return widths


def column_looks(root: Any, area: Area) -> list[int]:
    """The looks that columns have where no cell has one."""
    looks = [0] * (area.right - area.left + 1)
    for column in _columns(root):
        for place in range(max(area.left, whole(column.get("min"))), min(area.right, whole(column.get("max"))) + 1):
            looks[place - area.left] = whole(column.get("style", "0"))
    return looks


def line_height(root: Any) -> float:
    """The height of a row of one line, in points."""
    form = root.find("{*}sheetFormatPr")
    return 15.0 if form is None else number(form.get("defaultRowHeight", "15"))


def _columns(root: Any) -> list[Any]:
    return list(root.iterfind("{*}cols/{*}col"))


def _dimension(root: Any, move: Move, last_row: int) -> None:
    dimension = root.find("{*}dimension")
    if dimension is None or not dimension.get("ref"):
        return
    try:
        area = area_of(dimension.get("ref"))
    except ValueError:
        root.remove(dimension)  # it only says what the rows say too
        return
    grown = Area(
        min(area.top, move.table.top), min(area.left, move.table.left), last_row, max(area.right, move.table.right)
    )
    dimension.set("ref", str(grown))


def _ruled(element: Any, places: str, move: Move) -> None:
    row = _first_row(places)
    for formula in element.iter("{*}formula", "{*}formula1", "{*}formula2", "{*}f"):
        if formula.text:
            formula.text = move.formula(formula.text, move.sheet, row)


def _first_row(places: str) -> int:
    try:
        return min(area_of(place).top for place in places.split())
    except ValueError:
        return 0


def _breaks(root: Any, move: Move) -> None:
    if not (move.carries and move.whole_rows):
        return
    for mark in root.iterfind("{*}rowBreaks/{*}brk"):
        row = whole(mark.get("id", "0"))
        mark.set("id", str(move.row(row, move.table.left)))


def _links(root: Any, found: FoundTable, move: Move, kept: Mapping[int, int]) -> None:
    every = root.find("{*}hyperlinks")
    if every is None:
        return
    for link in list(every):
        place = link.get("ref", "")
        if link.get("location"):
            link.set("location", move.formula(link.get("location"), move.sheet))
        if not touches(place, found.area):
            link.set("ref", move.places(place))
            continue
        cell = area_of(place)
        own = cell.left >= found.area.left and found.columns[cell.left - found.area.left].ours is None
        if own and cell.top in kept and cell.top == cell.bottom:
            row = kept[cell.top]
            link.set("ref", str(Area(row, cell.left, row, cell.right)))
        else:
            every.remove(link)
    if not len(every):
        root.remove(every)


def _extensions(extension: Any, found: FoundTable, move: Move) -> None:
    for group in list(extension.iter("{*}sparklines")):
        _sparklines(group, found, move)
    for places in list(extension.iter("{*}sqref")):
        parent = places.getparent()
        if parent is None or parent.tag.endswith("}sparkline") or not places.text:
            continue
        _ruled(parent, places.text, move)
        places.text = move.places(places.text)


def _sparklines(group: Any, found: FoundTable, move: Move) -> None:
    """Those in the table are filled down from the first row, as formulas are; others are carried along."""
    area, patterns = found.area, {}
    for line in list(group):
        formula, place = line.find("{*}f"), line.findtext("{*}sqref") or ""
        if not touches(place, area):
            line.find("{*}sqref").text = move.places(place)
            if formula is not None and formula.text:
                formula.text = move.formula(formula.text, move.sheet, _first_row(place), ranges_only=True)
            continue
        cell = area_of(place)
        if cell.top == area.top:
            patterns[cell.left] = line
        group.remove(line)
    for column, pattern in patterns.items():
        formula = pattern.findtext("{*}f") or ""
        formula = move.formula(formula, move.sheet, area.top)
        for row in range(area.top, move.last + 1):
            line = deepcopy(pattern)
            if line.find("{*}f") is not None:
                line.find("{*}f").text = translated(formula, row - area.top)
            line.find("{*}sqref").text = f"{letters(column)}{row}"
            group.append(line)
    if not len(group):
        group.getparent().getparent().remove(group.getparent())
