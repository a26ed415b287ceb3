"""A REFI-QDA project that came in, of whatever program, as what it holds in our words.

What this program wrote comes back as it was, by its typed attributes. What others wrote is read as far as there is a
place for it, and everything else is counted and said: nothing is dropped without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotate.errors import ImportRefused
from annotate.exchange.incoming import Incoming, IncomingArticle, IncomingTag
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.codebook_in import codebook_of, said_of
from annotate.exchange.refi.foreign import ForeignReading
from annotate.exchange.refi.identity import guid_in
from annotate.exchange.refi.notes_in import notes_of
from annotate.exchange.refi.package import Package
from annotate.exchange.refi.positions import READINGS, Places, Selected, taken_reading
from annotate.exchange.refi.records_in import Case, RecordReading
from annotate.exchange.refi.sources_in import Selection, Source, sources_of
from annotate.exchange.refi.xml_in import Variables, child, children, guid_of, references, root_of, words_in
from annotate.importers.archive import ZIP_STARTS
from annotate.importers.draft import Draft, DraftPart
from annotate.model import Published
from annotate.vocabulary import ArticleStatus, ArticleType, PartRole

_KNOWN_VARIABLES = {
    **dict.fromkeys(("url", "link", "web address", "address", "uri"), "url"),
    **dict.fromkeys(("author", "authors", "byline"), "author"),
    **dict.fromkeys(("outlet", "publisher", "newspaper", "medium"), "outlet"),
}
"""Variables of sources that are what articles have here, by their names in lower case."""


def read_project(name: str, data: bytes) -> Incoming:
    """What a package (.qdpx), or the description alone (.qde), holds.

    Raises ImportRefused, with one sentence that names the file, for whatever stands in the way.
    """
    if not data:
        raise ImportRefused(f"{name} is empty; there is nothing to take in.")
    described = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not data.startswith(ZIP_STARTS)
    package = None if described else Package(data, name)
    return _ProjectReading(name, package, data if package is None else package.project()).incoming()


class _ProjectReading:
    def __init__(self, name: str, package: Package | None, described: bytes) -> None:
        self._name, self._package = name, package
        self._root = root_of(described, name, "Project")
        self._tool = (self._root.get("origin") or "").strip()
        self._own = self._tool.startswith(identity.ORIGIN)
        users = children(child(self._root, "Users"), "User")
        self._users = {guid_of(user): user.get("name") or user.get("id") or "" for user in users}
        self._variables = Variables(self._root)
        self._book = codebook_of(self._root, child(self._root, "CodeBook"))
        self._sources = sources_of(self._root, package, self._variables, own=self._own)
        self._notes = notes_of(self._root, package, self._variables, self._users, own=self._own)
        self._said: list[str] = []
        self._told: Counter[str] = Counter()
        self._lines: dict[str, list[str]] = {}
        """Lines for notes: what cases and sets say of a selection or source, by its GUID."""
        self._project_note: list[str] = []

    def incoming(self) -> Incoming:
        every = [one for source in self._sources.by_key.values() for one in source.selections]
        self._place()
        by_guid: dict[str, Selection] = {}
        for one in every:
            by_guid.setdefault(one.guid, one)
        reading = RecordReading(self._sources, by_guid, self._book, self._notes, self._variables, self._users)
        records = reading.read(self._root)
        for case in records.others:
            self._case(case)
        self._sets()
        left = [one for one in every if by_guid[one.guid] is not one or one.guid not in records.of_selection]
        foreign = ForeignReading(self._sources, self._book, self._notes, self._users, self._lines).read(
            left, records.links_left
        )
        self._told += records.told + foreign.told
        articles = tuple(self._article(source) for source in self._sources.by_key.values())
        tags = tuple(map(self._with_notes, self._book.tags.values()))
        self._free_notes()
        return Incoming(
            self._name,
            self._tool or "REFI-QDA",
            articles=articles,
            tags=tags,
            events=tuple(records.events),
            sources=(*records.sources, *foreign.sources),
            annotations=(*records.annotations, *foreign.annotations),
            attributions=(*records.attributions, *foreign.attributions),
            links=(*records.links, *foreign.links),
            checks=tuple(records.checks),
            note="\n\n".join(self._project_note),
            said=tuple(self._sentences()),
        )

    def _place(self) -> None:
        """Give every selection its place in code points."""
        sources = self._sources.by_key.values()
        reading = READINGS[0]
        if not self._own:
            trusted = [source for source in sources if source.trusted]
            texts = [(source.text, [*_selected(source)]) for source in trusted]
            taken = taken_reading(texts)
            reading = taken.reading
            if taken.tried:
                self._said.append(taken.sentence)
        for source in sources:
            places = Places(source.text, reading) if source.trusted else None
            for one in source.selections:
                if one.start is not None and one.end is not None and places is not None:
                    one.span = places.span(one.start, one.end)
                if one.span is None and one.words:
                    one.span = _found(source.draft.text, one.words)

    def _case(self, case: Case) -> None:
        stated = "; ".join(f"{name}: {value}" for name, value in case.values.items() if value)
        line = f"Case “{case.name}”" + "".join(f"\n{one}" for one in (stated, case.description) if one)
        ends = case.selections or case.sources
        for guid in ends:
            self._lines.setdefault(guid, []).append(line)
        if ends:
            self._told["Cases, whose names and variables are in the notes of what belongs to them: {number}."] += 1
        elif stated or case.description:
            self._project_note.append(line)
            self._told["Cases that nothing belongs to, kept in the project's note: {number}."] += 1
        else:
            self._told["Cases that nothing belongs to and that say nothing, which stayed out: {number}."] += 1

    def _sets(self) -> None:
        for one in children(child(self._root, "Sets"), "Set"):
            if guid_of(one) in _OUR_SETS:
                continue
            members = references(one, "MemberSource")
            for guid in members:
                self._lines.setdefault(guid, []).append(f"In the set “{(one.get('name') or '').strip()}”")
            if members:
                self._told["Sets of sources, which are named in the notes of their articles: {number}."] += 1
            else:
                self._told["Sets of codes or notes, which stayed out: {number}."] += 1

    def _article(self, source: Source) -> IncomingArticle:
        values, element = source.values, source.element
        draft = source.draft
        title = element.get("name")
        stated = a.fields_of(a.ARTICLE, values.own, {"published": Published})
        own = self._own and a.FILE_NAME.key in values.own
        if self._own and title is not None:
            draft = replace(draft, title=title)
        article: dict[str, Any] = {name: stated.pop(name) for name in _OF_ARTICLE if name in stated}
        draft = replace(
            draft,
            **stated,
            pages=_pages(values.own.get(a.PAGES.key, ""), draft),
            parts=_parts(values.own.get(a.PARTS.key, ""), draft) or draft.parts,
        )
        if not self._own and "type" not in stated:
            draft = replace(draft, type=ArticleType.DOCUMENT)
        notes = [source.description] if self._own else [source.description.strip(), source.said]
        notes += self._notes.words(self._notes.of(source.key, source.notes))
        known: dict[str, Any] = {}
        others = []
        for name, value in values.other.items():
            place = _KNOWN_VARIABLES.get(name.strip().lower())
            if place is not None and value.strip() and place not in known and getattr(draft, place) is None:
                known[place] = value.strip()
            elif value:
                others.append(f"{name}: {value}")
        draft = replace(draft, **known)
        notes += ["\n".join(others), "\n".join(self._lines_of(source))]
        data, file_name = source.data, source.file_name
        if own:
            file_name = values.own[a.FILE_NAME.key]
            member = self._package.find(values.own.get(a.FILE_PATH.key)) if self._package is not None else None
            if member is not None and self._package is not None:
                data = self._package.read(member)
        return IncomingArticle(
            key=source.key,
            draft=draft,
            file_name=file_name,
            data=data,
            uid=guid_in(source.key),
            note="\n\n".join(filter(None, notes)),
            **{"status": ArticleStatus.IN_PROGRESS, **article},
        )

    def _lines_of(self, source: Source) -> list[str]:
        guids = [source.key, *(guid for guid, key in self._sources.same_as.items() if key == source.key)]
        return list(dict.fromkeys(line for guid in guids for line in self._lines.get(guid, ())))

    def _with_notes(self, tag: IncomingTag) -> IncomingTag:
        words = self._notes.words(self._notes.of(tag.key, self._book.notes.get(tag.key, ())))
        return replace(tag, meaning="\n\n".join(filter(None, [tag.meaning, *words]))) if words else tag

    def _free_notes(self) -> None:
        if self._own:
            return
        described = words_in(self._root, "Description").strip()
        of_project = self._notes.words(references(self._root, "NoteRef"))
        free = [guid for guid, note in self._notes.notes.items() if not note.used]
        if free:
            self._told["Notes that belong to nothing taken in, kept in the project's note: {number}."] += len(free)
        self._project_note += filter(None, [described, *of_project, *self._notes.words(free)])

    def _sentences(self) -> Iterator[str]:
        yield from said_of(self._book)
        yield from self._said
        yield from self._sources.said
        told = self._told + self._sources.told
        if self._notes.coded:
            told["Coded passages of notes, whose codes stayed out: {number}."] = self._notes.coded
        graphs = sum(1 for _ in children(child(self._root, "Graphs"), "Graph"))
        if graphs:
            told["Graphs, which stayed out: {number}."] = graphs
        yield from (sentence.format(number=f"{number:,}") for sentence, number in told.items())
        refused: Mapping[str, int] = self._variables.refused
        for name, number in refused.items():
            yield f"Values of “{name}” that it cannot have, which stayed out: {number:,}."


_OF_ARTICLE = ("archive_url", "collected_at", "collected_by", "status")
"""Attributes of articles that no draft has."""
_OUR_SETS = {
    *(str(identity.fixed(f"set:status:{status.value}")) for status in ArticleStatus),
    str(identity.fixed("set:checks")),
    *(str(identity.key_set(key)) for key in "123456789"),
}


def _selected(source: Source) -> Iterator[Selected]:
    for one in source.selections:
        if one.start is not None and one.end is not None:
            yield Selected(one.start, one.end, one.words)


def _found(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand, if they stand at one place only."""
    place = text.find(words)
    return (place, place + len(words)) if place >= 0 and text.find(words, place + 1) < 0 else None


def _pages(words: str, draft: Draft) -> tuple[int, ...]:
    starts = tuple(int(one) for one in words.split() if one.isascii() and one.isdigit() and len(one) < 12)
    return starts if starts and list(starts) == sorted(starts) and starts[-1] <= len(draft.text) else draft.pages


def _parts(words: str, draft: Draft) -> tuple[DraftPart, ...]:
    parts = []
    roles = {role.value: role for role in PartRole}
    for line in words.split("\n"):
        role, _, place = line.partition(" ")
        ends = [int(one) for one in place.split() if one.isascii() and one.isdigit() and len(one) < 12]
        if role in roles and len(ends) == 2 and 0 <= ends[0] <= ends[1] <= len(draft.text):
            parts.append(DraftPart(roles[role], ends[0], ends[1]))
    return tuple(parts)
