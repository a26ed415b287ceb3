"""Going back is refused where what stood then cannot stand again, and then nothing is done."""

from __future__ import annotations

import json

import pytest

from annotate import commands as do
from annotate.erasing import Wish, erase, plan_erasing
from annotate.errors import CannotGoBack, CannotUndo
from annotate.going_back import before, go_back, plan
from annotate.history import undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.steps import WHOLE, HistoryOf
from annotate.vocabulary import Kind, Stance
from tests.annotate.drafts import span_of, tables_of
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import found_in
from tests.safety.steps_back import back_to_before, claim_in


def test_what_others_point_to_is_refused_by_name_and_nothing_is_done(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    named = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "the regional civil defence")])
    marked = project.last_step_id
    source = do.add_source(project, "Civil defence")
    do.attribute(project, claim, source, stance=Stance.ASSERTS, mention_id=named)
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"^S-0001 would go, but C-0001 needs it, so nothing was changed\. "):
        back_to_before(project, marked, HistoryOf(annotation_id=named))
    assert tables_of(project) == rows


def test_a_plan_is_of_no_use_once_something_was_changed(project: Project, article: Article) -> None:
    claim_in(project, article)
    planned = plan(project.read, before(project.read, project.last_step_id or 0))
    do.add_tag(project, "meanwhile")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match="changed in the meantime"):
        go_back(project, planned)
    assert tables_of(project) == rows


def test_going_back_beyond_a_damaged_entry_is_refused_and_says_so(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    step = project.last_step_id
    do.edit_record(project, claim, plain_words="later")
    project.read.connection.exec_driver_sql("UPDATE changes SET before = '{\"plain' WHERE table_name = 'claims'")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"There is no going back to before .* is damaged"):
        plan(project.read, before(project.read, step or 0))
    with pytest.raises(CannotUndo, match="its entry in the history is damaged"):
        undo(project)
    assert tables_of(project) == rows


def test_going_back_to_what_was_erased_for_good_is_refused(project: Project, article: Article) -> None:
    """Whoever erases a text takes its body away as well; a row must not come back without it."""
    imported_in = project.read.steps(1)[0].id
    back_to_before(project, imported_in)
    gone = project.last_step_id
    project.read.connection.exec_driver_sql("DELETE FROM text_bodies")
    rows = tables_of(project)
    with pytest.raises(CannotGoBack, match=r"gone for good\. Nothing was changed"):
        back_to_before(project, gone)
    assert tables_of(project) == rows


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_erased_for_good_does_not_come_back_by_going_back(project: Project, whole: bool) -> None:
    """To any moment that is left in history: it is done and all is whole, or refused and nothing is done."""
    secret, other = taken(project)
    do.edit_article(project, other.id, note="since")
    erase(project, plan_erasing(project.read, project.path, Wish((secret.id,))))
    of = WHOLE if whole else HistoryOf(article_id=other.id)
    done = 0
    for step in project.read.steps(1_000):
        rows = tables_of(project)
        try:
            planned = plan(project.read, before(project.read, step.id), of)
            went = go_back(project, planned)
        except CannotGoBack:
            assert tables_of(project) == rows
            continue
        assert project.read.article(secret.id) is None
        assert check_project(project.read) == []
        if went is not None:
            done += 1
            undo(project)
            assert tables_of(project) == rows
    assert done > 5
    project.close()
    assert found_in(project.path.parent, *NEEDLES) == []


@pytest.mark.parametrize(
    ("column", "value"), [("kind", "nonsense"), ("uid", "not hexadecimal"), ("created_at", "yesterday"), ("kind", None)]
)
def test_values_that_no_row_can_have_are_refused(
    project: Project, article: Article, column: str, value: object
) -> None:
    claim = claim_in(project, article)
    do.remove_annotations(project, {claim})
    step = project.last_step_id
    read = project.read.connection
    query = "SELECT id, before FROM changes WHERE table_name = 'annotations' AND after IS NULL"
    change_id, words = read.exec_driver_sql(query).one()
    hostile = json.dumps(json.loads(words) | {column: value})
    read.exec_driver_sql("UPDATE changes SET before = ? WHERE id = ?", (hostile, change_id))
    rows = tables_of(project)
    with pytest.raises(CannotGoBack):
        back_to_before(project, step)
    assert tables_of(project) == rows
