"""Words and numbers as XML writes them.

The files are written as text and not through a tree: a project has hundreds of thousands of elements. What XML cannot
hold at all becomes U+FFFD and is counted, so that it can be told.
"""

from __future__ import annotations

import re
from decimal import Decimal

from annotate.canonical import REPLACEMENT

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_SPECIAL = re.compile('[&<>"\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]')
_ILLEGAL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# Readers of XML turn line ends and tabs in attributes into blanks unless they are written so.
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


class Markup:
    """Escapes words; `replaced` counts the characters that XML cannot hold."""

    def __init__(self) -> None:
        self.replaced = 0

    def text(self, words: str) -> str:
        """Words as the content of an element."""
        return self._legal(words).translate(_IN_TEXT) if _SPECIAL.search(words) else words

    def attribute(self, words: str) -> str:
        """Words as the value of an attribute, between double quotation marks."""
        return self._legal(words).translate(_IN_ATTRIBUTE) if _SPECIAL.search(words) else words

    def _legal(self, words: str) -> str:
        words, replaced = _ILLEGAL.subn(REPLACEMENT, words)
        self.replaced += replaced
        return words


def decimal(number: float) -> str:
    """A finite number in digits without an exponent, which xsd:decimal does not know; exactly the same number again
    when read."""
    return format(Decimal(repr(number)), "f")
