"""`python -m tests.benchmarks.big_project PATH CODE_POINTS MARKS`: a project with a short article and a big one.

Run by reader_cases.py in a process of its own, so that what making it took does not count among what having it open
takes. Rows go in many at once: 100,000 calls of `commands.mark` would take longer than all measurements together.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert

from annotate import commands
from annotate.anchoring import CONTEXT
from annotate.importers import read_pasted
from annotate.model import Claim, Figure, Mention
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.rows import record_columns
from annotate.vocabulary import Handling, Kind, Origin
from tests.benchmarks.material import USUAL, article_text, kinds, places

LONGEST_MARK = 600
"""Code points: with a mark every 200 to 500, most of them overlap another one."""
TAGS = ("aid", "damage", "homes", "rescue", "river", "water")
RECORDS = {Kind.CLAIM: (t.claims, Claim()), Kind.FIGURE: (t.figures, Figure()), Kind.SOURCE: (t.mentions, Mention())}
DAY = datetime(2024, 3, 12)


def build(path: Path, code_points: int, marks: int) -> None:
    with Project.create(path, "Bench") as project:
        commands.import_file(project, read_pasted(article_text(USUAL, seed=9), DAY))
        text = article_text(code_points)
        article_id = commands.import_file(project, read_pasted(text, DAY)).articles[0].article_id
        tag_ids = [commands.add_tag(project, name) for name in TAGS]
        _mark_many(project, article_id, marks, tag_ids)


def _mark_many(project: Project, article_id: int, marks: int, tag_ids: list[int]) -> None:
    article = project.read.article(article_id)
    assert article is not None
    body = project.read.body(article.text_id)
    chance = random.Random(5)
    numbers = dict.fromkeys(Kind, 0)
    annotations, spans, tagged = [], [], []
    records: dict[Kind, list[dict[str, object]]] = {kind: [] for kind in Kind}
    with project.change("Mark many") as transaction:
        where = places(body, marks, longest=LONGEST_MARK)
        for number, (kind, span) in enumerate(zip(kinds(), where, strict=False), start=1):
            row = {"id": number, "uid": uuid4(), "revision": 1}
            numbers[kind] += 1
            words = body[span.start : span.end]
            annotations.append(
                row
                | {
                    "article_id": article_id,
                    "text_id": article.text_id,
                    "kind": kind,
                    "number": numbers[kind],
                    "words": words,
                    "handling": Handling.OPEN,
                    "origin": Origin.HAND,
                    "analyst_id": transaction.analyst_id,
                    "created_at": transaction.now,
                    "changed_at": transaction.now,
                }
            )
            spans.append(
                row
                | {
                    "annotation_id": number,
                    "text_id": article.text_id,
                    "position": 0,
                    "start": span.start,
                    "end": span.end,
                    "exact": words,
                    "before": body[max(0, span.start - CONTEXT) : span.start],
                    "after": body[span.end : span.end + CONTEXT],
                }
            )
            records[kind].append(row | record_columns(RECORDS[kind][1]))
            if number % 3 == 0:
                tagged.append(
                    {"uid": uuid4(), "revision": 1, "annotation_id": number, "tag_id": chance.choice(tag_ids)}
                )
        tables = [(t.annotations, annotations), (t.spans, spans), (t.annotation_tags, tagged)]
        tables += [(RECORDS[kind][0], records[kind]) for kind in Kind]
        for table, rows in tables:
            transaction.connection.execute(insert(table), rows)
        last = [{"name": kind.value, "last": number} for kind, number in numbers.items()]
        transaction.connection.execute(insert(t.counters), last)
        transaction.update(t.articles, article_id, note="Marked many at once")


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
