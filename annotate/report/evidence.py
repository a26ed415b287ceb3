"""Everything a report is made of, read in few questions and tied together by id.

Why it exists: sheets look the same records up again and again (who says so, which claim holds the figure), and a
question for each row would take minutes. Articles in the bin, what is marked in them, and suggestions stay out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from annotate import model as m
from annotate.report.novelty import Novel, Novelty, novelties
from annotate.report.places import Place, Places
from annotate.report.scope import EVERYTHING, Scope, kept_annotations
from annotate.steps import Moment
from annotate.store.queries import Reader
from annotate.store.queries.annotations import SAYS_SO
from annotate.vocabulary import Kind, Relation, Stance


@dataclass(frozen=True, slots=True)
class Evidence:
    """A project at one moment. Sequences are in the order of the sheets, mappings go by row id."""

    project: m.ProjectInfo
    analyst: str
    made_at: datetime
    articles: dict[int, m.Article]
    texts: dict[int, m.Text]
    files: dict[int, m.File]
    analysts: dict[int, str]
    annotations: dict[int, m.Annotation]
    sources: dict[int, m.Source]
    events: dict[int, m.Event]
    tags: dict[int, m.Tag]
    checks: Sequence[m.Check]
    attributions: Sequence[m.Attribution]
    said_of: dict[int, list[m.Attribution]]
    """Attributions by claim or figure."""
    links_from: dict[int, list[m.Link]]
    links_to: dict[int, list[m.Link]]
    places: dict[int, Place]
    """Paragraph and context of annotations that have words in a text."""
    carryings: dict[int, m.Carrying]
    """What waits to be judged since an update, by annotation."""
    moment: Moment | None = None
    """Where the journal stood, so that a workbook read back is compared with what was exported."""
    open_suggestions: dict[int, int] = field(default_factory=dict)
    """How many suggestions nobody has judged, by article; what they propose is never read."""
    scope: Scope = EVERYTHING
    articles_in_all: int = 0
    """How many the project has outside the bin."""
    novelties: Sequence[Novel] = ()
    """Under a scope since an export: what became of what that export had."""
    shared: bool = False
    """Whether it was made for handing on (sharing.py): what is known only within the team is not in it."""

    def is_placed(self, annotation: m.Annotation) -> bool:
        """Whether its words stand in the newest text of its article, the one that its offsets are read in."""
        return bool(annotation.spans) and annotation.text_id == self.articles[annotation.article_id].text_id

    def standing(self, annotation: m.Annotation) -> str:
        """What is to be known about its place in the newest text; empty where it simply stands there."""
        carrying = self.carryings.get(annotation.id)
        if carrying is not None:
            return f"{carrying.outcome.label}: {carrying.reason}"
        return "" if self.is_placed(annotation) else "not in the newest text"

    def of_kind(self, kind: Kind) -> list[m.Annotation]:
        """The annotations of a kind, by article and place."""
        return [annotation for annotation in self.annotations.values() if annotation.kind is kind]

    def linked(self, annotation_id: int, relation: Relation, *, backwards: bool = False) -> list[m.Annotation]:
        """The annotations a link leads to from here; `backwards` those from which one leads here."""
        if backwards:
            ids = [link.from_id for link in self.links_to.get(annotation_id, ()) if link.relation is relation]
        else:
            ids = [link.to_id for link in self.links_from.get(annotation_id, ()) if link.relation is relation]
        return [self.annotations[other] for other in dict.fromkeys(ids)]

    def linked_either_way(self, annotation_id: int, relation: Relation) -> list[m.Annotation]:
        """The annotations tied to this one by a relation that has no direction, by their IDs."""
        found = self.linked(annotation_id, relation) + self.linked(annotation_id, relation, backwards=True)
        return sorted({other.id: other for other in found}.values(), key=lambda other: other.number)

    def saying(self, annotation_id: int, *stances: Stance) -> list[m.Attribution]:
        """Attributions of a claim or figure with one of the stances (by default: those who say so)."""
        wanted = stances or SAYS_SO
        return [said for said in self.said_of.get(annotation_id, ()) if said.stance in wanted]

    def names(self, said: Iterable[m.Attribution]) -> str:
        """The names of the sources of attributions, each once."""
        return joined(self.sources[one.source_id].name for one in said)

    def page_of(self, annotation: m.Annotation) -> int | None:
        """The page of the file, from 1, that an annotation begins on; None without words or pages."""
        return self.texts[annotation.text_id].page_of(annotation.spans[0].start) if annotation.spans else None

    def tag_names(self, annotation: m.Annotation) -> str:
        return joined(self.tags[tag_id].name for tag_id in annotation.tag_ids)


def gather(reader: Reader, analyst: str, scope: Scope = EVERYTHING) -> Evidence:
    """Read what a scope keeps, never what lies in the bin. Questions do not grow in number with the annotations."""
    every_article = {article.id: article for article in reader.articles()}
    articles = {i: article for i, article in every_article.items() if scope.keeps_article(article)}
    every_annotation = {one.id: one for one in reader.annotations()}
    every_attribution, every_link = reader.attributions(), reader.links()
    novel = novelties(reader, scope.since, every_annotation) if scope.since else []
    annotations = {i: one for i, one in every_annotation.items() if one.article_id in articles}
    if scope.narrows_marks:
        fresh = {one.annotation_id for one in novel}
        kept = kept_annotations(scope, annotations, every_link, every_attribution, fresh)
        annotations = {i: one for i, one in annotations.items() if i in kept}
        holding = {one.article_id for one in annotations.values()}
        articles = {i: article for i, article in articles.items() if i in holding}
    links = [link for link in every_link if link.from_id in annotations and link.to_id in annotations]
    attributions = [said for said in every_attribution if said.annotation_id in annotations]
    sources = _sources(reader, annotations, every_attribution, everything=scope.is_everything)
    texts = {text.id: text for text in reader.texts() if text.article_id in every_article}
    checks = [check for check in reader.checks() if check.annotation_id in annotations]
    places = Places(reader.body)
    return Evidence(
        project=reader.project_info(),
        analyst=analyst,
        made_at=datetime.now(UTC),
        articles=articles,
        texts=texts,
        files=_files(reader, articles.values(), texts.values(), checks),
        analysts={analyst.id: analyst.name for analyst in reader.analysts()},
        annotations=annotations,
        sources=sources,
        events={event.id: event for event in reader.events()},
        tags={tag.id: tag for tag in reader.tags()},
        checks=checks,
        attributions=attributions,
        said_of=grouped(attributions, lambda said: said.annotation_id),
        links_from=grouped(links, lambda link: link.from_id),
        links_to=grouped(links, lambda link: link.to_id),
        places={
            annotation.id: places.of(annotation.text_id, annotation.spans)
            for annotation in annotations.values()
            if annotation.spans and annotation.kind is not Kind.SOURCE
        },
        carryings={one.annotation_id: one for one in reader.carryings() if one.annotation_id in annotations},
        moment=reader.newest_moment(),
        open_suggestions={
            article_id: counts.suggestions
            for article_id, counts in sorted(reader.article_counts().items())
            if counts.suggestions and article_id in articles
        },
        scope=scope,
        articles_in_all=len(every_article),
        novelties=[one for one in novel if one.novelty is Novelty.WITHDRAWN or one.annotation_id in annotations],
    )


def joined(words: Iterable[str]) -> str:
    """Words as a list in one cell, each once."""
    return "; ".join(dict.fromkeys(word for word in words if word))


def _sources(
    reader: Reader,
    annotations: dict[int, m.Annotation],
    every_attribution: Sequence[m.Attribution],
    *,
    everything: bool,
) -> dict[int, m.Source]:
    """The register by ID: of everything, without those that are named in the bin and nowhere else; of a part, those
    that are named in it."""
    kept: set[int | None] = set()
    binned: set[int | None] = set()
    for said in every_attribution:
        (kept if said.annotation_id in annotations else binned).update((said.source_id, said.via_id))
    kept.update(one.mention.source_id for one in annotations.values() if one.kind is Kind.SOURCE)
    sources = {}
    for source in sorted(reader.sources(), key=lambda source: source.number):
        unused = everything and not (source.id in binned or reader.mentions_of(source.id))
        if source.id in kept or unused:
            sources[source.id] = source
    return sources


def _files(
    reader: Reader, articles: Iterable[m.Article], texts: Iterable[m.Text], checks: Iterable[m.Check]
) -> dict[int, m.File]:
    """The files that something outside the bin came from."""
    used = {one.file_id for several in (articles, texts, checks) for one in several}
    return {file.id: file for file in reader.files() if file.id in used}


T = TypeVar("T")


def grouped(rows: Iterable[T], key: Callable[[T], int]) -> dict[int, list[T]]:
    """Rows by a number of theirs, in their order."""
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
