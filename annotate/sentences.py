"""Where a sentence begins and ends, and what stands in quotation marks.

Why it exists: who says a claim is found in the claim's own sentence, and a direct quotation is known by its marks.
Both look at single paragraphs only, so marking in a long text costs no more than in a short one. All offsets are
code points of the text, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from annotate.offsets import grapheme_start, snap_to_graphemes
from annotate.tokens import words

PARAGRAPH_ENDS = "\n\r\u2028\u2029"
_LOOK_BACK = 1024

_PARAGRAPH_END = re.compile(f"[{PARAGRAPH_ENDS}]")
_WORD_START = re.compile(r"\S")
_MARK = re.compile("[\"“”„‟«»‹›「」『』‘’‚']")
# The runs before and after the closing marks are of disjoint classes: no position is read twice.
_SENTENCE_END = re.compile(
    r"(?<![.!?…؟۔।॥])[.!?…؟۔।॥]++(?:[ \u00a0\u202f][»›])?[\"“”’'»›)\]]*[ \t\u00a0\u202f]+|[。！？]+[」』”]*"
)

CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
    "”": "”",
}
"""What ends a quotation that a mark begins; ” opens where the language writes it on both sides."""

ABBREVIATIONS = frozenset(
    words(
        """mr mrs ms mx dr prof gen brig col lt sgt cpl maj capt cmdr cdr adm gov sen rep st rev hon supt insp det pres
        vs no nos fig figs approx dept e.g i.e cf viz messrs mme m jan feb mar apr jun jul aug sep sept oct nov dec
        ave blvd mt ft nev calif ariz mass conn del"""
    )
)
"""Words that a full stop follows without ending the sentence."""

MAY_END = frozenset(words("u.s u.k u.n u.s.a e.u d.c inc ltd corp co jr sr a.m p.m etc al"))
"""Abbreviations that end a sentence only where a word follows that begins sentences."""

BEGINNERS = frozenset(
    words(
        """the a an he she it they we i you but and in on at for this that these those there his her its their our as
        when while after before if what who how why although however meanwhile since with by from to not no one some
        many most all both another more"""
    )
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, marks included; it splits no grapheme."""

    start: int
    end: int
    continues: bool = False
    """It goes on in the next paragraph, where it is opened again."""


def paragraph_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph, or paragraphs, that hold a span; without the line ends around them."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    while end > start and text[end - 1] in PARAGRAPH_ENDS:
        end -= 1
    found = _PARAGRAPH_END.search(text, end)
    return _paragraph_start(text, start), found.start() if found else len(text)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or sentences, that hold a span; never splits inside quotation marks or leaves the paragraph."""
    left, right = paragraph_at(text, start, end)
    edges = _edges(text, left, right)
    first = edges[max(0, bisect_right(edges, start) - 1)]
    last = edges[min(bisect_left(edges, end), len(edges) - 1)]
    return _trimmed(text, first, last)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """All sentences of a stretch that begins and ends with paragraphs."""
    found = []
    for left, right in _paragraphs(text, start, end):
        found += [_trimmed(text, first, last) for first, last in pairwise(_edges(text, left, right))]
    return [(first, last) for first, last in found if first < last]


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of a stretch, which should begin where a paragraph does.

    A quotation left open at the end of a paragraph ends there; it continues where the next paragraph opens with a
    mark again. Apostrophes are told from single quotation marks by what stands beside them.
    """
    return [found for left, right in _paragraphs(text, start, end) for found in _quoted(text, left, right)]


def _paragraph_start(text: str, place: int) -> int:
    """Where the paragraph of a place begins; looks back in steps, and so no further than one step too far."""
    while place > 0:
        step = max(0, place - _LOOK_BACK)
        found = max(text.rfind(mark, step, place) for mark in PARAGRAPH_ENDS)
        if found >= 0:
            return found + 1
        place = step
    return 0


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    bounds, left = [], start
    for found in _PARAGRAPH_END.finditer(text, start, end):
        bounds.append((left, found.start()))
        left = found.end()
    return [(left, right) for left, right in [*bounds, (left, end)] if left < right]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# ---------------------------------------------------------------- sentences


def _edges(text: str, left: int, right: int) -> list[int]:
    """Where the sentences of a stretch begin, and its end. The stretch may hold several paragraphs.

    No sentence begins inside a grapheme: with an accent set on it, a blank ends nothing.
    """
    edges = {left, right}
    quoted = quotations(text, left, right)
    starts = [quotation.start for quotation in quoted]
    for found in _SENTENCE_END.finditer(text, left, right):
        stop = found.start()
        place = bisect_right(starts, stop) - 1
        closes = found.end() if found.group()[-1] in "。！？」』”" else len(found.group().rstrip()) + stop
        if place >= 0 and quoted[place].end > closes:
            continue
        if _ends_sentence(text, left, stop, found.end()) and grapheme_start(text, found.end()) == found.end():
            edges.add(found.end())
    edges.update(found.end() for found in _PARAGRAPH_END.finditer(text, left, right))
    return sorted(edges)


def _ends_sentence(text: str, left: int, stop: int, following: int) -> bool:
    """Whether a full stop ends a sentence, judged by the words on both sides of it."""
    if text[stop] in "。！？":
        return True
    nearby = text[following : following + 24].lstrip("\"“„«‘'([")
    if not nearby or nearby[0].islower():
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return True
    before = text[max(left, stop - 12) : stop].split()
    word = before[-1].lstrip("\"“„«‘'([").lower() if before else ""
    begins = re.split(r"[\s,’']", nearby, maxsplit=1)[0].lower() in BEGINNERS
    if word in MAY_END:
        return begins
    if word in ABBREVIATIONS:
        return False
    return not (len(word) == 1 and word.isalpha() and word != "i") or begins


# ---------------------------------------------------------------- quotation marks


def _quoted(text: str, left: int, right: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, in one pass over its marks."""
    marks = [found.start() for found in _MARK.finditer(text, left, right)]
    singles = _single_closers(text, marks, left, right)
    found: list[Quotation] = []
    opened, mark = -1, ""
    for place in marks:
        sign = text[place]
        if opened < 0:
            if _opens(text, place, left, right) and (sign not in "'‘" or place in singles):
                opened, mark = place, sign
        elif (place == singles.get(opened)) if mark in "'‘" else sign in CLOSERS[mark]:
            found.append(_whole_quotation(text, opened, place + 1))
            opened = -1
    if opened >= 0 and mark not in "'‘":
        end = _trimmed(text, opened, right)[1]
        found.append(_whole_quotation(text, opened, end, continues=_opens_again(text, right)))
    return found


def _whole_quotation(text: str, start: int, end: int, continues: bool = False) -> Quotation:
    return Quotation(*snap_to_graphemes(text, start, end), continues)


def _opens(text: str, place: int, left: int, right: int) -> bool:
    """Whether a mark can begin a quotation, by what stands beside it."""
    sign = text[place]
    before = text[place - 1] if place > left else " "
    after = text[place + 1] if place + 1 < right else " "
    if sign not in CLOSERS or (after.isspace() and sign not in "«„“"):
        return False
    if sign in "“„«‹「『‟‚":
        return True
    if sign == '"':
        return not before.isdigit()
    free = not (before.isalnum() or before in ".,!?%)”’")
    return free and (sign not in "'‘" or not after.isdigit())


def _single_closers(text: str, marks: list[int], left: int, right: int) -> dict[int, int]:
    """For each single mark that can begin a quotation, where that quotation ends; those that end are listed only.

    A mark behind a plural s with a small letter after it ("the boys' house") is an apostrophe where another mark
    that can close comes before the next one that opens.
    """
    events = []
    for place in marks:
        if text[place] not in "'‘’":
            continue
        before = text[place - 1] if place > left else " "
        after = text[place + 1] if place + 1 < right else " "
        if text[place] != "’" and _opens(text, place, left, right):
            events.append((place, True))
        elif text[place] != "‘" and not after.isalnum() and not before.isspace():
            events.append((place, False))
    closers: dict[int, int] = {}
    opened = -1
    for rank, (place, opens) in enumerate(events):
        if opens:
            opened = place if opened < 0 else opened
            continue
        possessive = (
            text[place - 1] == "s" and text[place + 1 : place + 2] == " " and text[place + 2 : place + 3].islower()
        )
        another = rank + 1 < len(events) and not events[rank + 1][1]
        if opened >= 0 and not (possessive and another):
            closers[opened] = place
            opened = -1
    return closers


def _opens_again(text: str, end: int) -> bool:
    """Whether the paragraph after this one begins with an opening mark."""
    following = _WORD_START.search(text, end)
    return following is not None and following.group() in '"“„«'
