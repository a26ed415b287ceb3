"""The command `readback`: what was edited in a workbook since its export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.project import Project, reading

if TYPE_CHECKING:
    from annotate.exchange.readback.diff import Diff


def add(commands: Any) -> None:
    """Declare the command."""
    reading_back = add_command(
        commands, "readback", "say what was edited in a workbook since its export, or take it over", "my.pnote out.xlsx"
    )
    reading_back.add_argument("workbook", metavar="WORKBOOK.xlsx", type=Path, help="the workbook that came back")
    reading_back.add_argument(
        "--apply", action="store_true", help="take over what is no conflict and takes nothing away, as one step"
    )
    reading_back.add_argument("--json", action="store_true", help="print one JSON object a change")
    reading_back.set_defaults(run=_read_back)


def _read_back(words: argparse.Namespace) -> int:
    from annotate.commands.reading_back import read_back
    from annotate.exchange.readback.compare import compare
    from annotate.exchange.readback.workbook import read_workbook

    workbook = read_workbook(words.workbook)
    if not words.apply:
        with reading(words.project, analyst_name()) as reader:
            diff = compare(reader, workbook)
        _tell_changes(words, diff, {})
        return 0
    with Project.open(words.project, analyst_name()) as project:
        diff = compare(project.read, workbook)
        done = read_back(project, diff, [change.key for change in diff.changes if change.goes_in_by_itself])
    outcomes = {change.key: "" for change in done.applied} | {change.key: why for change, why in done.left}
    _tell_changes(words, diff, outcomes)
    return 0


def _tell_changes(words: argparse.Namespace, diff: Diff, outcomes: Mapping[str, str]) -> None:
    """`outcomes` are of the changes that were to be taken over, by key: why they were not, or nothing."""
    from annotate.exchange.readback.listing import as_object, line_of, summary_of

    for change in diff.changes:
        if words.json:
            print(json.dumps(as_object(change, outcomes.get(change.key))), flush=True)
        else:
            print(one_line(line_of(change, outcomes.get(change.key))))
    if not words.json:
        for sentence in (*diff.said, summary_of(diff, outcomes)):
            print(one_line(sentence))
