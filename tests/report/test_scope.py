"""A part of a project is handed on: chosen articles, a filter, a stretch of time, what is new."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands as do
from annotate.history import undo
from annotate.mark_filter import MarkFilter
from annotate.model import DatedWords, Published
from annotate.project import Project
from annotate.report.evidence import Evidence, gather
from annotate.report.novelty import Novelty
from annotate.report.scope import Period, PeriodOf, Scope
from annotate.report.workbook import workbook_tables, write_workbook
from annotate.steps import Export
from annotate.vocabulary import Kind, Precision, Relation
from tests.report.flood import Flood, take_in, values


def of(project: Project, scope: Scope) -> Evidence:
    return gather(project.read, "Ana", scope)


def first_page(evidence: Evidence, folder: Path) -> str:
    """The words of the summary of its workbook."""
    import openpyxl

    write_workbook(evidence, folder / "part.xlsx")
    summary = openpyxl.load_workbook(folder / "part.xlsx")["Summary"]
    return " ".join(str(value) for row in summary.iter_rows(values_only=True) for value in row if value)


def labels(evidence: Evidence) -> set[str]:
    return {one.label for one in evidence.annotations.values()}


def exported(project: Project, name: str = "evidence.xlsx") -> Export:
    do.note_export(project, name, project.read.newest_moment().change_id)
    return project.read.exports()[0]


def news(project: Project, since: Export) -> dict[str, tuple[Novelty, tuple[str, ...]]]:
    return {one.label: (one.novelty, one.what) for one in of(project, Scope(since=since)).novelties}


def test_chosen_articles_bring_their_marks_and_the_sources_named_there(flood: Flood) -> None:
    project = flood.project
    other = take_in(project, "fire.txt", "Fire 🔥 in town\n\nThe mayor said it was out.")
    mention = do.mark(project, other, Kind.SOURCE, [Flood(project, other).span("The mayor")])
    do.register_mention(project, mention)
    evidence = of(project, Scope(article_ids=frozenset({other})))
    assert list(evidence.articles) == [other]
    assert {one.article_id for one in evidence.annotations.values()} == {other}
    assert [source.name for source in evidence.sources.values()] == ["Mayor"]


@pytest.mark.parametrize(
    ("first", "last", "on", "precision", "holds"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 29), Precision.DAY, True),
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1), Precision.DAY, False),
        (date(2024, 2, 20), None, date(2024, 2, 1), Precision.MONTH, True),
        (date(2024, 12, 31), None, date(2024, 1, 1), Precision.YEAR, True),
        (None, date(2023, 12, 31), date(2024, 1, 1), Precision.YEAR, False),
        (None, None, None, None, False),
    ],
)
def test_what_is_only_known_as_a_month_or_year_lies_in_a_period_that_it_may_lie_in(
    first: date | None, last: date | None, on: date | None, precision: Precision | None, holds: bool
) -> None:
    assert Period(PeriodOf.HAPPENED, first, last).holds(on, None, precision) is holds


def test_articles_published_in_a_period(flood: Flood) -> None:
    project = flood.project
    other = take_in(project, "fire.txt", "Fire 🔥 in town\n\nIt was out.")
    do.edit_article(project, other, published=Published("3 March 2031", date(2031, 3, 3), Precision.DAY))
    evidence = of(project, Scope(period=Period(PeriodOf.PUBLISHED, date(2031, 3, 1), date(2031, 3, 31))))
    assert list(evidence.articles) == [other]


def test_claims_that_happened_in_a_period_come_with_their_figures(flood: Flood) -> None:
    project = flood.project
    claims = [one for one in project.read.annotations() if one.kind is Kind.CLAIM]
    for one in claims:
        do.edit_record(project, one.id, happened=DatedWords())
    figures = [one for one in project.read.annotations() if one.kind is Kind.FIGURE]
    for figure in figures:
        do.edit_record(project, figure.id, as_of=DatedWords())
    do.edit_record(project, claims[0].id, happened=DatedWords("May", date(2030, 5, 1), None, Precision.MONTH))
    do.link(project, claims[0].id, figures[0].id, Relation.CONTAINS)
    held = {link.to_id for link in project.read.links([claims[0].id]) if link.relation is Relation.CONTAINS}
    evidence = of(project, Scope(period=Period(PeriodOf.HAPPENED, date(2030, 5, 9), date(2030, 5, 9))))
    kept = {i for i, one in evidence.annotations.items() if one.kind is not Kind.SOURCE}
    assert kept == {claims[0].id} | held
    assert of(project, Scope(period=Period(PeriodOf.SAID, date(2030, 1, 1)))).annotations == {}


def test_a_filter_leaves_out_what_it_hides_and_the_first_page_says_so(flood: Flood, tmp_path: Path) -> None:
    project = flood.project
    tag = do.add_tag(project, "Water 🌊")
    claim = next(one for one in project.read.annotations() if one.kind is Kind.CLAIM)
    do.toggle_tag(project, [claim.id], tag)
    shown = MarkFilter(
        hidden_kinds=frozenset({Kind.FIGURE}),
        hidden_tag_ids=frozenset(one.id for one in project.read.tags() if one.id != tag),
        hides_untagged=True,
    )
    evidence = of(project, Scope(shown=shown))
    assert labels(evidence) == {claim.label}
    assert evidence.links_from == {}
    assert "without figures; only what is tagged “Water 🌊”" in first_page(evidence, tmp_path)


@pytest.mark.parametrize(
    ("of_what", "said"),
    [
        (PeriodOf.PUBLISHED, "only what was published 2030-05-09 to 2030-05-10"),
        (PeriodOf.HAPPENED, "only what happened 2030-05-09 to 2030-05-10"),
        (PeriodOf.SAID, "only what was said 2030-05-09 to 2030-05-10"),
    ],
)
def test_the_first_page_says_which_period_it_holds(flood: Flood, tmp_path: Path, of_what: PeriodOf, said: str) -> None:
    period = Period(of_what, date(2030, 5, 9), date(2030, 5, 10))
    assert f"; {said};" in first_page(of(flood.project, Scope(period=period)), tmp_path)


def test_what_is_new_revised_and_withdrawn_since_an_export(flood: Flood) -> None:
    project = flood.project
    claims = [one for one in project.read.annotations() if one.kind is Kind.CLAIM]
    since = exported(project)
    assert news(project, since) == {}
    do.edit_annotation(project, claims[0].id, note="seen 🌊")
    do.edit_record(project, claims[0].id, plain_words="It rained.")
    do.remove_annotations(project, [claims[1].id])
    new = do.mark(project, claims[0].article_id, Kind.FIGURE, [claims[0].spans[0]])
    made = project.read.annotation(new)
    assert made is not None
    told = news(project, since)
    assert told[claims[0].label] == (Novelty.REVISED, ("links", "note", "plain words"))
    assert told[claims[1].label] == (Novelty.WITHDRAWN, ())
    assert told[made.label] == (Novelty.NEW, ())


def test_what_was_changed_and_changed_back_is_not_new(flood: Flood) -> None:
    project = flood.project
    claim = next(one for one in project.read.annotations() if one.kind is Kind.CLAIM)
    since = exported(project)
    do.edit_annotation(project, claim.id, note=claim.note + " and more")
    undo(project)
    do.remove_annotations(project, [claim.id])
    undo(project)
    do.move_to_bin(project, [claim.article_id])
    do.restore_from_bin(project, [claim.article_id])
    assert news(project, since) == {}


def test_an_article_in_the_bin_withdraws_its_marks_and_one_from_it_brings_them(flood: Flood) -> None:
    project = flood.project
    since = exported(project)
    everything = labels(of(project, Scope()))
    article_id = next(iter(project.read.articles())).id
    theirs = {one.label for one in project.read.annotations() if one.article_id == article_id}
    do.move_to_bin(project, [article_id])
    assert news(project, since) == dict.fromkeys(theirs, (Novelty.WITHDRAWN, ()))
    later = exported(project, "later.xlsx")
    do.restore_from_bin(project, [article_id])
    assert {label for label, (novelty, _) in news(project, later).items() if novelty is Novelty.NEW} == theirs
    assert labels(of(project, Scope(since=later))) == theirs
    assert theirs <= everything


def test_the_sheet_of_changes_is_there_when_asked_since_an_export(
    flood: Flood, export: Callable[[Project], Any]
) -> None:
    project = flood.project
    claim = next(one for one in project.read.annotations() if one.kind is Kind.CLAIM)
    since = exported(project)
    do.edit_annotation(project, claim.id, note="seen 🌊")
    tables = {table.name: table for table in workbook_tables(of(project, Scope(since=since)))}
    [row] = tables["Changes"].rows
    assert [getattr(value, "text", value) for value in row] == [claim.label, "Claim", "revised", "note", claim.words]
    assert [getattr(row[0], "text", row[0]) for row in tables["Claims"].rows] == [claim.label]
    assert "Changes" not in {table.name for table in workbook_tables(of(project, Scope()))}


def test_sheets_have_the_columns_that_the_project_has_chosen(flood: Flood, export: Callable[[Project], Any]) -> None:
    project = flood.project
    do.choose_columns(project, "Claims", ["Note", "Claim", "Gone", "Article"])
    workbook, _ = export(project)
    headings = [cell.value for cell in workbook["Claims"][1]]
    assert headings == ["ID", "Note", "Claim", "Article", "uid", "revision"]
    assert values(workbook["Claims"], "Claim") == [
        one.words for one in project.read.annotations() if one.kind is Kind.CLAIM
    ]
    assert [cell.value for cell in workbook["Figures"][1]][:2] == ["ID", "Article"]
    do.choose_columns(project, "Claims", None)
    workbook, _ = export(project)
    assert len(workbook["Claims"][1]) > 20


def test_noting_an_export_is_no_step_of_history(flood: Flood) -> None:
    project = flood.project
    step = project.last_step_id
    noted = exported(project, "evidence 🌊.xlsx")
    assert (noted.name, noted.last_change) == ("evidence 🌊.xlsx", project.read.newest_moment().change_id)
    assert project.last_step_id == step
    assert replace(noted, id=1).id == 1
