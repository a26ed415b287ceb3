"""Save a copy without history: the project as it is, and no word that stood there before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotate import commands as do
from annotate import history
from annotate.erasing import copy_without_history
from annotate.erasing.telling import sentence_of_copy
from annotate.errors import EraseFailed, ProjectError
from annotate.integrity import check_project
from annotate.project import Project
from annotate.suggest import ENGINE, VERSION, propose
from annotate.vocabulary import Fate, Kind
from tests.annotate.drafts import FLOOD, imported, take_in
from tests.annotate.works import do_work, marked, works
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import ARABIC, EMOJI, SECRET, found_in


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    folder.mkdir()
    return folder / "handed on.pnote"


def test_former_words_are_in_no_byte_of_the_copy(project: Project, target: Path) -> None:
    article = take_in(project)
    claim = marked(project, article, Kind.CLAIM, "Nobody told us")
    for words in NEEDLES:
        do.edit_annotation(project, claim, note=f"{words} was here")
        do.edit_article(project, article.id, title=words, note=words)
        do.edit_record(project, claim, plain_words=words)
    do.edit_annotation(project, claim, note="now")
    do.edit_article(project, article.id, title="The flood", note="")
    do.edit_record(project, claim, plain_words="Nobody was told")
    source = do.add_source(project, SECRET)
    do.edit_source(project, source, name="The mayor")
    do.edit_source(project, source, aliases=())
    take_in(project, f"{SECRET}\n\n{ARABIC} {EMOJI}", f"{EMOJI}.txt")
    history.undo(project)
    do.edit_project(project, title=f"{SECRET} case")
    do.edit_project(project, title="case")
    assert found_in(project.path.parent, SECRET)
    copied = copy_without_history(project.read, target)
    assert found_in(target.parent, *NEEDLES) == []
    assert copied.steps == len(project.read.steps(1_000))
    with Project.open(target, "Ben") as copy:
        assert check_project(copy.read) == []
        assert copy.read.steps() == []
        assert copy.read.article(article.id).title == "The flood"  # type: ignore[union-attr]
        assert copy.read.annotation(claim).note == "now"  # type: ignore[union-attr]
        assert {one.name for one in copy.read.analysts()} == {"Ana", "Ben"}


def test_it_is_the_project_as_it_is(project: Project, target: Path) -> None:
    article = take_in(project)
    marked(project, article, Kind.CLAIM, "Nobody told us")
    marked(project, article, Kind.FIGURE, "900")
    copy_without_history(project.read, target)
    with Project.open(target, "Ana") as copy:
        assert copy.read.annotations() == project.read.annotations()
        assert copy.read.articles() == project.read.articles()
        assert copy.read.body(article.text_id) == FLOOD
        assert copy.read.file_bytes(article.file_id) == project.read.file_bytes(article.file_id)  # type: ignore[arg-type]
        assert copy.read.totals() == project.read.totals()
        assert copy.read.project_info() == project.read.project_info()
        assert history.next_undo(copy) is None
        marked(copy, article, Kind.CLAIM, "The road")
        history.undo(copy)
        assert copy.read.annotations() == project.read.annotations()


def test_what_was_left_out_is_counted_in_words(project: Project, target: Path) -> None:
    take_in(project)
    assert sentence_of_copy(copy_without_history(project.read, target)) == (
        f"{target.name} has the project as it is now; left out: 1 step of history."
    )
    without = target.with_name("again.pnote")
    with Project.open(target, "Ana") as copy:
        assert sentence_of_copy(copy_without_history(copy.read, without)).endswith("; left out: nothing.")


def test_numbers_go_on_where_the_project_is(project: Project, target: Path) -> None:
    article = take_in(project)
    removed = marked(project, article, Kind.CLAIM, "Nobody told us")
    do.remove_annotations(project, [removed])
    copy_without_history(project.read, target)
    with Project.open(target, "Ana") as copy:
        made = copy.read.annotation(marked(copy, article, Kind.CLAIM, "The road"))
        assert made is not None
        assert made.number == 2
        assert made.id > removed


def test_the_bin_is_left_out_unless_it_is_asked_for(project: Project, target: Path) -> None:
    secret, other = taken(project)
    copied = copy_without_history(project.read, target)
    assert copied.binned == 1
    assert found_in(target.parent, *NEEDLES) == []
    with_bin = target.with_name("with bin.pnote")
    copy_without_history(project.read, with_bin, with_bin=True)
    with Project.open(with_bin, "Ana") as copy:
        assert [one.article.id for one in copy.read.binned()] == [secret.id]
        assert copy.read.binned()[0].moved_at is None
        assert [one.id for one in copy.read.articles()] == [other.id]
        assert check_project(copy.read) == []


def test_earlier_texts_that_nothing_needs_stay_behind_with_their_files(project: Project, target: Path) -> None:
    article = take_in(project, f"Rain\n\n{SECRET} fell on Monday.\n\nNobody told us.", "rain.txt", title="Rain")
    marked(project, article, Kind.CLAIM, "Nobody told us")
    changed = imported("Rain\n\nWater fell on Monday.\n\nNobody told us.", "rain.txt", title="Rain")
    do.update_article(project, article.id, changed.articles[0], changed)
    assert copy_without_history(project.read, target).texts == 1
    assert found_in(target.parent, SECRET) == []
    with Project.open(target, "Ana") as copy:
        assert check_project(copy.read) == []
        assert [text.number for text in copy.read.texts(article.id)] == [2]


def test_a_text_in_which_something_waits_to_be_judged_comes_along(project: Project, target: Path) -> None:
    article = take_in(
        project, "Rain\n\nAt least 40 people were hurt on Monday.\n\nMore later.", "rain.txt", title="Rain"
    )
    marked(project, article, Kind.FIGURE, "40")
    changed = imported("Rain\n\nNothing of that sort was said.\n\nMore later.", "rain.txt", title="Rain")
    do.update_article(project, article.id, changed.articles[0], changed)
    waiting = project.read.carryings(article.id)
    assert waiting
    copy_without_history(project.read, target)
    with Project.open(target, "Ana") as copy:
        assert copy.read.carryings(article.id) == waiting
        assert check_project(copy.read) == []


def test_refused_suggestions_do_not_come_back(project: Project, target: Path) -> None:
    article = take_in(project)
    do.store_proposals(project, article.text_id, propose(FLOOD), engine=ENGINE, version=VERSION)
    first, second, *_rest = project.read.suggestions(article.text_id)
    do.reject_suggestion(project, first.id)
    do.accept_suggestion(project, second.id)
    copy_without_history(project.read, target)
    with Project.open(target, "Ana") as copy:
        assert [one.fate for one in copy.read.judged_suggestions(article.id)] == [Fate.REJECTED]
        do.store_proposals(copy, article.text_id, propose(FLOOD), engine=ENGINE, version=VERSION)
        again = {(one.kind, one.spans) for one in copy.read.suggestions(article.text_id)}
        assert (first.kind, first.spans) not in again
        assert (second.kind, second.spans) not in again


def test_nothing_is_written_over_and_nothing_left_behind(project: Project, target: Path) -> None:
    take_in(project)
    target.write_bytes(b"mine")
    with pytest.raises(ProjectError, match="is there already"):
        copy_without_history(project.read, target)
    assert target.read_bytes() == b"mine"
    target.unlink()
    with pytest.raises(EraseFailed, match="was stopped"):
        copy_without_history(project.read, target, progress=lambda done, total: False)
    assert list(target.parent.iterdir()) == []
    with pytest.raises(ProjectError, match="does not exist"):
        copy_without_history(project.read, target.parent / "nowhere" / "a.pnote")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=works())
def test_any_work_is_copied_whole(tmp_path_factory: pytest.TempPathFactory, work: dict) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "a.pnote", "Ana") as project:
        article = take_in(project)
        for name in ("The mayor", "قال الدفاع", "Zoé"):
            do.add_source(project, name)
        for name in ("a", "b"):
            do.add_tag(project, name)
        do_work(project, article, work)
        copy_without_history(project.read, folder / "b.pnote")
        with Project.open(folder / "b.pnote", "Ana") as copy:
            assert check_project(copy.read) == []
            for asked in ("annotations", "articles", "sources", "attributions", "links", "checks", "tags", "totals"):
                assert getattr(copy.read, asked)() == getattr(project.read, asked)()
