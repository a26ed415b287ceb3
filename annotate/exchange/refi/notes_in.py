"""Notes and links of a package, and which note belongs to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotate.exchange.refi import attributes as a
from annotate.exchange.refi.package import Package
from annotate.exchange.refi.xml_in import Element, Variables, child, children, guid_of, references, words_in
from annotate.importers.decoding import decode


@dataclass(slots=True)
class Note:
    words: str
    values: a.Values
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


@dataclass(slots=True)
class Notes:
    """All notes by GUID, the links that are not from or to a note, and the notes that links tie to something."""

    notes: dict[str, Note] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    tied: dict[str, list[str]] = field(default_factory=dict)
    """GUIDs of notes by the GUID of what a link ties them to."""
    coded: int = 0
    """Passages of notes that are coded."""

    def words(self, guids: Iterable[str]) -> list[str]:
        """The words of notes, which have a place now."""
        found = []
        for guid in guids:
            note = self.notes.get(guid)
            if note is not None:
                note.used = True
                if note.words:
                    found.append(note.words)
        return found

    def of(self, guid: str, named: Iterable[str] = ()) -> list[str]:
        """GUIDs of the notes of something: those it names and those that links tie to it, each once."""
        return list(dict.fromkeys([*named, *self.tied.get(guid, ())]))


def notes_of(
    root: Element, package: Package | None, variables: Variables, users: Mapping[str, str], *, own: bool
) -> Notes:
    """Read the notes and links. Raises ImportRefused where a member of the package is damaged or no text."""
    found = Notes()
    for element in children(child(root, "Notes"), "Note"):
        words = words_in(element, "PlainTextContent")
        member = package.find(element.get("plainTextPath")) if package is not None and not words else None
        if member is not None and package is not None:
            data = package.read(member)
            words = decode(data, "a note").text if data else ""
        if not own:
            name = (element.get("name") or "").strip()
            described = words_in(element, "Description").strip()
            pieces = [name if not words.startswith(name) else "", described, words.strip()]
            words = "\n".join(piece for piece in pieces if piece)
        found.coded += sum(1 for one in children(element, "PlainTextSelection") if child(one, "Coding") is not None)
        user = users.get(guid_of(element, "creatingUser"), "")
        found.notes.setdefault(guid_of(element), Note(words, variables.of(element), user))
    for element in children(child(root, "Links"), "Link"):
        link = Link(
            guid_of(element),
            (element.get("name") or "").strip(),
            guid_of(element, "originGUID"),
            guid_of(element, "targetGUID"),
            tuple(references(element, "NoteRef")),
        )
        if link.origin in found.notes:
            found.tied.setdefault(link.target, []).append(link.origin)
        elif link.target in found.notes:
            found.tied.setdefault(link.origin, []).append(link.target)
        else:
            found.links.append(link)
    return found
