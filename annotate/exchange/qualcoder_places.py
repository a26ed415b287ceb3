"""Which words of a text a coding of QualCoder means.

What is coded by hand has the positions of the text field on the screen, which counts UTF-16 units and has one line end
where the text has CR LF; what is coded by searching has those of the stored text, which counts code points
(code_text.py: `selectionStart`; `re.finditer`). One file holds both, and no column says which. Each coding keeps its
words, though, so each is read in the way in which they stand there; what keeps none, as most others of its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from annotate.exchange.coded_passages import squeezed
from annotate.exchange.foreign_offsets import ForeignText
from annotate.offsets import Offsets

SCREEN = "units of the screen"
STORED = "characters of the stored text"


@dataclass(frozen=True, slots=True)
class Coding:
    """A place as the file has it, and the words that it keeps of it."""

    start: int
    end: int
    words: str = ""


class CodedText:
    """One text, and the ways in which places in it are read."""

    def __init__(self, fulltext: str) -> None:
        stored = ForeignText(fulltext)
        self.text = stored.text
        shown_text = fulltext.replace("\r\n", "\n").replace("\r", "\n")
        shown, shown_units, units = ForeignText(shown_text), Offsets(shown_text), Offsets(fulltext)
        self._ways: dict[str, tuple[Callable[[int], int], int]] = {
            SCREEN: (lambda place: shown.place(shown_units.to_code_point(place)), shown_units.length_utf16),
            STORED: (stored.place, len(fulltext)),
            "units of the stored text": (lambda place: stored.place(units.to_code_point(place)), units.length_utf16),
            "characters of the screen": (shown.place, len(shown_text)),
        }
        """How a place becomes a code point of `text`, and how long the text is in that count."""
        self._same = len(fulltext) == len(shown_text) and units.length_utf16 == len(fulltext)
        self.fits: Counter[str] = Counter()
        """How many codings have their words where each way of reading leads."""
        self.taken: Counter[str] = Counter()
        """How many were read in which way, where that makes a difference."""

    def count(self, coding: Coding) -> None:
        """Let a coding speak for the ways under which its words stand at its place."""
        if coding.words.strip() and not self._same:
            wanted = squeezed(coding.words)
            self.fits.update(way for way in self._ways if self._fits(coding, way, wanted))

    def span(self, coding: Coding) -> tuple[int, int] | None:
        """Code points of `text`, to be asked when all codings are counted; None where the place is outside."""
        if self._same:
            return self._span(coding, STORED)
        usual = max(self._ways, key=lambda way: self.fits[way])
        if coding.words.strip():
            wanted = squeezed(coding.words)
            usual = next((way for way in (usual, *self._ways) if self._fits(coding, way, wanted)), usual)
        self.taken[usual] += 1
        return self._span(coding, usual)

    def _fits(self, coding: Coding, way: str, wanted: str) -> bool:
        span = self._span(coding, way)
        return span is not None and squeezed(self.text[slice(*span)]) == wanted

    def _span(self, coding: Coding, way: str) -> tuple[int, int] | None:
        place, length = self._ways[way]
        if not 0 <= coding.start < coding.end <= length:
            return None
        start, end = place(coding.start), place(coding.end)
        return (start, end) if start < end else None
