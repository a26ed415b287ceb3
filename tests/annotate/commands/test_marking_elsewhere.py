"""The same words in other articles: found where they stand unmarked, marked in one step, noted as not reviewed."""

from __future__ import annotations

import pytest

from annotate import commands
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.model import Article, Span
from annotate.project import Project
from annotate.vocabulary import ArticleStatus, Kind, Origin
from tests.annotate.drafts import take_in

FIRST = "One 🌊\n\nThe Harbour Post said e\u0301. The Harbour Post knew; the Harbour Postman left.\u2028Harbour Post."
SECOND = "Two\r\n\r\nقالت Harbour Post إن 40 شخصا. The harbour post stood there. The Harbour\u00a0Post again.\n"
THIRD = "Three\n\nNothing of it here 🇺🇦.\n"
WORDS = "Harbour Post"


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return [take_in(project, text, f"{n}.txt") for n, text in enumerate((FIRST, SECOND, THIRD))]


def mark(project: Project, article: Article, nth: int = 0, kind: Kind = Kind.SOURCE) -> None:
    body, at = project.read.body(article.text_id), -1
    for _ in range(nth + 1):
        at = body.index(WORDS, at + 1)
    commands.mark(project, article.id, kind, [Span(at, at + len(WORDS))])


def places(project: Project, elsewhere: commands.Elsewhere) -> list[list[str]]:
    return [
        [project.read.body(text_id)[span.start : span.end] for span in spans]
        for _article, text_id, spans in elsewhere.places
    ]


def test_nothing_is_looked_for_before_words_were_marked_twice(project: Project, articles: list[Article]) -> None:
    mark(project, articles[0])
    assert commands.find_elsewhere(project.read, Kind.SOURCE, WORDS).count == 0
    mark(project, articles[0], 1)
    found = commands.find_elsewhere(project.read, Kind.SOURCE, WORDS)
    assert places(project, found) == [["Harbour Post"], ["Harbour Post", "Harbour\u00a0Post"]]
    assert commands.find_elsewhere(project.read, Kind.CLAIM, WORDS).count == 0


def test_what_was_found_is_marked_in_one_step_and_not_reviewed(project: Project, articles: list[Article]) -> None:
    mark(project, articles[0])
    mark(project, articles[0], 1)
    found = commands.find_elsewhere(project.read, Kind.SOURCE, WORDS)
    before = project.read.annotation_ids()
    done = commands.mark_elsewhere(project, found)
    made = project.read.annotations(done.annotation_ids)
    assert [one.article_id for one in made] == [articles[0].id, articles[1].id, articles[1].id]
    assert {one.origin for one in made} == {Origin.BULK}
    second = project.read.article(articles[1].id)
    assert second is not None
    assert second.status is ArticleStatus.IN_PROGRESS
    undo(project)
    assert set(project.read.annotation_ids()) == set(before)


def test_what_changed_since_it_was_found_is_left_out(project: Project, articles: list[Article]) -> None:
    mark(project, articles[0])
    mark(project, articles[0], 1)
    found = commands.find_elsewhere(project.read, Kind.SOURCE, WORDS)
    mark(project, articles[0], 3)
    commands.move_to_bin(project, [articles[1].id])
    with pytest.raises(NotAllowed, match="marked by now"):
        commands.mark_elsewhere(project, found)
    undo(project)
    assert len(commands.mark_elsewhere(project, found).annotation_ids) == 2


def test_articles_in_the_bin_are_neither_counted_nor_searched(project: Project, articles: list[Article]) -> None:
    mark(project, articles[0])
    mark(project, articles[1])
    commands.move_to_bin(project, [articles[1].id])
    assert commands.find_elsewhere(project.read, Kind.SOURCE, WORDS).count == 0
