"""A REFI-QDA project that came in, of whatever program, as what it holds in our words.

What this program wrote comes back as it was, by its typed attributes. What others wrote is read as far as there is a
place for it, and everything else is counted and said: nothing is dropped without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotate.errors import ImportRefused
from annotate.exchange.incoming import Incoming, IncomingArticle, IncomingTag
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.codebook_in import codebook_of, said_of
from annotate.exchange.refi.foreign import ForeignReading
from annotate.exchange.refi.identity import guid_in
from annotate.exchange.refi.notes_in import Notes
from annotate.exchange.refi.package import Package
from annotate.exchange.refi.positions import READINGS, Places, Selected, taken_reading
from annotate.exchange.refi.records_in import Case, RecordReading, case_of
from annotate.exchange.refi.sources_in import Selection, Source, SourceReading
from annotate.exchange.refi.xml_in import Element, Variables, child, consumed, guid_of, references, words_in
from annotate.exchange.told import sentences
from annotate.garbage import garbage_left
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
    with garbage_left():
        return _ProjectReading(name, package, data if package is None else package.project()).incoming()


class _ProjectReading:
    def __init__(self, name: str, package: Package | None, described: bytes) -> None:
        self._name, self._package = name, package
        self._tool, self._own = "", False
        self._users: dict[str, str] = {}
        self._variables = Variables()
        self._sources = SourceReading(package, self._variables, own=False)
        self._notes = Notes(name, package, self._variables)
        self._cases: list[Case] = []
        self._sets: list[_Set] = []
        self._graphs = 0
        self._said: list[str] = []
        self._told: Counter[str] = Counter()
        self._lines: dict[str, list[str]] = {}
        """Lines for notes: what cases and sets say of a selection or source, by its GUID."""
        self._project_note: list[str] = []
        kinds_of_sources = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
        take: dict[str, Callable[[Element], None]] = {
            "User": self._take_user,
            "Variable": self._variables.declare,
            "Case": lambda one: self._cases.append(case_of(one, self._variables)),
            **dict.fromkeys(kinds_of_sources, lambda one: self._sources.take(one)),
            "Note": self._notes.take_note,
            "Link": self._notes.take_link,
            "Set": lambda one: self._sets.append(_set_of(one)),
            "Graph": self._take_graph,
        }
        self._root = consumed(described, name, "Project", take, self._begin)
        self._book = codebook_of(child(self._root, "CodeBook"))
        self._notes.tie()

    def _begin(self, root: Element) -> None:
        self._tool = (root.get("origin") or "").strip()
        self._own = self._tool.startswith(identity.ORIGIN)
        self._sources = SourceReading(self._package, self._variables, own=self._own)

    def _take_user(self, element: Element) -> None:
        self._users[guid_of(element)] = element.get("name") or element.get("id") or ""

    def _take_graph(self, _element: Element) -> None:
        self._graphs += 1

    def incoming(self) -> Incoming:
        sources = self._sources.found
        every = [one for source in sources.by_key.values() for one in source.selections]
        self._place()
        by_guid: dict[str, Selection] = {}
        for one in every:
            by_guid.setdefault(one.guid, one)
        records = RecordReading(sources, by_guid, self._book, self._notes, self._users).read(self._cases)
        for case in records.others:
            self._case(case)
        for group in self._sets:
            self._set(group)
        left = [one for one in every if by_guid[one.guid] is not one or one.guid not in records.of_selection]
        foreign = ForeignReading(sources, self._book, self._notes, self._users, self._lines).read(
            left, records.links_left
        )
        self._told += records.told + foreign.told
        for other, key in sources.same_as.items():
            self._lines.setdefault(key, []).extend(self._lines.get(other, ()))
        articles = tuple(self._article(source) for source in sources.by_key.values())
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
        sources = self._sources.found.by_key.values()
        taken = taken_reading((source.text, [*_selected(source)]) for source in sources if source.trusted)
        if taken.tried and not (self._own and taken.reading == READINGS[0]):
            self._said.append(taken.sentence)
        looked_through = marked = 0
        for source in sources:
            places = Places(source.text, taken.reading) if source.trusted else None
            for one in source.selections:
                if one.start is not None and one.end is not None and places is not None:
                    one.span = places.span(one.start, one.end)
                if one.span is None and one.words and looked_through < _LOOKED_THROUGH:
                    looked_through += len(source.draft.text)
                    one.span = _found(source.draft.text, one.words)
                marked += one.span[1] - one.span[0] if one.span is not None else 0
        if marked > _MARKED:
            raise ImportRefused(
                f"{self._name} codes so much, again and again, that it would fill the memory; it was not read."
            )

    def _case(self, case: Case) -> None:
        own = {name: str(value) for name, value in case.values.own.items()}
        codes = "; ".join(self._book.names[code] for code in case.codes if code in self._book.names)
        values = own | self._variables.named(case.values) | ({"codes": codes} if codes else {})
        stated = "; ".join(f"{name}: {value}" for name, value in values.items())
        line = f"Case “{case.name.strip()}”"
        line += "".join(f"\n{one}" for one in (stated, case.description.strip()) if one)
        ends = case.selections or case.sources
        self._notes.spend(len(line) * len(ends))
        for guid in ends:
            self._lines.setdefault(guid, []).append(line)
        if ends:
            self._told["Cases, whose names and variables are in the notes of what belongs to them: {number}."] += 1
        elif stated or case.description.strip():
            self._project_note.append(line)
            self._told["Cases that nothing belongs to, kept in the project's note: {number}."] += 1
        else:
            self._told["Cases that nothing belongs to and that say nothing, which stayed out: {number}."] += 1

    def _set(self, group: _Set) -> None:
        self._book.take_set(group.guid, group.codes)
        if group.guid in _OUR_SETS:
            return
        line = f"In the set “{group.name}”"
        self._notes.spend(len(line) * len(group.sources))
        for guid in group.sources:
            self._lines.setdefault(guid, []).append(line)
        if group.sources:
            self._told["Sets of sources, which are named in the notes of their articles: {number}."] += 1
        else:
            self._told["Sets of codes or notes, which stayed out: {number}."] += 1

    def _article(self, source: Source) -> IncomingArticle:
        values, draft = source.values, source.draft
        stated = a.fields_of(a.ARTICLE, values.own, {"published": Published})
        ours = self._own or a.FILE_NAME.key in values.own
        if ours and source.name is not None:
            draft = replace(draft, title=source.name)
        article: dict[str, Any] = {name: stated.pop(name) for name in _OF_ARTICLE if name in stated}
        draft = replace(
            draft,
            **stated,
            pages=_pages(values.own.get(a.PAGES.key, ""), draft),
            parts=_parts(values.own.get(a.PARTS.key, ""), draft) or draft.parts,
        )
        if not ours:
            draft = replace(draft, type=ArticleType.DOCUMENT)
        notes = [source.description] if ours else [source.description.strip(), source.said]
        notes += self._notes.words(self._notes.of(source.key, source.notes))
        known: dict[str, Any] = {}
        others = []
        for name, value in self._variables.named(values).items():
            place = _KNOWN_VARIABLES.get(name.strip().lower())
            if place is not None and value.strip() and place not in known and getattr(draft, place) is None:
                known[place] = value.strip()
            else:
                others.append(f"{name}: {value}")
        draft = replace(draft, **known)
        codes = "; ".join(self._book.names[code] for code in source.codes if code in self._book.names)
        if codes:
            self._told["Articles that were coded as a whole; their notes name the codes: {number}."] += 1
            others.append(f"Coded as a whole: {codes}")
        notes += ["\n".join(others), "\n".join(dict.fromkeys(self._lines.get(source.key, ())))]
        data, file_name = source.data, source.file_name
        if a.FILE_NAME.key in values.own:
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
        yield from self._sources.found.said
        told = self._told + self._sources.found.told
        if self._notes.coded:
            told["Coded passages of notes, whose codes stayed out: {number}."] = self._notes.coded
        if self._graphs:
            told["Graphs, which stayed out: {number}."] = self._graphs
        yield from sentences(told)
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
_LOOKED_THROUGH = 300_000_000
"""Code points that are looked through for words whose place is none; takes a second or two."""
_MARKED = 500_000_000
"""Code points of all passages together; 100,000 marks have some 20 million."""


@dataclass(frozen=True, slots=True)
class _Set:
    guid: str
    name: str
    codes: list[str]
    sources: list[str]


def _set_of(element: Element) -> _Set:
    codes, sources = references(element, "MemberCode"), references(element, "MemberSource")
    return _Set(guid_of(element), (element.get("name") or "").strip(), codes, sources)


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
