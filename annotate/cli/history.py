"""The command `history`: who did what when, in a project, an article or of one mark. It changes nothing."""

from __future__ import annotations

import argparse
import json
from typing import Any

from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.errors import NotAllowed
from annotate.field_labels import day_words
from annotate.project import reading
from annotate.references import Named, read_reference
from annotate.steps import WHOLE, HistoryOf
from annotate.store.queries import Reader
from annotate.timeline import Details, Happened, Timeline
from annotate.vocabulary import Kind


def add(commands: Any) -> None:
    """Declare it."""
    telling = add_command(commands, "history", "say who did what when, the newest first", "my.pnote --id C-0004")
    whose = telling.add_mutually_exclusive_group()
    whose.add_argument("--article", metavar="ID", help="only what was done in this article: A-0003 or 3")
    whose.add_argument("--id", metavar="ID", help="only what was done with this mark or article, also a removed one")
    telling.add_argument("--analyst", metavar="NAME", help="only what this analyst did")
    telling.add_argument("--json", action="store_true", help="print one JSON array, with every change of every step")
    telling.set_defaults(run=_history)


def _history(words: argparse.Namespace) -> int:
    with reading(words.project, analyst_name()) as reader:
        timeline = Timeline(reader, _whose(reader, words), analyst_id=_analyst(reader, words.analyst))
        if words.json:
            _print_json(timeline)
        else:
            _print_lines(timeline)
    return 0


def _whose(reader: Reader, words: argparse.Namespace) -> HistoryOf:
    given = words.article or words.id
    if given is None:
        return WHOLE
    reference = read_reference(f"A-{given}" if words.article and given.isdecimal() else given)
    if reference is None or (words.article and reference.of is not Named.ARTICLE):
        raise NotAllowed(f"{given} is not the ID of {'an article' if words.article else 'a mark or an article'}.")
    if reference.of is Named.ARTICLE:
        if not reader.rows_or_last("articles", [reference.number]):
            raise NotAllowed(f"There is no {reference} in this project, and there never was.")
        return HistoryOf(article_id=reference.number)
    if not isinstance(reference.of, Kind):
        raise NotAllowed(f"{reference} is neither a mark nor an article. Leave --id out to see everything.")
    annotation_id = reader.annotation_ever(reference.of, reference.number)
    if annotation_id is None:
        raise NotAllowed(f"There is no {reference} in this project, and there never was.")
    return HistoryOf(annotation_id=annotation_id)


def _analyst(reader: Reader, name: str | None) -> int | None:
    if name is None:
        return None
    known = {analyst.name: analyst.id for analyst in reader.analysts()}
    if name not in known:
        others = ", ".join(sorted(filter(None, known))) or "nobody with a name"
        raise NotAllowed(f"{name} has not worked on this project; {others} has.")
    return known[name]


def _print_lines(timeline: Timeline) -> None:
    day = ""
    for line in timeline:
        local = line.made_at.astimezone()
        if day_words(local.date()) != day:
            day = day_words(local.date())
            print(day)
        undone = " (undone)" if line.is_taken_back else ""
        print(one_line(f"{local:%H:%M}  {line.analyst or '(no name)'}: {line.what}{undone}"))
        if line.summary:
            print(f"       {one_line(line.summary)}")


def _print_json(timeline: Timeline) -> None:
    """A line at a time: a long history is never held whole."""
    before = "["
    for line in timeline:
        details = Details(()) if line.step_id is None else timeline.details(line.step_id)
        print(before + json.dumps(_as_json(line, details), ensure_ascii=False))
        before = ","
    print("]" if before == "," else "[]")


def _as_json(line: Happened, details: Details) -> dict[str, object]:
    changes = [{"record": one.record, "field": one.field, "old": one.old, "new": one.new} for one in details.lines]
    return {
        "when": line.made_at.isoformat(timespec="seconds"),
        "analyst": line.analyst,
        "what": line.what,
        "undone": line.is_taken_back,
        "changes": changes,
        "changes_left_out": details.left_out,
    }
