"""Titles, names and the like as inputs state them, brought onto one line."""

from __future__ import annotations

import re

from annotate.canonical import canonical

_LONGEST = 1000
"""Code points; a line of a mail's header may have no more (RFC 5322), and no headline comes near."""
_EMBEDDINGS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def one_line(words: str | None) -> str | None:
    """White space collapsed, nothing that XML forbids; None where nothing is left.

    Controls that begin or end a stretch of the other writing direction go: left open, they would turn round whatever
    stands behind the title in a list or a sheet.
    """
    cleaned = _EMBEDDINGS.sub("", canonical((words or "")[:_LONGEST]).text)
    return " ".join(cleaned.split()) or None
