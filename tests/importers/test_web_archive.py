"""Pages saved as one file: the page that was saved, with its address, and nothing of what lies beside it."""

from __future__ import annotations

import quopri
import socket
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.importers import ImportedFile, ReadOptions, read_bytes, read_file
from annotate.model import Published

WORDS = (
    "The river rose by 2\u00a0metres on Tuesday 🇺🇦, the mayor’s office said, and forty families left their homes.",
    "عدد الجرحى بلغ أربعين شخصا، بحسب ما أعلنته وزارة الصحة في بيان لها صباح اليوم الأربعاء.",
    "“We have never seen it so high,” said Zoe\u0308, 61, who waited 👩‍👩‍👧 with her cat on the bridge for hours.",
)
SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example.org/river\r\n"
    "Subject: =?utf-8?Q?River=20rises=20=E2=80=93=20news?=\r\nDate: Tue, 3 Mar 2026 08:00:00 -0000\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n\r\n'
)


def page(head: str = "", words: tuple[str, ...] = WORDS) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


def part(source: bytes, *headers: str, type_: str = "text/html") -> str:
    lines = (f"Content-Type: {type_}", "Content-Transfer-Encoding: quoted-printable", *headers)
    return "------b\r\n" + "\r\n".join(lines) + "\r\n\r\n" + quopri.encodestring(source).decode("ascii") + "\r\n"


def archive(*parts: str, saved: str = SAVED) -> bytes:
    return (saved + "".join(parts) + "------b--\r\n").encode()


def imported(data: bytes, name: str = "page.mhtml") -> ImportedFile:
    read = read_bytes(data, name)
    assert read.importer == "mhtml"
    return read


def test_the_page_is_read_with_the_address_and_subject_it_was_saved_with() -> None:
    read = imported(
        archive(
            part(b"<html><body>An advertisement that comes first.</body></html>", "Content-Location: https://ads.org/"),
            part(page().encode(), "Content-Location: https://news.example.org/river"),
            part(b"body { color: red }", type_="text/css"),
        )
    )
    (draft,) = read.articles
    assert draft.text == "\n\n".join(WORDS)
    assert (draft.title, draft.title_confirmed) == ("River rises – news", False)
    assert draft.url == "https://news.example.org/river"
    assert (draft.published, draft.author, draft.place_in_file) == (Published(), None, None)
    assert (read.warnings, read.attachments) == ((), ())


def test_what_the_page_states_goes_before_what_stands_around_it() -> None:
    head = '<link rel="canonical" href="https://e.org/1"><meta property="og:title" content="Flood"><title>x</title>'
    draft = imported(archive(part(page(head).encode()))).articles[0]
    assert (draft.title, draft.title_confirmed, draft.url) == ("Flood", True, "https://e.org/1")


@pytest.mark.parametrize(
    ("headers", "charset", "encoding"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=windows-1252", "", "utf-8"),
    ],
)
def test_the_page_is_decoded_by_its_part_or_by_itself(headers: str, charset: str, encoding: str) -> None:
    words = ("Река поднялась на 2 метра во вторник, сообщила мэрия, и сорок семей покинули свои дома у моста.",) * 2
    draft = imported(archive(part(page(charset, words).encode(encoding), type_=headers))).articles[0]
    assert draft.text.startswith(words[0])


def test_an_encoding_that_was_chosen_holds_for_the_page() -> None:
    words = ("Река поднялась на 2 метра во вторник, сообщила мэрия, и сорок семей покинули свои дома у моста.",)
    data = archive(part(page("", words).encode("cp1251"), type_="text/html; charset=windows-1252"))
    assert read_bytes(data, "a.mht", ReadOptions("windows-1251")).articles[0].text == words[0]


@pytest.mark.parametrize(
    ("saved", "name"),
    [
        ('From: "Saved by Windows Internet Explorer 7"\r\nSubject: River\r\nMIME-Version: 1.0\r\n', "a.eml"),
        ("MIME-Version: 1.0\r\nX-MimeOLE: Produced By Microsoft MimeOLE\r\n", "a"),
        ("Content-Location: https://news.example.org/river\r\nSubject: River\r\n", "a.mht"),
    ],
)
@pytest.mark.parametrize("single", [True, False])
def test_archives_of_other_browsers_and_of_word_are_read(saved: str, name: str, single: bool) -> None:
    if single:
        whole = part(page().encode(), "Content-Location: https://news.example.org/river")
        data = (saved + whole.removeprefix("------b\r\n")).encode()
    else:
        start = part(page().encode(), "Content-ID: <start@x>", "Content-Location: https://news.example.org/river")
        related = 'Content-Type: multipart/related; start="<start@x>"; boundary="----b"\r\n\r\n'
        data = archive(part(b"<p>frame</p>"), start, saved=saved + related)
    draft = imported(data, name).articles[0]
    assert (draft.text, draft.url) == ("\n\n".join(WORDS), "https://news.example.org/river")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "cid:frame@blink", "javascript:alert(1)", "http://[", ""])
def test_only_an_address_of_the_web_is_taken_for_one(address: str) -> None:
    saved = SAVED.replace("https://news.example.org/river", address)
    assert imported(archive(part(page().encode()), saved=saved)).articles[0].url is None


def test_an_archive_without_a_page_is_refused() -> None:
    for data in (archive(part(b"body {}", type_="text/css")), archive(part(b"")), SAVED.encode()):
        with pytest.raises(ImportRefused, match=r"^page\.mhtml holds no (?:web page|words); "):
            read_bytes(data, "page.mhtml")


def test_nothing_is_fetched_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    source = page('<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="x.css"><script src="y.js"></script>')
    imported(archive(part(source.encode())))
    assert opened == []


@pytest.mark.parametrize(
    ("name", "title", "outlet", "url", "holds"),
    [
        (
            "marketwatch.mhtml",
            "MarketWatch: Stock Market News - Financial News",
            "MarketWatch",
            "https://www.marketwatch.com/",
            "Jaguar Land Rover preparing to lay of",
        ),
        (
            "usatoday.mhtml",
            "USA TODAY: Latest World and US News - USATODAY.com",
            "USA TODAY",
            "https://www.usatoday.com/",
            "A man casts his ballot at a polling station in Port Bouet",
        ),
    ],
)
def test_the_shared_archives_are_read_as_a_person_reads_them(
    shared: Path, name: str, title: str, outlet: str, url: str, holds: str
) -> None:
    read = read_file(shared / "inputs" / "mhtml" / name)
    (draft,) = read.articles
    assert (read.importer, read.attachments) == ("mhtml", ())
    assert (draft.title, draft.outlet, draft.url) == (title, outlet, url)
    assert (draft.published, draft.author) == (Published(), None)
    assert holds in draft.text
