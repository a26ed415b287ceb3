"""Rows of a sheet written straight as XML into the stream of a write-only openpyxl sheet.

Why it exists: openpyxl makes an object of every cell, looks its style up and builds its element, which takes four
times as long as all the rest of an export. It still writes everything around the rows: settings of the page, tables,
dropdowns, notes, charts, the package.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from annotate.report.growing_workbook import file_for
from annotate.report.notes_xml import Notes

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHORT = 60
_REMEMBERED = 50_000
_DAY_ZERO = date(1899, 12, 30).toordinal()
"""Day 0 of Excel's calendar, for days from March 1900."""


class SheetStream:
    """The rows and links of one sheet, which must have its columns and page set up already.

    `notes` may get more until the sheet is closed; who packs the workbook writes them beside it.
    """

    def __init__(self, sheet: Any, notes: Notes) -> None:
        from openpyxl.packaging.relationship import Relationship
        from openpyxl.worksheet._writer import WorksheetWriter

        path = file_for(sheet)
        self._sheet = sheet
        self._notes = notes
        self._file = Path(path).open("wb")  # noqa: SIM115  (closed with the sheet)
        self._relationship: Any = Relationship
        self._links: list[str] = []
        self._texts: dict[tuple[int, str], str] = {}
        make: Any = WorksheetWriter
        self._writer = make(sheet, self._file)
        self._writer.out = path  # what openpyxl packs and removes
        self._writer.write_hyperlinks = self._write_links
        self._close_writer = self._writer.close
        self._writer.close = self._end
        sheet._writer = self._writer
        sheet._rows = self  # openpyxl closes it before it writes what follows the rows
        self._writer.write_top()
        self._open = self._writer.xf.send(True)
        self._element = self._open.element("sheetData")
        self._element.__enter__()
        self._open.flush()

    def row(self, number: int, height: float, cells: list[str]) -> None:
        """Write a row (from 1) with its cells, in the order of their columns; height in points."""
        row = f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'
        self._file.write(row.encode())

    def text(self, place: str, style: int, text: str) -> str:
        """A cell that is text whatever it looks like; `text` is canonical and escaped as `cells.escaped` does it."""
        if len(text) > _SHORT:
            return f'<c r="{place}"{_text(style, text)}'
        known = self._texts.get((style, text))
        if known is None:
            if len(self._texts) > _REMEMBERED:
                self._texts.clear()
            known = self._texts[style, text] = _text(style, text)
        return f'<c r="{place}"{known}'

    def number(self, place: str, style: int, value: float) -> str:
        """A cell that is a number."""
        return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'

    def day(self, place: str, style: int, value: date) -> str:
        """A cell that is a date, or with a datetime a moment; not before March 1900."""
        serial: float = value.toordinal() - _DAY_ZERO
        if isinstance(value, datetime):
            serial += (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
        return f'<c r="{place}" s="{style}"><v>{serial!r}</v></c>'

    def link_within(self, place: str, location: str) -> None:
        """Let a cell lead to another place of the workbook, such as 'To do'!A2."""
        self._links.append(f'<hyperlink ref="{place}" location={quoteattr(location)}/>')

    def link_out(self, place: str, url: str) -> None:
        """Let a cell lead out of the workbook."""
        relation = self._relationship(type="hyperlink", TargetMode="External", Target=url)
        self._writer._rels.append(relation)
        self._links.append(f'<hyperlink ref="{place}" r:id="{relation.Id}"/>')

    def close(self) -> None:
        """End the rows; openpyxl calls this."""
        if self._notes:
            self._sheet.legacy_drawing = self._notes.drawing
            self._writer._rels.append(self._relationship(type="comments", Id="comments", Target=self._notes.path))
        self._element.__exit__(None, None, None)
        self._writer.xf.send(None)

    def _end(self) -> None:
        try:
            self._close_writer()
        finally:
            self._file.close()

    def _write_links(self) -> None:
        if self._links:
            self._writer.xf.send(True).flush()
            self._file.write(f'<hyperlinks xmlns:r="{_RELATIONS}">'.encode())
            for link in self._links:
                self._file.write(link.encode())
            self._file.write(b"</hyperlinks>")
            self._writer.xf.send(None)


def _text(style: int, text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f' s="{style}" t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'
