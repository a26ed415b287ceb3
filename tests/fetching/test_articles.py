"""From addresses to articles: read as files are, with their address, their redirects and when they were fetched."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.commands import import_files
from annotate.errors import FetchFailed, ImportRefused
from annotate.fetching import FromWeb, Stage, fetch, read_addresses
from annotate.fetching.articles import completed
from annotate.importers import ImportedFile, ReadOptions, read_bytes
from annotate.project import Project
from tests.fetching.conftest import Lookup
from tests.fetching.site import Site
from tests.importers.pdf_writer import column, pdf

WORDS = "The river rose again on Monday and at least 900 people 🌊 left their homes, the civil defence said."
PAGE = f"<html><head><title>Flood in Harrow</title></head><body><article><p>{WORDS}</p></article></body></html>"


def read(address: str, lookup: Lookup) -> ImportedFile:
    """One address without the worker processes."""
    fetched = fetch(address, network=lookup.network)
    return completed(read_bytes(fetched.data, fetched.name, ReadOptions(charset=fetched.charset)), fetched)


def from_web(addresses: Sequence[str], **settings: Any) -> list[FromWeb]:
    return list(read_addresses(addresses, workers=1, allow_private=True, **settings))


def test_an_article_has_the_address_it_was_fetched_from(lookup: Lookup) -> None:
    lookup.site.page("/flood?id=1", PAGE.encode())
    file = read("http://news.example/flood?id=1#top", lookup)
    [article] = file.articles
    assert article.url == "http://news.example/flood?id=1"
    assert WORDS in article.text
    assert file.warnings == ()


def test_what_the_page_calls_its_address_goes_first_and_another_site_is_told(lookup: Lookup) -> None:
    canonical = '<link rel="canonical" href="https://agency.example/flood">'
    lookup.site.page("/flood", PAGE.replace("<title>", f"{canonical}<title>").encode())
    file = read("http://news.example/flood", lookup)
    assert file.articles[0].url == "https://agency.example/flood"
    assert file.warnings == (
        "It came from http://news.example/flood and gives https://agency.example/flood as its own address.",
    )
    assert read("http://www.agency.example/flood", lookup).warnings == ()


def test_redirects_are_told_in_a_sentence(lookup: Lookup) -> None:
    lookup.site.redirect("/a", "http://short.example/x")
    lookup.site.redirect("/x", "http://news.example/b")
    lookup.site.page("/b", PAGE.encode())
    file = read("http://example.org/a", lookup)
    assert file.warnings == ("example.org/a led to news.example/b by way of short.example/x.",)
    assert file.articles[0].url == "http://news.example/b"


def test_the_end_of_encryption_is_told(lookup: Lookup) -> None:
    lookup.site.page("/a", PAGE.encode())
    fetched = fetch("http://news.example/a", network=lookup.network)
    downgraded = replace(fetched, chain=("https://news.example/a", "http://news.example/a"))
    file = completed(read_bytes(fetched.data, fetched.name), downgraded)
    assert file.warnings == (
        "On the way to news.example/a the encryption ended; others could have read or changed it.",
    )
    upgraded = replace(fetched, chain=("http://news.example/a", "https://news.example/a"))
    assert completed(read_bytes(fetched.data, fetched.name), upgraded).warnings == ()


@pytest.mark.parametrize("declared", ["windows-1251", "Windows-1251"])
def test_the_charset_of_the_header_holds_where_the_bytes_do_not_say_theirs(lookup: Lookup, declared: str) -> None:
    words = "Вода поднялась, 900 человек покинули дома."
    lookup.site.page("/a.txt", words.encode("cp1251"), f"text/plain; charset={declared}")
    file = read("http://news.example/a.txt", lookup)
    assert file.articles[0].text == words
    assert file.warnings == ()


def test_a_wrong_charset_does_not_spoil_text_that_is_utf8(lookup: Lookup) -> None:
    lookup.site.page("/a.txt", WORDS.encode(), "text/plain; charset=iso-8859-1")
    assert read("http://news.example/a.txt", lookup).articles[0].text == WORDS


@pytest.mark.parametrize("charset", ["rot13", "nonsense-9", '"; drop', "undefined"])
def test_a_charset_that_is_none_is_passed_over(lookup: Lookup, charset: str) -> None:
    lookup.site.page("/a.txt", WORDS.encode(), f"text/plain; charset={charset}")
    assert read("http://news.example/a.txt", lookup).articles[0].text == WORDS


def test_a_pdf_is_a_pdf_whatever_the_server_calls_it(site: Site) -> None:
    data = pdf(column(72, 700, ["The river rose again on Monday."]))
    [one] = from_web([site.page("/report", data, "text/html")])
    assert isinstance(one.result, ImportedFile)
    assert one.result.importer == "pdf"
    assert one.result.articles[0].url == site.address("/report")


def test_entries_of_a_feed_keep_their_own_addresses(lookup: Lookup) -> None:
    item = "<item><title>{0}</title><description>{1}</description>{2}</item>"
    items = item.format("A", WORDS, "<link>http://a.example/1</link>") + item.format("B", WORDS[::-1], "")
    feed = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    lookup.site.page("/feed", feed.encode(), "application/rss+xml")
    assert [article.url for article in read("http://news.example/feed", lookup).articles] == [
        "http://a.example/1",
        None,
    ]


def test_addresses_are_read_in_order_and_one_that_fails_stops_none(site: Site) -> None:
    addresses = [
        site.page("/1", PAGE.encode()),
        site.address("/gone"),
        site.page("/picture", b"\xff\xd8\xff\xe0" + bytes(100), "text/html"),
        "https://ana:secret@example.org/",
        site.page("/2.txt", WORDS.encode(), "text/plain"),
    ]
    stages: list[tuple[int, Stage | FetchFailed]] = []
    found = from_web(addresses, told=lambda number, stage: stages.append((number, stage)))
    assert [one.address for one in found] == addresses
    assert isinstance(found[0].result, ImportedFile)
    assert isinstance(found[1].result, FetchFailed)
    assert isinstance(found[2].result, ImportRefused)
    assert isinstance(found[3].result, FetchFailed)
    assert isinstance(found[4].result, ImportedFile)
    assert {stage for number, stage in stages if number == 0} == {Stage.FETCHING, Stage.FETCHED}
    assert [stage for number, stage in stages if number == 1] == [Stage.FETCHING, found[1].result]


def test_nothing_comes_after_it_was_cancelled(site: Site) -> None:
    cancelled = threading.Event()

    def silent(_handler: object) -> None:
        cancelled.set()
        site.closing.wait()

    site.pages["/silent"] = silent
    addresses = [
        site.page("/1", PAGE.encode()),
        site.address("/silent"),
        *(f"{site.address('/1')}?{n}" for n in range(9)),
    ]
    assert from_web(addresses, cancelled=cancelled) == []


def test_a_disk_that_takes_no_file_is_told_for_each_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    [one] = from_web([site.page("/1.txt", WORDS.encode())])
    assert isinstance(one.result, FetchFailed)
    assert "was fetched but not kept" in str(one.result)
    assert "No space left on device" in str(one.result)


def test_a_name_of_many_wide_letters_can_be_saved(site: Site) -> None:
    [one] = from_web([site.page("/" + "%F0%9F%8C%8A" * 90 + ".txt", WORDS.encode(), "text/plain")])
    assert isinstance(one.result, ImportedFile)
    assert one.result.name == "🌊" * 56 + ".txt"


def test_nothing_is_left_in_the_temporary_folder(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pages = read_addresses(
        [site.page("/1.txt", WORDS.encode()), site.page("/2.txt", WORDS.encode())], workers=1, allow_private=True
    )
    assert isinstance(next(pages).result, ImportedFile)
    assert list(tmp_path.iterdir())
    pages.close()
    assert list(tmp_path.iterdir()) == []


def test_the_project_keeps_when_and_by_whom_it_was_collected(lookup: Lookup, tmp_path: Path) -> None:
    lookup.site.page("/a", PAGE.encode())
    lookup.site.page("/b", PAGE.replace("900", "901").encode())
    files = [read("http://news.example/a", lookup), read("http://news.example/b", lookup)]
    files.append(read_bytes(b"Typed by hand.", "notes.txt"))
    with Project.create(tmp_path / "flood.pnote", "Ana Ünal") as project:
        taken = import_files(project, files, label="Import 3 files")
        articles = [project.read.article(one.articles[0].article_id) for one in taken]
        assert [article and article.collected_at for article in articles] == [
            files[0].collected_at, files[1].collected_at, None
        ]  # fmt: skip
        assert [article and article.collected_by for article in articles] == ["Ana Ünal", "Ana Ünal", None]
