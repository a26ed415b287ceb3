"""Where the quotes of a claims list stand in articles, although people retype, shorten and tidy up what they quote.

Quotation marks, dashes, white space, capital letters, invisible characters and the punctuation at the ends need not be
the same; "…" and "[…]" stand for words that were left out, and such a quote has a span for each of its pieces. Letters
and numbers must be: a quote that differs in a word is no quote.

Of thousands of quotes only those are looked for in an article of which it has the first three words in a row.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotate.anchoring import anchored, in_order
from annotate.model import Span

_LEFT_OUT = re.compile(r"\s*[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]\s*|\s*(?:…|\.\s?\.\s?\.)\s*")
_NEAR = 2_000
"""Characters between the pieces of one quote, at most."""
_LEAST = 2
"""Letters or digits that a piece of a quote has at least."""
_LEAST_NAMED = 4
"""And a whole quote, in the article that its row names."""
_LEAST_ANYWHERE = 12
"""And a whole quote that is looked for in all articles: "yes" stands everywhere."""
_EDGES = " .,;:!?·*_/\\()[]{}<>"
_SENTENCE_ENDS = ".!?。！？؟।۔"
_WORD = re.compile(r"\w+")
_BEGINNING = 3
"""Words by which an article is told to have a quote perhaps."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that are written without blanks, in which any letter may begin or end a word."""


class _Folds(dict[str, str]):
    """What a character is squeezed to, worked out once: nothing, a blank, or letters in one form."""

    def __missing__(self, character: str) -> str:
        self[character] = found = _fold(character)
        return found


def _fold(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isspace() or kind == "Pd" or character in "\u2212\u2043\u02d7~":
        return " "
    if kind in ("Cf", "Cc", "Pi", "Pf") or character in "\"'`´‚„‛‟′″〝〞〟＂＇「」『』ʼʹ\ufe0e\ufe0f":
        return ""
    if character == "\u0130":  # its small form would keep a dot above the dot
        return "i"
    return unicodedata.normalize("NFKD", character).casefold().replace(" ", "")


_FOLDS = _Folds()


def squeezed(words: str) -> str:
    """Words without what two people write differently, for comparing; no blanks at the ends."""
    return _squeezed(words).strip(_EDGES)


def _squeezed(text: str) -> str:
    return re.sub(" {2,}", " ", "".join(map(_FOLDS.__getitem__, text)))


def _owners(text: str) -> array[int]:
    """For each character of the squeezed text, the code point of the text that it was made of."""
    owners = array("l")
    after_blank = False
    for place, character in enumerate(text):
        fold = _FOLDS[character]
        if fold == " ":
            if not after_blank:
                owners.append(place)
            after_blank = True
        elif fold:
            owners.extend([place] * len(fold))
            after_blank = False
    return owners


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quote taken apart: its pieces squeezed, and whether it ends with the end of a sentence."""

    pieces: tuple[str, ...]
    ends: bool

    @property
    def is_telling(self) -> bool:
        return sum(map(_letters, self.pieces)) >= _LEAST_ANYWHERE or any(map(_UNSPACED.search, self.pieces))

    @property
    def beginning(self) -> tuple[str, ...] | None:
        """Its first words; None where they cannot be looked up."""
        words = _WORD.findall(self.pieces[0])[:_BEGINNING]
        return None if len(words) < _BEGINNING or _UNSPACED.search(self.pieces[0]) else tuple(words)


class SqueezedText:
    """A text in which quotes are looked for; where each character of it stands is worked out when one is found."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._squeezed = _squeezed(body)
        self._owners: array[int] | None = None

    def find(self, words: str) -> tuple[Span, ...]:
        """Where a quote stands first, anchored, a span for each of its pieces; none where it does not."""
        quote = _quote(words)
        return self.find_quote(quote) if quote is not None else ()

    def find_quote(self, quote: _Quote) -> tuple[Span, ...]:
        """The same for one that was taken apart already."""
        for first in self._hits(quote.pieces[0], 0, len(self._squeezed)):
            places = [first]
            for piece in quote.pieces[1:]:
                behind = places[-1][1]
                place = next(self._hits(piece, behind, behind + _NEAR + len(piece)), None)
                if place is None:
                    break
                places.append(place)
            if len(places) == len(quote.pieces):
                return self._anchored(places, ends=quote.ends)
        return ()

    def beginnings(self) -> Iterator[tuple[str, ...]]:
        """All runs of as many words as a quote is looked up by."""
        words = _WORD.findall(self._squeezed)
        return zip(*(words[first:] for first in range(_BEGINNING)), strict=False)

    def _hits(self, piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches of the squeezed text that hold a piece in whole words, from left to right."""
        at = self._squeezed.find(piece, start, end)
        while at >= 0:
            behind = at + len(piece)
            if self._is_edge(at) and self._is_edge(behind):
                yield at, behind
            at = self._squeezed.find(piece, at + 1, end)

    def _is_edge(self, place: int) -> bool:
        if not 0 < place < len(self._squeezed):
            return True
        before, after = self._squeezed[place - 1], self._squeezed[place]
        if _UNSPACED.match(before) or _UNSPACED.match(after):
            return unicodedata.combining(after) == 0
        return not (_in_word(before) and _in_word(after)) and not (
            # "12" is not in "12.5" nor in "3,12"
            (before in ".," and after.isdigit() and self._squeezed[max(0, place - 2)].isdigit())
            or (after in ".," and before.isdigit() and self._squeezed[place + 1 : place + 2].isdigit())
        )

    def _anchored(self, places: Sequence[tuple[int, int]], *, ends: bool) -> tuple[Span, ...]:
        stretches = [self._stretch(start, end) for start, end in places]
        start, end = stretches[-1]
        if ends and self._body[end : end + 1] and self._body[end] in _SENTENCE_ENDS:
            stretches[-1] = start, end + 1
        spans = in_order(self._body, (anchored(self._body, *stretch) for stretch in stretches))
        return tuple(anchored(self._body, span.start, span.end) for span in spans)

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the text behind a stretch of the squeezed one."""
        if self._owners is None:
            self._owners = _owners(self._body)
        return self._owners[start], self._owners[end - 1] + 1


class QuoteSearch:
    """Looks for many quotes in one article after the other. Quotes are named by their number in the list."""

    def __init__(self, quotes: Iterable[tuple[int, str]]) -> None:
        self._quotes: dict[int, _Quote] = {}
        self._by_beginning: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, words in quotes:
            quote = _quote(words)
            if quote is None or not quote.is_telling:
                continue
            self._quotes[number] = quote
            beginning = quote.beginning
            if beginning is None:
                self._always.append(number)
            else:
                self._by_beginning[beginning].append(number)

    def found_in(self, body: str) -> dict[int, tuple[Span, ...]]:
        """The quotes that a text holds, each with its anchored spans."""
        if not self._quotes:
            return {}
        text = SqueezedText(body)
        perhaps = list(self._always)
        for beginning in set(text.beginnings()) & self._by_beginning.keys():
            perhaps += self._by_beginning[beginning]
        found = {number: text.find_quote(self._quotes[number]) for number in sorted(perhaps)}
        return {number: spans for number, spans in found.items() if spans}


def _quote(words: str) -> _Quote | None:
    pieces = tuple(piece for part in _LEFT_OUT.split(words) if (piece := squeezed(part)))
    if not pieces or any(_letters(piece) < _LEAST for piece in pieces):
        return None
    if sum(map(_letters, pieces)) < _LEAST_NAMED and not any(map(_UNSPACED.search, pieces)):
        return None
    ending = words.rstrip(" \n\"'”’»“)]")
    return _Quote(pieces, ends=ending.endswith(tuple(_SENTENCE_ENDS)))


def _letters(piece: str) -> int:
    return sum(map(str.isalnum, piece))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.combining(character) != 0
