"""A refilled sheet put together: the tree around the rows, the rows one by one, and at the end the links on cells.

Why it exists: where a link leads is only known when all tables have their places, and Excel wants links after the
rows; so they are put in last, without going through the rows again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from annotate.report.sheet_writer import MOST_LINKS
from annotate.report.tables import Link
from annotate.report.template.around import RELATIONSHIP_ID, add_links, link_count
from annotate.report.template.package import Package, Readable, rels_of

_CHUNK = 1024**2
_PLACE_OF_ROWS = "provenote-rows"
_START = re.compile(rb"<(?:[\w.-]+:)?sheetData[^<>]*>")
_END = re.compile(rb"</(?:[\w.-]+:)?sheetData>")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"

Starts = Mapping[str, tuple[str, int, str]]
"""Where links to a table lead, by its name: the sheet, the first row of data, the letters of the column."""


def write_sheet(package: Package, part: str, root: Any, rows: Iterable[str]) -> None:
    """Give the package a sheet: the tree around the rows, whose sheetData is empty, and rows as XML."""
    whole = package.temporary()
    head, tail = _around(root)
    whole.write(head)
    for row in rows:
        whole.write(row.encode())
    whole.write(tail)
    package.replace(part, whole)


def finish_sheet(package: Package, part: str, links: Sequence[tuple[str, Link]], starts: Starts) -> bool:
    """Put links on the cells of a sheet that `write_sheet` has written, in their order.

    A link to a table that is not there is left out, and ties of links that are gone are taken from the sheet. Answers
    whether all had room: Excel allows 65,530 a sheet.
    """
    with package.stream(part) as sheet:
        head, tail = _split(sheet)
        root = package.parsed(head[1] + tail[1])
        ties = _Ties(package, part, root)
        room = MOST_LINKS - link_count(root)
        wanted = [one for place, link in links if (one := _attributes(place, link, starts, ties)) is not None]
        add_links(root, wanted[: max(0, room)])
        new_head, new_tail = _around(root)
        whole = package.temporary()
        whole.write(new_head)
        sheet.seek(head[0])
        left = tail[0] - head[0]
        while left > 0:
            chunk = sheet.read(min(_CHUNK, left))
            whole.write(chunk)
            left -= len(chunk)
        whole.write(new_tail)
    package.replace(part, whole)
    ties.save()
    return len(wanted) <= room


def _attributes(place: str, link: Link, starts: Starts, ties: _Ties) -> tuple[str, dict[str, str]] | None:
    if link.url:
        return place, {RELATIONSHIP_ID: ties.to(link.url)}
    if link.table not in starts:
        return None
    sheet, row, column = starts[link.table]
    name = sheet.replace("'", "''")
    return place, {"location": f"'{name}'!{column}{row + link.row}"}


def _around(root: Any) -> tuple[bytes, bytes]:
    from lxml import etree

    root.find("{*}sheetData").text = _PLACE_OF_ROWS
    xml = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    head, _, tail = xml.partition(_PLACE_OF_ROWS.encode())
    return head, tail


def _split(sheet: Readable) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Where the rows begin and what stands before them; where they end and what stands after."""
    head = b""
    while (start := _START.search(head)) is None:
        chunk = sheet.read(_CHUNK)
        assert chunk  # `write_sheet` has put the rows there
        head += chunk
    size = sheet.seek(0, 2)
    position, tail = size, b""
    while (end := _END.search(tail)) is None:
        step = min(_CHUNK, position)
        position -= step
        sheet.seek(position)
        tail = sheet.read(step) + tail
    return (start.end(), head[: start.end()]), (position + end.start(), tail[end.start() :])


class _Ties:
    """The ties of one sheet to addresses outside; those that no link names any more are taken away."""

    def __init__(self, package: Package, part: str, root: Any) -> None:
        self._package = package
        self._part = rels_of(part)
        self._root: Any = package.root(self._part) if package.has(self._part) else None
        self._changed = False
        named = {link.get(RELATIONSHIP_ID) for link in root.iterfind("{*}hyperlinks/{*}hyperlink")}
        if self._root is not None:
            for tie in list(self._root):
                if tie.get("Type") == _HYPERLINK and tie.get("Id") not in named:
                    self._root.remove(tie)
                    self._changed = True
        self._taken = set() if self._root is None else {tie.get("Id") for tie in self._root}
        self._numbers = count(1)
        self._known: dict[str, str] = {}

    def to(self, url: str) -> str:
        """The id of a tie to an address."""
        from lxml import etree

        if url in self._known:
            return self._known[url]
        if self._root is None:
            self._root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
        name = next(name for number in self._numbers if (name := f"rIdP{number}") not in self._taken)
        tie = self._root.makeelement(f"{{{_RELATIONSHIPS}}}Relationship", {"Id": name, "Type": _HYPERLINK})
        tie.set("Target", url)
        tie.set("TargetMode", "External")
        self._root.append(tie)
        self._changed = True
        self._known[url] = name
        self._taken.add(name)
        return name

    def save(self) -> None:
        if self._changed:
            self._package.replace_root(self._part, self._root)
