"""Text files: the words are taken as they stand, to the character."""

from __future__ import annotations

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.byline import byline_below
from annotate.importers.decoding import decode
from annotate.importers.draft import Draft
from annotate.importers.format import Format, Reading
from annotate.importers.headline import guessed_title
from annotate.importers.options import ReadOptions


def recognises(_data: bytes, _name: str) -> bool:
    """The last format that is asked: whatever no other one is may be text, which decoding will tell."""
    return True


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article with the file's whole text; see `decode` for what is refused."""
    decoded = decode(data, name, options.encoding, options.charset)
    cleaned = canonical(decoded.text)
    if not cleaned.text.strip():
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    title = guessed_title(cleaned.text, name)
    byline = byline_below(cleaned.text, title)
    draft = Draft(
        text=cleaned.text, title=title, title_confirmed=False, author=byline.author, published=byline.published
    )
    return Reading((draft,), (*decoded.warnings, *cleaned.notes), encoding_guessed=decoded.guessed)


FORMAT = Format("txt", "4", "text file", (".txt", ".text"), recognises, read)
