"""What a Markdown file says about itself: the block of fields that clippers and site generators put above the words.

Lines of a name, a colon and a value between two lines of three hyphens; of the rest of YAML nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.importers.columns import is_address
from annotate.importers.one_line import one_line
from annotate.importers.stated_date import published_in
from annotate.model import Published

_BLOCK = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(\w[\w -]{0,40}):[ \t]+(\S.*)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields that have a place in an article; `end` in code points is where the words begin."""

    title: str | None
    author: str | None
    published: Published
    url: str | None
    end: int


def front_matter_of(text: str) -> FrontMatter | None:
    """The block at the beginning of a text; None where there is none or it has no field."""
    block = _BLOCK.match(text)
    lines = block[1].splitlines() if block else []
    stated = {found[1].strip().lower(): found[2] for found in map(_FIELD.fullmatch, lines) if found}
    if block is None or not stated:
        return None
    address = _first(stated, "url", "source", "link", "canonical_url")
    return FrontMatter(
        title=_first(stated, "title", "headline"),
        author=_first(stated, "author", "authors", "byline"),
        published=published_in(_first(stated, "date", "published", "publishdate", "pubdate") or ""),
        url=address if address and is_address(address) else None,
        end=block.end(),
    )


def _first(stated: dict[str, str], *names: str) -> str | None:
    values = (one_line(stated.get(name, "").strip().strip("[]").replace('"', "").strip("' ")) for name in names)
    return next((value for value in values if value), None)
