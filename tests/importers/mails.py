"""Mails as tests make them, and what is read of them."""

from __future__ import annotations

from datetime import date

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, read_bytes
from annotate.model import Published
from annotate.vocabulary import Precision

HEADERS = (
    b"Received: from mx.example.org by home; Tue, 3 Mar 2026 08:00:00 +0100\r\n"
    b"From: Olena Kovalenko <olena@example.org>\r\n"
    b"Date: Tue, 03 Mar 2026 07:59:58 +0100\r\n"
    b"Subject: Forty hurt\r\n"
)
SENT = Published("Tue, 03 Mar 2026 07:59:58 +0100", date(2026, 3, 3), Precision.DAY)
WORDS = "عدد الجرحى 40 شخصا 🇺🇦, said Zoe\u0308 👩‍👩‍👧.\u2028And more."
BODY = "Four streets were flooded, and forty were hurt 🇺🇦.\n\nMore rain is to come."
PLAIN = "text/plain; charset=utf-8"
PAGE = "text/html; charset=utf-8"


def part(type_: str, body: str | bytes, *headers: str) -> bytes:
    lines = [f"Content-Type: {type_}", *headers]
    encoded = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + encoded


def multipart(kind: str, *parts: bytes, boundary: str = "=_b", start: str = "") -> bytes:
    inside = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{start}\r\n\r\n'.encode()
    return head + b"A multipart message.\r\n" + inside + b"--" + boundary.encode() + b"--\r\nend\r\n"


def imported(data: bytes, name: str = "news.eml") -> ImportedFile:
    read = read_bytes(data, name)
    assert read.importer == "mail"
    assert all(is_canonical(draft.text) and draft.text.strip() for draft in read.articles)
    return read


def ending(data: bytes, name: str) -> ImportedFile | str:
    """What was read, or the sentence that says why not."""
    try:
        return read_bytes(data, name)
    except ImportRefused as refused:
        return str(refused)


def draft_of(data: bytes) -> Draft:
    (draft,) = imported(data).articles
    return draft
