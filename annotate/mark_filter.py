"""Which marks are looked at: a view that hides a kind, a tag or an analyst, as the filter of a spreadsheet does.

What is hidden is named and not what is shown, so that whatever is made later, a new tag above all, is there at once.
The same rule stands as SQL in `store/queries/filters.py`; nothing is ever changed or left out of an export by it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from annotate.model import Annotation
from annotate.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """An annotation is shown if its kind is, its analyst is, and a tag of it is, or it has none and those are shown."""

    hidden_kinds: frozenset[Kind] = frozenset()
    hidden_tag_ids: frozenset[int] = frozenset()
    hides_untagged: bool = False
    hidden_analyst_ids: frozenset[int] = frozenset()
    always: frozenset[int] = frozenset()
    """Annotations that are shown whatever is hidden."""

    @property
    def is_open(self) -> bool:
        """Whether nothing is hidden."""
        return not (self.hidden_kinds or self.hidden_tag_ids or self.hides_untagged or self.hidden_analyst_ids)

    def shows(self, annotation: Annotation) -> bool:
        return annotation.id in self.always or (
            annotation.kind not in self.hidden_kinds
            and annotation.analyst_id not in self.hidden_analyst_ids
            and self.shows_tags(annotation.tag_ids)
        )

    def shows_tags(self, tag_ids: Collection[int]) -> bool:
        """Whether an annotation with these tags is shown as far as tags go."""
        return not self.hidden_tag_ids.issuperset(tag_ids) if tag_ids else not self.hides_untagged


SHOW_ALL = MarkFilter()


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """How many annotations of an article have each value that can be hidden; values that none has are left out."""

    kinds: Mapping[Kind, int] = field(default_factory=dict)
    tags: Mapping[int, int] = field(default_factory=dict)
    untagged: int = 0
    analysts: Mapping[int, int] = field(default_factory=dict)
