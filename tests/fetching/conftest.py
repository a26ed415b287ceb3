"""A site on loopback, a network where names lead to it as if it stood on the public internet, and fetching in vain."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from annotate.errors import FetchFailed, ImportRefused
from annotate.fetching import fetch
from annotate.fetching.connection import Network, trusting_certifi
from tests.fetching.site import Site

PUBLIC = "93.184.215.14"


@dataclass
class Lookup:
    """Names and the IP addresses they have here; every other has PUBLIC. Connections all end at the site."""

    site: Site
    names: dict[str, list[str]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    trust: Callable[[], object] = trusting_certifi

    @property
    def network(self) -> Network:
        return Network(self._resolve, self._connect, self.trust)  # type: ignore[arg-type]

    def _resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return self.names.get(host, [PUBLIC])

    def _connect(self, plain: socket.socket, address: tuple[str, int]) -> None:
        self.connected.append(address)
        plain.connect(("127.0.0.1", self.site.port))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def lookup(site: Site) -> Lookup:
    return Lookup(site)


def failure(address: str, **settings: Any) -> str:
    """The one sentence that is said, or two; never of several lines."""
    with pytest.raises(FetchFailed) as failed:
        fetch(address, **settings)
    said = str(failed.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert isinstance(failed.value, ImportRefused), "an import goes on after it as after a file that is refused"
    return said
