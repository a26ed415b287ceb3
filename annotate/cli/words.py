"""What the words of a command may be: options that several commands share, and under whose name a command works."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from annotate.account import user_name
from annotate.project import SUFFIX

RUN = "run" if os.name == "nt" else "./run"
"""What is typed before a command."""


def add_command(commands: Any, name: str, meaning: str, example: str) -> argparse.ArgumentParser:
    """A command that works on a project; docs/commands.md describes each."""
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.", epilog=f"Example: {RUN} {name} {example}"
    )
    made.add_argument("project", metavar=f"PROJECT{SUFFIX}", type=project, help="the project file")
    return made


def analyst_name() -> str:
    """Under whose name the command works: PROVENOTE_ANALYST, else the system user's name, else nobody's."""
    return os.environ.get("PROVENOTE_ANALYST") or user_name()


def project(words: str) -> Path:
    """The file of a project, which need not be there."""
    path = Path(words)
    if path.suffix.lower() != SUFFIX:
        raise argparse.ArgumentTypeError(f"{words} does not end in {SUFFIX}")
    return path


def encoding(name: str) -> str:
    """The name of a text encoding that Python knows."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"{name} is not the name of a text encoding") from None
    return name
