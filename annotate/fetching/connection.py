"""One request to one host: looked up once, checked, and connected to at the very address that was checked.

Were the name looked up again for the connection, its owner could answer with a public address first and a private one
then (DNS rebinding). So the socket is made here and handed to urllib3, which speaks HTTP over it; the name stays in
the Host header and in the check of the certificate.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate import __version__
from annotate.errors import FetchFailed
from annotate.fetching.networks import is_public, resolve
from annotate.fetching.patience import Line
from annotate.fetching.target import Target

if TYPE_CHECKING:
    from ssl import SSLContext

    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

CONNECT_SECONDS = 8.0
"""For each IP address of a host: where one way is dead, another gets its turn."""
QUIET_SECONDS = 15.0
"""That a server may say nothing."""

_HEADERS = {
    "User-Agent": f"Provenote/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


def trusting_certifi() -> SSLContext:
    """Certificates are checked against certifi's authorities, the same on every system."""
    import ssl

    import certifi

    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True, slots=True)
class Network:
    """The three things that reach outside; tests put their own in their place."""

    resolve: Callable[[str, int], list[str]] = resolve
    """Host and port to IP addresses; raises OSError."""
    connect: Callable[[socket.socket, tuple[str, int]], None] = socket.socket.connect
    trust: Callable[[], SSLContext] = trusting_certifi


INTERNET = Network()


@dataclass(frozen=True, slots=True)
class Answer:
    """Head of an answer; the body is still to be read from `response`."""

    response: BaseHTTPResponse
    private: bool
    """It came from inside a network."""
    _connection: HTTPConnection

    def close(self) -> None:
        self.response.close()
        self._connection.close()


def ask(target: Target, line: Line, *, allow_private: bool, network: Network) -> Answer:
    """Send a GET and read the head of the answer. No cookies, no proxies, no redirects.

    Raises FetchFailed for a host in a private network where that is not allowed, and whatever the socket, TLS and HTTP
    come upon: OSError, urllib3's HTTPError, the standard library's HTTPException.
    """
    from urllib3.connection import HTTPConnection as Connection

    ips = network.resolve(target.host, target.port)
    inside = [ip for ip in ips if not is_public(ip)]
    if inside and not allow_private:
        where = "" if inside[0] == target.host else f" ({inside[0]})"
        raise FetchFailed(
            f"{target.site}{where} is not on the public internet but inside a network; nothing was fetched. "
            "Allow addresses in your own network if you trust it."
        )
    connected = _connected(target, ips, line, network)
    connection = Connection(target.host, target.port, timeout=QUIET_SECONDS)
    connection.sock = connected
    try:
        connection.request("GET", target.path, headers={"Host": target.site, **_HEADERS}, preload_content=False)
        return Answer(connection.getresponse(), bool(inside), connection)
    except BaseException:
        # A half-made response would keep the connection open, were it only closed; there is no other way to reach it.
        number = connected.detach()
        if number != -1:  # else nothing held on to it
            socket.close(number)
        raise


def _connected(target: Target, ips: list[str], line: Line, network: Network) -> socket.socket:
    """A connection to the first of the addresses that answers, encrypted for https. Raises OSError."""
    failure: OSError = OSError("it has no address")
    for ip in ips:
        plain = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
        try:
            line.hold(plain)
            plain.settimeout(CONNECT_SECONDS)
            network.connect(plain, (ip, target.port))
            plain.settimeout(QUIET_SECONDS)
        except OSError as error:
            plain.close()
            failure = error
            continue
        return plain if target.scheme == "http" else _encrypted(plain, target, line, network)
    raise failure


def _encrypted(plain: socket.socket, target: Target, line: Line, network: Network) -> socket.socket:
    encrypted = network.trust().wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    line.hold(encrypted)
    try:
        encrypted.do_handshake()
    except BaseException:
        encrypted.close()
        raise
    return encrypted
