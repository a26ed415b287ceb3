"""The format of all bundles: told by what stands in the file, whether that is a text, a document or a web page.

What looks like a bundle and has no article in it after all is read as the text, document or page that it also is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import plain_text, rich_text, web_page, word
from annotate.importers.archive import BROKEN, ZIP_STARTS, kind_of_archive
from annotate.importers.bundles import europresse, factiva, lexisnexis, nexis
from annotate.importers.bundles.article import Bundle, reading_of
from annotate.importers.bundles.paragraphs import unwrapped
from annotate.importers.decoding import decode, mark_of
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions

LARGEST = 64 * 1024 * 1024
"""Bytes of a bundle; a thousand articles, which is more than databases give at once, have a tenth of that."""

_GLIMPSE = 8 * 1024 * 1024
"""Bytes that are looked at to recognise a text: the first article ends within them."""
_IN_ALL_KINDS = ("ocument", "OCUMENT", "okument", "OKUMENT", "окумент", "文件", "文書")
"""Of "document" in many languages, one is in every bundle of text: what most texts can be passed over by, quickly."""
_UNREADABLE = (*BROKEN, KeyError)
_RTF_WORD_ENDS = re.compile(rb"(\\[a-zA-Z]+-?\d*)[\r\n]+")
"""A line end is no space, except that it ends a control word: "\\par" and the text in the next line."""
_RTF_BREAKS = re.compile(rb"\\(?:par|line|row|sect|page)(?![a-zA-Z])")
_RTF_GAPS = re.compile(rb"\\(?:cell|tab|~)(?![a-zA-Z])")
_RTF_LETTERS = re.compile(r"\\u(-?\d{1,5}) ?(?:\?|\\'[0-9a-fA-F]{2})?|\\'([0-9a-fA-F]{2})")
_RTF_MARKS = re.compile(r"\\[a-zA-Z]+-?\d* ?|\\\W|[{}]")


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of bundle that is told by its paragraphs."""

    recognises: Callable[[str], bool]
    split: Callable[[Sequence[str]], Bundle]
    wrapped: bool
    """Its text files are wrapped at a fixed width, with blank lines between paragraphs."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of bundle that is a web page."""

    recognises: Callable[[str], bool]
    split: Callable[[str], Bundle]


TEXT_KINDS = (
    TextKind(lexisnexis.recognises_text, lexisnexis.split, wrapped=True),
    TextKind(nexis.recognises_text, nexis.split, wrapped=False),
    TextKind(factiva.recognises_text, factiva.split, wrapped=False),
)
PAGE_KINDS = (
    PageKind(lexisnexis.recognises_html, lexisnexis.split_html),
    PageKind(factiva.recognises_html, factiva.split_html),
    PageKind(europresse.recognises_html, europresse.split_html),
)


def recognises(data: bytes, name: str) -> bool:
    return _kind_of(data, name) is not None


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Every article of the bundle; raises ImportRefused for what is too large or cannot be decoded."""
    if len(data) > LARGEST:
        raise ImportRefused(
            f"{name} is a bundle of articles of {len(data) / 1024**2:,.0f} MB; bundles of up to "
            f"{LARGEST // 1024**2} MB are read. Save fewer articles at a time."
        )
    kind = _kind_of(data, name)
    if isinstance(kind, PageKind):
        decoded = web_page.decoded_page(data, name, options.encoding)
        cleaned = canonical(decoded.text)
        warnings = [*decoded.warnings, *cleaned.notes]
        reading = reading_of(kind.split(cleaned.text), name)
        return _with(warnings, reading) if reading.articles else web_page.read(data, name, options)
    if kind is None:
        raise ImportRefused(f"{name} holds no articles that can be told apart; copy and paste the words.")
    if data.startswith(ZIP_STARTS):
        document = word.document_of(data, name)
        reading = reading_of(kind.split([block.text for block in document.blocks]), name)
        return _with(document.warnings, reading) if reading.articles else word.read(data, name, options)
    if rich_text.recognises(data, name):
        document = rich_text.document_of(data, name)
        reading = reading_of(kind.split([block.text for block in document.blocks]), name)
        return _with(document.warnings, reading) if reading.articles else rich_text.read(data, name, options)
    decoded = decode(data, name, options.encoding, options.charset)
    cleaned = canonical(decoded.text)
    paragraphs = unwrapped(cleaned.text) if kind.wrapped else cleaned.text.split("\n")
    reading = reading_of(kind.split(paragraphs), name)
    if not reading.articles:
        return plain_text.read(data, name, options)
    return _with([*decoded.warnings, *cleaned.notes], reading)


FORMAT = Format("bundle", "2", "bundle of articles", (), recognises, read)


def _with(warnings: Sequence[str], reading: Reading) -> Reading:
    return replace(reading, warnings=tuple(dict.fromkeys([*warnings, *reading.warnings])))


def _kind_of(data: bytes, name: str) -> TextKind | PageKind | None:
    if data.startswith(ZIP_STARTS):
        glimpse = _glimpse_of_word(data)
    elif rich_text.recognises(data, name):
        glimpse = _glimpse_of_rich_text(data[:_GLIMPSE])
    elif web_page.recognises(data, name):
        page = _characters(data[: 4 * _GLIMPSE])
        return next((kind for kind in PAGE_KINDS if kind.recognises(page)), None)
    elif b"\0" in data[:512] and mark_of(data) is None:
        return None
    else:
        glimpse = _characters(data[:_GLIMPSE])
    if not any(word in glimpse for word in _IN_ALL_KINDS):
        return None
    return next((kind for kind in TEXT_KINDS if kind.recognises(glimpse)), None)


def _characters(data: bytes) -> str:
    """Enough to recognise words in; decoding proper comes with reading."""
    marked = mark_of(data)
    return data.decode(marked[1] if marked else "utf-8", "ignore").lstrip("\ufeff")


def _glimpse_of_word(data: bytes) -> str:
    """Paragraphs of a Word document a line each; as much as is safe to unpack."""
    if kind_of_archive(data) != "word":
        return ""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("word/document.xml") as body:
            xml = body.read(2 * _GLIMPSE)
    except _UNREADABLE:
        return ""
    lines = re.sub(rb"</w:p>|<w:(?:br|cr)\b[^<>]*>", b"\n", re.sub(rb"</w:tc>|<w:tab\b[^<>]*>", b"\t", xml))
    return re.sub(rb"<[^<>]*>", b"", lines).decode("utf-8", "ignore")


def _glimpse_of_rich_text(data: bytes) -> str:
    joined = _RTF_WORD_ENDS.sub(rb"\1 ", data).replace(b"\r", b"").replace(b"\n", b"")
    lines = _RTF_GAPS.sub(b" ", _RTF_BREAKS.sub(b"\n", joined))
    letters = _RTF_LETTERS.sub(
        lambda found: chr(int(found[1]) % 65536 if found[1] else int(found[2], 16)), lines.decode("latin-1")
    )
    return _RTF_MARKS.sub("", letters)
