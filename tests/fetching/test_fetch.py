"""What is fetched from a server on loopback, and what becomes of servers that are slow, large, wrong or hostile."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import __version__
from annotate.errors import FetchFailed, ImportRefused
from annotate.fetching import Fetched, fetch
from annotate.fetching.connection import Network
from annotate.fetching.naming import name_of
from annotate.fetching.target import target_of
from tests.fetching.conftest import PUBLIC, Lookup
from tests.fetching.site import Handler, Site

PAGE = "<html><body><p>Forty homes 🌊 are flooded, قال الدفاع المدني.</p></body></html>".encode()


def failure(address: str, **settings: Any) -> str:
    """The one sentence that is said, or two; never of several lines."""
    with pytest.raises(FetchFailed) as failed:
        fetch(address, **settings)
    said = str(failed.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert isinstance(failed.value, ImportRefused), "an import goes on after it as after a file that is refused"
    return said


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


# -- addresses inside a network ------------------------------------------------------------------------------------


def test_loopback_is_refused_unless_it_is_allowed(site: Site) -> None:
    address = site.page("/a", PAGE)
    assert failure(address).startswith(f"127.0.0.1:{site.port} is not on the public internet")
    assert site.requests == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "017700000001", "[::1]", "0"])
def test_other_ways_to_write_loopback_are_refused_too(site: Site, host: str) -> None:
    said = failure(f"http://{host}:{site.port}/")
    # Not every system knows each of them; what it does not know it cannot connect to.
    assert "not on the public internet" in said or "There is no site" in said or "could not be looked up" in said
    assert site.requests == []


@pytest.mark.parametrize("ips", [["10.0.0.5"], [PUBLIC, "192.168.0.1"], ["::ffff:7f00:1"], ["64:ff9b::7f00:1"]])
def test_a_name_that_leads_inside_with_any_of_its_addresses_is_refused(lookup: Lookup, ips: list[str]) -> None:
    lookup.names["intranet.example"] = ips
    said = failure("http://intranet.example/a", network=lookup.network)
    assert said.startswith("intranet.example (")
    assert "Allow addresses in your own network" in said
    assert lookup.connected == []


def test_the_connection_goes_to_the_address_that_was_checked_under_the_name_that_was_asked(lookup: Lookup) -> None:
    lookup.site.page("/a", PAGE)
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network = Network(lambda host, port: next(answers), lookup.network.connect)
    assert fetch("http://news.example:8080/a", network=network).data == PAGE
    assert lookup.connected == [(PUBLIC, 8080)]
    assert lookup.site.requests[0][1]["Host"] == "news.example:8080"
    assert next(answers) == ["127.0.0.1"], "the name was looked up a second time"


def test_the_next_address_of_a_host_is_tried_where_one_is_dead(lookup: Lookup) -> None:
    lookup.site.page("/a", PAGE)
    lookup.names["news.example"] = ["93.184.215.1", PUBLIC]
    connect = lookup.network.connect

    def dead_first(plain: socket.socket, address: tuple[str, int]) -> None:
        if address[0] == "93.184.215.1":
            raise ConnectionRefusedError
        connect(plain, address)

    assert fetch("http://news.example/a", network=Network(lookup.network.resolve, dead_first)).data == PAGE


def test_a_public_site_must_not_lead_inside(lookup: Lookup) -> None:
    lookup.names["router.example"] = ["192.168.0.1"]
    lookup.site.redirect("/a", "http://router.example/reboot")
    assert "router.example (192.168.0.1)" in failure("http://news.example/a", network=lookup.network)
    assert "router.example (192.168.0.1)" in failure(
        "http://news.example/a", network=lookup.network, allow_private=True
    )
    assert [path for path, _ in lookup.site.requests] == ["/a", "/a"]


def test_inside_a_network_that_is_allowed_redirects_are_followed(site: Site) -> None:
    site.page("/b", PAGE)
    assert fetch(site.redirect("/a", "/b"), allow_private=True).data == PAGE


# -- redirects -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_remembered(lookup: Lookup, status: int) -> None:
    lookup.site.redirect("/a", "//other.example/b?x=1", status)
    lookup.site.page("/b?x=1", PAGE)
    fetched = fetch("http://news.example/a", network=lookup.network)
    assert fetched.chain == ("http://news.example/a", "http://other.example/b?x=1")
    assert lookup.looked_up == ["news.example", "other.example"]


def test_a_circle_is_told_at_once(site: Site) -> None:
    site.redirect("/a", "/b")
    said = failure(site.redirect("/b", "/a"), allow_private=True)
    assert "leads round in a circle" in said
    assert len(site.requests) == 2


def test_a_chain_that_does_not_end_is_given_up(site: Site) -> None:
    for number in range(20):
        site.redirect(f"/{number}", f"/{number + 1}")
    assert "leads on more than 8 times" in failure(site.address("/0"), allow_private=True)
    assert len(site.requests) == 9


@pytest.mark.parametrize(
    "location",
    ["ftp://other.example/a", "file:///etc/passwd", "http://ana:pw@other.example/", "javascript:alert(1)",
     "http://other.example:99999/", "http://[::1/", "data:text/html,x"],
)  # fmt: skip
def test_a_redirect_to_what_is_not_followed_is_refused(site: Site, location: str) -> None:
    said = failure(site.redirect("/a", location), allow_private=True)
    assert said.startswith(f"{site.address('/a')} leads on to what is")
    assert len(site.requests) == 1


def test_a_redirect_cannot_put_headers_into_the_next_request(site: Site) -> None:
    def folded(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n X-Evil: 1\r\nContent-Length: 0\r\n\r\n")

    site.pages["/a"] = folded
    assert "leads on to what is not followed" in failure(site.address("/a"), allow_private=True)
    assert len(site.requests) == 1


def test_a_redirect_without_an_address_is_no_page(site: Site) -> None:
    assert "(status 302)" in failure(site.page("/a", b"", status=302), allow_private=True)


# -- what is there -------------------------------------------------------------------------------------------------


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


# -- too much, too little, too slow --------------------------------------------------------------------------------


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


# -- no way there --------------------------------------------------------------------------------------------------


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


# -- https ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate with its key that nobody has vouched for, made out to news.example."""
    if which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    subprocess.run(
        ["openssl", *words.split(), "-addext", "subjectAltName=DNS:news.example,DNS:xn--strae-oqa.example",
         "-keyout", "key.pem", "-out", "certificate.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "certificate.pem").read_bytes())
    return both


@pytest.fixture
def secure(certificate: Path) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with Site(context) as running:
        running.page("/a", PAGE)
        lookup = Lookup(running)
        lookup.trust = lambda: ssl.create_default_context(cafile=str(certificate))
        yield lookup, names


def test_https_goes_to_the_checked_address_and_is_checked_against_the_name(secure: Any) -> None:
    lookup, names = secure
    assert fetch("https://news.example/a", network=lookup.network).data == PAGE
    assert fetch("https://straße.example/a", network=lookup.network).address == "https://xn--strae-oqa.example/a"
    assert lookup.connected == [(PUBLIC, 443), (PUBLIC, 443)]
    assert names == ["news.example", "xn--strae-oqa.example"]
    assert lookup.site.requests[0][1]["Host"] == "news.example"


def test_a_certificate_for_another_name_is_refused(secure: Any) -> None:
    lookup, _ = secure
    said = failure("https://other.example/a", network=lookup.network)
    assert said.startswith("other.example could not prove that it is other.example")
    assert lookup.site.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Any) -> None:
    lookup, _ = secure
    network = Network(lookup.network.resolve, lookup.network.connect)
    assert "could not prove that it is news.example" in failure("https://news.example/a", network=network)
    assert lookup.site.requests == []


def test_a_server_without_encryption_is_told(lookup: Lookup) -> None:
    said = failure("https://news.example/a", network=lookup.network)
    assert "No secure connection to news.example" in said


# -- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "disposition", "content_type", "name"),
    [
        ("/news/flood", None, "text/html", "flood.html"),
        ("/news/flood.php?id=3", None, "text/html", "flood.php.html"),
        ("/news/report.pdf/", None, "application/pdf", "report.pdf"),
        ("/", None, "text/html", "127.0.0.1.html"),
        ("/get?id=9", 'attachment; filename="Rapport 2024.pdf"', "application/pdf", "Rapport 2024.pdf"),
        ("/get", "attachment; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf", "application/pdf", "تقرير.pdf"),
        ("/get", 'attachment; filename="../../etc/passwd"', None, "passwd"),
        ("/get", 'attachment; filename="C:\\\\x\\\\CON.txt"', None, "page CON.txt"),
        ("/get", 'attachment; filename=".."', None, "get"),
        ("/%2e%2e%2f%2e%2e%2fetc%00%0a", None, None, "etc"),
        ("/a%E2%80%8Eb", None, "text/plain", "a\u200eb.txt"),
        ("/" + "a" * 300 + ".html", None, "text/html", "a" * 55 + ".html"),
    ],
)
def test_the_file_gets_a_name_that_every_folder_takes(
    site: Site, path: str, disposition: str | None, content_type: str | None, name: str
) -> None:
    headers = {} if disposition is None else {"Content_Disposition": disposition}
    fetched = fetch(site.page(path, PAGE, content_type, **headers), allow_private=True)
    assert isinstance(fetched, Fetched)
    assert fetched.name == name


@given(st.text(), st.text(), st.sampled_from(["text/html", "application/pdf", "text/plain", ""]))
def test_whatever_a_server_says_the_name_is_that_of_one_file_in_the_folder(path: str, said: str, type_: str) -> None:
    target = target_of(f"https://example.org/{'%2e%2e%2f'}{''.join(path.split()).encode().hex()}")
    for disposition in (said, f'attachment; filename="{said}"', f"attachment; filename*=UTF-8''{said}"):
        name = name_of(target, " ".join(disposition.split()), type_)
        assert 0 < len(name.encode()) < 255
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name.strip(". ") == name
