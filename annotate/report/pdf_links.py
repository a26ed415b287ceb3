"""Links and bookmarks added to a finished PDF.

Why it exists: Qt draws pages and offers no way to make words on them lead anywhere. PDF has one: an incremental update
(ISO 32000-1, 7.5.6) appends objects and a second table of them, and nothing that was written before is touched. What is
read of the file is no more than what Qt writes: one table of objects, a flat list of pages, each with a list of
annotations of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


class UnknownLayout(ValueError):
    """The file is not put together in the way that is known here; it is unchanged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something leads: a page from 1, and how far up on it, in points from its lower edge."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle on a page (points from its lower left corner) that leads to a place or to the web."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    to: Place | str
    """A web address is ASCII and printable (tables.web_link)."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: str
    to: Place


def add_links(path: Path, links: Sequence[Link], bookmarks: Sequence[Bookmark]) -> None:
    """Append links and bookmarks to a PDF. Raises UnknownLayout, with the file as it was, and OSError."""
    with path.open("r+b") as file:
        pdf = _Pdf(file)
        catalog, pages = pdf.catalog_and_pages()
        update = _Update(pdf.size)
        by_page: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            by_page[link.page].append(link)
        for number, on_page in by_page.items():
            annotations = [update.add(_annotation(link, pages)) for link in on_page]
            references = " ".join(f"{one} 0 R" for one in annotations)
            update.replace(pages[number - 1].annotations, f"[ {references} ]".encode())
        if bookmarks:
            outlines = _outlines(update, bookmarks, pages)
            update.replace(pdf.root, catalog.rstrip()[:-2] + b"/Outlines %d 0 R\n/PageMode /UseOutlines\n>>" % outlines)
        update.append_to(file, pdf)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    """Of its object."""
    annotations: int
    """Of the object that lists them."""


class _Pdf:
    """A file as Qt writes it: where its objects begin."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        end = file.seek(0, 2)
        file.seek(max(0, end - 1024))
        tail = file.read()
        self.table_at = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*$", tail)[1])
        self.trailer = _found(rb"trailer\s*<<(.*)>>\s*startxref", tail)[1]
        self.size = int(_found(rb"/Size (\d+)", self.trailer)[1])
        self.root = int(_found(rb"/Root (\d+) 0 R", self.trailer)[1])
        self._offsets = self._table(end)

    def object(self, number: int) -> bytes:
        """What stands in an object that is no stream."""
        self._file.seek(self._offsets[number])
        data = self._file.read(512)
        while b"endobj" not in data:
            more = self._file.read(65_536)
            if not more:
                raise UnknownLayout(f"object {number} has no end")
            data += more
        return _found(rb"^%d 0 obj\s*(.*?)\s*endobj" % number, data)[1]

    def catalog_and_pages(self) -> tuple[bytes, list[_Page]]:
        catalog = self.object(self.root)
        if not catalog.endswith(b">>") or b"/Outlines" in catalog:
            raise UnknownLayout("the catalogue is another one")
        tree = self.object(int(_found(rb"/Pages (\d+) 0 R", catalog)[1]))
        kids = re.findall(rb"(\d+) 0 R", _found(rb"/Kids\s*\[(.*?)\]", tree)[1])
        pages = []
        for number in map(int, kids):
            page = self.object(number)
            if b"/Type /Page\n" not in page:
                raise UnknownLayout("the pages are no flat list")
            pages.append(_Page(number, int(_found(rb"/Annots (\d+) 0 R", page)[1])))
        return catalog, pages

    def _table(self, end: int) -> list[int]:
        self._file.seek(self.table_at)
        table = self._file.read(end - self.table_at)
        _found(rb"^xref\s+0 %d\s" % self.size, table)
        rows = re.findall(rb"(\d{10}) \d{5} [nf]", table)
        if len(rows) != self.size:
            raise UnknownLayout("the table of objects has another length")
        return [int(row) for row in rows]


class _Update:
    """Objects to be appended, by number; a number that the file has replaces what it has."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._objects: dict[int, bytes] = {}

    def add(self, content: bytes) -> int:
        self._next += 1
        self._objects[self._next - 1] = content
        return self._next - 1

    def replace(self, number: int, content: bytes) -> None:
        self._objects[number] = content

    def append_to(self, file: BinaryIO, pdf: _Pdf) -> None:
        position = file.seek(0, 2)
        rows: list[bytes] = []
        before = -2
        parts: list[tuple[int, list[bytes]]] = []
        for number in sorted(self._objects):
            data = b"%d 0 obj\n%b\nendobj\n" % (number, self._objects[number])
            file.write(data)
            if number != before + 1:
                rows = []
                parts.append((number, rows))
            rows.append(b"%010d 00000 n \n" % position)
            position += len(data)
            before = number
        table = b"".join(b"%d %d\n%b" % (first, len(rows), b"".join(rows)) for first, rows in parts)
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % self._next, pdf.trailer)
        file.write(b"xref\n%btrailer\n<<%b/Prev %d\n>>\n" % (table, trailer, pdf.table_at))
        file.write(b"startxref\n%d\n%%%%EOF\n" % position)


def _annotation(link: Link, pages: Sequence[_Page]) -> bytes:
    if isinstance(link.to, str):
        address = re.sub(r"([\\()])", r"\\\1", link.to)
        leads = f"/A << /S /URI /URI ({address}) >>"
    else:
        leads = f"/Dest {_destination(link.to, pages)}"
    box = f"{link.left:.2f} {link.bottom:.2f} {link.right:.2f} {link.top:.2f}"
    return f"<< /Type /Annot /Subtype /Link /Rect [{box}] /Border [0 0 0] /F 4 {leads} >>".encode("ascii")


def _destination(place: Place, pages: Sequence[_Page]) -> str:
    return f"[{pages[place.page - 1].number} 0 R /XYZ null {place.top:.2f} null]"


def _outlines(update: _Update, bookmarks: Sequence[Bookmark], pages: Sequence[_Page]) -> int:
    """Adds bookmarks one below the other; returns the number of the object that holds them."""
    top = update.add(b"")
    numbers = [update.add(b"") for _ in bookmarks]
    for place, bookmark in enumerate(bookmarks):
        title = bookmark.title.encode("utf-16-be").hex().upper()
        parts = [f"/Title <FEFF{title}>", f"/Parent {top} 0 R", f"/Dest {_destination(bookmark.to, pages)}"]
        parts += [f"/Prev {numbers[place - 1]} 0 R"] if place else []
        parts += [f"/Next {numbers[place + 1]} 0 R"] if place + 1 < len(numbers) else []
        update.replace(numbers[place], f"<< {' '.join(parts)} >>".encode("ascii"))
    ends = f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R /Count {len(numbers)}"
    update.replace(top, f"<< /Type /Outlines {ends} >>".encode("ascii"))
    return top


def _found(pattern: bytes, data: bytes) -> re.Match[bytes]:
    match = re.search(pattern, data, re.DOTALL)
    if match is None:
        raise UnknownLayout(f"{pattern!r} is not there")
    return match
