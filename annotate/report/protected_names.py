"""Finds names that must not be handed on, and quotations that must not, in any text of a report.

Why it exists: everything that is shared goes through one finder, cells and texts alike, so that they cannot differ in
what they give away. It looks in the bare letters of a text (bare_letters.py) and answers with places in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from annotate.bare_letters import BareLetters, bare_letters, is_coded, traced_letters
from annotate.report.name_parts import Form, Reach

REDACTED = "[redacted]"

_SOUGHT = 16
"""Letters of a form that the search goes by; the others are compared where those are found."""
_LONG = 2_000
"""Code points of a text from which only what is around possible names is looked at closely."""
_CHUNK = 256
_SPACE = re.compile(r"\s")
_SPACE_BEFORE = re.compile(r"\s\S*\Z")
_ENDINGS = frozenset({"s", "es"})
_LONGEST_ENDING = 3
_PREFIXES = re.compile("(?:[وفبكل]{0,2}(?:ال|لل)?)")
"""What Arabic writes before a word without a space: and, so, in, like, for, the."""
_GAP = r"[ \t\u00a0\u202f.,_+\-‐‑–]{1,3}"
_BETWEEN_PARTS = rf"{_GAP}(?:[^\W\d_]{_GAP})?"
"""What may stand between two parts of one name, a middle initial among it."""
_BETWEEN = re.compile(f"(?:{_BETWEEN_PARTS})?")
_BEFORE = re.compile(rf"([^\W_][^\s_]*?){_BETWEEN_PARTS}\Z")
_AFTER = re.compile(rf"{_BETWEEN_PARTS}([^\W_]\w*)")
_MOST_BETWEEN = 7
_CONNECTORS = "-_/@.+"
_MOST_NAMED = 3
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A place (code points) that gives somebody away, and what stands there instead."""

    start: int
    end: int
    by: str


class ProtectedNames:
    """The forms of all protected names with what they become; `kept` are words (bare letters) of open sources' names,
    which stay whole although a protected name may be inside, and `words` all words of a protected name by what it
    becomes: beside a part that is found, also those go that an open source has too."""

    def __init__(
        self,
        forms: Iterable[tuple[Form, str]],
        quotations: Iterable[str] = (),
        *,
        kept: frozenset[str] = frozenset(),
        words: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._kept = kept
        self._words = words or {}
        self._forms: dict[str, dict[str, tuple[Form, tuple[str, ...]]]] = {}
        for form, by in forms:
            self._add(form, by)
        for letters in quotations:
            self._add(Form(letters, frozenset(), Reach.ANYWHERE), REDACTED)
        self._lengths = sorted({len(beginning) for beginning in self._forms}, reverse=True)
        self._search = re.compile(_pattern(self._forms)).search if self._forms else None

    def find(self, text: str) -> list[Hit]:
        """What must not be handed on of a text, in order, not overlapping."""
        if self._search is None or not text:
            return []
        letters = bare_letters(text)
        if self._search(letters) is None:
            return []
        if len(text) <= _LONG or is_coded(text):
            return self._found_in(text)
        hits: list[Hit] = []
        for start, end in self._windows(text, letters):
            hits += [Hit(start + hit.start, start + hit.end, hit.by) for hit in self._found_in(text[start:end])]
        return hits

    def _windows(self, text: str, letters: str) -> list[tuple[int, int]]:
        """Stretches of a long text that hold all forms in it, with enough around them; they part at white space."""
        assert self._search is not None
        starts = list(
            accumulate((len(bare_letters(text[at : at + _CHUNK])) for at in range(0, len(text), _CHUNK)), initial=0)
        )
        windows: list[tuple[int, int]] = []
        place = 0
        while (match := self._search(letters, place)) is not None:
            place = match.start() + 1
            longest = max((len(form.letters) for form, _ in self._forms_at(letters, match.start())), default=0)
            if not longest:
                continue
            first = bisect_right(starts, match.start()) - 1
            last = bisect_left(starts, match.start() + longest)
            start = _space_before(text, max(0, (first - 1) * _CHUNK))
            end = _space_after(text, min(len(text), (last + 1) * _CHUNK))
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
            else:
                windows.append((start, end))
        return windows

    def _found_in(self, text: str) -> list[Hit]:
        assert self._search is not None
        traced = traced_letters(text)
        hits: list[Hit] = []
        place = 0
        while (match := self._search(traced.letters, place)) is not None:
            found = self._at(text, traced, match.start())
            if found is None:
                place = match.start() + 1
                continue
            first, last, by = found
            hits.append(Hit(traced.starts[first], traced.ends[last - 1], by))
            place = max(last, match.start() + 1)
        before = [0, *(hit.end for hit in hits)]
        after = [*(hit.start for hit in hits[1:]), len(text)]
        widened = (self._widened(text, *of_hit) for of_hit in zip(hits, before, after, strict=False))
        return _joined(text, list(widened))

    def hidden(self, text: str) -> str:
        """The text without what must not be handed on."""
        for _ in range(4):  # what is left of two sides may be a name again
            hits = self.find(text)
            if not hits:
                break
            text = replaced(text, hits)
        return text

    def _add(self, form: Form, by: str) -> None:
        of_beginning = self._forms.setdefault(form.letters[:_SOUGHT], {})
        known = of_beginning.get(form.letters)
        if known is None:
            of_beginning[form.letters] = (form, (by,))
            return
        widest = min(known[0], form, key=lambda one: (list(Reach).index(one.reach), one.everyday))
        of_beginning[form.letters] = (widest, tuple(dict.fromkeys((*known[1], by))))

    def _forms_at(self, letters: str, place: int) -> list[tuple[Form, tuple[str, ...]]]:
        """The forms whose letters stand at a place, with what they become."""
        return [
            known
            for length in self._lengths
            for known in self._forms.get(letters[place : place + length], {}).values()
            if letters.startswith(known[0].letters, place)
        ]

    def _at(self, text: str, traced: BareLetters, place: int) -> tuple[int, int, str] | None:
        """The longest form that stands at a place: its beginning and end in the letters, and what it becomes."""
        candidates = self._forms_at(traced.letters, place)
        for form, bys in sorted(candidates, key=lambda known: len(known[0].letters), reverse=True):
            found = self._fits(text, traced, place, form)
            if found is not None:
                return *found, "/".join(sorted(bys)[:_MOST_NAMED])
        return None

    def _widened(self, text: str, hit: Hit, first: int, last: int) -> Hit:
        """With the words beside it that belong to the same name, between the places of the hits around it."""
        words = self._words.get(hit.by)
        if not words:
            return hit
        start, end = hit.start, hit.end
        while (before := _BEFORE.search(text, max(first, start - _NEAR), start)) and bare_letters(before[1]) in words:
            start = before.start(1)
        while (after := _AFTER.match(text, end, last)) and bare_letters(after[1]) in words:
            end = after.end(1)
        return Hit(start, end, hit.by)

    def _fits(self, text: str, traced: BareLetters, place: int, form: Form) -> tuple[int, int] | None:
        end = place + len(form.letters)
        begins, stops = traced.begins_at(place), traced.begins_at(end)
        if form.reach is Reach.ANYWHERE:
            if not (begins and stops) and not form.breaks.issuperset(traced.breaks_within(place, end)):
                return None
            first, last = traced.word_around(place, end)
            longer = not (form.breaks or (begins and stops))  # "Karimov", where "Karim" is protected
            return None if longer and traced.letters[first:last] in self._kept else (first, last)
        if form.reach is Reach.WORD:
            whole = begins and (stops or (not form.breaks and _has_ending(traced, end)))
            return traced.word_around(place, end) if whole else None
        return self._fits_part(text, traced, place, end, form)

    def _fits_part(self, text: str, traced: BareLetters, place: int, end: int, form: Form) -> tuple[int, int] | None:
        first, last = traced.word_around(place, end)
        if traced.letters[first:last] in self._kept:
            return None
        if not traced.begins_at(place) and not _PREFIXES.fullmatch(traced.letters, first, place):
            return None
        if not traced.begins_at(end) and not _has_ending(traced, end):
            return None
        if form.everyday:
            written = text[traced.starts[place] : traced.ends[end - 1]]
            capital = written[:1] != written[:1].lower() or written[:1].lower() == written[:1].upper()
            if not traced.parted_at(end) and not written.isupper() and last - end > 1:
                return None
            return (first, last) if capital or _connected(text, traced, first, last) else None
        return first, last


def replaced(text: str, hits: Iterable[Hit]) -> str:
    """The text with something else at the places of hits, which are in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for hit in hits:
        pieces += (text[done : hit.start], hit.by)
        done = hit.end
    return "".join((*pieces, text[done:]))


def _space_before(text: str, place: int) -> int:
    """The nearest white space before a place, or the place itself where words are not parted."""
    found = _SPACE_BEFORE.search(text, max(0, place - _CHUNK), place)
    return found.start() if found else place


def _space_after(text: str, place: int) -> int:
    found = _SPACE.search(text, place, place + _CHUNK)
    return found.start() if found else place


def _has_ending(traced: BareLetters, end: int) -> bool:
    """Whether what follows up to the end of the word is an ending: -s, or a few letters in other scripts."""
    _, last = traced.word_around(end - 1, end)
    ending = traced.letters[end:last]
    return ending in _ENDINGS or (not ending.isascii() and len(ending) <= _LONGEST_ENDING)


def _connected(text: str, traced: BareLetters, first: int, last: int) -> bool:
    """Whether a word hangs on others, as in addresses and handles: "doe-denies-it", "/doe", "@doe"."""
    before, after = traced.starts[first], traced.ends[last - 1]
    following = text[after : after + 2]
    return (before > 0 and text[before - 1] in _CONNECTORS) or (
        len(following) == 2 and following[0] in _CONNECTORS and not following[1].isspace()
    )


def _joined(text: str, hits: list[Hit]) -> list[Hit]:
    """Hits without those inside others; parts of one name beside each other are one."""
    found: list[Hit] = []
    for hit in hits:
        if found and hit.start < found[-1].end:
            before = found.pop()
            by = REDACTED if REDACTED in (before.by, hit.by) else before.by
            hit = Hit(min(before.start, hit.start), max(before.end, hit.end), by)
        elif found and _is_same_name(text, found[-1], hit):
            hit = Hit(found.pop().start, hit.end, hit.by)
        found.append(hit)
    return found


def _is_same_name(text: str, first: Hit, second: Hit) -> bool:
    if first.by != second.by or first.by == REDACTED or second.start - first.end > _MOST_BETWEEN:
        return False
    return _BETWEEN.fullmatch(text, first.end, second.start) is not None


def _pattern(words: Iterable[str]) -> str:
    """A regular expression for one of some words that goes letter by letter, so that many cost little more than few."""
    by_letter: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            by_letter.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    branches = [re.escape(letter) + _pattern(rest) for letter, rest in sorted(by_letter.items())]
    if not branches or ends:
        return ""  # the shortest beginning is enough to look closer
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
