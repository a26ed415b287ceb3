"""Running heads, running feet and page numbers: what pages repeat at the same place and no reader reads.

A line that stands apart at the top or bottom of a page runs if the same words, digits aside, stand at the same height
on most pages.
Nearly the same is enough, since a scan reads its own head differently each time; of two pages, both must have it
at the top and to the letter. A bare number runs if it counts
with the pages; a figure that happens to stand alone at the foot of a page does not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.importers.pdf_layout import Fragment, groups_of, lines_of

_OUTERMOST = 3
"""Lines from the top and from the bottom of a page that are looked at."""
_APART = 1.6
"""From line to line, in em: what runs stands apart from what is read, the head of a table that goes on does not."""
_FEWEST_PAGES = 3
_SHARE = 0.4
"""Of the pages with words: left and right pages may each have a head of their own."""
_HEIGHT = 0.012
"""Of the page: how far the same head may be off on another page; a scan is never quite straight."""
_ALIKE = 80
"""Per cent of the words (rapidfuzz) that must agree."""
_LONGEST = 300
_NUMBER = re.compile(r"(?i)\W*(?:page|p\.|seite|стр\.?)?\W*(\d{1,5})(?:\s*(?:/|of|von|de|из)\s*\d{1,5})?\W*")
_OF_ALL = re.compile(
    r"(?i)\W*(page|p\.|seite|стр\.?|страница|página|pagina|blz\.?|sida|صفحة)?\W*"
    r"(\d{1,5})\s*(?:/|of|von|de|из|sur|di|van|av|من)\s*(\d{1,5})\W*"
)
_ONLY = re.compile(r"\W*1\W*")
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 5
"""Digits."""
_MARGIN = 0.15
"""Of the height of a page, at its top and bottom, where page numbers stand."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of each page without what runs; how many lines that was, and an example of it."""

    pages: tuple[tuple[Fragment, ...], ...]
    removed: int
    example: str


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page."""

    page: int
    height: float
    """Over that of the page."""
    text: str
    fragments: tuple[Fragment, ...]


def without_running(pages: Sequence[tuple[Sequence[Fragment], float]]) -> Kept:
    """Take what runs out of pages, given as their fragments and their height in points."""
    edges = [edge for number, (fragments, height) in enumerate(pages) for edge in _edges(number, fragments, height)]
    with_words = sum(1 for fragments, _ in pages if fragments)
    running = [*_repeated(edges, with_words), *_counting(edges, with_words), *_of_all(edges, len(pages))]
    gone = {id(fragment) for edge in running for fragment in edge.fragments}
    kept = tuple(tuple(one for one in fragments if id(one) not in gone) for fragments, _ in pages)
    lines = {(edge.page, edge.height, edge.text) for edge in running}
    heads = [edge for edge in running if any(map(str.isalpha, edge.text))]
    head = max(heads, key=lambda edge: edge.height, default=None)
    return Kept(kept, len(lines), " ".join(head.text.split()) if head else "")


def _edges(page: int, fragments: Sequence[Fragment], height: float) -> list[_Edge]:
    upright = groups_of(one for one in fragments if one.upright)
    above = _set_apart(upright)
    outermost = [*upright[:above], *upright[max(above, len(upright) - _set_apart(upright[::-1])) :]]
    askew = [[one] for one in fragments if not one.upright][: 4 * _OUTERMOST]
    found = []
    for group in [*outermost, *askew]:
        [line] = lines_of([group[0]]) if len(group) == 1 else lines_of(group)[:1]
        found.append(_Edge(page, line.baseline / (height or 1.0), line.text[:_LONGEST], tuple(group)))
    return found


def _set_apart(lines: Sequence[Sequence[Fragment]]) -> int:
    """How many lines, counted from the edge of a page, stand apart from the rest of it; at most _OUTERMOST."""
    if len(lines) == 1:
        return 1
    for number in range(min(_OUTERMOST, len(lines) - 1), 0, -1):
        line, following = lines[number - 1][0], lines[number][0]
        if abs(line.middle - following.middle) >= _APART * max(line.size, following.size):
            return number
    return 0


def _repeated(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """Lines with the same words at the same height on enough pages."""
    from rapidfuzz import fuzz

    by_height: dict[int, list[tuple[_Edge, str]]] = defaultdict(list)
    for edge in edges:
        words = _words(edge.text)
        if words and (pages > 2 or edge.height > 1 - _MARGIN):
            by_height[round(edge.height / _HEIGHT)].append((edge, words))
    running: list[_Edge] = []
    enough = 2 if pages == 2 else max(_FEWEST_PAGES, pages * _SHARE)
    alike = 100 if pages == 2 else _ALIKE
    for height, here in by_height.items():
        near = [*by_height.get(height - 1, ()), *here, *by_height.get(height + 1, ())]
        if len(near) < enough:
            continue
        # Only what is there often can run: few different lines are compared with each other, never all with all.
        for words, _ in Counter(words for _, words in near).most_common(_FEWEST_PAGES):
            same = [edge for edge, other in near if other == words or fuzz.ratio(words, other) >= alike]
            if len({edge.page for edge in same}) >= enough:
                running += same
    return running


def _words(text: str) -> str:
    """What of a line stays the same from page to page."""
    return "".join(_DIGITS.sub("", text).casefold().split())


def _of_all(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """Lines that say which page of how many this is, and the number 1, or 1 of 1, below the only page."""
    told = ((edge, _OF_ALL.fullmatch(edge.text)) for edge in edges)
    return [
        edge
        for edge, found in told
        if found
        and (int(found[2]), int(found[3])) == (edge.page + 1, pages)
        and (found[1] or pages > 1 or edge.height < _MARGIN)
    ] + [edge for edge in edges if pages == 1 and edge.height < _MARGIN and _ONLY.fullmatch(edge.text)]


def _counting(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """Lines that are a number which goes up by one from page to page, also where others have it beside a head."""
    counted: dict[int, set[int]] = defaultdict(set)
    numbers: list[tuple[int, _Edge]] = []
    for edge in edges:
        if _MARGIN < edge.height < 1 - _MARGIN:
            continue
        words = edge.text.split()
        for word in {words[0], words[-1]}:
            if word.isdecimal() and len(word) <= _LONGEST_NUMBER:
                counted[int(word) - edge.page].add(edge.page)
        alone = _NUMBER.fullmatch(edge.text)
        if alone:
            counted[int(alone[1]) - edge.page].add(edge.page)
            numbers.append((int(alone[1]) - edge.page, edge))
    enough = max(2, pages * _SHARE)
    return [edge for start, edge in numbers if len(counted[start]) >= enough]
