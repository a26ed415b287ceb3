"""From what an analyst dropped to the list of files to try.

What cannot be read stays on the list, so that it is refused with a sentence and not silently passed over. Left out is
only what no person put there: hidden files, lock files of an open Office document, and the scripts and pictures that
a browser saves beside a page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_NOT_ARTICLES = {"thumbs.db", "desktop.ini", "__macosx", "icon\r"}
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
_PAGE_FOLDER_ENDINGS = ("_files", ".files", "-dateien", "_fichiers", "_archivos")


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Files named or found below named folders, each once, in natural order within a folder (2 before 10).

    Files that were named themselves are always kept, also where they do not exist. A folder that may not be listed
    is kept in place of its files. Links to folders are not followed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _below(path) if _is_folder(path) else (path,):
            found.setdefault(file)
    return list(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except OSError:
        yield folder
        return
    names = {entry.name.lower() for entry in entries}
    for entry in entries:
        if _is_left_out(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _belongs_to_a_page(entry.name.lower(), names):
                yield from _below(folder / entry.name)
        elif not entry.is_dir():
            yield folder / entry.name


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sort key that takes digits as numbers and letters without case."""
    return [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
        for piece in re.split(r"(\d+)", name)
        if piece
    ]


def _is_left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_ARTICLES


def _belongs_to_a_page(folder: str, names: set[str]) -> bool:
    return any(
        folder.endswith(ending) and f"{folder.removesuffix(ending)}{page}" in names
        for ending in _PAGE_FOLDER_ENDINGS
        for page in _PAGE_ENDINGS
    )
