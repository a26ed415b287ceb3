"""The one door for bytes: finds out what they are, has them read, and turns every failure into a sentence.

A format is recognised by its bytes; a name decides only where bytes cannot tell. Kinds that are known and not read
are refused between the formats with a signature of their own and plain text, which would take anything.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from annotate.canonical import canonical
from annotate.errors import AnnotateError, ImportRefused
from annotate.importers import (
    article_list,
    feed,
    mail,
    markdown,
    open_document,
    pdf,
    picture,
    plain_text,
    rich_text,
    web_archive,
    web_page,
    word,
)
from annotate.importers.bundles import bundle
from annotate.importers.byline import byline_below
from annotate.importers.draft import Draft, ImportedFile
from annotate.importers.file_contents import LARGEST, contents_of, shown_name, too_large
from annotate.importers.format import Format
from annotate.importers.headline import first_line_as_title, headline_of
from annotate.importers.one_line import with_names_on_one_line
from annotate.importers.options import AS_FOUND, ReadOptions
from annotate.importers.refusals import refusal_of

SIGNED_FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    picture.FORMAT,
    feed.FORMAT,
    web_archive.FORMAT,
    mail.FORMAT,
    bundle.FORMAT,
    word.FORMAT,
    open_document.FORMAT,
    rich_text.FORMAT,
    web_page.FORMAT,
    article_list.FORMAT,
    markdown.FORMAT,
)
"""Formats that know their own bytes, asked in this order: a bundle is also the document or page that it comes in."""
FORMATS: tuple[Format, ...] = (*SIGNED_FORMATS, plain_text.FORMAT)
SUPPORTED: tuple[str, ...] = tuple(ending for format_ in FORMATS for ending in format_.endings)
"""Endings for a file dialog, with their dot, in lower case."""

_log = logging.getLogger(__name__)


def read_file(path: Path, options: ReadOptions = AS_FOUND) -> ImportedFile:
    """Read one file whole. Raises ImportRefused, with one sentence naming the file, for whatever stands in the way."""
    return read_bytes(contents_of(path), shown_name(path), options)


def read_bytes(data: bytes, name: str, options: ReadOptions = AS_FOUND) -> ImportedFile:
    """Read an input's bytes; `name` without folders. Raises ImportRefused."""
    if not data:
        raise ImportRefused(f"{name} is empty; there is nothing to import.")
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    format_ = format_of(data, name)
    try:
        reading = format_.read(data, name, options)
    except (AnnotateError, MemoryError):
        raise
    except Exception as error:
        # Parsers meet hostile input with whatever their depths raise; here is the one place that knows the file. What
        # they say is for who writes parsers.
        _log.info("%s could not be read as %s", name, format_.label, exc_info=True)
        raise ImportRefused(
            f"{name} is damaged or not a {format_.label}; get the file again, or copy and paste its words."
        ) from error
    return ImportedFile(
        name=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        importer=format_.name,
        importer_version=format_.version,
        articles=tuple(with_names_on_one_line(draft, name) for draft in reading.articles),
        warnings=reading.warnings,
        attachments=reading.attachments,
        encoding_guessed=reading.encoding_guessed,
        heads=reading.heads,
    )


def format_of(data: bytes, name: str) -> Format:
    """The format that will read these bytes; raises ImportRefused for kinds that are known and not read."""
    for format_ in SIGNED_FORMATS:
        if format_.recognises(data, name):
            return format_
    refusal = refusal_of(data, name)
    if refusal is not None:
        raise ImportRefused(refusal)
    return plain_text.FORMAT


def bytes_again(file: ImportedFile, path: Path) -> ImportedFile | ImportRefused:
    """A file whose bytes were let go after it was read, with its bytes again; refused where they are others now."""
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() == file.sha256:
        return replace(file, data=data)
    return ImportRefused(f"{file.name} was changed or removed after it was looked at; import it again.")


def read_pasted(text: str, now: datetime) -> ImportedFile:
    """Text from the clipboard or dropped as text; `now` names it. Raises ImportRefused where there are no words."""
    cleaned = canonical(text)
    if not cleaned.text.strip():
        raise ImportRefused("The pasted text holds no words; copy the article once more.")
    data = text.encode("utf-8", "surrogatepass")
    title = headline_of(cleaned.text) or first_line_as_title(cleaned.text)
    byline = byline_below(cleaned.text, title)
    return ImportedFile(
        name=f"Pasted text {now:%Y-%m-%d %H.%M}",
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        importer="pasted",
        importer_version="1",
        articles=(Draft(cleaned.text, title, title_confirmed=False, author=byline.author, published=byline.published),),
        warnings=cleaned.notes,
    )
