"""Old and new words of a cell in pieces, each changed or not, so that what changed can be painted and read out."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from annotate.changed_words import told_apart
from annotate.text_alignment import compared_words

EMPTY, GONE = "(empty)", "(the row is not there)"
"""Shown for a cell that holds nothing, and for a row that was deleted."""
_LONGEST = 2_000
"""Code points up to which words are compared; longer ones are shown as they are."""
_LEAD = 24
"""Code points that are shown before the first change of a long value."""


class Piece(NamedTuple):
    words: str
    is_changed: bool = False


@lru_cache(maxsize=4096)
def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both in pieces. Where one is empty or too long to compare, all of it counts as changed."""
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return _whole(old, changed=old != new), _whole(new, changed=old != new)
    was: list[Piece] = []
    now: list[Piece] = []
    for before, after in _joined(list(compared_words(old, new))):
        was += [Piece(before, before != after)] if before else []
        now += [Piece(after, before != after)] if after else []
    if not any(piece.is_changed for piece in (*was, *now)) and old != new:  # blanks alone differ
        return _whole(old, changed=True), _whole(new, changed=True)
    return tuple(was), tuple(now)


def on_one_line(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces on one line, beginning shortly before the first change."""
    flat = [Piece(" ".join(piece.words.split("\n")), piece.is_changed) for piece in found]
    first = next((number for number, piece in enumerate(flat) if piece.is_changed), 0)
    before = "".join(piece.words for piece in flat[:first])
    if len(before) <= _LEAD * 2:
        return tuple(flat)
    return (Piece(f"… {before[-_LEAD:].lstrip()}"), *flat[first:])


def read_out(old: str, new: str) -> tuple[str, str]:
    """Both as a screen reader says them, with what changed in brackets."""
    was, now = told_apart(old, new)
    return was or EMPTY, now or EMPTY


def _joined(stretches: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Changed stretches with nothing but blanks between them are one."""
    made: list[tuple[str, str]] = []
    for number, (before, after) in enumerate(stretches):
        is_changed = before != after
        if made and made[-1][0] != made[-1][1]:
            follows = number + 1 < len(stretches) and not is_changed and not before.strip()
            if is_changed or follows:
                made[-1] = made[-1][0] + before, made[-1][1] + after
                continue
        made.append((before, after))
    return made


def _whole(words: str, *, changed: bool) -> tuple[Piece, ...]:
    return (Piece(words, changed),) if words else ()
