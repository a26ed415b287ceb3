"""Paragraphs of a mail that was broken into lines for old screens and says so (format=flowed, RFC 3676)."""

from __future__ import annotations

import re

_QUOTES = re.compile(r"(>*)( ?)([^\n]*)")
_SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Lines that go on are put together; marks of quotation stay before each paragraph.

    `delete_space` where the space at the end of a line is no part of the words (DelSp=yes, as in Chinese).
    """
    lines: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _QUOTES.match(line)
        assert found is not None
        quotes, words = len(found[1]), found[3]
        if pieces and (quotes != depth or words == _SIGNATURE):
            lines.append("".join(pieces).rstrip(" "))
            pieces = []
        if not pieces and quotes:
            pieces.append(">" * quotes + " ")
        depth = quotes
        if words.endswith(" ") and words != _SIGNATURE:
            pieces.append(words[:-1] if delete_space else words)
            continue
        lines.append("".join((*pieces, words)))
        pieces = []
    if pieces:
        lines.append("".join(pieces).rstrip(" "))
    return "\n".join(lines)
