"""The codebook as a list: each tag below its parent, with how deep it lies."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.model import Tag


def nested(tags: Iterable[Tag]) -> list[tuple[int, Tag]]:
    """Tags with their depth, each below its parent, in the analyst's order."""
    below: dict[int | None, list[Tag]] = {}
    for tag in tags:
        below.setdefault(tag.parent_id, []).append(tag)
    found: list[tuple[int, Tag]] = []

    def add(parent_id: int | None, depth: int) -> None:
        for tag in below.get(parent_id, ()):
            found.append((depth, tag))
            add(tag.id, depth + 1)

    add(None, 0)
    return found
