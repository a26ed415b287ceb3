"""What lies in a zip archive, told by the names of its members; nothing is unpacked."""

from __future__ import annotations

import zipfile
from io import BytesIO

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of_archive(data: bytes) -> str | None:
    """word, sheet, slides, odt, epub, other; "broken" for what begins as an archive and is none; else None."""
    if not data.startswith(ZIP_STARTS):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return "broken"
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "word"), ("xl/", "sheet"), ("ppt/", "slides")):
            if any(name.startswith(folder) for name in names):
                return kind
    if "META-INF/container.xml" in names:
        return "epub"
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return "other"
