"""Taking in what another tool's file holds: articles, marks, records and ties, in one transaction and one step.

What is in the project already is not taken in again: articles are known by uid or by their text, tags and sources by
uid or name, everything else by uid. What the project does not take (a link between kinds that cannot be linked, a
place outside the text) is counted and said, and the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Table

from annotate.anchoring import CONTEXT, joined_words
from annotate.canonical import canonical
from annotate.commands.annotations import insert_spans
from annotate.commands.codebook import COLOURS
from annotate.commands.links import MUTUAL
from annotate.commands.marking import read_record
from annotate.commands.taking_in_articles import KnownArticles, cleaned, take_in_articles
from annotate.exchange.told import sentences
from annotate.model import RECORD_TYPES, Article, Claim, Figure, Mention, Source, Span
from annotate.names import name_key
from annotate.offsets import snap_to_graphemes
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction, insert_row
from annotate.store.rows import dated_columns, record_columns
from annotate.vocabulary import Kind

if TYPE_CHECKING:
    from annotate.exchange.incoming import (
        Incoming,
        IncomingAnnotation,
        IncomingAttribution,
        IncomingCheck,
        IncomingLink,
        IncomingSource,
        IncomingTag,
    )


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a file: how many new records by what they are ("articles"), how many were in the project before,
    and sentences for the analyst about how it was read and what had no place."""

    new: Mapping[str, int]
    known: int
    said: tuple[str, ...]
    article_ids: tuple[int, ...]
    """Of the new articles."""


def take_in(project: Project, incoming: Incoming) -> TakenIn:
    """Write what a file holds, as one step of history. Raises NotAllowed where nothing of it can be written."""
    with project.change(canonical(f"Take in {incoming.name}").text) as transaction:
        taking = _TakingIn(project, transaction, incoming)
        with transaction.savepoint():
            taking.all()
    return taking.taken()


class _TakingIn:
    """One file on its way in: ids of rows by the keys that the file has for them."""

    def __init__(self, project: Project, transaction: Transaction, incoming: Incoming) -> None:
        self._project, self._transaction, self._incoming = project, transaction, incoming
        self._analysts = {one.name: one.id for one in project.read.analysts()}
        self._new: Counter[str] = Counter()
        self._known = 0
        self._refused: Counter[str] = Counter()
        self._articles = KnownArticles()
        self._tags: dict[str, int] = {}
        self._events: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._annotations: dict[str, int] = {}
        self._kinds: dict[str, Kind] = {one.key: one.kind for one in incoming.annotations}

    def all(self) -> None:
        incoming = self._incoming
        self._articles = take_in_articles(self._project, self._transaction, incoming)
        self._new["articles"] += len(self._articles.new)
        self._known += len(incoming.articles) - len(self._articles.new)
        self._take_tags(incoming.tags)
        self._take_events()
        self._take_sources(incoming.sources)
        self._take_annotations(incoming.annotations)
        self._take("attributions", t.attributions, incoming.attributions, self._attribution_row)
        self._take("links", t.links, incoming.links, self._link_row)
        self._take("checks", t.checks, incoming.checks, self._check_row)
        self._take_note(canonical(incoming.note).text.strip())

    def taken(self) -> TakenIn:
        new = {name: number for name, number in self._new.items() if number}
        said = (*self._incoming.said, *self._articles.said, *sentences(self._refused))
        return TakenIn(new, self._known, said, tuple(self._articles.new))

    def _take_note(self, note: str) -> None:
        """Put what belongs to the file as a whole below the project's note, unless it stands there."""
        project = self._project.read.project_info()
        if note and note not in project.note:
            whole = f"{project.note}\n\n{note}" if project.note.strip() else note
            self._transaction.update(t.projects, project.id, note=whole)

    def _take_tags(self, tags: Sequence[IncomingTag]) -> None:
        by_uid = self._ids_by_uid(t.tags, tags)
        there = self._project.read.tags()
        naming = _TagNames({tag.name.casefold(): tag.id for tag in there})
        keys = {tag.key for tag in there if tag.key}
        position = max((tag.position for tag in there), default=0)
        named = {tag.key: tag.name for tag in tags}
        for tag in _parents_first(tags):
            parent_id = self._tags.get(tag.parent) if tag.parent else None
            name = " ".join(canonical(tag.name).text.split()) or "Unnamed"
            known = by_uid.get(tag.uid) if tag.uid else None
            if known is None:
                name, known = naming.name_for(name, named.get(tag.parent or "", ""), is_told_by_name=tag.uid is None)
            if known is not None:
                self._tags[tag.key] = known
                naming.taken.add(known)
                self._known += 1
                continue
            position += 1
            shortcut = tag.shortcut if tag.shortcut and tag.shortcut not in keys else None
            keys.add(shortcut or "")
            row = {
                "uid": tag.uid or uuid4(),
                "name": name,
                "parent_id": parent_id,
                "colour": tag.colour or COLOURS[(position - 1) % len(COLOURS)],
                "key": shortcut,
                "meaning": tag.meaning,
                "position": position,
            }
            self._tags[tag.key] = self._transaction.insert(t.tags, **cleaned(row))
            naming.give(name, self._tags[tag.key])
            self._new["tags"] += 1

    def _take_events(self) -> None:
        by_uid = self._ids_by_uid(t.events, self._incoming.events)
        names = {event.name.casefold(): event.id for event in self._project.read.events()}
        for event in self._incoming.events:
            name = canonical(event.name).text.strip()
            known = by_uid.get(event.uid) if event.uid else None
            if known is None:
                known = names.get(name.casefold())
            if known is not None:
                self._events[event.key] = known
                self._known += 1
                continue
            columns = dated_columns("happened", event.happened)
            row = {"uid": event.uid or uuid4(), "name": name, "place": event.place, "note": event.note, **columns}
            self._events[event.key] = self._transaction.insert(t.events, **cleaned(row))
            self._new["events"] += 1

    def _take_sources(self, sources: Sequence[IncomingSource]) -> None:
        by_uid = self._ids_by_uid(t.sources, sources)
        named: dict[tuple[str, int | None], Source] = {}
        for one in self._project.read.sources():
            named.setdefault((name_key(one.name), one.article_id), one)
        new = []
        for source in sources:
            article_id = self._articles.ids.get(source.article) if source.article else None
            known = by_uid.get(source.uid) if source.uid else None
            if known is None and (like := named.get((name_key(source.name), article_id))) is not None:
                known = like.id
            if known is None:
                new.append((source, article_id))
            else:
                self._sources[source.key] = known
                self._known += 1
        numbers = self._transaction.numbers("register", [source.number for source, _ in new])
        rows = [
            {
                "uid": source.uid or uuid4(),
                "number": number,
                "name": source.name.strip() or "Unnamed",
                "aliases": list(source.aliases),
                "article_id": article_id,
                **{name: getattr(source, name) for name in _SOURCE_COLUMNS},
            }
            for (source, article_id), number in zip(new, numbers, strict=True)
        ]
        ids = self._transaction.insert_many(t.sources, [cleaned(row) for row in rows])
        self._sources |= {source.key: row_id for (source, _), row_id in zip(new, ids, strict=True)}
        self._new["sources"] += len(new)

    def _take_annotations(self, annotations: Sequence[IncomingAnnotation]) -> None:
        by_uid = self._ids_by_uid(t.annotations, annotations)
        for kind in Kind:
            new: list[tuple[IncomingAnnotation, Article, tuple[Span, ...]]] = []
            for one in annotations:
                if one.kind is not kind:
                    continue
                if one.uid in by_uid:
                    self._annotations[one.key] = by_uid[one.uid]
                    self._known += 1
                elif (article := self._articles.of(one.article)) is None:
                    self._refuse("Marks left out, because their article is not in the file: {number}.")
                else:
                    new.append((one, article, self._spans(one, self._articles.body(article))))
            self._write_annotations(kind, new)

    def _write_annotations(
        self, kind: Kind, new: Sequence[tuple[IncomingAnnotation, Article, tuple[Span, ...]]]
    ) -> None:
        transaction = self._transaction
        numbers = transaction.numbers(kind.value, [one.number for one, _, _ in new])
        rows = [
            {
                "uid": one.uid or uuid4(),
                "article_id": article.id,
                "text_id": article.text_id,
                "kind": kind,
                "number": number,
                "words": joined_words(spans) if spans else one.words,
                "note": one.note,
                "handling": one.handling,
                "origin": one.origin,
                "rule": one.rule,
                "engine": one.engine,
                "analyst_id": self._analyst(one.analyst),
                "created_at": one.created_at or transaction.now,
                "changed_at": one.changed_at or one.created_at or transaction.now,
            }
            for (one, article, spans), number in zip(new, numbers, strict=True)
        ]
        ids = transaction.insert_many(t.annotations, [cleaned(row) for row in rows])
        by_text: dict[int, dict[int, Sequence[Span]]] = {}
        records, tagged = [], []
        for (one, article, spans), annotation_id in zip(new, ids, strict=True):
            self._annotations[one.key] = annotation_id
            by_text.setdefault(article.text_id, {})[annotation_id] = spans
            records.append({"id": annotation_id, **record_columns(self._record(one, article, spans))})
            tag_ids = dict.fromkeys(self._tags[key] for key in one.tags if key in self._tags)
            tagged += [{"annotation_id": annotation_id, "tag_id": tag_id} for tag_id in tag_ids]
        for text_id, spans_of in by_text.items():
            insert_spans(transaction, text_id, spans_of)
        transaction.insert_many(t.RECORD_TABLES[kind], [cleaned(record) for record in records])
        transaction.insert_many(t.annotation_tags, tagged)
        self._new[_PLURALS[kind]] += len(new)

    def _record(self, one: IncomingAnnotation, article: Article, spans: Sequence[Span]) -> Claim | Figure | Mention:
        record = one.record
        if record is None:
            record = read_record(self._project, article, one.kind, spans) if spans else RECORD_TYPES[one.kind]()
        if isinstance(record, Mention):
            return replace(record, source_id=self._sources.get(one.source) if one.source else record.source_id)
        return replace(record, event_id=self._events.get(one.event) if one.event else None)

    def _spans(self, one: IncomingAnnotation, body: str) -> tuple[Span, ...]:
        """The places with their words, in order; those outside the text are left out."""
        found: list[Span] = []
        for span in sorted(one.spans, key=lambda span: (span.start, span.end)):
            start, end = max(span.start, found[-1].end if found else 0), min(span.end, len(body))
            if start >= end:
                continue
            if snap_to_graphemes(body, start, end) != (start, end):
                self._refuse("Places that begin or end inside a character written with several signs: {number}.")
            before = body[max(0, start - CONTEXT) : start]
            found.append(Span(start, end, body[start:end], before, body[end : end + CONTEXT]))
        if one.spans and not found:
            self._refuse("Marks that lie outside the text of their article, kept without a place: {number}.")
        return tuple(found)

    def _attribution_row(self, said: IncomingAttribution) -> dict[str, Any] | None:
        annotation_id, source_id = self._annotations.get(said.annotation), self._sources.get(said.source)
        if annotation_id is None or source_id is None or self._kinds[said.annotation] is Kind.SOURCE:
            self._refuse("Attributions left out, because they name no claim and source of the file: {number}.")
            return None
        mention = said.mention if said.mention and self._kinds.get(said.mention) is Kind.SOURCE else None
        via_id = self._sources.get(said.via) if said.via else None
        return {
            "annotation_id": annotation_id,
            "source_id": source_id,
            "stance": said.stance,
            "verb": said.verb,
            "basis": said.basis,
            "via_id": None if via_id == source_id else via_id,
            "mention_id": self._annotations.get(mention) if mention else None,
        }

    def _link_row(self, link: IncomingLink) -> dict[str, Any] | None:
        from_id, to_id = self._annotations.get(link.from_key), self._annotations.get(link.to_key)
        ends = self._kinds.get(link.from_key), self._kinds.get(link.to_key)
        if from_id is None or to_id is None or from_id == to_id or ends != (Kind.CLAIM, link.relation.to_kind):
            self._refuse("Links left out, because they tie what cannot be tied: {number}.")
            return None
        return {"from_id": from_id, "to_id": to_id, "relation": link.relation, "note": link.note}

    def _check_row(self, check: IncomingCheck) -> dict[str, Any] | None:
        annotation_id = self._annotations.get(check.annotation)
        if annotation_id is None:
            self._refuse("Checks left out, because what they look into is not in the file: {number}.")
            return None
        return {
            "annotation_id": annotation_id,
            "analyst_id": self._analyst(check.analyst),
            **{name: getattr(check, name) for name in _CHECK_COLUMNS},
        }

    def _take(
        self, name: str, table: Table, records: Sequence[Any], row_of: Callable[[Any], dict[str, Any] | None]
    ) -> None:
        """Write records that hang on annotations, except those that are there or say what another one says."""
        by_uid = self._ids_by_uid(table, records)
        there = self._said_already(table)
        rows = []
        for record in records:
            row = row_of(record)
            if row is None:
                continue
            if record.uid in by_uid or not there.isdisjoint(same := _same(table, row)):
                self._known += 1
                continue
            there.update(same)
            rows.append(cleaned({"uid": record.uid or uuid4(), **row}))
        self._transaction.insert_many(table, rows)
        self._new[name] += len(rows)

    def _said_already(self, table: Table) -> set[tuple[Any, ...]]:
        read, ids = self._project.read, list(self._annotations.values())
        known: Iterable[Any] = ()
        if table is t.attributions:
            known = read.attributions(ids)
        elif table is t.links:
            known = read.links(ids)
        return {
            same for one in known for same in _same(table, {name: getattr(one, name) for name in _SAME[table.name]})
        }

    def _ids_by_uid(self, table: Table, records: Sequence[Any]) -> dict[Any, int]:
        return self._project.read.ids_by_uid(table) if any(record.uid for record in records) else {}

    def _analyst(self, name: str) -> int:
        """Who made a record, known by name; whoever takes the file in where the file does not say."""
        name = canonical(name).text.strip()
        if not name:
            return self._transaction.analyst_id
        if name not in self._analysts:
            row = {"uid": uuid4(), "revision": 1, "name": name}
            self._analysts[name] = insert_row(self._transaction.connection, t.analysts, row)
        return self._analysts[name]

    def _refuse(self, sentence: str) -> None:
        self._refused[sentence] += 1


_PLURALS = {Kind.CLAIM: "claims", Kind.FIGURE: "figures", Kind.SOURCE: "mentions"}
_SOURCE_COLUMNS = (
    "type",
    "affiliation",
    "controlled_by",
    "handling",
    "reliability",
    "reliability_basis",
    "reliability_on",
    "note",
)
_CHECK_COLUMNS = ("checked_on", "looked_at", "url", "archive_url", "primacy", "shows", "limits", "note")
_SAME = {
    "attributions": ("annotation_id", "source_id", "stance", "via_id"),
    "links": ("from_id", "to_id", "relation"),
    "checks": (),
}
"""Columns that no two rows of a table share all of."""


def _same(table: Table, row: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    """What a row says, in all ways in which another row would say it again; empty where rows may be alike."""
    columns = _SAME[table.name]
    if not columns:
        return set()
    said = {tuple(row[name] for name in columns)}
    if table is t.links and row["relation"] in MUTUAL:
        said.add((row["to_id"], row["from_id"], row["relation"]))
    return said


def _parents_first(tags: Sequence[IncomingTag]) -> list[IncomingTag]:
    """Tags in an order in which each comes after the one above it; one that lies below itself stands alone."""
    by_key = {tag.key: tag for tag in tags}
    ordered: dict[str, IncomingTag] = {}

    for tag in tags:
        line: list[IncomingTag] = []
        above: IncomingTag | None = tag
        while above is not None and above.key not in ordered and above not in line:
            line.append(above)
            above = by_key.get(above.parent) if above.parent else None
        ordered |= {one.key: one for one in reversed(line)}
    return list(ordered.values())


class _TagNames:
    """Who has which name in a codebook while the tags of a file come in; no two may have the same."""

    def __init__(self, names: dict[str, int]) -> None:
        self._names = names
        self._next: dict[str, int] = {}
        self.taken: set[int] = set()
        """Tags that are one of the file's; two of a file may be called the same there and stay two here."""

    def give(self, name: str, tag_id: int) -> None:
        self._names[name.casefold()] = tag_id
        self.taken.add(tag_id)

    def name_for(self, name: str, parent: str, *, is_told_by_name: bool) -> tuple[str, int | None]:
        """A name for a tag, and the tag that it is here already: one of that name which is none of the file's so far.

        Where the name is given away, it is told apart with that of the tag above it, or by a number. What the file
        tells by nothing but its name (`is_told_by_name`) is known again under such a name, too.
        """
        known = self._names.get(name.casefold())
        if known is None or known not in self.taken:
            return name, known
        apart = f"{name} ({parent})" if parent else name
        number = self._next.get(apart.casefold(), 1)
        while True:
            candidate = apart if number == 1 else f"{apart} {number}"
            known = self._names.get(candidate.casefold())
            number += 1
            if known is None or (is_told_by_name and known not in self.taken):
                self._next[apart.casefold()] = number
                return candidate, known
