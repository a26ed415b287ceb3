"""What new claims of a list and those that are there need while they are written: articles, the register, tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.commands.annotations import RECORD_TABLES, insert_spans
from annotate.commands.codebook import insert_tag
from annotate.commands.hand_kept.figures import NewFigure
from annotate.commands.marking import link_nested
from annotate.commands.sources import source_for
from annotate.exchange.hand_kept import Entry
from annotate.mentions import read_mention
from annotate.model import Article, Claim, Figure, Mention, Span
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import record_columns
from annotate.vocabulary import Handling, Kind, Origin, Progress


class Writing:
    """One list being written; what is asked again and again is kept."""

    def __init__(self, project: Project, transaction: Transaction) -> None:
        self.project = project
        self.transaction = transaction
        self._articles: dict[int, Article] = {}
        self._sources: dict[tuple[str, int], int] = {}
        self._tags = {tag.name.casefold(): tag.id for tag in project.read.tags()}

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
        key = name_key(name), article_id
        if key not in self._sources:
            known = self.project.read.sources_named(name, article_id)
            reading = replace(read_mention(name, Span(0, len(name))), name=name)
            self._sources[key] = (
                known[0].id if known else source_for(self.project, self.transaction, reading, article_id)
            )
        return self._sources[key]

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
        placed: dict[int, dict[int, Sequence[Span]]] = defaultdict(dict)
        for annotation_id, (_, text_id, _, _), own in zip(ids, rows, spans, strict=True):
            if own:
                placed[text_id][annotation_id] = own
        for text_id, of_text in placed.items():
            insert_spans(transaction, text_id, of_text)
        made = [{"id": i, **record_columns(record)} for i, record in zip(ids, records, strict=True)]
        transaction.insert_many(RECORD_TABLES[kind], made)
        return ids

    def is_marked(self, text_id: int, figure: NewFigure) -> bool:
        """Whether a figure stands there already, to which its claim will be linked."""
        if not figure.spans:
            return False
        near = self.project.read.overlapping(text_id, figure.spans[0].start, figure.spans[-1].end)
        others = self.project.read.marks_of(near, text_id=text_id)
        places = {(span.start, span.end) for span in figure.spans}
        return any(other.kind is Kind.FIGURE and (other.start, other.end) in places for other in others)

    def link(self, annotation_id: int, text_id: int, kind: Kind, spans: Sequence[Span]) -> None:
        """Tie a figure to the claims it stands in, or a claim to the figures in it, as far as they are not tied."""
        if spans:
            tied = {(link.from_id, link.to_id) for link in self.project.read.links([annotation_id])}
            link_nested(self.project, self.transaction, text_id, annotation_id, kind, spans, tied)


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
