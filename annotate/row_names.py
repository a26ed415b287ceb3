"""What rows are called by people: C-0004, “Civil defence”, also rows that are gone and only the journal remembers.

Why it exists: history is full of row ids, and an analyst shall never see one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from annotate.references import Named, label_of
from annotate.store.queries import Reader
from annotate.vocabulary import Kind

_RECORDS = frozenset({"annotations", "claims", "figures", "mentions"})
KINDS = {kind.value: kind for kind in Kind}
"""By how the journal writes them."""
_LONGEST = 60


class RowNames:
    """Names are asked for many at once with `learn`; those that nobody learned are asked for one by one."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    def learn(self, keys: Iterable[tuple[str, int]]) -> None:
        wanted: dict[str, set[int]] = {}
        for table, row_id in keys:
            table = "annotations" if table in _RECORDS else table
            if (table, row_id) not in self._rows:
                wanted.setdefault(table, set()).add(row_id)
        for table, ids in wanted.items():
            self._ask(table, ids)

    def forget(self) -> None:
        """Names may have changed."""
        self._rows.clear()

    def name(self, table: str, row_id: object) -> str:
        """What a row is called, "" for none, and "(gone)" where nothing tells any more."""
        if row_id is None:
            return ""
        if not isinstance(row_id, int):
            return "(unknown)"
        row = self.row("annotations" if table in _RECORDS else table, row_id)
        try:
            return _called(table, row_id, row) or "(gone)"
        except (KeyError, ValueError, TypeError):
            return "(unknown)"

    def row(self, table: str, row_id: int) -> dict[str, Any]:
        """The row as it is, or was last; empty where nothing tells."""
        if (table, row_id) not in self._rows:
            self._ask(table, {row_id})
        return self._rows[table, row_id]

    def _ask(self, table: str, ids: Collection[int]) -> None:
        found = self._read.rows_or_last(table, ids)
        for row_id in ids:
            self._rows[table, row_id] = found.get(row_id, {})


def _called(table: str, row_id: int, row: dict[str, Any]) -> str:
    if table == "articles":
        return label_of(Named.ARTICLE, row_id)
    if table == "checks":
        return label_of(Named.CHECK, row_id)
    if table == "projects":
        return "Project"
    if not row:
        return ""
    if table in _RECORDS:
        return label_of(KINDS[row["kind"]], int(row["number"]))
    if table == "sources":
        return label_of(Named.SOURCE, int(row["number"]))
    if table in ("tags", "events"):
        return f"{table[:-1].capitalize()} “{shortened(str(row['name']))}”"
    if table == "texts":
        return f"{label_of(Named.ARTICLE, int(row['article_id']))}, text {int(row['number'])}"
    if table == "files":
        return f"“{shortened(str(row['name']))}”"
    return ""


def shortened(words: str, longest: int = _LONGEST) -> str:
    """Words on one line, cut where they are long."""
    words = " ".join(words[: longest * 4].split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
