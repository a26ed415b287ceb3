"""The register of sources, and which source a mention names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotate.attribution import MentionReading, read_mention
from annotate.errors import NotAllowed
from annotate.model import Annotation, Attribution, Source, Span
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import Handling, Kind, Naming, SourceType, Stance

UNNAMED = (Naming.ANONYMOUS, Naming.COLLECTIVE)
"""Sources named like this start anew in each article."""

_FOR_THEMSELVES = {SourceType.GOVERNMENT, SourceType.ARMED_GROUP, SourceType.INTERNATIONAL}
"""Whose statements have their own name where articles have that of a newspaper."""


def add_source(
    project: Project,
    name: str,
    type: SourceType = SourceType.UNSPECIFIED,
    *,
    article_id: int | None = None,
    join: int | None = None,
) -> int:
    """Put a source in the register; `article_id` ties an unnamed one to its article. Returns its id."""
    if not name.strip():
        raise NotAllowed("A source needs a name.")
    with project.change(f"Add source “{name.strip()}”", join=join) as transaction:
        return insert_source(transaction, name, type, article_id=article_id)


def edit_source(project: Project, source_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change a register entry, by the names of model.Source; a new name keeps the old one as an alias."""
    source = find_source(project, source_id)
    columns = renamed_columns(source, columns, keep_old=not _renamed_in(project, source_id, join))
    with project.change(f"Edit source “{source.name}”", join=join) as transaction:
        transaction.update(t.sources, source_id, **columns)


def renamed_columns(source: Source, columns: Mapping[str, Any], *, keep_old: bool = True) -> dict[str, Any]:
    """Columns of a register entry with what follows from a new name: the old one becomes an alias with `keep_old`."""
    columns = dict(columns)
    if "name" in columns:
        columns["name"] = columns["name"].strip()
        if not columns["name"]:
            raise NotAllowed("A source needs a name.")
    if "name" in columns or "aliases" in columns:
        aliases = (*columns.get("aliases", source.aliases), *((source.name,) if keep_old else ()))
        columns["aliases"] = list(_distinct(aliases, but=columns.get("name", source.name)))
    return columns


def remove_source(project: Project, source_id: int) -> None:
    """Take an entry out of the register. Raises NotAllowed while something refers to it."""
    source = find_source(project, source_id)
    if project.read.mentions_of(source_id) or project.read.attributions_to(source_id):
        raise NotAllowed(f"“{source.name}” is still named by mentions or claims. Change those first, or join sources.")
    with project.change(f"Remove source “{source.name}”") as transaction:
        transaction.delete(t.sources, source_id)


def join_sources(project: Project, keep_id: int, other_id: int) -> None:
    """Make two register entries one: names become aliases, mentions and attributions move over.

    What the kept entry does not say is taken from the other, its grade with basis and date together, both notes stay,
    and the stricter handling holds: who was to be protected stays so. Attributions that would then say the same twice
    become one, and nobody is the channel of their own words.
    """
    keep, other = find_source(project, keep_id), find_source(project, other_id)
    if keep_id == other_id:
        raise NotAllowed("Choose two different sources to join.")
    with project.change(f"Join “{other.name}” with “{keep.name}”") as transaction:
        for mention_id in project.read.mentions_of(other_id):
            transaction.update(t.mentions, mention_id, source_id=keep_id)
        for attribution in project.read.attributions_to(other_id):
            _move_attribution(project, transaction, attribution, keep_id, other_id)
        aliases = _distinct((*keep.aliases, other.name, *other.aliases), but=keep.name)
        transaction.update(t.sources, keep_id, aliases=list(aliases), **_gained(keep, other))
        transaction.delete(t.sources, other_id)


def _gained(keep: Source, other: Source) -> dict[str, Any]:
    """The columns of an entry that change when another becomes part of it."""
    gained: dict[str, Any] = {
        "type": other.type if keep.type is SourceType.UNSPECIFIED else keep.type,
        "affiliation": keep.affiliation or other.affiliation,
        "controlled_by": keep.controlled_by or other.controlled_by,
        "handling": max(keep.handling, other.handling, key=list(Handling).index),
        "note": "\n".join(dict.fromkeys(note for note in (keep.note, other.note) if note)),
    }
    if keep.reliability is None and other.reliability is not None:
        gained |= {
            "reliability": other.reliability,
            "reliability_basis": other.reliability_basis,
            "reliability_on": other.reliability_on,
        }
    return {column: value for column, value in gained.items() if value != getattr(keep, column)}


def set_mention_source(project: Project, annotation_id: int, source_id: int | None, *, join: int | None = None) -> None:
    """Say which register entry a mention names."""
    annotation = _mention(project, annotation_id)
    with project.change(f"Set source of {annotation.label}", join=join) as transaction:
        transaction.update(t.mentions, annotation_id, source_id=source_id)


def register_mention(project: Project, annotation_id: int) -> int:
    """Put the source that a mention names in the register, and tie the mention to it. Returns the source's id."""
    annotation = _mention(project, annotation_id)
    body, place = project.read.body(annotation.text_id), annotation.spans[:1]
    if not place:  # an orphan has its words alone
        body, place = annotation.words, (Span(0, len(annotation.words), annotation.words),)
    reading = read_source(project, annotation.article_id, body, place[0])
    with project.change(f"Add source “{reading.name}”") as transaction:
        source_id = source_for(project, transaction, reading, annotation.article_id)
        transaction.update(t.mentions, annotation_id, source_id=source_id)
    return source_id


def read_source(project: Project, article_id: int, body: str, span: Span) -> MentionReading:
    """What marked source words say, short names of the article's own outlet in full: "the Courier" in the Valley
    Courier is the Valley Courier."""
    article = project.read.article(article_id)
    return outlet_in_full(read_mention(body, span), article.outlet if article is not None else None)


def outlet_in_full(reading: MentionReading, outlet: str | None) -> MentionReading:
    """What was read, under the outlet's name as the article has it, where that or a short form of it was read."""
    if outlet and reading.naming is Naming.NAMED and f" {name_key(outlet)}".endswith(f" {name_key(reading.name)}"):
        return replace(reading, name=outlet, type=type_of_outlet(outlet))
    return reading


def type_of_outlet(name: str) -> SourceType:
    """A medium, unless its name and the noun that ends it say that a body speaks for itself: "Velmar Port Authority",
    but not "Police Gazette"."""
    types = {read_mention(words, Span(0, len(words))).type for words in (name, *name.split()[-1:])}
    return read_mention(name, Span(0, len(name))).type if types <= _FOR_THEMSELVES else SourceType.MEDIA


def source_for(project: Project, transaction: Transaction, reading: MentionReading, article_id: int) -> int:
    """The register entry that words name: a known one, else a new one."""
    known = known_source(project, reading, article_id)
    if known is not None:
        return known.id
    tied = article_id if reading.naming in UNNAMED else None
    return insert_source(transaction, reading.name, reading.type, affiliation=reading.affiliation, article_id=tied)


def known_source(project: Project, reading: MentionReading, article_id: int) -> Source | None:
    """The entry with the name that was read; unnamed sources are looked for in their own article only."""
    found = project.read.sources_named(reading.name, article_id)
    if reading.naming in UNNAMED:
        found = [source for source in found if source.article_id == article_id]
    return found[0] if found else None


def find_source(project: Project, source_id: int) -> Source:
    """The register entry. Raises NotAllowed where it has been removed."""
    source = project.read.source(source_id)
    if source is None:
        raise NotAllowed("That source is not in the register any more.")
    return source


def same_saying(said: Attribution, source_id: int, stance: Stance, via_id: int | None) -> bool:
    """Whether an attribution says this of its claim already."""
    return (said.source_id, said.stance, said.via_id) == (source_id, stance, via_id)


def insert_source(
    transaction: Transaction,
    name: str,
    type: SourceType,
    *,
    affiliation: str = "",
    article_id: int | None = None,
) -> int:
    """A new register entry, inside a transaction; not graded."""
    return transaction.insert(
        t.sources,
        number=transaction.next_number("register"),
        name=name.strip(),
        aliases=[],
        type=type,
        affiliation=affiliation,
        handling=Handling.OPEN,
        article_id=article_id,
    )


def mention_at(project: Project, text_id: int, span: Span) -> Annotation | None:
    """A source annotation whose words overlap the span, if there is one."""
    overlapping = project.read.annotations(project.read.overlapping(text_id, span.start, span.end))
    return next((annotation for annotation in overlapping if annotation.kind is Kind.SOURCE), None)


def _move_attribution(
    project: Project, transaction: Transaction, said: Attribution, keep_id: int, other_id: int
) -> None:
    source_id, via_id = (keep_id if one == other_id else one for one in (said.source_id, said.via_id))
    if via_id == source_id:
        via_id = None
    assert source_id is not None
    for known in project.read.attributions([said.annotation_id]):
        if known.id != said.id and same_saying(known, source_id, said.stance, via_id):
            gained = {"verb": known.verb or said.verb, "mention_id": known.mention_id or said.mention_id}
            transaction.update(t.attributions, known.id, **gained)
            transaction.delete(t.attributions, said.id)
            return
    transaction.update(t.attributions, said.id, source_id=source_id, via_id=via_id)


def _renamed_in(project: Project, source_id: int, step_id: int | None) -> bool:
    """Whether a step has changed the name already: what stands there since is half a name, being typed."""
    changes = [] if step_id is None else project.read.changes_of(step_id)
    return any(
        (change.table, change.row_id) == (t.sources.name, source_id) and "name" in (change.before or {})
        for change in changes
    )


def _mention(project: Project, annotation_id: int) -> Annotation:
    annotation = project.read.annotation(annotation_id)
    if annotation is None or annotation.kind is not Kind.SOURCE:
        raise NotAllowed("That is not a source annotation.")
    return annotation


def _distinct(names: Iterable[str], *, but: str) -> tuple[str, ...]:
    seen = {name_key(but)}
    kept = []
    for name in (name.strip() for name in names):
        if name and name_key(name) not in seen:
            seen.add(name_key(name))
            kept.append(name)
    return tuple(kept)
