"""Marks carried over to a changed version of their text.

An updated article must not cost the work done on it, and must not change a mark's meaning behind the analyst's back:
words that are the same in the same surroundings move by themselves, words that differ a little move and are flagged,
and wherever a number differs, or more than a little, a person decides. Nothing is dropped.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotate.anchoring import CONTEXT, anchored
from annotate.changed_numbers import changed_numbers
from annotate.model import Span
from annotate.sentences import PARAGRAPH_ENDS
from annotate.text_alignment import TYPOGRAPHY, Alignment, Place
from annotate.vocabulary import CarryOutcome

ALIKE = 0.9
"""Similarity from which changed words move by themselves."""
LIKELY = 0.5
"""Similarity from which words are proposed as those that were marked."""

_SIDE_ALIKE = 0.6
_ADJOINING = 12
"""Code points next to a mark that make a side the same, however much has changed beyond them."""
_OWN_CONTEXT = 24
"""Code points of words that need the same surroundings on one side only."""
_FEW = 40
"""Code points of words for which quite other words may have been put."""
_SEED = 16
_NEAREST = 4
"""Places with the same beginning or end that are looked at for one mark."""
_COMPARED = 4_000
"""Code points up to which words are compared letter by letter; beyond, word by word without their order."""
_SEARCHED = 500
"""Code points of the longest words that are searched for where the texts have nothing in common."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one annotation; `spans` are anchored in the new text: its own, or proposed (review), or none."""

    outcome: CarryOutcome
    spans: tuple[Span, ...]
    similarity: float
    """Of the words, 0 to 1; of several spans the least."""
    reason: str
    """Why, in words for the analyst; empty for what is kept."""


class _Verdict(NamedTuple):
    outcome: CarryOutcome
    span: Span | None
    similarity: float
    reason: str
    sides: int = 0
    """On how many sides the surroundings are the same."""


_LINE_END = re.compile(f"[{PARAGRAPH_ENDS}]")
_BREAK = re.compile(r"\s*\n\s*\n|\s*\Z")
_ORDER = {outcome: rank for rank, outcome in enumerate(CarryOutcome)}
_GONE = _Verdict(CarryOutcome.LOST, None, 0.0, "The words are not in the new text any more.")


def carry(old: str, new: str, spans_of: Mapping[int, Sequence[Span]]) -> dict[int, Carried]:
    """Where the annotations of an old text stand in a new one, by their ids; of `spans_of` only start and end count.

    Spans are code points of `old`, at least one for each annotation. An annotation of several spans moves as its
    worst one does. Takes time in proportion to the texts and the words marked.
    """
    if old == new:
        whole = {i: tuple(_as_stood(old, span) for span in spans) for i, spans in spans_of.items()}
        return {i: Carried(CarryOutcome.KEPT, spans, 1.0, "") for i, spans in whole.items()}
    texts = _Texts(old, new)
    return {i: _together(spans, [texts.verdict(span) for span in spans]) for i, spans in texts.prepared(spans_of)}


class _Texts:
    """Both texts with what is found out about them once for all marks."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.alignment = Alignment(old, new)
        self._seeds: dict[str, array[int]] = {}

    def prepared(self, spans_of: Mapping[int, Sequence[Span]]) -> Iterator[tuple[int, Sequence[Span]]]:
        """The same annotations, after one walk through the new text for the beginnings and ends of all their words."""
        if min(len(self.old), len(self.new)) >= _SEED:
            for spans in spans_of.values():
                for span in spans:
                    if self.alignment.place(span.start, span.end) == Place(span.start, span.end):
                        continue
                    for at in self._seeds_at(span):
                        self._seeds.setdefault(self.old[at : at + _SEED], array("I"))
            self._walk()
        return iter(spans_of.items())

    def verdict(self, span: Span) -> _Verdict:
        """Where a span stands: at its own place in the order of the text, or else at another that fits better."""
        place = self._own_place(span)
        at_place = self._judge(span, place, is_aligned=place.close)
        if at_place.outcome is not CarryOutcome.LOST and (
            at_place.sides == 2 or at_place.outcome is not CarryOutcome.REVIEW
        ):
            return at_place
        verdicts = [at_place, *(self._judge(span, other, is_aligned=False) for other in self._elsewhere(span, place))]
        return min(verdicts, key=lambda one: (_ORDER[one.outcome], -one.sides, -one.similarity))

    def _own_place(self, span: Span) -> Place:
        """The place of a span in the order of the text. Where one of its ends lies in words that are gone, which often
        begin or end like those beside them, the other end says where it is."""
        place = self.alignment.place(span.start, span.end)
        words = self.old[span.start : span.end]
        for start in (place.start, place.end - len(words)):
            if start >= 0 and self.new.startswith(words, start):
                return Place(start, start + len(words), place.close)
        return place

    def _judge(self, span: Span, place: Place, *, is_aligned: bool) -> _Verdict:
        words = self.old[span.start : span.end]
        found = _anchored_words(self.new, place.start, place.end, words)
        if found is None:
            return _GONE
        sides = self._same_sides(span, found, is_aligned=is_aligned)
        if found.exact == words:
            return self._judge_same(span, found, sides, is_aligned=is_aligned)
        similarity = _similarity(_plain(words), _plain(found.exact))
        if similarity < LIKELY and not (sides == 2 and _is_likely(words, found.exact, similarity)):
            return _GONE
        numbers = changed_numbers(words, found.exact)
        if numbers:
            return _Verdict(CarryOutcome.REVIEW, found, similarity, numbers, sides)
        alike = f"The words changed ({int(100 * similarity)} % the same)."
        if similarity == 1:
            alike = "The same words, set differently."
        if similarity < ALIKE:
            return _Verdict(CarryOutcome.REVIEW, found, similarity, alike, sides)
        if sides < 2:
            around = "The words changed a little, and so did what stands around them."
            return _Verdict(CarryOutcome.REVIEW, found, similarity, around, sides)
        return _Verdict(CarryOutcome.CHANGED, found, similarity, alike, sides)

    def _judge_same(self, span: Span, found: Span, sides: int, *, is_aligned: bool) -> _Verdict:
        if sides == 2 and (found.start, found.end) == (span.start, span.end):
            return _Verdict(CarryOutcome.KEPT, found, 1.0, "", sides)
        if sides == 2:
            return _Verdict(CarryOutcome.MOVED, found, 1.0, "The same words stand at another place.", sides)
        if sides == 1 and (is_aligned or len(found.exact) >= _OWN_CONTEXT):
            around = "The words are the same; what stands next to them changed."
            return _Verdict(CarryOutcome.CHANGED, found, 1.0, around, sides)
        return _Verdict(CarryOutcome.REVIEW, found, 1.0, "The same words stand among other words.", sides)

    def _same_sides(self, span: Span, found: Span, *, is_aligned: bool) -> int:
        before = self.old[max(0, span.start - CONTEXT) : span.start]
        after = self.old[span.end : span.end + CONTEXT]
        backwards = _is_same_side(before[::-1], found.before[::-1], in_line=is_aligned)
        return backwards + _is_same_side(after, found.after, in_line=is_aligned)

    def _elsewhere(self, span: Span, place: Place) -> Iterator[Place]:
        """Other places that begin or end like the words and are not the place of other old words."""
        length = span.end - span.start
        if not place.close and length <= _SEARCHED:
            yield from _searched(self.new, self.old[span.start : span.end], place.start)
        for at in self._seeds_at(span):
            found = self._seeds.get(self.old[at : at + _SEED], array("I"))
            here = bisect_left(found, place.start)
            for seed in found[max(0, here - _NEAREST) : here + _NEAREST]:
                start = max(0, seed + span.start - at)
                end = min(len(self.new), start + length)
                if self.alignment.is_old(start, end):
                    continue
                yield Place(start, end)
                if length <= _SEARCHED and self.new[start:end] != self.old[span.start : span.end]:
                    yield from _searched(self.new, self.old[span.start : span.end], start, around=length // 2 + 40)

    def _seeds_at(self, span: Span) -> tuple[int, ...]:
        """Where the seeds of a span stand in the old text: its first and its last code points, with what follows
        or goes before where it is shorter."""
        last = len(self.old) - _SEED
        first, second = min(span.start, last), min(max(0, span.end - _SEED), last)
        return () if last < 0 else (first,) if first == second else (first, second)

    def _walk(self) -> None:
        done = 0
        for start, end in self.alignment.added(_SEED) if self._seeds else ():
            for at in range(max(start, done), end - _SEED + 1):
                places = self._seeds.get(self.new[at : at + _SEED])
                if places is not None:
                    places.append(at)
            done = max(done, end - _SEED + 1)


def _as_stood(body: str, span: Span) -> Span:
    before = body[max(0, span.start - CONTEXT) : span.start]
    return Span(span.start, span.end, body[span.start : span.end], before, body[span.end : span.end + CONTEXT])


def _anchored_words(body: str, start: int, end: int, words: str) -> Span | None:
    """The words at a place; blanks at its ends are left out unless they were marked, too."""
    stands = body[start:end]
    if stands != words:
        start += len(stands) - len(stands.lstrip())
        end = start + len(stands.strip())
    return anchored(body, start, end) if start < end else None


def _is_same_side(old: str, new: str, *, in_line: bool) -> bool:
    """Whether what stands on one side of a mark, read away from it, is much the same.

    `in_line` looks no further than the mark's own line: a paragraph put before its own changes nothing.
    """
    if old == new or (min(len(old), len(new)) >= _ADJOINING and old[:_ADJOINING] == new[:_ADJOINING]):
        return True
    if in_line and _LINE_END.split(old, 1)[0] == _LINE_END.split(new, 1)[0]:
        return True
    if bool(_BREAK.match(old)) != bool(_BREAK.match(new)):  # a title is not the first word of the paragraph below it
        return False
    return _similarity(_plain(old), _plain(new)) >= _SIDE_ALIKE


def _plain(words: str) -> str:
    """Words without what only setting them anew changes."""
    return " ".join(words.translate(TYPOGRAPHY).split())


def _similarity(old: str, new: str) -> float:
    """How much of two stretches is the same, 0 to 1."""
    if max(len(old), len(new)) > _COMPARED:
        was, now = Counter(old.split()), Counter(new.split())
        return 2 * (was & now).total() / max(1, was.total() + now.total())
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(old, new)


def _is_likely(words: str, exact: str, similarity: float) -> bool:
    """Whether what stands in the same surroundings is what the words became: other few words, or theirs and more."""
    if len(words) <= _FEW:
        return any(letter.isalnum() for letter in exact)
    return similarity * (len(words) + len(exact)) >= 2 * LIKELY * len(words)


def _searched(body: str, words: str, about: int, *, around: int = _SEARCHED) -> Iterator[Place]:
    """The place most like some words in a window around a place."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    first = max(0, about - around)
    window = body[first : about + len(words) + around]
    found = partial_ratio_alignment(words, window, score_cutoff=100 * LIKELY) if len(window) >= len(words) else None
    if found is not None:
        start, end = first + found.dest_start, first + found.dest_end
        while start > first and body[start - 1].isalnum() and body[start].isalnum() and start > about - around:
            start -= 1
        while end < first + len(window) and body[end].isalnum() and body[end - 1].isalnum():
            end += 1
        yield Place(start, end)


def _together(spans: Sequence[Span], verdicts: Sequence[_Verdict]) -> Carried:
    """One outcome for all spans of an annotation."""
    worst = max(verdicts, key=lambda verdict: _ORDER[verdict.outcome])
    found = tuple(verdict.span for verdict in verdicts if verdict.span is not None)
    similarity = min(verdict.similarity for verdict in verdicts)
    if not found:
        return Carried(CarryOutcome.LOST, (), similarity, worst.reason)
    if len(found) < len(spans):
        return Carried(CarryOutcome.REVIEW, _apart(found), similarity, "A part of the words is not there any more.")
    if _apart(found) != found:
        mixed = "Its parts stand in another order, or have come together."
        return Carried(CarryOutcome.REVIEW, _apart(found), similarity, mixed)
    return Carried(worst.outcome, found, similarity, worst.reason)


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, without those that reach into the one before."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
