"""What the positions of a file count: programs differ, and the file does not say.

The standard counts code points and names the first and the last; programs count code points or UTF-16 units, take the
line ends of the file or others that they show, count a byte order mark or do not, and most mean the end to be
exclusive. So the readings are tried against each other over the whole file: many programs give a selection its words
as a name, so the reading under which most words stand where they should is taken; without names, the one whose
selections lie within the text and begin and end at the edges of words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from annotate.canonical import canonical

TRIED = 2_000
"""Selections that readings are compared by, those with names first; more would tell nothing new."""

_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_LINE_END = re.compile("\n")
_DROPPED = re.compile(r"\r(?=\n)|[\x00-\x08\x0e-\x1f]")
_BLANK = re.compile(r"[\s\ufeff]+")


@dataclass(frozen=True)
class FileText:
    """A text as a file has it and as it is kept: canonical, and where the file has a character more.

    Its lists have the code points of `body` before which, or within which, one unit more is counted.
    """

    body: str
    dropped: tuple[int, ...] = ()
    """What the file has and the text has not: the CR of a CR LF, a control character."""

    @cached_property
    def beyond_bmp(self) -> list[int]:
        """Characters that UTF-16 writes in two units."""
        return [match.start() for match in _BEYOND_BMP.finditer(self.body)]

    @cached_property
    def bytes_more(self) -> list[int]:
        """The bytes beyond one that characters take in UTF-8."""
        more = []
        for match in _NOT_ASCII.finditer(self.body):
            more += [match.start()] * (len(match[0].encode("utf-8", "replace")) - 1)
        return more

    @cached_property
    def line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.body)]


def file_text(words: str) -> FileText:
    """A decoded text, without its byte order mark."""
    body = canonical(words).text
    if len(body) == len(words):
        return FileText(body)
    kept = words.lstrip("\ufeff")
    places = [match.start() for match in _DROPPED.finditer(kept)]
    return FileText(body, tuple(place - number for number, place in enumerate(places)))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand positions; the first of `READINGS` is what most programs do."""

    units: str = "code points"
    """code points, UTF-16 units or bytes"""
    line_ends: str = "as in the file"
    """as in the file, LF or CR LF"""
    marked: bool = False
    """A byte order mark is counted."""
    inclusive: bool = False
    """The end is the last character, not the place after it."""

    @property
    def sentence(self) -> str:
        how = self.units
        if self.line_ends != "as in the file":
            how += f", every line end as {self.line_ends}"
        how += ", a byte order mark among them" if self.marked else ""
        return f"{how}, the end {'inclusive' if self.inclusive else 'exclusive'}"


READINGS = tuple(
    Reading(units, line_ends, marked, inclusive)
    for inclusive, marked, line_ends, units in product(
        (False, True),
        (False, True),
        ("as in the file", "LF", "CR LF"),
        ("code points", "UTF-16 units", "bytes"),
    )
)


class Places:
    """Translates positions of one text under one reading."""

    __slots__ = ("_shift", "_units", "inclusive", "length")

    def __init__(self, text: FileText, reading: Reading) -> None:
        self.inclusive = reading.inclusive
        self.length = len(text.body)
        self._shift = (3 if reading.units == "bytes" else 1) if reading.marked else 0
        more: list[int] = []
        if reading.units != "code points":
            more += text.beyond_bmp if reading.units == "UTF-16 units" else text.bytes_more
        if reading.line_ends != "LF":
            more += text.dropped if reading.line_ends == "as in the file" else text.line_ends
        more.sort()
        self._units = [place + number for number, place in enumerate(more)]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Start and end in code points, end exclusive; None where no words of the text are meant."""
        first, last = self.ends(start, end)
        return (first, last) if 0 <= first < last <= self.length else None

    def ends(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in code points, whether they lie in the text or not."""
        return self._code_point(start), self._code_point(end + 1 if self.inclusive else end)

    def _code_point(self, position: int) -> int:
        position -= self._shift
        return position - bisect_left(self._units, position)


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection to try readings by; `words` is its name, or empty."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The reading that was taken, and what speaks for it."""

    reading: Reading
    named: int = 0
    """Selections whose names are the words that stand there."""
    tried: int = 0
    within: int = 0
    edges: int = 0
    """Ends of selections that are edges of words."""

    @property
    def sentence(self) -> str:
        if self.named:
            why = f"{self.named:,} of {self.tried:,} passages have the words that stand there as their names"
        else:
            why = f"{self.within:,} of {self.tried:,} passages lie within their texts"
        return f"Positions were read as {self.reading.sentence}: {why}."


@dataclass(slots=True)
class _Text:
    text: FileText
    selected: list[Selected] = field(default_factory=list)


def taken_reading(texts: Iterable[tuple[FileText, Sequence[Selected]]]) -> Taken:
    """The reading that fits the selections of all texts of a file best; the usual one where nothing speaks against."""
    tried = _sample(texts)
    usual = _tried(tried, READINGS[0])
    if usual.tried == 0 or usual.named == usual.tried:
        return usual
    best = usual
    seen = {_counted(tried, READINGS[0])}
    for reading in READINGS[1:]:
        same = _counted(tried, reading)
        if same in seen:
            continue
        seen.add(same)
        other = _tried(tried, reading)
        if _is_better(other, best):
            best = other
    return best


def _is_better(other: Taken, best: Taken) -> bool:
    if other.named != best.named:
        return other.named > best.named
    if best.named:  # names have decided
        return False
    if other.within != best.within:
        return other.within > best.within
    # Chance makes about half of all ends those of words.
    ends = 2 * best.tried
    return best.edges < 0.75 * ends and other.edges >= 0.95 * ends and other.edges >= best.edges + 3


def _sample(texts: Iterable[tuple[FileText, Sequence[Selected]]]) -> list[_Text]:
    every = list(texts)
    with_names = sum(1 for _, selected in every for one in selected if one.words)
    share = max(1, -(-with_names // TRIED)) if with_names else max(1, sum(len(one) for _, one in every) // TRIED)
    sample = []
    for text, selected in every:
        wanted = [one for one in selected if one.words] or list(selected)
        if wanted:
            sample.append(_Text(text, wanted[::share]))
    return sample


def _counted(texts: list[_Text], reading: Reading) -> tuple[object, ...]:
    """The same for readings that count these texts alike."""
    units = reading.units
    if units == "bytes" and all(one.text.body.isascii() for one in texts):
        units = "code points"
    if units == "UTF-16 units" and not any(one.text.beyond_bmp for one in texts):
        units = "code points"
    line_ends = reading.line_ends
    if line_ends == "as in the file":
        if not any(one.text.dropped for one in texts):
            line_ends = "LF"
        elif all(one.text.line_ends == list(one.text.dropped) for one in texts):
            line_ends = "CR LF"
    elif not any(one.text.line_ends for one in texts):
        line_ends = "LF"
    return units, line_ends, reading.marked, reading.inclusive


def _tried(texts: list[_Text], reading: Reading) -> Taken:
    named = within = edges = tried = 0
    for one in texts:
        body, places = one.text.body, Places(one.text, reading)
        for selected in one.selected:
            tried += 1
            start, end = places.ends(selected.start, selected.end)
            if not 0 <= start <= end <= len(body):
                continue
            within += 1
            edges += _is_edge(body, start) + _is_edge(body, end)
            named += bool(selected.words) and are_the_words(body, start, end, selected.words)
    return Taken(reading, named, tried, within, edges)


def _is_edge(body: str, place: int) -> bool:
    return place in (0, len(body)) or not (body[place - 1].isalnum() and body[place].isalnum())


def are_the_words(body: str, start: int, end: int, name: str) -> bool:
    """Whether a name says the words that stand there, as far as it was not cut, whatever was done to blanks."""
    # A passage of a whole book need not be looked through for a name of one line.
    words, wanted = _squeezed(body[start : min(end, start + 2 * len(name) + 1000)]), _squeezed(name)
    if words == wanted:
        return True
    cut = wanted.removesuffix("…").removesuffix("...")
    return cut != wanted and len(cut) >= 3 and words.startswith(cut)


def _squeezed(words: str) -> str:
    return _BLANK.sub("", words)
