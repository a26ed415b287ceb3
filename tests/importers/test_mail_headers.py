"""What a mail is called, who wrote it, where and when is as its headers say, and by them it is known."""

from __future__ import annotations

from datetime import date

import pytest

from annotate.importers import read_bytes
from annotate.model import Published
from annotate.vocabulary import Precision
from tests.importers.mails import draft_of


@pytest.mark.parametrize(
    ("data", "name", "importer"),
    [
        (b"MIME-Version: 1.0\nSubject: A\n\nWords.", "a.txt", "mail"),
        (b"\xef\xbb\xbf\r\nReceived: by x\r\n\r\nWords.", "a", "mail"),
        (b"X-Spam: no\r\nMessage-ID: <1>\r\rWords.".replace(b"\r\n", b"\r"), "a.eml", "mail"),
        (b"From: A\nSubject: B\n\nWords.", "a.eml", "mail"),
        (b"From: A\nSubject: B\n\nWords.", "a.txt", "txt"),
        (b"Subject: The message-id: is a header", "a.txt", "txt"),
        (b"From A to B at 12:30\nNote", "a.txt", "txt"),
        (b"From - Tue Mar 03 08:00:00 2026\nSubject: B\n\nWords.", "Inbox", "mail"),
    ],
)
def test_mails_are_told_by_their_headers(data: bytes, name: str, importer: str) -> None:
    assert read_bytes(data, name).importer == importer


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (b"=?utf-8?q?Caf=C3=A9_40?= =?iso-8859-1?q?_=E9t=E9?=", "Café 40 été"),
        (b"=?utf-8?b?0KHQ?=\r\n =?utf-8?b?vtGA0L7Qug==?=", "Сорок"),
        ("Сорок 🇺🇦".encode(), "Сорок 🇺🇦"),
        (b"Caf\xe9", "Café"),
        (b"=?utf-8?b?a?= and =?nothing", "=?utf-8?b?a?= and =?nothing"),
        (b"=?x-unknown?q?Caf=C3=A9?=", "Café"),
        (b"One\r\n two\tthree\0", "One two three"),
        ("\u202eturned\u202c \u2067round\u2069".encode(), "turned round"),
        (b"\xed\xa0\x80 half", "í\xa0€ half".replace("\xa0", " ")),
    ],
)
def test_subjects_are_decoded_however_they_were_written(header: bytes, title: str) -> None:
    draft = draft_of(b"Message-ID: <1@a>\r\nSubject: " + header + b"\r\n\r\nWords.")
    assert (draft.title, draft.title_confirmed) == (title, True)


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Olena Kovalenko <o@example.org>", "Olena Kovalenko"),
        ('"Kovalenko, Olena" <o@example.org>', "Kovalenko, Olena"),
        ("=?utf-8?q?Kovalenko=2C_Ol=C3=A9na?= <o@example.org>", "Kovalenko, Oléna"),
        ("<o@example.org>", "o@example.org"),
        ("o@example.org (Olena)", "Olena"),
        ("Olena <o@a.org>, Ivan <i@a.org>", "Olena, Ivan"),
        ("", None),
    ],
)
def test_the_author_is_the_senders_name_or_else_the_address(sender: str, author: str | None) -> None:
    assert draft_of(f"Message-ID: <1@a>\nFrom: {sender}\n\nWords.".encode()).author == author


@pytest.mark.parametrize(
    ("stated", "outlet"),
    [
        ('"The Morning Brief" <brief.example.org>', "The Morning Brief"),
        ("<brief.example.org>", None),
        ("brief.example.org", None),
        ("12345 <x.example.org>", None),
        ("39c5ac1f2d7e8b90a1c2d3e4mc list <39c5ac1f2d7e8b90a1c2d3e4.list.example.org>", None),
        ("=?utf-8?q?Bulletin_n=C2=B0_4?= <x.example.org>", "Bulletin n° 4"),
    ],
)
def test_a_list_that_names_itself_is_the_outlet(stated: str, outlet: str | None) -> None:
    assert draft_of(f"Message-ID: <1@a>\nList-Id: {stated}\n\nWords.".encode()).outlet == outlet


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("3 Mar 2026 07:59:58 GMT", Published("3 Mar 2026 07:59:58 GMT", date(2026, 3, 3), Precision.DAY)),
        ("Tue, 31 Feb 2026 07:00:00 +0000", Published("Tue, 31 Feb 2026 07:00:00 +0000")),
        ("yesterday", Published("yesterday")),
        ("", Published()),
    ],
)
def test_a_date_keeps_its_words_and_is_never_invented(words: str, published: Published) -> None:
    assert draft_of(f"Message-ID: <1@a>\nDate: {words}\n\nWords.".encode()).published == published


def test_a_mail_without_a_subject_has_a_title_that_is_not_confirmed() -> None:
    draft = draft_of(b"Message-ID: <1@a>\n\nForty hurt\n\nThey said so.")
    assert (draft.title, draft.title_confirmed) == ("Forty hurt", False)
