"""Paragraphs of text that was wrapped at a fixed width, as databases wrote it for printers and mail.

A line end counts as made by the wrapping where the next word would not have fitted; every other one was there before
(lists, verses, addresses) and stays.
"""

from __future__ import annotations

import re
from itertools import pairwise

WIDEST = 100
"""Code points; in wrapped text only single long words reach beyond."""
_LABEL_LINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ-]{2,30}(?: [A-ZÀ-Þ]+)?: ")


def unwrapped(text: str) -> list[str]:
    """Paragraphs, which are apart by blank lines or begin with a label in capitals; `text` has LF line ends."""
    lines = text.split("\n")
    width = _width(lines)
    paragraphs: list[str] = []
    pieces: list[str] = []
    for before, line in pairwise(["", *lines]):
        words = line.strip()
        if pieces and (not words or _LABEL_LINE.match(line)):
            paragraphs.append("".join(pieces))
            pieces = []
        if words:
            if pieces:
                first = words.split(maxsplit=1)[0] if len(words) < 2 * WIDEST else words
                wraps = width is not None and len(before.rstrip()) + 1 + len(first) > width
                pieces.append(" " if wraps else "\n")
            pieces.append(words)
    if pieces:
        paragraphs.append("".join(pieces))
    return paragraphs


def _width(lines: list[str]) -> int | None:
    """Code points at which the lines were wrapped, None where they were not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 99 // 100] if lengths else 0
    return width if 0 < width <= WIDEST else None
