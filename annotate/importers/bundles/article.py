"""One article of a bundle as its splitter found it, and how articles of all kinds of bundles become drafts.

The words of an article are its headline, what stands under it, its text and its captions. Labels, copyright and
load dates are left out: what they say is in the article's fields, and the file is kept to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.importers.assembly import Block, assemble
from annotate.importers.draft import Draft
from annotate.importers.format import Reading
from annotate.importers.headline import first_line_as_title, headline_of
from annotate.model import Published
from annotate.vocabulary import PartRole

MOST_ARTICLES = 10_000
"""Of one bundle; databases give a thousand at once."""

BY = re.compile(r"(?:[Bb]y|BY|[Pp]ar|PAR|Von|VON|Por|POR|Door|DOOR)\s+(?=\S)")
"""What a line that names authors begins with. Not in lower case where names begin so ("von Trotha")."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NO_SPACE = re.compile(r"(?<=\w)\((?=[^()]{2,40}\)$)")


@dataclass(frozen=True, slots=True)
class BundledArticle:
    """Words of one article and what the bundle states about it; None where it states nothing."""

    blocks: tuple[Block, ...]
    """What stands below the headline, which is the title."""
    above: tuple[Block, ...] = ()
    """What stands above it."""
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Published = Published()
    section: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Articles in the order of the file; `stated` is how many the file itself says there are."""

    articles: tuple[BundledArticle, ...]
    stated: int | None = None
    numbering: str = ""
    """How the file numbers them, as in "numbered 2001 to 2002 of 2146"."""


def reading_of(bundle: Bundle, name: str) -> Reading:
    """Drafts in the order of the file, with a warning where the file states another number than was found.

    Raises ImportRefused for too many.
    """
    warnings: dict[str, None] = {}
    found = len(bundle.articles)
    if found > MOST_ARTICLES:
        raise ImportRefused(f"{name} holds more than {MOST_ARTICLES:,} articles; save fewer at a time.")
    if bundle.stated is not None and bundle.stated != found:
        numbering = f", {bundle.numbering}" if bundle.numbering else ""
        warnings[
            f"{name} says that it holds {_articles(bundle.stated)}, and {found} {'was' if found == 1 else 'were'} "
            f"found{numbering}."
        ] = None
    drafts: list[Draft] = []
    empty = 0
    for number, article in enumerate(bundle.articles, start=1):
        assembled = assemble(_blocks(article))
        warnings |= dict.fromkeys(assembled.notes)
        if not assembled.text:
            empty += 1
            continue
        place = f"{number} of {found}"
        drafts.append(
            Draft(
                text=assembled.text,
                title=_one_line(article.title) or headline_of(assembled.text) or first_line_as_title(assembled.text),
                title_confirmed=bool(_one_line(article.title)),
                outlet=_outlet(article.outlet),
                author=_author(article.author),
                published=article.published,
                url=article.url,
                language=article.language,
                place_in_file=f"{place}, {_one_line(article.section)}" if _one_line(article.section) else place,
                parts=assembled.parts,
            )
        )
    if empty:
        warnings[f"{_articles(empty)} of {name} {'holds' if empty == 1 else 'hold'} no words."] = None
    return Reading(tuple(drafts), tuple(warnings))


def _outlet(stated: str | None) -> str | None:
    """On one line, with the space that some databases leave out: "The Guardian(London)"."""
    outlet = _one_line(stated)
    return _NO_SPACE.sub(" (", outlet) if outlet else outlet


def stretches(starts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    """From each start to the next one, the last to the end; no more than it takes to see that there are too many."""
    return islice(zip(starts, [*starts[1:], end], strict=False), MOST_ARTICLES + 1)


def paragraph_blocks(paragraphs: Sequence[str], role: PartRole = PartRole.BODY) -> Iterator[Block]:
    """Blocks of paragraphs; lines that hold nothing but spaces are taken out of them."""
    for paragraph in paragraphs:
        yield Block("\n".join(line.rstrip() for line in paragraph.split("\n") if line.strip()), role)


def address(stated: str | None) -> str | None:
    """The first address in what a bundle states, else None."""
    found = _ADDRESS.search(stated or "")
    return found[0] if found else None


def _blocks(article: BundledArticle) -> Iterator[Block]:
    yield from article.above
    yield Block(_one_line(article.title) or "", PartRole.HEADLINE)
    yield from article.blocks


def _author(stated: str | None) -> str | None:
    author = _one_line(stated)
    return BY.sub("", author, count=1) if author and BY.match(author) else author


def _one_line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None


def _articles(count: int) -> str:
    return counted(count, "article")
