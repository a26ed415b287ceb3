"""Text files: the words are taken as they stand, to the character."""

from __future__ import annotations

from dataclasses import replace

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.byline import byline_below
from annotate.importers.decoding import decode
from annotate.importers.draft import Draft, DraftPart
from annotate.importers.format import Format, Reading
from annotate.importers.front_matter import front_matter_of, without_marks
from annotate.importers.headline import guessed_title
from annotate.importers.options import ReadOptions
from annotate.model import Published
from annotate.vocabulary import PartRole


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
    if name.lower().endswith((".md", ".markdown")):
        draft = _with_what_markdown_says(draft, name)
    return Reading((draft,), (*decoded.warnings, *cleaned.notes), encoding_guessed=decoded.guessed)


def _with_what_markdown_says(draft: Draft, name: str) -> Draft:
    """The same words with the title as it is shown, or all that stands in a block of fields above them."""
    stated = front_matter_of(draft.text)
    if stated is None:
        return replace(draft, title=without_marks(draft.title))
    title = stated.title or without_marks(guessed_title(draft.text[stated.end :], name))
    return replace(
        draft,
        title=title,
        title_confirmed=stated.title is not None,
        author=stated.author or draft.author,
        published=draft.published if stated.published == Published() else stated.published,
        url=stated.url,
        parts=(DraftPart(PartRole.BOILERPLATE, 0, stated.end),),
    )


FORMAT = Format("txt", "3", "text file", (".txt", ".md", ".markdown", ".text"), recognises, read)
