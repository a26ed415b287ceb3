"""What goes with a table that gets more or fewer rows, and what stands in its way.

What stands below the table keeps its distance to it, as when rows are put in by hand: all of it where nothing stands
beside it, else only what lies between the table's first and last column, so that a panel at the side stays where it
is. Where that would tear something apart the rows below stay in place as long as there is room; where there is none,
nothing is written and the sentence says what to move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.errors import ExportFailed
from annotate.report.template.found_tables import FoundTable
from annotate.report.template.old_sheet import OldSheet
from annotate.report.template.package import Package
from annotate.report.template.references import LAST_ROW, Area, Move, area_of
from annotate.report.template.stated_numbers import whole

_SHAPE = re.compile(
    rb"<(?:[\w.-]+):ClientData\s[^>]*ObjectType=[\"'](\w+)[\"'][^>]*>(.*?)</(?:[\w.-]+):ClientData>", re.DOTALL
)
_ANCHOR = re.compile(rb"<[\w.-]+:Anchor>([^<]*)</[\w.-]+:Anchor>")
_NUMBERS_OF_ANCHOR = 8
"""Left column and offset, top row and offset, right column and offset, bottom row and offset."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something other than a cell, with where it stands."""

    name: str
    area: Area
    can_move: bool


def plan_move(package: Package, found: FoundTable, old: OldSheet, rows: int) -> Move:
    """How the sheet changes for `rows` rows of data.

    Raises ExportFailed where they have no room on the sheet.
    """
    whole = found.whole
    last = found.area.top + max(1, rows) - 1
    by = last - found.area.bottom
    if last + found.totals > LAST_ROW:
        raise ExportFailed(
            f"{package.name}: {found.name} would have {rows:,} rows, and the sheet {found.sheet.name} has room for "
            f"{LAST_ROW - found.area.top - found.totals + 1:,}. Export fewer articles."
        )
    things = [thing for thing in _things(package, found, old) if thing.area.bottom > whole.bottom]
    in_columns = [thing for thing in things if _overlaps(thing.area, whole)]
    below = old.below(whole)
    beside = old.beside(found.area) or any(not _overlaps(thing.area, whole) for thing in things)
    occupied = [*below, *(max(thing.area.top, whole.bottom + 1) for thing in in_columns)]
    if not occupied or by == 0:
        return Move(found.sheet.name, found.area, found.totals, last, False, False)
    torn = [thing for thing in in_columns if not thing.can_move or (beside and not _within(thing.area, whole))]
    if not torn:
        if max(occupied) + by > LAST_ROW and by > 0:
            raise _no_room(package, found, rows, "what stands below it", min(occupied))
        return Move(found.sheet.name, found.area, found.totals, last, True, not beside)
    if min(occupied) <= whole.bottom + by:
        raise _no_room(package, found, rows, torn[0].name, torn[0].area.top)
    return Move(found.sheet.name, found.area, found.totals, last, False, False)


def _no_room(package: Package, found: FoundTable, rows: int, name: str, row: int) -> ExportFailed:
    return ExportFailed(
        f"{package.name}: the table {found.name} on the sheet {found.sheet.name} needs {rows:,} rows, and {name} in "
        f"row {row:,} stands in the way. Put that beside or above the table, or on a sheet of its own."
    )


def _things(package: Package, found: FoundTable, old: OldSheet) -> Iterator[_Thing]:
    for merged in old.root.iterfind("{*}mergeCells/{*}mergeCell"):
        area = _area(merged.get("ref", ""))
        if area is not None:
            yield _Thing(f"the joined cell {area}", area, True)
    for part in package.related(found.sheet.part, "table"):
        root = package.root(part)
        area = _area(root.get("ref", ""))
        if part != found.part and area is not None:
            yield _Thing(f"the table {root.get('displayName')}", area, True)
    for part in package.related(found.sheet.part, "pivotTable"):
        location = package.root(part).find("{*}location")
        area = None if location is None else _area(location.get("ref", ""))
        if area is not None:
            yield _Thing("a pivot table", area, False)
    for part in package.related(found.sheet.part, "drawing"):
        for anchor in package.root(part):
            area = anchored(anchor)
            if area is not None and area.top > found.whole.bottom:
                yield _Thing("a picture, chart or text box", area, True)
    for part in package.related(found.sheet.part, "vmlDrawing"):
        with package.stream(part) as stream:
            shapes = stream.read()
        for kind, data in _SHAPE.findall(shapes):
            place = _ANCHOR.search(data)
            if kind == b"Note" or place is None:
                continue
            numbers = [whole(number) for number in place[1].split(b",")]
            if len(numbers) != _NUMBERS_OF_ANCHOR:
                continue
            left, _, top, _, right, _, bottom, _ = numbers
            if top + 1 > found.whole.bottom:
                yield _Thing("a button or other control", Area(top + 1, left + 1, bottom + 1, right + 1), False)


def anchored(anchor: object) -> Area | None:
    """The cells that something drawn on a sheet lies over; None where it is tied to no cell."""
    find = getattr(anchor, "find", None)
    if find is None or not isinstance(getattr(anchor, "tag", None), str):
        return None
    corners = []
    for corner in ("from", "to"):
        element = find(f"{{*}}{corner}")
        if element is None:
            continue
        row, column = element.findtext("{*}row"), element.findtext("{*}col")
        if row is None or column is None:
            return None
        corners.append((whole(row) + 1, whole(column) + 1))
    return Area(*corners[0], *corners[-1]) if corners else None


def _area(place: str) -> Area | None:
    try:
        return area_of(place)
    except ValueError:
        return None


def _overlaps(area: Area, whole: Area) -> bool:
    return area.left <= whole.right and area.right >= whole.left


def _within(area: Area, whole: Area) -> bool:
    return whole.left <= area.left and area.right <= whole.right
