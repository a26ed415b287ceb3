"""The commands `info` and `check`: how much a project holds, and whether it is whole. They change nothing in it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.counted import counted
from annotate.integrity import check_project
from annotate.project import reading

WORDS_OF_INFO = {
    "articles": "articles",
    "claims": "claims",
    "figures": "figures",
    "mentions": "mentions of sources",
    "sources": "sources in the register",
    "attributions": "attributions",
    "links": "links",
    "checks": "checks",
    "tags": "tags",
    "suggestions": "suggestions not yet judged",
}


def add(commands: Any) -> None:
    """Declare both."""
    telling = add_command(commands, "info", "say how much a project holds", "my.pnote --json")
    telling.add_argument("--json", action="store_true", help="print one JSON object")
    telling.set_defaults(run=_info)
    checking = add_command(commands, "check", "see whether a project is whole; changes nothing in it", "my.pnote")
    checking.set_defaults(run=_check)


def _info(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        totals = reader.totals()
    if words.json:
        print(json.dumps(totals))
    else:
        for name, count in totals.items():
            print(f"{count:>9,}  {WORDS_OF_INFO[name]}")
    return 0


def _check(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        problems = check_project(reader)
        for problem in problems:
            print(one_line(problem.sentence))
        if problems:
            return 1
        totals, orphans = reader.totals(), reader.orphan_count()
    articles = counted(totals["articles"], "article")
    marks = counted(totals["claims"] + totals["figures"] + totals["mentions"], "mark")
    apart = f" ({orphans:,} without a place in the text)" if orphans else ""
    print(one_line(f"{words.project} is whole: {articles}, {marks}{apart}."))
    return 0
