"""How annotations bear on each other, and what was looked at."""

from dataclasses import replace
from datetime import date

import pytest

from annotate.commands import add_check, edit_check, link, mark, remove_check, unlink_pair
from annotate.errors import NotAllowed
from annotate.history import next_undo, undo
from annotate.model import Article
from annotate.project import Project
from annotate.vocabulary import Kind, Primacy, Relation, Shows
from tests.annotate.drafts import span_of


@pytest.fixture
def made(project: Project, article: Article) -> dict[str, int]:
    words = {
        "claim": (Kind.CLAIM, "The road to Alt-Moor was closed."),
        "other": (Kind.CLAIM, "“that the dam was weak.”"),
        "figure": (Kind.FIGURE, "At least 900 people"),
        "source": (Kind.SOURCE, "الدفاع المدني"),
    }
    return {
        name: mark(project, article.id, kind, [span_of(project, article, text)]) for name, (kind, text) in words.items()
    }


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("second", ["other", "figure", "source", "claim"])
@pytest.mark.parametrize("first", ["claim", "figure", "source"])
def test_a_claim_contains_figures_and_every_other_relation_ties_two_claims(
    project: Project, made: dict[str, int], first: str, second: str, relation: Relation
) -> None:
    wanted = "figure" if relation is Relation.CONTAINS else "other"
    if (first, second) == ("claim", wanted):
        link_id = link(project, made[first], made[second], relation, note="wie 🌊")
        [found] = project.read.links([made[second]])
        assert (found.id, found.from_id, found.to_id) == (link_id, made[first], made[second])
        assert (found.relation, found.note) == (relation, "wie 🌊")
    else:
        with pytest.raises(NotAllowed):
            link(project, made[first], made[second], relation)
        assert project.read.links() == []


def test_the_same_link_is_not_made_twice(project: Project, made: dict[str, int]) -> None:
    first = link(project, made["claim"], made["other"], Relation.REPEATS)
    step = next_undo(project)
    assert link(project, made["claim"], made["other"], Relation.REPEATS) == first
    assert next_undo(project) == step
    assert link(project, made["claim"], made["other"], Relation.UPDATES) != first


@pytest.mark.parametrize("relation", Relation)
def test_only_mutual_relations_are_the_same_in_both_directions(
    project: Project, made: dict[str, int], relation: Relation
) -> None:
    if relation is Relation.CONTAINS:
        return
    mutual = relation in (Relation.CORROBORATES, Relation.CONTRADICTS)
    first = link(project, made["claim"], made["other"], relation)
    assert (link(project, made["other"], made["claim"], relation) == first) == mutual
    unlink_pair(project, made["other"], made["claim"], relation)
    assert len(project.read.links()) == (0 if mutual else 1)


def test_a_check_is_logged_under_the_analysts_name_and_in_the_order_of_days(
    project: Project, made: dict[str, int]
) -> None:
    project.become("Büşra")
    late = add_check(
        project,
        made["claim"],
        checked_on=date(2024, 2, 29),
        looked_at=" صورة جوية 🛰️ ",
        url="x:y",
        primacy=Primacy.PRIMARY,
        shows=Shows.SUPPORTS,
        limits="dark",
    )
    early = add_check(project, made["claim"], checked_on=date(2023, 1, 1), looked_at="", url="x:z")
    first, second = project.read.checks([made["claim"]])
    assert (first.id, second.id, second.looked_at) == (early, late, "صورة جوية 🛰️")
    assert (second.analyst_id, second.primacy, second.shows) == (project.analyst_id, Primacy.PRIMARY, Shows.SUPPORTS)
    assert project.read.annotations([made["claim"]])[0].claim.finding is None


def test_a_check_is_changed_and_removed(project: Project, made: dict[str, int]) -> None:
    check = add_check(project, made["figure"], checked_on=date(2024, 2, 29), looked_at="register")
    edit_check(project, check, shows=Shows.NEITHER, note="nothing on it")
    [found] = project.read.checks()
    assert (found.shows, found.note) == (Shows.NEITHER, "nothing on it")
    remove_check(project, check)
    assert project.read.checks() == []
    undo(project)
    assert project.read.checks() == [replace(found, revision=found.revision + 1)]


def test_a_check_says_what_was_looked_at_and_belongs_to_a_claim_or_figure(
    project: Project, made: dict[str, int]
) -> None:
    with pytest.raises(NotAllowed, match="Say what was looked at"):
        add_check(project, made["claim"], checked_on=date(2024, 2, 29), looked_at=" \u2028")
    for annotation_id in (made["source"], 99):
        with pytest.raises(NotAllowed, match="Checks belong to claims and figures"):
            add_check(project, annotation_id, checked_on=date(2024, 2, 29), looked_at="x")
    assert project.read.checks() == []
