"""Zip archives that documents come in: what lies in one, and its members with limits that no bomb gets past."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Collection
from io import BytesIO

from annotate.errors import ImportRefused

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)
"""What damaged archives make zipfile raise, when they are opened and when a member is read."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

UNPACKED_LIMIT = 300 * 1024 * 1024
"""Bytes a document may unpack to; its parser holds all of them in memory."""
XML_LIMIT = 100 * 1024 * 1024
"""Bytes of XML among them; as elements in memory they take several times that."""
RATIO_LIMIT = 200
"""Unpacked size over packed size that no real document reaches; only looked at above 20 MB."""
RATIO_FLOOR = 20 * 1024 * 1024
MOST_MEMBERS = 20_000
"""Of one archive; a document with a picture on each of its pages has some thousands."""

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def kind_of_archive(data: bytes) -> str | None:
    """What is in an archive, told by the names of its members and hardly anything unpacked.

    word, sheet, slides, odt, ods, odp, odf (another OpenDocument file), epub, other; "crowded" for too many members,
    "broken" for what begins as an archive and is none; None for what does not.
    """
    if not data.startswith(ZIP_STARTS):
        return None
    if data.count(b"PK\x01\x02") > MOST_MEMBERS:
        return "crowded"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = _open_document(archive, names)
    except BROKEN:
        return "broken"
    if "[Content_Types].xml" in names:
        for folder, office_kind in (("word/", "word"), ("xl/", "sheet"), ("ppt/", "slides")):
            if any(name.startswith(folder) for name in names):
                return office_kind
    if "META-INF/container.xml" in names:
        return "epub"
    return kind or "other"


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" not in names:
        return "odt" if {"content.xml", "META-INF/manifest.xml"} <= names else None
    with archive.open("mimetype") as member:
        stated = member.read(200).decode("ascii", "replace").strip()
    if not stated.startswith(_OPEN_DOCUMENT):
        return None
    for start, kind in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")):
        if stated.removeprefix(_OPEN_DOCUMENT).startswith(start):
            return kind
    return "odf"


def unpacked(
    data: bytes, name: str, label: str, program: str, wanted: Collection[str] | None = None
) -> dict[str, bytes]:
    """Members by path, sums checked, so that no parser meets anything that lies about its size.

    `wanted` names those to unpack, None for all. `label` ("Word document") and `program` ("Word") are for messages.
    Raises ImportRefused for what is damaged, would unpack to too much or is protected with a password.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members, len(data), name)
            if any(member.flag_bits & 1 for member in members):
                raise ImportRefused(protected(name, program))
            if len({member.filename for member in members}) < len(members):
                raise ImportRefused(f"{name} is damaged: parts of it are there twice. Get the file again.")
            return {
                member.filename: archive.read(member)
                for member in members
                if not member.is_dir() and (wanted is None or member.filename in wanted)
            }
    except BROKEN as error:
        raise ImportRefused(
            f"{name} is damaged or not {label}: it was cut short or changed on its way. Get the file again."
        ) from error


def protected(name: str, program: str) -> str:
    """The sentence for what cannot be read without its password."""
    return f"{name} is protected with a password; open it in {program}, save a copy without a password and import that."


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    size = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if size > UNPACKED_LIMIT or xml > XML_LIMIT or (size > RATIO_FLOOR and size > RATIO_LIMIT * packed):
        raise ImportRefused(
            f"{name} would unpack to {size / 1024**2:,.0f} MB, which is too much to be safe; copy and paste its words."
        )
