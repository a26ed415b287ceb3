"""Brackets in text from right to left, which some PDFs give back the wrong way round.

In such text a bracket is drawn mirrored. Whether a PDF names the one that was typed or the one that is drawn depends on
what wrote it, and pdfium turns either round. So what a document does is told from its words: what stands before a word
must open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.importers.pdf_layout import Fragment, is_right_to_left

_TURNED = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_BEFORE_WORD = re.compile(r"(?:^|\s)([(\[{«‹)\]}»›])(?=\w)")
_CLOSERS = ")]}»›"

Pages = Sequence[tuple[Fragment, ...]]


def with_brackets_turned(pages: Pages) -> list[tuple[Fragment, ...]]:
    """The same pages, with brackets the other way round in words from right to left where more of them close before a
    word than open."""
    balance = 0
    for fragment in (one for page in pages for one in page):
        if _is_right_to_left(fragment):
            balance += sum(1 if sign in _CLOSERS else -1 for sign in _BEFORE_WORD.findall(fragment.text))
    if balance <= 0:
        return list(pages)
    return [tuple(map(_turned, page)) for page in pages]


def _turned(fragment: Fragment) -> Fragment:
    if not _is_right_to_left(fragment):
        return fragment
    return replace(fragment, text=fragment.text.translate(_TURNED))


def _is_right_to_left(fragment: Fragment) -> bool:
    return not fragment.text.isascii() and is_right_to_left([fragment])
