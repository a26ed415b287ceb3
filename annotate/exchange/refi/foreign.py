"""Coded passages of another program as marks: its codes tell their kinds where they are named like ours.

A passage whose codes (or those above them) name a kind is a mark of that kind; one whose codes name none is a claim,
and its codes are its tags. Codings of the same words by the same person are one mark, since programs write one passage
for each coding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from annotate.exchange.incoming import IncomingAnnotation, IncomingAttribution, IncomingLink, IncomingSource
from annotate.exchange.moments import moment_of
from annotate.exchange.refi.cases_out import SHOWN
from annotate.exchange.refi.codebook_in import Codebook
from annotate.exchange.refi.identity import guid_in
from annotate.exchange.refi.notes_in import Link, Notes
from annotate.exchange.refi.sources_in import Selection, Sources
from annotate.model import Span
from annotate.shortened import shortened
from annotate.vocabulary import Kind, Relation, Stance

_SAID = {
    **dict.fromkeys(("said by", "asserted by", "asserts", "attributed to", "according to", "source"), Stance.ASSERTS),
    **dict.fromkeys(("confirmed by", "confirms"), Stance.CONFIRMS),
    **dict.fromkeys(("denied by", "denies"), Stance.DENIES),
    **dict.fromkeys(("doubted by", "doubts"), Stance.DOUBTS),
}
"""Names of links from a claim to a source."""
_RELATIONS = {relation.value: relation for relation in Relation}


@dataclass(slots=True)
class Foreign:
    annotations: list[IncomingAnnotation] = field(default_factory=list)
    sources: list[IncomingSource] = field(default_factory=list)
    attributions: list[IncomingAttribution] = field(default_factory=list)
    links: list[IncomingLink] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Mark:
    selection: Selection
    kind: Kind
    user: str
    tags: dict[str, None]
    notes: dict[str, None]
    uid: UUID | None


class ForeignReading:
    """Makes marks of selections that are none of ours."""

    def __init__(
        self,
        sources: Sources,
        codebook: Codebook,
        notes: Notes,
        users: Mapping[str, str],
        said_of: Mapping[str, list[str]],
    ) -> None:
        """`said_of` are lines for notes by the GUID of the selection: what cases say of it."""
        self._sources, self._codebook, self._notes = sources, codebook, notes
        self._users, self._said_of = users, said_of
        self._marks: dict[tuple[object, ...], _Mark] = {}
        self._of_selection: dict[str, _Mark] = {}
        self._uids: set[UUID] = set()
        self._source_of: dict[int, str] = {}
        self._named: set[str] = set()
        self.found = Foreign()

    def read(self, selections: Iterable[Selection], links: Iterable[Link]) -> Foreign:
        for selection in selections:
            self._take(selection)
        self._links(links)
        keys = self._keys()
        for mark in self._marks.values():
            self.found.annotations.append(self._annotation(mark, keys))
        return self.found

    def _take(self, selection: Selection) -> None:
        told = self.found.told
        if selection.span is None and not selection.words.strip():
            told["Passages that have neither a place in the text nor words, which stayed out: {number}."] += 1
            return
        by_kind: dict[tuple[Kind, str], dict[str, None]] = {}
        kindless: dict[str, dict[str, None]] = {}
        for coding in selection.codings:
            user = coding.user or selection.user
            kind = self._codebook.kind_of.get(coding.code)
            tag = self._codebook.tag_of.get(coding.code)
            into = kindless.setdefault(user, {}) if kind is None else by_kind.setdefault((kind, user), {})
            if tag is not None:
                into[tag] = None
            elif kind is None:
                told["Codings with a code that is not in the codebook, kept as claims without it: {number}."] += 1
        for user, tags in kindless.items():
            kinds = [key for key in by_kind if key[1] == user]
            if not kinds:
                told[
                    "Passages whose codes name none of the kinds became claims, with the codes as tags: {number}."
                ] += 1
            for key in kinds or [(Kind.CLAIM, user)]:
                by_kind.setdefault(key, {}).update(tags)
        if not by_kind:
            told["Passages without a code became claims without a tag: {number}."] += 1
            by_kind[Kind.CLAIM, selection.user] = {}
        for (kind, user), tags in by_kind.items():
            self._mark(selection, kind, user, tags)

    def _mark(self, selection: Selection, kind: Kind, user: str, tags: dict[str, None]) -> None:
        where = selection.span or (selection.guid, selection.words)
        mark = self._marks.get((selection.article, where, kind, user))
        notes = dict.fromkeys(filter(None, self._said(selection)))
        if mark is None:
            mark = _Mark(selection, kind, user, {}, {}, self._uid(selection, kind))
            self._marks[selection.article, where, kind, user] = mark
        else:
            self.found.told["Codings of the same words that became one mark with another one: {number}."] += 1
        mark.tags |= tags
        mark.notes |= notes
        self._of_selection.setdefault(selection.guid, mark)

    def _said(self, selection: Selection) -> list[str]:
        guids = self._notes.of(selection.guid, selection.notes)
        guids += [guid for coding in selection.codings for guid in coding.notes]
        return [selection.description.strip(), *self._notes.words(guids), *self._said_of.get(selection.guid, ())]

    def _uid(self, selection: Selection, kind: Kind) -> UUID | None:
        """The passage's GUID for its first mark, one made from it for others, so that no second import doubles them."""
        uid = guid_in(selection.guid)
        if uid in self._uids and uid is not None:
            uid = uuid5(uid, kind.value)
        if uid is None or uid in self._uids:
            return None
        self._uids.add(uid)
        return uid

    def _keys(self) -> dict[int, str]:
        return {id(mark): str(mark.uid or f"mark {number}") for number, mark in enumerate(self._marks.values())}

    def _links(self, links: Iterable[Link]) -> None:
        keys = self._keys()
        mentions: dict[str, str] = {}
        for link in links:
            origin, target = self._of_selection.get(link.origin), self._of_selection.get(link.target)
            name = link.name.lower()
            if origin is None or target is None or origin is target:
                self.found.told["Links between what are no marks here, which stayed out: {number}."] += 1
            elif name in _RELATIONS and (origin.kind, target.kind) == (Kind.CLAIM, _RELATIONS[name].to_kind):
                note = "\n\n".join(self._notes.words(link.notes))
                ends = keys[id(origin)], keys[id(target)]
                self.found.links.append(IncomingLink(*ends, _RELATIONS[name], note, guid_in(link.guid)))
            elif name in _SAID and origin.kind is not Kind.SOURCE and target.kind is Kind.SOURCE:
                mention = keys[id(target)]
                if mention not in mentions:
                    mentions[mention] = self._source(target)
                source = mentions[mention]
                uid = guid_in(link.guid)
                self.found.attributions.append(
                    IncomingAttribution(keys[id(origin)], source, _SAID[name], mention=mention, uid=uid)
                )
            else:
                line = f"{link.name or 'linked'}: “{self._words(target)}”"
                self._notes.spend(len(line))
                origin.notes |= dict.fromkeys([line, *self._notes.words(link.notes)])
                self.found.told["Links that are none of those here became a line in a note: {number}."] += 1

    def _words(self, mark: _Mark) -> str:
        """Its words, as long as a name may be."""
        source = self._sources.of(mark.selection.article)
        span = mark.selection.span
        if source is None or span is None:
            return shortened(mark.selection.words, SHOWN)
        return shortened(source.draft.text[span[0] : min(span[1], span[0] + 4 * SHOWN)], SHOWN)

    def _source(self, mark: _Mark) -> str:
        """The key of the entry of the register for whom a mention names."""
        name = " ".join(self._words(mark).split())
        key = f"named {name.casefold()}"
        if key not in self._named:
            self._named.add(key)
            self.found.sources.append(IncomingSource(key, name))
        self._source_of[id(mark)] = key
        return key

    def _annotation(self, mark: _Mark, keys: Mapping[int, str]) -> IncomingAnnotation:
        selection = mark.selection
        coding = next((one for one in selection.codings if (one.user or selection.user) == mark.user), None)
        made_at = moment_of(coding.made_at) if coding is not None else None
        made_at = made_at or selection.made_at
        if selection.span is None:
            self.found.told["Passages whose place is not in the text, kept with their words only: {number}."] += 1
        return IncomingAnnotation(
            key=keys[id(mark)],
            article=selection.article,
            kind=mark.kind,
            spans=(Span(*selection.span),) if selection.span is not None else (),
            words=selection.words if selection.span is None else "",
            source=self._source_of.get(id(mark)),
            tags=tuple(mark.tags),
            note="\n\n".join(mark.notes),
            analyst=self._users.get(mark.user, ""),
            created_at=made_at,
            changed_at=selection.changed_at or made_at,
            uid=mark.uid,
        )
