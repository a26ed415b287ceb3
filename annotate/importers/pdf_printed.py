"""Web pages printed to PDF: the line above and the line below that the browser put on every page.

Chrome and its kin: date and time, title / address, "1/4". Firefox: title, address / "1 of 4", date and time. Safari:
address, "Page 1 of 4". Both lines go where the address and the right number are told together; the address is the
article's. When the page was printed says nothing about when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.importers.pdf_layout import Fragment, groups_of

_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|стр\.?)?\s*(\d{1,5})\s?(?:/|of|von|sur|de|di|из)\s?(\d{1,5})", re.IGNORECASE
)
_MARGIN = 0.1
"""Of the height of a page, at its top and bottom."""


def without_prints(pages: Sequence[tuple[Sequence[Fragment], float]]) -> tuple[list[tuple[Fragment, ...]], str | None]:
    """The words of each page (fragments with the page's height in points) without what a browser put there, and the
    address that it told; None where it told none or did not print them."""
    kept: list[tuple[Fragment, ...]] = []
    address: str | None = None
    for number, (fragments, height) in enumerate(pages, start=1):
        edges = _edges(fragments, height)
        told = [one for one in edges if _ADDRESS.fullmatch(one.text)]
        if not (told and any(_is_number(one.text, number, len(pages)) for one in edges)):
            kept.append(tuple(fragments))
            continue
        address = address or told[0].text
        gone = set(map(id, edges))
        kept.append(tuple(one for one in fragments if id(one) not in gone))
    cut_short = address is not None and (address.endswith(("…", "...")) or address.startswith("file:"))
    return kept, None if cut_short else address


def _edges(fragments: Sequence[Fragment], height: float) -> list[Fragment]:
    """The words of the first and of the last line of a page, where these stand in its margins."""
    lines = groups_of(one for one in fragments if one.upright)
    outermost = [*lines[:1], *lines[1:][-1:]]
    in_margin = [line for line in outermost if not _MARGIN < line[0].baseline / (height or 1.0) < 1 - _MARGIN]
    return [one for line in in_margin for one in line]


def _is_number(text: str, page: int, pages: int) -> bool:
    found = _NUMBER.fullmatch(text)
    return found is not None and (int(found[1]), int(found[2])) == (page, pages)
