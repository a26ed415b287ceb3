"""Kinds of files that are recognised and not read: each with the sentence that says what to do instead."""

from __future__ import annotations

import re

from annotate.importers.archive import MOST_MEMBERS, kind_of_archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COPY = "Save it as text or copy and paste the words."
_ARCHIVES = {
    "slides": f"is a PowerPoint presentation; Provenote cannot read presentations. {_COPY}",
    "odp": f"is an OpenDocument presentation; Provenote cannot read presentations. {_COPY}",
    "odf": f"is an OpenDocument drawing, formula or database; Provenote reads its texts only. {_COPY}",
    "epub": f"is an e-book; Provenote cannot read e-books. {_COPY}",
    "other": "is a zip archive; unpack it and import the files in it.",
    "crowded": f"is a zip archive of more than {MOST_MEMBERS:,} files; unpack it and import the files in it.",
    "broken": "is a zip archive that is damaged or cut short. Get the file again.",
}
_PICTURES = (
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
)
_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_XML = re.compile(rb"\s*<\?xml[\s>]", re.IGNORECASE)
_BY_ENDING = (
    ((".msg",), "is a mail of Outlook; open it there, save it as eml or as text and import that."),
    ((".json", ".jsonl", ".js", ".css", ".svg"), f"holds data and no article. {_COPY}"),
)


def refusal_of(data: bytes, name: str) -> str | None:
    """A whole sentence naming the file if it is of a kind that is not read, else None.

    To be asked before text formats are: those take whatever can be decoded.
    """
    said = _by_bytes(data, name) or next((said for endings, said in _BY_ENDING if name.lower().endswith(endings)), None)
    return f"{name} {said}" if said else None


def _by_bytes(data: bytes, name: str) -> str | None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            program = "Word" if name.lower().endswith((".docx", ".docm", ".doc")) else "the program that made it"
            return (
                f"is protected with a password; open it in {program}, save a copy without a password and import that."
            )
        return "is in the old Office format (doc, ppt); open it in Word, save it as docx and import that."
    archive = kind_of_archive(data)
    if archive in _ARCHIVES:
        return _ARCHIVES[archive]
    for start, picture in _PICTURES:
        # "BM" alone could begin a text; a bitmap has NUL bytes in its header.
        if data.startswith(start) and b"\0" in data[:64]:
            return f"is a picture ({picture}); Provenote shows PNG, JPEG, GIF and WebP. Save it as PNG and import that."
    if data.startswith(_PACKED):
        return "is a packed archive; unpack it and import the files in it."
    if _XML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return f"is an XML file; Provenote reads feeds and pages only. {_COPY}"
    return None
