"""Servers that send too much, too little, too slowly, or what is no answer."""

from __future__ import annotations

import gzip
import threading

import pytest

from annotate.fetching import fetch
from annotate.fetching.connection import Network
from tests.fetching.conftest import PUBLIC, failure
from tests.fetching.site import PAGE, Handler, Site


def test_a_stated_length_over_the_limit_is_refused_before_anything_is_read(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.begin(Content_Length=str(10**12))
        site.closing.wait()

    site.pages["/a"] = endless
    assert "holds more than 50 MB" in failure(site.address("/a"), allow_private=True)


@pytest.mark.parametrize("length", ["9" * 5000, "-5", "no number", "1, 2"])
def test_a_stated_length_that_is_nonsense_hurts_nothing(site: Site, length: str) -> None:
    def answer(handler: Handler) -> None:
        handler.begin(Content_Length=length)
        handler.wfile.write(PAGE)

    site.pages["/a"] = answer
    if length == "9" * 5000:
        assert "holds more than 50 MB" in failure(site.address("/a"), allow_private=True)
    elif length == "1, 2":
        assert "did not arrive whole" in failure(site.address("/a"), allow_private=True)
    else:
        assert fetch(site.address("/a"), allow_private=True).data == PAGE


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_answer_is_left_at_the_limit(site: Site, chunked: bool) -> None:
    sent = 0

    def endless(handler: Handler) -> None:
        nonlocal sent
        handler.begin(**({"Transfer_Encoding": "chunked"} if chunked else {}))
        piece = b"x" * 65536
        while not site.closing.is_set():
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            sent += len(piece)

    site.pages["/a"] = endless
    assert "holds more than 1 MB" in failure(site.address("/a"), allow_private=True, size_limit=1024**2)
    assert sent < 64 * 1024**2, "it was read on after the limit"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_gzip_bomb_is_left_at_the_limit_with_its_memory(site: Site, layers: int) -> None:
    import tracemalloc

    bomb = bytes(64 * 1024**2)
    for _ in range(layers):
        bomb = gzip.compress(bomb, 1)
    address = site.page("/a", bomb, Content_Encoding=", ".join(["gzip"] * layers))
    tracemalloc.start()
    try:
        assert "holds more than 1 MB" in failure(address, allow_private=True, size_limit=1024**2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024**2


def test_an_answer_that_ends_before_its_stated_length_is_no_page(site: Site) -> None:
    address = site.page("/a", PAGE, Content_Length=str(len(PAGE) + 10))
    assert "did not arrive whole" in failure(address, allow_private=True)


def test_broken_packing_is_told(site: Site) -> None:
    assert "cannot be unpacked" in failure(site.page("/a", PAGE, Content_Encoding="gzip"), allow_private=True)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\x00\r\n\r\n",
    ],
)
def test_what_is_no_proper_http_is_told_in_a_sentence(site: Site, answer: bytes) -> None:
    site.pages["/a"] = lambda handler: (handler.wfile.write(answer), None)[1]
    assert site.address("/a") in failure(site.address("/a"), allow_private=True)


@pytest.mark.parametrize("where", ["head", "body", "between"])
def test_a_server_that_drips_does_not_get_round_the_time_limit(site: Site, where: str) -> None:
    dripped = threading.Semaphore(0)

    def dripping(handler: Handler) -> None:
        if where == "body":
            handler.begin()
        while not site.closing.wait(0.01):
            drop = b"HTTP/1.1 100 Continue\r\n\r\n" if where == "between" else b"x"
            handler.wfile.write(drop)
            dripped.release()

    site.pages["/a"] = dripping
    said = failure(site.address("/a"), allow_private=True, time_limit=0.5)
    assert "took longer than 0.5 seconds" in said
    assert dripped.acquire(timeout=10)


def test_a_name_that_is_looked_up_for_ever_is_given_up() -> None:
    never = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        never.wait()
        return [PUBLIC]

    try:
        assert "took longer" in failure("http://news.example/", network=Network(resolve), time_limit=0.1)
    finally:
        never.set()


def test_it_can_be_cancelled_from_another_thread_while_a_server_says_nothing(site: Site) -> None:
    cancelled = threading.Event()

    def silent(handler: Handler) -> None:
        cancelled.set()
        site.closing.wait()

    site.pages["/a"] = silent
    assert "was cancelled" in failure(site.address("/a"), allow_private=True, cancelled=cancelled)


def test_what_was_given_up_ends_in_its_own_thread_too(site: Site) -> None:
    site.pages["/a"] = lambda handler: (site.closing.wait(), None)[1]
    failure(site.address("/a"), allow_private=True, time_limit=0.1)
    for thread in threading.enumerate():
        if thread.name == "fetching":
            thread.join(10)
            assert not thread.is_alive()
