"""What is new, revised or withdrawn since an export, read from the journal.

Why it exists: who has the last workbook wants to know what became of it. The journal says so exactly, also where a
change was taken back again, which is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.model import Annotation
from annotate.references import label_of
from annotate.steps import Export
from annotate.store.queries import Reader
from annotate.vocabulary import Choice, Kind


class Novelty(Choice):
    NEW = "new", "new", "It was not in the last export"
    REVISED = "revised", "revised", "It was in the last export, and something of it has changed"
    WITHDRAWN = "withdrawn", "withdrawn", "It was in the last export, and is not in this one"


@dataclass(frozen=True, slots=True)
class Novel:
    """One annotation that is not as the last export had it."""

    annotation_id: int
    label: str
    kind: Kind
    novelty: Novelty
    what: tuple[str, ...]
    """Of one that was revised, what of it: "words", "note"."""
    words: str


@dataclass(slots=True)
class _Net:
    """What changes of one row come to, taken together."""

    was_there: bool
    is_there: bool = True
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> set[str]:
        """Those that hold something else now."""
        return {name for name, value in self.after.items() if self.before.get(name) != value} - _NO_CONTENT


def novelties(reader: Reader, since: Export, annotations: Mapping[int, Annotation]) -> list[Novel]:
    """Annotations that are new, revised or withdrawn since an export, the newest IDs last.

    `annotations` are those outside the bin now.
    """
    nets = _nets(reader, since)
    moved = _moved_articles(nets)
    touched: dict[int, set[str]] = defaultdict(set)
    for (table, row_id), net in nets.items():
        if table in _WORDS_FOR:
            changed = _changed(table, net)
            for annotation_id in _owners(reader, table, row_id, net) if changed else ():
                touched[annotation_id] |= {_said(table, name) for name in changed}
    for annotation in annotations.values():
        if moved.get(annotation.article_id) is Novelty.NEW:
            touched.setdefault(annotation.id, set())
    found = []
    for annotation_id, what in touched.items():
        now = annotations.get(annotation_id)
        own = nets.get(("annotations", annotation_id))
        if now is None:
            if own is not None and own.was_there and not own.is_there:
                found.append(_withdrawn(annotation_id, own))
        elif (own is not None and not own.was_there) or moved.get(now.article_id) is Novelty.NEW:
            found.append(Novel(now.id, now.label, now.kind, Novelty.NEW, (), now.words))
        elif what:
            found.append(Novel(now.id, now.label, now.kind, Novelty.REVISED, tuple(sorted(what)), now.words))
    binned = [article_id for article_id, novelty in moved.items() if novelty is Novelty.WITHDRAWN]
    for one in reader.annotations(reader.ids_in_articles(binned)):
        own = nets.get(("annotations", one.id))
        if own is None or own.was_there:
            found.append(Novel(one.id, one.label, one.kind, Novelty.WITHDRAWN, (), one.words))
    return sorted(found, key=lambda one: (list(Kind).index(one.kind), one.label))


def _nets(reader: Reader, since: Export) -> dict[tuple[str, int], _Net]:
    nets: dict[tuple[str, int], _Net] = {}
    for change in reversed(reader.changes_since(since.last_change)):
        net = nets.setdefault((change.table, change.row_id), _Net(was_there=change.before is not None))
        for name, value in (change.before or {}).items():
            net.before.setdefault(name, value)
        net.is_there = change.after is not None
        net.after.update(change.after or {})
    return nets


def _changed(table: str, net: _Net) -> set[str]:
    """Columns of a row that hold something else now; all of it counts as one where the row came or went."""
    if net.was_there and net.is_there:
        return net.columns()
    return {table} if net.was_there != net.is_there else set()


def _moved_articles(nets: Mapping[tuple[str, int], _Net]) -> dict[int, Novelty]:
    """Articles that came out of the bin, or went into it."""
    moved = {}
    for (table, row_id), net in nets.items():
        if table == "articles" and net.was_there and "deleted" in net.columns():
            moved[row_id] = Novelty.WITHDRAWN if net.after["deleted"] else Novelty.NEW
    return moved


def _withdrawn(annotation_id: int, net: _Net) -> Novel:
    kind = next(kind for kind in Kind if kind == net.before["kind"])
    label = label_of(kind, net.before["number"])
    return Novel(annotation_id, label, kind, Novelty.WITHDRAWN, (), net.before["words"])


def _owners(reader: Reader, table: str, row_id: int, net: _Net) -> Iterable[int]:
    """The annotations that a row belongs to."""
    if table in ("annotations", "claims", "figures", "mentions"):
        return (row_id,)
    known = net.before | net.after
    keys = ("from_id", "to_id") if table == "links" else ("annotation_id",)
    if any(key not in known for key in keys):
        known = reader.row_of(table, row_id) | known
    return [known[key] for key in keys if key in known]


def _said(table: str, column: str) -> str:
    """What of an annotation a column is, as people say it."""
    whole = _WORDS_FOR[table]
    if whole is not None:
        return whole
    dated = next((prefix for prefix in ("happened", "said", "as_of") if column.startswith(f"{prefix}_")), column)
    return dated.removesuffix("_id").replace("_", " ")


_WORDS_FOR: dict[str, str | None] = {
    "annotations": None,
    "claims": None,
    "figures": None,
    "mentions": None,
    "spans": "words",
    "attributions": "attributed to",
    "links": "links",
    "checks": "checks",
    "annotation_tags": "tags",
}
"""What a change of any column of a table is called; None where the column says it."""

_NO_CONTENT = frozenset({"id", "uid", "revision", "changed_at", "text_id", "analyst_id", "origin"})
