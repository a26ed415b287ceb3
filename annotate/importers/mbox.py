"""Where one mail ends and the next begins in a mailbox file (mbox, RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A line "From someone, date" before a header: a sentence that begins with "From" has neither behind it.
_SEPARATOR = re.compile(rb"From (?:[^\r\n]{0,300}?\d\d:\d\d[^\r\n]{0,200}|-?[ \t]*)\r?\n(?=>?From |[!-9;-~]{1,200}:)")
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def is_mailbox(data: bytes) -> bool:
    return _SEPARATOR.match(data) is not None


def mails_in(data: bytes) -> Iterator[bytes]:
    """The mails of a mailbox one after the other, without the lines between them."""
    separator = _SEPARATOR.match(data)
    while separator is not None:
        following = _next(data, separator.end())
        mail = data[separator.end() : following.start() if following else len(data)]
        yield _QUOTED.sub(b"", mail) if b"\n>" in mail else mail
        separator = following


def _next(data: bytes, start: int) -> re.Match[bytes] | None:
    place = data.find(b"\nFrom ", start)
    while place >= 0:
        if data[max(start, place - 2) : place].endswith((b"\n", b"\n\r")) or place == start:
            separator = _SEPARATOR.match(data, place + 1)
            if separator:
                return separator
        place = data.find(b"\nFrom ", place + 1)
    return None
