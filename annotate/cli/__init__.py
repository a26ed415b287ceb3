"""The command line: what a script, or an analyst without a screen, does with a project.

Every command takes the project first, says on standard output what it did and on standard error, in one sentence, why
it could not. Exit status: 0 done, 1 something was refused or is wrong, 2 the words of the command were wrong, 3 a fault
of the program, which is logged.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from annotate.cli import (
    claims,
    erasing,
    exporting,
    history,
    importing,
    keeping,
    looking,
    reading_back,
    saving,
    suggesting,
)
from annotate.cli.looking import WORDS_OF_INFO
from annotate.cli.telling import one_line, take_any_character
from annotate.cli.words import RUN
from annotate.errors import AnnotateError, ProjectDamaged
from annotate.fault_log import log_fault
from annotate.handing_on import PdfWriter
from annotate.integrity import check_project
from annotate.project import SUFFIX, reading
from annotate.store.faults import is_damage, not_opened
from annotate.store.ownership import is_held, left_by

__all__ = ["WORDS_OF_INFO", "main", "parser"]


def main(argv: list[str], *, write_pdf: PdfWriter | None = None) -> int:
    """Run one command; returns its exit status. `write_pdf` is what the window system is needed for."""
    for stream in (sys.stdout, sys.stderr):
        take_any_character(stream)
    try:
        status = _run(argv, write_pdf)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads any more; without this Python would say so once again when it flushes on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("run: stopped; what was done until now is kept.", file=sys.stderr)
        return 130
    except Exception as error:
        print(f"run: {log_fault(error, 'in a command')}", file=sys.stderr)
        return 3
    return status


def parser() -> argparse.ArgumentParser:
    """All commands with their options; docs/commands.md describes each."""
    top = argparse.ArgumentParser(
        prog=RUN, description="Work with a Provenote project without a window. Each command has its own --help."
    )
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for command in (importing, claims, exporting, reading_back, looking, history, keeping, saving, suggesting, erasing):
        command.add(commands)
    return top


def _run(argv: list[str], write_pdf: PdfWriter | None) -> int:
    try:
        words = parser().parse_args(argv)
        words.write_pdf = write_pdf
        if words.command == "export" and (wrong := exporting.wrong_words(words)):
            parser().error(wrong)
        project = words.file if words.command == "suggest" else words.project
        may_be_missing = words.command in ("import", "backup")  # made by the one, brought back by the other
        if not may_be_missing and project.suffix.lower() == SUFFIX and not project.is_file():
            parser().error(f"{project}: there is no such project")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    left = left_by(project) if is_held(project) is None else None
    try:
        status = _told_of_damage(words, project)
        if left is not None:
            told = (
                f"{project.name} was not closed properly last time ({left}); run check {project} says if it is whole."
            )
            print(f"run {words.command}: {one_line(told)}", file=sys.stderr)
        return status
    except AnnotateError as error:
        print(f"run {words.command}: {one_line(f'{error}{saving.hint_after(error, project)}')}", file=sys.stderr)
        return 1


def _told_of_damage(words: argparse.Namespace, project: Path) -> int:
    """The command's status. Damage that shows only where its rows are read is told as damage at the opening is."""
    try:
        return int(words.run(words))
    except (AnnotateError, BrokenPipeError):
        raise
    except Exception as error:
        if isinstance(error, DatabaseError) and is_damage(error):
            raise not_opened(error, project.name) from error
        if problem := _problem_in(project):  # rows that no command leaves may make anything fail
            raise ProjectDamaged(f"{project.name} is damaged, so that was not done: {problem}") from error
        raise


def _problem_in(project: Path) -> str:
    """The first thing that is wrong with a project, or nothing; what is no project has nothing."""
    if project.suffix.lower() != SUFFIX or not project.is_file():
        return ""
    with suppress(Exception), reading(project) as reader:
        return next((problem.sentence for problem in check_project(reader)), "")
    return ""
