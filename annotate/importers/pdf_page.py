"""What pdfium knows of one page: words with their places, pictures, whether its text is shown at all.

Nothing here decides anything about order. pdfium is asked two or three times a word and not for every letter: each
question costs a microsecond, and a report has a million letters.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotate.importers.pdf_layout import SPLIT, Fragment

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_CHARACTERS = 500_000
"""Of one page; the densest newspaper has 60,000."""
_MOST_OBJECTS = 2_000
"""Of a page, looked at for pictures; a map has a hundred thousand lines and no scan has ten."""
_COVERS = 0.5
"""Share of a page that a picture covers which counts as the picture of a page."""
_BROKEN_HYPHEN = 2
"""What pdfium puts for a hyphen at the end of a line, and no line end after it."""
_SPACE = 32
_WHITE = frozenset((9, 10, 11, 12, 13, _SPACE, 0x85))
_LINE_ENDS = frozenset((10, 13))
_ARABIC = range(0x0620, 0x0700)
_JUMP = 0.75
"""Up or down within a word, in em; marks above and below letters stay closer."""
_SIGN_FIRST = re.compile(r"([.،؛,;:!؟?…]+)\s*(?=\S)")
_SLANTED = 10
"""Degrees off the edges of a page, at least; a scan is a few off."""
_SLANTED_LETTERS = 0.2
"""What slanted letters count against others for how a page is read: a watermark may have more than its page."""
_TEXT, _IMAGE, _FORM = 1, 3, 5
_INVISIBLE = 3

_Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words with their places, and what it is."""

    fragments: tuple[Fragment, ...] = ()
    height: float = 0.0
    """Points, of the page as its words run."""
    is_picture: bool = False
    """Most of it is covered by one picture."""
    is_recognised: bool = False
    """Its text is not drawn, or lies below the picture that it was recognised in."""
    is_filled_in: bool = False
    """Fields of a form on it hold words of their own, which are no part of its text."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    row: int
    angle: int
    left: float
    right: float
    baseline: float
    size: float


def read_page(page: PdfPage) -> Page:
    """Read one page; raises ValueError for one with more text than a page can hold."""
    box = page.get_bbox()
    words = list(_words(page, box))
    angles: dict[int, float] = defaultdict(float)
    for word in words:
        angles[word.angle] += len(word.text) * (_SLANTED_LETTERS if _is_slanted(word.angle) else 1)
    upright = max(angles, key=lambda angle: angles[angle], default=0)
    picture, invisible = _look_at_objects(page, box)
    left, bottom, right, top = box
    return Page(
        tuple(_fragments(words, upright)),
        right - left if upright in (90, 270) else top - bottom,
        picture,
        invisible,
        _is_filled_in(page),
    )


def _is_slanted(angle: int) -> bool:
    return _SLANTED <= angle % 90 <= 90 - _SLANTED


def _is_filled_in(page: PdfPage) -> bool:
    import pypdfium2.raw as pdfium

    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_OBJECTS)):
        field = pdfium.FPDFPage_GetAnnot(page.raw, number)
        try:
            # Two bytes are the end of the words alone.
            if (
                pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET
                and pdfium.FPDFAnnot_GetStringValue(field, b"V", None, 0) > 2
            ):
                return True
        finally:
            pdfium.FPDFPage_CloseAnnot(field)
    return False


def _words(page: PdfPage, box: _Box) -> Iterator[_Word]:
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MOST_CHARACTERS:
            raise ValueError(f"a page of it has {count:,} letters")
        for text, row, start, last in _pieces(text_page.raw, count):
            word = _placed(text, row, start, last, box)
            if word is not None:
                yield word
    finally:
        text_page.close()


class _Start:
    """The place of a word's first letter, and the way its line runs from there."""

    def __init__(self, text_page: Any, index: int) -> None:
        import pypdfium2.raw as pdfium

        self.text_page, self.index = text_page, index
        matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = pdfium.FPDFText_GetCharOrigin
        self.is_known = bool(pdfium.FPDFText_GetMatrix(text_page, index, matrix))
        self.size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        self.angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        self.cosine, self.sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        self.baseline = self.height_of(index)

    def height_of(self, index: int) -> float:
        """How far up a letter stands, seen along the line."""
        self._origin(self.text_page, index, self._x, self._y)
        return self._y.value * self.cosine - self._x.value * self.sine

    def is_one_glyph(self, one: int, other: int) -> bool:
        """Whether two letters stand at the same place, drawn as one."""
        self._origin(self.text_page, one, self._x, self._y)
        place = self._x.value, self._y.value
        self._origin(self.text_page, other, self._x, self._y)
        return place == (self._x.value, self._y.value)

    def along(self, x: float, y: float) -> float:
        return x * self.cosine + y * self.sine


def _pieces(text_page: Any, count: int) -> Iterator[tuple[str, int, _Start, int]]:
    """Words with their row, the place of their first letter, and the index of their last."""
    import pypdfium2.raw as pdfium

    row, last, glyph = 0, 0, 0
    letters: list[str] = []
    start: _Start | None = None
    for index in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text_page, index) if index < count else _SPACE
        is_letter = code == _BROKEN_HYPHEN or (code > _SPACE and not 0x7F <= code < 0xA0)
        if not is_letter and code not in _WHITE:
            continue
        # pdfium puts no line end between single letters below each other, the last column of a table for instance.
        jumps = is_letter and start is not None and abs(start.height_of(index) - start.baseline) > _JUMP * start.size
        if start is not None and (jumps or not is_letter):
            yield "".join(letters), row, start, last
            letters, start = [], None
        row += jumps or code in _LINE_ENDS
        if is_letter:
            start = start or _Start(text_page, index)
            character = "-" if code == _BROKEN_HYPHEN else chr(code)
            if _is_joined(code) and letters and start.is_one_glyph(last, index):
                letters.insert(glyph, character)  # the letters of a ligature come out from left to right
            else:
                glyph = len(letters)
                letters.append(character)
            last = index
        if code == _BROKEN_HYPHEN and start is not None:
            yield "".join(letters), row, start, last
            letters, start = [], None
            row += 1


def _is_joined(code: int) -> bool:
    """Whether a letter (no mark set on one) belongs to the Arabic scripts, which draw some letters as one."""
    return _ARABIC.start <= code < _ARABIC.stop and not unicodedata.combining(chr(code))


def _placed(text: str, row: int, start: _Start, last: int, shown: _Box) -> _Word | None:
    """A word with its place; None for what has none, and for what lies beyond the edge that the page was cut to."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    if not start.is_known or not pdfium.FPDFText_GetLooseCharBox(start.text_page, start.index, box):
        return None
    left, bottom, right, top = shown
    if not (left <= (box.left + box.right) / 2 <= right and bottom <= (box.bottom + box.top) / 2 <= top):
        return None
    ends = [start.along(box.left, box.bottom), start.along(box.right, box.top)]
    if last > start.index and pdfium.FPDFText_GetLooseCharBox(start.text_page, last, box):
        ends += [start.along(box.left, box.bottom), start.along(box.right, box.top)]
    if not all(map(math.isfinite, (start.size, start.baseline, *ends))) or start.size <= 0:
        return None
    return _Word(text, row, start.angle, min(ends), max(ends), start.baseline, start.size)


def _fragments(words: list[_Word], upright: int) -> list[Fragment]:
    """Words that follow each other closely in one row, put together."""
    groups: list[list[_Word]] = []
    for word in words:
        if groups and _follows(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_fragment(group, number, upright) for number, group in enumerate(groups)]


def _follows(before: _Word, word: _Word) -> bool:
    em = max(before.size, word.size)
    gap = max(word.left - before.right, before.left - word.right)
    return (
        before.row == word.row
        and before.angle == word.angle
        and gap <= SPLIT * em
        and abs(word.baseline - before.baseline) <= em / 2
    )


def _with_sign_at_end(text: str) -> str:
    """The sign that ends words from right to left stands at their left, and comes out before them."""
    found = _SIGN_FIRST.match(text)
    if found is None or not text[-1].isalnum() or unicodedata.bidirectional(text[found.end()]) not in ("R", "AL"):
        return text
    return text[found.end() :] + found[1]


def _fragment(words: list[_Word], number: int, upright: int) -> Fragment:
    widths: dict[float, float] = defaultdict(float)
    for word in words:
        widths[word.size] += word.right - word.left
    size = max(widths, key=lambda one: widths[one])
    # One letter in another size is an exponent or a mark.
    sizes = [word.size for word in words if len(word.text) > 1] or [size]
    return Fragment(
        _with_sign_at_end(" ".join(word.text for word in words)),
        min(word.left for word in words),
        max(word.right for word in words),
        next(word.baseline for word in words if word.size == size),
        size,
        (min(sizes), max(sizes)),
        words[0].row,
        number,
        words[0].angle == upright,
        _is_slanted(words[0].angle),
    )


def _look_at_objects(page: PdfPage, box: _Box) -> tuple[bool, bool]:
    """Whether a picture covers the page, and whether its text was recognised in that picture."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = box
    area = abs((right - left) * (top - bottom)) or 1.0
    picture = False
    seen = unseen = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for found in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == _TEXT:
            hidden = pdfium.FPDFTextObj_GetTextRenderMode(found) == _INVISIBLE
            unseen, seen = unseen + hidden, seen + (not hidden)
        elif kind == _IMAGE and pdfium.FPDFPageObj_GetBounds(found, *edges):
            west, south, east, north = (edge.value for edge in edges)
            if (east - west) * (north - south) >= _COVERS * area:
                picture, unseen, seen = True, unseen + seen, 0
    return picture, picture and unseen > seen


def _objects(page: PdfPage) -> Iterator[Any]:
    """What is drawn on a page, also as part of a group of it."""
    import pypdfium2.raw as pdfium

    left = _MOST_OBJECTS
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), left)):
        found = pdfium.FPDFPage_GetObject(page.raw, number)
        yield found
        if pdfium.FPDFPageObj_GetType(found) == _FORM:
            within = min(pdfium.FPDFFormObj_CountObjects(found), left)
            left -= within
            for place in range(within):
                yield pdfium.FPDFFormObj_GetObject(found, place)
