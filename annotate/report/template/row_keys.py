"""By what a row of the template is known again, so that the analyst's own columns keep what stands beside it.

The hidden uid where the template has that column, else the ID. Where neither tells rows apart (a tie of claim and
source has no ID) the first columns do that together do.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotate.report import layout
from annotate.report.tables import Link, Value
from annotate.report.template.found_tables import FoundTable

_UID = "uid"


def key_columns(found: FoundTable) -> list[int]:
    """Our columns (from 0) by whose text a row is known; empty where nothing tells rows apart."""
    ours = [column.ours for column in found.columns if column.ours is not None]
    columns, rows = found.table.columns, found.table.rows
    for place in ours:
        if columns[place].heading.casefold() == _UID and _apart(rows, [place]):
            return [place]
    chosen: list[int] = []
    for place in sorted(ours):
        if all(row[place] is None or isinstance(row[place], str | Link) for row in rows):
            chosen.append(place)
            if _apart(rows, chosen):
                return chosen
    return []


def key_of(row: Sequence[Value], columns: Sequence[int]) -> tuple[str, ...]:
    """What a row of ours is known by; it may differ from the old text by line ends and control characters only."""
    return tuple(_plain(layout.shown(row[place])) for place in columns)


def key_of_old(texts: Sequence[str]) -> tuple[str, ...]:
    """What a row of the template is known by, of the texts of the same columns."""
    return tuple(map(_plain, texts))


def _apart(rows: Sequence[Sequence[Value]], columns: Sequence[int]) -> bool:
    keys = {key_of(row, columns) for row in rows}
    return len(keys) == len(rows) and ("",) * len(columns) not in keys


def _plain(text: str) -> str:
    return " ".join(text.split())
