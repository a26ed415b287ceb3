"""Lines put together to paragraphs, and words that were broken at the end of a line put together again.

A paragraph ends where the white below a line is larger than elsewhere, the type changes, a first line is indented, a
point of a list begins, or a line ends although the next word had room on it. Everything else is one paragraph, also
over columns and pages, as long as the sentence goes on.

Hyphens. A soft hyphen at the end of a line goes, where pdfium still tells it from a typed one. Any other goes only
where it was surely put there to break the word: both sides are lower case (the first letter aside), the word has no
other hyphen, and the document either has the whole word elsewhere, or is hyphenated throughout and shows nothing that
speaks for a compound. In all other cases it stays, and the word goes on after it without a space: 2018-23, COVID-19,
Abu-Bakr, well-known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotate.importers.assembly import CELL_GAP
from annotate.importers.pdf_layout import Column, Line, is_right_to_left

_SAME_SIZE = 0.12
"""Types whose sizes differ by less than this share are one."""
_WIDER = 1.25
"""White above a line, over the usual distance of lines, that begins a paragraph."""
_WIDER_AFTER_SENTENCE = 1.12
_USUAL_LEADING = 1.2
_TIGHTEST = 0.9
"""Distance of two lines, in em: closer ones would touch each other."""
_INDENTED = 0.8
"""In em."""
_BETWEEN_POINTS = 2.2
"""From point to point of one list, in em, at most."""
_SHORT = 0.5
"""Of how far the lines of a column reach: two shorter ones that end at different places are no prose."""
_RAGGED = 1.5
"""In em."""
_SENTENCE_WORDS = 6
"""Of a line beside a table that is none of its entries."""
_NEAR = 3
"""Lines before and after that tell how far lines reach here; beside a picture they are shorter than elsewhere."""
_SENTENCE_ENDS = ".!?…:;。！？؟۔।"
_CLOSING = "\"'”’»)]›"
_BULLET = re.compile(r"[•▪◦‣●○■□➢➤✓\uf0b7\uf0a7][ \t]")
_POINT = re.compile(r"(?:[-–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.)[ \t]")
"""Also how a line in the middle of a sentence may begin, so it counts only after the end of one."""
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_HYPHENS = "-\N{HYPHEN}"
_DASHES = f"{_HYPHENS}\N{NON-BREAKING HYPHEN}\N{EN DASH}"
_BROKEN = re.compile(r"(?:^|[^\w\-‐‑])([^\W\d_]{2,})[-‐]$")
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_GOES_ON = re.compile(r"[^\W\d_]{2,}")
_HYPHENATED_LINES = 0.03
"""Share of lines that end in a hyphen before lower case, from which a document is hyphenated throughout."""
_FEWEST_BROKEN = 3
_SUSPENDED = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of"}
"""Words after a hyphen that stands for something left out: pre- and post-war."""
_BEGIN_COMPOUNDS = re.compile(
    r"abu|all|anti|back|counter|cross|far|fast|first|five|four|full|half|hard|high|home|ill|large|left"
    r"|life|long|low|mass|mid|near|neo|new|nine|non|north|old|one|open|part|post|quasi|right|second|self"
    r"|semi|seven|short|single|six|small|so|south|state|ten|third|three|time|top|two|ultra|vice|water|well"
    r"|west|east|white|wide|world"
)
_END_COMPOUNDS = re.compile(
    r"aged|backed|based|born|bound|called|class|controlled|driven|eyed|free|held|hour|kilometre|kilometer"
    r"|led|level|like|linked|long|made|metre|meter|mile|minded|minute|month|old|owned|page|party|per|point"
    r"|range|related|rich|run|scale|sided|sized|speaking|sponsored|strong|style|term|time|up|war|week|wide"
    r"|year|years"
)
"""Common in compounds of English, and seldom the beginning or end of a word that was broken (al-most, re-mind are)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of a paragraph, and where in them pages begin."""

    text: str
    size: float
    """Of its type, in points."""
    pages: tuple[tuple[int, int], ...]
    """Number of a page, from 0, and the code point of the paragraph that it begins at."""


def paragraphs_of(pages: Sequence[Sequence[Column]]) -> list[Paragraph]:
    """Paragraphs of pages, each given as its columns in reading order."""
    spelling = _spelling(pages)
    paragraphs: list[_Growing] = []
    before: Line | None = None
    for number, columns in enumerate(pages):
        first_of_page = True
        for column in columns:
            leading, right_to_left = _leading(column), is_right_to_left(column)
            for place, line in enumerate(column):
                if before is None:
                    gap = _APART
                elif place:
                    gap = _gap(column, place, leading, right_to_left)
                else:
                    gap = _TOGETHER if _goes_on(before, line) else _APART
                if gap == _APART:
                    paragraphs.append(_Growing(line.size))
                paragraphs[-1].add(gap, line.text, spelling, number if first_of_page else None)
                first_of_page = False
                before = line
    return [Paragraph("".join(one.pieces), one.size, tuple(one.pages)) for one in paragraphs]


_APART, _BELOW, _TOGETHER = "\n\n", "\n", " "


class _Growing:
    """A paragraph that lines are added to; kept in pieces, so that a long one costs no more a line."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.pieces: list[str] = []
        self.pages: list[tuple[int, int]] = []
        self._length = 0

    def add(self, gap: str, line: str, spelling: _Spelling, begins_page: int | None) -> None:
        if self.pieces:
            if gap == _TOGETHER:
                last, gap = _mended(self.pieces[-1], line, spelling)
                self._length += len(last) - len(self.pieces[-1])
                self.pieces[-1] = last
            self.pieces.append(gap)
            self._length += len(gap)
        if begins_page is not None:
            self.pages.append((begins_page, self._length))
        self.pieces.append(line)
        self._length += len(line)


def _leading(column: Column) -> float:
    """The usual distance of two lines, in em."""
    widths: dict[float, float] = {}
    for line in column:
        widths[line.size] = widths.get(line.size, 0.0) + line.width
    body = max(widths, key=lambda size: widths[size])
    distances = sorted(
        (above.baseline - below.baseline) / above.size
        for above, below in pairwise(column)
        if _same_size(above, below) and above.baseline > below.baseline and abs(above.size - body) <= _SAME_SIZE * body
    )
    # Where most paragraphs are one line, most distances are those of paragraphs; what is closer may be an exponent.
    return next((one for one in distances[len(distances) // 10 :] if one >= _TIGHTEST), _USUAL_LEADING)


def _gap(column: Column, place: int, leading: float, right_to_left: bool) -> str:
    """What stands between a line of a column and the one above it."""
    above, line = column[place - 1], column[place]
    ends = _ends_sentence(above.text)
    distance = (above.baseline - line.baseline) / max(above.size, line.size)
    if not _same_size(above, line) or distance <= 0:
        return _APART
    if _BULLET.match(above.text) and _BULLET.match(line.text) and distance <= _BETWEEN_POINTS:
        return _BELOW
    if distance > leading * (_WIDER_AFTER_SENTENCE if ends else _WIDER):
        return _APART
    if _BULLET.match(line.text) or (_POINT.match(line.text) and (ends or above.text.endswith((",", "and", "or")))):
        return _BELOW
    if CELL_GAP in above.text or CELL_GAP in line.text:
        return _APART if _is_prose_beside_table(above, line) else _BELOW
    if not (
        _has_no_spaces(line.text[0])
        or " " in above.text
        or " " in line.text
        or above.text[-1] in f"{_DASHES}{_SOFT_HYPHEN}"
    ):
        return _BELOW  # a list of single words, addresses or numbers
    if ends and _is_first_line(column, place, right_to_left):
        return _APART
    if above.text[-1] in f"{_HYPHENS}{_SOFT_HYPHEN}":
        return _TOGETHER
    if not ends and _is_ragged(column, above, line):
        return _BELOW
    if _had_room(column, place, right_to_left):
        return _APART if ends else _BELOW
    return _TOGETHER


def _is_prose_beside_table(above: Line, line: Line) -> bool:
    """Whether one of two lines is a row and the other a sentence, or the end or beginning of one."""
    if (CELL_GAP in above.text) == (CELL_GAP in line.text):
        return False
    prose = line.text if CELL_GAP in above.text else above.text
    return len(prose.split()) >= _SENTENCE_WORDS


def _is_first_line(column: Column, place: int, right_to_left: bool) -> bool:
    """Whether a line is indented and the next one not, or the other way round in a list of hanging entries."""

    def inset(line: Line) -> float:
        return -line.right if right_to_left else line.left

    above, line = column[place - 1], column[place]
    far = _INDENTED * line.size
    if inset(line) - inset(above) > far:
        return place + 1 == len(column) or inset(line) - inset(column[place + 1]) > far / 2
    if inset(above) - inset(line) > far and place > 1:
        return abs(inset(column[place - 2]) - inset(above)) < far / 2
    return False


def _is_ragged(column: Column, above: Line, line: Line) -> bool:
    """Whether two lines are short and end at different places, and the second begins anew: lines of an address."""
    reach = max(one.width for one in column if _same_size(one, line)) * _SHORT
    begins = line.text[0].isupper() or line.text[0].isdigit()
    return begins and max(above.width, line.width) < reach and abs(above.width - line.width) > _RAGGED * line.size


def _had_room(column: Column, place: int, right_to_left: bool) -> bool:
    """Whether the first word of a line would have stood on the line above: then that one was ended on purpose."""
    above, line = column[place - 1], column[place]
    near = [one for one in column[max(0, place - 1 - _NEAR) : place + _NEAR] if _same_size(one, above)]
    if right_to_left:
        reaches = sorted(-one.left for one in near)
        room = above.left
    else:
        reaches = sorted(one.right for one in near)
        room = -above.right
    # One line may reach further for a reason of its own: the last one above a picture that the others stand beside.
    room += reaches[-2] if len(reaches) > _NEAR else reaches[-1]
    first = 1 if _has_no_spaces(line.text[0]) else len(line.text.split(maxsplit=1)[0])
    return room > line.width * first / len(line.text) + line.size


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a sentence goes on at the top of the next column or page."""
    if not _same_size(above, line) or _ends_sentence(above.text) or CELL_GAP in above.text + line.text:
        return False
    return line.text[0].islower() or above.text[-1] in f"{_DASHES}{_SOFT_HYPHEN},"


def _same_size(one: Line, other: Line) -> bool:
    return one.sizes[0] <= (1 + _SAME_SIZE) * other.sizes[1] and other.sizes[0] <= (1 + _SAME_SIZE) * one.sizes[1]


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(tuple(_SENTENCE_ENDS))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What a document shows of how its words are written."""

    words: Counter[str]
    compounds: Counter[str]
    is_hyphenated: bool


def _spelling(pages: Sequence[Sequence[Column]]) -> _Spelling:
    """Counts words that stand whole on a line; in lower case."""
    words: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    lines = broken = 0
    after_hyphen = False
    for line in (line for columns in pages for column in columns for line in column):
        lines += 1
        broken += after_hyphen and line.text[0].islower()
        found = _WORD.findall(line.text.lower())
        found = found[after_hyphen:]
        after_hyphen = line.text[-1] in _HYPHENS
        for word in found[:-1] if after_hyphen else found:
            (compounds if any(hyphen in word for hyphen in _HYPHENS) else words)[word] += 1
    return _Spelling(words, compounds, broken >= max(_FEWEST_BROKEN, lines * _HYPHENATED_LINES))


def _mended(above: str, line: str, spelling: _Spelling) -> tuple[str, str]:
    """The line above as it should end, and what stands between it and the line that goes on from it."""
    if above.endswith(_SOFT_HYPHEN):
        return above.rstrip(_SOFT_HYPHEN), ""
    follows = _GOES_ON.match(line)
    if above[-1] in _DASHES and line[0].isalnum() and above[-2:-1].isalnum():
        if follows and follows[0] in _SUSPENDED:
            return above, " "
        if follows and _was_broken(above, line, follows[0], spelling):
            return above[:-1], ""
        return above, ""
    if above.endswith(("\N{EM DASH}", "://", "@")) and above[-2:-1] != " ":
        return above, ""
    if _has_no_spaces(above[-1]) and _has_no_spaces(line[0]):
        return above, ""
    return above, " "


def _was_broken(above: str, line: str, second: str, spelling: _Spelling) -> bool:
    """Whether the hyphen at the end of a line was put there only to break the word."""
    found = _BROKEN.search(above[-_LONGEST_WORD:])
    if found is None or not (found[1][1:].islower() and second.islower()):
        return False
    first = found[1].lower()
    if spelling.words[first + second]:
        return True
    if spelling.compounds[f"{first}-{second}"] or line[len(second) : len(second) + 1] in tuple(_HYPHENS):
        return False
    if _BEGIN_COMPOUNDS.fullmatch(first) or _END_COMPOUNDS.fullmatch(second):
        return False
    return spelling.is_hyphenated and not (spelling.words[first] and spelling.words[second])


def _has_no_spaces(character: str) -> bool:
    """Whether a character belongs to a script that puts no spaces between words."""
    return unicodedata.name(character, "").startswith(
        ("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH", "THAI", "LAO", "KHMER", "MYANMAR")
    )
