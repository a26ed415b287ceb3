"""Where words stand in a text, as a person would say: capital letters, accents and blanks need not be the same bytes.

The words one types and those of an article can differ in ways that nobody sees: a letter with its accent is one code
point or two, a blank may be a no-break space or a line end, a quotation mark straight or curly. Both are therefore
compared folded, and folding makes some characters longer (ß to ss, é to e and its accent). Where each of these stands
is kept, so that what is found is told in code points of the text as it is.

A hit never splits a grapheme. Words that would are not what the reader sees there, and are no hit; a match of a
regular expression is widened to whole graphemes, as marking it would do.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import category, combining, normalize

from annotate.expressions import compiled, matches, with_plain_blanks
from annotate.model import Span
from annotate.offsets import grapheme_start, snap_to_graphemes

_ALIKE = dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟«»", '"')
_BETWEEN_DIGITS = frozenset(".,'’")
_LAST_PLAIN_LETTER = "\u07ff"
"""Up to here (Latin to N'Ko) letters and digits that follow each other are graphemes of their own (UAX 29)."""
_PIECE = 1 << 17
"""Code points folded at once: what Python does in one go keeps every other thread waiting."""
_WORD_EDGE = r"(?:(?<!\w)|(?!\w))"


@dataclass(frozen=True)
class Wanted:
    """What to look for, and how."""

    words: str
    case: bool = False
    """Capital and small letters are told apart."""
    whole_words: bool = False
    """Neither edge lies inside a word, nor inside a number that is written with separators."""
    expression: bool = False
    """The words are a regular expression."""


class Finder:
    """Looks for this and that in one text; what has to be made ready for that is made once.

    It may be used in several threads.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: FoldedText | None = None
        self._plain: str | None = None

    def find(self, wanted: Wanted, *, most: int | None = None, seconds: float = 2.0) -> list[Span]:
        """Where it stands, from left to right and without overlap, in code points; no more than `most` places.

        Raises NotAllowed saying what is wrong with a regular expression, TooSlow when one takes over `seconds`.
        """
        if wanted.expression:
            if self._plain is None:
                self._plain = with_plain_blanks(self.text)
            return list(islice(_matches(self.text, self._plain, wanted, seconds), most))
        folded = self._folded
        if folded is None or folded.case is not wanted.case:
            self._folded = folded = FoldedText(self.text, case=wanted.case)
        return find_all(folded, wanted.words, whole_words=wanted.whole_words, most=most)


class FoldedText:
    """A text made ready to be searched; one that is searched again and again is folded once."""

    def __init__(self, text: str, *, case: bool) -> None:
        """`case`: capital and small letters are told apart."""
        self.text = text
        self.case = case
        # Folding works on each character for itself (marks may change places within a grapheme, which no hit splits).
        lengths: dict[str, int] = {}
        folded: list[str] = []
        self._starts = array("I")  # code points of the text at which a character stands that folding makes longer
        self._folded_starts = array("I")
        grown = 0
        for start, piece in _pieces(text, case):
            folded.append(_fold(piece, case))
            if piece.isascii():
                continue
            unknown = set(piece).difference(lengths)
            lengths |= {character: len(_fold(character, case)) for character in unknown}
            longer = "".join(character for character in set(piece) if lengths[character] != 1)
            for match in re.finditer(f"[{re.escape(longer)}]", piece) if longer else ():
                self._starts.append(start + match.start())
                self._folded_starts.append(start + match.start() + grown)
                grown += lengths[match.group()] - 1
        self.folded = "".join(folded)
        self._lengths = lengths

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


def _pieces(text: str, case: bool) -> Iterator[tuple[int, str]]:
    """The text in pieces, each with its start; none begins with a mark that folding puts in order with others."""
    start = 0
    while start < len(text):
        end = min(start + _PIECE, len(text))
        while end < len(text) and combining(_fold(text[end], case)[0]):
            end += 1
        yield start, text[start:end]
        start = end


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


def _matches(text: str, plain: str, wanted: Wanted, seconds: float) -> Iterator[Span]:
    """Matches in whole graphemes; one that is in the grapheme the last one was widened to is no hit of its own."""
    pattern = compiled(wanted.words, case=wanted.case)
    if wanted.whole_words:  # within the expression, so that it can take another way that ends with a word
        pattern = compiled(f"{_WORD_EDGE}(?:{wanted.words}){_WORD_EDGE}", case=wanted.case)
    free = 0
    for match in matches(plain, pattern, seconds):
        start, end = snap_to_graphemes(text, *match)
        if start >= free and not (wanted.whole_words and any(_cuts_word(text, edge) for edge in (start, end))):
            yield Span(start, end)
            free = end


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
    if whole_words and _cuts_word(text, position):
        return False
    before, after = text[position - 1], text[position]
    plain = max(before, after) <= _LAST_PLAIN_LETTER and all(c == " " or c.isalnum() for c in (before, after))
    return plain or grapheme_start(text, position) == position


def _cuts_word(text: str, position: int) -> bool:
    """Whether a position lies inside a word or a number."""
    if not 0 < position < len(text):
        return False
    return (_in_word(text[position - 1]) and _in_word(text[position])) or _in_number(text, position)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or category(character).startswith("M")


def _in_number(text: str, position: int) -> bool:
    """Whether the position is beside a separator that stands between two digits."""
    return any(
        0 < at < len(text) - 1 and text[at] in _BETWEEN_DIGITS and text[at - 1].isdigit() and text[at + 1].isdigit()
        for at in (position - 1, position)
    )
