"""A .qdpx package that came in: its description and the files in it, read within limits and never unpacked to a disk.

Nothing that a package names is looked for anywhere but in the package: no path of it is followed.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from urllib.parse import unquote

from annotate.errors import ImportRefused
from annotate.importers.archive import BROKEN, RATIO_FLOOR, RATIO_LIMIT, ZIP_STARTS, protected

MOST_MEMBERS = 200_000
LARGEST_DESCRIPTION = 400 * 1024 * 1024
"""Bytes of XML; it is never in memory as elements. 100,000 marks take some 320 MB."""
UNPACKED_LIMIT = 700 * 1024 * 1024
"""Bytes of all that is read of a package: its description, texts, and files as they were imported."""
PROGRAM = "the program that made it"

_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\x00")
_SCHEME = re.compile(r"(?:internal|relative|absolute|file)://+", re.IGNORECASE)
_PIECE = 1024 * 1024


class Package:
    """The members of an archive by name, whatever the case and the slashes of their names are."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises ImportRefused, with a sentence that names the file, for what is no archive or reaches outside it."""
        self._name = name
        self._left = UNPACKED_LIMIT
        if not data.startswith(ZIP_STARTS):
            raise self._damaged()
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            raise ImportRefused(f"{name} has more than {MOST_MEMBERS:,} parts, which is too many to be a project.")
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            members = [member for member in self._archive.infolist() if not member.is_dir()]
        except BROKEN as error:
            raise self._damaged() from error
        if any(member.flag_bits & 1 for member in members):
            raise ImportRefused(protected(name, PROGRAM))
        size = max((member.file_size for member in members), default=0)
        if size > RATIO_FLOOR and size > RATIO_LIMIT * len(data):
            raise self._too_large(size)
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._by_file_name: dict[str, list[str]] = {}
        for member in members:
            path = member.filename.replace("\\", "/")
            if _OUTSIDE.search(path):
                raise ImportRefused(
                    f"{name} names a part that would lie outside it, which no project does; it was not read. "
                    "Get the file from where it was made."
                )
            path = path.lower().removeprefix("./")
            if path in self._members:
                raise ImportRefused(f"{name} is damaged: parts of it are there twice. Get the file again.")
            self._members[path] = member
            self._by_file_name.setdefault(path.rpartition("/")[2], []).append(path)

    def project(self) -> bytes:
        """The XML that describes the project. Raises ImportRefused where there is none."""
        described = [path for path in self._members if path.endswith(".qde")]
        best = "project.qde" if "project.qde" in described else next(iter(sorted(described, key=len)), None)
        if best is None:
            raise ImportRefused(
                f"{self._name} is no REFI-QDA project: project.qde, which describes it, is missing. Export it again."
            )
        if self._members[best].file_size > LARGEST_DESCRIPTION:
            raise self._too_large(self._members[best].file_size)
        return self._read(best, LARGEST_DESCRIPTION)

    def find(self, path: str | None) -> str | None:
        """The member that a path of the project means, to be read; None where the package does not have it."""
        if not path:
            return None
        wanted = _SCHEME.sub("", path.strip()).replace("\\", "/").lower().lstrip("/")
        for candidate in dict.fromkeys((wanted, unquote(wanted))):
            for full in (f"sources/{candidate}", candidate):
                if full in self._members:
                    return full
            named_so = self._by_file_name.get(candidate.rpartition("/")[2], ())
            if len(named_so) == 1:
                return named_so[0]
        return None

    def read(self, member: str) -> bytes:
        """The bytes of a member that `find` gave. Raises ImportRefused where they are damaged or too many."""
        return self._read(member, self._left)

    def _read(self, path: str, limit: int) -> bytes:
        pieces, size = [], 0
        try:
            with self._archive.open(self._members[path]) as member:
                while piece := member.read(_PIECE):
                    size += len(piece)
                    if size > min(limit, self._left):
                        raise self._too_large(UNPACKED_LIMIT if self._left < limit else limit)
                    pieces.append(piece)
        except BROKEN as error:
            raise self._damaged() from error
        self._left -= size
        return b"".join(pieces)

    def _damaged(self) -> ImportRefused:
        return ImportRefused(
            f"{self._name} is damaged or not a REFI-QDA project: it was cut short or changed on its way. "
            "Get the file again."
        )

    def _too_large(self, size: int) -> ImportRefused:
        return ImportRefused(
            f"{self._name} would unpack to more than {size // 1024**2:,} MB of text, which is too much to be safe. "
            "Export it in parts."
        )
