"""Where a server leads on to: followed, remembered, and given up."""

from __future__ import annotations

import pytest

from annotate.fetching import fetch
from tests.fetching.conftest import Lookup, failure
from tests.fetching.site import PAGE, Handler, Site


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
