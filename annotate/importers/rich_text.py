"""RTF documents: the words a reader sees, in the order of the document.

striprtf knows the names of the format (which groups hold no text, which charset number means which code page); the
groups are walked here, because its own function gives back one string: paragraphs, tables and footnotes are not told
apart, hidden and deleted text is mixed in, links get their address written behind them, and it is quadratic on long
lines. Method: the Rich Text Format Specification 1.9.1. Left out as in Word documents: numbers of list items, headers
and footers, comments, field codes.
"""

from __future__ import annotations

import re

from annotate.canonical import REPLACEMENT
from annotate.errors import ImportRefused
from annotate.importers.document import HIDDEN_LEFT_OUT, Document, reading_of
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions
from annotate.importers.rich_text_walk import Walk

MARKUP_LIMIT = 2_500_000
"""Backslashes and braces; each costs a few microseconds. A page of Word has some hundreds."""
WORDS_LIMIT = 50 * 1024 * 1024
"""Bytes of text that is no markup, pictures not counted."""

_STARTS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,16}\{\s{0,16}\\rtf")


def recognises(data: bytes, _name: str) -> bool:
    return _STARTS.match(data) is not None


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for too much markup or text and for documents without words."""
    return reading_of(document_of(data, name), name)


def document_of(data: bytes, name: str) -> Document:
    """The document as it stands, also for those who look for several articles in it; raises ImportRefused."""
    if data.count(b"\\") + data.count(b"{") + data.count(b"}") > MARKUP_LIMIT:
        raise ImportRefused(
            f"{name} has more formatting marks than can be read safely; save it as docx in Word and import that."
        )
    walk = Walk(data, WORDS_LIMIT)
    if walk.size > WORDS_LIMIT:
        raise ImportRefused(
            f"{name} has more than {WORDS_LIMIT // 1024**2} MB of words, which is too much for one article; split it."
        )
    warnings = [HIDDEN_LEFT_OUT] if walk.hidden else []
    if walk.unreadable:
        subject = (
            "1 character does not fit its"
            if walk.unreadable == 1
            else f"{walk.unreadable:,} characters do not fit their"
        )
        warnings.append(f"{subject} code page; look for {REPLACEMENT}.")
    if walk.cut_short:
        warnings.append(f"{name} ends before its last bracket is closed; it may have been cut short.")
    return Document(
        tuple(walk.body.blocks),
        tuple(walk.notes),
        tuple(walk.body.titles),
        title=walk.properties.get("title", ""),
        author=walk.properties.get("author", ""),
        warnings=tuple(warnings),
    )


FORMAT = Format("rtf", "4", "Rich Text document", (".rtf",), recognises, read)
