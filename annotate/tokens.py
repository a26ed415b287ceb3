"""The tokens that texts are read by, where numbers are looked for: runs of digits, words and single signs.

Each is made once for a stretch of text, and everything that reads amounts works with indices into these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GROUP_SPACES = " \u00a0\u2009\u202f"
HYPHENS = frozenset("-\u2010\u2011")
DASHES = HYPHENS | frozenset("\u2012\u2013\u2014\u2212~")
MINUS = frozenset("-\u2010\u2011\u2013\u2212")

FIRST_WITHOUT_SPACES = "\u0e00"
"""The first letter of the scripts from Thai to Chinese, most of which put no space between a word and a number."""

MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670" + "".join(
    f"{chr(block)}-{chr(block + 3)}{chr(block + 0x3C)}-{chr(block + 0x57)}{chr(block + 0x62)}{chr(block + 0x63)}"
    for block in range(0x0900, 0x0E00, 0x80)
)
"""Combining marks that are part of words: of Latin, Hebrew, Arabic, and, alike in each block of 128, the scripts of
India."""

# Each alternative begins with another class of characters or runs over disjoint ones: no position is read twice.
_TOKEN = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[{GROUP_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’٫٬]\d+)*)"
    rf"|(?P<word>(?:[^\W\d_]|[{MARKS}])+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>\S)"
)


def words(text: str) -> list[str]:
    """The words of a list that is written as running text, so that it can be read and extended."""
    return text.split()


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits, a word or one sign; offsets in code points of the words read."""

    text: str
    word: str
    """The text in lower case with straight apostrophes, for looking up."""
    start: int
    end: int
    spaced: bool
    """White space, or the beginning of the words, stands before it."""
    is_digits: bool = False
    is_sign: bool = False


def tokenize(words: str) -> list[Token]:
    """The tokens of some words; offsets in code points. Never raises."""
    tokens: list[Token] = []
    previous_end = -1
    for found in _TOKEN.finditer(words):
        text = found.group()
        tokens.append(
            Token(
                text=text,
                word=text.replace("’", "'").lower(),
                start=found.start(),
                end=found.end(),
                spaced=found.start() != previous_end,
                is_digits=found.lastgroup == "digits",
                is_sign=found.lastgroup == "sign",
            )
        )
        previous_end = found.end()
    return tokens


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The word to look up at an index, "" outside the tokens."""
    return tokens[index].word if 0 <= index < len(tokens) else ""
