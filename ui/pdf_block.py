"""A paragraph of a PDF before it has a place: its words, how they are set, and what is to be seen on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QTextCharFormat

from annotate.report.cells import utf16_units
from annotate.vocabulary import Kind
from ui.theme import LIGHT

SERIF = ["Georgia", "Noto Serif", "DejaVu Serif", "Times New Roman"]
SANS = ["Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "Arial"]


@dataclass(frozen=True)
class Style:
    """How a block is set; sizes and distances are in points."""

    size: float
    families: Sequence[str] = tuple(SANS)
    bold: bool = False
    italic: bool = False
    colour: str = LIGHT.text
    before: float = 0
    after: float = 0
    leading: float = 2
    """Between lines, beyond the font's own."""
    indent: float = 0
    rule: bool = False
    """A line above it."""
    stays: bool = False
    """Not parted from what follows."""
    whole: bool = False
    """Not parted itself, as long as a page can hold it."""

    def font(self) -> QFont:
        made = QFont(list(self.families))
        made.setPointSizeF(self.size)
        made.setBold(self.bold)
        made.setItalic(self.italic)
        made.setFeature(QFont.Tag("liga"), 0)  # words that are looked for or copied are found letter by letter
        return made


@dataclass
class Block:
    """A paragraph with what is to be seen on it. Places are UTF-16 units of its text, ends exclusive."""

    style: Style
    text: str = ""
    length: int = 0
    formats: list[tuple[int, int, QTextCharFormat]] = field(default_factory=list)
    """Start, length, look."""
    grounds: list[tuple[Kind, int, int]] = field(default_factory=list)
    bands: list[tuple[Kind, int, int, int]] = field(default_factory=list)
    """Kind, lane, start, end."""
    bar: Kind | None = None
    """A bar on its left in the colour of a kind."""
    right_words: str = ""
    """A few words at the right end of its first line."""
    new_page: bool = False
    names: list[tuple[str, int]] = field(default_factory=list)
    """What links lead to, and the place of it."""
    links: list[tuple[str, int, int]] = field(default_factory=list)
    """A name or web address, start, end."""

    def add(self, words: str, look: QTextCharFormat | None = None) -> tuple[int, int]:
        """Append words; returns their start and end."""
        start = self.length
        self.text += words
        self.length += utf16_units(words)
        if look is not None and self.length > start:
            self.formats.append((start, self.length - start, look))
        return start, self.length
