"""The command `claims`: a claims list that was kept by hand goes into a project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name, encoding
from annotate.errors import ImportRefused
from annotate.project import Project

if TYPE_CHECKING:
    from annotate.exchange.hand_kept import Role


def add(commands: Any) -> None:
    """Declare the command."""
    claiming = add_command(commands, "claims", "take in a claims list that was kept by hand", "my.pnote claims.xlsx")
    claiming.add_argument("list", metavar="LIST", type=Path, help="a spreadsheet (xlsx, xls, ods) or text (csv, tsv)")
    claiming.add_argument(
        "--columns",
        metavar="claim=COLUMN,…",
        type=_roles,
        help="which column holds what, by number from 1 or by heading: claim=2,source=Who; also plain, figure, "
        "article, url, status, date, tags, note; a further column goes into the note",
    )
    claiming.add_argument("--encoding", metavar="NAME", type=encoding, help="read a csv or tsv in it, e.g. cp1256")
    claiming.add_argument("--dry-run", action="store_true", help="only say what would be taken in")
    claiming.set_defaults(run=_claims)


def _claims(words: argparse.Namespace) -> int:
    from annotate.commands.hand_kept import plan_list, take_in_list
    from annotate.exchange.hand_kept import chosen, guess, read_sheet_file

    sheet = read_sheet_file(words.list, words.encoding)
    if words.columns is None:
        columns = guess(sheet.headings, [row.cells for row in sheet.rows[:100]])
        if columns.problem:
            raise ImportRefused(f"{sheet.name}: {columns.problem} Say it with --columns claim=2.")
    else:
        columns = chosen(sheet.headings, sheet.width, words.columns, sheet.name)
    held = [
        f"{role.value} “{sheet.heading(at)}”"
        for at, role in enumerate(columns.roles[: sheet.width])
        if role is not None
    ]
    print(one_line(f"{sheet.name}: {', '.join(held)}."))
    for said in sheet.said:
        print(f"run claims: {one_line(said)}", file=sys.stderr)
    with Project.open(words.project, analyst_name()) as project:
        plan = plan_list(project.read, sheet, columns)
        assert plan is not None
        print(plan.sentence)
        if not words.dry_run:
            print(take_in_list(project, plan).sentence)
    return 0


def _roles(words: str) -> dict[Role, list[int | str]]:
    """From "claim=2,source=Who"; numbers count from 1 here and from 0 in what is handed back."""
    from annotate.exchange.hand_kept import Role

    roles = {role.value: role for role in Role}
    named: dict[Role, list[int | str]] = {}
    for pair in words.split(","):
        role, equals, column = (piece.strip() for piece in pair.partition("="))
        if role not in roles or not equals or not column or column == "0":
            raise argparse.ArgumentTypeError(
                f"“{pair}” does not say which column to take: write claim=2,source=Who; known are {', '.join(roles)}"
            )
        named.setdefault(roles[role], []).append(int(column) - 1 if column.isdecimal() else column)
    return named
