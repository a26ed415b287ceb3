"""Blocks of a document put together into one canonical text with parts.

All formats share one shape: paragraphs are a blank line apart, items of a list and rows of a table follow on the next
line, cells are a tab apart (a tab is hardly ever part of a cell's own words).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotate.canonical import canonical
from annotate.importers.draft import DraftPart
from annotate.vocabulary import PartRole

CELL_GAP = "\t"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row; `follows` means that it belongs on the line after the one before it. A row
    keeps the tabs of the empty cells that it begins with."""

    text: str
    role: PartRole = PartRole.BODY
    follows: bool = False
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Assembled:
    """Canonical text; the parts that are not plain body, in code points; notes on what was cleaned; where each block
    that was given begins in the text (code points; for one without words, where it would)."""

    text: str
    parts: tuple[DraftPart, ...]
    notes: tuple[str, ...]
    starts: tuple[int, ...] = ()


def assemble(blocks: Iterable[Block]) -> Assembled:
    """Join blocks; those without words are left out."""
    pieces: list[str] = []
    parts: list[DraftPart] = []
    notes: list[str] = []
    starts: list[int] = []
    length = 0
    for block in blocks:
        cleaned = canonical(block.text)
        text = cleaned.text.rstrip(" \t\n").lstrip(" \n" if block.is_row else " \t\n").lstrip("\ufeff")
        gap = "" if not pieces else "\n" if block.follows else "\n\n"
        starts.append(length + len(gap))
        if not text.strip():
            continue
        notes += [note for note in cleaned.notes if note not in notes]
        pieces.append(gap)
        length += len(gap)
        if block.role is not PartRole.BODY:
            parts.append(DraftPart(block.role, length, length + len(text)))
        pieces.append(text)
        length += len(text)
    return Assembled("".join(pieces), tuple(parts), tuple(notes), tuple(starts))
