"""The spaces that a web page's source put there on purpose (10 000, 24 %), carried past what makes all spaces alike.

trafilatura turns every kind of space into the common one. These pass through it as private characters, one for one,
and come back afterwards.
"""

from __future__ import annotations

import re
from typing import Any

from annotate.importers.page_cleaning import CAPTION

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u0085"
)
_PRIVATE = 0xF0000
_IS_SPACE = re.compile(f"[{_SPACES}]")
_IS_PRIVATE = re.compile("[\U000f0000-\U000ffffc]")
_NOT_TAKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""References to them come out of a page; lxml puts none back in."""
_BEGINS_PRIVATE = "\U000f0000".encode()[:1]
"""Of every private character in UTF-8: a look for one byte tells faster that a page has none."""


def hide_spaces(page: Any) -> str:
    """Change an lxml page in place; hands back which spaces were hidden, none where a page has private characters."""
    words = str(page.xpath("string()")).replace(CAPTION, "")
    if _IS_SPACE.search(words) is None or (_BEGINS_PRIVATE in words.encode() and _IS_PRIVATE.search(words)):
        return ""
    spaces = "".join(space for space in _SPACES if space in words)
    # Only what holds one is looked at: of the thousands of elements of a page, a few.
    holding = " or ".join(f"contains(., '{space}')" for space in spaces)
    for element in [text.getparent() for text in page.xpath(f"//text()[{holding}]")]:
        text, tail = element.text, element.tail
        if text and _IS_SPACE.search(text) and text.strip():
            element.text = _without_spaces(text, spaces)
        if tail and _IS_SPACE.search(tail) and tail.strip():
            element.tail = _without_spaces(tail, spaces)
    return spaces


def _without_spaces(words: str, spaces: str) -> str:
    for space in spaces:
        words = words.replace(space, chr(_PRIVATE + ord(space)))
    return _NOT_TAKEN.sub("", words)


def with_spaces(words: str, spaces: str) -> str:
    """Words with the spaces that were hidden."""
    for space in spaces:
        words = words.replace(chr(_PRIVATE + ord(space)), space)
    return words
