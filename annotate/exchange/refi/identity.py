"""The GUIDs of what every project that goes out has: kinds, typed attributes, sets.

They are the same in every file and on every machine, so that they are recognised when a file comes back, also from
another program and under another name. Records go out under their own uids; what has none of its own (the second
span of a mark, the record beside its words) gets one made from the uid of the record.
"""

from __future__ import annotations

import re
from functools import cache
from uuid import UUID, uuid5

from annotate.vocabulary import Choice, ClaimType, FigureKind, Kind

ORIGIN = "Provenote"
"""What the origin of our files begins with; a version follows."""

_HERE = UUID("6d1bb1f4-5c0e-5a52-9d3c-2f1f0c6b7a10")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?", re.ASCII)


@cache
def fixed(name: str) -> UUID:
    """The GUID of something that every file has, by a name that never changes: "kind:claim"."""
    return uuid5(_HERE, name)


def derived(uid: UUID, name: str) -> UUID:
    """The GUID of a part of a record."""
    return uuid5(uid, name)


def of_analyst(name: str) -> UUID:
    return uuid5(_HERE, f"analyst:{name}")


KIND_CODES: dict[UUID, Kind] = {fixed(f"kind:{kind.value}"): kind for kind in Kind}
"""The codes that stand for kinds."""
SUBDIVISIONS: dict[Kind, type[Choice]] = {Kind.CLAIM: ClaimType, Kind.FIGURE: FigureKind}
"""What the codes below those of the kinds tell: they say again, for other programs, what an attribute says."""
TYPE_CODES: dict[UUID, Kind] = {
    fixed(f"{kind.value}:{choice.value}"): kind for kind, choices in SUBDIVISIONS.items() for choice in choices
}


def key_set(key: str) -> UUID:
    """The GUID of the set that holds the tag with a key of the keyboard."""
    return fixed(f"key:{key}")


def guid_in(words: str | None) -> UUID | None:
    """The UUID of a GUID as any program writes it, with or without braces; None for what is none."""
    found = _GUID.fullmatch(words.strip()) if words else None
    return UUID(found[1]) if found else None
