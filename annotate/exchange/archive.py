"""A whole project as one JSON file, and back: the archive that anything can read and nothing is lost in.

The file is one object: `format` and `schema` say what it is, `tables` has every table by name, each a list of rows by
column (docs/json.md describes them), `last_ids` the highest id that each table ever had. History, bin, suggestions
and the bytes of all files are in it; files as Base64, texts as they are. One row is one line, so that two archives can
be compared as texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy.exc import SQLAlchemyError

from annotate import __version__
from annotate.errors import ImportRefused, ProjectError
from annotate.integrity import check_project
from annotate.project import reading
from annotate.store.archive import TABLES, create_filled, last_ids, plain_rows, row_count
from annotate.store.migrations import NEWEST
from annotate.store.ownership import kept_from_others
from annotate.store.queries import Reader
from annotate.store.setting_aside import put_in_new_place
from annotate.unfinished import clear_left_behind, name_beside, remove_database
from annotate.writing import Progress, Written, go_on, replacing, report

FORMAT = "Provenote project"
SUFFIX = ".json"

_ROWS_BETWEEN_REPORTS = 500
_LOOKED_AT = 400
"""Bytes from the start of a file by which an archive is told."""
_TOLD = {"articles": "Articles", "annotations": "Marks", "sources": "Sources", "tags": "Tags"}
"""Of what is written, that which an analyst knows by a name."""


def write_archive(reader: Reader, target: Path, progress: Progress = go_on) -> Written:
    """Write everything that a project holds to `target`, in UTF-8. Raises ExportFailed or ExportCancelled."""
    rows: dict[str, int] = {}
    total = row_count(reader)
    with replacing(target) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"format": {_json(FORMAT)},\n"schema": {NEWEST},\n"by": {_json(f"Provenote {__version__}")},\n')
        file.write(f'"last_ids": {_json(last_ids(reader))},\n"tables": {{')
        for number, name in enumerate(TABLES):
            file.write(f"{',' if number else ''}\n{_json(name)}: [")
            done = sum(rows.values())
            rows[name] = _write_rows(file, plain_rows(reader, name), done, total, progress, target.name)
            file.write("]")
        file.write("\n}}\n")
    return Written(target, {words: rows[name] for name, words in _TOLD.items()})


def is_archive(head: bytes) -> bool:
    """Whether a file that begins with these bytes says that it is an archive of a project."""
    words = head[:_LOOKED_AT].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return words.startswith("{") and f'"format": {_json(FORMAT)}' in words.replace('":"', '": "')


def is_archive_file(path: Path) -> bool:
    """The same of a file; a folder or what cannot be read is none."""
    try:
        with path.open("rb") as file:
            return is_archive(file.read(_LOOKED_AT))
    except OSError:
        return False


def project_from_archive(archive: Path, path: Path) -> dict[str, int]:
    """Make the project at `path` of an archive; rows by table. Nothing stands there before, and nothing afterwards
    unless all of it went in and is whole.

    Raises ImportRefused for what is no archive, is damaged or was written by a newer version, and ProjectError where
    the project cannot be made.
    """
    if path.exists():
        words = "An archive becomes a project of its own: choose another name."
        raise ProjectError(f"{path.name} is there already. {words}")
    if not path.parent.is_dir():
        raise ProjectError(f"The folder {path.parent} does not exist.")
    read = _read(archive)
    clear_left_behind(path.parent)
    temporary = name_beside(path)
    try:
        try:
            create_filled(temporary, read["tables"], read["last_ids"])
        except (SQLAlchemyError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise _damaged(archive.name, "it holds what no project has") from error
        with reading(temporary) as reader:
            problems = check_project(reader)
        if problems:
            raise _damaged(archive.name, " ".join(problems[0].sentence.split()).rstrip("."))
        with kept_from_others(path):
            put_in_new_place(temporary, path)
    finally:
        remove_database(temporary)
    return {name: len(rows) for name, rows in read["tables"].items()}


def _write_rows(
    file: TextIO, rows: Iterator[dict[str, Any]], done: int, total: int, progress: Progress, name: str
) -> int:
    number = 0
    for number, row in enumerate(rows, 1):
        file.write(("\n" if number == 1 else ",\n") + _json(row))
        if number % _ROWS_BETWEEN_REPORTS == 0:
            report(progress, done + number, total, name)
    return number


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=True)


def _read(archive: Path) -> dict[str, Any]:
    name = archive.name
    try:
        read = json.loads(archive.read_bytes(), object_pairs_hook=_once)
    except OSError as error:
        raise ImportRefused(f"{name} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _damaged(name, "it is not JSON") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise ImportRefused(
            f"{name} is not an archive of a Provenote project. Choose a file that was exported as JSON."
        )
    schema = read.get("schema")
    if not isinstance(schema, int) or schema > NEWEST:
        raise ImportRefused(f"{name} was written by a newer version of Provenote. Update Provenote to read it.")
    tables, last = read.get("tables"), read.get("last_ids")
    if not _are_tables(tables) or not isinstance(last, dict) or not all(type(one) is int for one in last.values()):
        raise _damaged(name, "its tables are not there as they should be")
    return read


def _are_tables(tables: Any) -> bool:
    return (
        isinstance(tables, Mapping)
        and tables.keys() <= set(TABLES)
        and all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables.values())
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuses what stands twice in one object: two readers would take different values."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _damaged(name: str, why: str) -> ImportRefused:
    return ImportRefused(f"{name} is damaged: {why}. Nothing was made of it; export the project as JSON once more.")
