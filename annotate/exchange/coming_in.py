"""Which other tool a file is of, and what it holds: one door for everything that is taken in besides articles."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import ImportRefused
from annotate.importers.archive import BROKEN
from annotate.vocabulary import Choice

if TYPE_CHECKING:
    from annotate.exchange.incoming import Incoming

_SQLITE = b"SQLite format 3\x00"
_HEAD = 2_000
_ANNOTATIONS = ("www.w3.org/ns/anno", "Annotation")


class Tool(Choice):
    """What other tools' files are taken in."""

    REFI_PROJECT = "qdpx", "REFI-QDA project", "Articles, marks and tags of NVivo, ATLAS.ti, MAXQDA and others"
    REFI_CODEBOOK = "qdc", "REFI-QDA codebook", "Tags of the same programs"
    WEB_ANNOTATIONS = "jsonld", "Web Annotations", "W3C JSON-LD of web tools"
    QUALCODER = "qda", "QualCoder project", "Its folder, or data.qda in it"
    TAGUETTE = "taguette", "Taguette project", "Its SQLite file"

    @property
    def endings(self) -> tuple[str, ...]:
        """How its files are called, with the dot; Taguette leaves that to whoever saves them."""
        more = {"jsonld": (".json",), "taguette": (".sqlite3", ".sqlite", ".db")}
        return (f".{self.value}", *more.get(self.value, ()))


def tool_of(path: Path) -> Tool | None:
    """Which tool a file or folder is of, by its ending and its first bytes; None for what is none of them."""
    if path.is_dir():
        return Tool.QUALCODER if (path / "data.qda").is_file() else None
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    suffix = path.suffix.lower()
    if head.startswith(_SQLITE):
        return None if suffix == ".pnote" else Tool.QUALCODER if suffix == ".qda" else Tool.TAGUETTE
    if suffix in (".qdpx", ".qdc", ".jsonld"):
        return next(tool for tool in Tool if suffix == f".{tool.value}")
    if head.startswith(b"PK") and _holds_project(path):
        return Tool.REFI_PROJECT
    words = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if words.startswith(("{", "[")) and all(sign in words for sign in _ANNOTATIONS):
        return Tool.WEB_ANNOTATIONS
    return None


def read_other_tool(path: Path) -> Incoming:
    """What the file of another tool holds. Raises ImportRefused, with a sentence that names it, for anything else."""
    match tool_of(path):
        case Tool.QUALCODER:
            from annotate.exchange.qualcoder import read_qualcoder

            return read_qualcoder(path)
        case Tool.TAGUETTE:
            from annotate.exchange.taguette import read_taguette

            return read_taguette(path)
        case Tool.REFI_PROJECT:
            from annotate.exchange.refi import read_project

            return read_project(path.name, _bytes_of(path))
        case Tool.REFI_CODEBOOK:
            from annotate.exchange.refi import read_codebook

            return read_codebook(path.name, _bytes_of(path))
        case Tool.WEB_ANNOTATIONS:
            from annotate.exchange.web_annotation_reading import read_web_annotations

            return read_web_annotations(path.name, _bytes_of(path))
        case None if not path.exists():
            raise ImportRefused(f"{path.name} is not there any more. Was it moved or renamed?")
        case None:
            kinds = ", ".join(f"{tool.label} (.{tool.value})" for tool in Tool)
            raise ImportRefused(f"{path.name} is no project of another tool that is known here: {kinds}.")


def _holds_project(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "project.qde" in archive.namelist()
    except BROKEN:
        return False


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror or error}.") from error
