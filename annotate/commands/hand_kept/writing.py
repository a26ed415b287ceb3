"""What new claims of a list and those that are there need while they are written: articles, the register, tags."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.commands.codebook import insert_tag
from annotate.commands.hand_kept.figures import NewFigure
from annotate.commands.marking import within
from annotate.commands.sources import UNNAMED, source_for
from annotate.exchange.hand_kept import Entry
from annotate.mentions import read_mention
from annotate.model import Article, Claim, Figure, Mention, Span
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import record_columns
from annotate.summaries import Mark
from annotate.vocabulary import Handling, Kind, Origin, Progress, Relation


class Writing:
    """One list being written; what is asked again and again is kept."""

    def __init__(self, project: Project, transaction: Transaction) -> None:
        self.project = project
        self.transaction = transaction
        self._articles: dict[int, Article] = {}
        self._sources: dict[tuple[str, int | None], int] = {}
        self._figures: dict[int, set[tuple[int, int]]] = {}
        self._tags = {tag.name.casefold(): tag.id for tag in project.read.tags()}

    def look_up(self, article_ids: Collection[int]) -> None:
        """Ask for articles at once that will be asked for one by one; those in the bin are not there."""
        self._articles |= {article.id: article for article in self.project.read.articles(article_ids)}

    def article(self, article_id: int) -> Article:
        """An article as it was when it was asked for first."""
        if article_id not in self._articles:
            found = self.project.read.article(article_id)
            assert found is not None
            self._articles[article_id] = found
        return self._articles[article_id]

    def source(self, name: str, article_id: int) -> int:
        """The register entry of a name: one that is there, also under an alias, else a new one."""
        name = " ".join(name.split())
        reading = replace(read_mention(name, Span(0, len(name))), name=name)
        # A witness is another one in each article, and so may be what an article calls "the council".
        for key in ((name_key(name), None), (name_key(name), article_id)):
            if key in self._sources:
                return self._sources[key]
        known = next(iter(self.project.read.sources_named(name, article_id)), None)
        if known is not None:
            source_id, home = known.id, known.article_id
        else:
            source_id = source_for(self.project, self.transaction, reading, article_id)
            home = article_id if reading.naming in UNNAMED else None
        self._sources[name_key(name), home] = source_id
        return source_id

    def tag_ids(self, names: Iterable[str]) -> list[int]:
        """Tags of the codebook by their names, new ones where they are not in it."""
        ids = []
        for name in dict.fromkeys(" ".join(name.split()) for name in names):
            if name.casefold() not in self._tags:
                self._tags[name.casefold()] = insert_tag(self.transaction, self.project.read.tags(), name)
            ids.append(self._tags[name.casefold()])
        return list(dict.fromkeys(ids))

    def insert(
        self,
        kind: Kind,
        rows: Sequence[tuple[int, int, str, str]],
        records: Sequence[Claim | Figure | Mention],
        spans: Sequence[Sequence[Span]],
    ) -> list[int]:
        """Annotations of one kind, each of article, text, words and note, with few statements. Returns their ids."""
        if not rows:
            return []
        transaction = self.transaction
        same = {
            "kind": kind,
            "handling": Handling.OPEN,
            "origin": Origin.HAND,
            "rule": None,
            "engine": None,
            "analyst_id": transaction.analyst_id,
            "created_at": transaction.now,
            "changed_at": transaction.now,
        }
        first = transaction.next_number(kind.value, len(rows))
        ids = transaction.insert_many(
            t.annotations,
            [
                {**same, "article_id": article_id, "text_id": text_id, "words": words, "note": note, "number": number}
                for number, (article_id, text_id, words, note) in enumerate(rows, first)
            ],
        )
        places = [
            {
                "annotation_id": annotation_id,
                "text_id": text_id,
                "position": position,
                "start": span.start,
                "end": span.end,
                "exact": span.exact,
                "before": span.before,
                "after": span.after,
            }
            for annotation_id, (_, text_id, _, _), own in zip(ids, rows, spans, strict=True)
            for position, span in enumerate(own)
        ]
        transaction.insert_many(t.spans, places)
        made = [{"id": i, **record_columns(record)} for i, record in zip(ids, records, strict=True)]
        transaction.insert_many(t.RECORD_TABLES[kind], made)
        return ids

    def is_marked(self, text_id: int, figure: NewFigure) -> bool:
        """Whether a figure stands there already, to which its claim will be linked."""
        if not figure.spans:
            return False
        if text_id not in self._figures:
            marks = self.project.read.marks(text_id)
            self._figures[text_id] = {(one.start, one.end) for one in marks if one.kind is Kind.FIGURE}
        return any((span.start, span.end) in self._figures[text_id] for span in figure.spans)

    def link(self, new: Collection[int], text_ids: Iterable[int]) -> None:
        """Tie the claims and figures of some texts that stand in each other, where one of the two is new."""
        pairs = [pair for text_id in dict.fromkeys(text_ids) for pair in _nested(self.project.read.marks(text_id), new)]
        rows = [
            {"from_id": claim_id, "to_id": figure_id, "relation": Relation.CONTAINS} for claim_id, figure_id in pairs
        ]
        self.transaction.insert_many(t.links, rows)


def _nested(marks: Iterable[Mark], new: Collection[int]) -> list[tuple[int, int]]:
    """Ids of claims and of the figures in their words, one of the two new, in the order of the text."""
    of_kind: dict[Kind, dict[int, list[Mark]]] = {kind: defaultdict(list) for kind in Kind}
    for mark in marks:
        of_kind[mark.kind][mark.annotation_id].append(mark)
    figures = of_kind[Kind.FIGURE]
    starts = sorted((stretches[0].start, figure_id) for figure_id, stretches in figures.items())
    new_starts = [place for place in starts if place[1] in new]
    pairs: dict[tuple[int, int], None] = {}
    for claim_id, words in of_kind[Kind.CLAIM].items():
        places = starts if claim_id in new else new_starts
        for stretch in words:
            first, last = bisect_left(places, (stretch.start, 0)), bisect_left(places, (stretch.end, 0))
            inside = (figure_id for _, figure_id in places[first:last] if within(figures[figure_id], words))
            pairs |= dict.fromkeys((claim_id, figure_id) for figure_id in inside)
    return list(pairs)


def gained(claim: Claim, entry: Entry) -> dict[str, Any]:
    """What a row says of a claim and the claim does not have yet, by the names of model.Claim."""
    gained: dict[str, Any] = {}
    if entry.plain_words and not claim.plain_words:
        gained["plain_words"] = entry.plain_words
    if entry.said.words and not claim.said.words and claim.said.on is None:
        gained["said"] = entry.said
    if entry.finding is not None and claim.finding is None:
        gained["finding"] = entry.finding
    if entry.progress is not None and claim.progress is Progress.OPEN:
        gained["progress"] = entry.progress
    return gained


def contradiction(claim: Claim, entry: Entry, name: str) -> str:
    """A line for the note where a list has another finding than the claim has by now."""
    if entry.finding is None or claim.finding in (None, entry.finding):
        return ""
    return f"{name}: {entry.finding.label}"


def joined_notes(note: str, *more: str) -> str:
    """A note with the lines that it does not have yet."""
    lines = note.split("\n") if note else []
    return "\n".join(dict.fromkeys((*lines, *(line for one in more if one for line in one.split("\n")))))
