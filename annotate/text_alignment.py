"""Which place in a changed text is which place in the old one.

Two versions of an article share most of their words, in the same order. Long stretches that both have are found by
blocks of the old text that are looked for everywhere in the new one (as rsync does), the longest row of them that
stands in the same order in both is kept, and what lies between is compared word by word. Every step is linear in the
texts, or bounded: five megabytes with no line ends and nothing in common take a second or two.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

BLOCKS = (32, 12)
"""Code points of the blocks looked for, first in the whole texts, then in what lies between."""

_MOST_COPIES = 8
"""Places with the same words that are looked at; of those alike, the nearest to where the one before stands."""

_MOST_COMPARED = 20_000_000
"""Words of the old times words of the new side of a gap that are compared one by one: a few milliseconds."""

TYPOGRAPHY = str.maketrans("\n\t\u00a0\u2009\u202f\u2028\u2029\u0085“”„«»‘’‚–—‑", " " * 8 + '"' * 5 + "'" * 3 + "-" * 3)
"""Kinds of spaces, quotation marks and dashes, one for one: an article set anew has other ones, and is the same."""

# Ideographs and kana are words of their own: their scripts put no spaces between words.
_WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+|.", re.DOTALL)


class Block(NamedTuple):
    """A stretch both texts have."""

    old: int
    new: int
    length: int


class _Piece(NamedTuple):
    """Old code points and the new ones in their place."""

    old: int
    old_end: int
    new: int
    new_end: int
    same: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the new text. Where `close` is False it is only about there: too much around it has changed."""

    start: int
    end: int
    close: bool = True


class Alignment:
    """Two versions of a text laid side by side; all places are code points. Typography does not count as a change."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old.translate(TYPOGRAPHY), new.translate(TYPOGRAPHY)
        self._blocks = [*_common_blocks(self._old, self._new), Block(len(old), len(new), 0)]
        self._starts = [block.old for block in self._blocks]
        self._new_starts = [block.new for block in self._blocks]
        self._pieces: dict[int, list[_Piece] | None] = {}

    def place(self, start: int, end: int) -> Place:
        """Where old start..end stands in the new text; empty where nothing stands in its place."""
        first, last = self._piece_at(start), self._piece_at(end - 1)
        if first is None or last is None:
            return Place(self._about(start), self._about(end), close=False)
        if first.same:
            new_start = first.new + start - first.old
        else:
            new_start = first.new if start == first.old else min(first.new + start - first.old, first.new_end)
        if last.same:
            new_end = last.new + end - last.old
        else:
            new_end = last.new_end if end == last.old_end else min(last.new + end - last.old, last.new_end)
        return Place(new_start, max(new_start, new_end))

    def is_old(self, start: int, end: int) -> bool:
        """Whether new start..end lies in a stretch that is the place of old words."""
        found = bisect_right(self._new_starts, start) - 1
        return found >= 0 and end <= self._blocks[found].new + self._blocks[found].length

    def added(self, margin: int) -> Iterator[tuple[int, int]]:
        """Stretches of the new text that are no old ones, with `margin` more on each side, by their starts."""
        before = 0
        for block in self._blocks:
            if before < block.new:
                yield max(0, before - margin), min(len(self._new), block.new + margin)
            before = block.new + block.length

    def _piece_at(self, position: int) -> _Piece | None:
        """What the old code point at `position` belongs to; None in a gap too large to be compared."""
        number = bisect_right(self._starts, position) - 1
        if number >= 0 and position < self._blocks[number].old + self._blocks[number].length:
            block = self._blocks[number]
            return _Piece(block.old, block.old + block.length, block.new, block.new + block.length, same=True)
        if number not in self._pieces:
            self._pieces[number] = _compared(self._old, self._new, *self._gap(number))
        pieces = self._pieces[number]
        if pieces is None:
            return None
        return pieces[bisect_right(pieces, position, key=lambda piece: piece.old) - 1]

    def _gap(self, number: int) -> tuple[int, int, int, int]:
        """Old start and end, new start and end of what lies behind a block (-1: before the first)."""
        before = self._blocks[number] if number >= 0 else Block(0, 0, 0)
        after = self._blocks[number + 1]
        return before.old + before.length, after.old, before.new + before.length, after.new

    def _about(self, position: int) -> int:
        old, old_end, new, new_end = self._gap(bisect_right(self._starts, position) - 1)
        if position <= old or old_end <= old:
            return new
        return new + min(position - old, old_end - old) * (new_end - new) // (old_end - old)


def _common_blocks(old: str, new: str) -> list[Block]:
    """Stretches that stand in both texts, in the same order in both, with none in between that can be found."""
    blocks = [Block(0, 0, 0)]
    for size in BLOCKS:
        finer: list[Block] = []
        for block, after in zip(blocks, [*blocks[1:], Block(len(old), len(new), 0)], strict=True):
            finer.append(block)
            finer += _in_order(
                _matches(old, new, block.old + block.length, after.old, block.new + block.length, after.new, size)
            )
        blocks = finer
    return [block for block in blocks if block.length]


def _matches(old: str, new: str, a: int, b: int, c: int, d: int, size: int) -> list[Block]:
    """What old a..b and new c..d have in common, by the place in the new text; some may stand in another order."""
    found: list[Block] = []
    if a < b and c < d:
        length = _shared(old, new, a, c, min(b - a, d - c))
        if length:
            found.append(Block(a, c, length))
            a, c = a + length, c + length
    ending: list[Block] = []
    if a < b and c < d:
        length = _shared_at_end(old, new, b, d, min(b - a, d - c))
        if length:
            b, d = b - length, d - length
            ending.append(Block(b, d, length))
    places: dict[str, list[int]] = {}
    if d - c >= size:
        for at in range(a, b - size + 1, size):
            places.setdefault(old[at : at + size], []).append(at)
    done = Block(a, c, 0)
    at = c
    while places and at <= d - size:
        if new[at : at + size] not in places:
            at += 1
            continue
        # The same words may stand elsewhere, too, in other blocks: those are met within one block's length.
        hits = {
            place - near: (place, near)
            for near in range(at, min(at + size, d - size + 1))
            for place in places.get(new[near : near + size], ())[:_MOST_COPIES]
        }
        blocks = [
            _widened(old, new, place, near, size, (a, b, done.new + done.length, d))
            for place, near in list(hits.values())[:_MOST_COPIES]
        ]
        longest = max(block.length for block in blocks)
        shift = done.old - done.new
        done = min(
            (block for block in blocks if 2 * block.length >= longest),
            key=lambda block: abs(block.old - block.new - shift),
        )
        found.append(done)
        at = done.new + done.length
    return found + ending


def _widened(old: str, new: str, place: int, at: int, size: int, within: tuple[int, int, int, int]) -> Block:
    """A block that both texts have, with all that is the same on both of its sides."""
    a, b, c, d = within
    back = _shared_at_end(old, new, place, at, min(place - a, at - c))
    length = size + _shared(old, new, place + size, at + size, min(b - place, d - at) - size)
    return Block(place - back, at - back, back + length)


def _shared(old: str, new: str, a: int, c: int, most: int) -> int:
    """How many code points from old a and new c on are the same, `most` at most."""
    done, step = 0, 64
    while done < most and old[a + done : a + min(done + step, most)] == new[c + done : c + min(done + step, most)]:
        done, step = min(done + step, most), step * 2
    while step > 1 and done < most:
        step //= 2
        if done + step <= most and old[a + done : a + done + step] == new[c + done : c + done + step]:
            done += step
    return done


def _shared_at_end(old: str, new: str, b: int, d: int, most: int) -> int:
    """How many code points before old b and new d are the same, `most` at most."""
    done, step = 0, 64
    while done < most:
        more = min(step, most - done)
        if old[b - done - more : b - done] != new[d - done - more : d - done]:
            break
        done, step = done + more, step * 2
    while step > 1 and done < most:
        step //= 2
        if done + step <= most and old[b - done - step : b - done] == new[d - done - step : d - done]:
            done += step
    return done


def _in_order(matches: list[Block]) -> list[Block]:
    """The matches that stand in the same order in the old text and hold the most code points together."""
    if all(one.old + one.length <= two.old for one, two in pairwise(matches)):
        return matches
    ends: list[int] = []  # old ends of the rows found so far; the longer a row, the later it ends
    weights: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, match in enumerate(matches):
        row = bisect_right(ends, match.old) - 1
        before.append(last[row] if row >= 0 else -1)
        weight = match.length + (weights[row] if row >= 0 else 0)
        end = match.old + match.length
        at = bisect_left(ends, end)
        if at and weights[at - 1] >= weight:
            continue
        beaten = at
        while beaten < len(ends) and weights[beaten] <= weight:
            beaten += 1
        ends[at:beaten], weights[at:beaten], last[at:beaten] = [end], [weight], [number]
    row_of: list[Block] = []
    number = last[-1]
    while number >= 0:
        row_of.append(matches[number])
        number = before[number]
    return row_of[::-1]


def _compared(old: str, new: str, a: int, b: int, c: int, d: int) -> list[_Piece] | None:
    """Old a..b laid beside new c..d word by word, what changed in one stretch in one piece; None where too long."""
    from rapidfuzz.distance import Levenshtein

    was, now = _WORD.findall(old[a:b]), _WORD.findall(new[c:d])
    if len(was) * len(now) > _MOST_COMPARED:
        return None
    old_at, new_at = _places(was, a), _places(now, c)
    pieces: list[_Piece] = []
    for step in Levenshtein.opcodes(was, now):
        piece = _Piece(
            old_at[step.src_start],
            old_at[step.src_end],
            new_at[step.dest_start],
            new_at[step.dest_end],
            same=step.tag == "equal",
        )
        if pieces and not piece.same and not pieces[-1].same:
            pieces[-1] = pieces[-1]._replace(old_end=piece.old_end, new_end=piece.new_end)
        else:
            pieces.append(piece)
    # Words that were only added belong to no old code point.
    return [piece for piece in pieces if piece.old < piece.old_end]


def compared_words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Few words laid side by side: stretches that are the same in both, and what stands in the place of what."""
    from rapidfuzz.distance import Levenshtein

    was, now = _WORD.findall(old), _WORD.findall(new)
    before, after = "", ""
    for step in Levenshtein.opcodes(was, now):
        one, other = "".join(was[step.src_start : step.src_end]), "".join(now[step.dest_start : step.dest_end])
        if step.tag != "equal":
            before, after = before + one, after + other
            continue
        if before or after:
            yield before, after
            before, after = "", ""
        yield one, other
    if before or after:
        yield before, after


def _places(words: list[str], start: int) -> list[int]:
    return list(accumulate(map(len, words), initial=start))
