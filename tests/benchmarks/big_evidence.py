"""`python -m tests.benchmarks.big_evidence PATH ANNOTATIONS`: a project as it stands before it is handed on.

Articles with claims that are in words, attributed, dated and graded, figures in them, mentions, tags, checks and
links between claims. Rows go in many at once, since a call of a command each would take longer than the export.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from annotate import commands
from annotate.anchoring import CONTEXT
from annotate.importers import read_pasted
from annotate.model import Claim, DatedWords, Figure, Mention
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.rows import record_columns
from annotate.vocabulary import (
    AttributionBasis,
    Bound,
    ClaimType,
    Credibility,
    DateBasis,
    FigureKind,
    Finding,
    Handling,
    Kind,
    Measure,
    MentionRole,
    Mode,
    Naming,
    Origin,
    Precision,
    Progress,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)
from tests.benchmarks.material import article_text, kinds, places

ARTICLES = 40
SOURCES = 60
TAGS = ("aid", "damage", "homes", "rescue", "river", "water")
DAY = datetime(2024, 3, 12)


def build(path: Path, annotations: int) -> None:
    """A project with so many annotations, a third of each kind."""
    chance = random.Random(5)
    with Project.create(path, "Bench") as project:
        article_ids = [
            commands.import_file(project, read_pasted(article_text(20_000, seed), DAY)).articles[0].article_id
            for seed in range(ARTICLES)
        ]
        tag_ids = [commands.add_tag(project, name) for name in TAGS]
        event_ids = [commands.add_event(project, f"Flood of the {name}") for name in TAGS]
        source_ids = []
        for number in range(SOURCES):
            source_ids.append(commands.add_source(project, f"Source no. {number}", SourceType.GOVERNMENT))
            commands.edit_source(project, source_ids[-1], reliability=chance.choice(list(Reliability)))
        rows = _rows(project, chance, article_ids, annotations, (tag_ids, event_ids, source_ids))
        with project.change("Mark many") as transaction:
            for row in rows[t.annotations]:
                row |= {"analyst_id": transaction.analyst_id, "created_at": transaction.now}
                row |= {"changed_at": transaction.now}
            for row in rows[t.checks]:
                row["analyst_id"] = transaction.analyst_id
            for table, several in rows.items():
                transaction.connection.execute(insert(table), several)
            transaction.update(t.articles, article_ids[0], note="Marked many at once")


def _rows(
    project: Project, chance: random.Random, article_ids: list[int], annotations: int, known: tuple[list[int], ...]
) -> dict[Any, list[dict[str, Any]]]:
    tag_ids, event_ids, source_ids = known
    rows: dict[Any, list[dict[str, Any]]] = {
        table: []
        for table in (
            t.annotations,
            t.spans,
            t.claims,
            t.figures,
            t.mentions,
            t.annotation_tags,
            t.attributions,
            t.links,
            t.checks,
        )
    }
    tables = {Kind.CLAIM: t.claims, Kind.FIGURE: t.figures, Kind.SOURCE: t.mentions}
    numbers = dict.fromkeys(Kind, 0)
    kind_of = kinds()
    number = 0
    for article_id in article_ids:
        article = project.read.article(article_id)
        assert article is not None
        body = project.read.body(article.text_id)
        for span in places(body, annotations // len(article_ids), seed=article_id, longest=240):
            number += 1
            kind = next(kind_of)
            numbers[kind] += 1
            words = body[span.start : span.end]
            rows[t.annotations].append(
                _row(number)
                | {
                    "article_id": article_id,
                    "text_id": article.text_id,
                    "kind": kind,
                    "number": numbers[kind],
                    "words": words,
                    "note": "Look at the list of the shelters once more." if number % 4 == 0 else "",
                    "handling": Handling.OPEN,
                    "origin": Origin.HAND,
                }
            )
            rows[t.spans].append(
                _row(number)
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
            record = _record(chance, kind, number, words, event_ids, source_ids)
            rows[tables[kind]].append(_row(number) | record_columns(record))
            if number % 2 == 0:
                rows[t.annotation_tags].append(_row() | {"annotation_id": number, "tag_id": chance.choice(tag_ids)})
            if kind is Kind.CLAIM:
                for stance in (Stance.ASSERTS, Stance.DENIES)[: chance.choice((1, 1, 2))]:
                    rows[t.attributions].append(
                        _row()
                        | {
                            "annotation_id": number,
                            "source_id": chance.choice(source_ids),
                            "stance": stance,
                            "verb": "said",
                            "basis": AttributionBasis.STATED,
                        }
                    )
                relations = [(number + 1, Relation.CONTAINS)]
                if number % 8 == 1 and number > 30:
                    relations.append((number - 30, chance.choice((Relation.CONTRADICTS, Relation.CORROBORATES))))
                if number % 10 == 1:
                    check = {"annotation_id": number, "checked_on": date(2024, 3, 14), "looked_at": "Lists of shelters"}
                    rows[t.checks].append(_row() | check | {"shows": Shows.SUPPORTS})
                rows[t.links] += [
                    _row() | {"from_id": number, "to_id": other, "relation": relation}
                    for other, relation in relations
                    if other <= annotations // len(article_ids) * len(article_ids)
                ]
    return rows


def _row(number: int | None = None) -> dict[str, Any]:
    return {"uid": uuid4(), "revision": 1} | ({} if number is None else {"id": number})


def _record(
    chance: random.Random, kind: Kind, number: int, words: str, event_ids: list[int], source_ids: list[int]
) -> Claim | Figure | Mention:
    day = date(2024, 3, 1 + number % 28)
    if kind is Kind.CLAIM:
        return Claim(
            mode=chance.choice(list(Mode)),
            type=chance.choice(list(ClaimType)),
            plain_words=f"On {day:%d %B %Y} {words}",
            event_id=chance.choice(event_ids),
            happened=DatedWords("on Tuesday", day, None, Precision.DAY, DateBasis.RECKONED),
            place="Harrow Mills",
            credibility=chance.choice(list(Credibility)),
            progress=chance.choice(list(Progress)),
            finding=chance.choice(list(Finding)),
        )
    if kind is Kind.FIGURE:
        value = float(chance.randint(1, 5_000))
        return Figure(
            value=value,
            low=value,
            inferred=number % 15 == 2,
            counted="people",
            bound=Bound.MIN,
            qualifier="at least",
            kind=FigureKind.COUNT,
            measure=Measure.TOTAL,
            as_of=DatedWords("by noon", day, None, Precision.DAY, DateBasis.RECKONED),
            event_id=chance.choice(event_ids),
        )
    return Mention(chance.choice(source_ids), Naming.NAMED, MentionRole.SPEAKER)


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
