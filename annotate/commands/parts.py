"""Parts that the words of an article give away: captions, credits, notices; offered, and kept when a person says so.

What an importer knew of a part stays: only what counts as body, or as nothing yet, is read for more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.commands.annotations import find_article
from annotate.errors import NotAllowed
from annotate.model import Part
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.queries import Reader
from annotate.suggest.reading import paragraphs
from annotate.vocabulary import PartRole

OFFERED = (PartRole.CAPTION, PartRole.CREDIT, PartRole.BOILERPLATE)
LONGEST_READ = 300_000
"""Code points; longer texts are not read for parts, since a form that is shown would wait for it."""


@dataclass(frozen=True, slots=True)
class OfferedPart:
    """A paragraph and its likely role; code points of the text."""

    role: PartRole
    start: int
    end: int


def offered_parts(reader: Reader, text_id: int) -> list[OfferedPart]:
    """Paragraphs that are likely captions, credits or boilerplate and are not kept as such, in order. Only reads."""
    text = reader.text(text_id)
    if text is None or text.length > LONGEST_READ:
        return []
    kept = reader.parts(text_id)
    body = reader.body(text_id)
    return [
        OfferedPart(one.role, one.start, one.start + len(body[one.start : one.end].rstrip()))
        for one in paragraphs(body)
        if one.role in OFFERED and _role_at(kept, one.start) in (None, PartRole.BODY)
    ]


def keep_parts(project: Project, article_id: int, role: PartRole) -> int:
    """Keep the offered parts of one role, in one step; parts that hold them are cut round them. Returns how many.

    Credits and boilerplate get no suggestions from then on. Raises NotAllowed where nothing is offered.
    """
    article = find_article(project, article_id)
    offered = [one for one in offered_parts(project.read, article.text_id) if one.role is role]
    if not offered:
        raise NotAllowed("Nothing of that kind is recognised in this article.")
    kept = project.read.parts(article.text_id)
    cut = {one.id: pieces for one in kept if (pieces := _cut(one, offered)) != [(one.start, one.end)]}
    roles = {one.id: one.role for one in kept}
    columns = [
        {"text_id": article.text_id, "role": roles[part_id], "start": start, "end": end}
        for part_id, pieces in cut.items()
        for start, end in pieces
    ]
    columns += [{"text_id": article.text_id, "role": role, "start": one.start, "end": one.end} for one in offered]
    what = role.label.lower()
    label = f"Keep {what}" if len(offered) == 1 or role is PartRole.BOILERPLATE else f"Keep {len(offered):,} {what}s"
    with project.change(label) as transaction:
        transaction.delete_where(t.parts, t.parts.c.id, list(cut))
        transaction.insert_many(t.parts, columns)
    return len(offered)


def _role_at(parts: Sequence[Part], place: int) -> PartRole | None:
    """The role of the part that a place lies in; parts are in order and apart from each other."""
    number = bisect_right(parts, place, key=lambda part: part.start) - 1
    return parts[number].role if number >= 0 and place < parts[number].end else None


def _cut(part: Part, away: Sequence[OfferedPart]) -> list[tuple[int, int]]:
    """What is left of a part without some stretches."""
    left, pieces = part.start, []
    for one in away:
        if one.end <= part.start or one.start >= part.end:
            continue
        if left < one.start:
            pieces.append((left, one.start))
        left = max(left, one.end)
    if left < part.end:
        pieces.append((left, part.end))
    return pieces
