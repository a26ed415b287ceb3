"""Claims against each other, figures against each other, and what is still open."""

from datetime import date
from typing import Any

import pytest

from annotate import commands
from annotate.model import DatedWords, Published, Span
from annotate.report.evidence import gather
from annotate.report.sheets.cross_check import BOTH_POSSIBLE, NOTHING_SHARED, OTHER_DAY, SAME_DAY
from annotate.report.tables import Link, Table
from annotate.report.workbook import workbook_tables
from annotate.store import schema
from annotate.vocabulary import Bound, Fate, Kind, Mode, Origin, Precision, Relation
from tests.report.flood import FLOOD, Flood, take_in


def table(flood: Flood, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet, links as their words."""
    tables = {one.name: one for one in workbook_tables(gather(flood.project.read, "Mara Lind"))}
    headings = [column.heading for column in tables[name].columns]
    return [
        {
            heading: value.text if isinstance(value, Link) else value
            for heading, value in zip(headings, row, strict=True)
        }
        for row in tables[name].rows
    ]


def other_article(flood: Flood, outlet: str, day: int) -> int:
    published = Published(None, date(2024, 6, day), Precision.DAY)
    return take_in(flood.project, f"{outlet}-{day}.txt", FLOOD + outlet + str(day), outlet=outlet, published=published)


def figure_of(flood: Flood, article_id: int, value: float, *, as_of: DatedWords | None = None) -> int:
    number = commands.mark(flood.project, article_id, Kind.FIGURE, [Span(0, 5)])
    event_id = flood.project.read.events()[0].id
    commands.edit_record(
        flood.project, number, value=value, low=None, high=None, counted="People", unit="", event_id=event_id
    )
    if as_of:
        commands.edit_record(flood.project, number, as_of=as_of)
    return number


def test_a_linked_pair_of_claims_has_both_sides_and_the_word_between_them(flood: Flood) -> None:
    row = table(flood, "Cross-check")[0]
    assert (row["A"], row["Relation"], row["B"]) == ("C-0003", "contradicts", "C-0002")
    assert row["A in words"] == "قال شهود إن السد انهار"
    assert row["Source of B"] == "Water Board (in Valley Post)"
    contradiction = next(one for one in flood.project.read.links() if one.relation is Relation.CONTRADICTS)
    assert row["uid"] == str(contradiction.uid)


def test_claims_of_the_same_source_are_not_independent(flood: Flood) -> None:
    commands.attribute(flood.project, flood.ids["fell"], flood.ids["board"])
    assert table(flood, "Cross-check")[0]["Independent?"] == "no: both say Water Board"


def test_a_claim_that_came_through_the_other_ones_source_is_not_independent(flood: Flood) -> None:
    for said in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, said.id)
    commands.attribute(flood.project, flood.ids["fell"], flood.ids["radio"])
    assert table(flood, "Cross-check")[0]["Independent?"] == "no: both through Harbour Radio"


def test_sources_under_one_control_are_not_independent(flood: Flood) -> None:
    for said in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, said.id)
    commands.attribute(flood.project, flood.ids["fell"], flood.ids["duarte"])
    for name in ("board", "duarte"):
        commands.edit_source(flood.project, flood.ids[name], controlled_by="The Province")
    assert table(flood, "Cross-check")[0]["Independent?"] == "no: both controlled by The Province"


def test_a_claim_without_a_source_says_that_independence_is_not_known(flood: Flood) -> None:
    for said in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, said.id)
    assert table(flood, "Cross-check")[0]["Independent?"] == "not known: who says so is missing"


def test_claims_of_different_sources_and_outlets_share_nothing_that_is_known(flood: Flood) -> None:
    article_id = other_article(flood, "The Ledger", 7)
    claim = commands.mark(flood.project, article_id, Kind.CLAIM, [flood.span("Repairs will cost")])
    for said in flood.project.read.attributions([claim]):
        commands.remove_attribution(flood.project, said.id)
    commands.attribute(flood.project, claim, commands.add_source(flood.project, "A witness"))
    commands.link(flood.project, claim, flood.ids["left"], Relation.CORROBORATES)
    rows = {row["Relation"]: row for row in table(flood, "Cross-check")}
    assert rows["corroborates"]["Independent?"] == NOTHING_SHARED
    assert next(iter(rows)) == "contradicts"


def test_figures_of_the_same_event_and_thing_that_differ_are_side_by_side(flood: Flood) -> None:
    first = other_article(flood, "The Ledger", 7)
    second = other_article(flood, "National Wire", 8)
    figure_of(flood, second, 5000)
    figure_of(flood, first, 4000)
    figure_of(flood, first, 4000)
    rows = [row for row in table(flood, "Cross-check") if row["Relation"] == OTHER_DAY]
    assert [(row["A"], row["B"]) for row in rows] == [("F-0005; F-0006", "F-0004")]
    last = rows[-1]
    assert last["Note"] == "Dam failure: People; 2024-06-07 and 2024-06-08"
    assert last["Source of B"] == "no source (in National Wire)"
    assert last["B in words"].startswith("5,000 People")
    assert last["uid"] is None


def test_equal_figures_and_those_of_other_things_are_not_set_against_each_other(flood: Flood) -> None:
    article_id = other_article(flood, "The Ledger", 7)
    figure_of(flood, article_id, 4000)
    figure_of(flood, article_id, 4000)
    other = figure_of(flood, article_id, 9)
    commands.edit_record(flood.project, other, counted="dogs")
    assert all("4,000" not in row["A in words"] for row in table(flood, "Cross-check") if row["Relation"] == OTHER_DAY)


@pytest.mark.parametrize(
    ("first", "second", "days", "difference"),
    [
        ({"value": 4000}, {"value": 5000}, (7, 7), SAME_DAY),
        ({"value": 4000}, {"value": 5000}, (7, 8), OTHER_DAY),
        ({"value": None, "low": 4000, "bound": Bound.MIN}, {"value": 5000}, (7, 7), BOTH_POSSIBLE),
        ({"value": 4000, "high": 4000, "bound": Bound.MAX}, {"value": 5000}, (7, 7), SAME_DAY),
        ({"value": None, "low": 4000, "high": 5000, "bound": Bound.RANGE}, {"value": 4500}, (7, 7), BOTH_POSSIBLE),
        ({"value": 4000, "bound": Bound.APPROX}, {"value": 4300}, (7, 8), BOTH_POSSIBLE),
    ],
)
def test_figures_that_differ_are_told_apart_from_those_that_can_both_be_so(
    flood: Flood, first: dict[str, Any], second: dict[str, Any], days: tuple[int, int], difference: str
) -> None:
    for amounts, day in zip((first, second), days, strict=True):
        figure = figure_of(flood, other_article(flood, f"Paper {amounts}", day), 1)
        known = {"value": None, "low": None, "high": None, "bound": Bound.EXACT, "counted": "boats"}
        with flood.project.change("As it would stand there") as transaction:
            transaction.update(schema.figures, figure, **known | amounts)
    rows = [row for row in table(flood, "Cross-check") if "boats" in row["A in words"]]
    assert [row["Relation"] for row in rows] == [difference]


def test_what_is_open_is_listed_with_its_row_and_what_to_do(flood: Flood) -> None:
    bulk = flood.mark("bulk", Kind.CLAIM, "Repairs will cost")
    for said in flood.project.read.attributions([bulk]):
        commands.remove_attribution(flood.project, said.id)
    commands.edit_record(flood.project, bulk, mode=Mode.PARAPHRASE)
    with flood.project.change("As a bulk acceptance") as transaction:
        transaction.update(schema.annotations, bulk, origin=Origin.BULK)
    empty = flood.mark("empty", Kind.FIGURE, "warned too late")
    commands.edit_record(flood.project, empty, counted="", unit="")
    rows = table(flood, "To do")
    found = {(row["Open"], row["ID"]) for row in rows}
    assert {
        ("claim without a source", "C-0004"),
        ("accepted in bulk, not reviewed", "C-0004"),
        ("claim not graded", "C-0004"),
        ("figure without an amount", "F-0004"),
        ("figure without what it counts", "F-0004"),
        ("date not worked out (happened)", "C-0002"),
    } <= found
    assert ("claim not graded", "C-0001") not in found
    assert any(what == "source not graded" for what, _ in found)
    assert all(row["What to do"].endswith(".") for row in rows)
    dated = next(row for row in rows if row["Open"].startswith("date"))
    assert dated["What to do"] == "Say which day “overnight” is."


def test_suggestions_are_counted_by_article_and_nothing_of_them_is_shown(flood: Flood) -> None:
    article = flood.project.read.article(flood.article_id)
    assert article is not None
    with flood.project.change("Suggest") as transaction:
        for fate in (Fate.OPEN, Fate.OPEN, Fate.REJECTED):
            transaction.insert(
                schema.suggestions,
                text_id=article.text_id,
                kind=Kind.CLAIM,
                spans=[],
                record="{}",
                engine="rules",
                engine_version="1",
                rule="r",
                confidence=0.5,
                fate=fate,
            )
    rows = [row for row in table(flood, "To do") if row["Open"] == "suggestions not yet judged"]
    assert [(row["ID"], row["In words"]) for row in rows] == [("A-0001", "2 suggested marks")]


@pytest.mark.parametrize("name", ["Cross-check", "To do"])
def test_every_row_of_the_new_sheets_leads_to_one_that_exists(flood: Flood, name: str) -> None:
    tables: dict[str, Table] = {one.name: one for one in workbook_tables(gather(flood.project.read, ""))}
    links = [value for row in tables[name].rows for value in row if isinstance(value, Link)]
    assert links
    for link in links:
        assert 0 <= link.row < len(tables[link.table].rows)
