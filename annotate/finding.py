"""Where words stand in a text, as a person would say: capital letters, accents and blanks need not be the same bytes.

The words one types and those of an article can differ in ways that nobody sees: a letter with its accent is one code
point or two, a blank may be a no-break space or a line end, a quotation mark straight or curly. Both are therefore
compared folded, and folding makes some characters longer (ß to ss, é to e and its accent). Where each of these stands
is kept, so that what is found is told in code points of the text as it is. A hit never splits a grapheme.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from unicodedata import category, normalize

from annotate.model import Span
from annotate.offsets import grapheme_start

_ALIKE = dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟«»", '"')
_BETWEEN_DIGITS = frozenset(".,'’")
_LAST_PLAIN_LETTER = "\u07ff"
"""Up to here (Latin to N'Ko) letters and digits that follow each other are graphemes of their own (UAX 29)."""


class FoldedText:
    """A text made ready to be searched; one that is searched again and again is folded once."""

    def __init__(self, text: str, *, case: bool) -> None:
        """`case`: capital and small letters are told apart."""
        self.text = text
        self.case = case
        self.folded = _fold(text, case)
        # Folding works on each character for itself (marks may change places within a grapheme, which no hit splits).
        longer = {} if text.isascii() else {c: len(_fold(c, case)) for c in set(text)}
        longer = {character: length for character, length in longer.items() if length != 1}
        self._starts = array("I")  # code points of the text at which a character stands that folding makes longer
        self._folded_starts = array("I")
        if longer:
            grown = 0
            for match in re.finditer(f"[{re.escape(''.join(longer))}]", text):
                self._starts.append(match.start())
                self._folded_starts.append(match.start() + grown)
                grown += longer[match.group()] - 1
        self._lengths = longer

    def place_of(self, folded: int) -> int | None:
        """The code point of the text at a position of `folded`; None inside what one character was folded to."""
        before = bisect_right(self._folded_starts, folded) - 1
        if before < 0:
            return folded
        start, into = self._starts[before], folded - self._folded_starts[before]
        beyond = into - self._lengths[self.text[start]]
        if into == 0:
            return start
        return start + 1 + beyond if beyond >= 0 else None


def find_all(text: FoldedText, words: str, *, whole_words: bool = False, most: int | None = None) -> list[Span]:
    """Where the words stand, from left to right and without overlap, in code points; no more than `most` of them.

    `whole_words`: neither edge lies inside a word, nor inside a number that is written with separators.
    """
    return list(islice(_hits(text, _fold(words, text.case), whole_words), most))


def _hits(text: FoldedText, words: str, whole_words: bool) -> Iterator[Span]:
    at = text.folded.find(words) if words else -1
    while at >= 0:
        start, end = text.place_of(at), text.place_of(at + len(words))
        if start is not None and end is not None and all(_is_edge(text.text, p, whole_words) for p in (start, end)):
            yield Span(start, end)
            at = text.folded.find(words, at + len(words))
        else:
            at = text.folded.find(words, at + 1)


def _fold(text: str, case: bool) -> str:
    if text.isascii() and text.isprintable():
        return text if case else text.lower()
    for character in set(text):
        if character.isspace():
            text = text.replace(character, " ")
        elif character in _ALIKE:
            text = text.replace(character, _ALIKE[character])
    # The capital dotted I of Turkish would become an i with a dot above the dot.
    return normalize("NFD", text if case else text.replace("\u0130", "i").casefold())


def _is_edge(text: str, position: int, whole_words: bool) -> bool:
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if whole_words and _in_word(before) and _in_word(after):
        return False
    if whole_words and _in_number(text, position):
        return False
    plain = max(before, after) <= _LAST_PLAIN_LETTER and all(c == " " or c.isalnum() for c in (before, after))
    return plain or grapheme_start(text, position) == position


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or category(character).startswith("M")


def _in_number(text: str, position: int) -> bool:
    """Whether the position is beside a separator that stands between two digits."""
    return any(
        0 < at < len(text) - 1 and text[at] in _BETWEEN_DIGITS and text[at - 1].isdigit() and text[at + 1].isdigit()
        for at in (position - 1, position)
    )
