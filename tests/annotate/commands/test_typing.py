"""What a picture says is typed by a person: texts of the article, marks carried over, one step each."""

from __future__ import annotations

import pytest

from annotate.commands import import_file, mark, move_to_bin, type_text
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.importers import read_bytes
from annotate.integrity import check_project
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import take_in
from tests.importers.pictures import png

WORDS = "قال الدفاع المدني 🚒\r\nAt least 40 people left e\u0301.\u2028More"


@pytest.fixture
def picture(project: Project) -> int:
    return import_file(project, read_bytes(png(), "post.png")).articles[0].article_id


def body(project: Project, article_id: int) -> str:
    article = project.read.article(article_id)
    assert article is not None
    return project.read.body(article.text_id)


def test_typed_words_become_the_text_in_one_step_that_can_be_undone(project: Project, picture: int) -> None:
    updated = type_text(project, picture, WORDS)
    assert updated.is_new
    assert body(project, picture) == WORDS.replace("\r\n", "\n")
    assert [(text.number, text.importer) for text in project.read.texts(picture)] == [(1, "picture"), (2, "typed")]
    assert check_project(project.read) == []
    undo(project)
    assert body(project, picture) == ""


def test_a_correction_carries_the_marks_over(project: Project, picture: int) -> None:
    type_text(project, picture, WORDS)
    start = body(project, picture).index("40 people")
    annotation = mark(project, picture, Kind.FIGURE, [Span(start, start + 9)])
    type_text(project, picture, "Seen by Ana.\n" + WORDS)
    found = project.read.annotation(annotation)
    assert found is not None
    text_id = project.read.article(picture).text_id  # type: ignore[union-attr]
    assert found.text_id == text_id
    assert body(project, picture)[found.spans[0].start : found.spans[0].end] == "40 people"


def test_the_same_words_again_change_nothing(project: Project, picture: int) -> None:
    type_text(project, picture, WORDS)
    assert not type_text(project, picture, WORDS).is_new
    assert len(project.read.texts(picture)) == 2


def test_two_pictures_without_words_are_two_articles(project: Project, picture: int) -> None:
    other = import_file(project, read_bytes(png(4, 4), "other.png"))
    assert other.outcome == "imported"
    assert import_file(project, read_bytes(png(4, 4), "again.png")).outcome == "duplicate"


def test_words_of_other_articles_are_never_typed_over(project: Project) -> None:
    article = take_in(project)
    with pytest.raises(NotAllowed, match="are kept as they came in"):
        type_text(project, article.id, "other")


def test_nothing_is_typed_into_the_bin(project: Project, picture: int) -> None:
    move_to_bin(project, [picture])
    with pytest.raises(NotAllowed, match="lies in the bin"):
        type_text(project, picture, WORDS)
