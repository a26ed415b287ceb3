"""Mails and web archives taken apart into headers and parts.

The standard library says what a header means; the parts are found here. Its own parser compares every line with the
boundaries of all parts that are open, recurses with them, and keeps each line as a string: ten thousand parts inside
each other, or one mail of 200 MB, are more than it can do. Nothing is copied here until a part is decoded.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

DEEPEST = 30
"""Parts inside parts that are opened; what lies deeper counts as text of the part around it."""
MOST_PARTS = 10_000
"""Of one mail; saved web pages have some hundreds."""
_LONGEST_VALUE = 4000
"""Bytes of one header that are looked at: the standard library takes quadratic time for some of them."""

_KEPT = {
    *("from", "sender", "to", "subject", "date", "list-id", "message-id", "received", "return-path", "delivered-to"),
    *("mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"),
    *("content-location", "snapshot-content-location", "content-base"),
}
_HEADER = re.compile(rb"^([!-9;-~]++)[ \t]*+:[ \t]*+([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE)
_HEADER_LINE = re.compile(rb"[!-9;-~]++[ \t]*+:|>?From ")
_END_OF_HEADERS = re.compile(rb"\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_SOME_BOUNDARY = re.compile(rb"^--([^\s-](?:[^\r\n]{0,200}[^\s])?)[ \t]*+\r?$", re.MULTILINE)
_REST_OF_DELIMITER = re.compile(rb"(--)?[ \t]{0,100}\r?(?:\n|\Z)")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_ENCODED_WORD = re.compile(r"=\?[\w.*-]+\?[bBqQ]\?[^?]*\?=")


@dataclass(frozen=True, slots=True)
class Part:
    """A mail or a part of one; `data[start:end]` is its body as it stands there, in bytes."""

    data: bytes
    headers: Message
    """Those that anything here asks for, the first of each name; values are bytes as Latin-1."""
    type: str
    """Such as text/plain, in lower case."""
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    def leaves(self) -> Iterator[Part]:
        """Parts that hold no others, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def body(self) -> bytes:
        """The body without its transfer encoding; what does not fit the encoding is passed over."""
        raw = self.data[self.start : self.end]
        encoding = (self.value("Content-Transfer-Encoding") or "").strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(raw)
        if encoding == "base64" and not _has_words(raw):
            letters = raw.translate(None, _NOT_BASE64).split(b"=", 1)[0]
            letters = letters[: len(letters) - (len(letters) % 4 == 1)]
            return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        return raw

    def value(self, name: str) -> str | None:
        """A header as it stands there; None where there is none."""
        found = self.headers.get(name)
        return None if found is None else str(found)

    def words(self, name: str) -> str:
        """A header's words, decoded; empty where there is none."""
        return decoded_words(self.value(name) or "", self.charset)

    def parameter(self, name: str, header: str = "Content-Type") -> str | None:
        """A parameter of a header such as `charset`, decoded (RFC 2231 and what mailers write instead)."""
        if name not in (self.value(header) or "").lower():
            return None
        try:
            found = self.headers.get_param(name, header=header)
        except (TypeError, ValueError):
            return None  # Numbered and unnumbered pieces of a parameter mixed, which the standard library sorts.
        if isinstance(found, tuple):
            charset, _, value = found
            return _in_charset(value.encode("latin-1", "replace"), charset or "utf-8")
        return decoded_words(found, None) if isinstance(found, str) else None

    @property
    def charset(self) -> str | None:
        found = self.parameter("charset")
        return found.strip().strip("'\"") or None if found and found.isascii() else None


def parsed(data: bytes) -> Part:
    """Take a mail or web archive apart; nothing in it can make this fail."""
    data = _with_line_feeds(data)
    return _Parser(data).part(0, len(data), "text/plain", 0)


def header_block(data: bytes) -> dict[str, str] | None:
    """Headers at the beginning of some bytes by their names in lower case; None where there are none."""
    data = _with_line_feeds(data)
    start = len(data) - len(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if not _HEADER_LINE.match(data, start):
        return None
    found = _END_OF_HEADERS.search(data, start)
    headers = _headers(data, start, found.start() if found else len(data))
    return {name.lower(): str(value) for name, value in headers.items()}


def decoded_words(value: str, charset: str | None) -> str:
    """The words of a header that was read as Latin-1: encoded words (RFC 2047), or plain bytes in some charset."""
    if not _ENCODED_WORD.search(value):
        return _in_charset(value.encode("latin-1", "replace"), charset)
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return _in_charset(value.encode("latin-1", "replace"), charset)
    return "".join(
        _in_charset(piece if isinstance(piece, bytes) else piece.encode("latin-1", "replace"), stated or charset)
        for piece, stated in pieces
    )


def _in_charset(raw: bytes, charset: str | None) -> str:
    for codec in ("utf-8", charset, "cp1252"):
        try:
            # Headers in ISO-2022-JP are valid UTF-8, too.
            if codec == "utf-8" and charset and raw.isascii():
                continue
            return raw.decode(codec or "utf-8")
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1")


def _with_line_feeds(data: bytes) -> bytes:
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _has_words(raw: bytes) -> bool:
    """Whether this is text after all, though said to be base64, which has no spaces inside its lines."""
    return any(b" " in line.strip() for line in raw[:1000].splitlines()[:3])


def _headers(data: bytes, start: int, end: int) -> Message:
    message = Message()
    for found in _HEADER.finditer(data, start, end):
        name = found[1].decode("ascii")
        if name.lower() in _KEPT and name not in message:
            value = data[found.start(2) : min(found.end(2), found.start(2) + _LONGEST_VALUE)]
            message[name] = _FOLD.sub(b" ", value).decode("latin-1").strip()
    return message


class _Parser:
    """One way through the bytes of one mail; counts its parts."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_PARTS

    def part(self, start: int, end: int, usual: str, depth: int) -> Part:
        """The part between two places, of the `usual` type if it states none."""
        data = self._data
        if depth == 0:
            start = len(data) - len(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        headers, body = Message(), start
        if data[start : start + 1] in (b"\n", b"\r"):
            body = start + (2 if data[start : start + 2] == b"\r\n" else 1)
        elif _HEADER_LINE.match(data, start, end):
            found = _END_OF_HEADERS.search(data, start, end)
            headers = _headers(data, start, found.start() + 1 if found else end)
            body = found.end() if found else end
        part = Part(data, headers, usual, body, end)
        stated = str(headers.get("Content-Type") or "").split(";", 1)[0].strip().lower()
        type_ = stated if stated.count("/") == 1 else usual
        if not type_.startswith("multipart/"):
            return Part(data, headers, type_, body, end)
        boundary = (part.parameter("boundary") or "").encode("latin-1", "replace").rstrip()
        if not boundary:
            some = _SOME_BOUNDARY.search(data, body, end)
            boundary = some[1] if some else b""
        parts = self._parts(body, end, boundary, type_, depth) if boundary and depth < DEEPEST else ()
        if not parts:
            looks_like_page = data[body : body + 200].lstrip().startswith(b"<")
            return Part(data, headers, "text/html" if looks_like_page else "text/plain", body, end)
        return Part(data, headers, type_, body, end, parts)

    def _parts(self, start: int, end: int, boundary: bytes, type_: str, depth: int) -> tuple[Part, ...]:
        usual = "message/rfc822" if type_ == "multipart/digest" else "text/plain"
        parts: list[Part] = []
        begun: int | None = None
        for before, after, closes in self._delimiters(start, end, b"--" + boundary):
            if begun is not None:
                parts.append(self.part(begun, max(begun, before), usual, depth + 1))
            begun = None if closes else after
        if begun is not None and begun < end:
            parts.append(self.part(begun, end, usual, depth + 1))
        return tuple(parts)

    def _delimiters(self, start: int, end: int, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
        """Where the part before a delimiter ends, where the one after it begins, and whether it closes the last."""
        data = self._data
        place = start if data.startswith(delimiter, start, end) else data.find(b"\n" + delimiter, start, end) + 1
        while place > 0 and self._left:
            after = place + len(delimiter)
            rest = _REST_OF_DELIMITER.match(data, after, end)
            if rest:
                before = place - 2 if data[place - 2 : place] == b"\r\n" else place - 1
                yield before, rest.end(), rest[1] is not None
                self._left -= 1
            place = data.find(b"\n" + delimiter, after - 1, end) + 1
