"""What is fetched from a server on loopback: the bytes as they are, or one sentence about why there are none."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from annotate import __version__
from annotate.fetching import fetch
from annotate.fetching.connection import Network
from tests.fetching.conftest import failure
from tests.fetching.site import PAGE, Handler, Site


def test_bytes_come_as_they_are_with_what_the_server_says_of_them(site: Site) -> None:
    address = site.page("/news/flood.html?id=1", PAGE, "text/html; charset=Windows-1256")
    before = datetime.now(UTC)
    fetched = fetch(address + "#part", allow_private=True)
    assert fetched.data == PAGE
    assert (fetched.content_type, fetched.charset) == ("text/html", "windows-1256")
    assert (fetched.asked, fetched.address, fetched.chain) == (address + "#part", address, (address,))
    assert fetched.name == "flood.html"
    assert before <= fetched.fetched_at <= datetime.now(UTC)


def test_the_request_is_plain_and_tells_nothing_about_the_analyst(site: Site) -> None:
    fetch(site.page("/a", PAGE), allow_private=True)
    [(_, headers)] = site.requests
    assert headers == {
        "Host": f"127.0.0.1:{site.port}",
        "User-Agent": f"Provenote/{__version__}",
        "Accept": headers["Accept"],
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch(site.page("/a", PAGE), allow_private=True).data == PAGE


def test_cookies_are_not_sent_back(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.send(b"", None, status=302, Location="/b", Set_Cookie="who=ana; Path=/")
    site.page("/b", PAGE)
    fetch(site.address("/a"), allow_private=True)
    assert [("Cookie" in headers) for _, headers in site.requests] == [False, False]


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "name and password"), (403, "save the page"), (404, "web archive"), (410, "not there any more"),
     (418, "not handed out"), (429, "too often"), (451, "legal"), (500, "later"), (503, "later")],
)  # fmt: skip
def test_a_status_that_is_no_page_is_told_with_what_to_do(site: Site, status: int, said: str) -> None:
    address = site.page("/a", PAGE, status=status)
    words = failure(address, allow_private=True)
    assert words.startswith(f"{address} ")
    assert said in words
    assert f"(status {status})" in words


@pytest.mark.parametrize(("content_type", "said"), [("video/mp4", "a video"), ("Audio/MPEG; x=y", "a sound recording")])
def test_a_film_is_not_downloaded(site: Site, content_type: str, said: str) -> None:
    assert f"is {said}, not an article" in failure(site.page("/a", b"x" * 10, content_type), allow_private=True)


def test_an_empty_answer_is_told(site: Site) -> None:
    assert "is empty" in failure(site.page("/a", b""), allow_private=True)
    assert "is empty" in failure(site.page("/b", b"", None, status=204), allow_private=True)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    ],
)
def test_packed_answers_are_unpacked(site: Site, coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert fetch(site.page("/a", pack(PAGE), Content_Encoding=coding), allow_private=True).data == PAGE


def test_pieces_are_put_together(site: Site) -> None:
    def chunked(handler: Handler) -> None:
        handler.begin(Transfer_Encoding="chunked")
        for piece in (PAGE[:7], PAGE[7:]):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    site.pages["/a"] = chunked
    assert fetch(site.address("/a"), allow_private=True).data == PAGE


def test_an_answer_of_unstated_length_ends_with_the_connection(site: Site) -> None:
    site.pages["/a"] = lambda handler: (handler.begin(), handler.wfile.write(PAGE))[0]
    assert fetch(site.address("/a"), allow_private=True).data == PAGE


def test_nobody_at_the_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a"
        said = failure(address, allow_private=True)
    assert "takes no connection" in said
    assert address in said


@pytest.mark.parametrize(
    ("number", "said"),
    [(socket.EAI_NONAME, "There is no site called nowhere.example"), (socket.EAI_AGAIN, "could not be looked up")],
)
def test_a_name_that_is_not_found_is_told_apart_from_being_offline(number: int, said: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(number, "said by the system")

    assert said in failure("https://nowhere.example/a", network=Network(resolve))
