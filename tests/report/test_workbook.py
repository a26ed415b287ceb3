"""The workbook says of claims, figures, sources and checks what is known of them, and nothing that must stay inside."""

from datetime import date
from pathlib import Path

import pytest

from annotate import commands
from annotate.model import DatedWords, Span
from annotate.project import Project
from annotate.report.names import legal_name
from annotate.store import schema
from annotate.vocabulary import Bound, DateBasis, Fate, FigureKind, Kind, Mode, Precision, Relation
from annotate.writing import Written
from tests.report.exported import TABLES, Export, every_cell, rows_by_id
from tests.report.flood import Flood, column, take_in, values

SHEETS = ["Summary", *TABLES]


def test_the_sheets_come_in_the_order_of_reading(flood: Flood, export: Export) -> None:
    workbook, report = export(flood.project)
    assert workbook.sheetnames == SHEETS
    assert workbook.active.title == "Summary"
    assert {name: report.rows[name] for name in ("Claims", "Attributions", "Figures", "Checks", "Articles")} == {
        "Claims": 3,
        "Attributions": 4,
        "Figures": 3,
        "Checks": 2,
        "Articles": 1,
    }
    assert report.warnings == ()


def test_a_claim_has_who_says_so_and_how_good_it_is(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    row = {heading: cell.value for heading, cell in rows_by_id(workbook["Claims"])["C-0001"].items()}
    assert row["Claim"] == "At least 3,200 people left the old town on Tuesday"
    assert (row["Attributed to"], row["Denied by"], row["Verb"]) == ("Ines Duarte", "Water Board", "said")
    assert (row["Mode"], row["Type"], row["Finding"]) == ("paraphrase", "quantity", "partly confirmed")
    assert (row["Reliability"], row["Credibility"], row["Grade"]) == ("B", 2, "B2")
    assert row["Figures"] == "≥ 3,200 people"
    assert row["Tags"] == "Displacement; Evacuation"
    assert row["Event"] == "Dam failure"
    assert row["Context"].startswith("[At least 3,200 people left the old town on Tuesday], mayor")
    assert (row["Paragraph"], row["Analyst"], row["Origin"]) == (2, "Mara Lind", "by hand")


def test_a_claim_and_a_figure_of_a_file_with_pages_have_their_page(flood: Flood, export: Export) -> None:
    text = "First page 🇺🇦 said no.\n\nThird page said 40 homes."
    third = text.index("Third")
    article = take_in(flood.project, "paged", text, pages=(0, third, third))
    commands.mark(flood.project, article, Kind.CLAIM, [Span(0, 10)])
    commands.mark(flood.project, article, Kind.CLAIM, [Span(third, len(text))])
    commands.mark(flood.project, article, Kind.FIGURE, [Span(text.index("40"), text.index("40") + 8)])
    workbook, _ = export(flood.project)
    claims = dict(zip(values(workbook["Claims"], "Claim"), values(workbook["Claims"], "Page"), strict=True))
    assert (claims["First page"], claims["Third page said 40 homes."]) == (1, 3)
    figures = dict(zip(values(workbook["Figures"], "Figure"), values(workbook["Figures"], "Page"), strict=True))
    assert figures["40 homes"] == 3
    assert claims["At least 3,200 people left the old town on Tuesday"] is None


def test_an_interrupted_quotation_is_one_claim_that_came_through_an_outlet(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    row = {heading: cell.value for heading, cell in rows_by_id(workbook["Claims"])["C-0002"].items()}
    assert row["Claim"] == '"The dam held all night," […] "and nobody was warned too late."'
    assert (row["Mode"], row["Via"], row["Contradicted by"]) == ("direct quote", "Harbour Radio", "C-0003")
    assert row["Context"].count("[") == 2


def test_dates_are_real_where_the_day_is_known_and_text_where_not(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    claims = rows_by_id(workbook["Claims"])
    first = claims["C-0001"]["Happened from"]
    assert (first.value.date(), first.is_date, first.number_format) == (date(2024, 6, 4), True, "yyyy-mm-dd")
    assert claims["C-0001"]["Said on"].value == "1899-12-31"
    assert claims["C-0002"]["Happened from"].value == "overnight"
    assert claims["C-0003"]["Happened from"].value == "2024"
    assert claims["C-0001"]["Published"].value == "2024-06"
    assert rows_by_id(workbook["Checks"])["K-0001"]["Date"].value.date() == date(2024, 6, 5)


def test_figures_are_real_numbers_shown_as_exactly_as_they_are_known(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    figures = rows_by_id(workbook["Figures"])
    people, cost, homes = figures["F-0001"], figures["F-0002"], figures["F-0003"]
    assert (people["Value"].value, people["Low"].value, people["High"].value) == (3200, 3200, None)
    assert (people["Bound"].value, people["Qualifier"].value) == ("at least", "At least")
    assert people["Value"].number_format == "#,##0"
    assert (cost["Value"].value, cost["Low"].value, cost["High"].value) == (None, 4_500_000, 6_000_000)
    assert (homes["Value"].value, homes["Value"].number_format) == (pytest.approx(1 / 3), "# ??/??")
    assert all(cell.data_type == "n" for cell in column(workbook["Figures"], "Low"))
    assert (people["Attributed to"].value, people["Claim"].value) == ("Ines Duarte", "C-0001")
    assert people["Event"].value == "Dam failure"


def test_a_figure_of_a_claim_that_was_updated_names_what_supersedes_it(flood: Flood, export: Export) -> None:
    flood.project.read.annotations()
    newer = flood.mark("newer", Kind.CLAIM, "Repairs will cost between $4.5 million and $6 million")
    commands.link(flood.project, newer, flood.ids["left"], Relation.UPDATES)
    workbook, _ = export(flood.project)
    assert rows_by_id(workbook["Figures"])["F-0001"]["Superseded by"].value == "C-0004"


@pytest.mark.parametrize(("counted", "by"), [("people", "F-0002"), ("", "F-0002"), ("missing people", "C-0004")])
def test_a_figure_is_superseded_by_one_of_the_same_thing_alone(
    flood: Flood, export: Export, counted: str, by: str
) -> None:
    newer = flood.mark("newer", Kind.CLAIM, "Repairs will cost between $4.5 million and $6 million")
    commands.link(flood.project, newer, flood.ids["left"], Relation.UPDATES)
    alike = {"counted": counted, "unit": "", "kind": FigureKind.COUNT}
    with flood.project.change("Count the same") as transaction:
        transaction.update(schema.figures, flood.ids["cost"], **alike)
        transaction.update(schema.figures, flood.ids["people"], kind=FigureKind.COUNT, counted="People")
    workbook, _ = export(flood.project)
    assert rows_by_id(workbook["Figures"])["F-0001"]["Superseded by"].value == by


def test_sources_count_what_they_say(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sources = {row["Source"].value: row for row in rows_by_id(workbook["Sources"]).values()}
    counts = ("Mentions", "Claims", "Direct quotes", "Articles")
    assert [sources["Ines Duarte"][heading].value for heading in counts] == [1, 1, 0, 1]
    assert [sources["Water Board"][heading].value for heading in counts] == [0, 1, 1, 1]


def test_the_codebook_holds_the_tags_and_what_every_entry_means(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook["Codebook"]
    entries = list(zip(values(sheet, "List"), values(sheet, "Entry"), strict=True))
    assert entries[:2] == [("Tag", "Displacement"), ("Tag", "Evacuation")]
    assert values(sheet, "Under")[1] == "Displacement"
    assert values(sheet, "Used")[0] == 1
    assert ("Mode", "outlet's own voice") in entries
    assert all(values(sheet, "Meaning")[2:])


def test_the_summary_counts_and_charts(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook["Summary"]
    named = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2) if row[0].value}
    assert sheet["A1"].value == "Flood & dam"
    assert sheet["A2"].value == "TLP:AMBER & internal"
    assert (named["Articles"], named["Claims"], named["partly confirmed"], named["no finding yet"]) == (1, 3, 1, 2)
    assert (named["Claims attributed to a source"], named["Direct quotes"], named["Figures"]) == (2, 1, 3)
    assert named["Claims in the outlet's own voice"] == 1
    assert (named["Sources with a claim"], named["Open checks (no result yet)"]) == (3, 1)
    table = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value}
    assert [heading for heading in table["Source"] if heading] == [*(mode.label for mode in Mode), "Claims"]
    assert table["Water Board"][:6] == [1, None, None, None, None, 1]
    assert table["Valley Post"][:6] == [None, None, None, 1, None, 1]
    assert len(sheet._charts) == 1
    reference = sheet._charts[0].series[0].cat.strRef.f
    assert reference.startswith("'Summary'!")


def test_a_claim_without_a_source_has_its_own_line_in_the_summary(flood: Flood, export: Export) -> None:
    for attribution in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, attribution.id)
    workbook, _ = export(flood.project)
    table = {row[0].value: [cell.value for cell in row[1:7]] for row in workbook["Summary"].iter_rows()}
    assert table["no source"] == [None, None, None, 1, None, 1]


def test_what_words_do_not_give_as_it_stands_has_a_note(flood: Flood, export: Export) -> None:
    commands.edit_record(
        flood.project,
        flood.ids["people"],
        value=None,
        low=12,
        inferred=True,
        bound=Bound.VAGUE,
        as_of=DatedWords("by Wednesday", date(2024, 6, 5), None, Precision.DAY, DateBasis.ANALYST),
    )
    workbook, _ = export(flood.project)
    figure = rows_by_id(workbook["Figures"])["F-0001"]
    assert "“At least 3,200 people”" in figure["Low"].comment.text
    assert figure["As of"].comment.text == "Set by the analyst; the words are “by Wednesday”."
    happened = rows_by_id(workbook["Claims"])["C-0001"]["Happened from"]
    assert happened.comment.text == "Reckoned from the day of publication, from the words “on Tuesday”."
    noted = [cell for cell in every_cell(workbook) if cell.comment]
    assert len(noted) == 3
    for cell in noted:
        lines = 1 + len(cell.comment.text) // 34
        assert cell.comment.height >= lines * 17


def test_the_bin_and_suggestions_are_never_exported(flood: Flood, export: Export) -> None:
    project = flood.project
    secret = take_in(project, "secret.txt", "The buried Zanzibar memo names 77 agents.")
    annotation = commands.mark(project, secret, Kind.CLAIM, [Span(0, 23)])
    speaker = commands.add_source(project, "Zanzibar desk")
    commands.attribute(project, annotation, speaker)
    commands.link(project, annotation, flood.ids["left"], Relation.CORROBORATES)
    commands.add_check(project, annotation, checked_on=date(2024, 1, 1), looked_at="Zanzibar file")
    mention = commands.mark(project, secret, Kind.SOURCE, [Span(11, 24)])
    commands.set_mention_source(project, mention, commands.add_source(project, "Zanzibar memo"))
    commands.move_to_bin(project, [secret])
    article = project.read.article(flood.article_id)
    assert article is not None
    with project.change("Suggest") as transaction:
        transaction.insert(
            schema.suggestions,
            text_id=article.text_id,
            kind=Kind.CLAIM,
            spans=[[0, 5]],
            record={"plain_words": "Zanzibar"},
            engine="rules",
            engine_version="1",
            rule="Zanzibar",
            confidence=0.5,
            fate=Fate.OPEN,
        )
    workbook, report = export(project)
    assert not [cell for cell in every_cell(workbook) if "Zanzibar" in str(cell.value)]
    assert (report.rows["Claims"], report.rows["Checks"], report.rows["Sources"]) == (3, 2, 4)


def test_an_empty_project_gives_tables_with_one_blank_row(empty_project: Project, export: Export) -> None:
    workbook, report = export(empty_project)
    for name in TABLES[:-1]:
        assert report.rows[name] == 0
        assert workbook[name].tables[legal_name(name)].ref.endswith("2")
    assert workbook["Summary"]._charts == []


def test_an_export_reads_in_another_thread(flood: Flood, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from annotate.report.workbook import export_workbook

    def work() -> Written:
        with flood.project.reading_elsewhere() as reader:
            return export_workbook(reader, tmp_path / "elsewhere.xlsx", analyst="Mara Lind")

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result().rows["Claims"] == 3
