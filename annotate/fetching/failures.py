"""Why an address gave nothing, in one sentence that names it and says what to do."""

from __future__ import annotations

import socket

from annotate.errors import FetchFailed
from annotate.fetching.target import Target, shortened

_BY_HAND = "Open it in a browser, save the page and import the file."

_STATUSES = {
    401: f"wants a name and password. {_BY_HAND}",
    402: f"is for subscribers only. {_BY_HAND}",
    403: f"is not given to programs like this one. {_BY_HAND}",
    404: "is not there. Check the address, or look for the page in a web archive.",
    410: "is not there any more. Look for the page in a web archive.",
    429: f"was asked for too often. Try again later, or do this: {_BY_HAND}",
    451: "may not be shown for legal reasons. Look for the page in a web archive.",
}


def status_failure(target: Target, status: int) -> FetchFailed:
    """For an answer that is no page."""
    said = _STATUSES.get(status)
    if said is None:
        said = f"was not handed out. {_BY_HAND}" if status < 500 else "has a fault on its server. Try again later."
    words, _, to_do = said.partition(". ")
    return FetchFailed(f"{shortened(target.address)} {words} (status {status}). {to_do}")


def failure_of(target: Target, error: Exception) -> FetchFailed | None:
    """For what socket, TLS and HTTP raise while a target is asked; None for an exception that is a fault here."""
    import ssl
    from http.client import HTTPException

    from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError, SSLError

    address, site = shortened(target.address), target.site
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_NONAME or error.errno == getattr(socket, "EAI_NODATA", None):
            return FetchFailed(f"There is no site called {target.host}. Check the address {address}.")
        return FetchFailed(f"{target.host} could not be looked up. Check your connection to the internet.")
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = (error.verify_message or "its certificate is not valid").rstrip(".")
        return FetchFailed(
            f"{site} could not prove that it is {target.host} ({reason}), so nothing was fetched from {address}. "
            "Look at it in a browser before you trust it."
        )
    if isinstance(error, ssl.SSLError | SSLError):
        return FetchFailed(f"No secure connection to {site} came about, so {address} was not fetched. {_BY_HAND}")
    if isinstance(error, TimeoutError | ReadTimeoutError):
        return FetchFailed(f"{site} does not answer, so {address} was not fetched. Try again later.")
    if isinstance(error, ConnectionRefusedError):
        return FetchFailed(f"{site} takes no connection, so {address} was not fetched. Check the address.")
    if isinstance(error, DecodeError):
        return FetchFailed(f"{address} came packed in a way that cannot be unpacked. {_BY_HAND}")
    if isinstance(error, HTTPException | HTTPError | ConnectionError | ValueError):
        return FetchFailed(f"{address} did not arrive whole: {site} ended early or spoke no proper HTTP. {_BY_HAND}")
    if isinstance(error, OSError):
        reason = error.strerror or str(error) or type(error).__name__
        return FetchFailed(
            f"{site} cannot be reached ({reason}), so {address} was not fetched. Check your connection to the internet."
        )
    return None
