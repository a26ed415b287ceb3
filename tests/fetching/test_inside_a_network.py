"""Addresses inside a network are refused unless allowed, however they are written and wherever a name leads."""

from __future__ import annotations

import socket

import pytest

from annotate.fetching import fetch
from annotate.fetching.connection import Network
from tests.fetching.conftest import PUBLIC, Lookup, failure
from tests.fetching.site import PAGE, Site


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
