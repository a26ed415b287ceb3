"""A workbook as the package it is: parts read one by one, some replaced, all others copied as they are.

Why it exists: loading a workbook and saving it keeps only what the library knows; text boxes, sparklines, pictures in
headers, buttons and macros are lost without a word (measured with openpyxl). What is not touched here is the same
byte for byte, under the same name and in the same order. Format: ECMA-376 part 2 (packages), part 1 (spreadsheets).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol
from urllib.parse import unquote

from annotate.errors import ExportFailed
from annotate.importers.archive import BROKEN, MOST_MEMBERS, RATIO_FLOOR, RATIO_LIMIT

MOST_UNPACKED = 1024**3
"""Bytes that all parts together may unpack to."""
MOST_OF_A_PART = 400 * 1024**2
"""Bytes of a part that is read whole; sheets that hold a table are read row by row and may be larger."""

CONTENT_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = "http://purl.oclc.org/ooxml/"
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_CHUNK = 1024**2
_IN_MEMORY = 16 * 1024**2

KINDS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
}
"""What the workbook's own part says it is, and the ending that Excel opens it under."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One tie from a part to another, or to an address outside."""

    id: str
    kind: str
    """The last word of its type, such as "worksheet", "table", "comments"."""
    target: str
    """The part's name as in the archive; of external ones the address."""
    external: bool


class Readable(Protocol):
    """A part, read from its start a little at a time."""

    def read(self, size: int = -1, /) -> bytes: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...


class _Member:
    """A part of the template; where it turns out to be damaged, ExportFailed says so to whoever reads it."""

    def __init__(self, member: IO[bytes], name: str) -> None:
        self._member, self._name = member, name

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._member.read(size)
        except BROKEN as error:
            raise damaged(self._name) from error

    def seek(self, offset: int, whence: int = 0, /) -> int:
        try:
            return self._member.seek(offset, whence)
        except BROKEN as error:
            raise damaged(self._name) from error


class Package:
    """Parts of one workbook; what is replaced, added or removed is so in what `write` writes, never in the template."""

    def __init__(self, archive: zipfile.ZipFile, name: str, stack: ExitStack) -> None:
        self._archive = archive
        self._stack = stack
        self.name = name
        """The template's file name, for messages."""
        self._members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        self._by_part = {member.casefold(): member for member in self._members}
        self._new: dict[str, bytes | IO[bytes]] = {}
        self._removed: set[str] = set()

    @property
    def names(self) -> list[str]:
        """All parts that there are now, in order."""
        added = [name for name in self._new if name not in self._members]
        return [name for name in [*self._members, *added] if name not in self._removed]

    def has(self, name: str) -> bool:
        return (name in self._members or name in self._new) and name not in self._removed

    @contextmanager
    def stream(self, name: str) -> Iterator[Readable]:
        """A part to be read from its start, a little at a time. Raises ExportFailed where it is damaged or missing."""
        new = self._new.get(name)
        if new is None:
            if not self.has(name):
                raise damaged(self.name)
            with self._member(name) as member:
                yield _Member(member, self.name)
        elif isinstance(new, bytes):
            from io import BytesIO

            yield BytesIO(new)
        else:
            new.seek(0)
            yield new

    def read(self, name: str) -> bytes:
        """A part of XML as bytes in UTF-8, not parsed. Raises ExportFailed where it is damaged, unsafe or too large."""
        with self.stream(name) as part:
            data = part.read(MOST_OF_A_PART + 1)
        if len(data) > MOST_OF_A_PART:
            raise ExportFailed(f"{self.name} has a part that is too large to be read safely. Use a smaller template.")
        if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
            from lxml import etree

            return bytes(etree.tostring(self.parsed(data), encoding="UTF-8", xml_declaration=True, standalone=True))
        if _DOCTYPE.search(data):
            raise unsafe(self.name)
        return data

    def mentions(self, name: str, words: Sequence[bytes]) -> bool:
        """Whether a part has one of the words (bytes in lower case) in it, in small or capital letters."""
        overlap = max(map(len, words))
        before = b""
        with self.stream(name) as part:
            while chunk := part.read(_CHUNK):
                window = (before + chunk).lower()
                if any(word in window for word in words):
                    return True
                before = window[-overlap:]
        return False

    def root(self, name: str) -> Any:
        """A part of XML, parsed by lxml. Raises ExportFailed where it is damaged or unsafe."""
        return self.parsed(self.read(name))

    def replace(self, name: str, data: bytes | IO[bytes]) -> None:
        """Give a part other bytes, or add it at the end."""
        self._new[name] = data

    def replace_root(self, name: str, root: Any) -> None:
        from lxml import etree

        self.replace(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))

    def temporary(self) -> IO[bytes]:
        """A file for a new part, in memory while it is small; gone when the package is closed."""
        return self._stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))

    def remove(self, name: str) -> None:
        """Leave a part out, and what says of which kind it is."""
        self._removed.add(name)
        types = self.root(CONTENT_TYPES)
        for override in list(types):
            if override.get("PartName", "").casefold() == f"/{name}".casefold():
                types.remove(override)
        self.replace_root(CONTENT_TYPES, types)

    def relationships(self, part: str) -> list[Relationship]:
        """What a part is tied to; of "" what the package is."""
        rels = rels_of(part)
        if not self.has(rels):
            return []
        found = []
        for one in self.root(rels):
            if not isinstance(one.tag, str):
                continue
            external = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not external:
                path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
                target = self._by_part.get(path.casefold()) or self._by_part.get(unquote(path).casefold(), path)
            found.append(Relationship(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target, external))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part is tied to, those that are there."""
        return [
            one.target
            for one in self.relationships(part)
            if one.kind == kind and not one.external and self.has(one.target)
        ]

    def workbook(self) -> str:
        """The part that names the sheets. Raises ExportFailed where this is no workbook that can be filled."""
        if not self.has(CONTENT_TYPES) or not self.has("_rels/.rels"):
            raise ExportFailed(f"{self.name} is no Excel workbook. Choose one that Excel has saved as .xlsx or .xlsm.")
        for one in self.root("_rels/.rels"):
            if str(one.get("Type", "")).startswith(_STRICT):
                raise ExportFailed(
                    f"{self.name} is saved as “Strict Open XML Spreadsheet”. Open it in Excel and save it as "
                    "“Excel Workbook (.xlsx)”."
                )
        found = self.related("", "officeDocument")
        if not found or self.kind(found[0]) is None:
            raise ExportFailed(f"{self.name} is no Excel workbook. Choose one that Excel has saved as .xlsx or .xlsm.")
        return found[0]

    def kind(self, workbook: str) -> str | None:
        """The ending that goes with what the workbook says it is; None for what cannot be filled (.xlsb)."""
        return KINDS.get(self.content_type(workbook))

    def content_type(self, part: str) -> str:
        by_ending = ""
        for one in self.root(CONTENT_TYPES):
            if one.get("PartName", "").casefold() == f"/{part}".casefold():
                return str(one.get("ContentType", ""))
            if one.get("Extension", "").casefold() == part.rpartition(".")[2].casefold():
                by_ending = str(one.get("ContentType", ""))
        return by_ending

    def set_content_type(self, part: str, content_type: str) -> None:
        types = self.root(CONTENT_TYPES)
        for one in types:
            if one.get("PartName", "").casefold() == f"/{part}".casefold():
                one.set("ContentType", content_type)
                break
        else:
            one = types.makeelement(f"{{{types.nsmap.get(types.prefix)}}}Override", {"PartName": f"/{part}"})
            one.set("ContentType", content_type)
            types.append(one)
        self.replace_root(CONTENT_TYPES, types)

    def write(self, path: Path, alive: Callable[[], None]) -> None:
        """Write the package; `alive` is called before each part and may raise to stop."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
            written.comment = self._archive.comment
            for name in self.names:
                alive()
                entry = self._entry(name)
                with self.stream(name) as part, written.open(entry, "w") as member:
                    copyfileobj(part, member, _CHUNK)

    def _member(self, name: str) -> IO[bytes]:
        try:
            return self._archive.open(self._members[name])
        except BROKEN as error:
            raise damaged(self.name) from error

    def _entry(self, name: str) -> zipfile.ZipInfo:
        old = self._members.get(name)
        entry = zipfile.ZipInfo(name, old.date_time if old else (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        if old is not None:
            entry.create_system, entry.external_attr, entry.comment = old.create_system, old.external_attr, old.comment
            if old.compress_type == zipfile.ZIP_STORED and name not in self._new:
                entry.compress_type = zipfile.ZIP_STORED
            entry.file_size = old.file_size
        new = self._new.get(name)
        if isinstance(new, bytes):
            entry.file_size = len(new)
        elif new is not None:
            entry.file_size = new.seek(0, 2)
        return entry

    def parsed(self, data: bytes) -> Any:
        """XML of this package as a tree. Raises ExportFailed where it is damaged or unsafe."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(self.name) from error
        if root.getroottree().docinfo.doctype:
            raise unsafe(self.name)
        return root


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package of a workbook. Raises ExportFailed, with a sentence, for what is none or is unsafe to unpack."""
    with ExitStack() as stack:
        yield _package(path, stack)


def _package(path: Path, stack: ExitStack) -> Package:
    name = path.name
    try:
        file = stack.enter_context(path.open("rb"))
        if file.read(len(_OLE)) == _OLE:
            raise ExportFailed(
                f"{name} is protected with a password or saved in the format of Excel 97–2003. Open it in Excel and "
                "save it without a password as .xlsx or .xlsm."
            )
        archive = stack.enter_context(zipfile.ZipFile(file))
        _refuse_unsafe(archive, name, path.stat().st_size)
        return Package(archive, name, stack)
    except FileNotFoundError as error:
        raise ExportFailed(f"The template {name} is not there: {path.parent} holds no such file.") from error
    except OSError as error:
        raise ExportFailed(f"The template {name} cannot be read: {error.strerror or error}.") from error
    except BROKEN as error:
        raise damaged(name) from error


def rels_of(part: str) -> str:
    """The part that says what a part is tied to."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def damaged(name: str) -> ExportFailed:
    """The sentence for a package that cannot be read to its end."""
    return ExportFailed(f"{name} is damaged or no Excel workbook. Open it in Excel, save it anew and use that.")


def unsafe(name: str) -> ExportFailed:
    """The sentence for XML that declares entities, which no spreadsheet program writes."""
    return ExportFailed(f"{name} is not safe to read: it declares entities, as no spreadsheet program does.")


def _refuse_unsafe(archive: zipfile.ZipFile, name: str, packed: int) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or size > MOST_UNPACKED or (size > RATIO_FLOOR and size > RATIO_LIMIT * packed):
        raise ExportFailed(
            f"{name} would unpack to {size / 1024**2:,.0f} MB in {len(members):,} parts, which is too much to be safe. "
            "Use a smaller template."
        )
    if any(member.flag_bits & 1 for member in members):
        raise ExportFailed(f"{name} is protected with a password. Open it in Excel and save it without one.")
    if len({member.filename.casefold() for member in members}) < len(members):
        raise ExportFailed(f"{name} is damaged: parts of it are there twice. Open it in Excel and save it anew.")
