"""What the formats of word processors share: a document as read, and the article that it makes.

What programs fill in by themselves (the title of a template, "User" for an author) is passed over here. The dates they
keep say when a file was made, not when something was published, so none is taken over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.assembly import Block, assemble
from annotate.importers.draft import Draft
from annotate.importers.format import Reading
from annotate.importers.headline import LONGEST, guessed_title
from annotate.vocabulary import PartRole

_JUNK_TITLE = re.compile(
    r"(?i)(microsoft word\b.*|(new )?document ?\d*|untitled.*|title|word document|.*\.(docx?|rtf|od[tm]|pdf|dotx?|txt))"
)
_JUNK_AUTHORS = {
    *("python-docx", "author", "user", "admin", "administrator", "microsoft office user", "windows user", "unknown"),
}
HIDDEN_LEFT_OUT = "Text that is formatted as hidden was left out."

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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
    author = _one_line(document.author)
    language = document.language.strip()
    draft = Draft(
        text=assembled.text,
        title=title,
        title_confirmed=confirmed,
        author=author if author and author.lower() not in _JUNK_AUTHORS else None,
        language=language if _LANGUAGE_TAG.fullmatch(language) else None,
        parts=assembled.parts,
    )
    return Reading((draft,), tuple(warnings))


def _title(document: Document, text: str, name: str) -> tuple[str, bool]:
    """Title and whether the input states it.

    The title in a file's properties is often that of a template or of an older document; it counts as stated only
    where the text shows it too.
    """
    stated = _one_line(document.title)
    if _JUNK_TITLE.fullmatch(stated):
        stated = ""
    if stated and stated in (_one_line(block.text) for block in document.blocks[:20]):
        return stated, True
    if document.styled_titles:
        return _one_line(document.styled_titles[0]), True
    if stated:
        return stated, False
    for block in document.blocks:
        if block.role is PartRole.HEADLINE:
            heading = _one_line(block.text)
            if 0 < len(heading) <= LONGEST:
                return heading, False
    return guessed_title(text, name), False


def _one_line(text: str) -> str:
    return " ".join(canonical(text).text.split())
