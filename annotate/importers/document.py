"""What the formats of word processors share: a document as read, and the article that it makes.

What programs fill in by themselves is passed over (document_properties). The dates they keep say when a file was made,
not when something was published, so none is taken over.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotate.errors import ImportRefused
from annotate.importers.assembly import Block, assemble
from annotate.importers.byline import byline_below
from annotate.importers.document_properties import (
    author_in_properties,
    language_in_properties,
    title_in_properties,
)
from annotate.importers.draft import Draft
from annotate.importers.format import Reading
from annotate.importers.headline import LONGEST, first_line, guessed_title, headline_of
from annotate.importers.one_line import one_line
from annotate.importers.release_lines import is_release
from annotate.vocabulary import PartRole

HIDDEN_LEFT_OUT = "Text that is formatted as hidden was left out."
PROMPTS_LEFT_OUT = "Words that an empty field of a form shows were left out."


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its file states it; texts not canonical yet."""

    blocks: tuple[Block, ...]
    """The body in reading order; headings have the role headline."""
    notes: tuple[Block, ...] = ()
    """Footnotes and endnotes in the order of their marks, a block each."""
    styled_titles: tuple[str, ...] = ()
    """Paragraphs that are formatted as the document's title."""
    title: str = ""
    author: str = ""
    language: str = ""
    """From the file's properties, as they stand there."""
    warnings: tuple[str, ...] = ()


_FEWEST_WORDS = 4
"""Of a first line that is rather the title than what the properties state: these often are a template's."""


def reading_of(document: Document, name: str) -> Reading:
    """One article, its notes after the text; raises ImportRefused for a document without words."""
    assembled = assemble([*document.blocks, *document.notes])
    if not assembled.text:
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    warnings = [*assembled.notes, *document.warnings]
    if document.notes:
        count = len(document.notes)
        warnings.append(
            f"{count:,} footnotes were put after the text." if count > 1 else "1 footnote was put after the text."
        )
    title, confirmed = _title(document, assembled.text, name)
    byline = byline_below(assembled.text, title)
    draft = Draft(
        text=assembled.text,
        title=title,
        title_confirmed=confirmed,
        author=byline.author or author_in_properties(document.author),
        published=byline.published,
        language=language_in_properties(document.language),
        parts=assembled.parts,
    )
    return Reading((draft,), tuple(warnings))


def _title(document: Document, text: str, name: str) -> tuple[str, bool]:
    """Title and whether the input states it."""
    stated, shown = title_in_properties(document.title, (block.text for block in document.blocks[:20]))
    if shown:
        return stated, True
    for styled in document.styled_titles:
        if not is_release(styled):
            return one_line(styled) or "", True
    headings = [one_line(block.text) or "" for block in document.blocks if block.role is PartRole.HEADLINE]
    seen = headline_of(text, headings)
    if stated and (seen is None or len(seen.split()) < _FEWEST_WORDS):
        return stated, False
    if seen and is_release(first_line(text)):
        return seen, False
    fitting = (heading for heading in headings if 0 < len(heading) <= LONGEST and not is_release(heading))
    return next(fitting, None) or guessed_title(text, name), False
