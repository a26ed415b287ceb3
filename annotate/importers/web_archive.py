"""Web pages saved whole as one file (MHTML, RFC 2557): the page itself is read, nothing of what lies beside it.

When the page was saved is no date of publication and is not taken for one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from annotate.errors import ImportRefused
from annotate.importers.format import Format, Reading
from annotate.importers.mime import Part, header_block, parsed
from annotate.importers.one_line import one_line
from annotate.importers.options import ReadOptions
from annotate.importers.web_page import read_page

_ENDINGS = (".mht", ".mhtml")
_PAGES = ("text/html", "application/xhtml+xml")
_WHAT_A_MAIL_HAS = {"to", "received", "return-path", "delivered-to", "message-id"}


def recognises(data: bytes, name: str) -> bool:
    """By what browsers write into the headers; an archive that says little must lack what every mail has."""
    headers = header_block(data[:65536])
    if not headers:
        return False
    if name.lower().endswith(_ENDINGS) or "snapshot-content-location" in headers:
        return True
    if headers.get("from", "").lower().startswith(("<saved by", '"saved by', "saved by")):
        return True
    type_ = headers.get("content-type", "").lower()
    is_page = type_.startswith(("multipart/related", *_PAGES))
    return is_page and _WHAT_A_MAIL_HAS.isdisjoint(headers) and not name.lower().endswith(".eml")


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for an archive without a page, and as web pages do."""
    archive = parsed(data)
    page = _main_page(archive)
    if page is None:
        raise ImportRefused(f"{name} holds no web page; save the page again, as one file of the kind mhtml.")
    subject = one_line(archive.words("Subject"))
    return read_page(page.body(), name, options, charset=page.charset, title=subject, url=_address(archive, page))


FORMAT = Format("mhtml", "2", "web archive", _ENDINGS, recognises, read)


def _main_page(archive: Part) -> Part | None:
    """The part named as the start, or the one with the address that was saved, or the first page."""
    pages = [leaf for leaf in archive.leaves() if leaf.type in _PAGES]
    start = archive.parameter("start")
    saved = archive.value("Snapshot-Content-Location")
    for header, wanted in (("Content-ID", start), ("Content-Location", saved)):
        for page in pages:
            if wanted and page.value(header) == wanted and page.body().strip():
                return page
    return next((page for page in pages if page.body().strip()), None)


def _address(archive: Part, page: Part) -> str | None:
    for part, header in (
        (archive, "Snapshot-Content-Location"),
        (page, "Content-Location"),
        (archive, "Content-Location"),
    ):
        address = one_line(part.words(header))
        try:
            if address and urlsplit(address).scheme in ("http", "https"):
                return address
        except ValueError:
            continue
    return None
