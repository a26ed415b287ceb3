"""The one form in which an article's words are kept, so that an offset means the same thing everywhere and for ever.

Offsets point into this text, so it must come out the same on every machine and survive XML (workbooks, REFI-QDA)
unchanged. Hence: line ends are LF; there is no byte order mark; nothing is in it that XML 1.0 forbids. Everything
else stays as written, one character for one: no Unicode normalisation, no-break spaces, combining marks, joiners and
bidirectional controls are part of what the source published.

U+2028, U+2029 and U+0085 stay too. They are legal in XML, and Qt, which shows the first two as breaks of its own,
counts each as one UTF-16 unit, just as it counts LF. Vertical tab and form feed are illegal in XML but do mean a
break, so each becomes one LF.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from annotate.counted import counted

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_END = re.compile(r"\r\n?")
_BREAK = re.compile(r"[\x0b\x0c]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NONCHARACTER = re.compile(r"[\ufffe\uffff]")
_NOT_CANONICAL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Canonical:
    """Canonical text, and sentences for the analyst about what had to change beyond line ends and a byte order mark."""

    text: str
    notes: tuple[str, ...] = ()


def is_canonical(text: str) -> bool:
    """Whether `canonical` would leave the text as it is."""
    return not text.startswith("\ufeff") and _NOT_CANONICAL.search(text) is None


def canonical(text: str) -> Canonical:
    """Bring a text into canonical form; doing it twice changes nothing more.

    Control characters are removed. Halves of a character that stand alone (lone surrogates), U+FFFE and U+FFFF are
    replaced by U+FFFD, which shows that something unreadable stood there; two halves side by side are put together.
    """
    if is_canonical(text):
        return Canonical(text)
    notes: list[str] = []
    text = _LINE_END.sub("\n", text)
    text, breaks = _BREAK.subn("\n", text)
    if breaks:
        notes.append(_told(breaks, "page or line break character", "replaced by a line end"))
    text, controls = _CONTROL.subn("", text)
    if controls:
        notes.append(_told(controls, "control character", "removed"))
    broken = 0
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        text, broken = _SURROGATE.subn(REPLACEMENT, text)
    text, noncharacters = _NONCHARACTER.subn(REPLACEMENT, text)
    broken += noncharacters
    if broken:
        notes.append(_told(broken, "broken character", f"replaced by {REPLACEMENT}"))
    return Canonical(text.lstrip("\ufeff"), tuple(notes))


def sha256_of(text: str) -> str:
    """SHA-256 of a canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _told(count: int, noun: str, done: str) -> str:
    return f"{counted(count, noun)} {'was' if count == 1 else 'were'} {done}."
