"""Markdown files: the words as they are shown, without the marks that format them.

markdown-it-py reads them as CommonMark with tables. Line ends within a paragraph are spaces there, and a quoted figure
is to stand in a workbook as "4.2 percent" and not as "**4.2 percent**". A block of fields above the words stays, as
what it is: no part of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotate.amount_words import MONTHS, OTHER_MONTHS
from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import plain_text
from annotate.importers.assembly import Block, assemble
from annotate.importers.byline import byline_below
from annotate.importers.decoding import decode
from annotate.importers.draft import Draft, DraftPart
from annotate.importers.format import Format, Reading
from annotate.importers.front_matter import front_matter_of
from annotate.importers.headline import first_line, guessed_title, headline_of
from annotate.importers.one_line import one_line
from annotate.importers.options import ReadOptions
from annotate.importers.release_lines import is_release
from annotate.importers.tables import Cell, table_blocks
from annotate.importers.visible_text import visible_blocks
from annotate.model import Published
from annotate.vocabulary import PartRole

if TYPE_CHECKING:
    from markdown_it.token import Token

LARGEST = 2_000_000
"""Code points that are read as Markdown, at some two microseconds each; longer files are read as text."""

_YEAR = re.compile(r"[12][0-9]{3}")
"""The number of a list item that counts nothing: a line began with a year and a full stop."""
_DAY = re.compile(r"(?:[1-9]|[12][0-9]|3[01])\. ")
"""The same, where a month follows: "12. März"."""
_ENDINGS = (".md", ".markdown", ".mdown")


def recognises(data: bytes, name: str) -> bool:
    """Only the name tells: any text is Markdown."""
    return name.lower().endswith(_ENDINGS) and len(data) <= 4 * LARGEST


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article; see `decode` for what is refused."""
    decoded = decode(data, name, options.encoding, options.charset)
    cleaned = canonical(decoded.text)
    if len(cleaned.text) > LARGEST:
        return plain_text.read(data, name, options)
    stated = front_matter_of(cleaned.text)
    fields = cleaned.text[: stated.end] if stated else ""
    assembled = assemble([Block(fields, PartRole.BOILERPLATE), *_blocks(cleaned.text[len(fields) :])])
    if not assembled.text:
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    words = assembled.text.removeprefix(fields.rstrip()).lstrip("\n")
    title = (stated and stated.title) or _title(assembled.text, words, assembled.parts) or guessed_title(words, name)
    byline = byline_below(words, title)
    draft = Draft(
        text=assembled.text,
        title=title,
        title_confirmed=bool(stated and stated.title),
        author=(stated and stated.author) or byline.author,
        published=stated.published if stated and stated.published != Published() else byline.published,
        url=stated.url if stated else None,
        parts=assembled.parts,
    )
    return Reading((draft,), (*decoded.warnings, *cleaned.notes), encoding_guessed=decoded.guessed)


FORMAT = Format("md", "2", "Markdown file", _ENDINGS, recognises, read)


def _title(text: str, words: str, parts: Sequence[DraftPart]) -> str | None:
    """The first heading; below "PRESS RELEASE" the first one above the body, or else the line that looks like one."""
    headings = [one_line(text[part.start : part.end]) or "" for part in parts if part.role is PartRole.HEADLINE]
    if is_release(first_line(words)):
        return headline_of(words, headings)
    return next((heading for heading in headings if heading and not is_release(heading)), None)


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    rows: list[list[Cell]] = []
    in_item = follows = False
    role = PartRole.BODY
    year = number = ""
    for token in tokens:
        match token.type:
            case "heading_open":
                role = PartRole.HEADLINE
            case "heading_close":
                role = PartRole.BODY
            case "list_item_open":
                in_item = True
                number = f"{token.info}{token.markup} "
                year += number if _YEAR.fullmatch(token.info) else ""
            case "list_item_close" if year:
                yield Block(year, follows=follows)
                year = ""
            case "bullet_list_close" | "ordered_list_close":
                in_item = in_item and token.level > 0
                follows = follows and token.level > 0
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "table_close":
                yield from table_blocks(rows)
                rows = []
            case "inline":
                words = _words(token.children or [])
                begins = number if _DAY.fullmatch(number) and _names_month(words) else year
                block = Block(begins + words, role, follows and role is PartRole.BODY)
                year = number = ""
                if rows:
                    rows[-1].append((block,))
                else:
                    yield block
                    follows = in_item
            case "fence" | "code_block":
                yield Block(token.content)
            case "html_block":
                yield from visible_blocks(token.content)


def _names_month(words: str) -> bool:
    """Whether words begin with a month, in whatever language is known."""
    first = words.split(maxsplit=1)[:1]
    return bool(first) and first[0].strip(".,").lower() in MONTHS | OTHER_MONTHS


def _words(tokens: Sequence[Token]) -> str:
    """What the tokens of a paragraph show: the words of links and of what is emphasised, what a picture is said to be.

    A star between two digits multiplies them, whatever CommonMark makes of it.
    """
    pieces: list[str] = []
    for place, token in enumerate(tokens):
        match token.type:
            case "text" | "code_inline":
                pieces.append(token.content)
            case "softbreak":
                pieces.append(" ")
            case "hardbreak":
                pieces.append("\n")
            case "image":
                pieces.append(_words(token.children or []))
            case "html_inline" if token.content.lower().startswith("<br"):
                pieces.append("\n")
            case "em_open" | "em_close" if _is_between_digits(pieces, tokens[place + 1 :]):
                pieces.append(token.markup)
    return "".join(pieces)


def _is_between_digits(before: Sequence[str], after: Sequence[Token]) -> bool:
    following = next((token.content for token in after if token.content), "")
    return bool(before) and before[-1][-1:].isdigit() and following[:1].isdigit()
