"""The bytes at an address: within a time, up to a size, by redirects that are each looked at before they are followed.

No cookies, no scripts, and no proxies from the environment: what a proxy connects to cannot be checked from here.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import TYPE_CHECKING

from annotate.errors import FetchFailed
from annotate.fetching.connection import INTERNET, Network, ask
from annotate.fetching.failures import failure_of, status_failure
from annotate.fetching.naming import name_of
from annotate.fetching.patience import GivenUp, Line, TimeIsUp, in_time
from annotate.fetching.target import Target, redirected, shortened, target_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

TIME_LIMIT = 30.0
"""Seconds for one address with all that it leads to."""
SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes after unpacking; web pages have a few, reports as PDF up to some dozen megabytes."""
MOST_REDIRECTS = 8

_PIECE = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_NO_ARTICLES = {"video": "a video", "audio": "a sound recording", "font": "a font"}
_CHARSET = re.compile(r"[A-Za-z0-9][\w.:+-]{1,39}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address; all addresses in ASCII, as they were asked for."""

    asked: str
    """The address in the analyst's words."""
    chain: tuple[str, ...]
    """The addresses that were gone through, from the first to the one that the bytes came from."""
    data: bytes
    """Unpacked, otherwise as they came."""
    name: str
    """For the file: as the server calls it, or else from the address."""
    content_type: str
    """As declared, in lower case and without parameters; "" where nothing is."""
    charset: str | None
    """As declared."""
    fetched_at: datetime
    """UTC."""

    @property
    def address(self) -> str:
        """Where the bytes came from."""
        return self.chain[-1]


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    time_limit: float = TIME_LIMIT,
    size_limit: int = SIZE_LIMIT,
    cancelled: threading.Event | None = None,
    network: Network = INTERNET,
) -> Fetched:
    """Fetch what stands at an http or https address, following up to MOST_REDIRECTS redirects.

    Without `allow_private` no address inside a network is connected to; with it, none that a public site leads to.
    `time_limit` in seconds and `size_limit` in unpacked bytes hold whatever the server does. Raises FetchFailed, with
    one sentence, for everything that stands in the way, and when `cancelled` is set from another thread.
    """
    first = target_of(address)

    def work(line: Line) -> Fetched:
        return _followed(address, first, line, allow_private, size_limit, network)

    try:
        return in_time(work, time_limit, cancelled)
    except TimeIsUp as error:
        raise FetchFailed(
            f"{shortened(first.address)} took longer than {time_limit:g} seconds and was given up. Try again later, or "
            "save the page with a browser and import the file."
        ) from error
    except GivenUp as error:
        raise FetchFailed(f"{shortened(first.address)} was not fetched: it was cancelled.") from error


def _followed(
    asked: str, target: Target, line: Line, allow_private: bool, size_limit: int, network: Network
) -> Fetched:
    chain = [target]
    while True:
        try:
            answer = ask(target, line, allow_private=allow_private, network=network)
            try:
                response = answer.response
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return _taken(asked, chain, response, size_limit)
            finally:
                answer.close()
        except Exception as error:
            failure = failure_of(target, error)
            if failure is None:
                raise
            raise failure from error
        allow_private = allow_private and answer.private
        target = _next(chain, location)
        chain.append(target)


def _next(chain: list[Target], location: str) -> Target:
    first = shortened(chain[0].address)
    try:
        target = redirected(chain[-1], location)
    except FetchFailed as error:
        raise FetchFailed(f"{first} leads on to what is not followed: {error}") from error
    if target in chain:
        raise FetchFailed(
            f"{first} leads round in a circle; it may want cookies. Open it in a browser, save the page and import it."
        )
    if len(chain) > MOST_REDIRECTS:
        raise FetchFailed(f"{first} leads on more than {MOST_REDIRECTS} times. Open it in a browser to see where.")
    return target


def _taken(asked: str, chain: list[Target], response: BaseHTTPResponse, size_limit: int) -> Fetched:
    """What the last answer holds; raises FetchFailed where it is no article or too large."""
    target = chain[-1]
    address = shortened(target.address)
    if not 200 <= response.status < 300:
        raise status_failure(target, response.status)
    declared = Message()
    declared["Content-Type"] = _one_line(response.headers.get("Content-Type", ""))
    content_type = declared.get_content_type() if declared["Content-Type"] else ""
    no_article = _NO_ARTICLES.get(content_type.partition("/")[0])
    if no_article is not None:
        raise FetchFailed(f"{address} is {no_article}, not an article. Type what is said there, and paste that.")
    data = _body(response, size_limit)
    if data is None:
        raise FetchFailed(
            f"{address} holds more than {size_limit / 1024**2:,.0f} MB and was left out. Save what you need of it, and "
            "import the file."
        )
    if not data:
        raise FetchFailed(f"{address} is empty. Open it in a browser, save the page and import the file.")
    charset = declared.get_content_charset() or ""
    return Fetched(
        asked=asked,
        chain=tuple(target.address for target in chain),
        data=data,
        name=name_of(target, _one_line(response.headers.get("Content-Disposition", "")), content_type),
        content_type=content_type,
        charset=charset if _CHARSET.fullmatch(charset) else None,
        fetched_at=datetime.now(UTC),
    )


def _body(response: BaseHTTPResponse, size_limit: int) -> bytes | None:
    """Unpacked; None as soon as there is more than allowed, said beforehand or not."""
    stated = response.headers.get("Content-Length", "")
    if stated.isascii() and stated.isdecimal() and (len(stated) > 15 or int(stated) > size_limit):
        return None
    data = bytearray()
    while piece := response.read(_PIECE):
        data += piece
        if len(data) > size_limit:
            return None
    return bytes(data)


def _one_line(header: str) -> str:
    return " ".join(header.split())
