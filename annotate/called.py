"""What a row is called by people: C-0004, SRC-014, “Civil defence”, "Attribution of C-0004".

Why it exists: an analyst shall never see the id of a row or the name of a table. History asks for rows that may be
gone, erasing for those that are there, saving a damaged project for what is left of them; each says how a row is found,
and all of them say the same of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotate.references import Named, label_of
from annotate.shortened import shortened
from annotate.vocabulary import Kind

Find = Callable[[str, int], Mapping[str, Any]]
"""Gives the row of a table with an id, as the journal holds it; empty where nothing tells."""

RECORDS = frozenset({"annotations", "claims", "figures", "mentions"})
"""Tables whose rows are those of marks, by the ids of these."""
KINDS = {kind.value: kind for kind in Kind}
"""By how the journal writes them."""
_NAMED: Mapping[str, str] = {"tags": "name", "events": "name", "files": "name", "analysts": "name", "steps": "label"}
_OF: Mapping[str, tuple[str, str, str]] = {
    "spans": ("Place of", "annotations", "annotation_id"),
    "attributions": ("Attribution of", "annotations", "annotation_id"),
    "links": ("Link of", "annotations", "from_id"),
    "annotation_tags": ("Tag on", "annotations", "annotation_id"),
    "carryings": ("Place after the update of", "annotations", "annotation_id"),
    "parts": ("Part of", "texts", "text_id"),
    "suggestions": ("Suggestion in", "texts", "text_id"),
}
"""Rows that are known by another one: what is said before its name, its table, and the column that points to it."""
_ONE: Mapping[str, str] = {
    "annotations": "Mark",
    "claims": "Record of a claim",
    "figures": "Record of a figure",
    "mentions": "Record of a mention",
    "spans": "Place of a mark",
    "attributions": "Attribution",
    "links": "Link",
    "checks": "Check",
    "annotation_tags": "Tag on a mark",
    "articles": "Article",
    "texts": "Text",
    "files": "File",
    "file_contents": "Bytes of a file",
    "text_bodies": "Text",
    "tags": "Tag",
    "sources": "Source",
    "events": "Event",
    "steps": "Step",
    "changes": "Change in the history",
    "projects": "Project",
    "analysts": "Analyst",
    "parts": "Part of a text",
    "suggestions": "Suggestion",
    "carryings": "Moved mark",
    "exports": "Export",
    "counters": "Numbers given out",
}


def called(table: str, row_id: int, find: Find) -> str:
    """What a row is called, "" where nothing tells any more. Raises KeyError, ValueError and TypeError for a row that
    is damaged."""
    if table == "articles":
        return label_of(Named.ARTICLE, row_id)
    if table == "checks":
        return label_of(Named.CHECK, row_id)
    if table == "projects":
        return _ONE[table]
    row = find("annotations" if table in RECORDS else table, row_id)
    if not row:
        return ""
    if table in RECORDS:
        return label_of(KINDS[row["kind"]], int(row["number"]))
    if table == "sources":
        return label_of(Named.SOURCE, int(row["number"]))
    if table == "texts":
        return f"{label_of(Named.ARTICLE, int(row['article_id']))}, text {int(row['number'])}"
    if table in _NAMED:
        return f"{_ONE[table]} “{shortened(str(row[_NAMED[table]]))}”"
    if table in _OF:
        before, owner, column = _OF[table]
        name = called(owner, int(row[column]), find)
        return f"{before} {name}" if name else ""
    return ""


def what_it_is(table: str) -> str:
    """What a row of a table is, where no name tells which: "Mark", "Change in the history"."""
    return _ONE[table]
