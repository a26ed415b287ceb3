"""A text as nothing but its letters and digits, each tied to the place it came from.

Why it exists: a name that must not be handed on stands in many forms, "Jane Doe", "JANE-DOE", "jane_doe", "%4Aane+Doe",
with no-break spaces, soft hyphens, vowel marks or wide letters. Without all that these are the same letters. Where a
word ended is kept beside them, so that whoever finds something can still tell "doe" from "does".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import decode
from dataclasses import dataclass
from html import unescape
from unicodedata import category, digit, normalize

_ALIKE = {
    **dict(zip("øłđħıðþ", ("o", "l", "d", "h", "i", "d", "th"), strict=True)),
    **{"æ": "ae", "œ": "oe", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ٱ": "ا", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه"},
}
"""Letters that are written for each other and that Unicode does not take apart."""

_SILENT = frozenset("\u0640\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u115f\u1160\u3164\uffa0")
"""Arabic's stretching line, apostrophes that count as letters, and letters that nobody sees."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that are written without spaces, or that hang endings on words without any."""

_CODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_MOST_ROUNDS = 4
"""An archive's address holds another address that is percent-encoded once more."""


class _Letters(dict[int, str]):
    """What each sign is as bare letters; reckoned when first asked for."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _bare_sign(chr(code))
        return value


_LETTERS = _Letters()


@dataclass(frozen=True, slots=True)
class BareLetters:
    """The letters of a text, and for each where the sign began and ended that it came from (code points)."""

    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    """Places in `letters` that something else than a letter stands before: spaces, hyphens, full stops."""
    humps: frozenset[int]
    """Places where a word begins by a capital alone or by digits alone: "JaneDoe", "doe1985"."""

    def begins_at(self, place: int) -> bool:
        """Whether a word may begin there: at a break, a hump, or where words are not parted at all."""
        return self.parted_at(place) or place in self.humps

    def parted_at(self, place: int) -> bool:
        """Whether something stands between this letter and the one before, or the script does not part words."""
        if place <= 0 or place >= len(self.letters):
            return True
        at = bisect_left(self.breaks, place)
        broken = at < len(self.breaks) and self.breaks[at] == place
        return broken or bool(_UNSPACED.match(self.letters, place) or _UNSPACED.match(self.letters, place - 1))

    def breaks_within(self, start: int, end: int) -> tuple[int, ...]:
        """The breaks between two places, neither of them included, counted from the first."""
        first, last = bisect_left(self.breaks, start + 1), bisect_left(self.breaks, end)
        return tuple(place - start for place in self.breaks[first:last])

    def word_around(self, start: int, end: int) -> tuple[int, int]:
        """The places widened to whole words."""
        while not self.parted_at(start):
            start -= 1
        while not self.parted_at(end):
            end += 1
        return start, end


def bare_letters(text: str) -> str:
    """The letters alone: quick, and the same as those of `traced_letters`."""
    if is_coded(text):
        return traced_letters(text).letters
    return text.translate(_LETTERS)


def traced_letters(text: str) -> BareLetters:
    """The letters with their places. Percent-encoding, character references and punycode are read as what they say."""
    signs, starts, ends = _decoded(text) if is_coded(text) else (text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    first: list[int] = []
    last: list[int] = []
    breaks: list[int] = []
    humps: set[int] = set()
    before = ""
    parted = False
    for sign, start, end in zip(signs, starts, ends, strict=True):
        bare = _LETTERS[ord(sign)]
        if not bare:
            parted = parted or not _joins(sign)
            continue
        place = len(letters)
        if parted and letters:
            breaks.append(place)
        elif before and (
            (sign.isupper() and before.islower()) or (sign.isdecimal() is not before.isdecimal() and sign.isascii())
        ):
            humps.add(place)
        letters.extend(bare)
        first.extend([start] * len(bare))
        last.extend([end] * len(bare))
        before, parted = sign, False
    return BareLetters("".join(letters), tuple(first), tuple(last), tuple(breaks), frozenset(humps))


def is_unspaced(letters: str) -> bool:
    """Whether there is a letter of a script that does not part words."""
    return _UNSPACED.search(letters) is not None


def _bare_sign(sign: str) -> str:
    if "\ud800" <= sign <= "\udfff":
        return ""
    kept = []
    for part in normalize("NFKD", normalize("NFKD", sign).casefold()):
        kind = category(part)
        if kind == "Nd":
            kept.append(str(digit(part)))
        elif kind == "Mc" or (kind[0] in "LN" and part not in _SILENT):
            kept.append(_ALIKE.get(part, part))
    return "".join(kept)


def _joins(sign: str) -> bool:
    """Whether a sign that is no letter leaves the word whole: marks on letters, joiners, soft hyphens."""
    return category(sign) in ("Mn", "Me", "Cf") or sign in _SILENT


def is_coded(text: str) -> bool:
    """Whether there may be signs in it that are written as codes."""
    coded = ("%" in text or "&" in text) and _CODED.search(text) is not None
    return coded or "xn--" in text or _PUNYCODE.search(text) is not None


def _decoded(text: str) -> tuple[str, list[int], list[int]]:
    """The signs that a text says, and where each stands in it."""
    starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    for _ in range(_MOST_ROUNDS):
        found = list(_CODED.finditer(text)) or list(_PUNYCODE.finditer(text))
        if not found:
            break
        signs: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        done = 0
        for match in found:
            signs.append(text[done : match.start()])
            new_starts += starts[done : match.start()]
            new_ends += ends[done : match.start()]
            for sign, begins, stops in _said(match[0]):
                signs.append(sign)
                new_starts.append(starts[match.start() + begins])
                new_ends.append(ends[match.start() + stops - 1])
            done = match.end()
        signs.append(text[done:])
        new_starts += starts[done:]
        new_ends += ends[done:]
        decoded = "".join(signs)
        if decoded == text:
            break
        text, starts, ends = decoded, new_starts, new_ends
    return text, starts, ends


def _said(code: str) -> list[tuple[str, int, int]]:
    """The signs that a code says, each with its beginning and end in the code."""
    if code[0] == "%":
        return _of_percent(code)
    said = unescape(code) if code[0] == "&" else _of_punycode(code)
    return [(sign, 0, len(code)) for sign in said]


def _of_percent(code: str) -> list[tuple[str, int, int]]:
    data = bytes.fromhex(code.replace("%", ""))
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(data):
        for length in (1, 2, 3, 4):
            try:
                sign = data[place : place + length].decode("utf-8")
            except UnicodeDecodeError:
                continue
            break
        else:
            sign, length = data[place : place + 1].decode("latin-1"), 1  # older sites
        found.append((sign, place * 3, (place + length) * 3))
        place += length
    return found


def _of_punycode(label: str) -> str:
    try:
        return decode(label[4:].encode("ascii"), "punycode")
    except (UnicodeError, ValueError):
        return label[4:]
