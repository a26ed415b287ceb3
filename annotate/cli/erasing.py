"""The commands `erase` and `copy`: an article or a source erased for good, and a copy of a project without history."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name, project
from annotate.errors import NotAllowed
from annotate.project import Project, reading
from annotate.references import Named, read_reference
from annotate.store.queries import Reader
from annotate.vocabulary import Kind


def add(commands: Any) -> None:
    """Declare both."""
    erasing = add_command(
        commands,
        "erase",
        "erase articles or a source for good; without --yes only say what would go",
        "my.pnote --article A-0003 --yes",
    )
    erasing.add_argument("--article", metavar="ID", action="append", default=[], help="an article: A-0003 or 3")
    erasing.add_argument("--source", metavar="ID", help="a source of the register (SRC-014), or of a mention (S-0004)")
    erasing.add_argument("--yes", action="store_true", help="do it; it cannot be undone")
    erasing.add_argument(
        "--keep-register", action="store_true", help="keep register entries and events that nothing else names"
    )
    erasing.add_argument(
        "--shared-files", action="store_true", help="erase the bytes of files, too, that other articles came from"
    )
    erasing.add_argument(
        "--keep-quotes", action="store_true", help="keep marks that have the source's name in their words"
    )
    erasing.add_argument("--whole-name", action="store_true", help="leave parts of a person's name that stand alone")
    erasing.set_defaults(run=_erase)
    copying = add_command(
        commands, "copy", "write a project as it is now to a new file, without its history", "my.pnote for-them.pnote"
    )
    copying.add_argument("target", metavar="NEW.pnote", type=project, help="the new file")
    copying.add_argument("--without-history", action="store_true", required=True, help="the only copy there is")
    copying.add_argument("--with-bin", action="store_true", help="also what lies in the bin")
    copying.set_defaults(run=_copy)


def _erase(words: argparse.Namespace) -> int:
    from annotate.erasing import erase, plan_erasing
    from annotate.erasing.telling import sentences_of

    path = Path(words.project).resolve()
    if not words.yes:
        with reading(path, analyst_name()) as reader:
            _tell(plan_erasing(reader, path, _wish(words, reader)))
        print("Nothing was erased. Add --yes to erase it for good; it cannot be undone.")
        return 0
    with Project.open(path, analyst_name()) as opened:
        plan = plan_erasing(opened.read, path, _wish(words, opened.read))
        _tell(plan)
        erased = erase(opened, plan)
    for sentence in sentences_of(erased):
        print(one_line(sentence))
    return 1 if erased.remaining else 0


def _tell(plan: Any) -> None:
    from annotate.erasing.telling import sections_of

    print(one_line(f"{plan.label} “{plan.name}”".strip()))
    for section in sections_of(plan):
        print(f"{section.heading}:")
        for line in section.lines:
            print(f"  {one_line(line)}")


def _wish(words: argparse.Namespace, reader: Reader) -> Any:
    from annotate.erasing import Wish

    return Wish(
        tuple(_article(reader, name) for name in words.article),
        None if words.source is None else _source(reader, words.source),
        register=not words.keep_register,
        shared_files=words.shared_files,
        quotes=not words.keep_quotes,
        parts=not words.whole_name,
    )


def _article(reader: Reader, name: str) -> int:
    reference = read_reference(name)
    number = int(name) if name.isdecimal() else reference.number if reference and reference.of is Named.ARTICLE else 0
    if reader.article(number) is None:
        raise NotAllowed(f"There is no article {name} in this project. Its ID is in the window and in workbooks.")
    return number


def _source(reader: Reader, name: str) -> int:
    reference = read_reference(name)
    if reference is not None and reference.of is Kind.SOURCE:
        mention = reader.annotation(reader.annotation_named(reference) or 0)
        if mention is None or mention.mention.source_id is None:
            raise NotAllowed(f"{name} names no source of the register of this project.")
        return mention.mention.source_id
    number = int(name) if name.isdecimal() else reference.number if reference and reference.of is Named.SOURCE else 0
    found = [source.id for source in reader.sources() if source.number == number]
    if not found:
        raise NotAllowed(f"There is no source {name} in the register of this project.")
    return found[0]


def _copy(words: argparse.Namespace) -> int:
    from annotate.erasing import copy_without_history
    from annotate.erasing.telling import sentence_of_copy

    with reading(words.project, analyst_name()) as reader:
        copied = copy_without_history(reader, words.target.resolve(), with_bin=words.with_bin)
    print(one_line(sentence_of_copy(copied)))
    return 0
