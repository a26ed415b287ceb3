"""What a format module offers to the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotate.importers.draft import Attachment, Draft
from annotate.importers.options import Heads, ReadOptions


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format made of a file's bytes: its articles, and sentences for the analyst."""

    articles: tuple[Draft, ...]
    warnings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    encoding_guessed: str = ""
    """The name of the encoding, where nothing but the letters tells it."""
    heads: Heads | None = None
    """Of a list of articles: what its columns are chosen by."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read.

    `recognises(data, name)` looks at the bytes first and at the name only where bytes cannot tell. It is quick, it
    opens nothing else and never raises. `read(data, name, options)` returns the articles; for what it knows to be
    wrong it raises ImportRefused with a whole sentence, and whatever else a parser raises the registry turns into one.
    """

    name: str
    version: str
    """Raised whenever the same bytes give another text than before."""
    label: str
    """As in "damaged or not a Word document"."""
    endings: tuple[str, ...]
    """With their dot, in lower case; none for what comes in files of other formats."""
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, ReadOptions], Reading]
