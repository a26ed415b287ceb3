"""What a filter shows: the SQL and the plain rule agree on any annotations, and counts say what there is to hide."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands as do
from annotate.mark_filter import SHOW_ALL, MarkFilter
from annotate.model import Annotation, Article, Span
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, span_of, take_in
from tests.annotate.test_queries import questions

ANALYSTS = ("Ana", "Zoe\u0301", "مريم")
TAGS = ("water 🌊", "Ärger", "خسائر")
EVERYTHING = [
    (kind, analyst, tags)
    for kind in Kind
    for analyst in range(len(ANALYSTS))
    for tags in ((), (0,), (1,), (0, 1), (1, 2), (0, 1, 2))
]


class Marked:
    """A project with annotations in any number of every combination of kind, analyst and tags."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.article = take_in(project)
        self.elsewhere = take_in(project, f"Other\n\n{FLOOD}", "other.txt")
        self.tags = [do.add_tag(project, name) for name in TAGS]
        self.analysts = []
        for number, (kind, analyst, tags) in enumerate(EVERYTHING):
            project.become(ANALYSTS[analyst])
            if project.analyst_id not in self.analysts:
                self.analysts.append(project.analyst_id)
            article = self.elsewhere if number % 7 == 3 else self.article
            start = 30 + number * 3 % 60
            made = do.mark(project, article.id, kind, [Span(start, start + 4 + number % 9)])
            for tag in tags:
                do.toggle_tag(project, [made], self.tags[tag])
        self.annotations = project.read.annotations()

    def shown(self, shown: MarkFilter, article: Article | None = None) -> set[int]:
        """By the plain rule."""
        return {
            found.id
            for found in self.annotations
            if (article is None or found.article_id == article.id) and shown.shows(found)
        }


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    folder: Path = tmp_path_factory.mktemp("filter")
    with Project.create(folder / "filter 🌊.pnote", ANALYSTS[0]) as project:
        yield Marked(project)


@st.composite
def filters(draw: st.DrawFn) -> dict[str, object]:
    """A filter in numbers of tags and analysts: their ids are known once there is a project."""
    return {
        "kinds": draw(st.frozensets(st.sampled_from(list(Kind)))),
        "tags": draw(st.frozensets(st.integers(0, len(TAGS) - 1))),
        "untagged": draw(st.booleans()),
        "analysts": draw(st.frozensets(st.integers(0, len(ANALYSTS) - 1))),
        "always": draw(st.frozensets(st.integers(0, len(EVERYTHING) - 1), max_size=2)),
        "gone": draw(st.booleans()),
    }


def made_of(numbers: dict[str, object], marked: Marked) -> MarkFilter:
    gone = {10_000} if numbers["gone"] else set()
    return MarkFilter(
        hidden_kinds=numbers["kinds"],
        hidden_tag_ids=frozenset({marked.tags[number] for number in numbers["tags"]} | gone),
        hides_untagged=numbers["untagged"],
        hidden_analyst_ids=frozenset(marked.analysts[number] for number in numbers["analysts"]),
        always=frozenset(marked.annotations[number].id for number in numbers["always"]),
    )


@given(filters())
def test_the_database_shows_what_the_plain_rule_shows(marked: Marked, numbers: dict[str, object]) -> None:
    shown, read, text_id = made_of(numbers, marked), marked.project.read, marked.article.text_id
    here = marked.shown(shown, marked.article)
    everybody = [found.id for found in marked.annotations]
    assert {mark.annotation_id for mark in read.marks(text_id, shown=shown)} == here
    assert {mark.annotation_id for mark in read.marks_of(everybody, text_id=text_id, shown=shown)} == here
    assert set(read.annotation_ids(marked.article.id, shown=shown)) == here
    assert set(read.annotation_ids(shown=shown, sort="tags")) == marked.shown(shown)
    assert read.hidden_marks(marked.article.id, shown) == len(marked.shown(SHOW_ALL, marked.article)) - len(here)


@given(filters())
def test_shown_marks_keep_their_order_and_their_colour(marked: Marked, numbers: dict[str, object]) -> None:
    shown, text_id = made_of(numbers, marked), marked.article.text_id
    here = marked.shown(shown)
    everything = marked.project.read.marks(text_id)
    assert marked.project.read.marks(text_id, shown=shown) == [
        mark for mark in everything if mark.annotation_id in here
    ]


def test_a_filter_is_open_until_something_is_hidden() -> None:
    assert SHOW_ALL.is_open
    assert replace(SHOW_ALL, always=frozenset({3})).is_open
    for hidden in (
        MarkFilter(hidden_kinds=frozenset({Kind.CLAIM})),
        MarkFilter(hidden_tag_ids=frozenset({1})),
        MarkFilter(hides_untagged=True),
        MarkFilter(hidden_analyst_ids=frozenset({1})),
    ):
        assert not hidden.is_open


def test_a_mark_with_two_tags_is_hidden_when_both_are(project: Project, article: Article) -> None:
    mark = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "the dam was weak")])
    one, two = do.add_tag(project, "one"), do.add_tag(project, "two")
    for tag in (one, two):
        do.toggle_tag(project, [mark], tag)
    half, whole = MarkFilter(hidden_tag_ids=frozenset({one})), MarkFilter(hidden_tag_ids=frozenset({one, two}))
    assert project.read.annotation_ids(shown=half) == [mark]
    assert project.read.annotation_ids(shown=whole) == []
    assert project.read.annotation_ids(shown=replace(whole, always=frozenset({mark}))) == [mark]


def test_what_is_made_later_is_shown(project: Project, article: Article) -> None:
    tag = do.add_tag(project, "early")
    only_untagged = MarkFilter(hidden_tag_ids=frozenset({tag}))
    mark = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    do.toggle_tag(project, [mark], do.add_tag(project, "late"))
    assert project.read.annotation_ids(shown=only_untagged) == [mark]


def test_counts_say_how_many_marks_of_the_article_have_a_value(marked: Marked) -> None:
    here = [found for found in marked.annotations if found.article_id == marked.article.id]
    with questions(marked.project.read) as sent:
        counts = marked.project.read.mark_counts(marked.article.id)
    assert len(sent) <= 4
    assert counts.kinds == Counter(found.kind for found in here)
    assert counts.analysts == Counter(found.analyst_id for found in here)
    assert counts.tags == Counter(tag for found in here for tag in found.tag_ids)
    assert counts.untagged == sum(not found.tag_ids for found in here) > 0


def test_an_article_without_marks_has_nothing_to_hide(project: Project, article: Article) -> None:
    counts = project.read.mark_counts(article.id)
    assert (counts.kinds, counts.tags, counts.untagged, counts.analysts) == ({}, {}, 0, {})
    assert project.read.hidden_marks(article.id, MarkFilter(hides_untagged=True)) == 0


def test_only_analysts_who_marked_something_are_offered(project: Project, article: Article) -> None:
    project.become("Only reads")
    project.become("Zoe\u0301")
    do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    assert [analyst.name for analyst in project.read.marking_analysts()] == ["Zoe\u0301"]


def test_the_rule_reads_any_annotation(marked: Marked) -> None:
    untagged: Annotation = next(found for found in marked.annotations if not found.tag_ids)
    assert not MarkFilter(hides_untagged=True).shows(untagged)
    assert MarkFilter(hides_untagged=True, always=frozenset({untagged.id})).shows(untagged)
    assert MarkFilter(hidden_tag_ids=frozenset(marked.tags)).shows(untagged)
