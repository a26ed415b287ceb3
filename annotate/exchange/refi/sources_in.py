"""The sources of a package as articles with the selections in them; what is no text is counted.

A text comes from plain text where the package has any, else from the Word or PDF file that it has, through the
importers. Of a source whose text is nowhere in the package, the passages that name their words are kept, one below the
other, so that what was coded is not lost; the article says so.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.exchange.moments import moment_of
from annotate.exchange.refi.package import Package
from annotate.exchange.refi.positions import FileText, file_text
from annotate.exchange.refi.xml_in import (
    Element,
    Values,
    Variables,
    child,
    children,
    guid_of,
    local_name,
    number_in,
    references,
    words_in,
)
from annotate.importers.decoding import decode
from annotate.importers.draft import Draft
from annotate.importers.headline import guessed_title

_ENDINGS = {".txt", ".docx", ".doc", ".rtf", ".pdf", ".odt", ".md", ".html", ".htm"}
_NUMBER = re.compile("[0-9a-fA-F-]{24,}")
"""A name that a program gave where it knew none."""
_NO_WORDS = ("quotation ", "line:", "zitat ", "page ")
"""What the names of selections begin with that programs number."""


@dataclass(slots=True)
class Coding:
    code: str
    user: str
    made_at: str | None
    """As written."""
    notes: list[str]


@dataclass(slots=True)
class Selection:
    """A passage; `start` and `end` are the file's positions, None where it names none that can be."""

    guid: str
    name: str
    start: int | None
    end: int | None
    description: str
    codings: list[Coding]
    notes: list[str]
    user: str
    made_at: datetime | None
    changed_at: datetime | None
    article: str = ""
    span: tuple[int, int] | None = None
    """Its place in code points, once that is known."""

    @property
    def words(self) -> str:
        """Its name, where that may be its words."""
        return "" if self.name.strip().lower().startswith(_NO_WORDS) else self.name


@dataclass(slots=True)
class Source:
    """A source that has a text."""

    key: str
    name: str | None
    draft: Draft
    data: bytes
    file_name: str
    text: FileText
    trusted: bool
    """The positions are about this text."""
    selections: list[Selection]
    values: Values
    description: str
    codes: list[str]
    """Of the source as a whole."""
    notes: list[str]
    said: str = ""
    """About its text, for the article's note."""


@dataclass(slots=True)
class Sources:
    """All sources of a project by GUID; a GUID of the same text twice leads to the same source."""

    by_key: dict[str, Source] = field(default_factory=dict)
    same_as: dict[str, str] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def of(self, guid: str) -> Source | None:
        return self.by_key.get(self.same_as.get(guid, guid))


class SourceReading:
    """Takes the sources of one file in; `own` where this program wrote it, so that texts are what they are."""

    def __init__(self, package: Package | None, variables: Variables, own: bool) -> None:
        self._package, self._variables, self._own = package, variables, own
        self.found = Sources()
        self._by_member: dict[str, str] = {}
        self._texts: dict[str, tuple[bytes, FileText]] = {}

    def take(self, element: Element) -> None:
        """One element of Sources. Raises ImportRefused where a member of the package is damaged."""
        kind = local_name(element)
        if kind == "TextSource":
            self._text(element, element, "PlainTextSelection")
        elif kind == "PDFSource":
            self._pdf(element)
        elif kind == "PictureSource":
            self._picture(element)
        elif kind in ("AudioSource", "VideoSource"):
            self._recording(element, "Recordings")
        else:
            self.found.told["Sources of a kind that is not known: {number}."] += 1

    def _pdf(self, element: Element) -> None:
        told = self.found.told
        representation = child(element, "Representation")
        areas = list(children(element, "PDFSelection"))
        texts = [] if representation is None else list(children(representation, "PlainTextSelection"))
        in_text = {guid_of(one) for one in texts}
        selections = [_selection(one) for one in texts]
        for area in areas:
            words = words_in(child(area, "Representation"), "PlainTextContent")
            if guid_of(area) in in_text:
                continue
            if words.strip():
                selection = _selection(area)
                selection.name = words
                selections.append(selection)
            else:
                told["Areas on pages of PDF files, which have no words: {number}."] += 1
        source = self._read(representation, element, selections, element.get("path"))
        if source is None:
            told["PDF files whose text is not in the package, left out: {number}."] += 1

    def _picture(self, element: Element) -> None:
        told = self.found.told
        told["Pictures, which stayed out: {number}."] += 1
        areas = sum(1 for _ in children(element, "PictureSelection"))
        if areas:
            told["Areas in pictures, with what was coded there, which stayed out: {number}."] += areas
        description = child(element, "TextDescription")
        if description is not None:
            self._text(description, element, "PlainTextSelection")

    def _recording(self, element: Element, what: str) -> None:
        told = self.found.told
        told[f"{what}, which stayed out: {{number}}."] += 1
        stretches = sum(1 for name in ("AudioSelection", "VideoSelection") for _ in children(element, name))
        if stretches:
            told["Stretches of recordings, with what was coded there, which stayed out: {number}."] += stretches
        for transcript in children(element, "Transcript"):
            self._text(transcript, transcript, "TranscriptSelection")

    def _text(self, text: Element, source: Element, selected: str) -> None:
        at = {guid_of(one): number_in(one.get("position")) for one in children(text, "SyncPoint")}
        if at:
            self.found.told["Times at which a transcript is spoken, which stayed out: {number}."] += len(at)
        selections = []
        for one in children(text, selected):
            selection = _selection(one)
            if selected == "TranscriptSelection":
                selection.start = at.get(guid_of(one, "fromSyncPoint"))
                selection.end = at.get(guid_of(one, "toSyncPoint"))
            selections.append(selection)
        if self._read(text, source, selections, None) is None:
            self.found.told["Texts that are empty or not in the package, left out: {number}."] += 1

    def _read(
        self, text: Element | None, source: Element, selections: list[Selection], file_path: str | None
    ) -> Source | None:
        """Read a source's text and keep it; None where there is none and no passage that names its words."""
        key = guid_of(source)
        name = (source.get("name") or "").strip()
        content = words_in(text, "PlainTextContent")
        member = self._member(text.get("plainTextPath")) if text is not None and not content else None
        if member is not None and member in self._by_member and not self._own:
            return self._again(key, self.found.by_key[self._by_member[member]], selections)
        rich = self._member(file_path or (text.get("richTextPath") if text is not None else None))
        rich_data = self._package.read(rich) if rich is not None and self._package is not None else b""
        draft: Draft | None = None
        trusted, said = True, ""
        file_name = _file_name(name, ".txt", key)
        data, words = self._plain(content, member, name or "a text")
        if words.body.strip() or (self._own and member is not None):
            draft = Draft(words.body, _title(name, words.body), title_confirmed=False)
        elif rich_data:
            draft, trusted = self._through_importers(rich_data, name or key, str(rich)), False
        if rich_data and draft is not None:
            data, file_name = rich_data, _file_name(name, PurePath(str(rich)).suffix, key)
        if draft is None and any(one.words.strip() for one in selections):
            draft, said = _of_passages(selections, name), "The text itself is not in the package."
            data = draft.text.encode("utf-8")
        if draft is None:
            return None
        if not trusted or not words.body.strip():
            words = FileText(draft.text)
        found = Source(
            key=key if key and key not in self.found.by_key else f"source {len(self.found.by_key) + 1}",
            name=source.get("name"),
            draft=draft,
            data=data,
            file_name=file_name,
            text=words,
            trusted=trusted and not said,
            selections=selections,
            values=self._variables.of(source),
            description=words_in(source, "Description"),
            codes=[code for one in children(source, "Coding") for code in references(one, "CodeRef")],
            notes=references(source, "NoteRef"),
            said=said,
        )
        for one in selections:
            one.article = found.key
        self.found.by_key[found.key] = found
        if member is not None:
            self._by_member[member] = found.key
        if said:
            self.found.told[
                "Texts that are not in the package, of which only the coded passages were taken in: {number}."
            ] += 1
        return found

    def _again(self, key: str, found: Source, selections: list[Selection]) -> Source:
        """A source whose text another one has: transcripts stand among the texts, too."""
        self.found.same_as[key] = found.key
        for one in selections:
            one.article = found.key
        found.selections += selections
        return found

    def _plain(self, content: str, member: str | None, name: str) -> tuple[bytes, FileText]:
        """The bytes and words of a plain text, given in the description or as a member of the package."""
        if content or member is None or self._package is None:
            return content.encode("utf-8", "replace"), file_text(content)
        if member not in self._texts:
            data = self._package.read(member)
            self._texts[member] = data, file_text(self._decoded(data, name)) if data else FileText("")
        return self._texts[member]

    def _member(self, path: str | None) -> str | None:
        return self._package.find(path) if self._package is not None else None

    def _decoded(self, data: bytes, name: str) -> str:
        if self._own:
            with suppress(UnicodeDecodeError):
                return data.decode("utf-8")
        try:
            decoded = decode(data, name)
        except ImportRefused as refused:
            self.found.said.append(str(refused))
            return ""
        self.found.said += decoded.warnings
        return decoded.text

    def _through_importers(self, data: bytes, name: str, member: str) -> Draft | None:
        from annotate.importers import read_bytes

        try:
            read = read_bytes(data, name if PurePath(name).suffix.lower() in _ENDINGS else PurePath(member).name)
        except ImportRefused as refused:
            self.found.said.append(str(refused))
            return None
        return read.articles[0] if len(read.articles) == 1 else None


def _selection(element: Element) -> Selection:
    # One walk over what is inside: a project has tens of thousands of these.
    description = ""
    codings, notes = [], []
    for part in element:
        part_name = local_name(part)
        if part_name == "Coding":
            codings.append(_coding(part))
        elif part_name == "NoteRef":
            notes.append(guid_of(part, "targetGUID"))
        elif part_name == "Description":
            description = part.text or ""
    return Selection(
        guid=guid_of(element),
        name=element.get("name") or "",
        start=number_in(element.get("startPosition")),
        end=number_in(element.get("endPosition")),
        description=description,
        codings=codings,
        notes=notes,
        user=guid_of(element, "creatingUser"),
        made_at=moment_of(element.get("creationDateTime")),
        changed_at=moment_of(element.get("modifiedDateTime")),
    )


def _coding(element: Element) -> Coding:
    coding = Coding("", guid_of(element, "creatingUser"), element.get("creationDateTime"), [])
    for part in element:
        if local_name(part) == "NoteRef":
            coding.notes.append(guid_of(part, "targetGUID"))
        elif not coding.code:
            coding.code = guid_of(part, "targetGUID")
    return coding


def _of_passages(selections: list[Selection], name: str) -> Draft:
    """A text of the words that passages name, in their order, with their places in it."""
    pieces: list[str] = []
    length = 0
    for one in sorted(selections, key=lambda one: (one.start or 0, one.end or 0)):
        words = canonical(one.words).text.strip()
        if words:
            length += 2 if pieces else 0
            one.span = (length, length + len(words))
            pieces.append(words)
            length += len(words)
    return Draft("\n\n".join(pieces), _title(name, pieces[0]), title_confirmed=False)


def _title(name: str, text: str) -> str:
    path = PurePath(name)
    stem = path.stem if path.suffix.lower() in _ENDINGS else name
    return guessed_title(text, "Text") if not stem or _NUMBER.fullmatch(stem) else stem


def _file_name(name: str, ending: str, key: str) -> str:
    path = PurePath(name.replace("/", "_").replace("\\", "_") or key or "text")
    return path.name if path.suffix.lower() == ending.lower() else f"{path.name}{ending}"
