"""The command `import`: articles, web addresses, other tools' projects and archives of one's own."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from annotate.cli.other_tools import archive_among, make_of_archive, parted, take_in_others
from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name, encoding
from annotate.commands import Taken, import_files
from annotate.errors import ImportRefused
from annotate.fetching import is_address, read_addresses
from annotate.importers import Columns, ColumnsUnknown, ImportedFile, ReadOptions, find_files, read_in_batches
from annotate.project import Project


def add(commands: Any) -> None:
    """Declare the command."""
    importing = add_command(
        commands, "import", "take articles into a project, which is created if absent", "my.pnote article.docx saved/"
    )
    importing.add_argument(
        "sources", metavar="FILE|FOLDER|ADDRESS", nargs="+", help="articles, folders of them, or web addresses to fetch"
    )
    importing.add_argument("--json", action="store_true", help="print one JSON object a file")
    importing.add_argument("--encoding", metavar="NAME", type=encoding, help="read text files in it, e.g. cp1256")
    importing.add_argument(
        "--update", action="store_true", help="take changed versions of articles as updates, and carry marks over"
    )
    importing.add_argument(
        "--allow-private", action="store_true", help="also fetch from addresses inside your own network"
    )
    importing.add_argument(
        "--columns",
        metavar="text=COLUMN,…",
        type=_columns,
        help="which column of a list (csv, xlsx) holds what, by number from 1 or by heading: text=3,title=Headline; "
        "besides these outlet, author, published, url",
    )
    importing.set_defaults(run=_import)


def _import(words: argparse.Namespace) -> int:
    addresses = list(dict.fromkeys(source for source in words.sources if is_address(source)))
    others, folders = parted([source for source in words.sources if not is_address(source)])
    archive = archive_among(folders)
    if archive is not None:
        if len(words.sources) > 1:
            raise ImportRefused(f"{archive.name} is all of a project. Import it alone, into a project of its own.")
        print(one_line(make_of_archive(archive, words.project)))
        return 0
    files = find_files([Path(source) for source in folders])
    if not files and not addresses and not others:
        print(f"run import: there are no files in {', '.join(folders)}.", file=sys.stderr)
        return 0
    open_project = Project.open if words.project.exists() else Project.create
    refused = False
    with open_project(words.project, analyst_name()) as project:
        names = [*(file.name for file in files), *addresses]
        label = f"Import {names[0][:80]}" if len(names) == 1 else f"Import {len(names)} files"
        for source, taken in _taken(project, _read(words, files, addresses), label, updating=words.update):
            refused = refused or taken.outcome == "refused"
            print(_as_json(source, taken) if words.json else _as_line(source, taken), flush=True)
        for outcome in take_in_others(project, others):
            refused = refused or outcome.taken is None
            print(outcome.as_json if words.json else one_line(outcome.line), flush=True)
            for sentence in outcome.taken.said if outcome.taken is not None and not words.json else ():
                print(f"run import: {one_line(sentence)}", file=sys.stderr)
    return int(refused)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's path or an address, as it was given or found, and what was read from it."""

    name: str
    result: ImportedFile | ImportRefused


def _read(words: argparse.Namespace, files: list[Path], addresses: list[str]) -> Iterator[list[_Source]]:
    """Batches of what is written together: the files, then what stands at the addresses."""
    options = ReadOptions(words.encoding, words.columns)
    for batch in read_in_batches(files, workers=_workers(), options=options):
        yield [_Source(str(read.path), read.result) for read in batch]
    if addresses:
        pages = read_addresses(addresses, workers=_workers(), allow_private=words.allow_private, options=options)
        for page in pages:
            yield [_Source(page.address, page.result)]


def _taken(
    project: Project, batches: Iterator[list[_Source]], label: str, *, updating: bool
) -> Iterator[tuple[_Source, Taken]]:
    """What became of each file, committed batch by batch and all one step of history."""
    step: int | None = None
    for batch in batches:
        results = [source.result for source in batch]
        taken = import_files(project, results, label=label, join=step, updating=updating)
        step = project.last_step_id
        yield from zip(batch, taken, strict=True)


def _columns(words: str) -> Columns:
    """From "text=3,title=Headline"; numbers count from 1 here and from 0 in Columns."""
    roles = [field.name for field in fields(Columns)]
    chosen: dict[str, int | str] = {}
    for pair in words.split(","):
        role, equals, column = (piece.strip() for piece in pair.partition("="))
        if role not in roles or not equals or not column or column == "0" or role in chosen:
            raise argparse.ArgumentTypeError(
                f"“{pair}” does not say which column to take: write text=3,title=Headline; known are {', '.join(roles)}"
            )
        chosen[role] = int(column) - 1 if column.isdecimal() else column
    if "text" not in chosen:
        raise argparse.ArgumentTypeError(f"{words} does not say which column holds the text, as text=3 does")
    return Columns(**chosen)


def _workers() -> int:
    return max(1, (os.cpu_count() or 2) - 1)


def _reason(source: _Source, taken: Taken) -> str:
    """What is to be said, with the words of the command that would help."""
    helps = " Write --columns text=2, for instance." if isinstance(source.result, ColumnsUnknown) else ""
    return f"{taken.reason}{helps}"


def _as_json(source: _Source, taken: Taken) -> str:
    """One object for one file; in ASCII, so that it is the same in every terminal and pipe."""
    return json.dumps(
        {
            "file": source.name,
            "outcome": taken.outcome,
            "articles": [
                {"uid": str(article.uid), "title": article.title, "outcome": article.outcome}
                for article in taken.articles
            ],
            "reason": _reason(source, taken),
        }
    )


def _as_line(source: _Source, taken: Taken) -> str:
    new = [f"“{article.title}”" for article in taken.articles if article.outcome == "imported"]
    named = new[0] if len(new) == 1 else f"{len(new)} articles" if new else ""
    said = ". ".join(words for words in (named, _reason(source, taken)) if words)
    return one_line(f"{taken.outcome:<10} {source.name}: {said}")
