"""What exactly is asked for at an address: scheme, host, port, path, each checked and in the one form that is sent.

Addresses come from articles and from the servers themselves. Whatever two programs could read in two ways (a
backslash, a line break, a name and password before the host) is refused and not mended.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from annotate.errors import FetchFailed

USUAL_PORTS = {"http": 80, "https": 443}
LONGEST = 8_000
"""Characters of an address; servers take no more, and none is longer."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_DOTS = str.maketrans("。．｡", "...")  # what ends a label besides the full stop (UTS 46)
_KEPT = "%/?:@!$&'()*+,;=~[]"
"""Signs that stay as they are in a path and a query; what was escaped already is not escaped again."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes. All in ASCII: host in lower case and punycode, path escaped and with the query."""

    scheme: str
    host: str
    """An IPv6 address stands without its brackets."""
    port: int
    path: str

    @property
    def site(self) -> str:
        """Host and port as in the Host header: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.site}{self.path}"

    @property
    def shown(self) -> str:
        """For a sentence: without the scheme, and without the path where it says nothing."""
        return f"{self.site}{'' if self.path == '/' else self.path}"


def target_of(address: str) -> Target:
    """What an address asks for; raises FetchFailed where it is none, or none that is followed."""
    words = address.strip()
    said = shortened(words)
    if len(words) > LONGEST:
        raise FetchFailed(f"{said} is too long for a web address; copy it once more.")
    if not words or any(character.isspace() or unicodedata.category(character) == "Cc" for character in words):
        raise FetchFailed(f"“{said}” is not a web address: there is a space or a line break in it.")
    try:
        parts = urlsplit(words)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchFailed(f"{said} is not a web address; copy it once more.") from error
    if parts.scheme not in USUAL_PORTS:
        raise FetchFailed(f"{said} is not fetched; only addresses that begin with http:// or https:// are.")
    if "@" in parts.netloc:
        raise FetchFailed(
            f"{parts.scheme}://…@{parts.netloc.rpartition('@')[2]} has a name or password before the host, which is "
            "never sent; take out what stands before the @."
        )
    ascii_host = _ascii_host(host, bracketed="[" in parts.netloc)
    if ascii_host is None or port == 0:
        raise FetchFailed(f"{said} is not a web address: it names no site. Copy it once more.")
    path = quote(parts.path or "/", safe=_KEPT)
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return Target(parts.scheme, ascii_host, port or USUAL_PORTS[parts.scheme], path + query)


def redirected(target: Target, location: str) -> Target:
    """Where an answer's Location header leads; raises FetchFailed as `target_of` does."""
    with suppress(UnicodeError):
        # Headers are Latin-1 by their standard, and addresses in them UTF-8 in practice.
        location = location.encode("latin-1").decode("utf-8")
    try:
        led_to = urldefrag(urljoin(target.address, location.strip())).url
    except ValueError as error:
        raise FetchFailed(f"{target.address} leads on to what is no web address.") from error
    return target_of(led_to)


def shortened(address: str) -> str:
    """An address for a sentence: on one line, and cut where it goes on for too long."""
    one_line = " ".join("".join(c if c.isprintable() else " " for c in address[:300]).split())
    return one_line if len(one_line) <= 80 else f"{one_line[:79]}…"


def _ascii_host(host: str, *, bracketed: bool) -> str | None:
    """The host as it is looked up; None where it is no host.

    As browsers do it (UTS 46, not transitional), and not with Python's "idna" codec: that one follows the older
    standard and turns straße.de into strasse.de, which may be somebody else's.
    """
    if bracketed:
        try:
            return str(IPv6Address(host)) if "%" not in host else None
        except ValueError:
            return None
    mapped = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower()).translate(_DOTS)
    labels = []
    for label in mapped.removesuffix(".").split("."):
        if not label.isascii():
            if any(unicodedata.category(character)[0] in "CZSP" and character not in "-·" for character in label):
                return None
            label = f"xn--{label.encode('punycode').decode('ascii')}"
        if not _LABEL.fullmatch(label):
            return None
        labels.append(label)
    joined = ".".join(labels)
    return joined if len(joined) <= 253 else None
