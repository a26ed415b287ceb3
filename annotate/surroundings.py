"""What stands around a place in the text: the word, the figure, the sentence, the quotation.

Why it exists: a click and a caret are places, a mark is a stretch of words. Every way of marking that takes more than
was pointed at asks here, so that a double click, a drag and a key agree on what a word or a sentence is. All offsets
are code points of the text, and no stretch returned splits a grapheme.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from annotate import sentences
from annotate.figures import FigureWords, figures_in
from annotate.model import Span
from annotate.offsets import grapheme_start, next_grapheme, snap_to_graphemes

if TYPE_CHECKING:
    from regex import Pattern

WORD_WINDOW = 500
"""Code points looked at on each side of a place; a longer word is cut there."""
FIGURE_WINDOW = 300
"""The same for figures, with their qualifier and the noun that is counted."""

_VISIBLE = re.compile(r"\S")


def word_at(text: str, position: int) -> Span | None:
    """The word that the character at `position` belongs to; of what is no word its grapheme; None for a blank.

    "1.5", "rebel-held" and "don't" are one word each, with all marks on their letters. Scripts without blanks between
    words are cut where the script changes, and their marks stay; only a dictionary could tell more.
    """
    if not 0 <= position < len(text):
        return None
    start = grapheme_start(text, position)
    end = next_grapheme(text, start)
    for found in words_near(text, start):
        if found.start < end and start < found.end:
            return Span(*snap_to_graphemes(text, min(start, found.start), max(end, found.end)))
    return Span(start, end) if text[start:end].strip() else None


def words_near(text: str, position: int) -> Iterator[Span]:
    """The words of the text around a place, in text order."""
    first, last = max(0, position - WORD_WINDOW), min(len(text), position + WORD_WINDOW)
    return (Span(*found.span()) for found in _word().finditer(text, first, last))


def whole_words(text: str, start: int, end: int) -> Span:
    """A stretch that a hand dragged over, with whole words at its ends.

    A word that was dragged over by half or more is taken whole, one that was only touched is left out; blanks at the
    ends go. In scripts that write no blanks between words nothing is changed. Never empty.
    """
    left, right = _inside_word(text, start), _inside_word(text, end)
    if left is not None and left == right:
        return left
    if left is not None:
        start = left.start if 2 * (left.end - start) >= left.end - left.start else left.end
    if right is not None:
        end = right.end if 2 * (end - right.start) >= right.end - right.start else right.start
    if not text[start:end].strip():
        return left or right or Span(start, end)
    return _without_blanks(text, start, end)


def figure_at(text: str, position: int) -> Span | None:
    """The figure whose number or unit stands at `position`, with its qualifier and what it counts; else None.

    "as many as 10,000 civilians", "at least $1.2 billion", "two-thirds", "dozens"; dates and times are no figures.
    """
    if not 0 <= position < len(text):
        return None
    return whole_figures(text, [Span(position, position + 1)])[0]


def whole_figures(text: str, stretches: Sequence[Span]) -> list[Span | None]:
    """For each stretch the figures whose numbers share a character with it, whole and in one piece, or None.

    The stretches are in the order of their starts; those near one another are read in one go.
    """
    whole: list[Span | None] = []
    while len(whole) < len(stretches):
        first = stretches[len(whole)]
        left, right = sentences.paragraph_at(text, first.start, first.end)
        if first.start - left > FIGURE_WINDOW:
            left = max(left, text.find(" ", first.start - FIGURE_WINDOW, first.start) + 1)
        near, reach = [first], first.end + FIGURE_WINDOW
        is_in_one = "\n" not in text[first.start : first.end]  # else others would be read with words of the next
        for stretch in islice(stretches, len(whole) + 1, None):
            if not is_in_one or stretch.start >= reach or stretch.end > right:
                break
            near.append(stretch)
            reach = max(reach, stretch.end + FIGURE_WINDOW)
        figures = figures_in(text[left : min(right, reach)])
        starts = [left + figure.number_start for figure in figures]
        ends = [left + figure.number_end for figure in figures]
        for stretch in near:
            touched = figures[bisect_right(ends, stretch.start) : bisect_left(starts, stretch.end)]
            whole.append(_around_all(text, left, touched) if touched else None)
    return whole


def _around_all(text: str, left: int, figures: Sequence[FigureWords]) -> Span:
    start, end = min(figure.start for figure in figures), max(figure.end for figure in figures)
    return Span(*snap_to_graphemes(text, left + start, left + end))


def sentences_around(text: str, start: int, end: int) -> Span | None:
    """The sentence, or sentences, that hold a stretch or a place, without the blanks around; None in an empty line."""
    if start == end and _in_line(text, end):
        end += 1
    elif start == end and _in_line(text, start - 1):
        start -= 1
    first, last = sentences.sentence_at(text, start, end)
    return Span(*snap_to_graphemes(text, first, last)) if first < last else None


def one_more_sentence(text: str, start: int, end: int) -> Span | None:
    """A stretch filled up to whole sentences; if it is that already, with the next sentence. None where none is."""
    around = sentences_around(text, start, end)
    if around is not None and (around.start < start or around.end > end):
        own = _without_blanks(text, start, end)
        return around if start == end else Span(min(own.start, around.start), max(own.end, around.end))
    following = _VISIBLE.search(text, end)
    added = sentences_around(text, following.start(), following.end()) if following else None
    if added is None or start == end:
        return added
    return _without_blanks(text, start, added.end)


def quotation_around(text: str, start: int, end: int) -> Span | None:
    """The quotation that holds a stretch or a place, with its marks, over all paragraphs that the stretch is in."""
    paragraph = sentences.paragraph_at(text, start, end)
    opened, goes_on = 0, False
    for quotation in sentences.quotations(text, *paragraph):
        opened, goes_on = opened if goes_on else quotation.start, quotation.continues
        if opened <= start and end <= quotation.end:
            return Span(opened, quotation.end)
    return None


def _in_line(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position] not in sentences.PARAGRAPH_ENDS


def _without_blanks(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _inside_word(text: str, position: int) -> Span | None:
    """The word that a place lies inside of, or None between words and in scripts without blanks."""
    for word in words_near(text, position):
        if word.start >= position:
            break
        if position < word.end:
            return None if _unspaced().match(text, word.start) else word
    return None


_UNSPACED = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
"""Scripts that write no blanks between words."""
_KANA_LENGTH = "ー"
"""Goes on with the run it stands in, and is of no script by itself."""
_UNSPACED_LETTERS = "".join(rf"\p{{{script}}}" for script in _UNSPACED) + _KANA_LENGTH


@cache
def _unspaced() -> Pattern[str]:
    import regex

    return regex.compile(f"[{_UNSPACED_LETTERS}]")


@cache
def _word() -> Pattern[str]:
    import regex

    inner = r"[\p{M}\u200c\u200d]"
    letters = rf"[[\p{{L}}\p{{N}}_]--[{_UNSPACED_LETTERS}]]"
    spaced = rf"{letters}(?:{letters}|{inner})*+"
    joined = rf"{spaced}(?:[.,'’\-\u2010\u2011·׳״٫٬\u00ad]{spaced})*+"
    runs = (rf"\p{{{script}}}[\p{{{script}}}{_KANA_LENGTH}\p{{M}}\u200c\u200d]*+" for script in _UNSPACED)
    return regex.compile("|".join([joined, *runs]), regex.V1)
