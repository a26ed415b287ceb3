"""Going back to before a step, as tests do it, over claims of an article."""

from __future__ import annotations

from annotate import commands as do
from annotate.going_back import Plan, before, go_back, plan
from annotate.model import Article
from annotate.project import Project
from annotate.steps import WHOLE, HistoryOf
from annotate.vocabulary import Kind
from tests.annotate.drafts import span_of

PEOPLE, ROAD = "At least 900 people left their homes on Monday", "The road to Alt-Moor was closed."


def claim_in(project: Project, article: Article, words: str = PEOPLE) -> int:
    return do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])


def back_to_before(project: Project, step_id: int | None, of: HistoryOf = WHOLE) -> Plan:
    """Going back is planned and done."""
    assert step_id is not None
    planned = plan(project.read, before(project.read, step_id), of)
    go_back(project, planned)
    return planned
