"""The analyst's own tags, and the events that claims and figures are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotate.errors import NotAllowed
from annotate.model import DatedWords, Tag
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import dated_columns

COLOURS = ("#8e4ec6", "#c2410c", "#0e7490", "#64748b", "#a16207", "#be185d", "#4d7c0f", "#1d4ed8", "#7c2d12", "#0f766e")
"""Given to new tags in turn; told apart from the inks of the three kinds by place, not by hue alone."""

KEYS = "123456789"
"""Keys given to new tags in turn."""


def add_tag(
    project: Project,
    name: str,
    *,
    parent_id: int | None = None,
    colour: str | None = None,
    key: str | None = None,
    meaning: str = "",
    join: int | None = None,
) -> int:
    """Add a tag to the codebook; colour and key are the next free ones unless given. Returns its id."""
    tags = project.read.tags()
    name = _new_name(tags, name)
    with project.change(f"Add tag “{name}”", join=join) as transaction:
        return insert_tag(transaction, tags, name, parent_id=parent_id, colour=colour, key=key, meaning=meaning)


def insert_tag(
    transaction: Transaction,
    tags: Sequence[Tag],
    name: str,
    *,
    parent_id: int | None = None,
    colour: str | None = None,
    key: str | None = None,
    meaning: str = "",
) -> int:
    """A new entry behind the `tags` of the codebook, inside a transaction; none of them may have its name."""
    if key is None:
        key = next((free for free in KEYS if all(tag.key != free for tag in tags)), None)
    return transaction.insert(
        t.tags,
        name=name,
        parent_id=parent_id,
        colour=colour or COLOURS[len(tags) % len(COLOURS)],
        key=key,
        meaning=meaning,
        position=1 + max((tag.position for tag in tags), default=0),
    )


def edit_tag(project: Project, tag_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change a tag by the names of model.Tag. A key that another tag has moves over to this one."""
    tags = project.read.tags()
    tag = _tag(tags, tag_id)
    if "name" in columns:
        columns["name"] = _new_name([other for other in tags if other.id != tag_id], columns["name"])
    if "parent_id" in columns and tag_id in _line(tags, columns["parent_id"]):
        raise NotAllowed(f"“{tag.name}” cannot lie below itself.")
    with project.change(f"Edit tag “{tag.name}”", join=join) as transaction:
        for other in tags:
            if columns.get("key") and other.key == columns["key"] and other.id != tag_id:
                transaction.update(t.tags, other.id, key=None)
        transaction.update(t.tags, tag_id, **columns)


def remove_tag(project: Project, tag_id: int) -> None:
    """Take a tag out of the codebook and off every annotation; tags below it move up."""
    tag = _tag(project.read.tags(), tag_id)
    with project.change(f"Remove tag “{tag.name}”") as transaction:
        transaction.delete_where(t.annotation_tags, t.annotation_tags.c.tag_id, [tag_id])
        transaction.update_where(t.tags, t.tags.c.parent_id, [tag_id], parent_id=tag.parent_id)
        transaction.delete(t.tags, tag_id)


def add_event(project: Project, name: str, *, happened: DatedWords | None = None, place: str = "") -> int:
    """Add an event that claims and figures can be about. Returns its id."""
    if not name.strip():
        raise NotAllowed("An event needs a name.")
    with project.change(f"Add event “{name.strip()}”") as transaction:
        columns = dated_columns("happened", happened or DatedWords())
        return transaction.insert(t.events, name=name.strip(), place=place, **columns)


def edit_event(project: Project, event_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change an event by the names of model.Event (`happened` whole)."""
    happened = columns.pop("happened", None)
    if happened is not None:
        columns |= dated_columns("happened", happened)
    with project.change("Edit event", join=join) as transaction:
        transaction.update(t.events, event_id, **columns)


def _tag(tags: Sequence[Tag], tag_id: int) -> Tag:
    found = next((tag for tag in tags if tag.id == tag_id), None)
    if found is None:
        raise NotAllowed("That tag is not in the codebook any more.")
    return found


def _new_name(tags: Sequence[Tag], name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise NotAllowed("A tag needs a name.")
    if any(tag.name.casefold() == name.casefold() for tag in tags):
        raise NotAllowed(f"There is a tag “{name}” already.")
    return name


def _line(tags: Sequence[Tag], tag_id: int | None) -> set[int]:
    """A tag and all above it."""
    above = {tag.id: tag.parent_id for tag in tags}
    line: set[int] = set()
    while tag_id is not None and tag_id not in line:
        line.add(tag_id)
        tag_id = above.get(tag_id)
    return line
