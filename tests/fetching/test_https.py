"""Secure connections: to the address that was checked, proved by the name that was asked."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from annotate.fetching import fetch
from annotate.fetching.connection import Network
from tests.fetching.conftest import PUBLIC, Lookup, failure
from tests.fetching.site import PAGE, Site


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
