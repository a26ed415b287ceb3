"""What the filter of marks can hide, as rows, and what a row does to the filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotate.mark_filter import MarkCounts, MarkFilter
from annotate.model import Analyst, Tag
from annotate.vocabulary import Kind
from ui.nesting import nested
from ui.theme import Theme

Value = Kind | int | None
"""A kind, the id of a tag or an analyst; None stands for marks without a tag."""
SectionName = Literal["Kinds", "Tags", "Analysts"]


@dataclass(frozen=True)
class FilterRow:
    """One value that can be hidden; a tag's box switches the tags below it, too."""

    section: SectionName
    value: Value
    label: str
    count: int
    ink: str = ""
    depth: int = 0
    below: frozenset[Value] = frozenset()

    @property
    def values(self) -> frozenset[Value]:
        return self.below | {self.value}


def filter_rows(
    counts: MarkCounts, tags: Sequence[Tag], analysts: Sequence[Analyst], shown: MarkFilter, theme: Theme
) -> list[FilterRow]:
    """What can be hidden: no tags where the project has none, no analysts where there is but one."""
    rows = [FilterRow("Kinds", kind, f"{kind.label}s", counts.kinds.get(kind, 0), theme.ink(kind)) for kind in Kind]
    order = nested(tags)
    for at, (depth, tag) in enumerate(order):
        below: set[Value] = set()
        for deeper, other in order[at + 1 :]:
            if deeper <= depth:
                break
            below.add(other.id)
        count = counts.tags.get(tag.id, 0)
        rows.append(FilterRow("Tags", tag.id, tag.name, count, tag.colour, depth, frozenset(below)))
    if tags or shown.hides_untagged:
        rows.append(FilterRow("Tags", None, "No tag", counts.untagged))
    if len(analysts) > 1 or shown.hidden_analyst_ids:
        rows += [
            FilterRow("Analysts", one.id, one.name or "No name", counts.analysts.get(one.id, 0)) for one in analysts
        ]
    return rows


def hidden_values(shown: MarkFilter, section: SectionName) -> frozenset[Value]:
    """What a filter hides under one heading."""
    if section == "Kinds":
        return frozenset(shown.hidden_kinds)
    if section == "Analysts":
        return frozenset(shown.hidden_analyst_ids)
    return frozenset(shown.hidden_tag_ids) | (frozenset({None}) if shown.hides_untagged else frozenset())


def hiding(shown: MarkFilter, section: SectionName, hidden: Iterable[Value]) -> MarkFilter:
    """A filter that hides these values under one heading, and under the others what it hid."""
    values = frozenset(hidden)
    if section == "Kinds":
        return replace(shown, hidden_kinds=values)
    if section == "Analysts":
        return replace(shown, hidden_analyst_ids=values)
    return replace(shown, hidden_tag_ids=values - {None}, hides_untagged=None in values)


def switched(shown: MarkFilter, row: FilterRow) -> MarkFilter:
    """Hide a value that is shown, or show it again, with all below it."""
    hidden = hidden_values(shown, row.section)
    return hiding(shown, row.section, hidden - row.values if row.value in hidden else hidden | row.values)


def is_only(shown: MarkFilter, row: FilterRow, rows: Sequence[FilterRow]) -> bool:
    """Whether under its heading only this row, with those below it, is shown."""
    hidden = hidden_values(shown, row.section)
    others = {other.value for other in rows if other.section == row.section} - row.values
    return others <= hidden and row.values.isdisjoint(hidden) and bool(others)


def shown_only(shown: MarkFilter, row: FilterRow, rows: Sequence[FilterRow]) -> MarkFilter:
    """Hide all others under the heading; asked for once more, show them again."""
    others = {other.value for other in rows if other.section == row.section} - row.values
    return hiding(shown, row.section, () if is_only(shown, row, rows) else others)
