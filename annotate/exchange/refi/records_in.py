"""What this program wrote, read back: a case is a mark with its record, an entry of the register or an event.

Cases are told by their typed attributes, so they are found again also in a file that another program has rewritten,
as long as it kept them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotate.exchange.incoming import (
    IncomingAnnotation,
    IncomingAttribution,
    IncomingCheck,
    IncomingEvent,
    IncomingLink,
    IncomingSource,
)
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.codebook_in import Codebook
from annotate.exchange.refi.identity import guid_in
from annotate.exchange.refi.notes_in import Link, Notes
from annotate.exchange.refi.sources_in import Selection, Sources
from annotate.exchange.refi.ties_out import ABOUT, NAMES
from annotate.exchange.refi.xml_in import Element, Values, Variables, guid_of, local_name
from annotate.model import RECORD_TYPES, DatedWords, Span
from annotate.vocabulary import Handling, Kind, Origin, Relation, Stance

_KINDS = {"claim": Kind.CLAIM, "figure": Kind.FIGURE, "mention": Kind.SOURCE}
_DATED = {"happened": DatedWords, "said": DatedWords, "as_of": DatedWords}
_STANCES = {stance.value: stance for stance in Stance}
_RELATIONS = {relation.value: relation for relation in Relation}


@dataclass(slots=True)
class Case:
    """A case as it stands in the file: one of our records, or what groups passages and sources of another program."""

    guid: str
    name: str
    description: str
    codes: list[str]
    values: Values
    sources: list[str]
    selections: list[str]


def case_of(element: Element, variables: Variables) -> Case:
    case = Case(guid_of(element), element.get("name") or "", "", [], Values(), [], [])
    refers = {"CodeRef": case.codes, "SourceRef": case.sources, "SelectionRef": case.selections}
    for part in element:
        name = local_name(part)
        if name == "VariableValue":
            variables.take(part, case.values)
        elif name in refers:
            refers[name].append(guid_of(part, "targetGUID"))
        elif name == "Description":
            case.description = part.text or ""
    return case


@dataclass(slots=True)
class Records:
    annotations: list[IncomingAnnotation] = field(default_factory=list)
    sources: list[IncomingSource] = field(default_factory=list)
    events: list[IncomingEvent] = field(default_factory=list)
    attributions: list[IncomingAttribution] = field(default_factory=list)
    links: list[IncomingLink] = field(default_factory=list)
    checks: list[IncomingCheck] = field(default_factory=list)
    of_selection: dict[str, str] = field(default_factory=dict)
    """The mark that a selection belongs to."""
    others: list[Case] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    links_left: list[Link] = field(default_factory=list)
    """Links that are between other things."""


class RecordReading:
    """Reads the cases of one file; selections have their places already."""

    def __init__(
        self,
        sources: Sources,
        selections: Mapping[str, Selection],
        codebook: Codebook,
        notes: Notes,
        users: Mapping[str, str],
    ) -> None:
        self._sources, self._selections, self._codebook = sources, selections, codebook
        self._notes, self._users = notes, users
        self.found = Records()
        self._tied: dict[tuple[str, str], str] = {}

    def read(self, cases: Iterable[Case]) -> Records:
        """All cases, and the links between them."""
        names = {NAMES, ABOUT}
        self._tied = {(link.origin, link.name): link.target for link in self._notes.links if link.name in names}
        for case in cases:
            what = case.values.own.get(a.RECORD.key)
            if what in _KINDS:
                self._mark(case, _KINDS[what], case.values.own)
            elif what == "source":
                self._source(case, case.values.own)
            elif what == "event":
                self._event(case, case.values.own)
            else:
                self.found.others.append(case)
        self._links()
        return self.found

    def _mark(self, case: Case, kind: Kind, stated: a.Stated) -> None:
        selections = [self._selections[guid] for guid in case.selections if guid in self._selections]
        key = selections[0].guid if selections else case.guid
        article = next(iter(case.sources), selections[0].article if selections else "")
        source = self._sources.of(article)
        first = selections[0] if selections else None
        spans = tuple(Span(*one.span) for one in selections if one.span is not None)
        codes = case.codes + [coding.code for one in selections for coding in one.codings]
        tags = dict.fromkeys(self._codebook.tag_of[code] for code in codes if code in self._codebook.tag_of)
        self.found.of_selection |= {one.guid: key for one in selections}
        words = stated.get("mark.words", "") or (first.name if first is not None else "")
        if selections and len(spans) < len(selections):
            self.found.told["Passages whose place is not in the text: {number}."] += len(selections) - len(spans)
        if not spans and not words.strip():
            self.found.told["Marks that have neither a place in the text nor words, which stayed out: {number}."] += 1
            return
        self.found.annotations.append(
            IncomingAnnotation(
                key=key,
                article=source.key if source is not None else article,
                kind=kind,
                spans=spans,
                words="" if spans else words,
                record=RECORD_TYPES[kind](**a.fields_of(a.RECORDS[kind], stated, _DATED)),
                event=self._tied.get((key, ABOUT)),
                source=self._tied.get((key, NAMES)),
                tags=tuple(tags),
                note=self._noted(key, [guid for one in selections for guid in one.notes]),
                handling=stated.get("mark.handling", Handling.OPEN),
                origin=stated.get("mark.origin", Origin.HAND),
                rule=stated.get("mark.rule"),
                engine=stated.get("mark.engine"),
                analyst=self._users.get(first.user, "") if first is not None else stated.get(a.ANALYST.key, ""),
                created_at=_moment(stated, "created_at", first.made_at if first is not None else None),
                changed_at=_moment(stated, "changed_at", first.changed_at if first is not None else None),
                number=stated.get("mark.number"),
                uid=guid_in(key),
            )
        )

    def _noted(self, key: str, named: list[str]) -> str:
        """The words that are noted about a mark; checks among its notes are taken aside."""
        guids = self._notes.of(key, named)
        checks = [guid for guid in guids if guid in self._notes.notes and self._notes.notes[guid].record == "check"]
        for guid in checks:
            note = self._notes.notes[guid]
            note.used = True
            stated = a.fields_of(a.CHECK, note.values.own, {})
            if "checked_on" in stated:
                self.found.checks.append(
                    IncomingCheck(key, **stated, analyst=self._users.get(note.user, ""), uid=guid_in(guid))
                )
        uid = guid_in(key)
        ours = () if uid is None else (str(identity.derived(uid, "note")),)
        return "\n\n".join(self._notes.words((guid for guid in guids if guid not in checks), ours))

    def _source(self, case: Case, stated: a.Stated) -> None:
        within = self._sources.of(case.sources[0]) if case.sources else None
        self.found.sources.append(
            IncomingSource(
                key=case.guid,
                name=case.name,
                article=within.key if within is not None else None,
                note=case.description,
                uid=guid_in(case.guid),
                **a.fields_of(a.SOURCE, stated, {}),
            )
        )

    def _event(self, case: Case, stated: a.Stated) -> None:
        fields: dict[str, Any] = a.fields_of(a.EVENT, stated, _DATED)
        event = IncomingEvent(case.guid, case.name, note=case.description, uid=guid_in(case.guid), **fields)
        self.found.events.append(event)

    def _links(self) -> None:
        marks = {one.key for one in self.found.annotations}
        sources = {one.key for one in self.found.sources}
        events = {one.key for one in self.found.events}
        for link in self._notes.links:
            uid = guid_in(link.guid)
            if link.origin in marks and link.target in sources and link.name in _STANCES:
                self._attribution(link)
            elif link.origin in marks and link.target in marks and link.name in _RELATIONS:
                ours = () if uid is None else (str(identity.derived(uid, "note")),)
                note = "\n\n".join(self._notes.words(link.notes, ours))
                ends = link.origin, link.target
                self.found.links.append(IncomingLink(*ends, _RELATIONS[link.name], note, uid))
            elif not (
                link.origin in marks
                and ((link.name == NAMES and link.target in sources) or (link.name == ABOUT and link.target in events))
            ):
                self.found.links_left.append(link)

    def _attribution(self, link: Link) -> None:
        stated: dict[str, Any] = {}
        for guid in link.notes:
            note = self._notes.notes.get(guid)
            if note is not None:
                note.used = True
                stated |= note.values.own
        via, mention = stated.get(a.VIA.key), stated.get(a.FROM_MENTION.key)
        self.found.attributions.append(
            IncomingAttribution(
                annotation=link.origin,
                source=link.target,
                stance=_STANCES[link.name],
                via=str(via) if via is not None else None,
                mention=str(mention) if mention is not None else None,
                uid=guid_in(link.guid),
                **a.fields_of(a.ATTRIBUTION, stated, {}),
            )
        )


def _moment(stated: a.Stated, name: str, of_selection: datetime | None) -> datetime | None:
    stated_so: datetime | None = stated.get(f"mark.{name}")
    return of_selection if of_selection is not None else stated_so
