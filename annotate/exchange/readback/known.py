"""What names in cells stand for: sources, tags and events of the project, or new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from annotate import model as m
from annotate.names import name_key
from annotate.report.evidence import Evidence
from annotate.vocabulary import Kind

Named = int | str
"""The row id of what is known, or the name of what would be new."""


@dataclass(frozen=True, slots=True)
class Known:
    """A project's names; `renamed` are those that the same workbook gives to sources."""

    evidence: Evidence
    sources: Mapping[str, list[m.Source]]
    tags: Mapping[str, int]
    events: Mapping[str, int]
    articles: Mapping[str, int]
    """By label and by title, as keys; titles that several have are left out."""
    annotations: Mapping[str, int]
    """Claims and figures by label."""
    uids: frozenset[UUID]
    """Of everything that has a row on a sheet."""
    renamed: dict[str, int] = field(default_factory=dict)

    def source(self, name: str, article_id: int | None, among: Iterable[int] = ()) -> Named:
        """The source of a name: one of those that stand there already, else one of the article, else of all."""
        key = name_key(name)
        found = self.sources.get(key, [])
        there = [one.id for one in found if one.id in set(among)]
        own = [one.id for one in found if one.article_id is not None and one.article_id == article_id]
        anywhere = [one.id for one in found if one.article_id is None]
        exact = [one.id for one in found if one.name == name and one.article_id is None]
        renamed = [self.renamed[key]] if key in self.renamed else []
        return next(iter([*there, *own, *exact, *anywhere, *renamed]), name)

    def source_names(self, words: str) -> list[str]:
        return split_names(words, lambda name: name_key(name) in self.sources or name_key(name) in self.renamed)

    def tag_names(self, words: str) -> list[str]:
        return split_names(words, lambda name: name.casefold() in self.tags)


def known_in(evidence: Evidence, sources: Iterable[m.Source], uids: Iterable[UUID]) -> Known:
    """The names of a project; `sources` is the whole register, of which the evidence leaves some out."""
    named: dict[str, list[m.Source]] = defaultdict(list)
    for source in sources:
        for key in {name_key(name) for name in (source.name, *source.aliases)}:
            named[key].append(source)
    titled: dict[str, list[int]] = defaultdict(list)
    for article in evidence.articles.values():
        titled[article.title.strip().casefold()].append(article.id)
    articles = {title: ids[0] for title, ids in titled.items() if title and len(ids) == 1}
    articles |= {article.label.casefold(): article.id for article in evidence.articles.values()}
    return Known(
        evidence,
        dict(named),
        {tag.name.casefold(): tag.id for tag in evidence.tags.values()},
        {event.name.strip().casefold(): event.id for event in reversed(evidence.events.values())},
        articles,
        {one.label.casefold(): one.id for one in evidence.annotations.values() if one.kind is not Kind.SOURCE},
        frozenset(uids),
    )


def split_names(words: str, is_known: Callable[[str], bool]) -> list[str]:
    """Names that stand in one cell with semicolons between, each once; a known name may hold one itself."""
    pieces = [" ".join(piece.split()) for piece in words.replace("\n", ";").split(";")]
    names: list[str] = []
    place = 0
    while place < len(pieces):
        end = next(
            (end for end in range(len(pieces), place + 1, -1) if is_known("; ".join(pieces[place:end]))), place + 1
        )
        names.append("; ".join(pieces[place:end]))
        place = end
    return [name for name in dict.fromkeys(names) if name]


def by_uid(evidence: Evidence) -> dict[UUID, m.Row]:
    """Everything that has a row on a sheet."""
    rows: list[m.Row] = [
        *evidence.annotations.values(),
        *evidence.attributions,
        *evidence.sources.values(),
        *(link for several in evidence.links_from.values() for link in several),
        *evidence.checks,
        *evidence.articles.values(),
        *evidence.tags.values(),
    ]
    return {row.uid: row for row in rows}
