"""The command `suggest`: what would be proposed in a file, or what is from now on in a project."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from annotate.cli.telling import one_line
from annotate.cli.words import RUN, analyst_name
from annotate.commands import known_names, store_proposals
from annotate.counted import counted
from annotate.importers import read_file
from annotate.project import SUFFIX, Project


def add(commands: Any) -> None:
    """Declare the command."""
    suggesting = commands.add_parser(
        "suggest",
        help="propose figures, sources and claims: print those of a file, or store those of a project's articles",
        description="Print the figures, sources and claims that would be proposed in a file; nothing is stored. For a "
        "project, store them for every article, where they wait for an analyst.",
        epilog=f"Examples: {RUN} suggest article.txt --json; {RUN} suggest my.pnote",
    )
    suggesting.add_argument(
        "file", metavar=f"FILE|PROJECT{SUFFIX}", type=Path, help="an article in any format, or a project"
    )
    suggesting.add_argument("--json", action="store_true", help="print one JSON object an article")
    suggesting.set_defaults(run=_suggest)


def _suggest(words: argparse.Namespace) -> int:
    if words.file.suffix.lower() == SUFFIX:
        return _suggest_in_project(words)
    from annotate.suggest import propose
    from annotate.suggest.listing import listing

    for draft in read_file(words.file).articles:
        proposals = propose(draft.text)
        if words.json:
            print(json.dumps(listing(proposals)))
            continue
        for proposal in proposals:
            said = " … ".join(draft.text[span.start : span.end] for span in proposal.spans)
            print(one_line(f"{proposal.kind.letter}  {said}  ({proposal.rule})"))
    return 0


def _suggest_in_project(words: argparse.Namespace) -> int:
    """Store proposals article by article, and tell each as it is stored."""
    from annotate.suggest import ENGINE, VERSION, propose

    total = 0
    with Project.open(words.file, analyst_name()) as project:
        articles = project.read.articles()
        for number, article in enumerate(articles, 1):
            proposals = propose(project.read.body(article.text_id), known_names=known_names(project.read, article.id))
            waiting = store_proposals(project, article.text_id, proposals, engine=ENGINE, version=VERSION)
            total += waiting
            if words.json:
                said = {"article": str(article.uid), "title": article.title, "suggestions": waiting}
                print(json.dumps(said), flush=True)
            else:
                print(one_line(f"{number:,} of {len(articles):,}  {waiting:>5,}  “{article.title}”"), flush=True)
    if not words.json:
        print(f"{counted(total, 'suggestion')} to be judged in {counted(len(articles), 'article')}.")
    return 0
