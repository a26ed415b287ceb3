"""What an importer hands over: articles read from bytes, not yet in any project. Pure values, picklable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotate.importers.options import Heads
from annotate.model import Published
from annotate.vocabulary import ArticleType, PartRole


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A stretch of the draft's text with a role; code points, end exclusive."""

    role: PartRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as read: canonical text, and only the metadata that the input states."""

    text: str
    """Canonical (see annotate.canonical)."""
    title: str
    title_confirmed: bool
    """False where the title was guessed, for instance from the first line."""
    type: ArticleType = ArticleType.ARTICLE
    outlet: str | None = None
    author: str | None = None
    published: Published = Published()
    url: str | None = None
    language: str | None = None
    """BCP 47 tag as the input states it."""
    platform: str | None = None
    """Of a post: where it was made, for instance Telegram."""
    account: str | None = None
    """Of a post: who made it there, as the platform shows it."""
    place_in_file: str | None = None
    """Which one of several, and its section where one is stated: "3 of 12, Business"."""
    parts: tuple[DraftPart, ...] = ()
    pages: tuple[int, ...] = ()
    """Start of every page in code points."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came inside another one and may be an article: offered, never imported by itself."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One input read whole: its bytes for custody and the articles found in it."""

    name: str
    """File name without folders, or a name such as "Pasted text" for what has none."""
    data: bytes
    sha256: str
    importer: str
    importer_version: str
    articles: tuple[Draft, ...]
    warnings: tuple[str, ...] = ()
    """Sentences for the analyst: what was guessed, cleaned or left out."""
    attachments: tuple[Attachment, ...] = ()
    encoding_guessed: str = ""
    """The name of the encoding, where nothing but the letters tells it: a person should look."""
    heads: Heads | None = None
    """Of a list of articles: what its columns are chosen by."""
    collected_at: datetime | None = None
    """When it was fetched from the web, in UTC; who imports it has collected it."""
