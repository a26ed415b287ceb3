"""The parts of an Excel package, read one after the other so that no size of it fills the memory.

Why it exists: what comes back may be anything that ends in .xlsx. Each way in which it is none, or not safe to read,
ends in one sentence here; XML is read with expat, which follows nothing, and a document type, in which bombs and
foreign files are declared, ends the reading.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol
from xml.parsers import expat

from annotate.errors import ReadBackRefused
from annotate.importers.archive import BROKEN, MOST_MEMBERS, RATIO_FLOOR, RATIO_LIMIT, ZIP_STARTS, kind_of_archive

MOST_BYTES = 300 * 1024 * 1024
"""Of the file. The workbook of 100,000 annotations has about 50 MB."""
MOST_UNPACKED = 1024**3
"""Bytes that all parts together take; that of 100,000 annotations takes about a fifth."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16
_ROOT = "xl/workbook.xml"


class Handler(Protocol):
    """What is told of one part; names without their namespace prefixes."""

    def start(self, name: str, attributes: Mapping[str, str], /) -> None: ...
    def end(self, name: str, /) -> None: ...
    def words(self, words: str, /) -> None: ...


class Package:
    """An open workbook file; `name` is what messages call it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._members = {member.filename.lstrip("/"): member for member in archive.infolist()}
        self.name = name
        self.root = self._root()

    def has(self, path: str) -> bool:
        return path in self._members

    def read(self, path: str, handler: Handler) -> None:
        """Tell `handler` what a part holds; nothing where there is no such part. Raises ReadBackRefused."""
        if path not in self._members:
            return
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = _local(handler.start)
        parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
        parser.CharacterDataHandler = handler.words
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        try:
            for chunk in self._chunks(path):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(self.name) from error

    def _chunks(self, path: str) -> Iterator[bytes]:
        try:
            with self._archive.open(self._members[path]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except BROKEN as error:
            raise damaged(self.name) from error

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part points to, by relation id: the last word of the kind ("worksheet"), and the path."""
        folder, file = posixpath.split(path)
        found = _Relations()
        self.read(f"{folder}/_rels/{file}.rels".lstrip("/"), found)
        return {
            key: (kind.rpartition("/")[2], posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            for key, kind, target in found.found
        }

    def _root(self) -> str:
        targets = [path for kind, path in self.relations("").values() if kind == "officeDocument"]
        return next((path for path in [*targets, _ROOT] if self.has(path)), _ROOT)

    def _refuse_document_type(self, *_declared: object) -> None:
        raise ReadBackRefused(
            f"{self.name} was not read: it declares a document type, which no workbook does and which can harm. Ask "
            "whoever sent it for a copy saved by Excel."
        )


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The workbook at `path`. Raises ReadBackRefused for what is none, is damaged, protected or unsafe."""
    try:
        with path.open("rb") as file:
            _refuse_other_kinds(file, path)
            try:
                archive = zipfile.ZipFile(file)
            except BROKEN as error:
                raise damaged(path.name) from error
            with archive:
                _refuse_unsafe(archive, path)
                yield Package(archive, path.name)
    except FileNotFoundError:
        raise ReadBackRefused(f"{path.name} is not there. Was it moved or renamed?") from None
    except IsADirectoryError:
        raise ReadBackRefused(f"{path.name} is a folder. Choose the workbook in it.") from None
    except PermissionError:
        raise ReadBackRefused(
            f"{path.name} cannot be read. If it is open in Excel or another program, close it there and try again."
        ) from None


def damaged(name: str) -> ReadBackRefused:
    return ReadBackRefused(
        f"{name} is damaged or not an Excel workbook. Open it in Excel or LibreOffice, save it as a new workbook "
        "(.xlsx), and read that back."
    )


def _refuse_other_kinds(file: BinaryIO, path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise ReadBackRefused(f"{path.name} is empty (0 bytes). Ask whoever sent it for the workbook again.")
    if size > MOST_BYTES:
        raise ReadBackRefused(f"{path.name} has {size / 1024**2:,.0f} MB, which is too much to be safe to read.")
    data = file.read()
    file.seek(0)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadBackRefused(
                f"{path.name} is protected with a password. Open it in Excel, save a copy without a password, and read "
                "that back."
            )
        raise ReadBackRefused(
            f"{path.name} is in an older format. Open it, save it as a workbook .xlsx, and read that."
        )
    if not data.startswith(ZIP_STARTS):
        raise damaged(path.name)
    kind = kind_of_archive(data)
    if kind == "ods":
        raise ReadBackRefused(
            f"{path.name} is an OpenDocument spreadsheet. Save it as an Excel workbook (.xlsx) and read that back."
        )
    if kind != "sheet":
        raise damaged(path.name)


def _refuse_unsafe(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    size, packed = sum(member.file_size for member in members), path.stat().st_size
    if len(members) > MOST_MEMBERS or size > MOST_UNPACKED or (size > RATIO_FLOOR and size > RATIO_LIMIT * packed):
        raise ReadBackRefused(f"{path.name} would unpack to {size / 1024**2:,.0f} MB, which is too much to be safe.")
    if len({member.filename for member in members}) < len(members):
        raise damaged(path.name)
    if any(member.flag_bits & 1 for member in members):
        raise ReadBackRefused(
            f"{path.name} is protected with a password. Save a copy without a password, and read that back."
        )
    if any(member.filename.endswith("workbook.bin") for member in members):
        raise ReadBackRefused(f"{path.name} is a binary workbook. Save it as a workbook .xlsx, and read that back.")


def _local(start: Callable[[str, Mapping[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    def started(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    return started


class _Relations:
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))

    def end(self, name: str) -> None:
        """Everything stands in the attributes."""

    def words(self, words: str) -> None:
        """Everything stands in the attributes."""
