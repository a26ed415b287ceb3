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

ARTICLE_LETTER, SOURCE_LETTERS, CHECK_LETTER = "A", "SRC", "K"


class Named(Enum):
    """What an ID may name besides annotations."""

    ARTICLE = ARTICLE_LETTER
    SOURCE = SOURCE_LETTERS
    CHECK = CHECK_LETTER


@dataclass(frozen=True, slots=True)
class Reference:
    """One ID; `project` is the uid of the project that a link names."""

    of: Kind | Named
    number: int
    project: UUID | None = None

    def __str__(self) -> str:
        if isinstance(self.of, Kind):
            return f"{self.of.letter}-{self.number:04d}"
        return f"{self.of.value}-{self.number:03d}" if self.of is Named.SOURCE else f"{self.of.value}-{self.number:04d}"


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
