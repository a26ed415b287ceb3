"""How wide text is in print, in characters of Excel's standard font, which are as wide as its digits.

Why it exists: a workbook has hundreds of thousands of texts to be measured, so letters of Western languages go through
a table of bytes, and only texts that have others sign by sign.
"""

from __future__ import annotations

from itertools import accumulate
from unicodedata import combining, east_asian_width

_NARROWER_OR_WIDER = {
    sign: width
    for signs, width in (
        ("ijl'|", 0.4),
        (" ftI.,:;!/\\[]", 0.5),
        ('r()-{}`"', 0.65),
        ("cksvxyzJ^*", 0.9),
        ("ABEKPSVXY&", 1.2),
        ("CDHNRUw", 1.3),
        ("GOQ", 1.4),
        ("mM", 1.5),
        ("W%—…", 1.8),
        ("@", 1.85),
        ("\t", 8.0),
    )
    for sign in signs
}
"""Widths of Arial's letters in digits, rounded up; those that are not here are as wide as a digit."""

_PARTS = 20
"""Of a digit's width, in which letters are measured in bytes."""
_WESTERN = "cp1252"


def text_width(text: str) -> float:
    """The width of one line in characters, that is in digits of the standard font."""
    try:
        return sum(text.encode(_WESTERN).translate(_TABLE)) / _PARTS
    except UnicodeEncodeError:
        return sum(map(_WIDTHS.__getitem__, text))


def running_width(text: str) -> list[float]:
    """The width up to and with each code point of one line."""
    try:
        widths = text.encode(_WESTERN).translate(_TABLE)
    except UnicodeEncodeError:
        return list(accumulate(map(_WIDTHS.__getitem__, text)))
    return [parts / _PARTS for parts in accumulate(widths)]


def _sign_width(sign: str) -> float:
    """Of a sign that is not in the table: wide ones count double, marks that sit on others nothing."""
    if sign in _NARROWER_OR_WIDER:
        return _NARROWER_OR_WIDER[sign]
    if combining(sign) or sign in "\u200b\u200c\u200d\u2060\ufe0e\ufe0f":
        return 0.0
    if sign < "\u0300":
        return 1.2 if sign.isupper() else 1.0
    return 2.0 if east_asian_width(sign) in "WF" else 1.2


class _Widths(dict[str, float]):
    """Looks a sign up once."""

    def __missing__(self, sign: str) -> float:
        width = self[sign] = _sign_width(sign)
        return width


_WIDTHS = _Widths()
_TABLE = bytes(round(_sign_width(bytes([byte]).decode(_WESTERN, "replace")) * _PARTS) for byte in range(256))
