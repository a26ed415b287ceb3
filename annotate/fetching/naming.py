"""A name for what was fetched, so that it can stand in a project, and in a folder, like any other file."""

from __future__ import annotations

import re
from contextlib import suppress
from email.message import Message
from urllib.parse import unquote

from annotate.canonical import canonical
from annotate.fetching.target import Target

LONGEST = 60
"""Code points; at four bytes each still a name of less than 255 bytes, which is what file systems take."""

_ENDINGS = {
    "text/html": (".html", ".htm", ".xhtml"),
    "application/xhtml+xml": (".html", ".htm", ".xhtml"),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".text", ".md", ".markdown", ".log", ".csv", ".tsv", ".rtf", ".eml"),
    "text/csv": (".csv",),
}
"""What a name may end in, by declared type; one that does not gets the first. Bytes that say what they are go first."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself."""


def name_of(target: Target, disposition: str, content_type: str) -> str:
    """A file's name without folders: as a Content-Disposition header says, or else the last part of the address."""
    name = _fit(_stated(disposition)) or _fit(unquote(target.path.partition("?")[0].rstrip("/").rpartition("/")[2]))
    name = name or target.host.replace(":", "-")
    endings = _ENDINGS.get(content_type)
    if endings is not None and not name.lower().endswith(endings):
        name = f"{name[: LONGEST - len(endings[0])]}{endings[0]}"
    return name


def _stated(disposition: str) -> str:
    header = Message()
    header["Content-Disposition"] = disposition
    stated = header.get_filename("")
    with suppress(UnicodeError):
        # Latin-1 by the standard of headers, UTF-8 in practice.
        stated = stated.encode("latin-1").decode("utf-8")
    return re.split(r"[/\\]", stated)[-1]


def _fit(name: str) -> str:
    """Without what a file system cannot keep, or would take for a path."""
    words = " ".join(_UNFIT.sub(" ", canonical(name).text).split()).strip(". ")
    if _DEVICE.match(words):
        words = f"page {words}"
    if len(words) > LONGEST:
        stem, dot, ending = words.rpartition(".")
        words = f"{stem[: LONGEST - 1 - len(ending)]}{dot}{ending}" if dot and len(ending) < 8 else words[:LONGEST]
    return words.strip(". ")
