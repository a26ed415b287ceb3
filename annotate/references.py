"""The IDs that people use in sheets, talk and links, and what they name: C-0004, A-0003, SRC-014, K-0002.

Why it exists: a row of a workbook leads back to the words in the window, by a link (provenote://PROJECT-UID/C-0004) or
by its ID, copied and typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from annotate.vocabulary import Kind

SCHEME = "provenote"
"""Of links that lead into a project."""


class Named(Enum):
    """What an ID may name besides annotations."""

    ARTICLE = "A"
    SOURCE = "SRC"
    CHECK = "K"


def label_of(of: Kind | Named, number: int) -> str:
    """The ID of what has this number among its kind: C-0004, SRC-014."""
    letters, digits = (of.letter, 4) if isinstance(of, Kind) else (of.value, 3 if of is Named.SOURCE else 4)
    return f"{letters}-{number:0{digits}d}"


@dataclass(frozen=True, slots=True)
class Reference:
    """One ID; `project` is the uid of the project that a link names."""

    of: Kind | Named
    number: int
    project: UUID | None = None

    def __str__(self) -> str:
        return label_of(self.of, self.number)


_OF: dict[str, Kind | Named] = {kind.letter: kind for kind in Kind} | {named.value: named for named in Named}
_ID = re.compile(rf"({'|'.join(sorted(_OF, key=len, reverse=True))})[-\u2010-\u2015 ]?0*([1-9]\d{{0,8}})", re.I)
_LINK = re.compile(rf"{SCHEME}://([0-9a-f-]{{32,36}})/+([^/?#\s]+)/?", re.I)


def read_reference(words: str) -> Reference | None:
    """The ID or link that the words are, and nothing else; None where they are none. "c4" is C-0004."""
    words = words.strip()
    project = None
    if link := _LINK.fullmatch(words):
        try:
            project, words = UUID(link[1]), link[2]
        except ValueError:
            return None
    found = _ID.fullmatch(words)
    return None if found is None else Reference(_OF[found[1].upper()], int(found[2]), project)
