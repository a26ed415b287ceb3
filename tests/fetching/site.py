"""A web server on this computer's loopback that answers as a test tells it to, well or badly."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = "<html><body><p>Forty homes 🌊 are flooded, قال الدفاع المدني.</p></body></html>".encode()

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the site has for the path; `requests` remembers what was asked, with its headers."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append((self.path, dict(self.headers)))
        self.close_connection = True
        answer = self.site.pages.get(self.path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, format: str, *words: Any) -> None:
        """Nothing is printed."""

    def send(self, body: bytes, content_type: str | None = "text/html", status: int = 200, **headers: str) -> None:
        """An ordinary answer; underscores in header names stand for hyphens."""
        self.send_response(status)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
        headers = {"Content-Length": str(len(body)), **{name.replace("_", "-"): said for name, said in headers.items()}}
        for name, said in headers.items():
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, **headers: str) -> None:
        """The head of an answer whose body the test sends itself."""
        self.send_response(200)
        for name, said in headers.items():
            self.send_header(name.replace("_", "-"), said)
        self.end_headers()


class Site:
    """Use as a context manager; `pages` may be filled at any time."""

    def __init__(self, context: Any = None) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        """For answers that would go on for ever."""
        handler = type("SiteHandler", (Handler,), {"site": self})
        self._server = _Quiet(("127.0.0.1", 0), handler)
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def address(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, body: bytes, content_type: str | None = "text/html", **headers: Any) -> str:
        """Have the site answer with these bytes; the page's address."""
        self.pages[path] = lambda handler: handler.send(body, content_type, **headers)
        return self.address(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Have the site lead on; the address that does so."""
        return self.page(path, b"", None, status=status, Location=location)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """That who fetches goes away in the middle is what some tests are about."""
