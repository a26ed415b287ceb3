"""Random work on an article: marks of every kind with tags, ties, checks and judgements, for properties of commands."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from annotate import commands as do
from annotate.errors import NotAllowed
from annotate.integrity import check_project
from annotate.model import Annotation, Article, Span
from annotate.project import Project
from annotate.vocabulary import Kind, Progress, Relation, Stance
from tests.annotate.drafts import FLOOD, span_of

places = st.tuples(st.integers(0, len(FLOOD) - 1), st.integers(1, 60))
some = st.integers(0, 7)


@st.composite
def works(draw: st.DrawFn) -> dict[str, Any]:
    """Marks of every kind, and ties between them by their place in the list."""
    return {
        "marks": draw(st.lists(st.tuples(st.sampled_from(Kind), st.lists(places, min_size=1, max_size=3)), min_size=2)),
        "links": draw(st.lists(st.tuples(some, some, st.sampled_from(Relation)), max_size=8)),
        "said": draw(st.lists(st.tuples(some, st.integers(0, 2), st.sampled_from(Stance), some), max_size=8)),
        "tags": draw(st.lists(st.tuples(some, st.integers(0, 1)), max_size=4)),
        "checks": draw(st.lists(st.tuples(some, st.sampled_from(["map", "خريطة"])), max_size=4)),
        "progress": draw(st.lists(st.tuples(some, st.sampled_from(Progress)), max_size=4)),
        "notes": draw(st.lists(st.tuples(some, st.sampled_from(["see 🌊", "see 🌊\nand more", "more"])), max_size=4)),
    }


def do_work(project: Project, article: Article, work: dict[str, Any]) -> list[int]:
    """Do it, as far as it is allowed; the ids of the marks."""
    ids: list[int] = []

    def attempt(command: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return command(project, *arguments, **options)
        except NotAllowed:
            return None

    def pick(index: int) -> int:
        return ids[index % len(ids)] if ids else 0

    for kind, stretches in work["marks"]:
        spans = [Span(start, min(start + length, len(FLOOD))) for start, length in stretches]
        made = attempt(do.mark, article.id, kind, spans)
        ids += [] if made is None else [made]
    sources, tags = [source.id for source in project.read.sources()], [tag.id for tag in project.read.tags()]
    for one, other, relation in work["links"]:
        attempt(do.link, pick(one), pick(other), relation, note=relation.label)
    for one, source, stance, mention in work["said"]:
        of = project.read.annotation(pick(mention))
        mention_id = of.id if of is not None and of.kind is Kind.SOURCE else None
        attempt(do.attribute, pick(one), sources[source], stance=stance, mention_id=mention_id)
    for one, tag in work["tags"]:
        attempt(do.toggle_tag, [pick(one)], tags[tag])
    for one, words in work["checks"]:
        attempt(do.add_check, pick(one), checked_on=date(2024, 2, 29), looked_at=words)
    for one, progress in work["progress"]:
        annotation = project.read.annotation(pick(one))
        if annotation is not None and annotation.kind is Kind.CLAIM:
            do.edit_record(project, annotation.id, progress=progress)
    for one, note in work["notes"]:
        attempt(do.edit_annotation, pick(one), note=note)
    return ids


def everything_is_whole(project: Project) -> None:
    assert [problem.sentence for problem in check_project(project.read)] == []
    links = project.read.links()
    assert all(link.from_id != link.to_id for link in links)
    assert len({(link.from_id, link.to_id, link.relation) for link in links}) == len(links)


def marked(project: Project, article: Article, kind: Kind, *words: str) -> int:
    """Mark words where they stand first; the id of the annotation."""
    return do.mark(project, article.id, kind, [span_of(project, article, each) for each in words])


def found(project: Project, annotation_id: int) -> Annotation:
    annotation = project.read.annotation(annotation_id)
    assert annotation is not None
    return annotation


def annotated(project: Project, article: Article, kind: Kind, *words: str) -> Annotation:
    """Mark words where they stand first; the annotation as it is then."""
    return found(project, marked(project, article, kind, *words))


def again(project: Project, annotation: Annotation) -> Annotation:
    """An annotation as it is now."""
    return found(project, annotation.id)
