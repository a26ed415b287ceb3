"""Codes that came in: which of them are our kinds, and the tags that the others become."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from annotate.errors import ImportRefused
from annotate.exchange.incoming import Incoming, IncomingTag
from annotate.exchange.kind_names import kind_named, taken_for_kinds
from annotate.exchange.refi import identity
from annotate.exchange.refi.identity import guid_in
from annotate.exchange.refi.xml_in import Element, child, children, guid_of, references, root_of, words_in
from annotate.exchange.told import sentences
from annotate.vocabulary import Kind

_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_KEYS = {str(identity.key_set(key)): key for key in "123456789"}
_DEEPEST = 100
"""Codes below each other; parsers stop at some 250 elements anyway."""


@dataclass(slots=True)
class Codebook:
    """What the codes of a file are here, by their GUIDs."""

    tags: dict[str, IncomingTag] = field(default_factory=dict)
    """In the order of the file, by key."""
    tag_of: dict[str, str] = field(default_factory=dict)
    """The tag of a code, where it says more than a kind."""
    kind_of: dict[str, Kind] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """GUIDs of the notes of a code, by the key of its tag."""
    names: dict[str, str] = field(default_factory=dict)
    """Of all codes."""
    kinds: list[str] = field(default_factory=list)
    """The names of codes that were taken for kinds because of what they are called."""
    told: Counter[str] = field(default_factory=Counter)

    def take_set(self, guid: str, members: Iterable[str]) -> None:
        """Give the tags in one of our sets the key of the keyboard that it stands for."""
        key = _KEYS.get(guid)
        for member in members if key is not None else ():
            tag = self.tag_of.get(member)
            if tag is not None:
                self.tags[tag] = replace(self.tags[tag], shortcut=key)


def read_codebook(name: str, data: bytes) -> Incoming:
    """The tags of a REFI-QDA codebook (.qdc). Raises ImportRefused, with one sentence that names the file."""
    root = root_of(data, name, "CodeBook")
    origin = (root.get("origin") or "").strip()
    book = codebook_of(root)
    for one in children(child(root, "Sets"), "Set"):
        book.take_set(guid_of(one), [guid_of(member) for member in children(one, "MemberCode")])
    if not book.tags and not book.kind_of:
        raise ImportRefused(f"{name} holds no codes; there is nothing to take in.")
    return Incoming(name, origin or "REFI-QDA", tags=tuple(book.tags.values()), said=said_of(book))


def codebook_of(book: Element | None) -> Codebook:
    """The codes below a CodeBook element."""
    found = Codebook()
    uids: set[UUID] = set()
    for code in children(child(book, "Codes"), "Code"):
        _take(found, code, None, None, uids, 0)
    return found


def _take(found: Codebook, code: Element, parent: str | None, kind: Kind | None, uids: set[UUID], depth: int) -> None:
    guid = guid_of(code)
    uid = guid_in(guid)
    below = list(children(code, "Code"))
    name = code.get("name") or ""
    found.names.setdefault(guid, name)
    if uid in identity.KIND_CODES or uid in identity.TYPE_CODES:
        assert uid is not None
        kind = identity.KIND_CODES.get(uid) or identity.TYPE_CODES[uid]
        found.kind_of[guid] = kind
        tag = None
    else:
        named_so, more = kind_named(name)
        kind = named_so or kind
        if guid in found.kind_of or guid in found.tag_of:
            found.told[
                "Codes that have the GUID of another one, taken in without what is coded with them: {number}."
            ] += 1
        elif kind is not None:
            found.kind_of[guid] = kind
        plain = named_so is not None and not more
        if plain:
            found.kinds.append(name.strip())
        tag = None if plain and not below and not words_in(code, "Description").strip() else _tag(code, uid, guid, uids)
        if tag is not None:
            if tag.key in found.tags:
                tag = replace(tag, key=f"{tag.key} in place {len(found.tags) + 1}", uid=None)
            tag = replace(tag, parent=parent)
            found.tags[tag.key] = tag
            found.notes[tag.key] = references(code, "NoteRef")
            if not plain:
                found.tag_of.setdefault(guid, tag.key)
    if depth > _DEEPEST:
        found.told["Codes that lie too deep below others: {number}."] += len(below)
        return
    for one in below:
        _take(found, one, tag.key if tag is not None else parent, kind, uids, depth + 1)


def _tag(code: Element, uid: UUID | None, guid: str, uids: set[UUID]) -> IncomingTag:
    colour = (code.get("color") or "").strip()
    if not _COLOUR.fullmatch(colour):
        colour = ""
    elif len(colour) == 4:
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    if uid is not None and uid in uids:
        uid = None
    if uid is not None:
        uids.add(uid)
    return IncomingTag(
        key=guid or f"code {code.get('name')}",
        name=code.get("name") or "",
        colour=colour or None,
        meaning=words_in(code, "Description"),
        uid=uid,
    )


def said_of(book: Codebook) -> tuple[str, ...]:
    """Sentences about what became of the codes."""
    return (*([taken_for_kinds("Codes", book.kinds)] if book.kinds else ()), *sentences(book.told))
