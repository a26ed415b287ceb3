"""Other parts that name cells of a refilled table: formulas on other sheets, charts, names, pivot tables, drawings.

Where nothing in a part has to change, not one byte of it does; where something has, only that place does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from annotate.report.template.found_tables import Sheet
from annotate.report.template.moving import anchored
from annotate.report.template.package import Package
from annotate.report.template.references import Area, Move
from annotate.report.template.stated_numbers import whole

_ELEMENT = re.compile(
    rb"(<(?:[\w.-]+:)?(?:f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula)(?:\s[^<>]*)?>)([^<]+)(?=</)"
)
_ATTRIBUTE = re.compile(rb"""(\s(?:location|textlink|fmlaLink|fmlaRange)=)("[^"]*"|'[^']*')""")
_CHART_CACHE = re.compile(
    rb"(<(?:[\w.-]+:)?f(?:\s[^<>]*)?>)([^<]+)(</(?:[\w.-]+:)?f>)"
    rb"\s*(?:<(?:[\w.-]+:)?(?P<cache>numCache|strCache|multiLvlStrCache)>.*?</(?:[\w.-]+:)?(?P=cache)>)?",
    re.DOTALL,
)
_PIVOT_SOURCE = re.compile(rb"<(?:[\w.-]+:)?worksheetSource\s[^<>]*>")
_PIVOT_START = re.compile(rb"(<(?:[\w.-]+:)?pivotCacheDefinition\s)([^<>]*>)")
_TABLE_PLACE = re.compile(rb'(\sref=)"([^"]*)"')


def carry_others(package: Package, workbook: str, sheets: Sequence[Sheet], move: Move, done: Sequence[str]) -> None:
    """Bring all other parts in line; `done` are parts that are already (the sheet, and the table's own)."""
    homes = {sheet.part: sheet.name for sheet in sheets}
    for sheet in sheets:
        homes.update((part, sheet.name) for part in package.related(sheet.part, "table"))
    here = next(sheet.part for sheet in sheets if sheet.name == move.sheet)
    neighbours = package.related(here, "table")
    words = _as_written(move.sheet)
    for name in package.names:
        if name in done or not name.endswith(".xml") or not name.startswith(workbook.rpartition("/")[0]):
            continue
        if name.rpartition("/")[2] in ("sharedStrings.xml", "styles.xml") or "/theme/" in name:
            continue
        if not move.by and "/charts/" not in name:
            continue
        if name not in neighbours and words and not package.mentions(name, words):
            continue
        data = package.read(name)
        changed = _carried(name, data, homes.get(name, ""), move)
        if name in neighbours:
            changed = _TABLE_PLACE.sub(
                lambda one: one[1] + b'"' + move.places(one[2].decode()).encode() + b'"', changed
            )
        if changed != data:
            package.replace(name, changed)
    if move.carries:
        for part in package.related(here, "drawing"):
            _carry_drawing(package, part, move)


def renew_pivots(package: Package, sheet: str, table: str) -> bool:
    """Have pivot tables over a refilled table, named by itself or by its sheet, reckoned anew when the workbook is
    opened; answers whether there are any."""
    any_renewed = False
    for name in package.names:
        if "/pivotCache/" not in name or not name.endswith(".xml") or "Definition" not in name:
            continue
        data = package.read(name)
        source = _PIVOT_SOURCE.search(data)
        if source is None:
            continue
        named = _value(source[0], "name").casefold() == table.casefold()
        if named or _value(source[0], "sheet").casefold() == sheet.casefold():
            package.replace(name, _PIVOT_START.sub(_refreshing, data, count=1))
            any_renewed = True
    return any_renewed


def _as_written(sheet: str) -> list[bytes]:
    """A sheet's name as parts that name cells of it have it, in lower case; empty where it may be written otherwise."""
    if not re.fullmatch(r"[A-Za-z0-9 _.-]+", sheet):
        return []
    name = sheet.encode().lower()
    return [name + end for end in (b"!", b"'", b"&apos;!", b"&#39;!", b'"')]


def _refreshing(start: re.Match[bytes]) -> bytes:
    rest = re.sub(rb"""\s?refreshOnLoad=("[^"]*"|'[^']*')""", b"", start[2])
    return start[1] + b'refreshOnLoad="1" ' + rest.lstrip()


def _carried(name: str, data: bytes, home: str, move: Move) -> bytes:
    if "/charts/" in name or "/chartEx" in name:
        return _CHART_CACHE.sub(lambda one: _charted(one, move), data)
    if "/pivotCache/" in name:
        return _PIVOT_SOURCE.sub(lambda one: _pivoted(one[0], move), data)

    def element(one: re.Match[bytes]) -> bytes:
        old = html.unescape(one[2].decode())
        new = move.formula(old, home)
        return one[0] if new == old else one[1] + escape(new).encode()

    def attribute(one: re.Match[bytes]) -> bytes:
        old = html.unescape(one[2][1:-1].decode())
        new = move.formula(old, home)
        return one[0] if new == old else one[1] + b'"' + escape(new, {'"': "&quot;"}).encode() + b'"'

    return _ATTRIBUTE.sub(attribute, _ELEMENT.sub(element, data))


def _charted(one: re.Match[bytes], move: Move) -> bytes:
    """A range of a chart; what it showed before is left out where it is of the table."""
    old = html.unescape(one[2].decode())
    new = move.formula(old, "", ranges_only=True)
    if new == old and not move.shows(old):
        return one[0]
    return one[1] + escape(new).encode() + one[3]


def _pivoted(source: bytes, move: Move) -> bytes:
    place = _value(source, "ref")
    if _value(source, "sheet").casefold() != move.sheet.casefold() or not place:
        return source
    return source.replace(f'ref="{place}"'.encode(), f'ref="{move.places(place)}"'.encode())


def _value(element: bytes, name: str) -> str:
    found = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""".encode(), element)
    return "" if found is None else html.unescape((found[1] or found[2] or b"").decode())


def _carry_drawing(package: Package, part: str, move: Move) -> None:
    root = package.root(part)
    changed = False
    end = move.table.bottom + move.totals
    for anchor in root:
        area = anchored(anchor)
        if area is None or area.top <= end or move.area(area) == area:
            continue
        by = move.area(Area(area.top, area.left, area.top, area.right)).top - area.top
        for corner in ("from", "to"):
            row = anchor.find(f"{{*}}{corner}/{{*}}row")
            if row is not None:
                row.text = str(whole(row.text) + by)
                changed = True
    if changed:
        package.replace_root(part, root)
