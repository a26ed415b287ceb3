"""What the summary of a workbook says about its export, for where another program has dropped the properties.

Why it exists: properties are unseen and get lost on the way; the words of the first sheet are seen and stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from annotate.exchange.readback.cells import CellValue

_SEARCHED = 200
"""Rows."""
_EXPORTED = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC")
_WHOLE = re.compile(r"(All|The one|No) ([\d,]+ )?articles? of the project")
_BY_ARTICLE = re.compile(r"only what was published [^;]*")
_IN_PART = re.compile(r"; (only|without) ")


def exported_in(rows: Sequence[tuple[int, Mapping[int, CellValue]]]) -> datetime | None:
    """The time, in UTC, at which the summary says that the workbook was exported."""
    for said in _said_of(rows, "exported")[:1]:
        found = _EXPORTED.search(said)
        if found is not None:
            return datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    return None


def scope_in(rows: Sequence[tuple[int, Mapping[int, CellValue]]]) -> str | None:
    """What it held of the project: everything, whole "articles", or a part of the "marks" in them."""
    words = " ".join(_said_of(rows, "scope"))
    if not words:
        return None
    by_article = _BY_ARTICLE.search(words) is not None
    if _IN_PART.search(_BY_ARTICLE.sub("", words)):
        return "marks"
    return "everything" if _WHOLE.match(words) and not by_article else "articles"


def _said_of(rows: Sequence[tuple[int, Mapping[int, CellValue]]], label: str) -> list[str]:
    """What stands beside a label, and on the rows below it that go on with it."""
    said: list[str] = []
    last = 0
    for number, cells in rows[:_SEARCHED]:
        words = [value.strip() for value in cells.values() if isinstance(value, str) and value.strip()]
        if said and len(words) == 1 and number == last + 1:
            said += words
        elif said:
            break
        elif len(words) > 1 and words[0].casefold() == label:
            said += words[1:]
        last = number
    return said
