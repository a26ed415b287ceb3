"""The command `salvage`: save what can be saved of a damaged project, or make a clean copy of a strange one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from annotate.cli import words as words_of
from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.errors import AnnotateError, ProjectDamaged, StrangeProject
from annotate.salvage import salvage, write_report


def add(commands: Any) -> None:
    """Declare the command."""
    saving = add_command(
        commands,
        "salvage",
        "save what can be saved of a damaged or strange project into a new one; the old one is only read",
        "my.pnote saved.pnote",
    )
    saving.add_argument("new", metavar="NEW.pnote", type=words_of.project, help="the new project; it must not be there")
    saving.set_defaults(run=_salvage)


def hint_after(error: AnnotateError, project: Path) -> str:
    """Which command helps with a project that was refused; "" where none does."""
    if isinstance(error, ProjectDamaged | StrangeProject):
        return f" The command: run salvage {project} NEW.pnote"
    return ""


def _salvage(words: argparse.Namespace) -> int:
    salvaged = salvage(words.project, words.new, analyst=analyst_name())
    for heading, sentences in (
        ("lost", salvaged.lost),
        ("changed", salvaged.changed),
        ("wrong", salvaged.problems),
    ):
        for sentence in sentences:
            print(one_line(f"{heading:<8} {sentence}"))
    print(one_line(salvaged.sentence()))
    if salvaged.is_whole:
        return 0
    print(one_line(f"All of this stands in {write_report(salvaged).name} beside it."))
    return 1
