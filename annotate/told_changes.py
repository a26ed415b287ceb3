"""What a step changed, in an analyst's words: which record, which field, from what to what.

Rows that belong together are told as one thing: a mark with its record and its words, an article with its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotate.called import KINDS
from annotate.field_labels import FIELDS, said_value
from annotate.references import label_of
from annotate.row_names import RowNames
from annotate.shortened import shortened
from annotate.steps import Change, Entry

DAMAGED = "This entry of the history is damaged and cannot be read."
_NAMED_BY: Mapping[str, str] = {
    "event_id": "events",
    "source_id": "sources",
    "via_id": "sources",
    "parent_id": "tags",
    "mention_id": "annotations",
    "annotation_id": "annotations",
    "from_id": "annotations",
    "to_id": "annotations",
    "article_id": "articles",
}
"""Columns that hold ids, and of what."""
_RECORDS = ("claims", "figures", "mentions")
_SAID_OF = ("attributions", "annotation_tags", "checks", "carryings", "spans")
_FROM_THE_START = frozenset({"open", "no"})
"""Values that every new record has: not worth telling of one that was just made."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line; `old` and `new` are empty for nothing."""

    record: str
    """C-0004, A-0003, Tag “flood”; "" for what cannot be read."""
    field: str
    old: str = ""
    new: str = ""
    annotation_id: int | None = None
    article_id: int | None = None
    """What it is about, for going there; it may be gone."""

    @property
    def is_whole(self) -> bool:
        """Whether it is told of the whole record, that it came or went, rather than of one of its fields."""
        return self.field in _WHOLE

    def change(self) -> str:
        """What changed, on one line: "Credibility: 3 → 2"."""
        if self.is_whole:
            words = shortened(self.new or self.old)
            return f"{self.field.lower()}: {words}" if words else self.field.lower()
        if not self.old and not self.new:
            return self.field
        if not self.new and self.field.startswith(_PUT_TO):
            return f"{self.field}: {shortened(self.old)} (taken off)"
        sides = _from_where_they_differ(self.old, self.new) if self.old else ("", self.new)
        return f"{self.field}: {' → '.join(shortened(words) or '(empty)' for words in sides[not self.old :])}"

    def __str__(self) -> str:
        """C-0004 Credibility: 3 → 2."""
        return f"{self.record} {self.change()}".strip()


_WHOLE = frozenset({"Marked", "Removed", "Added", "Came in", "Taken out", "Moved to the bin", "Back out of the bin"})

_PUT_TO = ("Tag", "Link", "Who says so", "Check ")
"""What is put to a mark and taken off, rather than filled in and emptied."""
_LEAD, _LONG_LEAD = 12, 30
"""Code points that stay before the first difference, and from how many in common on the others are left out."""


def _from_where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Both from shortly before the first difference, where that lies far in."""
    both = zip(old, new, strict=False)
    common = next((place for place, (one, other) in enumerate(both) if one != other), min(len(old), len(new)))
    start = old.rfind(" ", 0, max(0, common - _LEAD)) if common > _LONG_LEAD else -1
    return (f"…{old[start:]}", f"…{new[start:]}") if start > 0 else (old, new)


def told_changes(entries: Sequence[Entry], names: RowNames) -> list[Told]:
    """The lines of one step: those of a record together, that it came or went before its fields."""
    learn_names(entries, names)
    step = _Step(entries, names)
    of_record: dict[str, list[Told]] = defaultdict(list)
    for entry in entries:
        lines = [Told("", DAMAGED)] if entry.is_damaged else _lines(step, entry.change)
        for line in lines:
            of_record[line.record].append(line)
    return [line for lines in of_record.values() for line in sorted(lines, key=lambda line: not line.is_whole)]


def learn_names(entries: Iterable[Entry], names: RowNames) -> None:
    """Ask for the names of everything that is told of changes, of many steps at once."""
    names.learn(_mentioned(entries))


def _lines(step: _Step, change: Change) -> Iterable[Told]:
    tell = _TELL.get(change.table)
    return () if tell is None else tell(step, change)


def _mentioned(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    for entry in entries:
        change = entry.change
        if change.table in FIELDS or change.table in _SAID_OF:
            yield change.table, change.row_id
        for values in (change.before, change.after):
            for column, table in _NAMED_BY.items():
                value = (values or {}).get(column)
                if isinstance(value, int):
                    yield table, value


class _Step:
    """What is looked up while the lines of a step are made."""

    def __init__(self, entries: Sequence[Entry], names: RowNames) -> None:
        self.names = names
        self.came = {
            (one.change.table, one.change.row_id) for one in entries if one.change.before is None and not one.is_damaged
        }
        self.went = {
            (one.change.table, one.change.row_id) for one in entries if one.change.after is None and not one.is_damaged
        }
        self.reworded = {
            one.change.row_id for one in entries if one.change.table == "annotations" and "words" in _new(one.change)
        }
        self.told: set[tuple[str, int]] = set()
        self._entries = entries

    @cached_property
    def placed(self) -> frozenset[object]:
        """Marks of which the step put a span somewhere; asked for only where a span is told of."""
        return frozenset(
            self.whole_row(one.change).get("annotation_id")
            for one in self._entries
            if one.change.table == "spans" and one.change.after is not None and not one.is_damaged
        )

    def whole_row(self, change: Change) -> Mapping[str, Any]:
        """The row of a change, with the columns that the change leaves alone; ids are numbers, or left out."""
        row = {**self.names.row(change.table, change.row_id), **(change.before or {}), **_new(change)}
        return {name: value for name, value in row.items() if isinstance(value, int) or not name.endswith("_id")}

    def comes_or_goes(self, annotation_id: object) -> bool:
        return ("annotations", annotation_id) in self.came or ("annotations", annotation_id) in self.went

    def fields(self, change: Change, record: str, **target: int | None) -> Iterator[Told]:
        """A line for each column that an analyst knows."""
        before, after = change.before or {}, change.after or {}
        for column, label in FIELDS.get(change.table, {}).items():
            if column in before or column in after:
                old, new = (self.value(change.table, column, values.get(column)) for values in (before, after))
                if old != new:
                    yield Told(record, label, old, new, **target)

    def value(self, table: str, column: str, value: object) -> str:
        of = _NAMED_BY.get(column)
        if of is None:
            return said_value(table, column, value)
        if of in ("sources", "tags", "events") and isinstance(value, int):
            row = self.names.row(of, value)
            return str(row.get("name") or "") or "(gone)"
        return self.names.name(of, value)


def _new(change: Change) -> Mapping[str, Any]:
    return change.after or {}


def _annotation(step: _Step, change: Change) -> Iterator[Told]:
    target = {"annotation_id": change.row_id, "article_id": step.whole_row(change).get("article_id")}
    label = step.names.name("annotations", change.row_id)
    if change.before is None or change.after is None:
        words = str((change.before or change.after or {}).get("words") or "")
        came = change.before is None
        yield Told(label, "Marked" if came else "Removed", "" if came else words, words if came else "", **target)
        if came:
            note = str(_new(change).get("note") or "")
            yield from [Told(label, "Note", "", note, **target)] if note else []
        return
    if "number" in change.before and "number" in change.after:
        old, new = (
            _label({**step.names.row("annotations", change.row_id), **row}) for row in (change.before, change.after)
        )
        yield Told(label, "ID", old, new, **target)
    yield from step.fields(change, label, **target)


def _label(row: Mapping[str, Any]) -> str:
    try:
        return label_of(KINDS[row["kind"]], int(row["number"]))
    except (KeyError, ValueError, TypeError):
        return "(unknown)"


def _record(step: _Step, change: Change) -> Iterator[Told]:
    """The fields of a claim, figure or mention; of one that goes, its mark alone is told."""
    if change.after is None:
        return
    row = step.names.row("annotations", change.row_id)
    label = step.names.name("annotations", change.row_id)
    for line in step.fields(change, label, annotation_id=change.row_id, article_id=row.get("article_id")):
        if change.before is not None or line.new not in _FROM_THE_START:
            yield line


def _span(step: _Step, change: Change) -> Iterator[Told]:
    """That a mark stands elsewhere, where its words do not say so."""
    annotation_id = step.whole_row(change).get("annotation_id")
    key = ("spans", annotation_id or 0)
    if not step.comes_or_goes(annotation_id) and annotation_id not in step.reworded and key not in step.told:
        step.told.add(key)
        label = step.names.name("annotations", annotation_id)
        now = "moved, the same words" if annotation_id in step.placed else "none any more"
        yield Told(label, "Place in the text", "", now, annotation_id=annotation_id)


def _tagged(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    name = step.value("annotation_tags", "parent_id", row.get("tag_id"))
    yield _of_mark(step, change, row.get("annotation_id"), "Tag", name)


def _of_mark(step: _Step, change: Change, annotation_id: Any, field: str, words: str) -> Told:
    """Something that is put to a mark, or taken off."""
    label = step.names.name("annotations", annotation_id)
    came = change.before is None
    return Told(label, field, "" if came else words, words if came else "", annotation_id=annotation_id)


def _attribution(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    annotation_id = row.get("annotation_id")
    if change.before is not None and change.after is not None:
        yield from step.fields(change, step.names.name("annotations", annotation_id), annotation_id=annotation_id)
        return
    who, stance, via = (step.value("attributions", name, row.get(name)) for name in ("source_id", "stance", "via_id"))
    words = f"{who} {stance}" + (f" via {via}" if via else "")
    yield _of_mark(step, change, annotation_id, "Who says so", words)


def _link(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    if change.before is not None and change.after is not None:
        from_id = row.get("from_id")
        yield from step.fields(change, step.names.name("annotations", from_id), annotation_id=from_id)
        return
    relation, other = (step.value("links", name, row.get(name)) for name in ("relation", "to_id"))
    yield _of_mark(step, change, row.get("from_id"), "Link", f"{relation} {other}")


def _check(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    annotation_id = row.get("annotation_id")
    label = step.names.name("checks", change.row_id)
    if change.before is not None and change.after is not None:
        record = f"{label} of {step.names.name('annotations', annotation_id)}"
        yield from step.fields(change, record, annotation_id=annotation_id)
        return
    shows = said_value("checks", "shows", row.get("shows"))
    words = " · ".join(filter(None, (str(row.get("looked_at") or row.get("url") or ""), shows)))
    yield _of_mark(
        step,
        change,
        annotation_id,
        f"Check {label}",
        words or said_value("checks", "checked_on", row.get("checked_on")),
    )


def _carrying(step: _Step, change: Change) -> Iterator[Told]:
    """What an update of the article left to a person, and how that was judged."""
    annotation_id = step.whole_row(change).get("annotation_id")
    if change.before is None:
        outcome = said_value("carryings", "outcome", _new(change).get("outcome"))
        yield _of_mark(step, change, annotation_id, "After the update", outcome)
    elif change.after is not None:
        yield from step.fields(change, step.names.name("annotations", annotation_id), annotation_id=annotation_id)


def _suggestion(step: _Step, change: Change) -> Iterator[Told]:
    """A judgement; of what was accepted the mark that it became is told."""
    if change.before is not None and change.after is not None and not any(t == "annotations" for t, _ in step.came):
        kind = said_value("suggestions", "kind", step.whole_row(change).get("kind"))
        yield from step.fields(change, f"Suggested {kind.lower()}".strip())


def _article(step: _Step, change: Change) -> Iterator[Told]:
    label = step.names.name("articles", change.row_id)
    if change.before is None:
        yield Told(label, "Came in", "", str(_new(change).get("title") or ""), article_id=change.row_id)
    elif change.after is None:
        yield Told(label, "Taken out", str(change.before.get("title") or ""), article_id=change.row_id)
    else:
        if "deleted" in _new(change):
            title = str(step.whole_row(change).get("title") or "")
            field = "Moved to the bin" if _new(change)["deleted"] else "Back out of the bin"
            yield Told(label, field, "", title, article_id=change.row_id)
        yield from step.fields(change, label, article_id=change.row_id)


def _text(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    article_id = row.get("article_id")
    key = ("articles", article_id)
    is_told = key in step.came or key in step.went or (change.before is not None and change.after is not None)
    if not is_told and isinstance(article_id, int):
        words = f"version {row.get('number')}, {said_value('texts', 'words', row.get('words'))} words"
        came = change.before is None
        label = step.names.name("articles", article_id)
        yield Told(label, "Text", "" if came else words, words if came else "", article_id=article_id)


def _part(step: _Step, change: Change) -> Iterator[Told]:
    row = step.whole_row(change)
    text_id = row.get("text_id")
    if ("texts", text_id) in step.came or ("texts", text_id) in step.went or not isinstance(text_id, int):
        return
    article_id = step.names.row("texts", text_id).get("article_id")
    role = said_value("parts", "role", row.get("role"))
    came = change.before is None
    label = step.names.name("articles", article_id)
    yield Told(label, "Part", "" if came else role, role if came else "", article_id=article_id)


def _entry_of_list(step: _Step, change: Change) -> Iterator[Told]:
    """A tag, an event, a source, the project: what has a name of its own."""
    name = str(step.whole_row(change).get("name") or "")
    label = step.names.name(change.table, change.row_id)
    if change.table == "sources":
        label = f"{label} “{shortened(name)}”"
    if change.before is None or change.after is None:
        came = change.before is None
        yield Told(label, "Added" if came else "Removed", "" if came else name, name if came else "")
    else:
        yield from step.fields(change, label)


_TELL: Mapping[str, Callable[[_Step, Change], Iterable[Told]]] = {
    "annotations": _annotation,
    **dict.fromkeys(_RECORDS, _record),
    "spans": _span,
    "annotation_tags": _tagged,
    "attributions": _attribution,
    "links": _link,
    "checks": _check,
    "carryings": _carrying,
    "suggestions": _suggestion,
    "articles": _article,
    "texts": _text,
    "parts": _part,
    **dict.fromkeys(("tags", "events", "sources", "projects"), _entry_of_list),
}
"""Files come and go with the articles that are read from them, and are not told."""
