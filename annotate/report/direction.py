"""Which way words run, for formats that want to be told: the first strong letter decides (UAX 9, rule P2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import bidirectional

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Hebrew, Arabic, Syriac, N'Ko and the like."""

_LEFT_TO_RIGHT_MARK = "\u200e"

_STRETCH = re.compile(rf"[{_RIGHT_TO_LEFT}]+(?:[\W\d_]*[{_RIGHT_TO_LEFT}]+)*")
"""Words that run from right to left with the numbers and signs between them."""


def runs_from_right(text: str) -> bool:
    """Whether a paragraph of this text runs from right to left."""
    if text.isascii():
        return False
    for character in text:
        direction = bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def closed(text: str) -> str:
    """The text for a line that runs from the left and goes on behind it: where it ends in words that run from the
    right, a mark that is not seen keeps numbers that follow from being set before them."""
    strong = (direction for one in reversed(text) if (direction := bidirectional(one)) in ("L", "R", "AL"))
    return text if text.isascii() or next(strong, "L") == "L" else f"{text}{_LEFT_TO_RIGHT_MARK}"


def directed(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, each with whether its words run from right to left; together they are the text."""
    position = 0
    for match in () if text.isascii() else _STRETCH.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], False
        yield match[0], True
        position = match.end()
    if position < len(text):
        yield text[position:], False
