"""Whether a protected name stands in a file after all: a last look at what was written, in every part of it.

Why it exists: what the program writes holds only what was searched, but an analyst's own workbook that is filled anew
brings text boxes, comments, charts and properties of its own, and an earlier export may be among them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from annotate.errors import ExportFailed
from annotate.report.brief_content import shortened
from annotate.report.sharing import Shared

_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_LARGEST = 2**31
"""Bytes of one part that are read; ours are far smaller."""
_MOST_SHOWN = 20
_LONGEST = 60
"""Code points of words around a name that are repeated."""


def names_left(shared: Shared, path: Path) -> tuple[str, ...]:
    """Sentences for the analyst on a written file that names somebody protected; none where it does not.

    Raises ExportFailed where the file cannot be read.
    """
    found = still_named(shared, path)
    places = [f"in {part}: “{shortened(words, _LONGEST)}”" if words.strip() else f"in {part}" for part, words in found]
    if not places:
        return ()
    more = f" There are more than these {_MOST_SHOWN}." if len(places) == _MOST_SHOWN else ""
    return (f"Do not send {path.name} on: a protected name stands in it, {'; '.join(places)}.{more}",)


def still_named(shared: Shared, path: Path) -> tuple[tuple[str, str], ...]:
    """Parts of a written file, or files of a folder, in which a protected name stands, each with words around it.

    Looks through packages (workbooks, documents, projects) part by part, names of parts included. At most 20 are
    told. Raises ExportFailed where the file cannot be read.
    """
    found: list[tuple[str, str]] = []
    try:
        for name, text in _texts(path):
            if shared.hidden(text) != text:
                found += ((name, line) for line in text.split("\n") if shared.hidden(line) != line)
                found = found or [(name, "")]
            if len(found) >= _MOST_SHOWN:
                break
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise ExportFailed(
            f"{path.name} was written and cannot be looked through: {error}. Export it again."
        ) from error
    return tuple(dict.fromkeys(found))[:_MOST_SHOWN]


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for file in files:
        if not zipfile.is_zipfile(file):
            yield file.name, _words(file.read_bytes())
            continue
        with zipfile.ZipFile(file) as package:
            yield file.name, "\n".join(package.namelist())
            for part in package.infolist():
                if part.file_size <= _LARGEST:
                    yield part.filename, _words(package.read(part))


def _words(data: bytes) -> str:
    """What a part says: the words between tags, and the values in them. Words whose letters are in runs of their own
    are put together. Of a picture nothing: its bytes are no letters, and look like a short name by chance."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = data.decode(encoding, "replace")
    if not text.lstrip("\ufeff \r\n\t").startswith("<"):
        return text if encoding == "utf-16" or text.encode() == data else ""
    values = "\n".join(double or single for double, single in _VALUE.findall(text))
    apart = unescape(_TAG.sub("\n", text))
    together = unescape(_TAG.sub("", text))
    return "\n".join((apart, together, unescape(values)))
