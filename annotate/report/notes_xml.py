"""Notes on the cells of one sheet, as the two parts that Excel keeps them in: their words, and the boxes around them.

Why it exists: a project of some size has tens of thousands of reckoned dates, and openpyxl takes longer to draw their
boxes than to write all rows. A box is as high as its words need, so that nothing of them is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar
from xml.sax.saxutils import escape

WIDTH = 240
"""Pixels, as heights are."""
LINE = 17
SIGNS = 34
"""Characters that fit a line."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe'
    '"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:{width}px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


@dataclass(slots=True)
class Notes:
    """The notes of a sheet; `number` sets their parts apart from those of other sheets."""

    mime_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    number: int
    author: str
    _notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, place: str, text: str) -> None:
        """A note on a cell; `text` is canonical and escaped as `cells.escaped` does it."""
        self._notes.append((place, text))

    def __len__(self) -> int:
        return len(self._notes)

    @property
    def path(self) -> str:
        """The part with the words, as openpyxl's manifest takes it."""
        return f"/xl/comments/comment{self.number}.xml"

    @property
    def drawing(self) -> str:
        """The part with the boxes, without a slash before it."""
        return f"xl/drawings/commentsDrawing{self.number}.vml"

    def words_xml(self) -> Iterator[str]:
        yield f'<comments xmlns="{_MAIN}"><authors><author>{escape(self.author)}</author></authors><commentList>'
        for place, text in self._notes:
            space = "" if text == text.strip() else ' xml:space="preserve"'
            yield f'<comment ref="{place}" authorId="0"><text><t{space}>{escape(text)}</t></text></comment>'
        yield "</commentList></comments>"

    def drawing_xml(self) -> Iterator[str]:
        yield _DRAWING
        for number, (place, text) in enumerate(self._notes, 1026):
            match = _PLACE.fullmatch(place)
            assert match is not None
            lines = 1 + sum(1 + len(line) // SIGNS for line in text.split("\n"))
            yield _SHAPE.format(
                number=number,
                width=WIDTH,
                height=lines * LINE,
                row=int(match[2]) - 1,
                column=_column(match[1]),
            )
        yield "</xml>"


def _column(letters: str) -> int:
    """The number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
