"""Many places at once come out as if they had been marked one by one, in one step and with few questions."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands, history
from annotate.errors import NotAllowed
from annotate.finding import Finder, Wanted
from annotate.model import Annotation, Article, Span
from annotate.project import Project
from annotate.vocabulary import ArticleStatus, Kind, Relation
from tests.annotate.drafts import take_in
from tests.statements import statements_to

STORY = (
    "Fire 🔥 in the port 🇳🇴\r\n\r\nThe Courier said at least 40 boats burnt. “At least 7 boats sank,” said Ane Lund.\n"
    "Cafe\u0301 owners counted at least 300 boats.\u2028قال مسؤول إن at least 5 boats were lost, the Courier said.\n"
)


def hits(project: Project, article: Article, expression: str) -> list[Span]:
    return Finder(project.read.body(article.text_id)).find(Wanted(expression, expression=True))


@pytest.fixture
def story(project: Project) -> Article:
    return take_in(project, STORY, "story.txt", outlet="Valley Courier")


def told(project: Project) -> list[tuple[object, ...]]:
    """Everything that marking made, without ids and times."""
    links = {(link.from_id, link.to_id) for link in project.read.links(project.read.annotation_ids())}
    by_id = {one.id: (one.kind, one.number) for one in project.read.annotations()}
    said = project.read.attributions(project.read.annotation_ids())
    return [
        *((one.kind, one.number, one.spans, one.words, one.record, one.origin) for one in project.read.annotations()),
        *sorted((by_id[a], by_id[b]) for a, b in links),
        *sorted((by_id[one.annotation_id], one.source_id, one.stance, one.basis) for one in said),
    ]


ONE_AFTER_THE_OTHER = [
    (Kind.SOURCE, "the Courier|Ane Lund"),
    (Kind.CLAIM, r"\d+ boats \w+"),
    (Kind.FIGURE, r"at least \d+ boats"),
    (Kind.CLAIM, r"at least .*?\w+ed|at least \d+ boats \w+"),
]


def test_all_at_once_comes_out_as_one_by_one(tmp_path: Path) -> None:
    made = []
    for at_once in (True, False):
        with Project.create(tmp_path / f"{at_once} 🌊.pnote", "Ana") as project:
            article = take_in(project, STORY, "story.txt", outlet="Valley Courier")
            for kind, expression in ONE_AFTER_THE_OTHER:
                places = hits(project, article, expression)
                assert places
                if at_once:
                    commands.mark_all(project, article.id, kind, places)
                else:
                    for place in places:
                        commands.mark(project, article.id, kind, [place])
            made.append(told(project))
            assert project.read.article(article.id).status is ArticleStatus.IN_PROGRESS
    assert made[0] == made[1]
    assert any(len(row) == 2 for row in made[0]), "figures are linked to claims"


def test_places_marked_already_are_left_out_and_counted(project: Project, story: Article) -> None:
    places = hits(project, story, r"\d+ boats")
    commands.mark(project, story.id, Kind.FIGURE, [places[1]])
    commands.mark(project, story.id, Kind.CLAIM, [places[2]])
    done = commands.mark_all(project, story.id, Kind.FIGURE, places)
    assert (len(done.annotation_ids), done.already) == (3, 1)
    assert commands.mark_all(project, story.id, Kind.FIGURE, places) == commands.MarkedAll((), 4)


def words_of(project: Project, done: commands.MarkedAll) -> list[str]:
    return [one.words for one in project.read.annotations(done.annotation_ids)]


COUNTS = "🇺🇦 Some 8,000–12,000 people fled, at least 40 of them hurt.\nقتل 43 مدنيا في 2016، 0 in 1.2 million homes."


def test_a_number_is_marked_as_the_whole_figure_once(project: Project) -> None:
    article = take_in(project, COUNTS, "counts.txt")
    done = commands.mark_all(project, article.id, Kind.FIGURE, hits(project, article, r"\d+,000|4(?=0)|fled|1\.2"))
    assert words_of(project, done) == [
        "Some 8,000–12,000 people",
        "fled",
        "at least 40 of them hurt",
        "1.2 million homes",
    ]
    again = commands.mark_all(project, article.id, Kind.FIGURE, hits(project, article, r"8,|12,|0"))
    assert (words_of(project, again), again.already) == (["2016", "0"], 2)


def test_what_lies_in_a_mark_of_the_kind_is_marked_already(project: Project, story: Article) -> None:
    (wide,) = hits(project, story, "“At least 7 boats sank,” said Ane Lund")
    commands.mark(project, story.id, Kind.CLAIM, [wide])
    boats = hits(project, story, r"\d+ boats")
    done = commands.mark_all(project, story.id, Kind.CLAIM, boats)
    assert (words_of(project, done), done.already) == (["40 boats", "300 boats", "5 boats"], 1)
    assert commands.mark_all(project, story.id, Kind.SOURCE, boats).already == 0
    narrow = commands.mark(project, story.id, Kind.FIGURE, [Span(boats[0].start, boats[0].start + 2)])
    figures = commands.mark_all(project, story.id, Kind.FIGURE, hits(project, story, "40|300"))
    assert (words_of(project, figures), figures.already) == (["at least 300 boats"], 1)
    assert project.read.annotation(narrow) is not None


@given(
    marks=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=5),
    found=st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), min_size=1, max_size=8),
)
def test_the_places_left_out_are_those_a_plain_comparison_finds(
    marks: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    from annotate.commands.marking_all import _places
    from annotate.summaries import Mark

    body = "🌊x" * 60
    there = [Mark(1, Kind.CLAIM, start, start + length) for start, length in sorted(marks)]
    spans = {(start, start + length) for start, length in found}
    new, already = _places(body, Kind.CLAIM, [Span(*span) for span in spans], there)
    assert {(one.start, one.end) for one in new} == {
        span for span in spans if not any(mark.start <= span[0] and span[1] <= mark.end for mark in there)
    }
    assert len(new) + already == len(spans)


def test_it_is_one_step_that_is_undone_and_done_again_whole(project: Project, story: Article) -> None:
    commands.mark(project, story.id, Kind.CLAIM, hits(project, story, "at least 40 boats burnt"))
    before = told(project)
    commands.mark_all(project, story.id, Kind.FIGURE, hits(project, story, r"\d+ boats"))
    after = told(project)
    assert history.next_undo(project).label == "Mark 4 figures"
    history.undo(project)
    assert told(project) == before
    history.redo(project)
    assert told(project) == after
    assert [link.relation for link in project.read.links(project.read.annotation_ids())] == [Relation.CONTAINS]


def test_blanks_are_trimmed_and_places_of_blanks_alone_are_none(project: Project, story: Article) -> None:
    done = commands.mark_all(project, story.id, Kind.FIGURE, hits(project, story, r"\s\d+\s|🇳🇴(?=\s)|\n"))
    words = [one.words for one in project.read.annotations(done.annotation_ids)]
    assert [each.lower() for each in words] == ["🇳🇴", *(f"at least {count} boats" for count in (40, 7, 300, 5))]
    with pytest.raises(NotAllowed, match="Only spaces"):
        commands.mark_all(project, story.id, Kind.FIGURE, hits(project, story, r"\s+"))


def test_more_than_can_be_marked_at_once_are_refused_in_a_sentence(project: Project) -> None:
    article = take_in(project, "e " * (commands.MOST_AT_ONCE + 1), "many.txt")
    with pytest.raises(NotAllowed, match=r"More than 2,000 places .* narrower"):
        commands.mark_all(project, article.id, Kind.FIGURE, hits(project, article, "e"))
    assert project.read.annotation_ids() == []


@pytest.mark.parametrize("kind", Kind)
def test_the_statements_do_not_grow_with_the_places(project: Project, kind: Kind) -> None:
    needed = []
    for count in (10, 60):
        article = take_in(
            project, f"Part {count}\n\n" + "The Courier: 40 boats.\n" * count, f"{count}.txt", outlet="It"
        )
        with statements_to(project.read) as statements:
            commands.mark_all(project, article.id, kind, hits(project, article, "the Courier|40 boats"))
        needed.append(len(statements))
    assert needed[0] == needed[1] or needed[1] < needed[0] + 10


@given(st.data())
def test_figures_in_new_claims_are_those_a_plain_comparison_finds(data: st.DataObject) -> None:
    from annotate.commands.marking_all import _claims_with_figures
    from annotate.summaries import Mark

    edges = sorted(data.draw(st.sets(st.integers(0, 40), min_size=2, max_size=12)))
    places = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    stretch = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda pair: (pair[0], sum(pair)))
    others = data.draw(st.lists(st.lists(stretch, min_size=1, max_size=2), max_size=5))
    kind, other = data.draw(st.permutations((Kind.CLAIM, Kind.FIGURE)))
    marks = [Mark(100 + n, other, a, b) for n, stretches in enumerate(others) for a, b in stretches]
    ids = list(range(len(places)))
    slow = set()
    for new, place in zip(ids, places, strict=True):
        for n, stretches in enumerate(others):
            if kind is Kind.FIGURE and any(a <= place.start and place.end <= b for a, b in stretches):
                slow.add((100 + n, new))
            if kind is Kind.CLAIM and all(place.start <= a and b <= place.end for a, b in stretches):
                slow.add((new, 100 + n))
    assert set(_claims_with_figures(kind, places, ids, marks)) == slow


def test_annotations_have_all_their_fields(project: Project, story: Article) -> None:
    done = commands.mark_all(project, story.id, Kind.SOURCE, hits(project, story, "Ane Lund|مسؤول"))
    ann, _role = project.read.annotations(done.annotation_ids)
    alone = project.read.annotation(commands.mark(project, story.id, Kind.SOURCE, hits(project, story, "Ane Lund")))
    own = {"id", "uid", "number", "created_at", "changed_at"}
    assert all(getattr(ann, f.name) == getattr(alone, f.name) for f in fields(Annotation) if f.name not in own)
