"""Ties between annotations: a claim contains figures, claims bear on each other."""

from __future__ import annotations

from annotate.errors import NotAllowed
from annotate.model import Link
from annotate.project import Project
from annotate.store import schema as t
from annotate.vocabulary import Kind, Relation

MUTUAL = (Relation.CORROBORATES, Relation.CONTRADICTS)
"""Relations without a direction."""


def link(project: Project, from_id: int, to_id: int, relation: Relation, *, note: str = "") -> int:
    """Tie two annotations. A claim contains figures; every other relation stands between two claims.

    Returns the link's id, also where the same link is there already. Raises NotAllowed for other kinds.
    """
    pair = {annotation.id: annotation for annotation in project.read.annotations({from_id, to_id})}
    if len(pair) < 2:
        raise NotAllowed("Choose two different marks to link.")
    first, second = pair[from_id], pair[to_id]
    if (first.kind, second.kind) != (Kind.CLAIM, relation.to_kind):
        raise NotAllowed(f"“{relation.label}” ties a claim to a {relation.to_kind.label.lower()}.")
    for known in _same_links(project, from_id, to_id, relation):
        return known.id
    with project.change(f"Link {first.label} {relation.label} {second.label}") as transaction:
        return transaction.insert(t.links, from_id=from_id, to_id=to_id, relation=relation, note=note)


def unlink(project: Project, link_id: int) -> None:
    with project.change("Remove link") as transaction:
        transaction.delete(t.links, link_id)


def unlink_pair(project: Project, from_id: int, to_id: int, relation: Relation) -> None:
    """Remove the link of this relation between two annotations, if there is one."""
    for known in _same_links(project, from_id, to_id, relation):
        unlink(project, known.id)


def _same_links(project: Project, from_id: int, to_id: int, relation: Relation) -> list[Link]:
    """Links that say the same; two claims corroborate or contradict each other in either direction."""
    pairs = [(from_id, to_id), (to_id, from_id)] if relation in MUTUAL else [(from_id, to_id)]
    links = project.read.links([from_id])
    return [link for link in links if (link.from_id, link.to_id) in pairs and link.relation is relation]
