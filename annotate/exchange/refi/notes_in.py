"""Notes and links of a package, and which note belongs to what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotate.errors import ImportRefused
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi.package import Package
from annotate.exchange.refi.xml_in import Element, Values, Variables, child, children, guid_of, references, words_in
from annotate.importers.decoding import decode

MOST_WORDS = 100_000_000
"""Code points that notes may fill here; a note that thousands of passages name would fill any memory."""


@dataclass(slots=True)
class Note:
    content: str
    """Its text alone."""
    words: str
    """With its name and description, as other programs show it."""
    values: Values
    user: str
    used: bool = False

    @property
    def record(self) -> str | None:
        """What it is where it is one of ours and more than words: check or attribution."""
        return self.values.own.get(a.RECORD.key)


@dataclass(frozen=True, slots=True)
class Link:
    guid: str
    name: str
    origin: str
    target: str
    notes: tuple[str, ...]


class Notes:
    """All notes by GUID, the links that are not from or to a note, and the notes that links tie to something."""

    def __init__(self, name: str, package: Package | None, variables: Variables) -> None:
        """`name` is the file's, for messages."""
        self._name, self._package, self._variables = name, package, variables
        self._links: list[Link] = []
        self._left = MOST_WORDS
        self.notes: dict[str, Note] = {}
        self.links: list[Link] = []
        self.tied: dict[str, list[str]] = {}
        """GUIDs of notes by the GUID of what a link ties them to."""
        self.coded = 0
        """Passages of notes that are coded."""

    def take_note(self, element: Element) -> None:
        """A Note element. Raises ImportRefused where its file in the package is damaged or no text."""
        content = words_in(element, "PlainTextContent")
        package = self._package
        member = package.find(element.get("plainTextPath")) if package is not None and not content else None
        if member is not None and package is not None:
            data = package.read(member)
            content = decode(data, self._name).text if data else ""
        name = (element.get("name") or "").strip()
        described = words_in(element, "Description").strip()
        pieces = [name if not content.startswith(name) else "", described, content.strip()]
        self.coded += sum(1 for one in children(element, "PlainTextSelection") if child(one, "Coding") is not None)
        words = "\n".join(piece for piece in pieces if piece)
        note = Note(content, words, self._variables.of(element), guid_of(element, "creatingUser"))
        self.notes.setdefault(guid_of(element), note)

    def take_link(self, element: Element) -> None:
        """A Link element."""
        name = (element.get("name") or "").strip()
        ends = guid_of(element, "originGUID"), guid_of(element, "targetGUID")
        self._links.append(Link(guid_of(element), name, *ends, tuple(references(element, "NoteRef"))))

    def tie(self) -> None:
        """Part the links that tie notes to something from the others, once all are there."""
        for link in self._links:
            if link.origin in self.notes:
                self.tied.setdefault(link.target, []).append(link.origin)
            elif link.target in self.notes:
                self.tied.setdefault(link.origin, []).append(link.target)
            else:
                self.links.append(link)

    def words(self, guids: Iterable[str], ours: Collection[str] = ()) -> list[str]:
        """The words of notes, which have a place now; of `ours` only what they say, without their names."""
        found = []
        for guid in guids:
            note = self.notes.get(guid)
            if note is not None:
                note.used = True
                words = note.content if guid in ours else note.words
                if words:
                    found.append(words)
        self.spend(sum(map(len, found)))
        return found

    def of(self, guid: str, named: Iterable[str] = ()) -> list[str]:
        """GUIDs of the notes of something: those it names and those that links tie to it, each once."""
        return list(dict.fromkeys([*named, *self.tied.get(guid, ())]))

    def spend(self, code_points: int) -> None:
        """Count what goes into notes. Raises ImportRefused where that becomes more than any project has."""
        self._left -= code_points
        if self._left < 0:
            raise ImportRefused(
                f"{self._name} repeats its notes so often that they would fill the memory; it was not read."
            )
